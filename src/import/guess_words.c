/* guess_words.c - the vocabulary of statements, from its asset; see guess_words.h. */
#include "import/guess_words.h"
#include "core/asset.h"
#include "core/error.h"
#include "import/format_internal.h"

#define WORDS_ASSET "rules/statement-words.ini"

struct guess_words {
    GHashTable *roles[ROLES]; /* word -> rank */
    GHashTable *foreign, *owed, *status, *currencies;
    GHashTable *direction_out, *direction_in, *type_out, *type_in, *type_beside;
    GStrv incoming_begins, incoming_holds, balance_begins; /* folded */
};

static const char *const role_keys[ROLES] = {
    "date",
    "posted",
    "amount",
    "debit",
    "credit",
    "text",
    "currency",
    "original-amount",
    "original-currency",
    "fee",
    "status",
    "id",
    "card",
    "type",
    "balance",
    "zone",
};

/* Blanks and marks within a name tell nothing: they go. */
static gboolean is_dropped(gunichar c)
{
    return g_unichar_isspace(c) || c == 0xFEFF || c == 0xA0 || c == 0x202F ||
           (c < 128 && strchr("_-./()#:*'\"", (int)c));
}

static char *strip_name(const char *text, gsize len)
{
    g_autofree char *folded = name_fold(text, len);
    GString *word = g_string_new(NULL);

    for (const char *at = folded; *at; at = g_utf8_next_char(at))
        if (!is_dropped(g_utf8_get_char(at)))
            g_string_append_unichar(word, g_utf8_get_char(at));
    return g_string_free(word, FALSE);
}

/* What stands in brackets is a suffix when it is a code, a symbol or a zone. */
static gboolean is_suffix(struct text text)
{
    static const char *const symbols[] = {"$", "\xC2\xA3", "\xE2\x82\xAC", "\xC2\xA5", NULL};
    g_autofree char *copy = g_strndup(text.text, text.len);

    return (survey_is_code(text) && g_ascii_isupper(*copy) && g_ascii_isupper(copy[2])) ||
           g_strv_contains(symbols, copy) || strchr(copy, '/');
}

char *guess_word(const char *text)
{
    return strip_name(text, strlen(text));
}

struct column_name column_name_read(struct text text)
{
    g_autofree char *clean = name_clean(text.text, text.len);
    const char *open = strrchr(clean, '(');
    gsize len = strlen(clean);

    if (!open || open == clean || clean[len - 1] != ')')
        return (struct column_name){strip_name(clean, len), g_strdup("")};
    struct text inner = {open + 1, len - (gsize)(open - clean) - 2};
    if (!is_suffix(inner))
        return (struct column_name){strip_name(clean, len), g_strdup("")};
    return (struct column_name){strip_name(clean, (gsize)(open - clean)),
                                g_strndup(inner.text, inner.len)};
}

void column_name_clear(struct column_name *name)
{
    g_clear_pointer(&name->word, g_free);
    g_clear_pointer(&name->suffix, g_free);
}

/* A list of the asset; NULL with an error when it is not there. */
static GStrv read_list(GKeyFile *keys, const char *group, const char *key, GError **error)
{
    g_autofree char *text = g_key_file_get_string(keys, group, key, NULL);

    if (!text) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: [%s] %s is missing\nhint: a copy of your own must state every list",
                    WORDS_ASSET, group, key);
        return NULL;
    }
    GStrv list = g_strsplit(text, "|", -1);
    for (guint i = 0; list[i]; i++)
        g_strstrip(list[i]);
    return list;
}

static gboolean read_words(GHashTable **out, GKeyFile *keys, const char *group, const char *key,
                           GError **error)
{
    g_auto(GStrv) list = read_list(keys, group, key, error);

    if (!list)
        return FALSE;
    *out = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; list[i]; i++) {
        char *word = strip_name(list[i], strlen(list[i]));
        if (g_hash_table_contains(*out, word))
            g_free(word);
        else
            g_hash_table_insert(*out, word, GUINT_TO_POINTER(i + 1));
    }
    return TRUE;
}

static gboolean read_texts(GStrv *out, GKeyFile *keys, const char *group, const char *key,
                           GError **error)
{
    *out = read_list(keys, group, key, error);
    for (guint i = 0; *out && (*out)[i]; i++) {
        char *folded = name_fold((*out)[i], strlen((*out)[i]));
        g_free((*out)[i]);
        (*out)[i] = folded;
    }
    return *out != NULL;
}

