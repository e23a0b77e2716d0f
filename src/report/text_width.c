/* text_width.c - measuring, padding and wrapping by terminal columns. */
#include "report/text_width.h"

static int character_width(gunichar character)
{
    if (g_unichar_iszerowidth(character))
        return 0;
    return g_unichar_iswide(character) ? 2 : 1;
}

int text_width(const char *text)
{
    int width = 0;

    for (const char *at = text; *at; at = g_utf8_next_char(at))
        width += character_width(g_utf8_get_char(at));
    return width;
}

static void append_blanks(GString *out, int count)
{
    g_string_append_printf(out, "%*s", count, "");
}

/* As much of the text as fits beside the …, which takes a column; blanks for half a wide one. */
static void append_cut(GString *out, const char *text, int width)
{
    int left = width - 1;
    const char *at = text;

    while (character_width(g_utf8_get_char(at)) <= left) {
        left -= character_width(g_utf8_get_char(at));
        at = g_utf8_next_char(at);
    }
    g_string_append_len(out, text, at - text);
    g_string_append(out, "…");
    append_blanks(out, left);
}

void text_append_padded(GString *out, const char *text, int width, gboolean right)
{
    int blanks = width - text_width(text);

    if (blanks < 0) {
        append_cut(out, text, width);
        return;
    }
    append_blanks(out, right ? blanks : 0);
    g_string_append(out, text);
    append_blanks(out, right ? 0 : blanks);
}

void text_append_wrapped(GString *out, const char *text, int indent, int width)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    int used = 0;

    for (guint i = 0; words[i]; i++) {
        int needed = text_width(words[i]);

        if (*words[i] == '\0')
            continue;
        if (used > 0 && width > 0 && used + 1 + needed > width) {
            g_string_append_c(out, '\n');
            used = 0;
        }
        append_blanks(out, used > 0 ? 1 : indent);
        g_string_append(out, words[i]);
        used += (used > 0 ? 1 : indent) + needed;
    }
    g_string_append_c(out, '\n');
}
