/*
 * money_parse.c - decimal text to exact whole numbers.
 *
 * Two roads to the same answer: plain digits with one '.' (what machines print, a million rows of
 * it) are read in one pass; everything that statements print (symbols, brackets, trailing signs,
 * thousands marks, exponents) goes through a scanner that collects the significant digits and
 * scales them afterwards.
 */
#include "core/error.h"
#include "core/money.h"

#define MAX_DECIMALS 40
/* More than any value in range can need: 20 digits before the mark and 40 after it. */
#define MAX_DIGITS 64
/* Beyond this an exponent only says "out of range" or "too many decimals". */
#define EXPONENT_LIMIT INT64_C(1000000000)

#define NANO_DECIMALS  9
#define UNITS_PER_HALF (UNITS_PER_NANO / 2)

const struct number_style number_style_plain = {.decimal_mark = '.', .thousands_marks = ""};

/* An unsigned decimal: 0.DIGITS times ten to the power of `point`, its first digit not zero. */
struct decimal {
    char digits[MAX_DIGITS];
    int count;       /* digits held; 0 is the number zero */
    gboolean beyond; /* a digit that is not zero did not fit */
    int64_t point;
};

struct cursor {
    const char *at, *end;
};

/* What stands around the digits of an amount. */
struct dress {
    gboolean negative, has_sign, has_unit, opened, closed;
    char mark; /* 'C' or 'D' of CR and DR */
};

static gboolean fail(GError **error, const char *why)
{
    g_set_error_literal(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, why);
    return FALSE;
}

static gboolean starts_with(const struct cursor *c, const char *mark, gsize mark_len)
{
    return (gsize)(c->end - c->at) >= mark_len && memcmp(c->at, mark, mark_len) == 0;
}

/* The length of the first of `marks` (UTF-8, NULL-terminated) that stands here, else 0. */
static gsize match_any(const struct cursor *c, const char *const *marks)
{
    for (; *marks; marks++) {
        if (starts_with(c, *marks, strlen(*marks)))
            return strlen(*marks);
    }
    return 0;
}

/* Blank, tab, no-break space U+00A0, narrow no-break space U+202F. */
static const char *const blanks[] = {" ", "\t", "\xC2\xA0", "\xE2\x80\xAF", NULL};
/* Apostrophe and U+2019. */
static const char *const apostrophes[] = {"'", "\xE2\x80\x99", NULL};
/* Hyphen-minus, minus U+2212, en dash U+2013. */
static const char *const minuses[] = {"-", "\xE2\x88\x92", "\xE2\x80\x93", NULL};
static const char *const pluses[] = {"+", NULL};
/* $ £ € ¥ */
static const char *const symbols[] = {"$", "\xC2\xA3", "\xE2\x82\xAC", "\xC2\xA5", NULL};

static void skip_blanks(struct cursor *c)
{
    for (gsize len; (len = match_any(c, blanks)) > 0;)
        c->at += len;
}

static gboolean digit_at(const struct cursor *c, gsize offset)
{
    return (gsize)(c->end - c->at) > offset && g_ascii_isdigit(c->at[offset]);
}

/* The length of a currency symbol or of a code of three capitals that stand alone, else 0. */
static gsize match_unit(const struct cursor *c)
{
    gsize left = (gsize)(c->end - c->at);

    if (left >= 3 && g_ascii_isupper(c->at[0]) && g_ascii_isupper(c->at[1]) &&
        g_ascii_isupper(c->at[2]) && (left == 3 || !g_ascii_isalpha(c->at[3])))
        return 3;
    return match_any(c, symbols);
}

/*
 * The length of the thousands mark that stands here, else 0. A blank in `marks` stands for every
 * kind of blank, an apostrophe for both kinds: nobody sees which of them a file has.
 */
