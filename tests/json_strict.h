/*
 * json_strict.h - a checker of JSON by RFC 8259, and nothing it tolerates beside it.
 *
 * Refuses what is no JSON, doubled names in an object, raw control characters and lone surrogates.
 * Keeps the decoded strings in their order, names included.
 */
#pragma once
#include <glib.h>

struct json_check {
    const char *at;
    GPtrArray *strings; /* char* */
    gboolean ok;
};

static inline gboolean json_value(struct json_check *json);

static inline void json_blanks(struct json_check *json)
{
    json->at += strspn(json->at, " \t\r\n");
}

static inline gboolean json_take(struct json_check *json, const char *token)
{
    if (!g_str_has_prefix(json->at, token))
        return FALSE;
    json->at += strlen(token);
    return TRUE;
}

static inline gboolean json_hex(struct json_check *json, gunichar *out)
{
    *out = 0;
    for (int i = 0; i < 4; i++, json->at++) {
        if (!g_ascii_isxdigit(*json->at))
            return FALSE;
        *out = *out * 16 + (gunichar)g_ascii_xdigit_value(*json->at);
    }
    return TRUE;
}

static inline gboolean json_escape(struct json_check *json, GString *text)
{
    static const char plain[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char *found = *json->at ? strchr(plain, *json->at) : NULL;
    gunichar high, low;

    if (found) {
        g_string_append_c(text, meant[found - plain]);
        json->at++;
        return TRUE;
    }
    if (!json_take(json, "u") || !json_hex(json, &high) || (high >= 0xDC00 && high <= 0xDFFF))
        return FALSE;
    if (high >= 0xD800 && high <= 0xDBFF) {
        if (!json_take(json, "\\u") || !json_hex(json, &low) || low < 0xDC00 || low > 0xDFFF)
            return FALSE;
        high = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    }
    g_string_append_unichar(text, high);
    return TRUE;
}

static inline gboolean json_string(struct json_check *json)
{
    g_autoptr(GString) text = g_string_new(NULL);

    if (!json_take(json, "\""))
        return FALSE;
    while (*json->at != '"') {
        if ((guchar)*json->at < 0x20)
            return FALSE;
        if (json_take(json, "\\")) {
            if (!json_escape(json, text))
                return FALSE;
        } else {
            g_string_append_c(text, *json->at++);
        }
    }
    json->at++;
    g_ptr_array_add(json->strings, g_strdup(text->str));
    return TRUE;
}

static inline gboolean json_digits(struct json_check *json)
{
    gsize len = strspn(json->at, "0123456789");

    json->at += len;
    return len > 0;
}

static inline gboolean json_number(struct json_check *json)
{
    json_take(json, "-");
    if (!json_take(json, "0") && !json_digits(json))
        return FALSE;
    if (json_take(json, ".") && !json_digits(json))
        return FALSE;
    if (*json->at != 'e' && *json->at != 'E')
        return TRUE;
    json->at++;
    json->at += *json->at == '+' || *json->at == '-';
    return json_digits(json);
}

static inline gboolean json_member(struct json_check *json, GHashTable *names)
{
    json_blanks(json);
    if (!json_string(json) ||
        !g_hash_table_add(names, g_ptr_array_index(json->strings, json->strings->len - 1)))
        return FALSE;
    json_blanks(json);
    return json_take(json, ":") && json_value(json);
}

static inline gboolean json_object(struct json_check *json)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);

    json_blanks(json);
    if (json_take(json, "}"))
        return TRUE;
    do {
        if (!json_member(json, names))
            return FALSE;
    } while (json_take(json, ","));
    return json_take(json, "}");
}

static inline gboolean json_array(struct json_check *json)
{
    json_blanks(json);
    if (json_take(json, "]"))
        return TRUE;
    do {
        if (!json_value(json))
            return FALSE;
    } while (json_take(json, ","));
    return json_take(json, "]");
}

static inline gboolean json_value(struct json_check *json)
{
    gboolean ok;

    json_blanks(json);
    if (json_take(json, "{"))
        ok = json_object(json);
    else if (json_take(json, "["))
        ok = json_array(json);
    else if (*json->at == '"')
        ok = json_string(json);
    else
        ok = json_take(json, "null") || json_take(json, "true") || json_take(json, "false") ||
             json_number(json);
    json_blanks(json);
    return ok;
}

/* The decoded strings of a text that is one JSON value; NULL when it is not. */
static inline GPtrArray *json_strings(const char *text)
{
    struct json_check json = {text, g_ptr_array_new_with_free_func(g_free), FALSE};

    if (g_utf8_validate(text, -1, NULL) && json_value(&json) && *json.at == '\0')
        return json.strings;
    g_ptr_array_unref(json.strings);
    return NULL;
}

static inline gboolean json_valid(const char *text)
{
    g_autoptr(GPtrArray) strings = json_strings(text);

    return strings != NULL;
}
