/* text.c - cleaning, counting and the nearest word. */
#include "core/text.h"

gboolean text_is_unsafe(gunichar character)
{
    GUnicodeType type = g_unichar_type(character);

    return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
           type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR ||
           (character & 0xFFFE) == 0xFFFE; /* XML forbids two of these everywhere */
}

char *text_clean(const char *text, gboolean keep_newlines)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *clean = g_string_sized_new(strlen(valid) + 16);

    for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);

        if (text_is_unsafe(character) && !(keep_newlines && character == '\n'))
            g_string_append_printf(clean, "<U+%04X>", character);
        else
            g_string_append_unichar(clean, character);
    }
    return g_string_free(clean, FALSE);
}

char *text_count(gint64 count, const char *singular)
{
    return g_strdup_printf("%" G_GINT64_FORMAT " %s%s", count, singular, count == 1 ? "" : "s");
}

/* Edits (insert, delete, replace) that turn one word into the other, over bytes. */
static guint edit_distance(const char *left, const char *right)
{
    gsize width = strlen(right) + 1;
    g_autofree guint *row = g_new(guint, width);

    for (gsize j = 0; j < width; j++)
        row[j] = (guint)j;
    for (gsize i = 1; left[i - 1]; i++) {
        guint diagonal = row[0];

        row[0] = (guint)i;
        for (gsize j = 1; j < width; j++) {
            guint replace = diagonal + (left[i - 1] != right[j - 1]);
            guint either = MIN(row[j], row[j - 1]) + 1;

            diagonal = row[j];
            row[j] = MIN(replace, either);
        }
    }
    return row[width - 1];
}

const char *text_nearest(const char *word, const char *const *candidates)
{
    const char *nearest = NULL;
    guint least = (guint)strlen(word) / 3 + 1;

    for (guint i = 0; candidates[i]; i++) {
        guint distance = edit_distance(word, candidates[i]);

        if (distance < least || (distance == least && !nearest)) {
            least = distance;
            nearest = candidates[i];
        }
    }
    return nearest;
}