static gsize match_thousands(const struct cursor *c, const char *marks)
{
    for (const char *mark = marks; *mark; mark = g_utf8_next_char(mark)) {
        gsize mark_len = (gsize)(g_utf8_next_char(mark) - mark);
        gsize len = starts_with(c, mark, mark_len) ? mark_len : 0;

        if (len == 0 && *mark == ' ')
            len = match_any(c, blanks);
        if (len == 0 && *mark == '\'')
            len = match_any(c, apostrophes);
        if (len > 0 && digit_at(c, len))
            return len;
    }
    return 0;
}

static void decimal_push(struct decimal *number, char digit)
{
    if (number->count == 0 && digit == '0')
        return;
    if (number->count < MAX_DIGITS)
        number->digits[number->count++] = digit;
    else if (digit != '0')
        number->beyond = TRUE;
}

/* Digits before the decimal mark, in groups where the style allows. Adds to number->point. */
static gboolean scan_whole(struct cursor *c, const char *thousands_marks, struct decimal *number,
                           GError **error)
{
    const char *mark = NULL;
    gsize mark_len = 0;
    gsize group_len = 0;

    for (;;) {
        if (digit_at(c, 0)) {
            decimal_push(number, *c->at++);
            number->point += number->count > 0;
            group_len++;
            continue;
        }
        gsize len = match_thousands(c, thousands_marks);
        if (len == 0)
            break;
        if (mark && (len != mark_len || memcmp(mark, c->at, len) != 0))
            return fail(error, "groups thousands with two different marks");
        if (mark ? group_len != 3 : group_len < 1 || group_len > 3)
            return fail(error, "does not group its thousands by three digits");
        mark = c->at;
        mark_len = len;
        group_len = 0;
        c->at += len;
    }
    if (mark && group_len != 3)
        return fail(error, "does not group its thousands by three digits");
    return TRUE;
}

/* "e-05": adds to number->point. Stands back when no digit follows the e. */
static void scan_exponent(struct cursor *c, struct decimal *number)
{
    gsize sign_len = c->end - c->at > 1 && (c->at[1] == '-' || c->at[1] == '+');

    if (c->at == c->end || (*c->at != 'e' && *c->at != 'E') || !digit_at(c, 1 + sign_len))
        return;
    gboolean negative = c->at[1] == '-';
    int64_t exponent = 0;
    for (c->at += 1 + sign_len; digit_at(c, 0); c->at++)
        exponent = MIN(exponent * 10 + (*c->at - '0'), EXPONENT_LIMIT);
    number->point += negative ? -exponent : exponent;
}

/* Digits, marks and exponent, without a sign. */
static gboolean scan_number(struct cursor *c, const struct number_style *style,
                            struct decimal *number, GError **error)
{
    const char *start = c->at;

    if (!scan_whole(c, style->thousands_marks, number, error))
        return FALSE;
    if (c->at < c->end && *c->at == style->decimal_mark && digit_at(c, 1)) {
        for (c->at++; digit_at(c, 0); c->at++) {
            decimal_push(number, *c->at);
            number->point -= number->count == 0;
        }
    }
    if (c->at == start)
        return fail(error, c->at == c->end || *c->at == ')' ? "has no digits" : "is not an amount");
    scan_exponent(c, number);
    if (number->count == 0) /* "0E-6176" is zero, wherever its mark stands */
        number->point = 0;
    return TRUE;
}

/* Why the text cannot go on as it does after its digits. */
static gboolean fail_after_number(const struct cursor *c, const struct number_style *style,
                                  GError **error)
{
    gsize len = match_any(c, blanks);

    if (*c->at == style->decimal_mark)
        return fail(error, digit_at(c, 1) ? "has two decimal marks" : "ends in a decimal mark");
    if (len == 0)
        len = match_any(c, apostrophes);
    if (len == 0 && (*c->at == ',' || *c->at == '.'))
        len = 1;
    if (len > 0 && digit_at(c, len) && digit_at(c, len + 1) && digit_at(c, len + 2) &&
        !digit_at(c, len + 3)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "groups thousands with '%.*s', which is not declared here", (int)len, c->at);
        return FALSE;
    }
    return fail(error, "is not an amount");
}

