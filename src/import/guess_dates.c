/*
 * guess_dates.c - in which order the dates of a statement are written, and in which zone.
 *
 * An order is proved when it is the only one under which every date of the file exists. Where
 * several remain, rows in order of time, or postings that follow their transactions by days,
 * suggest one: either must leave no exception under it and at least three under each other order.
 * Whatever else is ambiguous.
 */
#include "import/guess_internal.h"

#define ORDER_CHANGES  6 /* days that must differ from the row before */
#define EXCEPTIONS     3 /* that every other order must have */
#define NUMERIC_SHAPES ((1U << SHAPE_DMY) | (1U << SHAPE_MDY) | (1U << SHAPE_YMD))

/* The shapes under which every date of a column exists. */
static unsigned fitting_shapes(const struct column_survey *column)
{
    unsigned fitting = 0;

    for (int shape = 0; shape < DATE_SHAPES; shape++)
        if (column->dates > 0 && column->fits[shape] == column->dates)
            fitting |= 1U << shape;
    return fitting;
}

static enum date_shape first_shape(unsigned shapes)
{
    int shape = 0;

    while (!((shapes >> shape) & 1U))
        shape++;
    return (enum date_shape)shape;
}

static gboolean is_one(unsigned shapes)
{
    return shapes && !(shapes & (shapes - 1));
}

static gboolean is_in_order(const struct order_track *track)
{
    return track->rises + track->falls >= ORDER_CHANGES && MIN(track->rises, track->falls) == 0;
}

static gboolean is_out_of_order(const struct order_track *track)
{
    return MIN(track->rises, track->falls) >= EXCEPTIONS;
}

/* The one shape of `shapes` that the order of rows suggests, else 0. */
static unsigned suggest_by_rows(const struct survey *survey, unsigned shapes)
{
    unsigned ordered = 0, broken = 0;

    for (int shape = 0; shape < DATE_SHAPES; shape++) {
        if (!((shapes >> shape) & 1U))
            continue;
        ordered |= is_in_order(&survey->order[shape]) ? 1U << shape : 0;
        broken |= is_out_of_order(&survey->order[shape]) ? 1U << shape : 0;
    }
    return is_one(ordered) && (ordered | broken) == shapes ? ordered : 0;
}

/* The one shape that the days from transaction to posting suggest, else 0. */
static unsigned suggest_by_lag(const struct survey *survey, unsigned shapes)
{
    unsigned close = 0, far = 0;

    for (int shape = 0; shape < DATE_SHAPES; shape++) {
        const struct lag_track *lag = &survey->lag[shape];

        if (!((shapes >> shape) & 1U))
            continue;
        close |= lag->beyond == 0 && lag->later >= EXCEPTIONS ? 1U << shape : 0;
        far |= lag->beyond >= EXCEPTIONS ? 1U << shape : 0;
    }
    return is_one(close) && (close | far) == shapes ? close : 0;
}

/* Several orders fit every date: what suggests one of them. */
static unsigned settle(struct guess *guess, unsigned shapes, char **evidence)
{
    const struct survey *survey = guess->survey;
    unsigned rows = suggest_by_rows(survey, shapes);
    unsigned lag = suggest_by_lag(survey, shapes);
    unsigned best = rows ? rows : lag;

    if (!best || (rows && lag && rows != lag) || survey->lag[first_shape(best)].beyond > 0)
        return 0;
    const struct order_track *order = &survey->order[first_shape(best)];
    *evidence =
        rows ? g_strdup_printf("%" G_GINT64_FORMAT
                               " changes of day are all in one direction, and in "
                               "no other order",
                               order->rises + order->falls)
             : g_strdup_printf("%" G_GINT64_FORMAT
                               " rows are posted 1 to 10 days later and none before, and in no "
                               "other order",
                               survey->lag[first_shape(best)].later);
    return best;
}

static unsigned stated_shape(const struct guess *guess)
{
    const char *stated = guess->options->date_order;

    for (int shape = SHAPE_DMY; stated && shape <= SHAPE_YMD; shape++)
        if (strcmp(stated, date_shape_format((enum date_shape)shape)) == 0)
            return 1U << shape;
    return 0;
}

/* How many of a column's dates exist under no other order of digits. */
static gint64 count_proofs(const struct column_survey *column, unsigned shape)
{
    gint64 most = 0;

    for (int other = SHAPE_DMY; other <= SHAPE_YMD; other++)
        if (shape != 1U << other)
            most = MAX(most, column->fits[other]);
    return column->dates - most;
}

