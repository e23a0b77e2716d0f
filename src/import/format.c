/* format.c - the set of formats, and what others ask of one. */
#include "core/asset.h"
#include "core/error.h"
#include "core/text.h"
#include "import/format_internal.h"

struct format_set *format_set_load(GError **error)
{
    g_autoptr(GPtrArray) names = asset_list("formats", ".ini");
    g_autoptr(FormatSet) set = g_new0(struct format_set, 1);

    set->formats = g_ptr_array_new_with_free_func((GDestroyNotify)format_free);
    for (guint i = 0; i < names->len; i++) {
        g_autoptr(GBytes) bytes = asset_read(names->pdata[i], error);
        gsize len = 0;
        const char *text = bytes ? g_bytes_get_data(bytes, &len) : NULL;
        g_autofree char *place = asset_place(names->pdata[i]);
        struct format *format = bytes ? format_parse(place, text, len, error) : NULL;

        if (!format)
            return NULL;
        g_ptr_array_add(set->formats, format);
    }
    return g_steal_pointer(&set);
}

void format_set_free(struct format_set *set)
{
    if (!set)
        return;
    g_ptr_array_unref(set->formats);
    g_free(set);
}

struct format_set *format_set_parse(const char *name, const char *text, GError **error)
{
    g_autofree char *path = g_strdup_printf("formats/%s.ini", name);
    struct format *format = format_parse(path, text, strlen(text), error);
    struct format_set *set = NULL;

    if (!format)
        return NULL;
    set = g_new0(struct format_set, 1);
    set->formats = g_ptr_array_new_with_free_func((GDestroyNotify)format_free);
    g_ptr_array_add(set->formats, format);
    return set;
}

gboolean format_set_keep(struct format_set *set, const char *name, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    gboolean found = FALSE;

    for (guint i = 0; i < set->formats->len; i++) {
        const struct format *format = set->formats->pdata[i];

        found |= strcmp(format->name, name) == 0;
        g_ptr_array_add(names, format->name);
    }
    g_ptr_array_add(names, NULL);
    if (!found) {
        const char *nearest = text_nearest(name, (const char *const *)names->pdata);

        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "--format: there is no format \"%s\"\nhint: %s%s", name,
                    nearest ? "the nearest is " : "`trueup formats` lists them",
                    nearest ? nearest : "");
        return FALSE;
    }
    for (guint i = set->formats->len; i > 0; i--)
        if (strcmp(((struct format *)set->formats->pdata[i - 1])->name, name) != 0)
            g_ptr_array_remove_index(set->formats, i - 1);
    set->is_stated = TRUE;
    return TRUE;
}

char *format_text(const struct format *format)
{
    g_autofree char *asset = g_strdup_printf("formats/%s.ini", format->name);
    g_autoptr(GBytes) bytes = asset_read(asset, NULL);

    return bytes ? g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) : NULL;
}

const struct format *format_set_nth(const struct format_set *set, guint index)
{
    return index < set->formats->len ? set->formats->pdata[index] : NULL;
}

const char *format_name(const struct format *format)
{
    return format->name;
}

const char *format_title(const struct format *format)
{
    return format->title;
}

enum fact_kind format_kind(const struct format *format)
{
    return format->kind;
}

const char *format_kind_name(enum fact_kind kind)
{
    g_assert(kind >= 0 && kind < FACT_KINDS);
    return kind_specs[kind].name;
}

enum usage_endpoint format_endpoint(const struct format *format)
{
    return format->kind == FACT_USAGE ? format->endpoint : ENDPOINT_UNTOLD;
}

const char *format_digest(const struct format *format)
{
    return format->digest;
}

const char *format_zone(const struct format *format)
{
    return format->zone;
}

const char *format_template(const struct format *format)
{
    return format->template;
}

const char *const *format_encodings(const struct format *format)
{
    return (const char *const *)format->encodings;
}

unsigned format_leaves_open(const struct format *format)
{
    unsigned open = 0;

    if (g_strv_contains((const char *const *)format->date_patterns, DATES_AUTO))
        open |= OPEN_DATE_ORDER;
    if (format->decimal_mark == DECIMAL_AUTO)
        open |= OPEN_DECIMAL;
    if (format->kind == FACT_CARD && format->charge == CHARGE_AUTO)
        open |= OPEN_CHARGE;
    if (format->currency == CURRENCY_AUTO)
        open |= OPEN_CURRENCY;
    return open;
}

gboolean format_file_last4(const struct format *format, const char *base_name, char out[5])
{
    if (!format->file_pattern)
        return FALSE;
    g_autofree char *name = g_ascii_strdown(base_name, -1);
    g_autofree char *pattern = g_ascii_strdown(format->file_pattern, -1);
    const char *place = strstr(pattern, "{last4}");
    g_autofree char *before = g_strndup(pattern, (gsize)(place - pattern));

    for (const char *at = name; *at; at++) {
        if (!g_ascii_isdigit(at[0]) || !g_ascii_isdigit(at[1]) || !g_ascii_isdigit(at[2]) ||
            !g_ascii_isdigit(at[3]))
            continue;
        g_autofree char *head = g_strndup(name, (gsize)(at - name));
        if (g_pattern_match_simple(before, head) &&
            g_pattern_match_simple(place + strlen("{last4}"), at + 4)) {
            g_strlcpy(out, at, 5);
            return TRUE;
        }
    }
    return FALSE;
}
