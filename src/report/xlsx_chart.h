/*
 * xlsx_chart.h - a report's chart as charts of a workbook, on a sheet of its own with the numbers
 * that they show.
 */
#pragma once
#include "report/chart.h"
#include "report/xlsx_book.h"

/* A chart per currency, each above its numbers. */
void xlsx_chart_write(const struct chart *chart, struct xlsx_sheet *sheet);
