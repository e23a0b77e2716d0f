/*
 * Laws of decisions: whatever is imported, in whatever order and parts, forgotten and imported
 * again, a decision names the facts that it was made about, an accepted pair stands, and a rejected
 * one arises nowhere. Decisions made between the imports of parts are those made after importing
 * all.
 *
 * A card whose statements overlap, purchases that are pending in one and posted in the next, two
 * files of payments, one of receipts; few amounts, so that much can be confused.
 */
#include "cli/refresh.h"
#include "decide/decide.h"
#include "import_world.h"
#include "random.h"

#define ROUNDS    6
#define PAYMENTS  14
#define FILES     6
#define STATED    "because" /* why */
#define DECISIONS 5         /* tried after each import */

/* Files as text, in the order in which they are imported. */
struct files {
    const char *names[FILES];
    char *texts[FILES];
};

/* What was decided, by names that hold in every ledger of the same files: "source:line". */
struct made {
    enum decision_verb verb;
    gboolean is_undo;
    char *topup, *item;
};

static const int amounts[] = {1100, 2750, 5500};

static void payment_line(GString *out, int i, int day, int cents)
{
    g_string_append_printf(out,
                           "2026-03-%02dT10:%02d:00Z,org-%c,AAAAAAAA-%04d,API credit,paid,%d.%02d,"
                           "%d.%02d,USD,5678\n",
                           day, i, i % 3 ? 'a' : 'b', i + 1, cents / 100, cents % 100, cents / 100,
                           cents % 100);
}

/* A statement of days 1 to `until` that was made on that day: later purchases are not in it, those
 * of the last two days are pending. */
static char *card_text(const int *days, const int *cents, const gboolean *has_charge, int from,
                       int until)
{
    GString *out = g_string_new("Date (UTC),Description,Amount,Status,Source Account,Bank "
                                "Description,Reference,Note,Last Four Digits,Name On "
                                "Card,Category,GL Code,Timestamp,Original Currency\n");

    g_string_append_printf(out, "03-%02d-2026,EDGE,-1.00,Sent,M,,,,5678,Ann,,,,USD\n", from);
    for (int i = 0; i < PAYMENTS; i++) {
        gboolean is_pending = days[i] >= until - 1;

        if (has_charge[i] && days[i] > from && days[i] <= until)
            g_string_append_printf(out, "03-%02d-2026,%s,-%d.%02d,%s,M,,,,5678,Ann,,,,USD\n",
                                   is_pending ? days[i] : days[i] + 1,
                                   is_pending ? "OPENAI" : "OPENAI *API CREDITS", cents[i] / 100,
                                   cents[i] % 100, is_pending ? "Pending" : "Sent");
    }
    g_string_append_printf(out, "03-%02d-2026,EDGE,-2.00,Sent,M,,,,5678,Ann,,,,USD\n", until);
    return g_string_free(out, FALSE);
}

static void files_make(struct files *files, struct rng *rng)
{
    static const char payments_head[] = "paid_at,organization_id,invoice_number,description,status,"
                                        "credit_amount,total_amount,currency,card_last4\n";
    GString *payments[2] = {g_string_new(payments_head), g_string_new(payments_head)};
    GString *receipts =
        g_string_new("receipt_number,invoice_number,date_paid,seller,description,total,currency\n");
    int days[PAYMENTS], cents[PAYMENTS];
    gboolean has_charge[PAYMENTS];

    for (int i = 0; i < PAYMENTS; i++) {
        days[i] = 2 + 2 * i + rng_below(rng, 2);
        cents[i] = amounts[rng_below(rng, G_N_ELEMENTS(amounts))];
        has_charge[i] = !rng_one_in(rng, 5);
        payment_line(payments[rng_below(rng, 2)], i, days[i], cents[i]);
        if (!rng_one_in(rng, 4))
            g_string_append_printf(receipts,
                                   "1111-%04d,%s,2026-03-%02d,OpenAI,API credit,%d.%02d,USD\n", i,
                                   "", days[i], cents[i] / 100, cents[i] % 100);
    }
    *files = (struct files){
        {"payments-1.csv", "payments-2.csv", "receipts.csv", "card-1.csv", "card-2.csv",
         "card-3.csv"},
        {g_string_free(payments[0], FALSE), g_string_free(payments[1], FALSE),
         g_string_free(receipts, FALSE), card_text(days, cents, has_charge, 1, 14),
         card_text(days, cents, has_charge, 5, 22), card_text(days, cents, has_charge, 10, 31)}};
}

