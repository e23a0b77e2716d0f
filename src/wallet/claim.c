/*
 * claim.c - which charge each line of a claim is about, and whether another line had it before.
 *
 * The earlier claim is the one that was submitted earlier; of one day, and without a day, the one
 * whose number, file and line come first.
 */
#include "wallet/claim.h"
#include "core/exception.h"
#include "wallet/words.h"

/* The columns of wallet_claims. */
enum {
    FILE_ID,
    LINE,
    CLAIM_ID,
    CLAIMANT,
    SUBMITTED_ON,
    SOURCE,
    HIT_COUNT,
    CHARGE_ID,
    TOPUP_ID,
    ITEM_ID,
    AMOUNT,
    CURRENCY,
    DATED_ON,
    REFERENCE,
    ITEM_SOURCE,
    ORGANIZATION_KEY
};

/* The first line that claims an item. */
struct first {
    char *claim_id;
    char *words; /* "C-12 by Ann on 2026-03-05 (claims.csv:4)" */
};

static void first_free(gpointer data)
{
    struct first *first = data;

    g_free(first->claim_id);
    g_free(first->words);
    g_free(first);
}

static char *claim_words(struct statement *row)
{
    const char *claimant = statement_text(row, CLAIMANT);
    gboolean is_dated = !statement_is_null(row, SUBMITTED_ON);

    return g_strdup_printf("%s%s%s%s%s (%s:%" G_GINT64_FORMAT ")", statement_text(row, CLAIM_ID),
                           *claimant ? " by " : "", claimant, is_dated ? " on " : "",
                           is_dated ? statement_text(row, SUBMITTED_ON) : "",
                           statement_text(row, SOURCE), (gint64)statement_int(row, LINE));
}

static gboolean twice_raise(struct db *db, struct statement *row, const struct first *first,
                            GError **error)
{
    g_autofree char *amount =
        words_money(statement_int(row, AMOUNT), statement_text(row, CURRENCY));
    g_autofree char *words = claim_words(row);
    g_autofree char *explanation = g_strdup_printf(
        "The %s of %s on %s (%s) is claimed in %s and was claimed before in %s.",
        statement_is_null(row, CHARGE_ID) ? "payment" : "charge", amount,
        statement_text(row, DATED_ON), statement_text(row, ITEM_SOURCE), words, first->words);
    g_autofree char *subject = g_strdup_printf(
        "%s %s %s:%" G_GINT64_FORMAT, statement_text(row, ITEM_ID), statement_text(row, CLAIM_ID),
        statement_text(row, SOURCE), (gint64)statement_int(row, LINE));
    const struct exception exception = {
        .room = "wallet",
        .code = ALREADY_CLAIMED,
        .organization_key = statement_int(row, ORGANIZATION_KEY),
        .dated_on = statement_is_null(row, SUBMITTED_ON) ? statement_text(row, DATED_ON)
                                                         : statement_text(row, SUBMITTED_ON),
        .amount_nanos = statement_int(row, AMOUNT),
        .currency = statement_text(row, CURRENCY),
        .reference = statement_text(row, REFERENCE),
        .file_id = statement_int(row, FILE_ID),
        .line = statement_int(row, LINE),
        .explanation = explanation,
        .subject = subject,
    };

    return exception_add(db, &exception, error);
}

static gboolean claim_write(struct db *db, struct statement *row, const struct first *first,
                            GError **error)
{
    struct statement *insert = statement_get(db, "wallet_claim_insert", error);
    gboolean is_known = !statement_is_null(row, ITEM_ID);

    if (!insert)
        return FALSE;
    statement_bind_int(insert, "file_id", statement_int(row, FILE_ID));
    statement_bind_int(insert, "line", statement_int(row, LINE));
    statement_bind_text(insert, "claim_id", statement_text(row, CLAIM_ID));
    statement_bind_key(insert, "charge_id", statement_int(row, CHARGE_ID));
    statement_bind_key(insert, "topup_id", statement_int(row, TOPUP_ID));
    statement_bind_text(insert, "state",
                        first                               ? "claimed before"
                        : is_known                          ? "claimed"
                        : statement_int(row, HIT_COUNT) > 0 ? "several fit"
                                                            : "not found");
    statement_bind_text(insert, "earlier_claim_id", first ? first->claim_id : "");
    return statement_execute(insert, error);
}

static gboolean line_read(struct db *db, struct statement *row, GHashTable *claimed, GError **error)
{
    const char *item = statement_is_null(row, ITEM_ID) ? NULL : statement_text(row, ITEM_ID);
    const struct first *earlier = item ? g_hash_table_lookup(claimed, item) : NULL;
    struct first *first;

    if (!claim_write(db, row, earlier, error))
        return FALSE;
    if (earlier)
        return twice_raise(db, row, earlier, error);
    if (!item)
        return TRUE;
    first = g_new0(struct first, 1);
    first->claim_id = g_strdup(statement_text(row, CLAIM_ID));
    first->words = claim_words(row);
    g_hash_table_insert(claimed, g_strdup(item), first);
    return TRUE;
}

gboolean claim_read(struct db *db, GError **error)
{
    g_autoptr(GHashTable) claimed =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, first_free);
    struct statement *rows = statement_get(db, "wallet_claims", error);
    enum row_status status = FAILED;

    while (rows && (status = statement_step(rows, error)) == ROW)
        if (!line_read(db, rows, claimed, error)) {
            statement_reset(rows);
            return FALSE;
        }
    return status == END;
}
