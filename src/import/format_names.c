/*
 * format_names.c - a header's names, and how a format refers to them.
 *
 * A reference is a name as it is compared (folded), "stem (*)" for a name with any bracketed suffix
 * (currencies stand there), or "column 3" for a place.
 */
#include "core/error.h"
#include "core/secret.h"
#include "core/text.h"
#include "import/format_internal.h"

#define ANY_SUFFIX "(*)"

/* What may stand around a name: blanks, no-break blanks, BOM, quotes. */
static gboolean is_around(gunichar c)
{
    return g_unichar_isspace(c) || c == 0xFEFF || c == 0xA0 || c == 0x202F || c == '"';
}

char *name_clean(const char *text, gsize len)
{
    const char *start = text;
    const char *end = text + len;

    while (start < end && is_around(g_utf8_get_char(start)))
        start = g_utf8_next_char(start);
    while (end > start) {
        const char *last = g_utf8_find_prev_char(start, end);
        if (!last || !is_around(g_utf8_get_char(last)))
            break;
        end = last;
    }
    return g_strndup(start, (gsize)(end - start));
}

char *name_fold(const char *text, gsize len)
{
    g_autofree char *clean = name_clean(text, len);
    g_autofree char *composed = g_utf8_normalize(clean, -1, G_NORMALIZE_NFC);

    return g_utf8_casefold(composed ? composed : clean, -1);
}

char *name_shown(const char *text, gsize len)
{
    g_autofree char *name = name_clean(text, len);
    g_autofree char *clean = text_clean(name, FALSE);

    return secret_masked(clean);
}

/* The place of the bracket that opens a name's suffix, else NULL. */
static const char *find_suffix(const char *name)
{
    static const char *const brackets[][2] = {
        {"(", ")"}, {"[", "]"}, {"\xEF\xBC\x88", "\xEF\xBC\x89"}}; /* the last ones are wide */

    for (guint i = 0; i < G_N_ELEMENTS(brackets); i++) {
        if (g_str_has_suffix(name, brackets[i][1]))
            return g_strrstr(name, brackets[i][0]);
    }
    return NULL;
}

char *name_suffix(const char *name)
{
    const char *open = find_suffix(name);

    if (!open)
        return NULL;
    const char *start = g_utf8_next_char(open);
    const char *end = g_utf8_find_prev_char(name, name + strlen(name));
    return g_strstrip(g_strndup(start, (gsize)(end - start)));
}

gboolean name_fits(const char *reference, const char *name)
{
    if (!g_str_has_suffix(reference, ANY_SUFFIX))
        return *name && strcmp(reference, name) == 0;
    const char *open = find_suffix(name);
    if (!open)
        return FALSE;
    g_autofree char *stem =
        g_strchomp(g_strndup(reference, strlen(reference) - strlen(ANY_SUFFIX)));
    g_autofree char *own = g_strchomp(g_strndup(name, (gsize)(open - name)));
    return strcmp(stem, own) == 0;
}

guint name_place(const char *reference)
{
    guint64 place;

    if (!g_str_has_prefix(reference, "column ") ||
        !g_ascii_string_to_unsigned(reference + strlen("column "), 10, 1, RECORD_MAX_COLUMNS,
                                    &place, NULL))
        return 0;
    return (guint)place;
}

struct header header_new(const struct record *record)
{
    struct header header = {record, g_ptr_array_new_with_free_func(g_free)};

    for (guint i = 0; i < record->count; i++)
        g_ptr_array_add(header.names, name_fold(record->cells[i].text, record->cells[i].len));
    return header;
}

void header_clear(struct header *header)
{
    g_ptr_array_unref(header->names);
}

gboolean header_has(const struct header *header, const char *reference)
{
    for (guint i = 0; i < header->names->len; i++) {
        if (name_fits(reference, header->names->pdata[i]))
            return TRUE;
    }
    return name_place(reference) > 0 && name_place(reference) <= header->names->len;
}

static void fail_doubled(const struct header *header, const struct format *format, guint first,
                         guint second, GError **error)
{
    const struct cell *cell = &header->record->cells[second];
    g_autofree char *name = name_shown(cell->text, cell->len);
    g_autofree char *other =
        name_shown(header->record->cells[first].text, header->record->cells[first].len);

    if (strcmp(header->names->pdata[first], header->names->pdata[second]) == 0)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "column \"%s\" stands twice in the header, as column %u and column %u of "
                    "format %s",
                    name, first + 1, second + 1, format->name);
    else
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "columns \"%s\" and \"%s\" of the header both fit one name of format %s", other,
                    name, format->name);
}

/* A suffix that is a currency code; of several columns that fit a stem only one may have it. */
static gboolean has_currency_suffix(const char *name)
{
    g_autofree char *suffix = name_suffix(name);
    char code[4];

    return suffix && currency_parse(code, suffix, strlen(suffix));
}

gboolean header_find(const struct header *header, const struct format *format,
                     const char *reference, int *index, GError **error)
{
    gboolean is_stem = g_str_has_suffix(reference, ANY_SUFFIX);
    guint place = name_place(reference);

    *index = place > 0 && place <= header->names->len ? (int)place - 1 : ABSENT;
    for (guint i = 0; place == 0 && i < header->names->len; i++) {
        const char *name = header->names->pdata[i];

        if (!name_fits(reference, name))
            continue;
        if (*index != ABSENT) {
            gboolean before = has_currency_suffix(header->names->pdata[*index]);
            gboolean here = has_currency_suffix(name);

            if (!is_stem || before == here) {
                fail_doubled(header, format, (guint)*index, i, error);
                return FALSE;
            }
            if (before)
                continue;
        }
        *index = (int)i;
    }
    return TRUE;
}

gboolean header_find_alias(const struct header *header, const struct format *format,
                           const GStrv aliases, int *index, GError **error)
{
    *index = ABSENT;
    for (guint i = 0; aliases && aliases[i] && *index == ABSENT; i++) {
        if (!header_find(header, format, aliases[i], index, error))
            return FALSE;
    }
    return TRUE;
}

void format_know(struct format *format, const char *reference)
{
    if (g_str_has_suffix(reference, ANY_SUFFIX))
        g_ptr_array_add(format->known_stems, g_strdup(reference));
    g_hash_table_add(format->known, g_strdup(reference));
}

gboolean format_knows(const struct format *format, const struct header *header, guint index)
{
    const char *name = header->names->pdata[index];
    g_autofree char *place = g_strdup_printf("column %u", index + 1);

    if (g_hash_table_contains(format->known, name) || g_hash_table_contains(format->known, place))
        return TRUE;
    for (guint i = 0; i < format->known_stems->len; i++) {
        if (name_fits(format->known_stems->pdata[i], name))
            return TRUE;
    }
    return FALSE;
}
