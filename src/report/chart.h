/*
 * chart.h - a report's chart: what its file declares, and the rows gathered into it.
 *
 * Declared in front matter, by names of columns:
 *
 *     -- chart: KIND x=COLUMN y=COLUMN[,COLUMN...] [series=COLUMN] [label=COLUMN]
 *               [marks=COLUMN[,COLUMN...]] [below=COLUMN] [only=COLUMN:TEXT]
 *
 *     lines  a line per series over time, in a strip of its own
 *     stack  a bar per day or month, in parts by series
 *     bars   a bar beside the other for each y
 *
 * Marks point out where a column is not zero on a line; what of it is below zero is shaded, and
 * called by the heading of the column below.
 *
 * x holds days or months; y and marks are money. Without a series each y is one; label is what a
 * series is called where the series itself is an id. Of the rows, only those whose column holds the
 * text count.
 *
 * The gathered chart has a panel per currency, never two on one axis. In a panel all but the
 * CHART_SERIES largest series are summed into one that says how many it stands for.
 */
#pragma once
#include "report/catalog.h"

struct report_cell;

#define CHART_SERIES 6
#define CHART_MARKS  3
#define CHART_YS     4

enum chart_kind { CHART_LINES, CHART_STACK, CHART_BARS };

/* Columns are borrowed from the report; NULL where none is declared. */
struct chart_declaration {
    enum chart_kind kind;
    const struct column *x, *series, *label, *below, *only;
    const struct column *ys[CHART_YS + 1];       /* ended by NULL */
    const struct column *marks[CHART_MARKS + 1]; /* ended by NULL */
    char *only_text;
};

/* Reads the entry of a report whose columns are known. TRUEUP_ERROR_INPUT says what is wrong. */
struct chart_declaration *chart_declaration_parse(const struct report *report, const char *text,
                                                  GError **error);
void chart_declaration_free(struct chart_declaration *declaration);

struct chart_point {
    gboolean any; /* a row said something about this x */
    int64_t nanos;
    int64_t marks[CHART_MARKS];
};

struct chart_series {
    char *id, *label;           /* cleaned (text_clean) */
    guint folded;               /* of how many series it is the sum; 0 for one of its own */
    struct chart_point *points; /* one an x of the chart */
};

struct chart_panel {
    char *currency;
    GPtrArray *series; /* struct chart_series*: largest first, or in the order of the ys */
};

typedef struct chart Chart; /* for g_autoptr(Chart) alone */
struct chart {
    const struct report *report; /* borrowed */
    GPtrArray *xs;               /* char*: days or months, ascending, each once */
    GArray *units;               /* int32_t, one an x: days or months since 1970-01 */
    GPtrArray *panels;           /* struct chart_panel*, by currency */
    struct gathering *gathering; /* until chart_finish() */
};

/* Of a report that has a chart. */
struct chart *chart_new(const struct report *report);
void chart_free(struct chart *chart);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Chart, chart_free)

/* A row: one cell a column of the report. */
void chart_add(struct chart *chart, const struct report_cell *cells);

/* Sorts, sums and folds what was added; before it a chart has no panels. TRUEUP_ERROR_INPUT when a
 * sum is out of range. */
gboolean chart_finish(struct chart *chart, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* TRUE without a single point: there is nothing to draw. */
gboolean chart_is_empty(const struct chart *chart);

/* The same in words, with the numbers that matter: a line for each currency, and then one for each
 * of its series. */
char *chart_description(const struct chart *chart);
