/*
 * chart_given.h - rows gathered into a chart, without a ledger; texts as in render_given.h.
 */
#pragma once
#include "render_given.h"
#include "report/chart.h"

#define SPEND_COLUMNS                                                                              \
    "-- column: project text Project\n-- column: name text Name\n-- column: day day Day\n"         \
    "-- column: cost money(currency) Cost\n-- column: currency text Cur\n"                         \
    "-- chart: stack x=day y=cost series=project label=name\n"
#define BALANCE_COLUMNS                                                                            \
    "-- column: org text Organization\n-- column: day day Day\n"                                   \
    "-- column: balance money(currency) Balance\n-- column: topups money(currency) Top-ups\n"      \
    "-- column: expired money(currency) Expired\n-- column: overdraft money(currency) Overdraft\n" \
    "-- column: currency text Cur\n"                                                               \
    "-- chart: lines x=day y=balance series=org marks=topups,expired below=overdraft\n"

static inline struct report *given_report(const char *columns)
{
    g_autofree char *front = g_strconcat(RENDER_HEAD, columns, "select 1;\n", NULL);
    g_autoptr(GError) error = NULL;
    struct report *report = report_parse("reports/given.sql", front, &error);

    if (!report)
        fail_msg("%s", error->message);
    return report;
}

/* Texts row by row; NULL with *why when the chart cannot be made. */
static inline struct chart *try_chart(const struct report *report, const char *const *texts,
                                      guint row_count, GError **why)
{
    g_autofree struct report_cell *cells = g_new0(struct report_cell, report->columns->len);
    g_autoptr(Chart) chart = chart_new(report);

    for (guint row = 0; row < row_count; row++) {
        for (guint i = 0; i < report->columns->len; i++)
            cells[i] = given_cell(g_ptr_array_index(report->columns, i),
                                  texts[row * report->columns->len + i]);
        chart_add(chart, cells);
    }
    return chart_finish(chart, why) ? g_steal_pointer(&chart) : NULL;
}

static inline struct chart *given_chart(const struct report *report, const char *const *texts,
                                        guint row_count)
{
    g_autoptr(GError) error = NULL;
    struct chart *chart = try_chart(report, texts, row_count, &error);

    if (!chart)
        fail_msg("%s", error->message);
    return chart;
}
