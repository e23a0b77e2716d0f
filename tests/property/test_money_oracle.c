/*
 * test_money_oracle.c - core/money against schoolbook decimals on random and corner values.
 *
 * Each sample is a row of digits that is then written down in one of the notations that files use;
 * what money_parse makes of the text must be what the oracle makes of the digits. The comparison
 * takes the function under test as an argument, so that planted bugs can show that it would notice.
 */
#include "core/money.h"
#include "test.h"

#include "decimal_oracle.h"
#include "random.h"

#define PARSE_SAMPLES 1000000
#define OTHER_SAMPLES 200000
#define BATCH         1000

typedef gboolean (*parse_function)(int64_t *out, const char *text, gsize len,
                                   const struct number_style *style, struct residue *residue,
                                   GError **error);

struct sample {
    struct oracle exact;
    int whole_len, decimals_len; /* digits as written, leading and trailing zeros among them */
    const struct number_style *style;
    GString *text;
};

static const struct number_style styles[] = {
    {'.', ""}, {'.', ","}, {',', "."}, {',', " "}, {'.', "'"},
};
/* What a thousands mark of each style may look like in a file. */
static const char *const marks[][3] = {
    {"", "", ""},
    {",", ",", ","},
    {".", ".", "."},
    {" ", "\xC2\xA0", "\xE2\x80\xAF"},
    {"'", "\xE2\x80\x99", "'"},
};

static uint8_t random_digit(struct rng *rng, int kind)
{
    static const uint8_t corner[] = {0, 9, 5};

    return kind < 3 ? corner[kind] : (uint8_t)rng_below(rng, 10);
}

/* Puts what rounding is sensitive to after the ninth decimal. */
static void plant_tail(struct rng *rng, struct sample *sample)
{
    static const char *const tails[] = {
        "5", "50000000000000000000", "49999999999999999999", "50000000001", "95", "99999999999"};
    const char *tail = tails[rng_below(rng, G_N_ELEMENTS(tails))];

    memset(sample->exact.digit + ORACLE_WHOLE + 9, 0, ORACLE_DECIMALS - 9);
    for (int i = 0; tail[i]; i++)
        sample->exact.digit[ORACLE_WHOLE + 9 + i] = (uint8_t)(tail[i] - '0');
    sample->decimals_len = 9 + (int)strlen(tail);
}

static void sample_draw(struct rng *rng, struct sample *sample)
{
    static const int whole_lens[] = {0, 1, 1, 1, 1, 2, 3, 4, 7, 9, 10, 10, 11, 25};
    static const int decimals_lens[] = {0, 1, 2, 2, 4, 8, 9, 10, 11, 18, 36, 36, 39, 40, 41, 45};
    int kind = rng_below(rng, 12);

    memset(&sample->exact, 0, sizeof sample->exact);
    sample->exact.negative = rng_one_in(rng, 2);
    sample->whole_len = whole_lens[rng_below(rng, G_N_ELEMENTS(whole_lens))];
    sample->decimals_len = decimals_lens[rng_below(rng, G_N_ELEMENTS(decimals_lens))];
    if (sample->whole_len + sample->decimals_len == 0)
        sample->whole_len = 1;
    for (int i = -sample->whole_len; i < sample->decimals_len; i++)
        sample->exact.digit[ORACLE_WHOLE + i] = random_digit(rng, kind);
    if (rng_one_in(rng, 16)) { /* at the ends of the range */
        struct oracle end = oracle_from_int64(rng_one_in(rng, 2) ? INT64_MAX : INT64_MIN, 9);
        end.negative = sample->exact.negative;
        sample->exact = end;
        sample->whole_len = 10;
        sample->decimals_len = 9;
    }
    if (rng_one_in(rng, 4))
        plant_tail(rng, sample);
}

static void append_digits(GString *text, const struct sample *sample, int from, int until)
{
    for (int i = from; i < until; i++)
        g_string_append_c(text, (char)('0' + sample->exact.digit[ORACLE_WHOLE + i]));
}

/* 1234.5 as it stands, with or without thousands marks. */
static void append_number(struct rng *rng, struct sample *sample, int style)
{
    const char *mark = rng_one_in(rng, 2) ? marks[style][rng_below(rng, 3)] : "";

    for (int i = -sample->whole_len; i < 0; i++) {
        append_digits(sample->text, sample, i, i + 1);
        if (i < -1 && (-i - 1) % 3 == 0)
            g_string_append(sample->text, mark);
    }
    if (sample->decimals_len > 0) {
        g_string_append_c(sample->text, styles[style].decimal_mark);
        append_digits(sample->text, sample, 0, sample->decimals_len);
    }
}

