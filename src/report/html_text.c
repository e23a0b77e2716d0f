/* html_text.c - escaping. */
#include "report/html_text.h"
#include "core/text.h"

void html_append(GString *out, const char *text)
{
    g_autofree char *clean = text_clean(text, FALSE);

    for (const char *at = clean; *at; at++)
        switch (*at) {
        case '&':
            g_string_append(out, "&amp;");
            break;
        case '<':
            g_string_append(out, "&lt;");
            break;
        case '>':
            g_string_append(out, "&gt;");
            break;
        case '"':
            g_string_append(out, "&quot;");
            break;
        case '\'':
            g_string_append(out, "&#39;");
            break;
        default:
            g_string_append_c(out, *at);
        }
}

void html_append_prose(GString *out, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, "`", -1);
    guint count = g_strv_length(parts);

    if (count % 2 == 0) { /* one that never closes */
        html_append(out, text);
        return;
    }
    for (guint i = 0; i < count; i++)
        html_append_format(out, i % 2 ? "<code>%s</code>" : "%s", parts[i]);
}

void html_append_format(GString *out, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    for (const char *at = format; *at; at++) {
        if (*at != '%') {
            g_string_append_c(out, *at);
            continue;
        }
        at++;
        if (*at == 's') {
            html_append(out, va_arg(arguments, const char *));
        } else {
            g_assert(*at == 'u');
            g_string_append_printf(out, "%u", va_arg(arguments, guint));
        }
    }
    va_end(arguments);
}
