/*
 * complete.h - what may follow on a command line, for the shells' completion.
 */
#pragma once
#include "cli/command.h"

struct candidates {
    gboolean files; /* the name of a file; words is empty then */
    GString *words; /* "WORD\tWHAT IT IS", a line each */
};

/*
 * Appends what may stand in the place of the last word; those before it are what was typed after
 * "trueup". Ledger, reports and formats are asked where they can be read; where not, nothing is
 * offered of them, and nothing is an error. Of names from files only those that can be typed are
 * offered: none with control characters.
 */
void complete_words(struct cli *cli, char *const *words, guint count, struct candidates *out);