/* A sign before or after the digits: at most one, and none with brackets. */
static gboolean take_sign(struct cursor *c, struct dress *dress, GError **error)
{
    gsize minus_len = match_any(c, minuses);

    if (dress->has_sign || dress->opened)
        return fail(error, "has more than one sign");
    dress->has_sign = TRUE;
    dress->negative = minus_len > 0;
    c->at += minus_len > 0 ? minus_len : 1;
    return TRUE;
}

static gboolean scan_before(struct cursor *c, struct dress *dress, GError **error)
{
    for (;;) {
        gsize unit_len;

        skip_blanks(c);
        if (match_any(c, minuses) || match_any(c, pluses)) {
            if (!take_sign(c, dress, error))
                return FALSE;
        } else if (c->at < c->end && *c->at == '(') {
            if (dress->has_sign || dress->opened)
                return fail(error, "has more than one sign");
            dress->opened = dress->negative = TRUE;
            c->at++;
        } else if (!dress->has_unit && (unit_len = match_unit(c)) > 0) {
            dress->has_unit = TRUE;
            c->at += unit_len;
        } else {
            return TRUE;
        }
    }
}

/* "CR" or "DR" that no letter follows. */
static gboolean at_credit_word(const struct cursor *c)
{
    gsize left = (gsize)(c->end - c->at);

    return left >= 2 && strchr("CcDd", c->at[0]) && c->at[0] && g_ascii_toupper(c->at[1]) == 'R' &&
           (left == 2 || !g_ascii_isalpha(c->at[2]));
}

/* One of what may follow the digits, blanks skipped; FALSE without an error when it is none. */
static gboolean scan_one_after(struct cursor *c, struct dress *dress, GError **error)
{
    gsize unit_len = dress->has_unit ? 0 : match_unit(c);

    if (match_any(c, minuses) || match_any(c, pluses))
        return take_sign(c, dress, error);
    if (*c->at == ')' && dress->opened && !dress->closed) {
        dress->closed = TRUE;
        c->at++;
        return TRUE;
    }
    if (unit_len > 0) {
        dress->has_unit = TRUE;
        c->at += unit_len;
        return TRUE;
    }
    if (!at_credit_word(c))
        return FALSE;
    if (dress->has_sign || dress->opened)
        return fail(error, "has more than one sign");
    dress->has_sign = TRUE;
    dress->mark = g_ascii_toupper(*c->at);
    dress->negative = dress->mark == 'C';
    c->at += 2;
    return TRUE;
}

static gboolean scan_after(struct cursor *c, const struct number_style *style, struct dress *dress,
                           GError **error)
{
    for (;;) {
        GError *why = NULL;
        struct cursor here = *c;

        skip_blanks(c);
        if (c->at == c->end)
            break;
        if (scan_one_after(c, dress, &why))
            continue;
        if (!why)
            return fail_after_number(digit_at(c, 0) ? &here : c, style, error);
        g_propagate_error(error, why);
        return FALSE;
    }
    if (dress->opened && !dress->closed)
        return fail(error, "opens a bracket and does not close it");
    return TRUE;
}

static gboolean scan_amount(const char *text, gsize len, const struct number_style *style,
                            struct decimal *number, struct dress *dress, GError **error)
{
    struct cursor c = {text, text + len};

    return scan_before(&c, dress, error) && scan_number(&c, style, number, error) &&
           scan_after(&c, style, dress, error);
}

/* The digit at a decimal place: 1 is the first after the mark, 0 the last before it. */
static int decimal_digit(const struct decimal *number, int64_t place)
{
    int64_t index = number->point + place - 1;

    return index >= 0 && index < number->count ? number->digits[index] - '0' : 0;
}

/* Whether a digit that is not zero stands at this decimal place or after it. */
static gboolean decimal_reaches(const struct decimal *number, int64_t place)
{
    for (int64_t i = MAX(number->point + place - 1, 0); i < number->count; i++) {
        if (number->digits[i] != '0')
            return TRUE;
    }
    return number->beyond;
}

