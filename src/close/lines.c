/* lines.c - plain text: sections, wrapped sentences, columns. */
#include "close/lines.h"
#include "core/text.h"

#define CELL_WIDTH 20

void lines_section(GString *out, const char *title)
{
    g_string_append_printf(out, "\n%s\n", title);
    for (glong i = g_utf8_strlen(title, -1); i > 0; i--)
        g_string_append_c(out, '-');
    g_string_append_c(out, '\n');
}

void lines_padded(GString *out, const char *text, int width)
{
    g_autofree char *clean = text_clean(text, FALSE);

    g_string_append(out, clean);
    for (glong i = g_utf8_strlen(clean, -1); i < width; i++)
        g_string_append_c(out, ' ');
}

void lines_wrapped(GString *out, const char *label, const char *text)
{
    g_autofree char *clean = text_clean(text, FALSE);
    g_auto(GStrv) words = g_strsplit(clean, " ", -1);
    const glong indent = g_utf8_strlen(label, -1);
    glong column = indent;

    g_string_append(out, label);
    for (guint i = 0; words[i]; i++) {
        const glong length = g_utf8_strlen(words[i], -1);

        if (column > indent && column + 1 + length > LINE_WIDTH) {
            g_string_append_printf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            g_string_append_c(out, ' ');
            column++;
        }
        g_string_append(out, words[i]);
        column += length;
    }
    g_string_append_c(out, '\n');
}

void lines_cells(GString *out, const char *label, int width, ...)
{
    va_list cells;
    const char *cell;

    g_string_append(out, "  ");
    lines_padded(out, label, width);
    va_start(cells, width);
    while ((cell = va_arg(cells, const char *)))
        g_string_append_printf(out, " %*s", CELL_WIDTH, cell);
    va_end(cells);
    g_string_append_c(out, '\n');
}
