/*
 * guess_shape.c - statements without a header: known by the columns that hold dates and amounts.
 *
 * Every one of the first records must have a date and an amount in the same places. Where a
 * column's meaning is not certain from its place (two amounts, two dates) the survey of the whole
 * file must prove it; see guess.c.
 */
#include "import/guess_internal.h"

#define SHAPE_COLUMNS 3 /* a date, an amount and a text at least */
#define SHAPE_RECORDS 3

/* What the cells of one column are, over the first records. */
struct shape_column {
    guint filled, dates, amounts, bare, codes, letters, directions;
};

static void look_at(struct shape_column *column, const struct guess_words *words, struct text text)
{
    struct date_cell date;
    struct amount_cell amount;
    g_autofree char *copy = g_strndup(text.text, text.len);
    g_autofree char *word = guess_word(copy);

    if (text.len == 0)
        return;
    column->filled++;
    column->letters += text_has_letter(text);
    column->codes += guess_words_is_currency(words, word);
    column->directions += guess_words_direction(words, word) != HEADING_NONE;
    if (date_cell_read(&date, text)) {
        column->dates++;
    } else if (amount_cell_read(&amount, text)) {
        column->amounts++;
        column->bare += amount.is_bare;
    }
}

static gboolean is_amount(const struct shape_column *column)
{
    return column->filled > 0 && column->amounts == column->filled && column->bare < column->filled;
}

/* One amount in every row; an amount and a balance; or what went out and came in, and a balance. */
static gboolean place_amounts(struct roles *roles, const guint *full, guint full_count,
                              const guint *partial, guint partial_count)
{
    int *column = roles->column;

    if (partial_count == 0 && (full_count == 1 || full_count == 2)) {
        column[ROLE_AMOUNT] = (int)full[0];
        column[ROLE_BALANCE] = full_count == 2 ? (int)full[1] : NO_COLUMN;
        return TRUE;
    }
    if (partial_count == 2 && full_count <= 1) {
        column[ROLE_DEBIT] = (int)partial[0]; /* the other way round if the sign is positive */
        column[ROLE_CREDIT] = (int)partial[1];
        column[ROLE_BALANCE] = full_count == 1 ? (int)full[0] : NO_COLUMN;
        return TRUE;
    }
    return FALSE;
}

static gboolean place(struct guess *guess, const struct shape_column *columns, guint records)
{
    struct roles *roles = &guess->roles;
    guint full[3], partial[3], full_count = 0, partial_count = 0, dates = 0;

    for (guint c = 0; c < guess->column_count; c++) {
        const struct shape_column *column = &columns[c];

        if (column->dates == records && dates < 2)
            roles->column[dates++ == 0 ? ROLE_DATE : ROLE_POSTED] = (int)c;
        else if (is_amount(column) && column->filled == records && full_count < 3)
            full[full_count++] = c;
        else if (is_amount(column) && partial_count < 3)
            partial[partial_count++] = c;
        else if (column->codes == records && roles->column[ROLE_CURRENCY] == NO_COLUMN)
            roles->column[ROLE_CURRENCY] = (int)c;
        else if (column->directions == records && roles->column[ROLE_TYPE] == NO_COLUMN)
            roles->column[ROLE_TYPE] = (int)c;
        else if (column->letters > 0 && column->dates == 0)
            roles->is_text[c] = TRUE;
    }
    return dates > 0 && place_amounts(roles, full, full_count, partial, partial_count);
}

static gboolean has_text(const struct guess *guess)
{
    for (guint c = 0; c < guess->column_count; c++)
        if (guess->roles.is_text[c])
            return TRUE;
    return FALSE;
}

gboolean guess_shape(struct guess *guess, GPtrArray *records)
{
    const struct record *first = records->len >= SHAPE_RECORDS ? records->pdata[0] : NULL;

    if (!first || first->count < SHAPE_COLUMNS)
        return FALSE;
    g_autofree struct shape_column *columns = g_new0(struct shape_column, first->count);
    guess->column_count = first->count;
    for (guint i = 0; i < records->len; i++) {
        const struct record *record = records->pdata[i];

        if (record->count != first->count)
            return FALSE;
        for (guint c = 0; c < first->count; c++)
            look_at(&columns[c], guess->words, survey_cell(record, (int)c));
    }
    for (int role = 0; role < ROLES; role++)
        guess->roles.column[role] = NO_COLUMN;
    memset(guess->roles.is_text, 0, sizeof(guess->roles.is_text));
    return place(guess, columns, records->len) && has_text(guess);
}

char *guess_shape_text(const struct guess *guess)
{
    const int *role = guess->roles.column;
    gint64 rows = guess->survey->rows;
    GString *text = g_string_new(NULL);

    for (guint c = 0; c < guess->column_count; c++) {
        const struct column_survey *column = &guess->survey->columns[c];
        int index = (int)c;
        const char *word = "*";

        if (index == role[ROLE_DATE] || index == role[ROLE_POSTED])
            word = "date";
        else if (index == role[ROLE_AMOUNT] || index == role[ROLE_BALANCE])
            word = "amount";
        else if (index == role[ROLE_DEBIT] || index == role[ROLE_CREDIT])
            word = "amount?";
        else if (column->filled == 0)
            word = "empty";
        else if (guess->roles.is_text[c] && column->filled == rows && column->amounts == 0)
            word = "text";
        g_string_append_printf(text, "%s%s", c > 0 ? " | " : "", word);
    }
    return g_string_free(text, FALSE);
}
