/* survey.c - counting what a statement's records say; see survey.h. */
#include "import/survey.h"
#include "import/format_internal.h"

#define LAG_DAYS        10
#define LAG_BEYOND_DAYS 31

struct survey *survey_new(const struct roles *roles, guint column_count)
{
    struct survey *survey = g_new0(struct survey, 1);

    survey->roles = *roles;
    survey->column_count = column_count;
    survey->columns = g_new0(struct column_survey, column_count + 1);
    for (guint i = 0; i < column_count; i++)
        survey->columns[i].words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return survey;
}

void survey_free(struct survey *survey)
{
    if (!survey)
        return;
    for (guint i = 0; i < survey->column_count; i++)
        g_clear_pointer(&survey->columns[i].words, g_hash_table_unref);
    g_free(survey->columns);
    g_free(survey->behind_first);
    g_free(survey);
}

struct text survey_cell(const struct record *record, int index)
{
    if (index < 0 || (guint)index >= record->count)
        return (struct text){"", 0};
    struct text text = {record->cells[index].text, record->cells[index].len};

    while (text.len > 0 && g_ascii_isspace(*text.text)) {
        text.text++;
        text.len--;
    }
    while (text.len > 0 && g_ascii_isspace(text.text[text.len - 1]))
        text.len--;
    return text;
}

gboolean survey_is_code(struct text text)
{
    return text.len == 3 && g_ascii_isalpha(text.text[0]) && g_ascii_isalpha(text.text[1]) &&
           g_ascii_isalpha(text.text[2]);
}

/* The sign that an amount has under either mark. */
static int sign_of(const struct amount_cell *cell)
{
    int64_t nanos = cell->nanos[cell->fits[MARK_POINT] ? MARK_POINT : MARK_COMMA];

    return (nanos > 0) - (nanos < 0);
}

static void count_amount(struct column_survey *column, const struct amount_cell *cell)
{
    int sign = sign_of(cell);

    column->amounts++;
    column->bare += cell->is_bare;
    column->positive += sign > 0;
    column->negative += sign < 0;
    column->zero += sign == 0;
    column->credit_marked += cell->is_credit_marked;
    for (int mark = 0; mark < MARKS; mark++) {
        column->fits_mark[mark] += cell->fits[mark];
        column->proves_mark[mark] += cell->fits[mark] && !cell->fits[!mark];
        if (cell->fits[mark])
            column->groups[mark] |= cell->groups[mark];
    }
    column->two_faced += cell->fits[0] && cell->fits[1] && !amount_cell_is_plain(cell);
    if (!*cell->unit)
        return;
    if (column->with_unit++ == 0)
        g_strlcpy(column->unit, cell->unit, sizeof(column->unit));
    column->units_differ |= strcmp(column->unit, cell->unit) != 0;
}

static void count_word(struct column_survey *column, struct text text, int sign)
{
    if (!column->words)
        return;
    g_autofree char *word = name_fold(text.text, text.len);
    struct word_count *count = g_hash_table_lookup(column->words, word);

    if (!count &&
        (g_hash_table_size(column->words) == SURVEY_WORDS || strlen(word) > SURVEY_WORD_MAX)) {
        g_clear_pointer(&column->words, g_hash_table_unref);
        return;
    }
    if (!count) {
        count = g_new0(struct word_count, 1);
        g_hash_table_insert(column->words, g_steal_pointer(&word), count);
    }
    count->rows++;
    count->positive += sign > 0;
    count->negative += sign < 0;
}

static void count_cells(struct survey *survey, const struct record *record, int sign)
{
    for (guint i = 0; i < survey->column_count; i++) {
        struct column_survey *column = &survey->columns[i];
        struct text text = survey_cell(record, (int)i);
        struct amount_cell amount;
        struct date_cell date;

        count_word(column, text, sign);
        if (text.len == 0)
            continue;
        column->filled++;
        column->codes += survey_is_code(text);
        if (amount_cell_read(&amount, text))
            count_amount(column, &amount);
        if (!date_cell_read(&date, text))
            continue;
        column->dates++;
        column->with_offset += date.has_offset;
        for (int shape = 0; shape < DATE_SHAPES; shape++)
            column->fits[shape] += (date.fits >> shape) & 1U;
    }
}

