/*
 * derive_cards.h - card rows in memory, between their accounts (derive_accounts.c) and the charges
 * that they make (derive_charges.c).
 */
#pragma once
#include "core/db.h"

/* A card or bank account. */
struct account {
    char *name;       /* the table's or --account's, else "…1234", else "FORMAT" or "FORMAT #2" */
    char *card_last4; /* "" when not known, or one of several */
    char *zone, *currency, *owner; /* "" when not known */
    int64_t account_id;            /* 1-based, by name; set by accounts_insert */
};

/* One statement; in the order of its name and digest among all of them. */
struct card_file {
    int64_t file_id;
    const char *name, *sha256, *format;
    const char *zone, *zone_source, *account_option, *account_hint;
    const char *from_on, *until_on; /* its first and last dated day, as printed */
    guint first_row, row_count;     /* its rows in struct cards */
};

/* One row of a statement; NULL for what it does not print. */
struct card_row {
    int64_t card_row_id, line;
    const struct card_file *file;
    const char *dated_on; /* purchased_on, else posted_on */
    const char *purchased_on, *purchased_time, *posted_on, *posted_time;
    int64_t amount_nanos;
    const char *currency, *state, *descriptor, *reference;
    const char *card_last4;  /* as the row says; accounts_assign fills in what the file knows */
    struct account *account; /* set by accounts_assign */
    gboolean is_by_card;     /* it is the account of its last four digits and nothing more */
};

/* Everything; files and rows by source order, each file's rows by line. */
struct cards {
    GStringChunk *texts;  /* owns the text above, each once */
    GArray *files;        /* struct card_file */
    GArray *rows;         /* struct card_row */
    GHashTable *accounts; /* name -> struct account, owned */
};

/*
 * What makes two rows of one account the same movement, where both statements cover it: day, amount
 * with its direction, currency, descriptor, card, transaction id where there is one, and whether it
 * happened at all. Pending and posted are alike.
 */
gint card_row_compare(const struct card_row *a, const struct card_row *b);

/* The account of that name; a new one knows nothing else. */
struct account *account_named(struct cards *cards, const char *name);
/* Sets what an account knows, where something is stated. */
void account_learn(char **value, const char *stated);
/* Parts the rows of different banks that have but their card's last four digits in common. */
void accounts_part_banks(struct cards *cards);

/* Finds or makes the account of every row. */
gboolean accounts_assign(struct db *db, struct cards *cards,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Writes the accounts, those that only the accounts table names too. */
gboolean accounts_insert(struct db *db, struct cards *cards,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Unites overlapping statements and writes the charges. */
gboolean charges_insert(struct db *db, const struct cards *cards,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
