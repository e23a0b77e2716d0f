/*
 * make.h - makes journal entries of what the marts say. docs/BOOKS.md tells what each means.
 */
#pragma once
#include "books/facts.h"

/* Tells which usage account a project's class belongs to. */
typedef enum role (*class_role)(const void *context, const char *class);

struct maker {
    struct journal *journal; /* with from and until set */
    class_role usage_role;
    const void *usage_context;
};

/* What moves one organization's credit: grants, usage, expiries, refunds; and the days' assertions.
 */
gboolean make_credit_entries(const struct maker *maker, const struct credit_book *book,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The charges of top-ups whose charge is of another month than the top-up. */
gboolean make_charge_entries(const struct maker *maker, const struct credit_book *book,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Card credits for top-ups, and charges that nothing explains: from the ledger, of all books. */
gboolean make_card_entries(const struct maker *maker, struct db *db, const GPtrArray *books,
                           const char *organization_id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a top-up cost in its credit's currency. */
struct price {
    int64_t total_nanos; /* what was due, tax included where the seller takes it */
    int64_t tax_nanos;
    int64_t self_nanos; /* of the tax: what is owed to the state, not to the seller */
    int64_t refunded_nanos;
};
gboolean payment_price(const struct payment *payment, const char *currency, struct price *out,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The account of a top-up's tax, by its treatment. */
enum role payment_tax_role(const struct payment *payment);

/* The other side of a top-up, tax and all: to the card, or to clearing where its charge is not
 * known or of another month. */
gboolean payment_post(const struct payment *payment, struct entry *entry, struct journal *journal,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Drops what is not before until, folds what is before from into one entry per organization and
 * currency, and sorts the rest. */
void journal_cut(struct journal *journal);
