/*
 * stated.h - the options by which a person states what a file does not tell: import and formats
 * take them alike.
 */
#pragma once
#include "import/import.h"

/*
 * A command's own options (up to a zeroed one) and these, which fill `options`; its strings are
 * then to be freed with import_options_clear(). Free the array.
 */
GOptionEntry *stated_entries(struct import_options *options, const GOptionEntry *own);