/* The same as 1.2345e3 or 12345E-1. */
static void append_scientific(struct rng *rng, struct sample *sample, int style)
{
    int first = -sample->whole_len;
    const char *letter = rng_one_in(rng, 2) ? "e" : "E";

    if (rng_one_in(rng, 2)) {
        append_digits(sample->text, sample, first, sample->decimals_len);
        g_string_append_printf(sample->text, "%s%d", letter, -sample->decimals_len);
        return;
    }
    append_digits(sample->text, sample, first, first + 1);
    if (first + 1 < sample->decimals_len) {
        g_string_append_c(sample->text, styles[style].decimal_mark);
        append_digits(sample->text, sample, first + 1, sample->decimals_len);
    }
    g_string_append_printf(sample->text, "%s%+03d", letter, -first - 1);
}

/* Writes the sample down, dressed as statements do. */
static void write_dressed(struct rng *rng, struct sample *sample)
{
    static const char *const minus_before[] = {"-", "- ", "\xE2\x88\x92", "(", "", ""};
    static const char *const minus_after[] = {"", "", "", ")", "-", " CR"};
    static const char *const plus_before[] = {"", "+", "+ ", "", "", ""};
    static const char *const plus_after[] = {"", "", "", "", "+", " DR"};
    static const char *const unit_before[] = {"", "", "$", "\xE2\x82\xAC", "USD ", "SGD"};
    static const char *const unit_after[] = {"", " EUR", "", "", "", ""};
    gboolean negative = sample->exact.negative;
    int style = rng_below(rng, G_N_ELEMENTS(styles));
    int sign = rng_below(rng, 6);
    int unit = rng_below(rng, 6);
    gboolean unit_first = rng_one_in(rng, 2);
    const char *sign_text = (negative ? minus_before : plus_before)[sign];

    sample->style = &styles[style];
    g_string_append(sample->text, unit_first ? unit_before[unit] : sign_text);
    g_string_append(sample->text, unit_first ? sign_text : unit_before[unit]);
    if (rng_one_in(rng, 4))
        append_scientific(rng, sample, style);
    else
        append_number(rng, sample, style);
    g_string_append(sample->text, unit_after[unit]);
    g_string_append(sample->text, (negative ? minus_after : plus_after)[sign]);
}

static void sample_write(struct rng *rng, struct sample *sample)
{
    g_string_truncate(sample->text, 0);
    if (rng_one_in(rng, 3)) {
        write_dressed(rng, sample);
        return;
    }
    sample->style = &number_style_plain;
    if (sample->exact.negative)
        g_string_append_c(sample->text, '-');
    append_number(rng, sample, 0);
}

/* Whether the oracle would take the sample, and as what. */
static gboolean oracle_expect(const struct sample *sample, struct oracle *rounded)
{
    struct oracle limit = oracle_from_int64(sample->exact.negative ? INT64_MIN : INT64_MAX, 9);

    for (int i = ORACLE_WHOLE + 40; i < ORACLE_DIGITS; i++) {
        if (sample->exact.digit[i] != 0)
            return FALSE;
    }
    *rounded = oracle_round(&sample->exact, 9);
    return oracle_compare_magnitudes(rounded, &limit) <= 0;
}

struct totals {
    struct exact_total subject;
    struct oracle exact, rounded;
};

/* TRUE when the function agrees with the oracle; adds what it read to the totals. */
static gboolean parse_agrees(parse_function parse, const struct sample *sample,
                             struct totals *totals)
{
    struct oracle rounded;
    struct residue residue = {.units = 1, .rounded = FALSE};
    int64_t nanos = -77;
    gboolean expected = oracle_expect(sample, &rounded);

    if (parse(&nanos, sample->text->str, sample->text->len, sample->style, &residue, NULL) !=
        expected)
        return FALSE;
    if (!expected)
        return nanos == -77;

    struct oracle subject_rounded = oracle_from_int64(nanos, 9);
    struct oracle subject_residue = oracle_from_int128(residue.units, 40);
    struct oracle expected_residue = oracle_minus(&sample->exact, &rounded);
    exact_total_add(&totals->subject, nanos, &residue);
    oracle_add(&totals->exact, &sample->exact);
    oracle_add(&totals->rounded, &rounded);
    return oracle_equal(&subject_rounded, &rounded) &&
           oracle_equal(&subject_residue, &expected_residue) &&
           residue.rounded == !oracle_is_zero(&expected_residue);
}