static gboolean read_all(struct guess_words *words, GKeyFile *keys, GError **error)
{
    for (int role = 0; role < ROLES; role++)
        if (!read_words(&words->roles[role], keys, "columns", role_keys[role], error))
            return FALSE;
    return read_words(&words->foreign, keys, "other-exports", "columns", error) &&
           read_words(&words->owed, keys, "owed", "columns", error) &&
           read_words(&words->status, keys, "status", "words", error) &&
           read_words(&words->currencies, keys, "currencies", "codes", error) &&
           read_words(&words->direction_out, keys, "direction", "out", error) &&
           read_words(&words->direction_in, keys, "direction", "in", error) &&
           read_words(&words->type_out, keys, "type", "out", error) &&
           read_words(&words->type_in, keys, "type", "in", error) &&
           read_words(&words->type_beside, keys, "type", "in-beside-out", error) &&
           read_texts(&words->incoming_begins, keys, "incoming", "begins", error) &&
           read_texts(&words->incoming_holds, keys, "incoming", "holds", error) &&
           read_texts(&words->balance_begins, keys, "balances", "begins", error);
}

struct guess_words *guess_words_load(GError **error)
{
    g_autoptr(GuessWords) words = g_new0(struct guess_words, 1);
    g_autoptr(GBytes) bytes = asset_read(WORDS_ASSET, error);
    g_autoptr(GKeyFile) keys = g_key_file_new();
    g_autoptr(GError) failure = NULL;

    if (!bytes)
        return NULL;
    if (!g_key_file_load_from_bytes(keys, bytes, G_KEY_FILE_NONE, &failure)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: %s", WORDS_ASSET,
                    failure->message);
        return NULL;
    }
    return read_all(words, keys, error) ? g_steal_pointer(&words) : NULL;
}

void guess_words_free(struct guess_words *words)
{
    if (!words)
        return;
    for (int role = 0; role < ROLES; role++)
        g_clear_pointer(&words->roles[role], g_hash_table_unref);
    g_clear_pointer(&words->foreign, g_hash_table_unref);
    g_clear_pointer(&words->owed, g_hash_table_unref);
    g_clear_pointer(&words->currencies, g_hash_table_unref);
    g_clear_pointer(&words->status, g_hash_table_unref);
    g_clear_pointer(&words->direction_out, g_hash_table_unref);
    g_clear_pointer(&words->direction_in, g_hash_table_unref);
    g_clear_pointer(&words->type_out, g_hash_table_unref);
    g_clear_pointer(&words->type_in, g_hash_table_unref);
    g_clear_pointer(&words->type_beside, g_hash_table_unref);
    g_strfreev(words->incoming_begins);
    g_strfreev(words->incoming_holds);
    g_strfreev(words->balance_begins);
    g_free(words);
}

guint guess_words_rank(const struct guess_words *words, enum role role, const char *word)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(words->roles[role], word));
}

gboolean guess_words_is_foreign(const struct guess_words *words, const char *word)
{
    return g_hash_table_contains(words->foreign, word);
}

gboolean guess_words_is_owed(const struct guess_words *words, const char *word)
{
    return g_hash_table_contains(words->owed, word);
}

gboolean guess_words_is_status(const struct guess_words *words, const char *word)
{
    return g_hash_table_contains(words->status, word);
}

gboolean guess_words_is_currency(const struct guess_words *words, const char *word)
{
    return g_hash_table_contains(words->currencies, word);
}

enum heading guess_words_direction(const struct guess_words *words, const char *word)
{
    if (g_hash_table_contains(words->direction_out, word))
        return HEADING_OUT;
    return g_hash_table_contains(words->direction_in, word) ? HEADING_IN : HEADING_NONE;
}

enum heading guess_words_type(const struct guess_words *words, const char *word)
{
    if (g_hash_table_contains(words->type_out, word))
        return HEADING_OUT;
    if (g_hash_table_contains(words->type_in, word))
        return HEADING_IN;
    return g_hash_table_contains(words->type_beside, word) ? HEADING_IN_BESIDE_OUT : HEADING_NONE;
}

static gboolean begins(const GStrv list, const char *folded)
{
    for (guint i = 0; list[i]; i++)
        if (g_str_has_prefix(folded, list[i]))
            return TRUE;
    return FALSE;
}

static gboolean letter_at(const char *text, const char *at)
{
    return at >= text && *at && g_unichar_isalpha(g_utf8_get_char_validated(at, -1));
}

/* Holds one of the texts as words of its own. */
static gboolean holds(const GStrv list, const char *folded)
{
    for (guint i = 0; list[i]; i++) {
        const char *hit = strstr(folded, list[i]);

        if (hit && !(hit > folded && letter_at(folded, g_utf8_prev_char(hit))) &&
            !letter_at(folded, hit + strlen(list[i])))
            return TRUE;
    }
    return FALSE;
}

enum incoming guess_words_incoming(const struct guess_words *words, const char *folded)
{
    if (begins(words->balance_begins, folded))
        return INCOMING_BALANCE;
    if (begins(words->incoming_begins, folded))
        return INCOMING_ON_A_CARD;
    return holds(words->incoming_holds, folded) ? INCOMING_PERHAPS : INCOMING_NOT;
}

const char *const *guess_words_balances(const struct guess_words *words)
{
    return (const char *const *)words->balance_begins;
}
