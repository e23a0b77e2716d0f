/*
 * catalog.h - a report as its file declares it: front matter and SQL.
 *
 * The front matter is the leading comment lines of the file:
 *
 *     -- title:   Spend by project
 *     -- summary: What each project cost per month.
 *     -- files:   cost
 *     -- by:      month project
 *     -- param:   org project from until
 *     -- column:  cost  money(currency)  Cost  total
 *     -- totals:  is_settled  paid and refunded payments
 *     -- evidence: spend.day sources
 *     -- chart:   stack x=month y=cost series=project_id
 *     -- blocks:  charges that two claims ask for
 *     -- needs:   close
 *     -- formats: table csv json
 *
 * files names the kinds of files without which it has no rows: who sees none is told which of them
 * are not imported. param names the options of `trueup report` that the select takes, as :org,
 * :project, :from, :until, :as_of (also :as_of_number), :policy and :card; it uses all of them and
 * no other. A column is a name of the select list, a type, a heading for people (blanks as _) and
 * flags:
 *
 *     total   summed per currency below the table
 *     data    left out of tables: for csv and json only
 *     wide    left out of a table that is too narrow for it
 *     exact   in tables all nine decimals, where cents would hide what it is about
 *     below   in tables a line of its own under the row
 *     quotient(A,B)  quotient(A,B,N)
 *             not in the select list, but A / B of its columns, or A / B for N of B: see quotient.h
 *
 * evidence names the reports that the numbers of this one are made of, where not each row is one
 * record with its source. What a chart may say stands in chart.h. With needs, it reads tables that
 * are filled for it: see report_needs(). With blocks, each row is something that must not
 * pass: see report_blocked(); the words are what they are. With totals, only rows where the
 * select's column is 1 are summed; the words tell people which. NAME.GRAIN.sql is what `trueup
 * report NAME --by GRAIN` renders; by are those that NAME.sql itself answers to.
 */
#pragma once
#include "report/report.h"

struct document;
struct chart_declaration;

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
    char *currency; /* the declared column that holds the currency of money and amount; else NULL */
    gboolean total, data, wide, exact, below;
    char *numerator, *denominator; /* of a quotient: columns of the select list; else NULL */
    int64_t per;                   /* of a quotient: for how many of the denominator */
};

typedef struct report Report; /* for g_autoptr(Report) alone */
struct report {
    char *name, *by;   /* by: "" for the report itself */
    GPtrArray *grains; /* char*: what --by may also say for the report itself */
    char *asset;       /* its file, for messages */
    char *title, *summary, *sql;
    char *counted;      /* the select's column that tells which rows totals count; NULL for all */
    char *counted_what; /* in words; NULL likewise */
    char *blocks;       /* what its rows are, none of which may be; NULL for a report that tells */
    char *needs;        /* "close", "doctor"; NULL for nothing */
    GPtrArray *files;   /* char* */
    GPtrArray *parameters;           /* char* */
    GPtrArray *formats;              /* char* */
    GPtrArray *evidence;             /* char*: "spend.day" */
    GPtrArray *columns;              /* struct column* */
    struct chart_declaration *chart; /* NULL for none */
};

/* By name, the report itself before its grains. */
GPtrArray *report_catalog_reports(const struct report_catalog *catalog);
/* By name: struct document* (report/document.h). */
GPtrArray *report_catalog_documents(const struct report_catalog *catalog);
/* The report that answers to --by BY (NULL: to none). TRUEUP_ERROR_USAGE names what there is. */
const struct report *report_catalog_find(const struct report_catalog *catalog, const char *name,
                                         const char *by, GError **error);
/* NULL when there is none. */
const struct document *report_catalog_document(const struct report_catalog *catalog,
                                               const char *name);

/* Reads one file's text. TRUEUP_ERROR_INPUT names asset, line and what is wrong. */
struct report *report_parse(const char *asset, const char *text, GError **error);
void report_free(struct report *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)

/* TRUE for columns that hold text as the select gives it: text, day and month. */
gboolean column_is_text(const struct column *column);
/* TRUE for columns whose cells people compare digit by digit: they stand at the right. */
gboolean column_is_number(const struct column *column);
