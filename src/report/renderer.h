/*
 * renderer.h - what an output format is: a writer that is given the parts of a document in order.
 *
 * A report alone is a document of one table. src/report/render_NAME.c defines
 * `const struct renderer renderer_NAME`; the build finds it.
 */
#pragma once
#include "report/chart.h"
#include "report/total.h"

struct report_cell {
    gboolean is_null;
    const char *text;     /* text, day, month; borrowed until the next row */
    int64_t integer;      /* integer, instant, money, amount, share */
    const char *currency; /* of money and amount; "" otherwise */
};

struct render_target {
    const char *title;    /* of the document: a lone report's own */
    const char *subtitle; /* what was asked for: "org-A, from 2026-10-01 until 2026-11-01"; or "" */
    int width;            /* of the terminal; 0 for unlimited */
    gboolean raw;         /* csv: text exactly as in the file */
    gboolean colour;      /* table: by what cells mean */
    GString *out;         /* bytes are appended */
};

enum render_text {
    RENDER_HEADING,   /* of the table or text that follows */
    RENDER_PARAGRAPH, /* one paragraph of prose */
    RENDER_NOTE,      /* lines at the end of a document: policies, provisional days, rejects */
};

struct renderer {
    const char *name;
    /* TRUE when totals and footer belong below the rows; else they are talk. */
    gboolean for_people;
    /* TRUE for a format that holds whole documents; else it is one table and nothing else, and text
     * is NULL. */
    gboolean composes;
    /* TRUE for a format that ends with the report `sources`, whatever else it holds. */
    gboolean with_sources;
    /* TRUE for a format that wants the rows behind a chart where people are shown the chart alone.
     */
    gboolean keeps_rows;
    /* The renderer's own state, which end() frees. The target outlives it. */
    void *(*begin)(const struct render_target *target);
    void (*text)(void *state, enum render_text kind, const char *text);
    void (*table)(void *state, const struct report *report);
    void (*row)(void *state, const struct report_cell *cells);
    /* A chart that is not empty: of the table whose rows were given, before its end, or without a
     * table. NULL: the format has no charts, and where a chart stands for a table it gets
     * chart_description() as a paragraph. Borrowed until it returns. */
    void (*chart)(void *state, const struct chart *chart);
    /* The footer is lines, or "" inside of a document, which tells them once at its end. */
    void (*table_end)(void *state, const struct report_totals *totals, const char *footer);
    /* Also called to free the state of what failed half way; then nobody reads the bytes. */
    gboolean (*end)(void *state, GError **error);
};

/* NULL when there is no such format. */
const struct renderer *renderer_find(const char *name);

/* Names of the formats that hold documents, in the order of their names: "html, pdf, table". */
char *renderer_composing(void);

/* The cell as csv and json print it, before quoting: plain decimals, UTC instants; text as it is.
 */
char *report_cell_plain(const struct column *column, const struct report_cell *cell);

/*
 * The cell as a page or a terminal shows it: cents (all decimals where the column is exact),
 * percents, instants to the minute; text cleaned. "" for null, and in columns that are data alone.
 */
char *report_cell_shown(const struct column *column, const struct report_cell *cell);
