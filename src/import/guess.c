/* guess.c - from a file to what was found in it; see guess.h. */
#include "core/error.h"
#include "core/secret.h"
#include "core/text.h"
#include "import/guess_internal.h"

#define FIRST_RECORDS    60
#define ROWS_PERCENT     80 /* of the records behind the header must be rows */
#define FOOTER_RECORDS   25
#define ASSUMED_ENCODING "windows-1252"

const char *grade_word(enum grade grade)
{
    static const char *const words[] = {"proved", "suggested", "assumed", "stated", "open"};

    return words[grade];
}

static void finding_clear(gpointer finding)
{
    g_free(((struct finding *)finding)->value);
    g_free(((struct finding *)finding)->evidence);
    g_free(((struct finding *)finding)->hint);
}

void guess_find(struct guess *guess, const char *what, enum grade grade, char *value,
                char *evidence)
{
    static const char *const money[] = {"dates", "date order", "decimal mark", "charge", "currency",
                                        "fee",   NULL};
    struct finding finding = {what, value, grade, evidence, NULL, g_strv_contains(money, what)};

    g_array_append_val(guess->findings, finding);
}

void guess_leave_open(struct guess *guess, const char *what, const char *hint, char *evidence)
{
    struct finding finding = {what, g_strdup(""), GRADE_OPEN, evidence, g_strdup(hint), TRUE};

    g_array_append_val(guess->findings, finding);
}

gboolean guess_has(const struct guess *guess, enum role role)
{
    return guess->roles.column[role] != NO_COLUMN;
}

const struct column_survey *guess_column(const struct guess *guess, enum role role)
{
    return guess_has(guess, role) ? &guess->survey->columns[guess->roles.column[role]] : NULL;
}

static void parsed_clear(gpointer name)
{
    column_name_clear(name);
}

static struct guess *guess_new(const struct import_options *options)
{
    struct guess *guess = g_new0(struct guess, 1);

    guess->options = options;
    guess->names = g_ptr_array_new_with_free_func(g_free);
    guess->parsed = g_array_new(FALSE, FALSE, sizeof(struct column_name));
    g_array_set_clear_func(guess->parsed, parsed_clear);
    guess->findings = g_array_new(FALSE, FALSE, sizeof(struct finding));
    g_array_set_clear_func(guess->findings, finding_clear);
    return guess;
}

void guess_free(struct guess *guess)
{
    if (!guess)
        return;
    g_clear_pointer(&guess->words, guess_words_free);
    g_clear_pointer(&guess->survey, survey_free);
    g_ptr_array_unref(guess->names);
    g_array_unref(guess->parsed);
    g_array_unref(guess->findings);
    g_free(guess->encoding);
    g_free(guess->assumed);
    g_free(guess->date_format);
    g_free(guess->decimal);
    g_free(guess->thousands);
    g_free(guess->charge);
    g_free(guess->currency);
    g_free(guess->zone);
    g_free(guess->stop_at);
    g_free(guess);
}

static enum incoming incoming_of(gconstpointer words, const char *folded)
{
    return guess_words_incoming(words, folded);
}

/* The next good record; NULL at the end, or with an error. Bad ones are listed by the import. */
static const struct record *next_record(struct reader *reader, GError **error)
{
    const struct record *record;
    const struct record_problem *problem;

    for (;;) {
        switch (reader_next(reader, &record, &problem, error)) {
        case RECORD_ROW:
            return record;
        case RECORD_BAD:
            break;
        case RECORD_END:
        case RECORD_FAILED:
            return NULL;
        }
    }
}

static gboolean read_first(struct reader *reader, GPtrArray *records, GError **error)
{
    GError *failure = NULL;

    for (guint i = 0; i < FIRST_RECORDS; i++) {
        const struct record *record = next_record(reader, &failure);

        if (!record)
            break;
        g_ptr_array_add(records, record_copy_new(record));
    }
    if (!failure)
        return TRUE;
    g_propagate_error(error, failure);
    return FALSE;
}

