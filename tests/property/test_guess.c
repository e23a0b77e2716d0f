/*
 * Unknown statements: of generated ones in random layouts, every one is read right or refused, and
 * never read wrong.
 */
#include "import/load.h"
#include "import/options.h"
#include "random.h"
#include "test.h"
#include <glib/gstdio.h>

#define STATEMENTS 1500

/* One movement as it happened. */
struct truth {
    int32_t day, posted;
    int64_t cents; /* > 0 out */
    const char *text;
};

/* How the statement is written. */
struct layout {
    int order, separator, words; /* of dates; which language its header has */
    gboolean short_years, posted, newest_first, unordered;
    char delimiter, mark;
    gboolean groups;
    enum { SIGNED_NEGATIVE, SIGNED_POSITIVE, SPLIT, SPLIT_NEGATIVE, FLAGGED, DIRECTIONS } direction;
    enum { IN_COLUMN, IN_HEADER, IN_CELLS, NOWHERE } currency;
    gboolean balance, owed, preamble, footer, has_header;
};

static const char *const outs[] = {"OPENAI *API", "Coffee Shop", "Hotel Sun", "Train 12", "Books"};
static const char *const ins[] = {"Refund Books", "PAYMENT THANK YOU", "Transfer in", "Bonus"};

static const char *const headers[][9] = {
    /* date posted text amount debit credit currency flag balance */
    {"Date", "Posting Date", "Description", "Amount", "Debit", "Credit", "Currency", "Direction",
     "Balance"},
    {"Datum", "Valuta", "Omschrijving", "Bedrag", "Af", "Bij", "Munt", "Af Bij", "Saldo"},
    {"Transaction Date", "Post Date", "Merchant", "Transaction Amount", "Withdrawals", "Deposits",
     "Ccy", "DR/CR", "Running Balance"},
};

static struct layout layout_any(struct rng *rng)
{
    struct layout l = {
        .order = rng_below(rng, 3),
        .separator = rng_below(rng, 3),
        .words = rng_below(rng, 3),
        .short_years = rng_one_in(rng, 4),
        .posted = rng_one_in(rng, 3),
        .newest_first = rng_one_in(rng, 2),
        .unordered = rng_one_in(rng, 4),
        .delimiter = ",;\t|"[rng_below(rng, 4)],
        .mark = rng_one_in(rng, 2) ? '.' : ',',
        .groups = rng_one_in(rng, 2),
        .direction = rng_below(rng, DIRECTIONS),
        .currency = rng_below(rng, 4),
        .balance = rng_one_in(rng, 3),
        .owed = rng_one_in(rng, 3),
        .preamble = rng_one_in(rng, 4),
        .footer = rng_one_in(rng, 5),
        .has_header = !rng_one_in(rng, 6),
    };

    return l;
}

static void add_date(GString *out, const struct layout *l, int32_t day)
{
    int y, m, d;
    char mark = "/.-"[l->separator];

    day_to_civil(day, &y, &m, &d);
    int year = l->short_years ? y % 100 : y;
    int width = l->short_years ? 2 : 4;
    if (l->order == 0)
        g_string_append_printf(out, "%02d%c%02d%c%0*d", d, mark, m, mark, width, year);
    else if (l->order == 1)
        g_string_append_printf(out, "%02d%c%02d%c%0*d", m, mark, d, mark, width, year);
    else
        g_string_append_printf(out, "%0*d%c%02d%c%02d", width, year, mark, m, mark, d);
}

static void add_amount(GString *out, const struct layout *l, int64_t cents)
{
    int64_t whole = ABS(cents) / 100;
    g_autoptr(GString) text = g_string_new(cents < 0 ? "-" : "");

    if (l->groups && whole >= 1000)
        g_string_append_printf(text, "%d%c%03d", (int)(whole / 1000), l->mark == '.' ? ',' : '.',
                               (int)(whole % 1000));
    else
        g_string_append_printf(text, "%d", (int)whole);
    if (ABS(cents) % 100 != 0)
        g_string_append_printf(text, "%c%02d", l->mark, (int)(ABS(cents) % 100));
    if (l->currency == IN_CELLS)
        g_string_append(text, " EUR");
    g_string_append_printf(out, "\"%s\"", text->str);
}

