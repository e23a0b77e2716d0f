/* account_map.c - reads rules/accounts.ini and fills names in. */
#include "books/account_map.h"
#include "core/asset.h"
#include "core/digest.h"
#include "core/error.h"
#include "core/text.h"

#define FILE_NAME "rules/accounts.ini"

static const char *const role_keys[ROLES] = {
    [ROLE_PREPAID] = "prepaid",
    [ROLE_ACCRUED] = "accrued",
    [ROLE_CARD] = "card",
    [ROLE_CLEARING] = "clearing",
    [ROLE_REFUNDS] = "refunds",
    [ROLE_SUSPENSE] = "suspense",
    [ROLE_TAX] = "tax",
    [ROLE_OPENING] = "opening",
    [ROLE_TAX_DUE] = "tax-due",
    [ROLE_TAX_COST] = "tax-cost",
    [ROLE_CARD_FEE] = "card-fee",
    [ROLE_FX] = "fx",
    [ROLE_PRODUCTION] = "production",
    [ROLE_RESEARCH] = "research",
    [ROLE_EXPIRED] = "expired",
    [ROLE_ADJUSTMENT] = "adjustment",
    [ROLE_ROUNDING] = "rounding",
};

/* What formats state besides accounts. */
static const struct {
    const char *format, *key;
} settings[] = {
    {"quickbooks", "location"}, {"quickbooks", "class"},     {"xero", "tax-rate"},
    {"xero", "tracking-name"},  {"xero", "tracking-option"}, {"focus", "provider"},
    {"focus", "publisher"},     {"focus", "invoice-issuer"}, {"focus", "service"},
};

struct account_map {
    GKeyFile *file;
    char *place; /* of the rules, for messages */
    char *format;
    char *names[ROLES];
    gboolean is_plain_text;
};

void account_map_free(struct account_map *map)
{
    if (!map)
        return;
    g_key_file_unref(map->file);
    g_free(map->place);
    g_free(map->format);
    for (int i = 0; i < ROLES; i++)
        g_free(map->names[i]);
    g_free(map);
}

/* What one part of an account name can hold in both plain-text formats: a capital or a digit, then
 * letters, digits and dashes. */
static char *part_of(const char *text)
{
    g_autoptr(GString) part = g_string_new(NULL);
    gboolean is_changed = FALSE;

    for (const char *at = text; *at; at++) {
        gboolean fits = g_ascii_isalnum(*at) || (*at == '-' && part->len > 0);

        if (fits)
            g_string_append_c(part, part->len == 0 ? g_ascii_toupper(*at) : *at);
        else if (part->len > 0 && part->str[part->len - 1] != '-')
            g_string_append_c(part, '-');
        is_changed |= !fits;
    }
    if (is_changed || part->len == 0) {
        char hex[DIGEST_HEX_LEN + 1];

        digest_text(text, -1, hex);
        hex[6] = '\0';
        if (part->len > 0 && part->str[part->len - 1] != '-')
            g_string_append_c(part, '-');
        g_string_append(part, hex);
        part->str[0] = g_ascii_toupper(part->str[0]);
    }
    return g_strdup(part->str);
}

/* One pass over the template: what is filled in is never filled in again. */
static char *fill(const struct account_map *map, const char *pattern, const char *organization_id,
                  const char *organization_name, const char *card)
{
    const struct {
        const char *mark, *value;
    } values[] = {
        {"{organization}", *organization_id ? organization_id : "none"},
        {"{name}", *organization_name ? organization_name : organization_id},
        {"{card}", card},
    };
    g_autoptr(GString) out = g_string_new(NULL);

    while (*pattern) {
        gboolean found = FALSE;

        for (guint i = 0; i < G_N_ELEMENTS(values) && !found; i++) {
            if (!g_str_has_prefix(pattern, values[i].mark))
                continue;
            g_autofree char *part =
                map->is_plain_text ? part_of(values[i].value) : text_clean(values[i].value, FALSE);
            g_string_append(out, part);
            pattern += strlen(values[i].mark);
            found = TRUE;
        }
        if (!found)
            g_string_append_c(out, *pattern++);
    }
    return g_strdup(out->str);
}

char *account_map_name(const struct account_map *map, enum role role, const char *organization_id,
                       const char *organization_name, const char *card)
{
    return fill(map, map->names[role], organization_id, organization_name, card);
}

char *account_map_setting(const struct account_map *map, const char *key, const struct entry *entry)
{
    g_autofree char *pattern = g_key_file_get_string(map->file, map->format, key, NULL);

    return fill(map, pattern ? pattern : "", entry->organization_id, entry->organization_name, "");
}