static void follow_order(struct survey *survey, const struct date_cell *date)
{
    for (int shape = 0; shape < DATE_SHAPES; shape++) {
        struct order_track *track = &survey->order[shape];

        if (!((date->fits >> shape) & 1U))
            continue;
        if (track->has_last) {
            track->rises += date->days[shape] > track->last;
            track->falls += date->days[shape] < track->last;
        }
        track->last = date->days[shape];
        track->has_last = TRUE;
    }
}

static void follow_lag(struct survey *survey, const struct date_cell *date,
                       const struct date_cell *posted)
{
    for (int shape = 0; shape < DATE_SHAPES; shape++) {
        if (!(((date->fits & posted->fits) >> shape) & 1U))
            continue;
        int32_t lag = posted->days[shape] - date->days[shape];
        survey->lag[shape].later += lag >= 1 && lag <= LAG_DAYS;
        survey->lag[shape].beyond += lag < 0 || lag > LAG_BEYOND_DAYS;
    }
}

/* An amount as it moves under one mark; a cell that is empty or no amount moves nothing. */
static gboolean moved(const struct record *record, int column, int mark, int64_t *out)
{
    struct amount_cell cell;

    *out = 0;
    if (column == NO_COLUMN || !amount_cell_read(&cell, survey_cell(record, column)) ||
        !cell.fits[mark])
        return FALSE;
    *out = cell.nanos[mark];
    return TRUE;
}

static int64_t magnitude(int64_t nanos)
{
    return nanos == INT64_MIN ? INT64_MAX : ABS(nanos);
}

/* What the row moved, as it prints it: the amount, else what came in less what went out. */
static gboolean row_amount(const struct survey *survey, const struct record *record, int mark,
                           int64_t *out)
{
    const int *column = survey->roles.column;
    int64_t debit, credit;

    if (column[ROLE_AMOUNT] != NO_COLUMN && column[ROLE_DEBIT] == NO_COLUMN)
        return moved(record, column[ROLE_AMOUNT], mark, out);
    gboolean has_debit = moved(record, column[ROLE_DEBIT], mark, &debit);
    gboolean has_credit = moved(record, column[ROLE_CREDIT], mark, &credit);
    *out = magnitude(credit) - magnitude(debit);
    return has_debit || has_credit;
}

static void follow_balance(struct survey *survey, const struct record *record, int mark)
{
    struct balance_track *track = &survey->balance[mark];
    int64_t amount, fee, balance;
    gboolean known = moved(record, survey->roles.column[ROLE_BALANCE], mark, &balance) &&
                     row_amount(survey, record, mark, &amount);

    moved(record, survey->roles.column[ROLE_FEE], mark, &fee);
    if (known && survey->before[mark].known) {
        int128 step = (int128)balance - survey->before[mark].balance;

        track->steps++;
        for (int against = 0; against < 2; against++) {
            for (int with_fee = 0; with_fee < 2; with_fee++) {
                int128 now = (int128)(against ? -1 : 1) * amount - (with_fee ? fee : 0);
                int128 then = (int128)(against ? -1 : 1) * survey->before[mark].amount -
                              (with_fee ? survey->before[mark].fee : 0);
                track->holds[OLDEST_FIRST][against][with_fee] += step == now;
                track->holds[NEWEST_FIRST][against][with_fee] += -step == then;
            }
        }
    }
    survey->before[mark].known = known;
    if (known) {
        survey->before[mark].balance = balance;
        survey->before[mark].amount = amount;
        survey->before[mark].fee = fee;
    }
}

