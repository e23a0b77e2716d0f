/*
 * xlsx_summary.h - the first sheet of a workbook: what it is, what its sheets hold, the totals, and
 * what was assumed.
 */
#pragma once
#include "report/total.h"
#include "report/xlsx_book.h"

struct xlsx_summary;

struct xlsx_summary *xlsx_summary_new(const char *title, const char *subtitle);
void xlsx_summary_free(struct xlsx_summary *summary);

/* A part of the document, in its order; sheet NULL for one of words alone, rows -1 for none. */
void xlsx_summary_part(struct xlsx_summary *summary, const char *sheet, const char *heading,
                       const char *text, int row_count);
void xlsx_summary_totals(struct xlsx_summary *summary, const char *sheet,
                         const struct report *report, const struct report_totals *totals);
/* Lines "label: text". */
void xlsx_summary_notes(struct xlsx_summary *summary, const char *lines);

void xlsx_summary_write(const struct xlsx_summary *summary, struct xlsx_sheet *sheet);

/*
 * How an amount is shown: with its currency's decimals, all nine only where cents would hide what
 * it is about. An amount that moved and has more than its currency's shows them, for it should not.
 */
enum xlsx_style xlsx_money_style(int64_t nanos, const char *currency, gboolean exact);

/* Whether the currency's decimals are not enough. */
gboolean xlsx_money_has_more(int64_t nanos, const char *currency);
