/*
 * xlsx_book.c - workbooks by libxlsxwriter.
 *
 * The library writes to a path: that of a file in memory, so that nothing is left anywhere. It
 * keeps rows in temporary files without names (constant_memory): a report of 100,000 rows would
 * take hundreds of megabytes otherwise.
 */
#include "report/xlsx_book.h"
#include "core/error.h"
#include "core/text.h"
#include "report/xlsx_whole.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

/* Any fixed time; the zip's entries have the same. */
#define CREATED_AT 315532800 /* 1980-01-01 */

#define XLSX_EXACT_LIMIT INT64_C(1000000000000000) /* 15 digits */

#define BUILT_IN_TEXT 49 /* the number format "@" */
#define LINE_HEIGHT   15 /* points */
#define MOST_LABELS   12 /* along the days or months of a chart */
#define MOST_LINES    27 /* in the highest row there is */

struct xlsx_book {
    int file; /* in memory; -1 when there is none */
    lxw_workbook *workbook;
    lxw_format *formats[XLSX_STYLE_COUNT];
    GPtrArray *sheets; /* struct xlsx_sheet* */
    GPtrArray *charts; /* struct xlsx_chart* */
    char *title;
    guint64 cell_count; /* written so far */
    lxw_error status;   /* of the first call that failed */
};

struct xlsx_chart {
    struct xlsx_sheet *sheet;
    lxw_chart *chart;
    guint row;
    enum xlsx_chart_kind kind;
    GArray *unlisted; /* gint16: positions of the series that the legend leaves out */
    guint series_count;
    guint listed_marks; /* bits: which marks the legend has */
};

struct xlsx_sheet {
    struct xlsx_book *book;
    char *name;
    lxw_worksheet *worksheet; /* NULL in a failed book */
};

/* "_)" leaves a gap between a number and the text of the next column. */
#define MONEY(decimals) "#,##0" decimals "_);[Red]-#,##0" decimals "_)"

static const struct {
    const char *number; /* NULL: text, which stays text when someone edits it */
    int size;
    gboolean bold, grey, left, right, wraps, header;
} styles[XLSX_STYLE_COUNT] = {
    [XLSX_TITLE] = {.size = 16, .bold = TRUE},
    [XLSX_SUBTITLE] = {.grey = TRUE},
    [XLSX_HEADER] = {.bold = TRUE, .header = TRUE},
    [XLSX_HEADER_RIGHT] = {.bold = TRUE, .header = TRUE, .right = TRUE},
    [XLSX_HEADER_TALL] = {.bold = TRUE, .header = TRUE, .right = TRUE, .wraps = TRUE},
    [XLSX_TEXT] = {.left = TRUE},
    [XLSX_PROSE] = {.left = TRUE, .wraps = TRUE},
    [XLSX_INTEGER] = {MONEY("")},
    [XLSX_SHARE] = {"0.00%_)"},
    [XLSX_DAY] = {"yyyy-mm-dd", .left = TRUE},
    [XLSX_MONTH] = {"yyyy-mm", .left = TRUE},
    [XLSX_INSTANT] = {"yyyy-mm-dd hh:mm:ss", .left = TRUE},
    [XLSX_MONEY_0] = {MONEY("")},
    [XLSX_MONEY_2] = {MONEY(".00")},
    [XLSX_MONEY_3] = {MONEY(".000")},
    [XLSX_EXACT_2] = {MONEY(".00???????")},
    [XLSX_EXACT_3] = {MONEY(".000??????")},
};

static lxw_format *make_format(lxw_workbook *workbook, enum xlsx_style style)
{
    lxw_format *format = workbook_add_format(workbook);

    if (!format)
        return NULL;
    if (styles[style].number)
        format_set_num_format(format, styles[style].number);
    else
        format_set_num_format_index(format, BUILT_IN_TEXT);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (styles[style].size > 0)
        format_set_font_size(format, styles[style].size);
    if (styles[style].bold)
        format_set_bold(format);
    if (styles[style].grey)
        format_set_font_color(format, 0x595959);
    if (styles[style].left)
        format_set_align(format, LXW_ALIGN_LEFT);
    if (styles[style].right) {
        format_set_align(format, LXW_ALIGN_RIGHT);
        format_set_indent(format, 1);
    }
    if (styles[style].wraps)
        format_set_text_wrap(format);
    if (styles[style].header) {
        format_set_bg_color(format, 0xDDE6F0);
        format_set_bottom(format, LXW_BORDER_THIN);
    }
    return format;
}

static void sheet_free(struct xlsx_sheet *sheet)
{
    g_free(sheet->name);
    g_free(sheet);
}

static void chart_free(struct xlsx_chart *chart)
{
    g_array_unref(chart->unlisted);
    g_free(chart);
}

