/* cmd_runaway.c - trueup runaway: reports on runaway projects, and an exit code for cron. */
#include "cli/giving.h"
#include "core/error.h"
#include "core/instant.h"
#include "core/money.h"

#define DAYS_MOST 36600

/* "1d": so many days back from the day after the last covered one, never from today. */
static gboolean resolve_days(struct db *db, int64_t days, char out[11], GError **error)
{
    struct statement *row = statement_get(db, "report_last_day", error);
    int32_t last;
    gboolean ok;

    if (!row || statement_step(row, error) != ROW)
        return FALSE;
    ok = day_parse(&last, statement_text(row, 0), statement_text_len(row, 0), error);
    statement_reset(row);
    if (ok)
        day_format((int32_t)MAX(0, last + 1 - days), out);
    return ok;
}

/* A day, or a number of days and "d"; the first of days when not stated. */
static gboolean resolve_since(struct db *db, const char *since, char out[11], GError **error)
{
    gsize len = since ? strlen(since) : 0;
    int64_t days;
    int32_t day;

    if (!since) {
        day_format(0, out);
        return TRUE;
    }
    if (len > 1 && since[len - 1] == 'd' && decimal_parse(&days, since, len - 1, 0, NULL) &&
        days > 0 && days <= DAYS_MOST)
        return resolve_days(db, days, out, error);
    if (!day_parse(&day, since, len, NULL)) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "runaway: --since \"%s\" is neither a day nor a number of days\n"
                    "hint: --since 2026-10-31, or --since 1d",
                    since);
        return FALSE;
    }
    day_format(day, out);
    return TRUE;
}

static gboolean count_new(struct db *db, const char *organization, const char *from, int64_t *out,
                          GError **error)
{
    struct statement *row = statement_get(db, "runaway_new_count", error);

    if (!row)
        return FALSE;
    statement_bind_text(row, "org", organization);
    statement_bind_text(row, "from", from);
    if (statement_step(row, error) != ROW)
        return FALSE;
    *out = statement_int(row, 0);
    statement_reset(row);
    return TRUE;
}

static gboolean render(struct db *db, const char *name, const struct report_options *options,
                       const char *format, GError **error)
{
    const struct output output = {0};
    g_autoptr(ReportCatalog) catalog = report_catalog_load(error);
    const char *chosen = catalog ? output_format(&output, format, "csv", error) : NULL;
    int64_t blocked = 0;

    return chosen && give_report(db, catalog, name, chosen, options, &output, &blocked, error);
}

static gboolean check_alone(gboolean backtest, const char *since, GError **error)
{
    if (!backtest || !since)
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                "runaway: --backtest tells of all days, and takes no --since");
    return FALSE;
}

int cmd_runaway(struct cli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *organization = NULL, *since = NULL, *format = NULL;
    gboolean backtest = FALSE;
    const GOptionEntry entries[] = {
        {"org", 0, 0, COMMAND_TEXT, &organization, "Only this organization", "ID"},
        {"since", 0, 0, COMMAND_TEXT, &since,
         "Only what is open, or was raised or ended since: 1d, or a day", "DAYS"},
        {"format", 'f', 0, COMMAND_TEXT, &format,
         "table (default on a terminal), csv (default in a pipe) or json", "FORMAT"},
        {"backtest", 0, 0, G_OPTION_ARG_NONE, &backtest,
         "What each rule would have raised, month by month", NULL},
        {0},
    };
    struct report_options options = {0};
    int64_t count = 0;
    char from[11];

    if (!command_parse(cli, entries, 0, 0, &argc, &argv, error) ||
        !check_alone(backtest, since, error) || !command_open(cli, error) ||
        !resolve_since(cli->db, since, from, error))
        return 0;
    options.organization_id = organization;
    if (backtest)
        options.by = "month";
    else
        options.from = from;
    if (!render(cli->db, backtest ? "runaway" : "runaway-new", &options, format, error) ||
        (!backtest && !count_new(cli->db, organization, from, &count, error)))
        return 0;
    return count > 0;
}
