/*
 * render_csv.h - what the CSV formats of journal entries share.
 */
#pragma once
#include "books/render.h"

/* What a line is, for people: organization, entry, its own text, and what moved in another
 * currency. */
char *posting_description(const struct entry *entry, const struct posting *posting);

/* Calls row for every line that is worth a cent, but for balances brought forward. */
void rendering_each_row(const struct rendering *rendering,
                        void (*row)(const struct rendering *rendering, const struct entry *entry,
                                    const struct posting *posting));