/* Gives a magnitude its sign, when it fits. */
static gboolean apply_sign(int64_t *out, uint64_t magnitude, gboolean negative, GError **error)
{
    if (magnitude > (uint64_t)INT64_MAX + (negative ? 1 : 0))
        return fail(error, "is out of range");
    *out = negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
    return TRUE;
}

/* The number times ten to the power of `scale`, rounded half to even. */
static gboolean decimal_scale(int64_t *out, const struct decimal *number, int scale,
                              gboolean negative, GError **error)
{
    uint64_t magnitude = 0;

    if (number->count > 0 && number->point + scale > 19)
        return fail(error, "is out of range");
    if (decimal_reaches(number, MAX_DECIMALS + 1))
        return fail(error, "has more than 40 decimals");
    for (int64_t place = 1 - MAX(number->point, 0); place <= scale; place++)
        magnitude = magnitude * 10 + (uint64_t)decimal_digit(number, place);

    int next = decimal_digit(number, scale + 1);
    gboolean more = decimal_reaches(number, scale + 2);
    if (next > 5 || (next == 5 && (more || magnitude % 2 == 1)))
        magnitude++;
    return apply_sign(out, magnitude, negative, error);
}

/* The decimals past the ninth, in 1e-40. */
static int128 decimal_tail(const struct decimal *number)
{
    int128 tail = 0;

    for (int place = NANO_DECIMALS + 1; place <= MAX_DECIMALS; place++)
        tail = tail * 10 + decimal_digit(number, place);
    return tail;
}

static void residue_set(struct residue *residue, int128 tail, gboolean rounded_up,
                        gboolean negative)
{
    if (!residue)
        return;
    int128 units = rounded_up ? tail - UNITS_PER_NANO : tail;
    residue->units = negative ? -units : units;
    residue->rounded = units != 0;
}

/* Reads `count` digits; FALSE at anything else. */
static gboolean read_digits(uint64_t *out, const char *text, gsize count)
{
    uint64_t value = 0;

    for (gsize i = 0; i < count; i++) {
        unsigned digit = (unsigned)text[i] - '0';
        if (digit > 9)
            return FALSE;
        value = value * 10 + digit;
    }
    *out = value;
    return TRUE;
}

static const uint64_t powers_of_ten[] = {UINT64_C(1),
                                         UINT64_C(10),
                                         UINT64_C(100),
                                         UINT64_C(1000),
                                         UINT64_C(10000),
                                         UINT64_C(100000),
                                         UINT64_C(1000000),
                                         UINT64_C(10000000),
                                         UINT64_C(100000000),
                                         UINT64_C(1000000000),
                                         UINT64_C(10000000000),
                                         UINT64_C(100000000000),
                                         UINT64_C(1000000000000),
                                         UINT64_C(10000000000000),
                                         UINT64_C(100000000000000),
                                         UINT64_C(1000000000000000),
                                         UINT64_C(10000000000000000)};

/* Reads a decimal place range [skip, skip + width) of the decimals, padded with zeros. */
static gboolean read_decimals(uint64_t *out, const char *decimals, gsize count, gsize skip,
                              gsize width)
{
    gsize here = count > skip ? MIN(count - skip, width) : 0;
    uint64_t value = 0;

    if (!read_digits(&value, decimals + (here > 0 ? skip : 0), here))
        return FALSE;
    *out = value * powers_of_ten[width - here];
    return TRUE;
}

/* The quick road: digits, at most one '.', perhaps a '-' in front. FALSE says nothing but "not so".
 */
