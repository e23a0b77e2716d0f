/*
 * secret.c - API keys and card numbers, masked before anything is written or said.
 */
#include "core/secret.h"

#define KEY_MIN_LEN  16 /* characters behind the prefix */
#define CARD_MIN_LEN 13
#define CARD_MAX_LEN 19
#define HASH_MIN_LEN                                                                               \
    24 /* hex digits in one word: longer than any card number with a word before it */

/* Leading digits of the card networks, and how long their numbers are. */
static const struct {
    guint from, until; /* inclusive, both of prefix_len digits */
    gsize prefix_len, min_len, max_len;
} networks[] = {
    {4, 4, 1, 13, 13},       {4, 4, 1, 16, 16},       {4, 4, 1, 19, 19},   /* Visa */
    {51, 55, 2, 16, 16},     {2221, 2720, 4, 16, 16},                      /* Mastercard */
    {34, 34, 2, 15, 15},     {37, 37, 2, 15, 15},                          /* American Express */
    {6011, 6011, 4, 16, 19}, {644, 649, 3, 16, 19},   {65, 65, 2, 16, 19}, /* Discover */
    {3528, 3589, 4, 16, 19},                                               /* JCB */
    {62, 62, 2, 16, 19},                                                   /* UnionPay */
    {300, 305, 3, 14, 19},   {36, 36, 2, 14, 19},     {38, 39, 2, 14, 19}, /* Diners Club */
};

static gboolean is_key_character(char c)
{
    return g_ascii_isalnum(c) || c == '_' || c == '-';
}

/* The length of the key's prefix ("sk-", "sess-") at this place of the text, else 0. */
static gsize key_prefix_len(const char *text, gsize len, gsize at)
{
    if (text[at] != 's' || (at > 0 && g_ascii_isalnum(text[at - 1])))
        return 0; /* "task-…" and "risk-…" are words */
    if (len - at > 3 && memcmp(text + at, "sk-", 3) == 0)
        return 3;
    return len - at > 5 && memcmp(text + at, "sess-", 5) == 0 ? 5 : 0;
}

/* The length of the key that begins here, prefix included; 0 when none does. */
static gsize key_len(const char *text, gsize len, gsize at)
{
    gsize prefix_len = key_prefix_len(text, len, at);
    gsize end = at + prefix_len;

    if (prefix_len == 0)
        return 0;
    while (end < len && is_key_character(text[end]))
        end++;
    return end - at - prefix_len >= KEY_MIN_LEN ? end - at : 0;
}

static gboolean has_card_network(const char *digits, gsize len)
{
    for (gsize i = 0; i < G_N_ELEMENTS(networks); i++) {
        guint prefix = 0;
        for (gsize k = 0; k < networks[i].prefix_len; k++)
            prefix = prefix * 10 + (guint)(digits[k] - '0');
        if (prefix >= networks[i].from && prefix <= networks[i].until &&
            len >= networks[i].min_len && len <= networks[i].max_len)
            return TRUE;
    }
    return FALSE;
}