static gboolean survey_file(struct guess *guess, struct reader *reader, GPtrArray *first,
                            guint first_row, GError **error)
{
    GError *failure = NULL;
    const struct record *record;

    guess->survey = survey_new(&guess->roles, guess->column_count);
    for (guint i = first_row; i < first->len; i++)
        survey_add(guess->survey, first->pdata[i], incoming_of, guess->words);
    while ((record = next_record(reader, &failure)))
        survey_add(guess->survey, record, incoming_of, guess->words);
    if (!failure)
        return TRUE;
    g_propagate_error(error, failure);
    return FALSE;
}

/* Where the table is: what stands before it and behind it. */
static void find_table(struct guess *guess)
{
    const struct survey *survey = guess->survey;
    char *where = guess->has_header ? g_strdup_printf("line %" G_GINT64_FORMAT, guess->header_line)
                                    : g_strdup("none");

    guess_find(guess, "encoding", guess->assumed ? GRADE_ASSUMED : GRADE_PROVED,
               g_strdup(guess->encoding),
               g_strdup(guess->assumed ? "it is not UTF-8; only letters of texts depend on it"
                                       : "every byte is valid in it"));
    guess_find(guess, "delimiter", GRADE_PROVED,
               guess->delimiter == '\t' ? g_strdup("TAB") : g_strdup_printf("%c", guess->delimiter),
               g_strdup_printf("%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                               " records have %u fields and a date",
                               survey->rows, survey->records, guess->column_count));
    guess_find(guess, "header", guess->has_header ? GRADE_PROVED : GRADE_SUGGESTED, where,
               g_strdup_printf("%u records before it, %" G_GINT64_FORMAT
                               " between the rows and %" G_GINT64_FORMAT " behind them",
                               guess->preamble, survey->inside, survey->behind));
}

/*
 * Records behind the last row end the table. Where they begin must not occur in it, so the first
 * column must be one of dates; digits are left out, being dates and amounts of this file.
 */
static void find_footer(struct guess *guess)
{
    const struct survey *survey = guess->survey;
    const int *column = guess->roles.column;
    gboolean dates_first = column[ROLE_DATE] == 0 || column[ROLE_POSTED] == 0;
    gsize len = survey->behind_first ? strcspn(survey->behind_first, "0123456789|\\\n\r") : 0;

    if (survey->behind == 0 || survey->behind > FOOTER_RECORDS || !dates_first)
        return;
    g_autofree char *prefix = g_strchomp(g_strndup(survey->behind_first, len));
    g_autofree char *masked = secret_masked(prefix);
    if (strlen(prefix) < 2 || strcmp(prefix, masked) != 0)
        return;
    guess_find(guess, "end of table", GRADE_PROVED, g_strdup(prefix),
               g_strdup_printf("line %" G_GINT64_FORMAT " begins so, and no row follows",
                               survey->behind_line));
    guess->stop_at = g_steal_pointer(&prefix);
}

static void add_role(const struct guess *guess, GString *text, const char *what, enum role role)
{
    if (!guess_has(guess, role))
        return;
    g_autofree char *shown = guess_column_shown(guess, guess->roles.column[role]);
    g_string_append_printf(text, "%s%s %s", text->len ? ", " : "", what, shown);
}

