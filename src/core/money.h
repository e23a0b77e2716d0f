/*
 * money.h - exact amounts of money, and the decimals they are printed as.
 *
 * An amount is a whole number of nanos (1e-9 of the unit) in one currency, held in an
 * int64_t: about 9.2e9 units either way. There is no floating point here and no conversion
 * between currencies without a stated rate; a result that does not fit is a reported error.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

#define NANOS_PER_UNIT INT64_C(1000000000)

typedef __int128 int128;

/* How a file writes its numbers. */
struct number_style {
    char decimal_mark; /* '.' or ',' */
    /*
     * What may group thousands: "" for nothing, else a set of UTF-8 characters (for example
     * ",", ".", " ", "'"); groups after the first must have exactly three digits. A blank stands
     * for the no-break spaces U+00A0 and U+202F too, an apostrophe for U+2019.
     */
    const char *thousands_marks;
};

/* '.' and no thousands mark: what machines print. */
extern const struct number_style number_style_plain;

/* Residues count in 1e-40 of the currency unit: so many of these are a nano. */
#define UNITS_PER_NANO ((int128)INT64_C(10000000000000000) * INT64_C(1000000000000000))

/* What rounding to nanos took away from an exactly parsed amount. */
struct residue {
    int128 units;     /* exact minus rounded, in 1e-40 of the currency unit, sign included */
    gboolean rounded; /* TRUE when units is not zero */
};

/*
 * Reads an amount as an export or a statement prints it.
 *
 *   text      "1,234.50"  "-0.000125"  "(12.00)"  "2.5e-05"  "0E-6176"  "12.00-"  "+ $73.01"
 *             "$-42.55"  "-$7,971.39"  "67.40 CR"; blanks around it allowed; U+2212 is a minus.
 *             Up to 40 decimals. A currency symbol or ISO code before or after is skipped
 *             ($ £ € ¥, "USD", "SGD"), and so is nothing else.
 *   style     marks as the file's format declares them
 *   *out      nanos: 1234500000000, -125000, -12000000000, 25000, 0 …
 *   residue   may be NULL; what rounding (half to even) past the ninth decimal took away
 *
 * A trailing "CR" makes the amount negative, "DR" leaves it positive.
 * Fails with TRUEUP_ERROR_INPUT, leaving *out as it was, with a message that says why and does
 * not repeat the text ("is not an amount", "has no digits", "is out of range", "has more than
 * 40 decimals", "groups thousands with ',' …"); the caller names file, line, column and text.
 * Source: cost exports print up to 36 decimals and exponents down to -6176, statements two.
 */
gboolean money_parse(int64_t *out, const char *text, gsize len, const struct number_style *style,
                     struct residue *residue, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* money_parse() that tells how the sign was given: *mark is 'C' for CR, 'D' for DR, else NUL. */
gboolean money_parse_marked(int64_t *out, const char *text, gsize len,
                            const struct number_style *style, struct residue *residue, char *mark,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Reads a plain count or quantity ("31422.0", "4", "65536.25") at a scale of its own.
 *
 *   scale     decimals kept: 0 for counts, 6 for quantities; more decimals that are not zero
 *             are an error at scale 0, else rounded half to even
 */
gboolean decimal_parse(int64_t *out, const char *text, gsize len, int scale,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Prints nanos as a plain decimal: no thousands mark, no symbol, '.' as mark.
 *
 *   decimals  9 for computed money, 2 for amounts that moved. When the value needs more than
 *             `decimals` to be exact, it is printed with as many as it needs: nothing is rounded
 *             away in output.
 */
char *money_format(int64_t nanos, int decimals);

/* money_format() with ',' between thousands, for people: "1,234.50". */
char *money_format_grouped(int64_t nanos, int decimals);

/* The counterpart of decimal_parse(), for people: "8,828,270", at scale 6 "34.5". */
char *decimal_format_grouped(int64_t value, int scale);

/* Rounded half to even to cents and grouped, for people only, where the exact amount stands
 * elsewhere. */
char *money_format_cents(int64_t nanos);
/* Likewise, to the decimals that the currency has: "27,500" of JPY, "1.234" of KWD. */
char *money_format_shown(int64_t nanos, const char *currency);

/* *sum += nanos; FALSE with TRUEUP_ERROR_INPUT "… is out of range" when it does not fit. */
gboolean money_add(int64_t *sum, int64_t nanos, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * amount * numerator / denominator, rounded half to even, over int128.
 * denominator > 0. Fails with TRUEUP_ERROR_INPUT when the result does not fit int64_t.
 */
gboolean money_scale(int64_t *out, int64_t amount, int64_t numerator, int64_t denominator,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Splits total over weights by largest remainder: the parts add up to total exactly.
 *
 *   weights   count numbers >= 0, at least one > 0; equal remainders go to the lower index
 *   parts     count nanos, written
 */
void money_split(int64_t *parts, int64_t total, const int64_t *weights, gsize count);

/* A running total that is exact, whatever rounding did to its parts. Zero-initialise. */
struct exact_total {
    int128 nanos;         /* of the rounded parts */
    int128 units;         /* the residues, in 1e-40, less what was carried */
    int128 carried_nanos; /* whole nanos of residues, taken out of units before it overflows */
    gint64 rounded_count;
};

void exact_total_add(struct exact_total *total, int64_t nanos, const struct residue *residue);

/* The exact total as a plain decimal, trailing zeros dropped: "3.90581500000000011", "12", "0". */
char *exact_total_format(const struct exact_total *total);

/* The residue alone (exact minus the sum of the rounded parts): "0.00000000000000011", "0". */
char *exact_total_residue(const struct exact_total *total);

/*
 * Whether an amount's symbol or code names another currency than the one stated ("" states none):
 * "€" is EUR, "£" GBP, "¥" JPY or CNY, "$" any that is called a dollar or peso, so none of these.
 * *other is what the text holds.
 */
gboolean currency_contradicts(char other[5], const char *text, gsize len, const char *currency);

/* TRUE and the upper-case code in out when text (blanks around allowed) is three ASCII letters. */
gboolean currency_parse(char out[4], const char *text, gsize len);

/* How many decimals a currency is printed with (ISO 4217): 2 where none are known to differ. */
int currency_decimals(const char *currency);
