/*
 * render_xlsx.c - a workbook: a summary first, then a sheet per report.
 *
 * A sheet is a header and rows, every column of the csv and the same values: numbers, days and
 * instants as such, everything else as strings. Totals stand on the summary, where no filter or sum
 * over a column meets them.
 */
#include "core/error.h"
#include "core/instant.h"
#include "core/money.h"
#include "core/text.h"
#include "report/renderer.h"
#include "report/text_width.h"
#include "report/xlsx_chart.h"
#include "report/xlsx_summary.h"

#define MOST_WIDTH   60 /* of text; numbers are never cut */
#define PROSE_WIDTH  70
#define FILTER_WIDTH 3 /* of the button beside a heading */
#define SHARE_SCALE  INT64_C(1000000)

struct workbook {
    const struct render_target *target;
    struct xlsx_book *book;
    struct xlsx_summary *summary;
    struct xlsx_sheet *first;
    GPtrArray *names;     /* char*: of the sheets */
    char *heading, *text; /* told before the table that they are about; else NULL */
    /* Of the table that is being written. */
    const struct report *report;
    const char *name; /* of its sheet */
    struct xlsx_sheet *sheet;
    char *chart_text; /* of its chart's sheet, the last one; NULL for none */
    int *widths;
    guint row_count;
    guint cut_count, rounded_count;
    char *too_long; /* the first report with more rows than a sheet holds */
};

static struct xlsx_sheet *add_sheet(struct workbook *workbook, const char *wanted,
                                    gboolean landscape)
{
    char *name = xlsx_sheet_name(wanted, workbook->names);

    g_ptr_array_add(workbook->names, name);
    return xlsx_book_sheet(workbook->book, name, landscape);
}

static const char *last_name(const struct workbook *workbook)
{
    return g_ptr_array_index(workbook->names, workbook->names->len - 1);
}

static void *xlsx_begin(const struct render_target *target)
{
    struct workbook *workbook = g_new0(struct workbook, 1);

    workbook->target = target;
    workbook->names = g_ptr_array_new_with_free_func(g_free);
    workbook->book = xlsx_book_new(target->title);
    workbook->summary = xlsx_summary_new(target->title, target->subtitle);
    workbook->first = add_sheet(workbook, "Summary", FALSE);
    return workbook;
}

/* What was told and belongs to no table is a part of its own. */
static void flush_words(struct workbook *workbook)
{
    if (workbook->heading || workbook->text)
        xlsx_summary_part(workbook->summary, NULL, workbook->heading ? workbook->heading : "",
                          workbook->text ? workbook->text : "", -1);
    g_clear_pointer(&workbook->heading, g_free);
    g_clear_pointer(&workbook->text, g_free);
}

static void xlsx_text(void *state, enum render_text kind, const char *text)
{
    struct workbook *workbook = state;

    if (kind == RENDER_NOTE) {
        xlsx_summary_notes(workbook->summary, text);
        return;
    }
    if (kind == RENDER_HEADING) {
        flush_words(workbook);
        workbook->heading = g_strdup(text);
    } else {
        g_autofree char *before = workbook->text;

        workbook->text = g_strconcat(before ? before : "", before ? " " : "", text, NULL);
    }
}

static gboolean is_right_aligned(const struct column *column)
{
    return column->type == COLUMN_INTEGER || column->type == COLUMN_SHARE || column->currency;
}

static void widen(struct workbook *workbook, guint column, int width)
{
    workbook->widths[column] = MAX(workbook->widths[column], width);
}

static void xlsx_table(void *state, const struct report *report)
{
    struct workbook *workbook = state;
    g_autofree char *name = g_strjoin(*report->by ? " by " : "", report->name, report->by, NULL);

    workbook->report = report;
    workbook->row_count = workbook->cut_count = workbook->rounded_count = 0;
    workbook->widths = g_new0(int, report->columns->len);
    workbook->sheet = add_sheet(workbook, name, TRUE);
    workbook->name = last_name(workbook);
    for (guint i = 0; i < report->columns->len; i++) {
        const struct column *column = g_ptr_array_index(report->columns, i);
        gboolean cut = FALSE;
        g_autofree char *heading = xlsx_cell_text(column->heading, &cut);

        xlsx_sheet_text(workbook->sheet, 0, i, heading,
                        is_right_aligned(column) ? XLSX_HEADER_RIGHT : XLSX_HEADER);
        widen(workbook, i, text_width(heading) + FILTER_WIDTH);
    }
}

