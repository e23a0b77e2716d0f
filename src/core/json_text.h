/*
 * json_text.h - text as JSON has it.
 */
#pragma once
#include <glib.h>

/* Appends a string in its quotes. Controls, bidi controls and the like are escaped; bytes that are
 * no UTF-8 become U+FFFD. */
void json_append_string(GString *out, const char *text);
