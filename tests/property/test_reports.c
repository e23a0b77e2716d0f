/*
 * test_reports.c - laws of reports on random ledgers: the order of rows and the keys of
 * dictionaries are irrelevant, spend adds up however it is cut, and text comes out as it went in.
 */
#include "core/instant.h"
#include "core/money.h"
#include "json_strict.h"
#include "property/random.h"
#include "render_given.h"
#include "report_given.h"

#define LEDGERS        3
#define TEXTS          3000
#define ORGANIZATIONS  3
#define PROJECTS       4
#define FILES          3
#define TERMS          3
#define DAYS           40
#define FIRST_DAY      20713 /* 2026-09-17: two month borders follow */
#define FIRST_OF_MONTH (-16)
#define DAYS_AFTER     70 /* for whom days are compared with later ones */

/* Rows as SQL in which {o1} is the key of the second organization, likewise {p1}, {f1} and {t1}. */
struct rows {
    struct rng *rng;
    GPtrArray *tables; /* GPtrArray* of char*: rows whose order among themselves is free */
    GHashTable *seen;  /* grains that exist: a ledger has each once */
};

static void begin_table(struct rows *rows)
{
    g_ptr_array_add(rows->tables, g_ptr_array_new_with_free_func(g_free));
}

/* Adds a row unless its table has one of that grain already. */
static void G_GNUC_PRINTF(3, 4) add(struct rows *rows, const char *grain, const char *format, ...)
{
    va_list arguments;

    if (grain && !g_hash_table_add(rows->seen, g_strdup_printf("%u %s", rows->tables->len, grain)))
        return;
    va_start(arguments, format);
    g_ptr_array_add(g_ptr_array_index(rows->tables, rows->tables->len - 1),
                    g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

static int below(struct rows *rows, int bound)
{
    return rng_below(rows->rng, bound);
}

static char *day_text(int day)
{
    char text[11];

    day_format(FIRST_DAY + day, text);
    return g_strdup(text);
}

/* Few values, so that rows tie wherever they may; past 2^53, where a double would lose. */
static int64_t amount(struct rows *rows)
{
    static const int64_t amounts[] = {0, 1, -1, 1000000000, 2500000000, 9007199254740993};

    return amounts[below(rows, G_N_ELEMENTS(amounts))];
}

static const char *currency(struct rows *rows)
{
    return below(rows, 3) ? "USD" : "EUR";
}

static void add_names(struct rows *rows)
{
    static const char *const classes[] = {"production", "test", ""};

    begin_table(rows);
    for (int i = 0; i < ORGANIZATIONS; i++) {
        add(rows, NULL, "insert into organization values ({o%d}, 'org-%d', '')", i, i);
        add(rows, NULL,
            "insert into organization_fact (organization_key, billing_mode, cost_from, cost_until)"
            " values ({o%d}, 'prepaid', '2026-09-17', '2026-10-26')",
            i);
        add(rows, NULL, "insert into coverage values ({o%d}, '2026-09-%d', '2026-10-26')", i,
            i == 0 ? 1 : 17);
    }
    for (int i = 0; i < PROJECTS; i++) {
        add(rows, NULL, "insert into project values ({p%d}, 'proj_%d', '%s')", i, i,
            i % 2 ? "same name" : "");
        add(rows, NULL, "insert into project_fact values ({p%d}, null, '%s', '', '%s', '', '%s')",
            i, classes[i % 3], i % 2 ? "ann" : "", i % 3 ? "" : "4711");
    }
    for (int i = 0; i < TERMS; i++)
        add(rows, NULL, "insert into term values ({t%d}, 'item %d')", i, i);
    for (int i = 0; i < FILES; i++)
        add(rows, NULL,
            "insert into file values ({f%d}, 'same.csv', '/in', 'sha-%d', 'cost', 'format', 'd',"
            " '', '', '', '', '', '', '', '', 0, 0, 0, 0, 0, null, null, '', '', 0, %d)",
            i, i, i);
    for (int i = FIRST_OF_MONTH; i < DAYS + DAYS_AFTER; i++) {
        g_autofree char *day = day_text(i);

        add(rows, NULL, "insert into calendar values ('%s', %d, '%.7s')", day, FIRST_DAY + i, day);
    }
}

/* A split of a day's cost by line item: it explains as much of the day as chance has it. */
static int add_split(struct rows *rows, int id, const char *day, const char *unit)
{
    int64_t total = 0;

    for (int i = 0; i < 3; i++) {
        int64_t nanos = amount(rows) / 3;

        add(rows, NULL,
            "insert into cost (cost_id, partition_id, line, amount_nanos, line_item_id) values"
            " (%d, %d, 2, %" G_GINT64_FORMAT ", %s)",
            id * 3 + i, id, nanos, i ? "{t1}" : "null");
        total += nanos;
    }
    add(rows, NULL,
        "insert into partition values (%d, 1, null, '%s', '%s', %d, %d, 3, %" G_GINT64_FORMAT
        ", 0, 1)",
        id, day, unit, id * 3, id * 3 + 2, total);
    return id;
}

static void add_costs(struct rows *rows)
{
    begin_table(rows);
    add(rows, NULL,
        "insert into snapshot values (1, {f0}, 'cost', null, '2026-09-17', '2026-10-26',"
        " '2026-10-25', '2026-10-20', '2026-10-26', 0, 1, 0, null)");
    begin_table(rows);
    for (int i = 1; i < 120; i++) {
        g_autofree char *day = day_text(below(rows, DAYS));
        int organization = below(rows, ORGANIZATIONS), project = below(rows, PROJECTS + 1);
        const char *unit = currency(rows);
        g_autofree char *key =
            project < PROJECTS ? g_strdup_printf("{p%d}", project) : g_strdup("null");
        g_autofree char *split = g_strdup("null");
        g_autofree char *grain = g_strdup_printf("%d %s %s %s", organization, key, day, unit);

        if (g_hash_table_contains(rows->seen, grain))
            continue;
        if (below(rows, 2)) {
            g_free(split);
            split = g_strdup_printf("%d", add_split(rows, i, day, unit));
        }
        add(rows, grain,
            "insert into cost_day values ({o%d}, %s, '%s', '%s', %" G_GINT64_FORMAT
            ", %d, null, %s, {f0})",
            organization, key, day, unit, amount(rows), below(rows, 2), split);
    }
}

static void add_findings(struct rows *rows)
{
    static const char *const severities[] = {"error", "warning", "info"};

    begin_table(rows);
    for (int i = 0; i < 40; i++) {
        g_autofree char *day = day_text(below(rows, 3));
        g_autofree char *id = g_strdup_printf("x%d", below(rows, 12));

        add(rows, NULL,
            "insert into exception values ('match', 'CODE_%d', '%s', {o%d}, {p%d}, '%s',"
            " %" G_GINT64_FORMAT ", '%s', 'ref', {f%d}, %d, 'Same words.', 'Do.', '%s', '')",
            below(rows, 2), severities[below(rows, 3)], below(rows, 2), below(rows, 2), day,
            amount(rows), currency(rows), below(rows, FILES), below(rows, 3), id);
        add(rows, NULL,
            "insert into restatement values ({o%d}, {p%d}, '%s', '%s', %" G_GINT64_FORMAT
            ", %" G_GINT64_FORMAT ", {f%d}, {f%d}, 0)",
            below(rows, 2), below(rows, 2), day, currency(rows), amount(rows), amount(rows),
            below(rows, FILES), below(rows, FILES));
    }
    for (int i = 0; i < 20; i++) {
        int project = below(rows, PROJECTS);
        g_autofree char *day = day_text(below(rows, 3));
        const char *unit = currency(rows);
        g_autofree char *grain = g_strdup_printf("run %d %s %s", project, day, unit);

        add(rows, grain,
            "insert into runaway_episode (organization_key, project_key, currency, from_on,"
            " until_on, rules, excess_nanos, baseline_nanos, is_provisional, explanation, id)"
            " values ({o%d}, {p%d}, '%s', '%s', '%s', 'spike', %" G_GINT64_FORMAT
            ", 1, 0, 'Same words.', 'w%d %s %s')",
            project % ORGANIZATIONS, project, unit, day, day, amount(rows), project, unit, day);
    }
}

/* Ids follow natural order: they are facts here, whatever the order of rows. */
static void add_payments(struct rows *rows)
{
    static const char *const states[] = {"posted", "pending", "dead"};
    static const char *const wallets[] = {"api", "unknown", "chatgpt"};

    begin_table(rows);
    add(rows, NULL, "insert into account values (1, 'card', '', '', '', '')");
    begin_table(rows);
    for (int i = 1; i <= 30; i++) {
        int day = below(rows, 3);
        g_autofree char *text = day_text(day);
        int64_t at = (FIRST_DAY + day) * SECONDS_PER_DAY;

        add(rows, NULL,
            "insert into topup values (%d, 't%02d', %d, {f%d}, 2, {o%d}, %" G_GINT64_FORMAT
            ", '%s', 0, 0, 1, '', '', 'd', 'auto', '%s', %" G_GINT64_FORMAT
            ", 'USD', 0, %" G_GINT64_FORMAT ", '%s', '', null, null, null, '', 1, 'api')",
            i, i, i, below(rows, FILES), below(rows, 2), at, text, below(rows, 2) ? "paid" : "void",
            amount(rows), amount(rows), currency(rows));
        add(rows, NULL,
            "insert into receipt values (%d, 'r%02d', %d, {f%d}, 2, '', '', '%s', 0, 1, '', 'd',"
            " null, null, 1, 'USD', '', '', '', '%s', '', %d,"
            " null, null, '', '')",
            i, i, i, below(rows, FILES), text, wallets[below(rows, 3)], below(rows, 2));
        add(rows, NULL,
            "insert into charge values (%d, 'c%02d', %d, {f%d}, 2, 1, '', '%s', null, 0, 1, null,"
            " null, 0, 'UTC', %" G_GINT64_FORMAT ", '%s', null, '', 0, '', '%s', '', '', 'd', '',"
            " '%s', '')",
            i, i, i, below(rows, FILES), text, amount(rows), currency(rows), states[below(rows, 3)],
            wallets[below(rows, 3)]);
    }
    begin_table(rows);
    for (int i = 1; i <= 30; i++) {
        const char *state = below(rows, 2) ? "confirmed" : "suggested";

        add(rows, NULL, "insert into topup_state values (%d, '%s', '%s', 'open', '')", i, state,
            below(rows, 2) ? "open" : "");
        if (below(rows, 2))
            add(rows, NULL, "insert into link values (%d, 'card', null, %d, '%s', '', '', 0)", i,
                31 - i, state);
    }
}

static void add_credit(struct rows *rows, const char *policy)
{
    for (int i = 0; i < 60; i++) {
        int organization = below(rows, ORGANIZATIONS), project = below(rows, PROJECTS);
        g_autofree char *day = day_text(below(rows, DAYS));
        const char *unit = currency(rows);
        g_autofree char *balance = g_strdup_printf("balance %d %s %s", organization, unit, day);
        g_autofree char *overdraft = g_strdup_printf("over %d %s %s", organization, unit, day);
        g_autofree char *share = g_strdup_printf("share %d %d %s", organization, project, unit);

        add(rows, balance,
            "insert into balance_day values ('%s', {o%d}, '%s', '%s', %" G_GINT64_FORMAT
            ", 1, 2, 3, 4, 5, 6, 7, 8)",
            policy, organization, unit, day, amount(rows));
        add(rows, overdraft,
            "insert into overdraft values ('%s', {o%d}, '%s', '%s', null, -1, '', '')", policy,
            organization, unit, day);
        add(rows, share,
            "insert into expiring_allocation values ('%s', {o%d}, {p%d}, '%s', 1, %" G_GINT64_FORMAT
            ", 'life')",
            policy, organization, project, unit, amount(rows));
    }
    for (int i = 1; i <= 20; i++)
        add(rows, NULL,
            "insert into grant_balance values ('%s', %d, 0, 0, 0, 0, 1, 'open', %" G_GINT64_FORMAT
            ", 0)",
            policy, i, amount(rows));
    for (int i = 1; i <= 10; i++)
        add(rows, NULL,
            "insert into balance_check values ('%s', %d, 0, 0, %" G_GINT64_FORMAT ", null, null)",
            policy, i, amount(rows));
}

static void add_grants(struct rows *rows)
{
    begin_table(rows);
    for (int i = 1; i <= 20; i++) {
        int organization = below(rows, 2), day = below(rows, 2);
        g_autofree char *text = day_text(day);

        add(rows, NULL,
            "insert into credit_grant values (%d, {o%d}, 'USD', 'ref', 'paid', 0, %d, '%s',"
            " 1800000000, '2027-01-15', 1, %d, null, {f0}, 2)",
            i, organization, day, text, i);
        if (i > 10)
            continue;
        add(rows, NULL, "insert into observation values (%d, null, 0, {o%d}, %d, '%s', %d, 'USD')",
            i, organization, day, text, i);
    }
    begin_table(rows);
    add_credit(rows, "free-first");
    add_credit(rows, "expiry-first");
}

static void rows_init(struct rows *rows, struct rng *rng)
{
    rows->rng = rng;
    rows->tables = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    rows->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    add_names(rows);
    add_costs(rows);
    add_findings(rows);
    add_payments(rows);
    add_grants(rows);
}

static void rows_clear(struct rows *rows)
{
    g_ptr_array_unref(rows->tables);
    g_hash_table_unref(rows->seen);
}

static void shuffle(GPtrArray *array, struct rng *rng)
{
    for (guint i = array->len; i > 1; i--) {
        guint other = (guint)rng_below(rng, (int)i);
        gpointer kept = array->pdata[i - 1];

        array->pdata[i - 1] = array->pdata[other];
        array->pdata[other] = kept;
    }
}

/* "{o1}" -> the key that this ledger gives the second organization. */
static char *with_keys(const char *row, const int keys[8])
{
    GString *sql = g_string_new(NULL);

    for (const char *at = row; *at; at++) {
        if (*at == '{') {
            g_string_append_printf(sql, "%d", keys[at[2] - '0']);
            at += 3;
        } else {
            g_string_append_c(sql, *at);
        }
    }
    return g_string_free(sql, FALSE);
}

/* A ledger of the rows, in an order and with dictionary keys of its own. */
static Db *ledger_of(struct rows *rows, gboolean shuffled)
{
    g_autoptr(GString) script = g_string_new(NULL);
    Db *db = db_open_memory(NULL);
    int keys[8];

    for (int i = 0; i < 8; i++)
        keys[i] = shuffled ? 8 - i : i + 1;
    for (guint i = 0; i < rows->tables->len; i++) {
        GPtrArray *table = g_ptr_array_index(rows->tables, i);

        if (shuffled)
            shuffle(table, rows->rng);
        for (guint j = 0; j < table->len; j++) {
            g_autofree char *sql = with_keys(g_ptr_array_index(table, j), keys);

            g_string_append_printf(script, "%s;\n", sql);
        }
    }
    /* Rows that refer to each other stand in one table here. */
    run(db, "pragma foreign_keys = off");
    run(db, script->str);
    return db;
}

static void assert_same_reports(Db *first, Db *second)
{
    static const char *const formats[] = {"csv", "json", "table"};
    g_autoptr(ReportCatalog) catalog = given_catalog();
    const char *name, *by, *summary;

    for (guint i = 0; (name = report_catalog_nth(catalog, i, &by, &summary)); i++)
        for (guint j = 0; j < G_N_ELEMENTS(formats); j++) {
            const struct report_options options = {.by = by};
            g_autoptr(GString) footer = g_string_new(NULL), other_footer = g_string_new(NULL);
            g_autofree char *text = render(first, name, formats[j], options, 120, footer);
            g_autofree char *other = render(second, name, formats[j], options, 120, other_footer);

            if (strcmp(text, other) != 0 || strcmp(footer->str, other_footer->str) != 0)
                fail_msg("%s depends on the order of rows:\n%s\n%s", name, text, other);
            if (j == 1)
                assert_true(json_valid(text));
        }
}

static void neither_the_order_of_rows_nor_the_keys_of_names_change_a_report(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int i = 0; i < LEDGERS; i++) {
        struct rows rows;

        rows_init(&rows, &rng);
        g_autoptr(Db) first = ledger_of(&rows, FALSE), second = ledger_of(&rows, TRUE);

        assert_same_reports(first, second);
        rows_clear(&rows);
    }
}

/* Adds a spend report's cost by organization, project (where it has one) and currency to sums:
 * char* -> int64_t*. */
static void add_spend(Db *db, GHashTable *sums, struct report_options options)
{
    g_autofree char *csv = render(db, "spend", "csv", options, 0, NULL);
    g_auto(GStrv) lines = g_strsplit(csv, "\n", -1);
    g_auto(GStrv) names = g_strsplit(lines[0], ",", -1);
    const gboolean has_project = strcmp(names[1], "project_id") == 0;
    guint behind = g_strv_length(names); /* from the end: a line item may hold commas */

    while (strcmp(names[g_strv_length(names) - behind], "cost") != 0)
        behind--;
    for (guint i = 1; lines[i] && *lines[i]; i++) {
        g_auto(GStrv) cells = g_strsplit(lines[i], ",", -1);
        guint count = g_strv_length(cells), cost = count - behind;
        g_autofree char *key =
            g_strdup_printf("%s %s %s", cells[0], has_project ? cells[1] : "", cells[count - 1]);
        int64_t *sum = g_hash_table_lookup(sums, key);
        int64_t nanos;

        assert_true(
            money_parse(&nanos, cells[cost], strlen(cells[cost]), &number_style_plain, NULL, NULL));
        if (!sum) {
            sum = g_new0(int64_t, 1);
            g_hash_table_insert(sums, g_steal_pointer(&key), sum);
        }
        *sum += nanos;
    }
}

static GHashTable *sums_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

/* By line item a cost of zero has no row: what is missing is zero. */
static void assert_held(GHashTable *sums, GHashTable *in)
{
    GHashTableIter iter;
    gpointer key, sum;

    g_hash_table_iter_init(&iter, sums);
    while (g_hash_table_iter_next(&iter, &key, &sum)) {
        int64_t *other = g_hash_table_lookup(in, key);

        if (*(int64_t *)sum != (other ? *other : 0))
            fail_msg("%s does not add up", (char *)key);
    }
}

static void assert_same_sums(GHashTable *left, GHashTable *right)
{
    assert_held(left, right);
    assert_held(right, left);
}

/* What the facts say, by the same key. */
static void add_facts(Db *db, GHashTable *sums, gboolean by_project)
{
    g_autofree char *sql = g_strdup_printf(
        "select organization_id || ' ' || %s || ' ' || currency, sum(cost_nanos)"
        " from cost_day natural join organization left join project using (project_key) group by 1",
        by_project ? "coalesce(project_id, '')" : "''");
    g_autofree char *text = rows_of(db, sql);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (guint i = 0; lines[i]; i++) {
        char *bar = strchr(lines[i], '|');
        int64_t *sum = g_new0(int64_t, 1);

        *bar = '\0';
        *sum = g_ascii_strtoll(bar + 1, NULL, 10);
        g_hash_table_insert(sums, g_strdup(lines[i]), sum);
    }
}

static void assert_adds_up(Db *db, const char *grain, const char *cut, gboolean by_project)
{
    g_autoptr(GHashTable) facts = sums_new(), whole = sums_new(), parts = sums_new();

    add_facts(db, facts, by_project);
    add_spend(db, whole, (struct report_options){.by = grain});
    add_spend(db, parts, (struct report_options){.by = grain, .until = cut});
    add_spend(db, parts, (struct report_options){.by = grain, .from = cut});
    assert_same_sums(facts, whole);
    assert_same_sums(facts, parts);
}

static void spend_is_the_facts_sum_by_every_grain_and_over_any_cut(void **state)
{
    static const char *const of_projects[] = {"", "day", "week", "line_item", "key"};
    static const char *const others[] = {"organization", "class",   "owner", "cost_center",
                                         "model",        "surface", "user"};
    struct rng rng = rng_new();

    (void)state;
    for (int i = 0; i < LEDGERS; i++) {
        struct rows rows;

        rows_init(&rows, &rng);
        g_autoptr(Db) db = ledger_of(&rows, FALSE);
        g_autofree char *cut = day_text(rng_below(&rng, DAYS));

        for (guint j = 0; j < G_N_ELEMENTS(of_projects); j++)
            assert_adds_up(db, of_projects[j], cut, TRUE);
        for (guint j = 0; j < G_N_ELEMENTS(others); j++)
            assert_adds_up(db, others[j], cut, FALSE);
        rows_clear(&rows);
    }
}

/* Text of a few characters that matter somewhere: to csv, json, spreadsheets or terminals. */
static char *random_text(struct rng *rng)
{
    static const gunichar characters[] = {
        'a',    '0',    ' ',    ',',    '"',    '\\',    '\'',    '=',     '+',    '-',
        '@',    '\t',   '\n',   '\r',   0x1B,   0x7F,    0x85,    0xE9,    0x202E, 0x2028,
        0x200B, 0xFEFF, 0xFF1D, 0xFF0B, 0x6F22, 0x1F600, 0xE0001, 0x10FFFF};
    GString *text = g_string_new(NULL);

    for (int i = rng_below(rng, 8); i > 0; i--)
        g_string_append_unichar(text, characters[rng_below(rng, G_N_ELEMENTS(characters))]);
    return g_string_free(text, FALSE);
}

/* The one cell of a csv with one column and one row, unquoted. */
static char *csv_cell(const char *csv)
{
    const char *at = strchr(csv, '\n') + 1;
    GString *cell = g_string_new(NULL);

    if (*at != '"')
        return g_string_free(g_string_append_len(cell, at, (gssize)strlen(at) - 1), FALSE);
    for (at++; !(at[0] == '"' && at[1] != '"'); at++) {
        at += at[0] == '"';
        g_string_append_c(cell, *at);
    }
    assert_string_equal(at, "\"\n");
    return g_string_free(cell, FALSE);
}

static void text_comes_out_as_it_went_in_and_inert_unless_raw(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int i = 0; i < TEXTS; i++) {
        g_autofree char *text = random_text(&rng);
        const char *const texts[] = {text};
        struct given_rows given = {"-- column: t text T\n", texts, 1, 0, TRUE};
        g_autofree char *raw = given_rendering("csv", given);
        g_autofree char *json = given_rendering("json", given);
        g_autoptr(GPtrArray) strings = json_strings(json);
        g_autofree char *back = csv_cell(raw), *clean = NULL, *cell = NULL;

        given.raw = FALSE;
        clean = given_rendering("csv", given);
        cell = csv_cell(clean);
        assert_string_equal(back, text);
        assert_non_null(strings);
        assert_string_equal(g_ptr_array_index(strings, 1), text);
        assert_true(*cell == '\0' || !strchr("=+-@", *cell));
        for (const char *at = cell; *at; at = g_utf8_next_char(at))
            assert_true(g_unichar_type(g_utf8_get_char(at)) != G_UNICODE_CONTROL &&
                        g_unichar_type(g_utf8_get_char(at)) != G_UNICODE_FORMAT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neither_the_order_of_rows_nor_the_keys_of_names_change_a_report),
        cmocka_unit_test(spend_is_the_facts_sum_by_every_grain_and_over_any_cut),
        cmocka_unit_test(text_comes_out_as_it_went_in_and_inert_unless_raw),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