static gboolean has_luhn_sum(const char *digits, gsize len)
{
    guint sum = 0;

    for (gsize i = 0; i < len; i++) {
        guint digit = (guint)(digits[len - 1 - i] - '0');
        guint doubled = 2 * digit;
        sum += i % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
}

/* Amounts hold Luhn-valid runs: digits at a decimal point are an amount's. A comma is no such sign:
 * it stands between the words of a text as often. */
static gboolean touches_decimal_point(const char *text, gsize len, gsize from, gsize until)
{
    if (until + 1 < len && text[until] == '.' && g_ascii_isdigit(text[until + 1]))
        return TRUE;
    if (from == 0 || text[from - 1] != '.')
        return FALSE;
    return from == 1 || g_ascii_isdigit(text[from - 2]) || !g_ascii_isalpha(text[from - 2]);
}

/* A long word of hex digits is a digest or an id. */
static gboolean is_within_hash(const char *text, gsize len, gsize from, gsize until)
{
    gboolean has_letter = FALSE;

    for (; from > 0 && g_ascii_isxdigit(text[from - 1]); from--)
        has_letter |= g_ascii_isalpha(text[from - 1]);
    for (; until < len && g_ascii_isxdigit(text[until]); until++)
        has_letter |= g_ascii_isalpha(text[until]);
    return has_letter && until - from >= HASH_MIN_LEN;
}

static gsize digits_len(const char *text, gsize len, gsize at)
{
    gsize end = at;

    while (end < len && g_ascii_isdigit(text[end]))
        end++;
    return end - at;
}

/* The length of what may stand between two groups of a card's digits here: a blank or a dash, also
 * those that are copied from web pages. */
static gsize joint_len(const char *text, gsize len, gsize at)
{
    static const char *const joints[] = {" ",
                                         "-",
                                         "\xc2\xa0",
                                         "\xe2\x80\x89",
                                         "\xe2\x80\xaf",
                                         "\xe2\x80\x90",
                                         "\xe2\x80\x91",
                                         "\xe2\x80\x93",
                                         "\xe2\x80\x94"};

    for (gsize i = 0; i < G_N_ELEMENTS(joints); i++) {
        gsize joint = strlen(joints[i]);

        if (len - at > joint && memcmp(text + at, joints[i], joint) == 0)
            return joint;
    }
    return 0;
}

/*
 * The length of the card number that begins at this group of digits, 0 when none does. Digits in
 * one piece, or in groups with one blank or dash between them: the first of four to six digits, as
 * on cards, the others of three or more (so that dates and phone numbers are no cards). The longest
 * wins.
 */
static gsize card_len(const char *text, gsize len, gsize at)
{
    char digits[CARD_MAX_LEN];
    gsize count = 0, end = at, best = 0;

    for (gsize group = 0;; group++) {
        gsize group_len = digits_len(text, len, end);
        if (count + group_len > CARD_MAX_LEN || (group > 0 && group_len < 3))
            break;
        memcpy(digits + count, text + end, group_len);
        count += group_len;
        end += group_len;
        if (count >= CARD_MIN_LEN && has_card_network(digits, count) &&
            has_luhn_sum(digits, count) && !touches_decimal_point(text, len, at, end) &&
            !is_within_hash(text, len, at, end))
            best = end - at;
        if (group == 0 && (group_len < 4 || group_len > 6))
            break;
        gsize joint = joint_len(text, len, end);
        if (joint == 0)
            break;
        end += joint;
    }
    return at > 0 && text[at - 1] == '+' ? 0 : best; /* a phone number */
}

/* The length of the secret that begins here, 0 when none does. *prefix: what its mask begins with.
 */
static gsize secret_len(const char *text, gsize len, gsize at, const char **prefix)
{
    if (text[at] == 's') {
        *prefix = text[at + 1 < len ? at + 1 : at] == 'k' ? "sk-…" : "sess-…";
        return key_len(text, len, at);
    }
    *prefix = "****";
    if (!g_ascii_isdigit(text[at]) || (at > 0 && g_ascii_isdigit(text[at - 1])))
        return 0;
    return card_len(text, len, at);
}

gboolean secret_suspected(const char *text, gsize len)
{
    gsize digits = 0; /* in a row, blanks and dashes between them not counted */

    for (gsize at = 0; at < len; at++) {
        if (g_ascii_isdigit(text[at])) {
            if (++digits >= CARD_MIN_LEN)
                return TRUE;
        } else if (text[at] != ' ' && text[at] != '-' && (guchar)text[at] < 0x80) {
            digits = 0;
            if (text[at] == 's' && key_prefix_len(text, len, at) > 0)
                return TRUE;
        }
    }
    return FALSE;
}

char *secret_masked(const char *text)
{
    char *masked = secret_mask(text, strlen(text));

    return masked ? masked : g_strdup(text);
}

char *secret_mask(const char *text, gsize len)
{
    GString *masked = NULL;
    gsize copied = 0;

    if (!secret_suspected(text, len))
        return NULL;
    for (gsize at = 0; at < len;) {
        const char *prefix;
        gsize found = secret_len(text, len, at, &prefix);
        if (found == 0) {
            at++;
            continue;
        }
        if (!masked)
            masked = g_string_sized_new(len);
        g_string_append_len(masked, text + copied, (gssize)(at - copied));
        g_string_append(masked, prefix);
        g_string_append_len(masked, text + at + found - 4, 4);
        at = copied = at + found;
    }
    if (masked)
        g_string_append_len(masked, text + copied, (gssize)(len - copied));
    return masked ? g_string_free(masked, FALSE) : NULL;
}