static GArray *movements(struct rng *rng, const struct layout *l)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct truth));
    int count = 1 + rng_below(rng, rng_one_in(rng, 2) ? 6 : 40);
    int32_t day = day_from_civil(2026, 1 + rng_below(rng, 10), 1 + rng_below(rng, 28));
    int step = 1 + rng_below(rng, rng_one_in(rng, 3) ? 30 : 4);
    gboolean whole = rng_one_in(rng, 5); /* amounts like 1,234 */
    gboolean only_out = rng_one_in(rng, 4);

    for (int i = 0; i < count; i++) {
        gboolean in = !only_out && rng_one_in(rng, 5);
        struct truth truth = {
            .day = day,
            .posted = day + rng_below(rng, 4),
            .cents = whole ? (1 + rng_below(rng, 9000)) * 100 : 1 + rng_below(rng, 500000),
            .text = in ? ins[rng_below(rng, G_N_ELEMENTS(ins))]
                       : outs[rng_below(rng, G_N_ELEMENTS(outs))],
        };

        truth.cents = in ? -truth.cents : truth.cents;
        g_array_append_val(all, truth);
        day += l->unordered ? rng_below(rng, 60) - 28 : rng_below(rng, step + 1);
    }
    return all;
}

static void add_header(GString *out, const struct layout *l)
{
    const char *const *names = headers[l->words];
    char d = l->delimiter;
    const char *suffix = l->currency == IN_HEADER ? " (EUR)" : "";

    g_string_append_printf(out, "%s", names[0]);
    if (l->posted)
        g_string_append_printf(out, "%c%s", d, names[1]);
    g_string_append_printf(out, "%c%s", d, names[2]);
    if (l->direction == SPLIT || l->direction == SPLIT_NEGATIVE)
        g_string_append_printf(out, "%c%s%s%c%s%s", d, names[4], suffix, d, names[5], suffix);
    else
        g_string_append_printf(out, "%c%s%s", d, names[3], suffix);
    if (l->direction == FLAGGED)
        g_string_append_printf(out, "%c%s", d, names[7]);
    if (l->currency == IN_COLUMN)
        g_string_append_printf(out, "%c%s", d, names[6]);
    if (l->balance)
        g_string_append_printf(out, "%c%s", d, names[8]);
    g_string_append_c(out, '\n');
}

static void add_direction(GString *out, const struct layout *l, int64_t cents)
{
    char d = l->delimiter;
    gboolean in = cents < 0;

    g_string_append_c(out, d);
    switch (l->direction) {
    case SIGNED_NEGATIVE:
        add_amount(out, l, -cents);
        break;
    case SIGNED_POSITIVE:
        add_amount(out, l, cents);
        break;
    case SPLIT:
    case SPLIT_NEGATIVE:
        if (!in)
            add_amount(out, l, l->direction == SPLIT ? cents : -cents);
        g_string_append_c(out, d);
        if (in)
            add_amount(out, l, -cents);
        break;
    case FLAGGED:
        add_amount(out, l, ABS(cents));
        g_string_append_printf(out, "%c%s", d,
                               l->words == 1 ? (in ? "Bij" : "Af")
                               : in          ? "C"
                                             : "D");
        break;
    case DIRECTIONS:
        break;
    }
}

/* The statement, rows in the order in which the file has them. */
static char *write_statement(const struct layout *l, GArray *truths)
{
    GString *out = g_string_new(NULL);
    g_autofree int64_t *balances = g_new0(int64_t, truths->len + 1);
    int64_t balance = 10000000;

    for (guint i = 0; i < truths->len; i++) {
        int64_t cents = g_array_index(truths, struct truth, i).cents;
        balance += l->owed ? cents : -cents;
        balances[i] = balance;
    }
    if (l->preamble)
        g_string_append_printf(out, "My Bank%cstatement\nAccount%c1234\n\n", l->delimiter,
                               l->delimiter);
    if (l->has_header)
        add_header(out, l);
    for (guint i = 0; i < truths->len; i++) {
        guint at = l->newest_first ? truths->len - 1 - i : i;
        const struct truth *truth = &g_array_index(truths, struct truth, at);

        add_date(out, l, truth->day);
        if (l->posted) {
            g_string_append_c(out, l->delimiter);
            add_date(out, l, truth->posted);
        }
        g_string_append_printf(out, "%c%s", l->delimiter, truth->text);
        add_direction(out, l, truth->cents);
        if (l->currency == IN_COLUMN)
            g_string_append_printf(out, "%cEUR", l->delimiter);
        if (l->balance) {
            g_string_append_c(out, l->delimiter);
            add_amount(out, l, balances[at]);
        }
        g_string_append_c(out, '\n');
    }
    if (l->footer)
        g_string_append(out, "Total of this statement\n");
    return g_string_free(out, FALSE);
}

