/*
 * renderer.h - what an output format is: a writer that is given columns, rows and an end.
 *
 * src/report/render_NAME.c defines `const struct renderer renderer_NAME`; the build finds it.
 */
#pragma once
#include "report/catalog.h"

struct report_cell {
    gboolean is_null;
    const char *text;     /* text, day, month; borrowed until the next row */
    int64_t integer;      /* integer, instant, money, amount, share */
    const char *currency; /* of money and amount; "" otherwise */
};

struct render_target {
    const struct report *report;
    int width;    /* of the terminal; 0 for unlimited */
    gboolean raw; /* csv: text exactly as in the file */
    GString *out;
};

struct renderer {
    const char *name;
    /* TRUE when totals and footer belong below the rows; else they are talk. */
    gboolean for_people;
    /* The renderer's own state, which end() frees. The target outlives it. */
    void *(*begin)(const struct render_target *target);
    void (*row)(void *state, const struct report_cell *cells);
    void (*end)(void *state);
};

/* NULL when there is no such format. */
const struct renderer *renderer_find(const char *name);

/* The cell as csv and json print it, before quoting: plain decimals, UTC instants; text as it is.
 */
char *report_cell_plain(const struct column *column, const struct report_cell *cell);