static void find_columns(struct guess *guess)
{
    static const struct {
        const char *what;
        enum role role;
    } roles[] = {
        {"date", ROLE_DATE},
        {"posted", ROLE_POSTED},
        {"amount", ROLE_AMOUNT},
        {"debit", ROLE_DEBIT},
        {"credit", ROLE_CREDIT},
        {"currency", ROLE_CURRENCY},
        {"original amount", ROLE_ORIGINAL_AMOUNT},
        {"original currency", ROLE_ORIGINAL_CURRENCY},
        {"fee", ROLE_FEE},
        {"id", ROLE_ID},
        {"card", ROLE_CARD},
        {"type", ROLE_TYPE},
        {"status", ROLE_STATUS},
        {"balance", ROLE_BALANCE},
        {"zone", ROLE_ZONE},
    };
    GString *text = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++)
        add_role(guess, text, roles[i].what, roles[i].role);
    for (guint c = 0; c < guess->column_count; c++) {
        if (guess->roles.is_text[c]) {
            g_autofree char *shown = guess_column_shown(guess, (int)c);
            g_string_append_printf(text, ", text %s", shown);
        }
    }
    guess_find(guess, "columns", guess->has_header ? GRADE_PROVED : GRADE_SUGGESTED,
               g_string_free(text, FALSE),
               g_strdup(guess->has_header ? "by their names and what they hold"
                                          : "by what they hold in every row"));
}

/* Without a header, what two dates and two amounts are must follow from the rows. */
static gboolean shape_holds(const struct guess *guess)
{
    const struct survey *survey = guess->survey;
    const struct balance_track *balance =
        &survey->balance[g_strcmp0(guess->decimal, ",") == 0 ? MARK_COMMA : MARK_POINT];
    gint64 most = 0;

    if (guess->has_header)
        return TRUE;
    if (guess_has(guess, ROLE_POSTED) && guess->date_format[0]) {
        gint64 least = G_MAXINT64;
        for (int shape = 0; shape < DATE_SHAPES; shape++)
            if (strstr(guess->date_format, date_shape_format((enum date_shape)shape)))
                least = MIN(least, survey->lag[shape].beyond);
        if (least > 0)
            return FALSE;
    }
    if (!guess_has(guess, ROLE_BALANCE))
        return TRUE;
    for (int order = 0; order < BALANCE_ORDERS; order++)
        most = MAX(most, MAX(balance->holds[order][0][0], balance->holds[order][1][0]));
    return balance->steps >= 2 && most == balance->steps;
}

static gboolean not_a_statement(GError **error, const char *why)
{
    g_set_error_literal(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, why);
    return FALSE;
}

/* The place of the table and its columns, from the first records. */
static gboolean find_start(struct guess *guess, GPtrArray *first, guint *first_row, GError **error)
{
    g_autofree char *why = NULL;
    guint header;

    if (guess_header(guess, first, &header, &why)) {
        guess->has_header = TRUE;
        guess->preamble = header;
        guess->header_line = ((const struct record *)first->pdata[header])->line;
        *first_row = header + 1;
        return TRUE;
    }
    if (why) {
        guess->is_near = TRUE;
        return not_a_statement(error, why);
    }
    g_ptr_array_set_size(guess->names, 0);
    *first_row = 0;
    return guess_shape(guess, first) ||
           not_a_statement(error, "no record names a date and an amount, and not every record "
                                  "holds both in the same places");
}

static gboolean decide(struct guess *guess, GError **error)
{
    const struct survey *survey = guess->survey;

    if (survey->rows * 100 < (survey->records - survey->behind) * ROWS_PERCENT || survey->rows == 0)
        return not_a_statement(error, "fewer than 80 % of its records have a date and an amount");
    find_table(guess);
    find_columns(guess);
    find_footer(guess);
    guess_dates(guess);
    guess_zone(guess);
    guess_decimal(guess);
    guess_sign(guess);
    guess_currency(guess);
    return shape_holds(guess) ||
           not_a_statement(error,
                           "its rows do not tell which column is the date, which the amount");
}

static gboolean guess_encoded(struct guess *guess, const char *path, const char *encoding,
                              GError **error)
{
    g_autoptr(Source) source = source_open(path, encoding, error);
    g_autoptr(Reader) reader = source ? reader_new(source, 0, error) : NULL;
    g_autoptr(GPtrArray) first = g_ptr_array_new_with_free_func(record_copy_free);
    guint first_row = 0;

    if (!reader || !read_first(reader, first, error) ||
        !find_start(guess, first, &first_row, error))
        return FALSE;
    guess->encoding = g_strdup(source_encoding(source));
    guess->delimiter = reader_delimiter(reader);
    return survey_file(guess, reader, first, first_row, error) && decide(guess, error);
}