/* Both sides of a split, and whether an amount beside them says the same. */
static void count_split(struct survey *survey, const struct record *record)
{
    const int *column = survey->roles.column;
    int64_t debit = 0, credit = 0, amount = 0;
    gboolean agrees = FALSE;

    if (column[ROLE_DEBIT] == NO_COLUMN || column[ROLE_CREDIT] == NO_COLUMN)
        return;
    for (int mark = 0; mark < MARKS && debit == 0 && credit == 0; mark++) {
        moved(record, column[ROLE_DEBIT], mark, &debit);
        moved(record, column[ROLE_CREDIT], mark, &credit);
        if (moved(record, column[ROLE_AMOUNT], mark, &amount))
            agrees |= magnitude(amount) == magnitude(debit != 0 ? debit : credit);
    }
    survey->both_sides += debit != 0 && credit != 0;
    survey->neither_side += debit == 0 && credit == 0;
    survey->split_agrees += agrees;
    survey->split_differs += !agrees;
}

static int row_sign(const struct survey *survey, const struct record *record)
{
    int64_t amount;

    for (int mark = 0; mark < MARKS; mark++)
        if (row_amount(survey, record, mark, &amount) && amount != 0)
            return amount > 0 ? 1 : -1;
    return 0;
}

static void count_incoming(struct survey *survey, const struct record *record, int sign,
                           survey_incoming *is_incoming, gconstpointer data)
{
    for (guint i = 0; sign != 0 && i < survey->column_count; i++) {
        struct text text = survey_cell(record, (int)i);

        if (!survey->roles.is_text[i] || text.len == 0)
            continue;
        g_autofree char *folded = name_fold(text.text, text.len);
        struct word_count *count = &survey->incoming[is_incoming(data, folded)];
        count->rows++;
        count->positive += sign > 0;
        count->negative += sign < 0;
    }
}

static gboolean is_row(const struct survey *survey, const struct record *record,
                       struct date_cell *date, struct date_cell *posted)
{
    const int *column = survey->roles.column;
    gboolean one_more =
        record->count == survey->column_count + 1 && record->cells[survey->column_count].len == 0;

    if (record->count != survey->column_count && !one_more)
        return FALSE;
    gboolean has_date = date_cell_read(date, survey_cell(record, column[ROLE_DATE]));
    gboolean has_posted = date_cell_read(posted, survey_cell(record, column[ROLE_POSTED]));
    return has_date || has_posted;
}

/* "BALANCE BROUGHT FORWARD": a row by its date alone. */
static gboolean tells_balance(const struct survey *survey, const struct record *record,
                              survey_incoming *is_incoming, gconstpointer data)
{
    for (guint i = 0; i < survey->column_count; i++) {
        struct text text = survey_cell(record, (int)i);

        if (!survey->roles.is_text[i] || text.len == 0)
            continue;
        g_autofree char *folded = name_fold(text.text, text.len);
        if (is_incoming(data, folded) == INCOMING_BALANCE)
            return TRUE;
    }
    return FALSE;
}

static void count_behind(struct survey *survey, const struct record *record)
{
    if (survey->behind++ > 0)
        return;
    struct text first = survey_cell(record, 0);

    g_free(survey->behind_first);
    survey->behind_first = g_strndup(first.text, first.len);
    survey->behind_line = record->line;
}

void survey_add(struct survey *survey, const struct record *record, survey_incoming *is_incoming,
                gconstpointer data)
{
    struct date_cell date, posted;
    int64_t fee;

    survey->records++;
    if (!is_row(survey, record, &date, &posted)) {
        count_behind(survey, record);
        return;
    }
    survey->inside += survey->behind;
    survey->behind = 0;
    survey->rows++;
    survey->trailing += record->count > survey->column_count;
    if (tells_balance(survey, record, is_incoming, data)) {
        survey->balances++;
        return;
    }

    int sign = row_sign(survey, record);
    count_cells(survey, record, sign);
    follow_order(survey, date.fits ? &date : &posted);
    if (date.fits && posted.fits)
        follow_lag(survey, &date, &posted);
    for (int mark = 0; mark < MARKS; mark++)
        follow_balance(survey, record, mark);
    count_split(survey, record);
    count_incoming(survey, record, sign, is_incoming, data);
    for (int mark = 0; mark < MARKS; mark++) {
        if (moved(record, survey->roles.column[ROLE_FEE], mark, &fee) && fee != 0) {
            survey->with_fee++;
            break;
        }
    }
}
