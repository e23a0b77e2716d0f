/*
 * decimal_oracle.h - decimals the way one does them on paper, to hold core/money against.
 *
 * A number is a row of digits, 40 before the mark and 50 after it, with a sign. Every operation is
 * the schoolbook's, digit by digit with a carry: slow, and plain enough to be believed.
 */
#pragma once
#include "core/money.h"

#include <inttypes.h>

#define ORACLE_WHOLE    40
#define ORACLE_DECIMALS 50
#define ORACLE_DIGITS   (ORACLE_WHOLE + ORACLE_DECIMALS)

struct oracle {
    gboolean negative;
    uint8_t digit[ORACLE_DIGITS]; /* the first is the highest */
};

static inline gboolean oracle_is_zero(const struct oracle *a)
{
    for (int i = 0; i < ORACLE_DIGITS; i++) {
        if (a->digit[i] != 0)
            return FALSE;
    }
    return TRUE;
}

static inline int oracle_compare_magnitudes(const struct oracle *a, const struct oracle *b)
{
    return memcmp(a->digit, b->digit, sizeof a->digit);
}

static inline gboolean oracle_equal(const struct oracle *a, const struct oracle *b)
{
    return oracle_compare_magnitudes(a, b) == 0 &&
           (a->negative == b->negative || oracle_is_zero(a));
}

static inline void oracle_add_magnitude(struct oracle *a, const struct oracle *b)
{
    int carry = 0;

    for (int i = ORACLE_DIGITS - 1; i >= 0; i--) {
        int sum = a->digit[i] + b->digit[i] + carry;
        a->digit[i] = (uint8_t)(sum % 10);
        carry = sum / 10;
    }
    g_assert(carry == 0);
}

/* Needs |a| >= |b|. */
static inline void oracle_subtract_magnitude(struct oracle *a, const struct oracle *b)
{
    int borrow = 0;

    for (int i = ORACLE_DIGITS - 1; i >= 0; i--) {
        int difference = a->digit[i] - b->digit[i] - borrow;
        borrow = difference < 0;
        a->digit[i] = (uint8_t)(difference + (borrow ? 10 : 0));
    }
    g_assert(borrow == 0);
}

static inline void oracle_add(struct oracle *a, const struct oracle *b)
{
    if (a->negative == b->negative) {
        oracle_add_magnitude(a, b);
    } else if (oracle_compare_magnitudes(a, b) >= 0) {
        oracle_subtract_magnitude(a, b);
    } else {
        struct oracle result = *b;
        oracle_subtract_magnitude(&result, a);
        *a = result;
    }
}

static inline struct oracle oracle_minus(const struct oracle *a, const struct oracle *b)
{
    struct oracle result = *a;
    struct oracle negated = *b;

    negated.negative = !negated.negative;
    oracle_add(&result, &negated);
    return result;
}

/* Keeps `decimals` decimals, half to even. */
static inline struct oracle oracle_round(const struct oracle *a, int decimals)
{
    int last = ORACLE_WHOLE + decimals - 1;
    struct oracle result = *a;
    struct oracle one = {.negative = a->negative};
    gboolean more = FALSE;

    for (int i = last + 2; i < ORACLE_DIGITS; i++)
        more |= a->digit[i] != 0;
    memset(result.digit + last + 1, 0, (size_t)(ORACLE_DIGITS - last - 1));
    one.digit[last] = 1;
    if (a->digit[last + 1] > 5 ||
        (a->digit[last + 1] == 5 && (more || result.digit[last] % 2 == 1)))
        oracle_add_magnitude(&result, &one);
    return result;
}

/* Digits with an optional '-', the last of them at the given decimal place. */
static inline struct oracle oracle_from_digits(const char *text, int decimals)
{
    struct oracle result = {.negative = *text == '-'};
    const char *digits = text + result.negative;
    int len = (int)strlen(digits);

    for (int i = 0; i < len; i++)
        result.digit[ORACLE_WHOLE + decimals - len + i] = (uint8_t)(digits[i] - '0');
    return result;
}

static inline struct oracle oracle_from_int64(int64_t value, int decimals)
{
    char text[24];

    g_snprintf(text, sizeof text, "%" PRId64, value);
    return oracle_from_digits(text, decimals);
}

static inline struct oracle oracle_from_int128(int128 value, int decimals)
{
    struct oracle result = {.negative = value < 0};

    for (int i = ORACLE_WHOLE + decimals - 1; value != 0; i--, value /= 10)
        result.digit[i] = (uint8_t)(value < 0 ? -(value % 10) : value % 10);
    return result;
}

/* The product of two whole numbers of at most 20 digits. */
static inline struct oracle oracle_multiply(const struct oracle *a, const struct oracle *b)
{
    struct oracle result = {.negative = a->negative != b->negative};
    unsigned column[ORACLE_WHOLE] = {0}; /* the first is the lowest */
    unsigned carry = 0;

    for (int i = 0; i < 20; i++) {
        for (int j = 0; j < 20; j++)
            column[i + j] +=
                (unsigned)a->digit[ORACLE_WHOLE - 1 - i] * b->digit[ORACLE_WHOLE - 1 - j];
    }
    for (int i = 0; i < ORACLE_WHOLE; i++) {
        carry += column[i];
        result.digit[ORACLE_WHOLE - 1 - i] = (uint8_t)(carry % 10);
        carry /= 10;
    }
    g_assert(carry == 0);
    return result;
}

/* As few digits as say it all: "-0.0125", "12", "0". */
static inline char *oracle_print(const struct oracle *a)
{
    GString *text = g_string_new(a->negative && !oracle_is_zero(a) ? "-" : "");
    int first = 0;
    int end = ORACLE_DIGITS;

    while (first < ORACLE_WHOLE - 1 && a->digit[first] == 0)
        first++;
    while (end > ORACLE_WHOLE && a->digit[end - 1] == 0)
        end--;
    for (int i = first; i < end; i++) {
        if (i == ORACLE_WHOLE)
            g_string_append_c(text, '.');
        g_string_append_c(text, (char)('0' + a->digit[i]));
    }
    return g_string_free(text, FALSE);
}