static gboolean is_utf8(const char *path)
{
    g_autoptr(Source) source = source_open(path, NULL, NULL);
    const char *text;
    gsize len = 1;

    while (source && len > 0)
        if (!source_read(source, &text, &len, NULL))
            return FALSE;
    return TRUE;
}

static struct guess *guess_under(const char *path, const struct import_options *options,
                                 const char *assumed, gboolean *is_near, GError **error)
{
    g_autoptr(Guess) guess = guess_new(options);

    guess->assumed = g_strdup(assumed);
    guess->words = guess_words_load(error);
    if (!guess->words ||
        !guess_encoded(guess, path, assumed ? assumed : options->encoding, error)) {
        *is_near = guess->is_near;
        return NULL;
    }
    return g_steal_pointer(&guess);
}

struct guess *guess_file(const char *path, const struct import_options *options, gboolean *is_near,
                         GError **error)
{
    gboolean assumes = !options->encoding && !is_utf8(path);
    struct guess *guess =
        assumes ? guess_under(path, options, ASSUMED_ENCODING, is_near, NULL) : NULL;

    return guess ? guess : guess_under(path, options, NULL, is_near, error);
}

/* Passes over what stands before a header, and the header. */
static gboolean skip_header(struct reader *reader, gint64 line, GError **error)
{
    GError *failure = NULL;
    const struct record *record;

    do
        record = next_record(reader, &failure);
    while (record && record->line < line);
    if (failure)
        g_propagate_error(error, failure);
    return failure == NULL;
}

struct guess *guess_file_of(const char *path, const char *encoding,
                            const struct import_options *options, const struct format *format,
                            const struct record *header, GError **error)
{
    g_autoptr(Guess) guess = guess_new(options);
    g_autoptr(Source) source = source_open(path, encoding, error);
    g_autoptr(Reader) reader = source ? reader_new(source, 0, error) : NULL;
    g_autoptr(GPtrArray) none = g_ptr_array_new();

    guess->words = reader ? guess_words_load(error) : NULL;
    if (!guess->words)
        return NULL;
    guess->encoding = g_strdup(source_encoding(source));
    guess->delimiter = reader_delimiter(reader);
    guess_take_header(guess, format, header);
    if ((guess->has_header && !skip_header(reader, header->line, error)) ||
        !survey_file(guess, reader, none, 0, error))
        return NULL;
    guess_decide_open(guess, format);
    return g_steal_pointer(&guess);
}

const GArray *guess_findings(const struct guess *guess)
{
    return guess->findings;
}

const char *guess_encoding(const struct guess *guess)
{
    return guess->assumed;
}

gboolean guess_is_open(const struct guess *guess)
{
    for (guint i = 0; i < guess->findings->len; i++)
        if (g_array_index(guess->findings, struct finding, i).grade == GRADE_OPEN)
            return TRUE;
    return FALSE;
}

void guess_refuse(const struct guess *guess, GError **error)
{
    g_autoptr(GString) open = g_string_new(NULL);
    g_autoptr(GString) options = g_string_new(NULL);

    for (guint i = 0; i < guess->findings->len; i++) {
        const struct finding *finding = &g_array_index(guess->findings, struct finding, i);

        if (finding->grade != GRADE_OPEN)
            continue;
        g_string_append_printf(open, "%s%s (%s)", open->len ? "; " : "", finding->what,
                               finding->evidence);
        if (finding->hint)
            g_string_append_printf(options, "%s%s", options->len ? ", " : "", finding->hint);
    }
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "reads like a card statement that no format knows, but it does not tell its %s\n"
                "hint: %s%s; `trueup formats FILE` shows what was found",
                open->str, options->len ? "state " : "a format of your own can say it",
                options->str);
}
