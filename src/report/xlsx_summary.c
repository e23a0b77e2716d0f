/* xlsx_summary.c - gathering what the first sheet says, and laying it out. */
#include "report/xlsx_summary.h"
#include "core/money.h"
#include "core/text.h"

#define COLUMNS 4

static const int widths[COLUMNS] = {30, 76, 10, 24};

struct part {
    char *sheet, *heading, *text;
    int row_count;
};

struct sum {
    char *sheet, *what, *currency;
    int64_t nanos;
};

struct xlsx_summary {
    char *title, *subtitle;
    GPtrArray *parts; /* struct part* */
    GPtrArray *sums;  /* struct sum* */
    GPtrArray *notes; /* char* */
};

static void part_free(struct part *part)
{
    g_free(part->sheet);
    g_free(part->heading);
    g_free(part->text);
    g_free(part);
}

static void sum_free(struct sum *sum)
{
    g_free(sum->sheet);
    g_free(sum->what);
    g_free(sum->currency);
    g_free(sum);
}

struct xlsx_summary *xlsx_summary_new(const char *title, const char *subtitle)
{
    struct xlsx_summary *summary = g_new0(struct xlsx_summary, 1);

    summary->title = g_strdup(title);
    summary->subtitle = g_strdup(subtitle);
    summary->parts = g_ptr_array_new_with_free_func((GDestroyNotify)part_free);
    summary->sums = g_ptr_array_new_with_free_func((GDestroyNotify)sum_free);
    summary->notes = g_ptr_array_new_with_free_func(g_free);
    return summary;
}

void xlsx_summary_free(struct xlsx_summary *summary)
{
    g_free(summary->title);
    g_free(summary->subtitle);
    g_ptr_array_unref(summary->parts);
    g_ptr_array_unref(summary->sums);
    g_ptr_array_unref(summary->notes);
    g_free(summary);
}

void xlsx_summary_part(struct xlsx_summary *summary, const char *sheet, const char *heading,
                       const char *text, int row_count)
{
    struct part *part = g_new0(struct part, 1);

    part->sheet = g_strdup(sheet);
    part->heading = g_strdup(heading);
    part->text = g_strdup(text);
    part->row_count = row_count;
    g_ptr_array_add(summary->parts, part);
}

/* "Total", "Total (paid and refunded payments)" */
static char *describe(const struct report *report, const struct column *column)
{
    if (!report->counted_what)
        return g_strdup(column->heading);
    return g_strdup_printf("%s (%s)", column->heading, report->counted_what);
}

void xlsx_summary_totals(struct xlsx_summary *summary, const char *sheet,
                         const struct report *report, const struct report_totals *totals)
{
    const char *currency;

    for (guint i = 0; (currency = report_totals_currency(totals, i)); i++)
        for (guint position = 0; position < report->columns->len; position++) {
            const struct column *column = g_ptr_array_index(report->columns, position);
            struct sum *sum;
            int64_t nanos;

            if (!report_totals_sum(totals, currency, position, &nanos))
                continue;
            sum = g_new0(struct sum, 1);
            sum->sheet = g_strdup(sheet);
            sum->what = describe(report, column);
            sum->currency = g_strdup(currency);
            sum->nanos = nanos;
            g_ptr_array_add(summary->sums, sum);
        }
}

void xlsx_summary_notes(struct xlsx_summary *summary, const char *lines)
{
    g_auto(GStrv) split = g_strsplit(lines, "\n", -1);

    for (guint i = 0; split[i]; i++)
        if (*split[i])
            g_ptr_array_add(summary->notes, g_strdup(split[i]));
}

gboolean xlsx_money_has_more(int64_t nanos, const char *currency)
{
    static const int64_t least[] = {NANOS_PER_UNIT, 0, NANOS_PER_UNIT / 100, NANOS_PER_UNIT / 1000};

    return nanos % least[currency_decimals(currency)] != 0;
}

enum xlsx_style xlsx_money_style(int64_t nanos, const char *currency, gboolean exact)
{
    int decimals = currency_decimals(currency);

    if (decimals == 3)
        return exact ? XLSX_EXACT_3 : XLSX_MONEY_3;
    if (exact && (decimals > 0 || xlsx_money_has_more(nanos, currency)))
        return XLSX_EXACT_2;
    return decimals > 0 ? XLSX_MONEY_2 : XLSX_MONEY_0;
}

