/*
 * money.c - printing, adding, scaling and splitting exact amounts.
 */
#include "core/money.h"
#include "core/error.h"

#define NANO_DECIMALS 9
#define UNIT_DIGITS   31 /* of a nano's units */
/* Residues are carried over well before they could overflow; sooner would cost a division a row. */
#define UNITS_CARRY_AT ((int128)1 << 125)

static uint64_t magnitude_of(int64_t nanos)
{
    return nanos < 0 ? 0 - (uint64_t)nanos : (uint64_t)nanos;
}

/* Writes a number before end, in at least so many digits; where it starts. By hand: amounts are in
 * every reason of every pair, and printf takes longer than all else about them. */
static char *digits_put(char *end, uint64_t number, int at_least, gboolean grouped)
{
    for (int i = 0; number > 0 || i < at_least; i++, number /= 10) {
        if (grouped && i > 0 && i % 3 == 0)
            *--end = ',';
        *--end = (char)('0' + number % 10);
    }
    return end;
}

/* A number of 10^-scale parts, with at least `decimals` decimals. */
static char *format(int64_t value, int scale, int decimals, gboolean grouped)
{
    uint64_t magnitude = magnitude_of(value), unit = 1, fraction;
    char text[48]; /* a sign, 20 digits and 6 marks, a point and 9 decimals */
    char *at = text + sizeof text;
    int len = scale;

    g_assert(decimals >= 0 && decimals <= scale && scale <= NANO_DECIMALS);
    for (int i = 0; i < scale; i++)
        unit *= 10;
    for (fraction = magnitude % unit; len > decimals && fraction % 10 == 0; len--)
        fraction /= 10;
    *--at = '\0';
    at = digits_put(at, fraction, len, FALSE);
    if (len > 0)
        *--at = '.';
    at = digits_put(at, magnitude / unit, 1, grouped);
    if (value < 0)
        *--at = '-';
    return g_strdup(at);
}

char *money_format(int64_t nanos, int decimals)
{
    return format(nanos, NANO_DECIMALS, decimals, FALSE);
}

char *money_format_grouped(int64_t nanos, int decimals)
{
    return format(nanos, NANO_DECIMALS, decimals, TRUE);
}

char *decimal_format_grouped(int64_t value, int scale)
{
    return format(value, scale, 0, TRUE);
}

/* Rounded half to even to so many decimals, grouped. */
static char *format_rounded(int64_t nanos, int decimals)
{
    int64_t least = NANOS_PER_UNIT;
    int64_t count, twice, rounded;

    for (int i = 0; i < decimals; i++)
        least /= 10;
    count = nanos / least;
    twice = 2 * (nanos % least);
    if (twice > least || (twice == least && count % 2 != 0))
        count++;
    else if (twice < -least || (twice == -least && count % 2 != 0))
        count--;
    /* The last half of the range has no rounded neighbour: it is shown exactly. */
    return format(__builtin_mul_overflow(count, least, &rounded) ? nanos : rounded, NANO_DECIMALS,
                  decimals, TRUE);
}

char *money_format_cents(int64_t nanos)
{
    return format_rounded(nanos, 2);
}

char *money_format_shown(int64_t nanos, const char *currency)
{
    return format_rounded(nanos, currency_decimals(currency));
}

gboolean money_add(int64_t *sum, int64_t nanos, GError **error)
{
    int64_t result;

    if (__builtin_add_overflow(*sum, nanos, &result)) {
        g_set_error_literal(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "the sum is out of range");
        return FALSE;
    }
    *sum = result;
    return TRUE;
}

gboolean money_scale(int64_t *out, int64_t amount, int64_t numerator, int64_t denominator,
                     GError **error)
{
    g_assert(denominator > 0);

    int128 product = (int128)amount * numerator;
    int128 quotient = product / denominator;
    int128 rest = product % denominator;
    int128 twice = rest < 0 ? -2 * rest : 2 * rest;

    if (twice > denominator || (twice == denominator && quotient % 2 != 0))
        quotient += product < 0 ? -1 : 1;
    if (quotient > INT64_MAX || quotient < INT64_MIN) {
        g_set_error_literal(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "the result is out of range");
        return FALSE;
    }
    *out = (int64_t)quotient;
    return TRUE;
}

