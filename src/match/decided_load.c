/* decided_load.c - decisions read, with the facts that they name now. */
#include "match/decided_internal.h"

static void decision_clear(gpointer pointer)
{
    struct decision *decision = pointer;

    g_array_unref(decision->facts);
    g_string_free(decision->ids, TRUE);
    g_string_free(decision->references, TRUE);
}

static struct decided *decided_new(const struct facts *facts)
{
    struct decided *decided = g_new0(struct decided, 1);

    decided->decisions = g_array_new(FALSE, FALSE, sizeof(struct decision));
    g_array_set_clear_func(decided->decisions, decision_clear);
    decided->accepted = g_array_new(FALSE, FALSE, sizeof(struct pair));
    decided->rejected = g_array_new(FALSE, FALSE, sizeof(struct pair));
    decided->given_back = g_array_new(FALSE, FALSE, sizeof(struct give_back));
    decided->not_given_back = g_array_new(FALSE, FALSE, sizeof(struct give_back));
    decided->variances = g_array_new(FALSE, FALSE, sizeof(struct variance));
    for (int leg = 0; leg < LEGS; leg++)
        decided->holders.legs[leg] = g_new0(guint, facts->topups->len + 1);
    decided->holders.receipts = g_new0(guint, facts->receipts->len + 1);
    decided->holders.charges = g_new0(guint, facts->charges->len + 1);
    return decided;
}

void decided_free(struct decided *decided)
{
    if (!decided)
        return;
    g_array_unref(decided->decisions);
    g_array_unref(decided->accepted);
    g_array_unref(decided->rejected);
    g_array_unref(decided->given_back);
    g_array_unref(decided->not_given_back);
    g_array_unref(decided->variances);
    for (int leg = 0; leg < LEGS; leg++)
        g_free(decided->holders.legs[leg]);
    g_free(decided->holders.receipts);
    g_free(decided->holders.charges);
    g_free(decided);
}

static const char *keep(struct facts *facts, struct statement *row, const char *name)
{
    return g_string_chunk_insert_const(facts->texts,
                                       statement_text(row, statement_column_index(row, name)));
}

static int64_t number(struct statement *row, const char *name)
{
    return statement_int(row, statement_column_index(row, name));
}

/* "accepted by ann on 2026-11-26: why" */
static const char *words_of(struct facts *facts, const struct decision *decision,
                            struct statement *row)
{
    static const struct {
        const char *verb, *participle;
    } participles[] = {{"accept", "accepted"},
                       {"reject", "rejected"},
                       {"settle", "settled"},
                       {"adjust", "adjusted"},
                       {"undo", "taken back"}};
    const char *why = keep(facts, row, "why"), *participle = "";
    g_autofree char *words = NULL;
    char day[11];

    for (gsize i = 0; i < G_N_ELEMENTS(participles); i++)
        if (g_str_equal(participles[i].verb, decision->verb))
            participle = participles[i].participle;
    day_format(day_from_instant(number(row, "decided_at")), day);
    words = g_strdup_printf("%s by %s on %s%s%s", participle, keep(facts, row, "decided_by"), day,
                            *why ? ": " : "", why);
    return g_string_chunk_insert_const(facts->texts, words);
}

static int64_t key_of(const struct facts *facts, char kind, guint index)
{
    if (kind == 't')
        return facts_topup(facts, index)->topup_id;
    return kind == 'r' ? facts_receipt(facts, index)->receipt_id
                       : facts_charge(facts, index)->charge_id;
}

/* The fact of a key, or NONE. Facts stand in the order of their keys. */
static guint index_of(const struct facts *facts, char kind, int64_t key)
{
    guint low = 0, count = 0;

    if (kind == 't')
        count = facts->topups->len;
    else if (kind == 'r')
        count = facts->receipts->len;
    else if (kind == 'c')
        count = facts->charges->len;
    for (guint high = count; low < high;) {
        guint middle = low + (high - low) / 2;

        if (key_of(facts, kind, middle) < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && key_of(facts, kind, low) == key ? low : NONE;
}

static void words_add(GString *words, const char *word)
{
    if (words->len && *word)
        g_string_append_c(words, ' ');
    g_string_append(words, word);
}

static void decision_read(struct facts *facts, struct statement *row)
{
    struct decision decision = {
        .decision_id = number(row, "decision_id"),
        .amount_nanos = number(row, "amount_nanos"),
        .verb = keep(facts, row, "verb"),
        .leg = keep(facts, row, "leg"),
        .currency = keep(facts, row, "currency"),
        .cause = keep(facts, row, "cause"),
        .facts = g_array_new(FALSE, FALSE, sizeof(struct named)),
        .ids = g_string_new(NULL),
        .references = g_string_new(NULL),
        .ended_by = number(row, "ended_by"),
    };
    const char *how = keep(facts, row, "how");

    decision.state = *how ? how : "in force";

    decision.words = words_of(facts, &decision, row);
    g_array_append_val(facts->decided->decisions, decision);
}

static void row_read(struct facts *facts, struct statement *row)
{
    struct decided *decided = facts->decided;
    const char *kind = keep(facts, row, "kind");
    struct named named = {g_str_equal(kind, "exception") ? 'x' : *kind, NONE};
    struct decision *decision;
    guint count = decided->decisions->len;

    if (count == 0 || decision_at(decided, count - 1)->decision_id != number(row, "decision_id")) {
        decision_read(facts, row);
        count++;
    }
    named.index = index_of(facts, named.kind, number(row, "fact_key"));
    decision = decision_at(decided, count - 1);
    g_array_append_val(decision->facts, named);
    words_add(decision->ids, statement_text(row, statement_column_index(row, "id")));
    words_add(decision->references, statement_text(row, statement_column_index(row, "reference")));
}

gboolean decisions_load(struct facts *facts, GError **error)
{
    struct statement *rows;
    enum row_status status = FAILED;

    facts->decided = decided_new(facts);
    if (!db_run(facts->db, "match_decided_facts", error))
        return FALSE;
    rows = statement_get(facts->db, "match_decisions", error);
    while (rows && (status = statement_step(rows, error)) == ROW)
        row_read(facts, rows);
    if (rows)
        statement_reset(rows);
    return status == END;
}

gboolean decision_state_write(struct db *db, const struct decision *decision, GError **error)
{
    struct statement *insert = statement_get(db, "match_decision_state_insert", error);
    g_autofree char *ended_by = g_strdup_printf("d%" G_GINT64_FORMAT, decision->ended_by);

    if (!insert)
        return FALSE;
    statement_bind_int(insert, "decision_id", decision->decision_id);
    statement_bind_text(insert, "state", decision->state);
    statement_bind_text(insert, "ended_by", decision->ended_by ? ended_by : "");
    statement_bind_text(insert, "ids", decision->ids->str);
    statement_bind_text(insert, "refs", decision->references->str);
    return statement_execute(insert, error);
}