static void write_text(struct xlsx_sheet *sheet, guint row, guint column, const char *text,
                       enum xlsx_style style)
{
    gboolean cut = FALSE;
    g_autofree char *fit = xlsx_cell_text(text, &cut);

    xlsx_sheet_text(sheet, row, column, fit, style);
}

/* A row's label and its prose, which makes the row as high as it needs. */
static void write_prose(struct xlsx_sheet *sheet, guint row, const char *label, const char *text)
{
    xlsx_sheet_lines(sheet, row, xlsx_text_lines(text, widths[1]));
    if (*label)
        write_text(sheet, row, 0, label, XLSX_TEXT);
    write_text(sheet, row, 1, text, XLSX_PROSE);
}

static void write_header(struct xlsx_sheet *sheet, guint row, const char *const headings[COLUMNS])
{
    for (guint i = 0; i < COLUMNS; i++)
        xlsx_sheet_text(sheet, row, i, headings[i],
                        i == COLUMNS - 1 ? XLSX_HEADER_RIGHT : XLSX_HEADER);
}

static guint write_parts(const struct xlsx_summary *summary, struct xlsx_sheet *sheet, guint row)
{
    static const char *const headings[COLUMNS] = {"Sheet", "Contents", "", "Rows"};

    write_header(sheet, row++, headings);
    for (guint i = 0; i < summary->parts->len; i++, row++) {
        const struct part *part = g_ptr_array_index(summary->parts, i);
        g_autofree char *text =
            g_strconcat(part->heading, *part->heading && *part->text ? ": " : "", part->text, NULL);

        write_prose(sheet, row, part->sheet ? part->sheet : "", text);
        if (part->row_count >= 0)
            (void)xlsx_sheet_number(sheet, row, COLUMNS - 1, part->row_count, 1, XLSX_INTEGER);
    }
    return row;
}

/* One shows more than cents when another does: their points are then one below the other. */
static gboolean any_has_more(const struct xlsx_summary *summary)
{
    for (guint i = 0; i < summary->sums->len; i++) {
        const struct sum *sum = g_ptr_array_index(summary->sums, i);

        if (xlsx_money_has_more(sum->nanos, sum->currency))
            return TRUE;
    }
    return FALSE;
}

static guint write_sums(const struct xlsx_summary *summary, struct xlsx_sheet *sheet, guint row)
{
    static const char *const headings[COLUMNS] = {"Sheet", "Total", "Currency", "Amount"};
    gboolean exact = any_has_more(summary);

    if (summary->sums->len == 0)
        return row;
    write_header(sheet, ++row, headings);
    row++;
    for (guint i = 0; i < summary->sums->len; i++, row++) {
        const struct sum *sum = g_ptr_array_index(summary->sums, i);

        write_prose(sheet, row, sum->sheet, sum->what);
        write_text(sheet, row, 2, sum->currency, XLSX_TEXT);
        (void)xlsx_sheet_number(sheet, row, 3, sum->nanos, NANOS_PER_UNIT,
                                xlsx_money_style(sum->nanos, sum->currency, exact));
    }
    return row;
}

static void write_notes(const struct xlsx_summary *summary, struct xlsx_sheet *sheet, guint row)
{
    static const char *const headings[COLUMNS] = {"Note", "", "", ""};

    if (summary->notes->len == 0)
        return;
    write_header(sheet, ++row, headings);
    row++;
    for (guint i = 0; i < summary->notes->len; i++, row++) {
        const char *note = g_ptr_array_index(summary->notes, i);
        const char *text = strstr(note, ": ");
        g_autofree char *label = text ? g_strndup(note, (gsize)(text - note)) : g_strdup("");

        write_prose(sheet, row, label, text ? text + 2 : note);
    }
}

void xlsx_summary_write(const struct xlsx_summary *summary, struct xlsx_sheet *sheet)
{
    guint row = 0;

    for (guint i = 0; i < COLUMNS; i++)
        xlsx_sheet_column(sheet, i, widths[i], FALSE);
    xlsx_sheet_lines(sheet, row, 2);
    write_text(sheet, row++, 0, summary->title, XLSX_TITLE);
    if (*summary->subtitle)
        write_text(sheet, row, 0, summary->subtitle, XLSX_SUBTITLE);
    row = write_parts(summary, sheet, row + 2);
    row = write_sums(summary, sheet, row);
    write_notes(summary, sheet, row);
}
