/*
 * csv_text.h - cells of the CSV that trueup writes: RFC 4180 quoting where needed.
 */
#pragma once
#include <glib.h>

/* Exactly this text. */
void csv_append_field(GString *out, const char *text);

/*
 * Text from files or people: control and bidi characters are spelt out, and what a spreadsheet
 * would take for a formula starts with an apostrophe.
 */
void csv_append_text(GString *out, const char *text);
