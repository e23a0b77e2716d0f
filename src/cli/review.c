/* review.c - items and candidates read, and laid out. */
#include "cli/review.h"
#include "core/money.h"
#include "core/text.h"
#include "report/text_width.h"

static void candidate_free(gpointer pointer)
{
    struct review_candidate *candidate = pointer;

    g_free(candidate->id);
    g_free(candidate->noun);
    g_free(candidate->source);
    g_free(candidate->dated_on);
    g_free(candidate->currency);
    g_free(candidate->verdict);
    g_free(candidate->reason);
    g_free(candidate);
}

static void item_free(gpointer pointer)
{
    struct review_item *item = pointer;

    g_free(item->kind);
    g_free(item->id);
    g_free(item->reference);
    g_free(item->leg);
    g_free(item->code);
    g_free(item->severity);
    g_free(item->source);
    g_free(item->organization_id);
    g_free(item->dated_on);
    g_free(item->currency);
    g_free(item->description);
    g_free(item->explanation);
    g_free(item->next_action);
    g_ptr_array_unref(item->candidates);
    g_free(item);
}

/* Texts come from files: they are cleaned before they can meet a terminal. */
static char *text_of(struct statement *row, const char *name)
{
    const char *text = statement_text(row, statement_column_index(row, name));

    return text_clean(text ? text : "", FALSE);
}

static int64_t int_of(struct statement *row, const char *name)
{
    return statement_int(row, statement_column_index(row, name));
}

static struct review_item *item_read(struct statement *row)
{
    struct review_item *item = g_new0(struct review_item, 1);

    item->kind = text_of(row, "kind");
    item->fact_key = int_of(row, "fact_key");
    item->id = text_of(row, "id");
    item->reference = text_of(row, "reference");
    item->leg = text_of(row, "leg");
    item->code = text_of(row, "code");
    item->severity = text_of(row, "severity");
    item->source = text_of(row, "source");
    item->organization_id = text_of(row, "organization_id");
    item->dated_on = text_of(row, "dated_on");
    item->amount_nanos = int_of(row, "amount_nanos");
    item->currency = text_of(row, "currency");
    item->description = text_of(row, "description");
    item->explanation = text_of(row, "explanation");
    item->next_action = text_of(row, "next_action");
    item->candidates = g_ptr_array_new_with_free_func(candidate_free);
    return item;
}

static gboolean candidates_load(struct db *db, struct review_item *item, GError **error)
{
    struct statement *rows = statement_get(db, "review_candidates", error);
    enum row_status status;

    if (!rows)
        return FALSE;
    statement_bind_text(rows, "kind", item->kind);
    statement_bind_int(rows, "fact_key", item->fact_key);
    statement_bind_text(rows, "leg", item->leg);
    while ((status = statement_step(rows, error)) == ROW) {
        struct review_candidate *candidate = g_new0(struct review_candidate, 1);

        candidate->id = text_of(rows, "id");
        candidate->noun = text_of(rows, "noun");
        candidate->source = text_of(rows, "source");
        candidate->dated_on = text_of(rows, "dated_on");
        candidate->amount_nanos = int_of(rows, "amount_nanos");
        candidate->currency = text_of(rows, "currency");
        candidate->verdict = text_of(rows, "verdict");
        candidate->reason = text_of(rows, "reason");
        g_ptr_array_add(item->candidates, candidate);
    }
    statement_reset(rows);
    return status == END;
}

GPtrArray *review_load(struct db *db, const char *organization_id, GError **error)
{
    struct statement *rows = statement_get(db, "review_items", error);
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(item_free);
    g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    enum row_status status;

    if (!rows)
        return NULL;
    statement_bind_text(rows, "org", organization_id);
    while ((status = statement_step(rows, error)) == ROW) {
        struct review_item *item = item_read(rows);

        /* Told of by two exceptions: the first, which is the graver, stands for both. */
        if (!g_hash_table_add(keys, review_key(item)))
            item_free(item);
        else
            g_ptr_array_add(items, item);
    }
    statement_reset(rows);
    for (guint i = 0; status == END && i < items->len; i++)
        if (!candidates_load(db, g_ptr_array_index(items, i), error))
            return NULL;
    return status == END ? g_steal_pointer(&items) : NULL;
}

char *review_key(const struct review_item *item)
{
    return g_strdup_printf("%s %s", item->id, item->leg);
}

static void append_candidate(GString *out, const struct review_candidate *candidate, guint number,
                             int width)
{
    g_autofree char *amount = money_format_grouped(candidate->amount_nanos, 2);
    g_autofree char *line = NULL;
    g_autofree char *mark =
        number <= REVIEW_NUMBERED ? g_strdup_printf("%u ", number) : g_strdup("  ");

    line = g_strdup_printf("%s%s %s of %s %s on %s, %s", mark, candidate->noun, candidate->id,
                           amount, candidate->currency, candidate->dated_on, candidate->source);
    text_append_wrapped(out, line, 2, width);
    g_free(line);
    line = g_strdup_printf("%s: %s", candidate->verdict, candidate->reason);
    text_append_wrapped(out, line, 6, width);
}

char *review_screen(const struct review_item *item, guint number, guint count, int width)
{
    GString *out = g_string_new(NULL);
    g_autofree char *amount = money_format_grouped(item->amount_nanos, 2);
    g_autofree char *head = g_strdup_printf("%u of %u: %s, %s, %s %s", number, count, item->code,
                                            item->severity, amount, item->currency);
    g_autofree char *what = g_strdup_printf(
        "%s %s (%s)%s%s, %s%s%s", g_str_equal(item->kind, "topup") ? "top-up" : item->kind,
        item->reference, item->id, *item->leg ? ", its " : "", item->leg, item->dated_on,
        *item->organization_id ? ", " : "", item->organization_id);
    g_autofree char *where = g_strdup_printf("%s: \"%s\"", item->source, item->description);

    text_append_wrapped(out, head, 0, width);
    text_append_wrapped(out, what, 0, width);
    text_append_wrapped(out, where, 0, width);
    if (*item->explanation)
        text_append_wrapped(out, item->explanation, 0, width);
    if (*item->next_action)
        text_append_wrapped(out, item->next_action, 0, width);
    g_string_append(out, item->candidates->len ? "candidates:\n" : "candidates: none\n");
    for (guint i = 0; i < item->candidates->len; i++)
        append_candidate(out, g_ptr_array_index(item->candidates, i), i + 1, width);
    return g_string_free(out, FALSE);
}
