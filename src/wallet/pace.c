/* pace.c - goes on with each budget's spend at its mean of late, over 128 bits. */
#include "wallet/pace.h"
#include "core/instant.h"
#include "core/money.h"

#define MEAN_DAYS 28

/* The columns of wallet_budget_days. */
enum {
    FILE_ID,
    LINE,
    FROM_ON,
    UNTIL_ON,
    AMOUNT,
    SPENT,
    EXCEEDED_ON,
    AS_OF_ON,
    DAY,
    IS_PROVISIONAL,
    COST
};

/* A budget and its covered days so far. */
struct budget {
    int64_t file_id, line;
    int64_t amount_nanos, spent_nanos;
    int32_t from, until, as_of;
    gboolean has_end, is_covered, is_exceeded; /* is_covered: its organization, on any day */
    int64_t covered_count, complete_count, settled_nanos;
    int64_t newest[MEAN_DAYS]; /* costs of complete days, as a ring */
};

/* What follows from it. */
struct pace {
    gboolean has_mean, has_forecast, has_exceeds;
    int64_t day_count, even_nanos; /* with an end */
    int64_t mean_nanos, mean_count;
    int64_t forecast_nanos;
    int32_t exceeds;
    const char *state;
};

static gboolean day_read(int32_t *out, struct statement *row, int column, GError **error)
{
    const char *text = statement_text(row, column);

    return day_parse(out, text, strlen(text), error);
}

static gboolean budget_begin(struct budget *budget, struct statement *row, GError **error)
{
    *budget = (struct budget){
        .file_id = statement_int(row, FILE_ID),
        .line = statement_int(row, LINE),
        .amount_nanos = statement_int(row, AMOUNT),
        .spent_nanos = statement_int(row, SPENT),
        .has_end = !statement_is_null(row, UNTIL_ON),
        .is_covered = !statement_is_null(row, AS_OF_ON),
        .is_exceeded = !statement_is_null(row, EXCEEDED_ON),
    };
    return day_read(&budget->from, row, FROM_ON, error) &&
           (!budget->has_end || day_read(&budget->until, row, UNTIL_ON, error)) &&
           (!budget->is_covered || day_read(&budget->as_of, row, AS_OF_ON, error));
}

static gboolean budget_add_day(struct budget *budget, struct statement *row, GError **error)
{
    int64_t cost_nanos = statement_int(row, COST);

    if (statement_is_null(row, DAY))
        return TRUE;
    budget->covered_count++;
    if (statement_int(row, IS_PROVISIONAL))
        return TRUE;
    budget->newest[budget->complete_count % MEAN_DAYS] = cost_nanos;
    budget->complete_count++;
    return money_add(&budget->settled_nanos, cost_nanos, error);
}

static gboolean is_over(const struct budget *budget)
{
    return budget->has_end && budget->is_covered && budget->as_of >= budget->until;
}

/* The mean of late; days that gave back more than was spent promise no more of it. */
static void pace_mean(struct pace *pace, const struct budget *budget)
{
    int128 sum = 0;

    pace->mean_count = MIN(budget->complete_count, MEAN_DAYS);
    pace->has_mean = pace->mean_count > 0;
    if (!pace->has_mean)
        return;
    for (int64_t i = 0; i < pace->mean_count; i++)
        sum += budget->newest[i];
    if (sum > 0)
        pace->mean_nanos = (int64_t)((sum + pace->mean_count / 2) / pace->mean_count);
}

/* Left out beyond int64, as an amount that nobody spends. */
static void pace_forecast(struct pace *pace, const struct budget *budget)
{
    int128 left = (int128)budget->until - MAX(budget->as_of, budget->from - 1);
    int128 forecast = budget->spent_nanos + left * pace->mean_nanos;

    pace->has_forecast = budget->has_end && forecast <= INT64_MAX;
    if (pace->has_forecast)
        pace->forecast_nanos = (int64_t)forecast;
}