/* The first difference between what was read and what happened; NULL when there is none. */
static char *difference(const struct layout *l, GArray *truths, guint index,
                        const struct fact *fact)
{
    guint at = l->newest_first ? truths->len - 1 - index : index;
    const struct truth *truth = &g_array_index(truths, struct truth, at);
    const struct civil *civil = &fact->card.purchased.civil;

    if (!fact->card.purchased.present ||
        day_from_civil(civil->year, civil->month, civil->day) != truth->day)
        return g_strdup_printf("the date of record %u", index);
    if (l->posted) {
        civil = &fact->card.posted.civil;
        if (!fact->card.posted.present ||
            day_from_civil(civil->year, civil->month, civil->day) != truth->posted)
            return g_strdup_printf("the posting of record %u", index);
    }
    if (fact->card.amount.nanos != truth->cents * (NANOS_PER_UNIT / 100))
        return g_strdup_printf("the amount of record %u", index);
    if (strcmp(fact->card.amount.currency, "EUR") != 0)
        return g_strdup_printf("the currency of record %u", index);
    return NULL;
}

enum outcome { RIGHT, REFUSED, WRONG };

static enum outcome read_statement(const struct format_set *formats, const char *path,
                                   const struct layout *l, GArray *truths,
                                   const struct import_options *options)
{
    g_autoptr(Load) load = load_new(NULL, NULL, options, formats, path);
    g_autofree char *why = NULL;
    const struct fact *fact;
    guint count = 0;

    if (!load_open(load)) {
        if (!load->refusal || !*load->refusal->message)
            fail_msg("refused without a reason");
        return REFUSED;
    }
    while ((fact = load_next(load))) {
        if (!why && count < truths->len)
            why = difference(l, truths, count, fact);
        count++;
    }
    if (load_is_bad(load))
        return REFUSED;
    if (!why && count != truths->len)
        why = g_strdup_printf("the number of records: %u of %u", count, truths->len);
    if (why)
        g_print("wrong: %s\n", why);
    return why ? WRONG : RIGHT;
}

static void a_guess_is_right_or_refuses(void **state)
{
    struct rng rng = rng_new();
    g_autoptr(FormatSet) formats = format_set_load(NULL);
    g_autofree char *folder = g_dir_make_tmp("trueup-guess-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "unknown.csv", NULL);
    struct import_options options = {NULL};
    int counts[3] = {0};

    (void)state;
    assert_true(format_set_keep(formats, "ecb-rates", NULL)); /* no format of cards */
    for (int i = 0; i < STATEMENTS; i++) {
        struct layout l = layout_any(&rng);
        g_autoptr(GArray) truths = movements(&rng, &l);
        g_autofree char *text = write_statement(&l, truths);

        options.currency = l.currency == NOWHERE ? "EUR" : NULL;
        assert_true(g_file_set_contents(path, text, -1, NULL));
        enum outcome outcome = read_statement(formats, path, &l, truths, &options);
        counts[outcome]++;
        if (outcome == WRONG)
            g_print("statement %d:\n%s\n", i, text);
    }
    g_unlink(path);
    g_rmdir(folder);
    g_print("%d right, %d refused, %d wrong\n", counts[RIGHT], counts[REFUSED], counts[WRONG]);
    assert_int_equal(counts[WRONG], 0);
    assert_true(counts[RIGHT] > STATEMENTS / 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_guess_is_right_or_refuses)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