struct share {
    int128 rest; /* what rounding down left, in fractions of the weights' sum */
    gsize index;
};

/* Larger rests first, the lower index among equals. */
static int share_compare(const void *left, const void *right)
{
    const struct share *a = left;
    const struct share *b = right;

    if (a->rest != b->rest)
        return a->rest > b->rest ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

void money_split(int64_t *parts, int64_t total, const int64_t *weights, gsize count)
{
    int128 weight_sum = 0;
    uint64_t magnitude = magnitude_of(total);
    uint64_t left = magnitude;
    g_autofree struct share *shares = g_new(struct share, count);

    for (gsize i = 0; i < count; i++) {
        g_assert(weights[i] >= 0);
        weight_sum += weights[i];
    }
    g_assert(weight_sum > 0);
    for (gsize i = 0; i < count; i++) {
        int128 product = (int128)magnitude * weights[i];
        uint64_t part = (uint64_t)(product / weight_sum);

        shares[i] = (struct share){.rest = product % weight_sum, .index = i};
        left -= part;
        parts[i] = (int64_t)(total < 0 ? 0 - part : part);
    }
    qsort(shares, count, sizeof *shares, share_compare);
    for (gsize i = 0; i < left; i++)
        parts[shares[i].index] += total < 0 ? -1 : 1;
}

void exact_total_add(struct exact_total *total, int64_t nanos, const struct residue *residue)
{
    total->nanos += nanos;
    if (!residue || !residue->rounded)
        return;
    total->rounded_count++;
    total->units += residue->units;
    if (total->units >= UNITS_CARRY_AT || total->units <= -UNITS_CARRY_AT) {
        total->carried_nanos += total->units / UNITS_PER_NANO;
        total->units %= UNITS_PER_NANO;
    }
}

/* Writes the lowest `width` digits of a value that is not negative. */
static void write_digits(char *out, int128 value, int width)
{
    for (int i = width - 1; i >= 0; i--) {
        out[i] = (char)('0' + (int)(value % 10));
        value /= 10;
    }
}

/* Prints nanos and units of 1e-40 as one decimal without trailing zeros. */
static char *format_exact(int128 nanos, int128 units)
{
    char digits[40 + NANO_DECIMALS + UNIT_DIGITS];
    const int mark = 40; /* digits before the decimal mark */
    int first = 0;
    int end = (int)sizeof digits;

    nanos += units / UNITS_PER_NANO;
    units %= UNITS_PER_NANO;
    if (nanos > 0 && units < 0) { /* one sign for both */
        nanos--;
        units += UNITS_PER_NANO;
    } else if (nanos < 0 && units > 0) {
        nanos++;
        units -= UNITS_PER_NANO;
    }
    gboolean negative = nanos < 0 || units < 0;

    write_digits(digits, negative ? -nanos : nanos, mark + NANO_DECIMALS);
    write_digits(digits + mark + NANO_DECIMALS, negative ? -units : units, UNIT_DIGITS);
    while (first < mark - 1 && digits[first] == '0')
        first++;
    while (end > mark && digits[end - 1] == '0')
        end--;
    if (end == mark)
        return g_strdup_printf("%s%.*s", negative ? "-" : "", mark - first, digits + first);
    return g_strdup_printf("%s%.*s.%.*s", negative ? "-" : "", mark - first, digits + first,
                           end - mark, digits + mark);
}

char *exact_total_format(const struct exact_total *total)
{
    return format_exact(total->nanos + total->carried_nanos, total->units);
}

char *exact_total_residue(const struct exact_total *total)
{
    return format_exact(total->carried_nanos, total->units);
}

gboolean currency_parse(char out[4], const char *text, gsize len)
{
    while (len > 0 && g_ascii_isspace(text[0])) {
        text++;
        len--;
    }
    while (len > 0 && g_ascii_isspace(text[len - 1]))
        len--;
    if (len != 3)
        return FALSE;
    for (int i = 0; i < 3; i++) {
        if (!g_ascii_isalpha(text[i]))
            return FALSE;
    }
    for (int i = 0; i < 3; i++)
        out[i] = g_ascii_toupper(text[i]);
    out[3] = '\0';
    return TRUE;
}
