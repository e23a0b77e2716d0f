/*
 * catalog.h - a report as its file declares it: front matter and SQL.
 *
 * The front matter is the leading comment lines of the file:
 *
 *     -- title:   Spend by project
 *     -- summary: What each project cost per month.
 *     -- param:   org                 which of the options of `trueup report` it takes
 *     -- column:  cost  money(currency)  Cost  total
 *     -- formats: table csv json
 *
 * A column is a name of the select list, a type, a heading for people (blanks as _) and flags:
 *
 *     total   summed per currency below the table
 *     data    left out of tables: for csv and json only
 *
 * NAME.GRAIN.sql is what `trueup report NAME --by GRAIN` renders.
 */
#pragma once
#include "report/report.h"

enum column_type {
    COLUMN_TEXT,
    COLUMN_INTEGER,
    COLUMN_DAY,     /* text 'YYYY-MM-DD' */
    COLUMN_MONTH,   /* text 'YYYY-MM' */
    COLUMN_INSTANT, /* epoch seconds */
    COLUMN_MONEY,   /* nanos, computed: nine decimals */
    COLUMN_AMOUNT,  /* nanos, an amount that moved: two decimals */
    COLUMN_SHARE,   /* parts per million: a fraction with six decimals */
};

struct column {
    char *name, *heading;
    enum column_type type;
    char *currency; /* the column that holds the currency of money and amount; else NULL */
    gboolean total, data;
};

typedef struct report Report; /* for g_autoptr(Report) alone */
struct report {
    char *name, *by; /* by: "" for the report itself */
    char *asset;     /* its file, for messages */
    char *title, *summary, *sql;
    GPtrArray *parameters; /* char* */
    GPtrArray *formats;    /* char* */
    GPtrArray *columns;    /* struct column* */
};

/* By asset order. */
GPtrArray *report_catalog_reports(const struct report_catalog *catalog);
/* Reads one file's text. TRUEUP_ERROR_INPUT names asset, line and what is wrong. */
struct report *report_parse(const char *asset, const char *text, GError **error);
void report_free(struct report *report);