enum role account_map_class(const void *context, const char *class)
{
    const struct account_map *map = context;
    g_autofree char *role = g_key_file_get_string(map->file, "classes", class, NULL);

    return g_strcmp0(role, role_keys[ROLE_PRODUCTION]) == 0 ? ROLE_PRODUCTION : ROLE_RESEARCH;
}

/* Assets:Bank-1: the first part one of the five kinds, each other a capital or digit first. */
static gboolean is_plain_text_name(const char *name)
{
    static const char *const kinds[] = {"Assets", "Liabilities", "Equity",
                                        "Income", "Expenses",    NULL};
    g_auto(GStrv) parts = g_strsplit(name, ":", -1);
    guint count = g_strv_length(parts);

    if (count < 2 || !g_strv_contains(kinds, parts[0]))
        return FALSE;
    for (guint i = 1; i < count; i++) {
        if (!g_ascii_isupper(*parts[i]) && !g_ascii_isdigit(*parts[i]))
            return FALSE;
        for (const char *at = parts[i]; *at; at++)
            if (!g_ascii_isalnum(*at) && *at != '-')
                return FALSE;
    }
    return TRUE;
}

/* FOCUS has costs, not accounts. */
static gboolean is_rows(const char *format)
{
    return strcmp(format, "focus") == 0;
}

static gboolean read_name(struct account_map *map, enum role role, GError **error)
{
    const char *key = role_keys[role];
    g_autofree char *filled = NULL;

    map->names[role] = g_key_file_get_string(map->file, map->format, key, NULL);
    if (!map->names[role] || !*map->names[role]) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: [%s] lacks \"%s\"", map->place,
                    map->format, key);
        return FALSE;
    }
    filled = fill(map, map->names[role], "a", "a", "a");
    if (map->is_plain_text && !is_plain_text_name(filled)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: [%s] %s: \"%s\" is not an account name\n"
                    "hint: like Assets:Prepaid:{organization}: Assets, Liabilities, Equity, Income "
                    "or Expenses, then parts of letters, digits and dashes that begin with a "
                    "capital or a digit",
                    map->place, map->format, key, map->names[role]);
        return FALSE;
    }
    return TRUE;
}

static gboolean is_known(const char *format, const char *key)
{
    for (int i = 0; i < ROLES && !is_rows(format); i++)
        if (strcmp(role_keys[i], key) == 0)
            return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(settings); i++)
        if (strcmp(settings[i].format, format) == 0 && strcmp(settings[i].key, key) == 0)
            return TRUE;
    return FALSE;
}

/* A misspelt key would leave money in an account that nobody meant. */
static gboolean check_keys(const struct account_map *map, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(map->file, map->format, NULL, NULL);

    for (guint i = 0; keys && keys[i]; i++) {
        if (is_known(map->format, keys[i]))
            continue;
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: [%s] has an unknown key \"%s\"",
                    map->place, map->format, keys[i]);
        return FALSE;
    }
    return TRUE;
}

static gboolean check_classes(const struct account_map *map, GError **error)
{
    g_auto(GStrv) classes = g_key_file_get_keys(map->file, "classes", NULL, NULL);

    for (guint i = 0; classes && classes[i]; i++) {
        g_autofree char *role = g_key_file_get_string(map->file, "classes", classes[i], NULL);

        if (g_strcmp0(role, role_keys[ROLE_PRODUCTION]) == 0 ||
            g_strcmp0(role, role_keys[ROLE_RESEARCH]) == 0)
            continue;
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: [classes] %s: \"%s\" is neither production nor research", map->place,
                    classes[i], role ? role : "");
        return FALSE;
    }
    return TRUE;
}

struct account_map *account_map_read(const char *format, gboolean is_plain_text, GError **error)
{
    g_autoptr(AccountMap) map = g_new0(struct account_map, 1);
    g_autoptr(GBytes) text = asset_read(FILE_NAME, error);
    g_autoptr(GError) reason = NULL;

    map->file = g_key_file_new();
    map->place = asset_place(FILE_NAME);
    map->format = g_strdup(format);
    map->is_plain_text = is_plain_text;
    if (!text)
        return NULL;
    if (!g_key_file_load_from_bytes(map->file, text, G_KEY_FILE_NONE, &reason)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: %s", map->place, reason->message);
        return NULL;
    }
    if (!check_keys(map, error) || !check_classes(map, error))
        return NULL;
    for (int role = 0; role < ROLES && !is_rows(format); role++)
        if (!read_name(map, (enum role)role, error))
            return NULL;
    return g_steal_pointer(&map);
}
