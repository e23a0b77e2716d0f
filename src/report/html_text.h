/*
 * html_text.h - text for a page: cleaned, and inert between tags and in quoted attributes alike.
 */
#pragma once
#include <glib.h>

/* Appends text with & < > " ' escaped and what text_clean() makes visible in its place. */
void html_append(GString *out, const char *text);

/* html_append() of a sentence, with what it has between backticks as code. */
void html_append_prose(GString *out, const char *text);

/* Appends markup from a format whose %s are texts, each as html_append() writes them. */
void html_append_format(GString *out, const char *format, ...) G_GNUC_PRINTF(2, 3);