static gboolean totals_agree(const struct totals *totals)
{
    struct oracle rest = oracle_minus(&totals->exact, &totals->rounded);
    g_autofree char *expected = oracle_print(&totals->exact);
    g_autofree char *expected_rest = oracle_print(&rest);
    g_autofree char *exact = exact_total_format(&totals->subject);
    g_autofree char *exact_rest = exact_total_residue(&totals->subject);

    return strcmp(exact, expected) == 0 && strcmp(exact_rest, expected_rest) == 0;
}

/* The text of the first sample that the function reads otherwise than the oracle, else NULL. */
static char *find_difference(parse_function parse, int count)
{
    struct rng rng = rng_new();
    struct sample sample = {.text = g_string_new(NULL)};
    struct totals totals = {0};
    char *difference = NULL;

    for (int i = 0; i < count && !difference; i++) {
        sample_draw(&rng, &sample);
        sample_write(&rng, &sample);
        if (!parse_agrees(parse, &sample, &totals))
            difference = g_strdup(sample.text->str);
        if (i % BATCH == BATCH - 1) {
            if (!difference && !totals_agree(&totals))
                difference = g_strdup_printf("a total, just before %s", sample.text->str);
            totals = (struct totals){0};
        }
    }
    g_string_free(sample.text, TRUE);
    return difference;
}

static void money_parse_and_exact_totals_agree_with_the_oracle(void **state)
{
    g_autofree char *difference = find_difference(money_parse, PARSE_SAMPLES);

    (void)state;
    if (difference)
        fail_msg("the oracle differs at \"%s\"", difference);
}

/* Rounds halves away from zero. */
static gboolean parse_half_up(int64_t *out, const char *text, gsize len,
                              const struct number_style *style, struct residue *residue,
                              GError **error)
{
    gboolean parsed = money_parse(out, text, len, style, residue, error);

    if (parsed && residue->units == UNITS_PER_NANO / 2 && *out < INT64_MAX) {
        *out += 1;
        residue->units = -residue->units;
    }
    return parsed;
}

/* Forgets the very last decimal that may count. */
static gboolean parse_without_last(int64_t *out, const char *text, gsize len,
                                   const struct number_style *style, struct residue *residue,
                                   GError **error)
{
    gboolean parsed = money_parse(out, text, len, style, residue, error);

    if (parsed)
        residue->units -= residue->units % 10;
    return parsed;
}

/* Takes one value too many at the lower end. */
static gboolean parse_one_too_far(int64_t *out, const char *text, gsize len,
                                  const struct number_style *style, struct residue *residue,
                                  GError **error)
{
    g_autoptr(GError) why = NULL;

    if (money_parse(out, text, len, style, residue, &why))
        return TRUE;
    if (strcmp(why->message, "is out of range") == 0 && strstr(text, "9223372036.854775808")) {
        *out = INT64_MAX;
        return TRUE;
    }
    g_propagate_error(error, g_steal_pointer(&why));
    return FALSE;
}

static void the_comparison_notices_planted_bugs(void **state)
{
    static const parse_function planted[] = {parse_half_up, parse_without_last, parse_one_too_far};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(planted); i++) {
        g_autofree char *difference = find_difference(planted[i], 20000);

        if (!difference)
            fail_msg("planted bug %zu goes unnoticed", i);
    }
}

static void what_money_format_prints_money_parse_reads_back(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int i = 0; i < OTHER_SAMPLES; i++) {
        int64_t nanos = rng_int64(&rng);
        int64_t back = ~nanos;
        int64_t grouped_back = ~nanos;
        int decimals = rng_below(&rng, 10);
        struct oracle exact = oracle_from_int64(nanos, 9);
        g_autofree char *text = money_format(nanos, decimals);
        g_autofree char *grouped = money_format_grouped(nanos, decimals);
        g_autofree char *fewest = oracle_print(&exact);
        const char *mark = strchr(text, '.');

        assert_true(money_parse(&back, text, strlen(text), &number_style_plain, NULL, NULL));
        assert_true(money_parse(&grouped_back, grouped, strlen(grouped), &styles[1], NULL, NULL));
        if (back != nanos || grouped_back != nanos || !g_str_has_prefix(text, fewest) ||
            (mark ? (int)strlen(mark + 1) : 0) < decimals)
            fail_msg("%" PRId64 " is printed as %s and %s", nanos, text, grouped);
    }
}

