/*
 * merchant.c - whom a descriptor names, as far as two rows of one purchase agree on it.
 *
 * Banks print one purchase in several ways: "PENDING - OPENAI", "OPENAI *CHATGPT SUBSCR",
 * "Refund: OPENAI (650-3198939, US)". What is left of them are the first words with letters alone,
 * less those that say how the money moved.
 */
#include "core/money.h"
#include "import/derive_cards.h"

#define NEAR_PERMILLE    25 /* what rates move between an authorization and its posting */
#define TRUNCATED_LENGTH 4  /* of a word, from which on it may be the beginning of another */

/* Beginnings of words that say how money moved, or through whom. */
static const char *const reversal_words[] = {"REVERS", "STORNO", "ANNUL", "VOID"};
static const char *const refund_words[] = {
    "REFUND",    "RETURN",   "ERSTATTUNG",    "RÜCKERSTATTUNG", "GUTSCHRIFT",
    "REEMBOLSO", "REMBOURS", "RIMBORSO",      "TERUGBETALING",  "TERUGGAVE",
    "AVOIR",     "ZWROT",    "ÅTERBETALNING", "REFUSION"};
static const char *const passing_words[] = {
    "PAYPAL", "SQ",       "TST",     "APLPAY", "PWP",           "PENDING",       "AUTH",
    "POS",    "PURCHASE", "PAYMENT", "CARD",   "AUTHORIZATION", "AUTHORISATION", "DEBIT",
    "CREDIT", "CRD",      "CHECK",   "VISA",   "MASTERCARD",    "TEMPORARY",     "HOLD",
    "FOR",    "FROM",     "TO",      "OF",     "THE",           "TRANSACTION"};

/* The words of a text, in upper case; one that holds a digit names no merchant and is left out. */
static GPtrArray *words_of(const char *text)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) word = g_string_new(NULL);
    gboolean has_digit = FALSE;

    for (const char *at = text;; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);

        if (c && g_unichar_isalnum(c)) {
            has_digit = has_digit || g_unichar_isdigit(c);
            g_string_append_unichar(word, g_unichar_toupper(c));
            continue;
        }
        if (word->len > 0 && !has_digit)
            g_ptr_array_add(words, g_strdup(word->str));
        g_string_truncate(word, 0);
        has_digit = FALSE;
        if (!c)
            return words;
    }
}

static gboolean begins_with_any(const char *word, const char *const *stems, gsize count)
{
    for (gsize i = 0; i < count; i++)
        if (g_str_has_prefix(word, stems[i]))
            return TRUE;
    return FALSE;
}

static gboolean names_nobody(const char *word)
{
    if (!*g_utf8_next_char(word)) /* one letter */
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(passing_words); i++)
        if (g_str_equal(word, passing_words[i]))
            return TRUE;
    return begins_with_any(word, reversal_words, G_N_ELEMENTS(reversal_words)) ||
           begins_with_any(word, refund_words, G_N_ELEMENTS(refund_words));
}

struct merchant *merchant_read(const char *descriptor)
{
    g_autoptr(GPtrArray) words = words_of(descriptor);
    struct merchant *merchant = g_new0(struct merchant, 1);
    guint found = 0;

    for (guint i = 0; i < words->len && found < G_N_ELEMENTS(merchant->words); i++)
        if (!names_nobody(g_ptr_array_index(words, i)))
            merchant->words[found++] = g_strdup(g_ptr_array_index(words, i));
    if (found == 0 && words->len > 0) /* PayPal itself */
        merchant->words[0] = g_strdup(g_ptr_array_index(words, 0));
    return merchant;
}

void merchant_free(struct merchant *merchant)
{
    g_free(merchant->words[0]);
    g_free(merchant->words[1]);
    g_free(merchant);
}

/* Statements cut long words short. */
static gboolean words_agree(const char *a, const char *b)
{
    gsize shorter = MIN(strlen(a), strlen(b));

    return g_str_equal(a, b) || (shorter >= TRUNCATED_LENGTH && strncmp(a, b, shorter) == 0);
}

gboolean merchant_agrees(const struct movement *a, const struct movement *b, gboolean wholly)
{
    char *const *one = a->head->merchant->words, *const *other = b->head->merchant->words;

    if (!one[0] || !other[0])
        return g_str_equal(a->head->descriptor, b->head->descriptor);
    if (!words_agree(one[0], other[0]))
        return FALSE;
    return !wholly || !one[1] || !other[1] || words_agree(one[1], other[1]);
}

static gboolean row_says(const struct card_row *row, const char *const *stems, gsize count)
{
    const char *const texts[] = {row->type, row->status, row->descriptor};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GPtrArray) words = words_of(texts[i]);

        for (guint j = 0; j < words->len; j++)
            if (begins_with_any(g_ptr_array_index(words, j), stems, count))
                return TRUE;
    }
    return FALSE;
}

gboolean row_says_reversal(const struct card_row *row)
{
    return row_says(row, reversal_words, G_N_ELEMENTS(reversal_words));
}

gboolean row_says_refund(const struct card_row *row)
{
    return row_says_reversal(row) || row_says(row, refund_words, G_N_ELEMENTS(refund_words));
}

gboolean amounts_near(int64_t a, int64_t b)
{
    int128 apart = (int128)a - b;
    int128 larger = MAX(ABS((int128)a), ABS((int128)b));

    return (a < 0) == (b < 0) && ABS(apart) * 1000 <= larger * NEAR_PERMILLE;
}
