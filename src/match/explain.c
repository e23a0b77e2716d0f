/*
 * explain.c - what is known about one fact and every pair it was considered for, as text.
 *
 * A name may stand for several facts (an invoice number for a payment and its receipt): each is
 * told.
 */
#include "core/error.h"
#include "core/instant.h"
#include "match/match.h"
#include "match/sentence.h"

struct named {
    char kind[8];
    int64_t fact_id;
};

static const char *text_of(struct statement *row, const char *name)
{
    const char *text = statement_text(row, statement_column_index(row, name));

    return text ? text : "";
}

static int64_t int_of(struct statement *row, const char *name)
{
    return statement_int(row, statement_column_index(row, name));
}

/* The money of a row; free it. */
static char *money_of(struct statement *row, const char *name, const char *currency)
{
    return sentence_money(int_of(row, name), text_of(row, currency));
}

static void topup_tell(GString *out, struct statement *row)
{
    g_autofree char *total = money_of(row, "total_nanos", "currency");
    g_autofree char *credit = money_of(row, "credit_nanos", "credit_currency");
    g_autofree char *tax = money_of(row, "tax_nanos", "currency");
    static const char *const legs[][3] = {{"receipt", "receipt_state", "receipt_rule"},
                                          {"card", "card_state", "card_rule"}};
    char paid_at[21];

    instant_format(int_of(row, "paid_at"), paid_at);
    g_string_append_printf(out, "top-up %s (%s), %s\n", text_of(row, "reference"),
                           text_of(row, "id"), text_of(row, "source"));
    g_string_append_printf(
        out, "  paid at %s: %s, for credit of %s, tax %s; card %s; %s; wallet %s\n", paid_at, total,
        credit, tax, *text_of(row, "card_last4") ? text_of(row, "card_last4") : "not known",
        text_of(row, "status"), text_of(row, "wallet"));
    for (gsize i = 0; i < G_N_ELEMENTS(legs); i++) {
        const char *state = text_of(row, legs[i][1]), *rule = text_of(row, legs[i][2]);

        g_string_append_printf(out, "  %s: %s%s%s\n", legs[i][0], *state ? state : "none is due",
                               *rule ? ", by rule " : "", rule);
    }
    if (int_of(row, "is_attempt"))
        g_string_append_printf(out, "  the next attempt within a day: %s\n",
                               *text_of(row, "retried_by") ? text_of(row, "retried_by") : "none");
}

static void receipt_tell(GString *out, struct statement *row)
{
    g_autofree char *total = money_of(row, "total_nanos", "currency");

    g_string_append_printf(out, "receipt %s (%s), %s\n", text_of(row, "reference"),
                           text_of(row, "id"), text_of(row, "source"));
    g_string_append_printf(
        out, "  %s %s: %s; invoice %s; \"%s\" from \"%s\"; wallet %s, by rule %s\n",
        int_of(row, "is_paid") ? "dated" : "unpaid, issued", text_of(row, "paid_on"), total,
        *text_of(row, "invoice_number") ? text_of(row, "invoice_number") : "not told",
        text_of(row, "description"), text_of(row, "seller"), text_of(row, "wallet"),
        text_of(row, "wallet_rule"));
}

static gboolean documents_tell(struct db *db, const struct named *named, GString *out,
                               GError **error)
{
    struct statement *rows = statement_get(db, "match_explain_documents", error);
    enum row_status status;

    if (!rows)
        return FALSE;
    statement_bind_int(rows, "fact_id", named->fact_id);
    while ((status = statement_step(rows, error)) == ROW)
        g_string_append_printf(out, "  %s: %s, SHA-256 %s\n", text_of(rows, "what"),
                               text_of(rows, "source"), text_of(rows, "sha256"));
    statement_reset(rows);
    return status == END;
}

static void charge_tell(GString *out, struct statement *row)
{
    g_autofree char *amount = money_of(row, "amount_nanos", "currency");
    g_autofree char *original = *text_of(row, "original_currency")
                                    ? money_of(row, "original_nanos", "original_currency")
                                    : g_strdup("not told");

    g_string_append_printf(out, "charge %s (%s), %s\n", text_of(row, "reference"),
                           text_of(row, "id"), text_of(row, "source"));
    g_string_append_printf(
        out,
        "  dated %s: %s, merchant's amount %s; account %s, card %s; %s; \"%s\"; wallet %s, by "
        "rule %s\n",
        text_of(row, "dated_on"), amount, original, text_of(row, "account"),
        *text_of(row, "card_last4") ? text_of(row, "card_last4") : "not known",
        text_of(row, "state"), text_of(row, "descriptor"), text_of(row, "wallet"),
        text_of(row, "wallet_rule"));
}

