/*
 * find.c - a name is an id, the first letters of one, or a reference, in this order: the first of
 * these under which anything is found counts, and it must be one fact.
 */
#include "decide/find.h"
#include "core/error.h"

static const struct {
    const char *name, *noun;
} kinds[] = {
    [FACT_TOPUP] = {"topup", "top-up"},
    [FACT_RECEIPT] = {"receipt", "receipt"},
    [FACT_CHARGE] = {"charge", "charge"},
    [FACT_EXCEPTION] = {"exception", "exception"},
};

const char *fact_noun(enum fact_kind kind)
{
    return kinds[kind].noun;
}

const char *fact_kind_name(enum fact_kind kind)
{
    return kinds[kind].name;
}

void fact_free(struct fact *fact)
{
    if (!fact)
        return;
    g_free(fact->id);
    g_free(fact->reference);
    g_free(fact->currency);
    g_free(fact->original_currency);
    g_free(fact->state);
    g_free(fact->leg_state[0]);
    g_free(fact->leg_state[1]);
    g_free(fact->held_by);
    g_free(fact);
}

static char *text_of(struct statement *row, const char *name)
{
    return g_strdup(statement_text(row, statement_column_index(row, name)));
}

static int64_t int_of(struct statement *row, const char *name)
{
    return statement_int(row, statement_column_index(row, name));
}

static struct fact *fact_read(struct statement *row)
{
    struct fact *fact = g_new0(struct fact, 1);
    const char *kind = statement_text(row, statement_column_index(row, "kind"));

    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_str_equal(kinds[i].name, kind))
            fact->kind = (enum fact_kind)i;
    fact->key = int_of(row, "fact_key");
    fact->id = text_of(row, "id");
    fact->reference = text_of(row, "reference");
    fact->amount_nanos = int_of(row, "amount_nanos");
    fact->currency = text_of(row, "currency");
    fact->original_nanos = int_of(row, "original_nanos");
    fact->original_currency = text_of(row, "original_currency");
    fact->state = text_of(row, "state");
    fact->leg_state[0] = text_of(row, "receipt_state");
    fact->leg_state[1] = text_of(row, "card_state");
    fact->held_by = text_of(row, "held_by");
    return fact;
}

static void fact_destroy(gpointer fact)
{
    fact_free(fact);
}

/* The facts of the best rank under which the name finds any. */
static GPtrArray *facts_named(struct db *db, const char *name, GError **error)
{
    struct statement *rows = statement_get(db, "decide_find", error);
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(fact_destroy);
    enum row_status status;
    int64_t best = 0;

    if (!rows)
        return NULL;
    statement_bind_text(rows, "name", name);
    while ((status = statement_step(rows, error)) == ROW) {
        int64_t rank = int_of(rows, "rank");

        if (found->len == 0)
            best = rank;
        if (rank == best)
            g_ptr_array_add(found, fact_read(rows));
    }
    statement_reset(rows);
    return status == END ? g_steal_pointer(&found) : NULL;
}

#define NAMED_MAX 5 /* of several facts that a message names */

static void fail_ambiguous(GError **error, const char *name, const GPtrArray *found)
{
    g_autoptr(GString) list = g_string_new(NULL);

    for (guint i = 0; i < MIN(found->len, NAMED_MAX); i++) {
        const struct fact *fact = g_ptr_array_index(found, i);

        g_string_append_printf(list, "%s%s %s", i ? ", " : "", fact_noun(fact->kind), fact->id);
    }
    if (found->len > NAMED_MAX)
        g_string_append(list, ", …");
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "\"%s\" may mean several: %s\nhint: name one by its whole id", name, list->str);
}

/* Leaves the top-ups, where there are any. */
static void topups_keep(GPtrArray *found)
{
    guint kept = 0;

    for (guint i = 0; i < found->len; i++)
        kept += ((struct fact *)g_ptr_array_index(found, i))->kind == FACT_TOPUP;
    for (guint i = kept ? found->len : 0; i-- > 0;)
        if (((struct fact *)g_ptr_array_index(found, i))->kind != FACT_TOPUP)
            g_ptr_array_remove_index(found, i);
}

struct fact *fact_find(struct db *db, const char *name, gboolean topup_is_meant, GError **error)
{
    g_autoptr(GPtrArray) found = facts_named(db, name, error);

    if (!found)
        return NULL;
    if (topup_is_meant)
        topups_keep(found);
    if (found->len == 1)
        return g_ptr_array_steal_index(found, 0);
    if (found->len > 1)
        fail_ambiguous(error, name, found);
    else
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "there is no top-up, receipt, charge or exception \"%s\"\n"
                    "hint: name one by its id, as `trueup report unmatched` and `trueup report "
                    "exceptions` print it, or by file:line",
                    name);
    return NULL;
}
