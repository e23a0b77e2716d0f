/* csv_text.c - quoting, and formulas made inert. */
#include "core/csv_text.h"
#include "core/text.h"

/* = + - @ and their full-width forms start formulas somewhere (so do TAB and CR, spelt out here).
 */
static gboolean starts_formula(const char *text)
{
    switch (g_utf8_get_char(text)) {
    case '=':
    case '+':
    case '-':
    case '@':
    case 0xFF1D:
    case 0xFF0B:
    case 0xFF0D:
    case 0xFF20:
        return TRUE;
    default:
        return FALSE;
    }
}

void csv_append_field(GString *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    for (const char *at = text; *at; at++) {
        if (*at == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *at);
    }
    g_string_append_c(out, '"');
}

void csv_append_text(GString *out, const char *text)
{
    g_autofree char *clean = text_clean(text, FALSE);
    g_autofree char *inert = g_strconcat(starts_formula(clean) ? "'" : "", clean, NULL);

    csv_append_field(out, inert);
}