/* The order of columns whose dates are digits, of which `shapes` fit. */
static unsigned decide_order(struct guess *guess, unsigned shapes, gint64 dates, gint64 proofs)
{
    unsigned stated = stated_shape(guess);
    char *evidence = NULL;
    unsigned best = stated;

    if (stated) {
        guess_find(guess, "date order", GRADE_STATED,
                   g_strdup(date_shape_format(first_shape(stated))), g_strdup("--date-order"));
    } else if (is_one(shapes)) {
        best = shapes;
        guess_find(guess, "date order", GRADE_PROVED,
                   g_strdup(date_shape_format(first_shape(best))),
                   g_strdup_printf("%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                                   " dates exist in no other order",
                                   proofs, dates));
    } else if (shapes && (best = settle(guess, shapes, &evidence))) {
        guess_find(guess, "date order", GRADE_SUGGESTED,
                   g_strdup(date_shape_format(first_shape(best))), evidence);
    } else {
        guess_leave_open(
            guess, "date order", "--date-order dmy|mdy|ymd",
            g_strdup_printf(shapes ? "dates that more than one order fits: %" G_GINT64_FORMAT
                                   : "no one order fits all %" G_GINT64_FORMAT " dates",
                            dates));
    }
    return best;
}

static void add_format(GString *formats, enum date_shape shape)
{
    const char *text = date_shape_format(shape);
    g_auto(GStrv) have = g_strsplit(formats->str, " | ", -1);

    if (!g_strv_contains((const char *const *)have, text))
        g_string_append_printf(formats, "%s%s", formats->len ? " | " : "", text);
}

void guess_dates(struct guess *guess)
{
    static const enum role roles[] = {ROLE_DATE, ROLE_POSTED};
    g_autoptr(GString) formats = g_string_new(NULL);
    unsigned shapes = NUMERIC_SHAPES;
    gint64 dates = 0, proofs = 0, worded = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++) {
        const struct column_survey *column = guess_column(guess, roles[i]);
        unsigned fitting = column && column->dates > 0 ? fitting_shapes(column) : 0;

        if (!column || column->dates == 0)
            continue;
        if (fitting & ~NUMERIC_SHAPES) {
            add_format(formats, first_shape(fitting & ~NUMERIC_SHAPES));
            worded += column->dates;
            continue;
        }
        shapes &= fitting;
        dates += column->dates;
        if (is_one(fitting))
            proofs += count_proofs(column, fitting);
    }
    if (worded > 0)
        guess_find(
            guess, "dates", GRADE_PROVED, g_strdup(formats->str),
            g_strdup_printf("%" G_GINT64_FORMAT " dates tell their order by themselves", worded));
    unsigned order = dates > 0 ? decide_order(guess, shapes, dates, proofs) : 0;
    if (order)
        add_format(formats, first_shape(order));
    guess->date_format = g_string_free(g_steal_pointer(&formats), FALSE);
}

/* A zone in brackets behind the name of a date, where the system knows it. */
static const char *suffix_zone(const struct guess *guess, enum role role)
{
    int column = guess->roles.column[role];

    if (column == NO_COLUMN || !guess->has_header)
        return NULL;
    const char *suffix = g_array_index(guess->parsed, struct column_name, column).suffix;
    return *suffix && zone_find(suffix, NULL) ? suffix : NULL;
}

static gboolean all_zones(const struct column_survey *column)
{
    GHashTableIter iter;
    gpointer word;

    if (!column || !column->words || column->filled == 0)
        return FALSE;
    g_hash_table_iter_init(&iter, column->words);
    while (g_hash_table_iter_next(&iter, &word, NULL)) {
        g_autofree char *upper = g_ascii_strup(word, -1);
        if (!zone_find(word, NULL) && !zone_find(upper, NULL))
            return FALSE;
    }
    return TRUE;
}

void guess_zone(struct guess *guess)
{
    const char *of_date = suffix_zone(guess, ROLE_DATE);
    const char *of_posted = suffix_zone(guess, ROLE_POSTED);
    const char *named = of_date ? of_date : of_posted;
    const struct column_survey *lead =
        guess_column(guess, guess_has(guess, ROLE_DATE) ? ROLE_DATE : ROLE_POSTED);

    if (guess->options->zone) {
        guess->zone = g_strdup(guess->options->zone);
        guess_find(guess, "zone", GRADE_STATED, g_strdup(guess->zone), g_strdup("--tz"));
    } else if (guess_has(guess, ROLE_ZONE) && all_zones(guess_column(guess, ROLE_ZONE))) {
        g_autofree char *column = guess_column_text(guess, guess->roles.column[ROLE_ZONE]);
        guess->zone = g_strdup_printf("column: %s", column);
        guess_find(guess, "zone", GRADE_PROVED, g_strdup(guess->zone),
                   g_strdup("every row names it"));
    } else if (named && !(of_date && of_posted && strcmp(of_date, of_posted) != 0)) {
        guess->zone = g_strdup(named);
        guess_find(guess, "zone", GRADE_PROVED, g_strdup(named),
                   g_strdup("the header says it behind the name of a date"));
    } else if (lead && lead->dates > 0 && lead->with_offset == lead->dates) {
        guess_find(guess, "zone", GRADE_PROVED, g_strdup("by row"),
                   g_strdup("every date carries its offset"));
    } else {
        guess_find(guess, "zone", GRADE_ASSUMED, g_strdup("unknown"),
                   g_strdup("nothing names it: every date is widened by 14 hours on either side; "
                            "--tz states it"));
    }
}