/* Of a whole number in groups of three. */
static int whole_width(int64_t value)
{
    int digits = 1;

    for (int64_t rest = value / 10; rest != 0; rest /= 10)
        digits++;
    return digits + (digits - 1) / 3 + (value < 0);
}

static void write_text(struct workbook *workbook, guint position, const char *text, gboolean prose)
{
    gboolean cut = FALSE;
    g_autofree char *fit = *text ? xlsx_cell_text(text, &cut) : NULL;
    int most = prose ? PROSE_WIDTH : MOST_WIDTH;

    if (!fit)
        return;
    workbook->cut_count += cut;
    xlsx_sheet_text(workbook->sheet, workbook->row_count, position, fit,
                    prose ? XLSX_PROSE : XLSX_TEXT);
    if ((int)strlen(fit) > workbook->widths[position] && workbook->widths[position] < most)
        widen(workbook, position, MIN(text_width(fit), most));
}

static void write_number(struct workbook *workbook, guint position, int64_t value, int64_t scale,
                         enum xlsx_style style, int width)
{
    if (!xlsx_sheet_number(workbook->sheet, workbook->row_count, position, value, scale, style))
        workbook->rounded_count++;
    widen(workbook, position, width);
}

/* A day or month that is none stays text. */
static void write_day(struct workbook *workbook, guint position, const char *text,
                      gboolean is_month)
{
    g_autofree char *first = is_month ? g_strconcat(text, "-01", NULL) : NULL;
    const char *day = first ? first : text;
    int32_t number;

    if (!day_parse(&number, day, strlen(day), NULL))
        write_text(workbook, position, text, FALSE);
    else
        write_number(workbook, position, number + XLSX_EPOCH_DAYS, 1,
                     is_month ? XLSX_MONTH : XLSX_DAY, (int)strlen(text));
}

static void write_money(struct workbook *workbook, guint position, const struct column *column,
                        const struct report_cell *cell)
{
    gboolean exact = column->exact || (column->type == COLUMN_AMOUNT &&
                                       xlsx_money_has_more(cell->integer, cell->currency));
    int width = whole_width(cell->integer / NANOS_PER_UNIT) + (exact ? 12 : 5);

    write_number(workbook, position, cell->integer, NANOS_PER_UNIT,
                 xlsx_money_style(cell->integer, cell->currency, exact), width);
}

static void write_cell(struct workbook *workbook, guint position, const struct column *column,
                       const struct report_cell *cell)
{
    switch (column->type) {
    case COLUMN_TEXT:
        write_text(workbook, position, cell->text, column->below);
        break;
    case COLUMN_DAY:
    case COLUMN_MONTH:
        write_day(workbook, position, cell->text, column->type == COLUMN_MONTH);
        break;
    case COLUMN_INTEGER:
        write_number(workbook, position, cell->integer, 1, XLSX_INTEGER,
                     whole_width(cell->integer));
        break;
    case COLUMN_INSTANT:
        write_number(workbook, position, cell->integer + XLSX_EPOCH_DAYS * SECONDS_PER_DAY,
                     SECONDS_PER_DAY, XLSX_INSTANT, (int)strlen("2026-10-31 20:30:00"));
        break;
    case COLUMN_SHARE:
        write_number(workbook, position, cell->integer, SHARE_SCALE, XLSX_SHARE,
                     (int)strlen("100.00%"));
        break;
    case COLUMN_MONEY:
    case COLUMN_AMOUNT:
        write_money(workbook, position, column, cell);
        break;
    }
}

/* Prose stands on as many lines as it takes. */
static void set_height(struct workbook *workbook, const struct report_cell *cells)
{
    GPtrArray *columns = workbook->report->columns;
    int lines = 1;

    for (guint i = 0; i < columns->len; i++) {
        const struct column *column = g_ptr_array_index(columns, i);

        if (column->below && column->type == COLUMN_TEXT)
            lines = MAX(lines, xlsx_text_lines(cells[i].text, PROSE_WIDTH));
    }
    xlsx_sheet_lines(workbook->sheet, workbook->row_count, lines);
}