static gboolean parse_plain(int64_t *out, const char *text, gsize len, struct residue *residue)
{
    gboolean negative = len > 0 && *text == '-';
    const char *digits = text + negative;
    gsize left = len - (gsize)negative;
    const char *mark = memchr(digits, '.', left);
    gsize whole_len = mark ? (gsize)(mark - digits) : left;
    gsize decimals_len = mark ? left - whole_len - 1 : 0;
    uint64_t whole, nanos, high, low;

    if (whole_len < 1 || whole_len > 10 || decimals_len > MAX_DECIMALS ||
        (mark && decimals_len == 0))
        return FALSE;
    const char *decimals = mark ? mark + 1 : digits;
    if (!read_digits(&whole, digits, whole_len) ||
        !read_decimals(&nanos, decimals, decimals_len, 0, NANO_DECIMALS) ||
        !read_decimals(&high, decimals, decimals_len, NANO_DECIMALS, 15) ||
        !read_decimals(&low, decimals, decimals_len, NANO_DECIMALS + 15, 16))
        return FALSE;

    uint64_t magnitude = whole * (uint64_t)NANOS_PER_UNIT + nanos;
    int128 tail = (int128)high * (int128)powers_of_ten[16] + low;
    gboolean up = tail > UNITS_PER_HALF || (tail == UNITS_PER_HALF && magnitude % 2 == 1);
    if (magnitude >= (uint64_t)INT64_MAX)
        return FALSE;
    magnitude += (uint64_t)up;
    *out = negative ? -(int64_t)magnitude : (int64_t)magnitude;
    residue_set(residue, tail, up, negative);
    return TRUE;
}

gboolean money_parse(int64_t *out, const char *text, gsize len, const struct number_style *style,
                     struct residue *residue, GError **error)
{
    if (style->decimal_mark == '.' && parse_plain(out, text, len, residue))
        return TRUE;
    return money_parse_marked(out, text, len, style, residue, NULL, error);
}

gboolean money_parse_marked(int64_t *out, const char *text, gsize len,
                            const struct number_style *style, struct residue *residue, char *mark,
                            GError **error)
{
    struct decimal number = {.count = 0};
    struct dress dress = {0};
    int64_t nanos;

    if (!scan_amount(text, len, style, &number, &dress, error) ||
        !decimal_scale(&nanos, &number, NANO_DECIMALS, dress.negative, error))
        return FALSE;

    int128 tail = decimal_tail(&number);
    gboolean up = tail > UNITS_PER_HALF ||
                  (tail == UNITS_PER_HALF && decimal_digit(&number, NANO_DECIMALS) % 2 == 1);
    residue_set(residue, tail, up, dress.negative);
    *out = nanos;
    if (mark)
        *mark = dress.mark;
    return TRUE;
}

/* The quick road of decimal_parse(): digits and no decimals but zeros, "7852.0". FALSE says nothing
 * but "not so". */
static gboolean parse_whole(int64_t *out, const char *text, gsize len, int scale)
{
    const char *mark = memchr(text, '.', len);
    gsize whole_len = mark ? (gsize)(mark - text) : len;
    uint64_t whole, decimals;

    if (whole_len < 1 || whole_len + (gsize)scale > 18 ||
        (gsize)scale >= G_N_ELEMENTS(powers_of_ten) || (mark && len - whole_len - 1 < 1) ||
        len - whole_len > 18)
        return FALSE;
    if (!read_digits(&whole, text, whole_len) ||
        (mark && (!read_digits(&decimals, mark + 1, len - whole_len - 1) || decimals != 0)))
        return FALSE;
    *out = (int64_t)(whole * powers_of_ten[scale]);
    return TRUE;
}

gboolean decimal_parse(int64_t *out, const char *text, gsize len, int scale, GError **error)
{
    struct cursor c = {text, text + len};
    struct decimal number = {.count = 0};
    struct dress dress = {0};

    g_assert(scale >= 0 && scale <= 18);
    if (parse_whole(out, text, len, scale))
        return TRUE;
    skip_blanks(&c);
    if ((match_any(&c, minuses) || match_any(&c, pluses)) && !take_sign(&c, &dress, error))
        return FALSE;
    if (c.at == c.end)
        return fail(error, "has no digits");
    if (!digit_at(&c, 0) || !scan_number(&c, &number_style_plain, &number, NULL))
        return fail(error, "is not a number");
    skip_blanks(&c);
    if (c.at < c.end)
        return fail(error, "is not a number");
    if (scale == 0 && decimal_reaches(&number, 1))
        return fail(error, "is not a whole number");
    return decimal_scale(out, &number, scale, dress.negative, error);
}