static void keep_status(struct xlsx_book *book, lxw_error status)
{
    if (book->status == LXW_NO_ERROR)
        book->status = status;
}

const char *xlsx_book_version(void)
{
    return lxw_version();
}

struct xlsx_book *xlsx_book_new(const char *title)
{
    struct xlsx_book *book = g_new0(struct xlsx_book, 1);
    lxw_workbook_options options = {.constant_memory = TRUE};
    g_autofree char *path = NULL;

    book->title = text_clean(title, FALSE);
    book->sheets = g_ptr_array_new_with_free_func((GDestroyNotify)sheet_free);
    book->charts = g_ptr_array_new_with_free_func((GDestroyNotify)chart_free);
    book->file = memfd_create("workbook", MFD_CLOEXEC);
    path = g_strdup_printf("/proc/self/fd/%d", book->file);
    if (book->file >= 0)
        book->workbook = workbook_new_opt(path, &options);
    if (!book->workbook) {
        keep_status(book, LXW_ERROR_CREATING_XLSX_FILE);
        return book;
    }
    for (guint style = 0; style < XLSX_STYLE_COUNT; style++)
        if (!(book->formats[style] = make_format(book->workbook, style)))
            keep_status(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    return book;
}

void xlsx_book_free(struct xlsx_book *book)
{
    if (!book)
        return;
    if (book->workbook)
        lxw_workbook_free(book->workbook);
    if (book->file >= 0)
        close(book->file);
    g_ptr_array_unref(book->charts);
    g_ptr_array_unref(book->sheets);
    g_free(book->title);
    g_free(book);
}

/* For a footer, which may not be long, and in which "&" begins a code. */
static char *footer_text(const char *text)
{
    g_autofree char *start = g_utf8_substring(text, 0, MIN(80, g_utf8_strlen(text, -1)));
    g_auto(GStrv) parts = g_strsplit(start, "&", -1);

    return g_strjoinv("&&", parts);
}

static void set_up_pages(struct xlsx_sheet *sheet, const char *name, gboolean landscape)
{
    g_autofree char *left = footer_text(sheet->book->title), *middle = footer_text(name);
    g_autofree char *footer = g_strdup_printf("&L&8%s&C&8%s&R&8Page &P of &N", left, middle);

    if (landscape)
        worksheet_set_landscape(sheet->worksheet);
    worksheet_fit_to_pages(sheet->worksheet, 1, 0);
    worksheet_set_margins(sheet->worksheet, 0.5, 0.5, 0.6, 0.7);
    keep_status(sheet->book, worksheet_set_footer(sheet->worksheet, footer));
    worksheet_ignore_errors(sheet->worksheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
}

struct xlsx_sheet *xlsx_book_sheet(struct xlsx_book *book, const char *name, gboolean landscape)
{
    struct xlsx_sheet *sheet = g_new0(struct xlsx_sheet, 1);

    sheet->book = book;
    sheet->name = g_strdup(name);
    g_ptr_array_add(book->sheets, sheet);
    if (book->status != LXW_NO_ERROR)
        return sheet;
    sheet->worksheet = workbook_add_worksheet(book->workbook, name);
    if (sheet->worksheet)
        set_up_pages(sheet, name, landscape);
    else
        keep_status(book, LXW_ERROR_CREATING_TMPFILE);
    return sheet;
}

void xlsx_sheet_text(struct xlsx_sheet *sheet, guint row, guint column, const char *text,
                     enum xlsx_style style)
{
    if (sheet->worksheet) {
        keep_status(sheet->book, worksheet_write_string(sheet->worksheet, row, (lxw_col_t)column,
                                                        text, sheet->book->formats[style]));
        sheet->book->cell_count++;
    }
}

gboolean xlsx_sheet_number(struct xlsx_sheet *sheet, guint row, guint column, int64_t value,
                           int64_t scale, enum xlsx_style style)
{
    /* Without common zeros both are whole doubles, and their quotient is the nearest one. */
    while (scale % 10 == 0 && value % 10 == 0) {
        value /= 10;
        scale /= 10;
    }
    if (sheet->worksheet) {
        keep_status(sheet->book, worksheet_write_number(sheet->worksheet, row, (lxw_col_t)column,
                                                        (double)value / (double)scale,
                                                        sheet->book->formats[style]));
        sheet->book->cell_count++;
    }
    return value > -XLSX_EXACT_LIMIT && value < XLSX_EXACT_LIMIT;
}

void xlsx_sheet_lines(struct xlsx_sheet *sheet, guint row, int lines)
{
    if (sheet->worksheet && lines > 1)
        keep_status(sheet->book, worksheet_set_row(sheet->worksheet, row,
                                                   LINE_HEIGHT * MIN(lines, MOST_LINES), NULL));
}

void xlsx_sheet_column(struct xlsx_sheet *sheet, guint column, int width, gboolean folded)
{
    lxw_row_col_options options = {.hidden = (guint8)folded, .level = (guint8)folded};
    lxw_col_t place = (lxw_col_t)column;

    if (sheet->worksheet)
        keep_status(sheet->book, worksheet_set_column_opt(sheet->worksheet, place, place, width,
                                                          NULL, &options));
}

void xlsx_sheet_table(struct xlsx_sheet *sheet, guint last_row, guint last_column)
{
    if (!sheet->worksheet)
        return;
    worksheet_freeze_panes(sheet->worksheet, 1, 0);
    keep_status(sheet->book, worksheet_repeat_rows(sheet->worksheet, 0, 0));
    keep_status(sheet->book,
                worksheet_autofilter(sheet->worksheet, 0, 0, last_row, (lxw_col_t)last_column));
}

/* What the library writes as it is: it takes a name that begins with "=" for a formula. */
static char *literal(const char *name)
{
    return text_clean(name + strspn(name, "="), FALSE);
}

static void set_up_axes(lxw_chart *chart, guint point_count, enum xlsx_style money)
{
    lxw_chart_font slanted = {.rotation = -45};
    lxw_chart_line grid = {.color = 0xD9DCE0, .width = 0.75};
    const guint16 every = (guint16)MAX(1, (point_count + MOST_LABELS - 1) / MOST_LABELS);

    chart_axis_set_num_format(chart->y_axis, styles[money].number);
    if (every > 1)
        chart_axis_set_num_font(chart->x_axis, &slanted);
    chart_axis_set_interval_unit(chart->x_axis, every);
    chart_axis_set_interval_tick(chart->x_axis, every);
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_axis_major_gridlines_set_line(chart->y_axis, &grid);
}

struct xlsx_chart *xlsx_sheet_chart(struct xlsx_sheet *sheet, guint row, enum xlsx_chart_kind kind,
                                    const char *title, guint point_count, enum xlsx_style money)
{
    static const guint8 types[] = {[XLSX_LINES] = LXW_CHART_LINE,
                                   [XLSX_STACK] = LXW_CHART_COLUMN_STACKED,
                                   [XLSX_BARS] = LXW_CHART_COLUMN};
    struct xlsx_chart *chart = g_new0(struct xlsx_chart, 1);
    lxw_chart_font heading = {.bold = TRUE, .size = 12};
    g_autofree char *plain = literal(title);

    chart->sheet = sheet;
    chart->row = row;
    chart->kind = kind;
    chart->unlisted = g_array_new(FALSE, FALSE, sizeof(gint16));
    g_ptr_array_add(sheet->book->charts, chart);
    if (!sheet->worksheet)
        return chart;
    chart->chart = workbook_add_chart(sheet->book->workbook, types[kind]);
    if (!chart->chart) {
        keep_status(sheet->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return chart;
    }
    chart_title_set_name(chart->chart, plain);
    chart_title_set_name_font(chart->chart, &heading);
    chart_legend_set_position(chart->chart, LXW_CHART_LEGEND_BOTTOM);
    set_up_axes(chart->chart, point_count, money);
    return chart;
}

/* Lines are told apart by their dashes too, bars by their hatches. */
static void draw_series(const struct xlsx_chart *chart, lxw_chart_series *series, guint position,
                        guint32 rgb)
{
    static const guint8 dashes[] = {LXW_CHART_LINE_DASH_SOLID, LXW_CHART_LINE_DASH_DASH,
                                    LXW_CHART_LINE_DASH_ROUND_DOT, LXW_CHART_LINE_DASH_LONG_DASH,
                                    LXW_CHART_LINE_DASH_DASH_DOT};
    static const guint8 hatches[] = {LXW_CHART_PATTERN_NONE, LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL,
                                     LXW_CHART_PATTERN_PERCENT_20,
                                     LXW_CHART_PATTERN_WIDE_DOWNWARD_DIAGONAL,
                                     LXW_CHART_PATTERN_LIGHT_HORIZONTAL};
    lxw_chart_line line = {.color = rgb, .width = 2};
    lxw_chart_fill fill = {.color = rgb};
    lxw_chart_pattern pattern = {.fg_color = 0xFFFFFF, .bg_color = rgb};

    line.dash_type = dashes[position % G_N_ELEMENTS(dashes)];
    pattern.type = hatches[position % G_N_ELEMENTS(hatches)];
    if (chart->kind == XLSX_LINES)
        chart_series_set_line(series, &line);
    else if (pattern.type == LXW_CHART_PATTERN_NONE)
        chart_series_set_fill(series, &fill);
    else
        chart_series_set_pattern(series, &pattern);
}

static void draw_marks(lxw_chart_series *series, guint mark, guint32 rgb)
{
    static const guint8 shapes[] = {LXW_CHART_MARKER_TRIANGLE, LXW_CHART_MARKER_DIAMOND,
                                    LXW_CHART_MARKER_SQUARE};
    lxw_chart_line no_line = {.none = TRUE}, edge = {.color = 0x1C2129};
    lxw_chart_fill fill = {.color = rgb};

    chart_series_set_line(series, &no_line);
    chart_series_set_marker_type(series, shapes[mark % G_N_ELEMENTS(shapes)]);
    chart_series_set_marker_size(series, 8);
    chart_series_set_marker_line(series, &edge);
    chart_series_set_marker_fill(series, &fill);
}

/* NULL in a failed book. */
static lxw_chart_series *add_series(struct xlsx_chart *chart, const struct xlsx_points *points)
{
    const lxw_row_t first = points->header_row + 1, last = points->last_row;
    const lxw_col_t column = (lxw_col_t)points->column;
    const char *sheet = chart->sheet->name;
    lxw_chart_series *series = chart->chart ? chart_add_series(chart->chart, NULL, NULL) : NULL;

    if (!series) {
        keep_status(chart->sheet->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return NULL;
    }
    chart_series_set_categories(series, sheet, first, 0, last, 0);
    series->categories->has_string_cache = TRUE; /* they are text: it cannot look */
    chart_series_set_values(series, sheet, first, column, last, column);
    chart_series_set_name_range(series, sheet, points->header_row, column);
    chart->series_count++;
    return series;
}

void xlsx_chart_series(struct xlsx_chart *chart, const struct xlsx_points *points, guint position,
                       guint32 rgb)
{
    lxw_chart_series *series = add_series(chart, points);

    if (series)
        draw_series(chart, series, position, rgb);
}

void xlsx_chart_marks(struct xlsx_chart *chart, const struct xlsx_points *points, guint mark,
                      const char *name, guint32 rgb)
{
    lxw_chart_series *series = add_series(chart, points);
    const gint16 index = (gint16)(chart->series_count - 1);
    g_autofree char *plain = literal(name);

    if (!series)
        return;
    draw_marks(series, mark, rgb);
    chart_series_set_name(series, plain);
    if (chart->listed_marks & 1u << mark)
        g_array_append_val(chart->unlisted, index);
    chart->listed_marks |= 1u << mark;
}

/* What the library wants to know when all series are there. */
static void finish_chart(struct xlsx_book *book, struct xlsx_chart *chart)
{
    lxw_chart_options size = {.x_scale = 2.1, .y_scale = 1.4}; /* of 480 by 288 pixels */
    const gint16 end = -1;

    if (chart->unlisted->len > 0) {
        g_array_append_val(chart->unlisted, end);
        keep_status(book, chart_legend_delete_series(chart->chart,
                                                     (gint16 *)(void *)chart->unlisted->data));
    }
    keep_status(book, worksheet_insert_chart_opt(chart->sheet->worksheet, chart->row, 0,
                                                 chart->chart, &size));
}

static gboolean fail(GError **error, const char *why)
{
    g_set_error(
        error, TRUEUP_ERROR, TRUEUP_ERROR_SYSTEM,
        "the workbook cannot be made (%s)\n"
        "hint: check that the folder of temporary files (TMPDIR) may be written, and is not "
        "full",
        why);
    return FALSE;
}

static gboolean read_file(int file, GString *out, GError **error)
{
    char buffer[65536];
    ssize_t count;

    if (lseek(file, 0, SEEK_SET) != 0)
        return fail(error, g_strerror(errno));
    while ((count = read(file, buffer, sizeof buffer)) > 0)
        g_string_append_len(out, buffer, count);
    return count == 0 || fail(error, g_strerror(errno));
}

gboolean xlsx_book_finish(struct xlsx_book *book, GString *out, GError **error)
{
    lxw_doc_properties properties = {.title = book->title, .created = CREATED_AT};
    gsize before = out->len;

    if (book->status == LXW_NO_ERROR)
        keep_status(book, workbook_set_properties(book->workbook, &properties));
    for (guint i = 0; book->status == LXW_NO_ERROR && i < book->charts->len; i++)
        finish_chart(book, g_ptr_array_index(book->charts, i));
    if (book->status == LXW_NO_ERROR) {
        keep_status(book, workbook_close(book->workbook)); /* frees it, whatever it returns */
        book->workbook = NULL;
    }
    if (book->status != LXW_NO_ERROR)
        return fail(error, lxw_strerror(book->status));
    if (!read_file(book->file, out, error))
        return FALSE;
    if (!xlsx_is_whole(out->str + before, out->len - before, book->cell_count))
        return fail(error, g_strerror(ENOSPC));
    return TRUE;
}