static void xlsx_row(void *state, const struct report_cell *cells)
{
    struct workbook *workbook = state;
    GPtrArray *columns = workbook->report->columns;

    if (workbook->row_count + 1 >= XLSX_ROWS_MAX) {
        if (!workbook->too_long)
            workbook->too_long = g_strdup(workbook->report->name);
        return;
    }
    workbook->row_count++;
    set_height(workbook, cells);
    for (guint i = 0; i < columns->len; i++)
        if (!cells[i].is_null)
            write_cell(workbook, i, g_ptr_array_index(columns, i), &cells[i]);
}

/* What a workbook could not keep as it was. */
static void note_losses(struct workbook *workbook)
{
    g_autoptr(GString) notes = g_string_new(NULL);
    g_autofree char *texts = text_count(workbook->cut_count, "text");
    g_autofree char *numbers = text_count(workbook->rounded_count, "number");

    if (workbook->cut_count > 0)
        g_string_append_printf(notes,
                               "cut: %s of the sheet %s ends with \"…\" where a cell is full (%d "
                               "characters); csv has it whole\n",
                               texts, workbook->name, XLSX_TEXT_MAX);
    if (workbook->rounded_count > 0)
        g_string_append_printf(notes,
                               "rounded: %s of the sheet %s to 15 digits, as many as a spreadsheet "
                               "keeps; csv has all\n",
                               numbers, workbook->name);
    xlsx_summary_notes(workbook->summary, notes->str);
}

/* The chart's sheet stands behind its table's; the summary has its text. */
static void xlsx_chart(void *state, const struct chart *chart)
{
    struct workbook *workbook = state;
    g_autofree char *wanted = g_strconcat(workbook->name, " chart", NULL);
    g_autofree char *text = chart_description(chart);

    workbook->chart_text = g_strdelimit(g_steal_pointer(&text), "\n", ' ');
    xlsx_chart_write(chart, add_sheet(workbook, wanted, TRUE));
}

static void clear_table(struct workbook *workbook)
{
    g_clear_pointer(&workbook->chart_text, g_free);
    g_clear_pointer(&workbook->widths, g_free);
    workbook->report = NULL;
}

static void xlsx_table_end(void *state, const struct report_totals *totals, const char *footer)
{
    struct workbook *workbook = state;
    const struct report *report = workbook->report;
    guint last = report->columns->len - 1;

    for (guint i = 0; i <= last; i++) {
        const struct column *column = g_ptr_array_index(report->columns, i);

        xlsx_sheet_column(workbook->sheet, i, workbook->widths[i] + 1, column->data);
    }
    xlsx_sheet_table(workbook->sheet, workbook->row_count, last);
    xlsx_summary_part(workbook->summary, workbook->name,
                      workbook->heading ? workbook->heading : report->title,
                      workbook->text ? workbook->text : report->summary, (int)workbook->row_count);
    if (workbook->chart_text)
        xlsx_summary_part(workbook->summary, last_name(workbook), "", workbook->chart_text, -1);
    xlsx_summary_totals(workbook->summary, workbook->name, report, totals);
    xlsx_summary_notes(workbook->summary, footer);
    note_losses(workbook);
    g_clear_pointer(&workbook->heading, g_free);
    g_clear_pointer(&workbook->text, g_free);
    clear_table(workbook);
}

static gboolean finish(struct workbook *workbook, GError **error)
{
    if (workbook->too_long) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "report %s has more rows than the %d that a sheet holds\n"
                    "hint: name fewer days by --from and --until, or take --format csv",
                    workbook->too_long, XLSX_ROWS_MAX - 1);
        return FALSE;
    }
    flush_words(workbook);
    xlsx_summary_write(workbook->summary, workbook->first);
    return xlsx_book_finish(workbook->book, workbook->target->out, error);
}

static gboolean xlsx_end(void *state, GError **error)
{
    struct workbook *workbook = state;
    gboolean done = finish(workbook, error);

    clear_table(workbook);
    xlsx_summary_free(workbook->summary);
    xlsx_book_free(workbook->book);
    g_ptr_array_unref(workbook->names);
    g_free(workbook->heading);
    g_free(workbook->text);
    g_free(workbook->too_long);
    g_free(workbook);
    return done;
}

const struct renderer renderer_xlsx = {
    .name = "xlsx",
    .for_people = TRUE,
    .composes = TRUE,
    .with_sources = TRUE,
    .keeps_rows = TRUE,
    .begin = xlsx_begin,
    .text = xlsx_text,
    .table = xlsx_table,
    .row = xlsx_row,
    .chart = xlsx_chart,
    .table_end = xlsx_table_end,
    .end = xlsx_end,
};