static void files_clear(struct files *files)
{
    for (int i = 0; i < FILES; i++)
        g_free(files->texts[i]);
}

static void files_shuffle(struct files *files, struct rng *rng)
{
    for (int i = FILES; i > 1; i--) {
        int j = rng_below(rng, i);
        const char *name = files->names[i - 1];
        char *text = files->texts[i - 1];

        files->names[i - 1] = files->names[j];
        files->texts[i - 1] = files->texts[j];
        files->names[j] = name;
        files->texts[j] = text;
    }
}

static void refresh(struct world *world)
{
    g_autoptr(GError) error = NULL;

    if (!refresh_run(world->db, &error))
        fail_msg("%s", error->message);
}

static void file_import(struct world *world, const struct files *files, int i)
{
    import_result_free(import_text(world, files->names[i], files->texts[i], NULL));
}

/* A fact of the ledger at random, by its source and line; NULL when there is none. */
static char *fact_pick(struct world *world, struct rng *rng, const char *table)
{
    g_autofree char *sql =
        g_strdup_printf("select file.name || ':' || line from %s join file using (file_id)"
                        " order by 1",
                        table);
    g_autofree char *rows = rows_of(world->db, sql);
    g_auto(GStrv) names = g_strsplit(rows, "\n", -1);

    return *rows ? g_strdup(names[rng_below(rng, (int)g_strv_length(names))]) : NULL;
}

/* Whether it was decided, and not refused or known before. */
static gboolean made_decide(struct world *world, const struct made *made)
{
    char *names[] = {made->topup, made->item, NULL};
    const struct decision_request request = {.verb = made->verb,
                                             .is_undo = made->is_undo,
                                             .names = names,
                                             .cause = made->verb == DECIDE_ADJUST ? "fee" : NULL,
                                             .amount_nanos =
                                                 made->verb == DECIDE_ADJUST ? 350000000 : 0,
                                             .why = STATED,
                                             .by = "ann"};
    g_autofree char *before = rows_of(world->db, "select count(*) from decision");
    g_autofree char *told = decide(world->db, &request, NULL);
    g_autofree char *after = rows_of(world->db, "select count(*) from decision");

    refresh(world);
    return told && !g_str_equal(before, after);
}

static void made_free(gpointer pointer)
{
    struct made *made = pointer;

    g_free(made->topup);
    g_free(made->item);
    g_free(made);
}

/* Tries one decision about facts of the ledger; keeps it when it was made. */
static void decide_something(struct world *world, struct rng *rng, GPtrArray *all)
{
    struct made *made = g_new0(struct made, 1);

    made->verb = rng_one_in(rng, 2) ? DECIDE_REJECT : DECIDE_ACCEPT;
    if (rng_one_in(rng, 8))
        made->verb = DECIDE_ADJUST;
    made->topup = fact_pick(world, rng, "topup");
    if (made->verb != DECIDE_ADJUST)
        made->item = fact_pick(world, rng, rng_one_in(rng, 3) ? "receipt" : "charge");
    if (all->len > 0 && rng_one_in(rng, 5)) {
        const struct made *earlier = g_ptr_array_index(all, (guint)rng_below(rng, (int)all->len));

        g_free(made->topup);
        g_free(made->item);
        *made =
            (struct made){earlier->verb, TRUE, g_strdup(earlier->topup), g_strdup(earlier->item)};
    }
    if (made->topup && (made->item || made->verb == DECIDE_ADJUST) && made_decide(world, made))
        g_ptr_array_add(all, made);
    else
        made_free(made);
}

/* What the ledger says, by names and ids of facts, and without the clock. */
static char *everything(struct world *world)
{
    static const char *const queries[] = {
        "select organization_id, topup_source, topup_line, receipt_source, receipt_line,"
        " receipt_state, card_source, card_line, card_amount_nanos, variance_nanos, card_state,"
        " state, rule, id from fct_topups order by id",
        "select * from fct_unmatched order by id, why",
        "select code, reference, amount_nanos, source, line, id from fct_exceptions"
        " order by id, source, line",
        "select topup.id, cause, amount_nanos, adjustment.currency from adjustment"
        " join topup using (topup_id) order by 1, 2, 3",
        "select topup.id, candidate.leg, coalesce(receipt.id, charge.id), verdict from candidate"
        " join topup using (topup_id) left join receipt using (receipt_id)"
        " left join charge using (charge_id) order by 1, 2, 3, 4",
        "select id, wallet, wallet_rule from charge order by id",
        "select id, verb, ids, refs, leg, amount_nanos, currency, cause, why, state, ended_by"
        " from fct_decisions order by decision_id",
    };
    GString *out = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(queries); i++) {
        g_autofree char *rows = rows_of(world->db, queries[i]);

        g_string_append_printf(out, "%s\n\n", rows);
    }
    return g_string_free(out, FALSE);
}