static const struct {
    const char *kind, *statement;
    void (*tell)(GString *, struct statement *);
} kinds[] = {
    {"topup", "match_explain_topup", topup_tell},
    {"receipt", "match_explain_receipt", receipt_tell},
    {"charge", "match_explain_charge", charge_tell},
};

static gboolean fact_tell(struct db *db, const struct named *named, GString *out, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        struct statement *rows;
        enum row_status status;

        if (!g_str_equal(kinds[i].kind, named->kind))
            continue;
        rows = statement_get(db, kinds[i].statement, error);
        if (!rows)
            return FALSE;
        statement_bind_int(rows, "fact_id", named->fact_id);
        while ((status = statement_step(rows, error)) == ROW)
            kinds[i].tell(out, rows);
        statement_reset(rows);
        return status == END;
    }
    g_assert_not_reached();
}

/* A top-up is told about the other side of each pair; a receipt or charge about the top-up. */
static void candidate_tell(const struct named *named, struct statement *row, GString *out)
{
    gboolean of_topup = g_str_equal(named->kind, "topup");
    const char *id = text_of(row, of_topup ? "item_id" : "topup_id");
    const char *name = text_of(row, of_topup ? "item_source" : "topup_reference");

    g_string_append_printf(out, "    %-9s ", text_of(row, "verdict"));
    if (*id)
        g_string_append_printf(out, "%s %s (%s): ", of_topup ? text_of(row, "leg") : "top-up", name,
                               id);
    g_string_append_printf(out, "%s\n", text_of(row, "reason"));
}

static gboolean candidates_tell(struct db *db, const struct named *named, GString *out,
                                GError **error)
{
    struct statement *rows = statement_get(db, "match_explain_candidates", error);
    enum row_status status;
    gboolean any = FALSE;

    if (!rows)
        return FALSE;
    statement_bind_text(rows, "kind", named->kind);
    statement_bind_int(rows, "fact_id", named->fact_id);
    while ((status = statement_step(rows, error)) == ROW) {
        if (!any)
            g_string_append(out, "  considered:\n");
        any = TRUE;
        candidate_tell(named, rows, out);
    }
    statement_reset(rows);
    if (status == END && !any)
        g_string_append(out, "  considered: nothing\n");
    return status == END;
}

/* The charges that paid a top-up together, or the top-ups that a charge paid. */
static gboolean parts_tell(struct db *db, const struct named *named, GString *out, GError **error)
{
    struct statement *rows = statement_get(db, "match_explain_parts", error);
    gboolean of_topup = g_str_equal(named->kind, "topup");
    enum row_status status;

    if (!rows)
        return FALSE;
    statement_bind_text(rows, "kind", named->kind);
    statement_bind_int(rows, "fact_id", named->fact_id);
    while ((status = statement_step(rows, error)) == ROW) {
        g_autofree char *amount = money_of(rows, "amount_nanos", "currency");
        g_autofree char *paid = money_of(rows, "paid_nanos", "paid_currency");

        if (of_topup)
            g_string_append_printf(out, "  part: charge %s (%s), %s, for %s of the total\n",
                                   text_of(rows, "charge_source"), text_of(rows, "charge_id"),
                                   amount, paid);
        else
            g_string_append_printf(out, "  part: %s of it for top-up %s (%s), %s\n", amount,
                                   text_of(rows, "topup_reference"), text_of(rows, "topup_id"),
                                   paid);
    }
    statement_reset(rows);
    return status == END;
}

static gboolean adjustments_tell(struct db *db, const struct named *named, GString *out,
                                 GError **error)
{
    struct statement *rows = statement_get(db, "match_explain_adjustments", error);
    enum row_status status;

    if (!rows)
        return FALSE;
    statement_bind_int(rows, "fact_id", named->fact_id);
    while ((status = statement_step(rows, error)) == ROW) {
        g_autofree char *amount = money_of(rows, "amount_nanos", "currency");

        g_string_append_printf(out, "  %s: %s: %s\n", text_of(rows, "cause"), amount,
                               text_of(rows, "explanation"));
    }
    statement_reset(rows);
    return status == END;
}

static gboolean refunds_tell(struct db *db, const struct named *named, GString *out, GError **error)
{
    struct statement *rows = statement_get(db, "match_explain_refunds", error);
    enum row_status status;

    if (!rows)
        return FALSE;
    statement_bind_int(rows, "fact_id", named->fact_id);
    while ((status = statement_step(rows, error)) == ROW)
        g_string_append_printf(out, "  %s %s (%s): %s\n", text_of(rows, "kind"),
                               text_of(rows, "source"), text_of(rows, "id"),
                               text_of(rows, "reason"));
    statement_reset(rows);
    return status == END;
}

