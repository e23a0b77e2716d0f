/*
 * mapping_rows.c - which records of a statement are rows: its end, rows of several records, and
 * what stands before the header.
 */
#include "core/error.h"
#include "import/mapping_internal.h"

gboolean mapping_has_header(const struct mapping *mapping)
{
    return mapping->format->shape == NULL;
}

gboolean mapping_has_continuation(const struct mapping *mapping)
{
    return mapping->format->has_continuation;
}

gboolean mapping_is_assembled(const struct mapping *mapping)
{
    const struct format *format = mapping->format;

    return format->shape || format->has_continuation || format->stop_at;
}

gboolean mapping_ends_at(const struct mapping *mapping, const struct record *record)
{
    return format_ends_at(mapping->format, record);
}

gboolean mapping_resembles_row(const struct mapping *mapping, const struct record *record)
{
    static const guint dates[] = {CARD_DATE, CARD_POSTED_DATE};
    const struct reading reading = {.mapping = (struct mapping *)(gsize)mapping, .record = record};
    struct civil civil;

    for (guint i = 0; i < G_N_ELEMENTS(dates); i++) {
        int index = mapping->column[dates[i]];
        struct text text =
            index < (int)record->count ? cell_at(&reading, index) : (struct text){"", 0};

        for (guint j = 0; mapping->date_patterns[j]; j++) {
            if (civil_parse(&civil, text.text, text.len, mapping->date_patterns[j], NULL))
                return record->count >= mapping->column_count;
        }
    }
    return FALSE;
}

gboolean mapping_reads_text(const struct mapping *mapping, guint index)
{
    for (guint i = 0; i < mapping->joined_columns->len; i++) {
        if (g_array_index(mapping->joined_columns, int, i) == (int)index)
            return TRUE;
    }
    return FALSE;
}

gboolean mapping_continues(const struct mapping *mapping, const struct record *record)
{
    static const guint columns[] = {CARD_DATE, CARD_POSTED_DATE, CARD_AMOUNT, CARD_DEBIT,
                                    CARD_CREDIT};
    const struct reading reading = {.mapping = (struct mapping *)(gsize)mapping, .record = record};
    gboolean has_text = FALSE;

    for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
        int index = mapping->column[columns[i]];

        if (index < (int)record->count && cell_at(&reading, index).len > 0)
            return FALSE;
    }
    for (guint i = 0; i < record->count; i++)
        has_text |= record->cells[i].len > 0 && mapping_reads_text(mapping, i);
    return has_text;
}

/* The label that a record begins with, or NULL. */
static const char *find_label(const GStrv labels, const char *first)
{
    for (guint i = 0; labels && labels[i]; i++) {
        if (g_str_has_prefix(first, labels[i]))
            return labels[i];
    }
    return NULL;
}

/* The last cell that is not empty, but for the first: NULL without one. */
static const struct cell *last_cell(const struct record *record)
{
    for (guint i = record->count; i > 1; i--) {
        if (record->cells[i - 1].len > 0)
            return &record->cells[i - 1];
    }
    return NULL;
}

/* A run of four digits tells a card; fewer are a number of something else. */
static gboolean has_four_digits(const char *text)
{
    gsize run = 0;

    for (; *text && run < 4; text++)
        run = g_ascii_isdigit(*text) ? run + 1 : 0;
    return run == 4;
}

/* The card stands behind the label, or in the first cell after it that holds one. */
static gboolean take_card(struct mapping *mapping, const struct record *record, const char *label,
                          GError **error)
{
    g_autofree char *first = name_fold(record->cells[0].text, record->cells[0].len);
    const char *text = first + strlen(label);

    for (guint i = 1; i < record->count && !has_four_digits(text); i++)
        text = record->cells[i].text;
    if (has_four_digits(text)) {
        last4_from((struct text){text, strlen(text)}, mapping->last4);
        return TRUE;
    }
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "the line before the header that names the card holds no last four digits");
    return FALSE;
}

static gboolean take_total(struct mapping *mapping, const struct record *record,
                           struct control_total *total, GError **error)
{
    const struct cell *cell = last_cell(record);
    g_autofree char *label = name_shown(record->cells[0].text, record->cells[0].len);
    g_autoptr(GError) why = NULL;
    g_autofree char *text = cell ? name_shown(cell->text, cell->len) : NULL;

    if (text && !total->label &&
        money_parse(&total->nanos, text, strlen(text), &mapping->style, NULL, &why)) {
        total->label = g_steal_pointer(&label);
        return TRUE;
    }
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "the control total \"%s\" %s", label,
                why            ? why->message
                : total->label ? "stands twice before the header"
                               : "has no amount");
    return FALSE;
}

gboolean mapping_read_preamble(struct mapping *mapping, const struct record *record, GError **error)
{
    const struct format *format = mapping->format;

    if (format->kind != FACT_CARD ||
        !(format->preamble_card || format->preamble_out || format->preamble_in))
        return TRUE;
    g_autofree char *first = name_fold(record->cells[0].text, record->cells[0].len);
    const char *label = find_label(format->preamble_card, first);
    if (label && !take_card(mapping, record, label, error))
        return FALSE;
    if (find_label(format->preamble_out, first))
        return take_total(mapping, record, &mapping->control_out, error);
    if (find_label(format->preamble_in, first))
        return take_total(mapping, record, &mapping->control_in, error);
    return TRUE;
}

const char *mapping_last4(const struct mapping *mapping)
{
    return mapping->last4;
}
