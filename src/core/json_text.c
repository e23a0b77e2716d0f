/* json_text.c - strings of JSON. */
#include "core/json_text.h"
#include "core/text.h"

static void append_escape(GString *out, gunichar character)
{
    if (character > 0xFFFF) {
        gunichar offset = character - 0x10000;

        g_string_append_printf(out, "\\u%04x\\u%04x", 0xD800 + (offset >> 10),
                               0xDC00 + (offset & 0x3FF));
    } else {
        g_string_append_printf(out, "\\u%04x", character);
    }
}

void json_append_string(GString *out, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    g_string_append_c(out, '"');
    for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);

        if (character == '"' || character == '\\')
            g_string_append_printf(out, "\\%c", (char)character);
        else if (text_is_unsafe(character))
            append_escape(out, character);
        else
            g_string_append_unichar(out, character);
    }
    g_string_append_c(out, '"');
}