/* The first day after the last covered one at whose end the budget is exceeded. */
static void pace_exceeds(struct pace *pace, const struct budget *budget)
{
    int32_t last = budget->has_end ? budget->until : day_from_civil(2199, 12, 31);
    int128 room = (int128)budget->amount_nanos - budget->spent_nanos;

    if (budget->is_exceeded || pace->mean_nanos == 0)
        return;
    room = room / pace->mean_nanos + 1; /* in days; it is not below zero, or it were exceeded */
    pace->has_exceeds = budget->as_of + room <= last;
    if (pace->has_exceeds)
        pace->exceeds = budget->as_of + (int32_t)room;
}

static const char *state_of(const struct budget *budget, const struct pace *pace)
{
    if (budget->covered_count == 0)
        return budget->is_covered && budget->as_of < budget->from ? "not begun" : "no cost data";
    if (budget->is_exceeded)
        return "exceeded";
    if (is_over(budget))
        return budget->complete_count == pace->day_count ? "kept" : "over";
    return pace->has_exceeds ? "will exceed" : "running";
}

static gboolean pace_make(struct pace *pace, const struct budget *budget, GError **error)
{
    *pace = (struct pace){0};
    if (budget->has_end) {
        pace->day_count = (int64_t)budget->until - budget->from + 1;
        if (!money_scale(&pace->even_nanos, budget->amount_nanos, budget->complete_count,
                         pace->day_count, error))
            return FALSE;
    }
    pace_mean(pace, budget);
    if (pace->has_mean && !is_over(budget)) {
        pace_forecast(pace, budget);
        pace_exceeds(pace, budget);
    }
    pace->state = state_of(budget, pace);
    return TRUE;
}

static void bind_int_if(struct statement *statement, const char *name, gboolean is_known,
                        int64_t value)
{
    if (is_known)
        statement_bind_int(statement, name, value);
    else
        statement_bind_null(statement, name);
}

static void bind_day_if(struct statement *statement, const char *name, gboolean is_known,
                        int32_t day)
{
    char text[11];

    if (is_known) {
        day_format(day, text);
        statement_bind_text(statement, name, text);
    } else {
        statement_bind_null(statement, name);
    }
}

static gboolean budget_end(struct db *db, const struct budget *budget, GError **error)
{
    struct statement *insert = statement_get(db, "wallet_pace_insert", error);
    struct pace pace;

    if (!insert || !pace_make(&pace, budget, error))
        return FALSE;
    statement_bind_int(insert, "file_id", budget->file_id);
    statement_bind_int(insert, "line", budget->line);
    bind_day_if(insert, "as_of_on", budget->is_covered, budget->as_of);
    statement_bind_int(insert, "covered_day_count", budget->covered_count);
    statement_bind_int(insert, "complete_day_count", budget->complete_count);
    bind_int_if(insert, "day_count", budget->has_end, pace.day_count);
    statement_bind_int(insert, "settled_nanos", budget->settled_nanos);
    bind_int_if(insert, "even_nanos", budget->has_end, pace.even_nanos);
    bind_int_if(insert, "mean_daily_nanos", pace.has_mean, pace.mean_nanos);
    statement_bind_int(insert, "mean_day_count", pace.mean_count);
    bind_int_if(insert, "forecast_nanos", pace.has_forecast, pace.forecast_nanos);
    bind_day_if(insert, "exceeds_on", pace.has_exceeds, pace.exceeds);
    statement_bind_text(insert, "state", pace.state);
    return statement_execute(insert, error);
}

/* Rows of a budget stand together. */
static gboolean row_take(struct db *db, struct budget *budget, struct statement *row,
                         GError **error)
{
    gboolean is_next =
        budget->file_id != statement_int(row, FILE_ID) || budget->line != statement_int(row, LINE);

    if (is_next && budget->file_id != 0 && !budget_end(db, budget, error))
        return FALSE;
    return (!is_next || budget_begin(budget, row, error)) && budget_add_day(budget, row, error);
}

gboolean pace_read(struct db *db, GError **error)
{
    struct statement *rows = statement_get(db, "wallet_budget_days", error);
    struct budget budget = {0}; /* no file has the id 0 */
    enum row_status status = FAILED;

    while (rows && (status = statement_step(rows, error)) == ROW)
        if (!row_take(db, &budget, rows, error)) {
            statement_reset(rows);
            return FALSE;
        }
    return status == END && (budget.file_id == 0 || budget_end(db, &budget, error));
}