/* What people decided about a fact. */
static gboolean decisions_tell(struct db *db, const struct named *named, GString *out,
                               GError **error)
{
    struct statement *rows = statement_get(db, "match_explain_decisions", error);
    enum row_status status;

    if (!rows)
        return FALSE;
    statement_bind_text(rows, "kind", named->kind);
    statement_bind_int(rows, "fact_id", named->fact_id);
    while ((status = statement_step(rows, error)) == ROW) {
        g_autofree char *amount = money_of(rows, "amount_nanos", "currency");
        const char *why = text_of(rows, "why"), *by = text_of(rows, "ended_by");
        const char *leg = text_of(rows, "leg"), *cause = text_of(rows, "cause");
        char day[11];

        day_format(day_from_instant(int_of(rows, "decided_at")), day);
        g_string_append_printf(
            out, "  decision %s: %s %s%s%s%s%s%s, by %s on %s; %s%s%s%s%s\n", text_of(rows, "id"),
            text_of(rows, "verb"), text_of(rows, "ids"), *leg ? ", " : "", leg, *leg ? " leg" : "",
            *text_of(rows, "currency") ? ", " : "", *text_of(rows, "currency") ? amount : "",
            text_of(rows, "decided_by"), day, text_of(rows, "state"), *by ? " by " : "", by,
            *cause ? "; " : "", cause);
        if (*why)
            g_string_append_printf(out, "    why: %s\n", why);
    }
    statement_reset(rows);
    return status == END;
}

/* The rows of statements that tell of a charge. */
static gboolean history_tell(struct db *db, const struct named *named, GString *out, GError **error)
{
    struct statement *rows = statement_get(db, "match_explain_history", error);
    enum row_status status;

    if (!rows)
        return FALSE;
    statement_bind_int(rows, "fact_id", named->fact_id);
    while ((status = statement_step(rows, error)) == ROW) {
        g_autofree char *amount = money_of(rows, "amount_nanos", "currency");
        const char *day = text_of(rows, "dated_on"), *note = text_of(rows, "note");

        g_string_append_printf(out, "  told by %s: %s, %s, %s, \"%s\"%s%s\n",
                               text_of(rows, "source"), text_of(rows, "role"),
                               *day ? day : "no date", amount, text_of(rows, "descriptor"),
                               *note ? ". " : "", note);
    }
    statement_reset(rows);
    return status == END;
}

static GArray *facts_named(struct db *db, const char *name, GError **error)
{
    struct statement *rows = statement_get(db, "match_explain_find", error);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct named));
    enum row_status status;

    if (!rows)
        return NULL;
    statement_bind_text(rows, "name", name);
    while ((status = statement_step(rows, error)) == ROW) {
        struct named named = {.fact_id = int_of(rows, "fact_id")};

        g_strlcpy(named.kind, text_of(rows, "kind"), sizeof named.kind);
        g_array_append_val(found, named);
    }
    statement_reset(rows);
    return status == END ? g_steal_pointer(&found) : NULL;
}

char *match_explain(struct db *db, const char *id, GError **error)
{
    g_autoptr(GArray) found = facts_named(db, id, error);
    g_autoptr(GString) out = g_string_new(NULL);

    if (!found)
        return NULL;
    if (found->len == 0) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "there is no top-up, receipt or charge \"%s\"\n"
                    "hint: name one by its id or reference, as `trueup report topups` and `trueup "
                    "report unmatched` print them, or by file:line",
                    id);
        return NULL;
    }
    for (guint i = 0; i < found->len; i++) {
        const struct named *named = &g_array_index(found, struct named, i);
        gboolean is_charge = g_str_equal(named->kind, "charge");
        gboolean is_topup = g_str_equal(named->kind, "topup");

        if (i > 0)
            g_string_append_c(out, '\n');
        if (!fact_tell(db, named, out, error) ||
            (g_str_equal(named->kind, "receipt") && !documents_tell(db, named, out, error)) ||
            (is_charge && !history_tell(db, named, out, error)) ||
            !decisions_tell(db, named, out, error) || !parts_tell(db, named, out, error) ||
            (is_topup && !adjustments_tell(db, named, out, error)) ||
            !candidates_tell(db, named, out, error) ||
            (is_charge && !refunds_tell(db, named, out, error)))
            return NULL;
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}