/* |2 * amount * numerator - 2 * result * denominator| against the denominator: the definition. */
static gboolean scale_is_right(int64_t amount, int64_t numerator, int64_t denominator,
                               gboolean scaled, int64_t result)
{
    struct oracle a = oracle_from_int64(amount, 0);
    struct oracle n = oracle_from_int64(numerator, 0);
    struct oracle d = oracle_from_int64(denominator, 0);
    struct oracle product = oracle_multiply(&a, &n);
    gboolean negative = product.negative && !oracle_is_zero(&product);
    struct oracle end = oracle_from_int64(scaled ? result : (negative ? INT64_MIN : INT64_MAX), 0);
    struct oracle reached = oracle_multiply(&end, &d);
    struct oracle once = oracle_minus(&product, &reached);
    struct oracle twice = once;

    oracle_add(&twice, &once);
    int against_half = oracle_compare_magnitudes(&twice, &d);
    if (scaled)
        return against_half < 0 || (against_half == 0 && result % 2 == 0);
    /* Refused: beyond the end by more than a half, or by a half that rounds away from it. */
    return oracle_compare_magnitudes(&product, &reached) > 0 &&
           (against_half > 0 || (against_half == 0 && !negative));
}

static void money_scale_agrees_with_the_oracle(void **state)
{
    struct rng rng = rng_new();
    int refused = 0;

    (void)state;
    for (int i = 0; i < OTHER_SAMPLES; i++) {
        int64_t amount = rng_int64(&rng);
        int64_t numerator = rng_int64(&rng);
        int64_t denominator = rng_int64(&rng) & INT64_MAX;
        int64_t result = -77;

        denominator = MAX(denominator, 1);
        gboolean scaled = money_scale(&result, amount, numerator, denominator, NULL);
        refused += !scaled;
        if (!scale_is_right(amount, numerator, denominator, scaled, result))
            fail_msg("%" PRId64 " * %" PRId64 " / %" PRId64 " is %" PRId64, amount, numerator,
                     denominator, result);
        if (scale_is_right(amount, numerator, denominator, scaled, result ^ 1) && scaled)
            fail_msg("two answers to %" PRId64 " * %" PRId64 " / %" PRId64, amount, numerator,
                     denominator);
    }
    assert_in_range(refused, 1, OTHER_SAMPLES - 1);
}

#define MAX_PARTS 12

/* Sum, floors and the order of remainders: the definition of the largest remainder. */
static gboolean split_is_right(const int64_t *parts, int64_t total, const int64_t *weights,
                               int count)
{
    int128 magnitude = total < 0 ? -(int128)total : total;
    int128 weight_sum = 0;
    int128 part_sum = 0;
    int128 rest[MAX_PARTS];
    gboolean up[MAX_PARTS];

    for (int i = 0; i < count; i++) {
        weight_sum += weights[i];
        part_sum += parts[i];
    }
    for (int i = 0; i < count; i++) {
        int128 part = total < 0 ? -(int128)parts[i] : parts[i];
        int128 over = part * weight_sum - magnitude * weights[i];
        if (over <= -weight_sum || over >= weight_sum)
            return FALSE; /* a nano or more away from its exact share */
        up[i] = over > 0;
        rest[i] = over > 0 ? weight_sum - over : -over;
    }
    for (int i = 0; i < count; i++) {
        for (int j = 0; j < count; j++) {
            if (up[i] && !up[j] && (rest[i] < rest[j] || (rest[i] == rest[j] && i > j)))
                return FALSE;
        }
    }
    return part_sum == total;
}

static void money_split_adds_up_and_gives_each_part_its_share(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int i = 0; i < OTHER_SAMPLES; i++) {
        int count = 1 + rng_below(&rng, MAX_PARTS);
        int64_t total = rng_int64(&rng);
        int64_t weights[MAX_PARTS] = {0};
        int64_t parts[MAX_PARTS];
        gboolean small = rng_one_in(&rng, 2);

        for (int j = 0; j < count; j++)
            weights[j] = small ? rng_below(&rng, 4) : (rng_int64(&rng) & INT64_MAX) >> 5;
        weights[rng_below(&rng, count)] += 1;
        money_split(parts, total, weights, (gsize)count);
        if (!split_is_right(parts, total, weights, count))
            fail_msg("sample %d: %" PRId64 " over %d weights", i, total, count);
        if (count > 1) {
            parts[0] ^= 1;
            assert_false(split_is_right(parts, total, weights, count));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_parse_and_exact_totals_agree_with_the_oracle),
        cmocka_unit_test(the_comparison_notices_planted_bugs),
        cmocka_unit_test(what_money_format_prints_money_parse_reads_back),
        cmocka_unit_test(money_scale_agrees_with_the_oracle),
        cmocka_unit_test(money_split_adds_up_and_gives_each_part_its_share),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