/* Every decision that none ended stands, as far as its facts are there. */
static void assert_decisions_hold(struct world *world)
{
    assert_rows(world,
                "select decision.id from decision join decision_state using (decision_id)"
                " join decided_fact as t on t.decision_id = decision.decision_id and t.position = 1"
                " join decided_fact as i on i.decision_id = decision.decision_id and i.position = 2"
                " where verb = 'accept' and decision_state.state = 'in force' and not exists ("
                " select 1 from link where link.topup_id = t.fact_key and link.leg = decision.leg"
                " and link.state = 'accepted'"
                " and coalesce(link.receipt_id, link.charge_id) = i.fact_key)",
                "");
    assert_rows(world,
                "select decision.id from decision join decision_state using (decision_id)"
                " join decided_fact as t on t.decision_id = decision.decision_id and t.position = 1"
                " join decided_fact as i on i.decision_id = decision.decision_id and i.position = 2"
                " where verb = 'reject' and decision_state.state = 'in force' and (exists ("
                " select 1 from link where link.topup_id = t.fact_key and link.leg = decision.leg"
                " and coalesce(link.receipt_id, link.charge_id) = i.fact_key)"
                " or exists (select 1 from candidate where candidate.topup_id = t.fact_key"
                " and candidate.leg = decision.leg and verdict <> 'refused'"
                " and coalesce(candidate.receipt_id, candidate.charge_id) = i.fact_key))",
                "");
    assert_rows(world,
                "select decision.id from decision join decision_state using (decision_id)"
                " join decided_fact using (decision_id) where state = 'in force' and verb <> 'undo'"
                " and decided_fact.fact_key is null",
                "");
}

static void decisions_between_imports_are_those_after_importing_all(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(made_free);
        void *parts = NULL, *whole = NULL;
        struct files files;
        g_autofree char *one = NULL, *other = NULL;

        files_make(&files, &rng);
        files_shuffle(&files, &rng);
        setup(&parts);
        setup(&whole);
        for (int i = 0; i < FILES; i++) {
            file_import(parts, &files, i);
            refresh(parts);
            for (int k = 0; k < DECISIONS; k++)
                decide_something(parts, &rng, all);
            assert_decisions_hold(parts);
        }
        files_shuffle(&files, &rng);
        for (int i = 0; i < FILES; i++)
            file_import(whole, &files, i);
        refresh(whole);
        for (guint i = 0; i < all->len; i++)
            if (!made_decide(whole, g_ptr_array_index(all, i)))
                fail_msg("round %d: decision %u is not made after importing all", round, i + 1);
        one = everything(parts);
        other = everything(whole);
        assert_string_equal(one, other);
        teardown(&parts);
        teardown(&whole);
        files_clear(&files);
    }
}

static void decisions_outlive_their_files_and_stand_again_when_these_come_back(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(made_free);
        void *world = NULL;
        struct files files;
        g_autofree char *before = NULL, *after = NULL;

        files_make(&files, &rng);
        setup(&world);
        for (int i = 0; i < FILES; i++)
            file_import(world, &files, i);
        refresh(world);
        for (int k = 0; k < 3 * DECISIONS; k++)
            decide_something(world, &rng, all);
        before = everything(world);
        files_shuffle(&files, &rng);
        for (int i = 0; i < FILES; i++) {
            gint64 count;

            assert_true(import_forget(((struct world *)world)->db, files.names[i], &count, NULL));
            refresh(world);
            assert_decisions_hold(world);
        }
        files_shuffle(&files, &rng);
        for (int i = 0; i < FILES; i++) {
            file_import(world, &files, i);
            refresh(world);
            assert_decisions_hold(world);
        }
        after = everything(world);
        assert_string_equal(before, after);
        teardown(&world);
        files_clear(&files);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decisions_between_imports_are_those_after_importing_all),
        cmocka_unit_test(decisions_outlive_their_files_and_stand_again_when_these_come_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
