/*
 * guess_amounts.c - the decimal mark of a statement's amounts, and their currency.
 *
 * The mark is decided over all columns of amounts together: one that holds both marks, or digits
 * behind its only one that no group of thousands has, proves it. "1,234" alone proves nothing.
 */
#include "import/guess_internal.h"

static const enum role amount_roles[] = {ROLE_AMOUNT,  ROLE_DEBIT, ROLE_CREDIT,
                                         ROLE_BALANCE, ROLE_FEE,   ROLE_ORIGINAL_AMOUNT};

/* What the columns of amounts say together. */
struct marks {
    gint64 amounts, two_faced, fits[MARKS], proves[MARKS];
    unsigned groups[MARKS];
};

static struct marks count_marks(const struct guess *guess)
{
    struct marks marks = {0};

    for (gsize i = 0; i < G_N_ELEMENTS(amount_roles); i++) {
        const struct column_survey *column = guess_column(guess, amount_roles[i]);

        if (!column)
            continue;
        marks.amounts += column->amounts;
        marks.two_faced += column->two_faced;
        for (int mark = 0; mark < MARKS; mark++) {
            marks.fits[mark] += column->fits_mark[mark];
            marks.proves[mark] += column->proves_mark[mark];
            marks.groups[mark] |= column->groups[mark];
        }
    }
    return marks;
}

static void take_mark(struct guess *guess, int mark, const struct marks *marks)
{
    g_autoptr(GString) groups = g_string_new(mark == MARK_POINT ? "," : ".");

    guess->decimal = g_strdup(mark == MARK_POINT ? "." : ",");
    if (marks->groups[mark] & GROUP_SPACE)
        g_string_append(groups, " | space");
    if (marks->groups[mark] & GROUP_APOSTROPHE)
        g_string_append(groups, " | '");
    guess->thousands = g_string_free(g_steal_pointer(&groups), FALSE);
}

void guess_decimal(struct guess *guess)
{
    struct marks marks = count_marks(guess);
    const char *stated = guess->options->decimal_mark;

    if (stated) {
        take_mark(guess, *stated == '.' ? MARK_POINT : MARK_COMMA, &marks);
        guess_find(guess, "decimal mark", GRADE_STATED, g_strdup(stated), g_strdup("--decimal"));
        return;
    }
    for (int mark = 0; mark < MARKS; mark++) {
        if (marks.proves[mark] == 0 || marks.proves[!mark] > 0)
            continue;
        take_mark(guess, mark, &marks);
        guess_find(guess, "decimal mark", GRADE_PROVED, g_strdup(guess->decimal),
                   g_strdup_printf("%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                                   " amounts can be read no other way",
                                   marks.proves[mark], marks.amounts));
        return;
    }
    if (marks.proves[MARK_POINT] == 0 && marks.two_faced == 0) {
        guess->decimal = g_strdup("auto"); /* whatever the next file has */
        guess_find(
            guess, "decimal mark", GRADE_PROVED, g_strdup("either"),
            g_strdup_printf("all %" G_GINT64_FORMAT " amounts are whole numbers", marks.amounts));
        return;
    }
    guess_leave_open(guess, "decimal mark", "--decimal .|,",
                     marks.proves[MARK_POINT] > 0
                         ? g_strdup_printf("%" G_GINT64_FORMAT
                                           " amounts can only be read with '.', %" G_GINT64_FORMAT
                                           " only with ','",
                                           marks.proves[MARK_POINT], marks.proves[MARK_COMMA])
                         : g_strdup_printf("%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                                           " amounts are like 1,234: thousands or decimals",
                                           marks.two_faced, marks.amounts));
}

/* The code that a symbol or code stands for beyond doubt; NULL for "$", "¥" and what is none. */
static const char *code_of(const struct guess *guess, const char *unit)
{
    if (strcmp(unit, "\xE2\x82\xAC") == 0)
        return "EUR";
    if (strcmp(unit, "\xC2\xA3") == 0)
        return "GBP";
    g_autofree char *word = guess_word(unit);
    return strlen(unit) == 3 && guess_words_is_currency(guess->words, word) ? unit : NULL;
}

static const char *suffix_of(const struct guess *guess, enum role role)
{
    int column = guess->roles.column[role];

    if (column == NO_COLUMN || !guess->has_header)
        return NULL;
    return g_array_index(guess->parsed, struct column_name, column).suffix;
}

/* The currency behind the names of the columns of amounts; NULL when they tell none. */
static const char *currency_in_header(const struct guess *guess)
{
    const char *suffix = suffix_of(guess, ROLE_AMOUNT);

    if (!suffix) {
        const char *credit = suffix_of(guess, ROLE_CREDIT);

        suffix = suffix_of(guess, ROLE_DEBIT);
        if (!suffix || !credit || strcmp(suffix, credit) != 0)
            return NULL;
    }
    return *suffix ? code_of(guess, suffix) : NULL;
}

/* The currency that stands beside every amount; NULL when one has another or none. */
static const char *currency_in_amounts(const struct guess *guess, gint64 *count)
{
    static const enum role roles[] = {ROLE_AMOUNT, ROLE_DEBIT, ROLE_CREDIT};
    const char *unit = NULL;

    *count = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++) {
        const struct column_survey *column = guess_column(guess, roles[i]);

        if (!column || column->amounts == 0)
            continue;
        if (column->units_differ || column->with_unit < column->amounts ||
            (unit && strcmp(unit, column->unit) != 0))
            return NULL;
        unit = column->unit;
        *count += column->amounts;
    }
    return unit ? code_of(guess, unit) : NULL;
}

void guess_currency(struct guess *guess)
{
    const struct column_survey *column = guess_column(guess, ROLE_CURRENCY);
    const char *stated = guess->options->currency;
    const char *in_header = currency_in_header(guess);
    gint64 count;
    const char *in_amounts = currency_in_amounts(guess, &count);

    if (stated) {
        guess->currency = g_strdup_printf("const: %s", stated);
        guess_find(guess, "currency", GRADE_STATED, g_strdup(stated), g_strdup("--currency"));
    } else if (column && column->codes == guess->survey->rows) {
        guess->currency = guess_column_text(guess, guess->roles.column[ROLE_CURRENCY]);
        guess_find(guess, "currency", GRADE_PROVED, g_strdup("by row"),
                   guess_column_shown(guess, guess->roles.column[ROLE_CURRENCY]));
    } else if (in_header) {
        guess->currency = g_strdup_printf("const: %s", in_header);
        guess_find(guess, "currency", GRADE_PROVED, g_strdup(in_header),
                   g_strdup("the header says it behind the name of the amount"));
    } else if (in_amounts) {
        guess->currency = g_strdup_printf("const: %s", in_amounts);
        guess_find(guess, "currency", GRADE_PROVED, g_strdup(in_amounts),
                   g_strdup_printf("stands beside all %" G_GINT64_FORMAT " amounts", count));
    } else {
        guess_leave_open(guess, "currency", "--currency CODE",
                         g_strdup(column ? "its column is empty in some rows"
                                         : "no column, no name and not every amount tells it"));
    }
}
