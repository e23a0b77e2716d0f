/* parameters.c - checking and binding a report's options, and the footer. */
#include "report/parameters.h"
#include "core/error.h"
#include "core/instant.h"
#include "core/money.h"
#include "core/text.h"

#define FIRST_DAY "1970-01-01"
#define LAST_DAY  "9999-12-31"

/* What a select may take, and the option that it comes from. */
static const struct {
    const char *parameter, *option;
} known[] = {
    {"org", "org"},     {"project", "project"},    {"from", "from"},     {"until", "until"},
    {"as_of", "as-of"}, {"as_of_number", "as-of"}, {"policy", "policy"}, {"card", "card"},
};

gboolean parameters_known(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(known); i++)
        if (strcmp(known[i].option, name) == 0)
            return TRUE;
    return FALSE;
}

gboolean parameters_take(const GPtrArray *declared, const char *parameter)
{
    for (guint i = 0; i < declared->len; i++)
        if (strcmp(g_ptr_array_index(declared, i), parameter) == 0)
            return TRUE;
    return FALSE;
}

static gboolean takes(const struct report *report, const char *parameter)
{
    return parameters_take(report->parameters, parameter);
}

/* An option that the report does not declare would be ignored in silence: it is refused. */
static gboolean check_taken(const char *name, const GPtrArray *declared, const char *parameter,
                            const char *option, const char *value, GError **error)
{
    g_autoptr(GString) taken = g_string_new(NULL);

    if (!value || parameters_take(declared, parameter))
        return TRUE;
    for (guint i = 0; i < declared->len; i++)
        g_string_append_printf(taken, "%s--%s", i > 0 ? ", " : "it takes ",
                               (const char *)declared->pdata[i]);
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, "report %s takes no --%s\nhint: %s", name,
                option, taken->len ? taken->str : "leave it out");
    return FALSE;
}

static gboolean check_day(const char *option, const char *value, GError **error)
{
    g_autoptr(GError) why = NULL;
    int32_t day;

    if (!value || day_parse(&day, value, strlen(value), &why))
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, "--%s \"%s\": %s", option, value,
                why->message);
    return FALSE;
}

/* An id that no file names gives an empty report, which reads like "nothing was spent". */
static gboolean check_known(struct db *db, const char *name, const char *what, const char *where,
                            const char *id, GError **error)
{
    struct statement *statement;
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    enum row_status status;
    const char *nearest;

    if (!id)
        return TRUE;
    statement = statement_get(db, name, error);
    if (!statement)
        return FALSE;
    while ((status = statement_step(statement, error)) == ROW)
        g_ptr_array_add(ids, g_strdup(statement_text(statement, 0)));
    statement_reset(statement);
    if (status == FAILED)
        return FALSE;
    if (g_ptr_array_find_with_equal_func(ids, id, g_str_equal, NULL))
        return TRUE;
    g_ptr_array_add(ids, NULL);
    nearest = text_nearest(id, (const char *const *)ids->pdata);
    g_autofree char *hint =
        nearest ? g_strdup_printf("did you mean \"%s\"?", nearest) : g_strdup(where);
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE, "no file names the %s \"%s\"\nhint: %s",
                what, id, hint);
    return FALSE;
}

/* Days are compared as text: both are YYYY-MM-DD by now. */
static gboolean check_range(const struct report_options *options, GError **error)
{
    if (!options->from || !options->until || strcmp(options->from, options->until) < 0)
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                "no day is from %s on and before %s\nhint: --until is the first day left out",
                options->from, options->until);
    return FALSE;
}

/* A month in the place of a day is its first one. */
static gboolean read_first_day(const char *option, const char **value, char day[11], GError **error)
{
    int32_t first, until;

    if (!*value || strlen(*value) != strlen("2026-10") || !g_ascii_isdigit(**value))
        return TRUE;
    if (!month_days(&first, &until, *value, error)) {
        g_prefix_error(error, "--%s: ", option);
        return FALSE;
    }
    day_format(first, day);
    *value = day;
    return TRUE;
}

gboolean report_read_month(struct report_options *options, struct report_month *days,
                           GError **error)
{
    int32_t first, until;

    if (!options->month)
        return read_first_day("from", &options->from, days->from, error) &&
               read_first_day("until", &options->until, days->until, error);
    if (options->from || options->until) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "--month \"%s\" and --%s \"%s\" do not go together\n"
                    "hint: --month alone is all days of it",
                    options->month, options->from ? "from" : "until",
                    options->from ? options->from : options->until);
        return FALSE;
    }
    if (!month_days(&first, &until, options->month, error)) {
        g_prefix_error(error, "--month: ");
        return FALSE;
    }
    day_format(first, days->from);
    day_format(until, days->until);
    options->from = days->from;
    options->until = days->until;
    return TRUE;
}

gboolean parameters_check(struct db *db, const char *name, const GPtrArray *declared,
                          const struct report_options *options, GError **error)
{
    const struct {
        const char *parameter, *option, *value;
    } stated[] = {
        {"org", "org", options->organization_id},
        {"project", "project", options->project_id},
        {"from", options->month ? "month" : "from", options->from},
        {"until", options->month ? "month" : "until", options->until},
        {"as-of", "as-of", options->as_of},
        {"policy", "policy", options->policy},
        {"card", "card", options->card},
    };

    for (guint i = 0; i < G_N_ELEMENTS(stated); i++)
        if (!check_taken(name, declared, stated[i].parameter, stated[i].option, stated[i].value,
                         error))
            return FALSE;
    if (!check_day("from", options->from, error) || !check_day("until", options->until, error) ||
        !check_day("as-of", options->as_of, error) || !check_range(options, error))
        return FALSE;
    if (options->policy && strcmp(options->policy, "free-first") != 0 &&
        strcmp(options->policy, "expiry-first") != 0) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "there is no policy \"%s\"\nhint: free-first, expiry-first", options->policy);
        return FALSE;
    }
    return check_known(db, "report_organizations", "organization",
                       "`trueup status` lists the organizations by name and id",
                       options->organization_id, error) &&
           check_known(db, "report_projects", "project",
                       "`trueup report spend` lists the projects by name and id",
                       options->project_id, error) &&
           check_known(
               db, "report_cards", "card",
               "`trueup report charges --format csv` has the accounts, and last four digits "
               "are a card's",
               options->card, error);
}

char *parameters_describe(const struct report_options *options)
{
    const struct {
        const char *words, *value;
    } said[] = {
        {"", options->organization_id},
        {"project ", options->project_id},
        {"", options->month},
        {"from ", options->month ? NULL : options->from},
        {"until ", options->month ? NULL : options->until},
        {"as of ", options->as_of},
        {"policy ", options->policy},
        {"card ", options->card},
    };
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < G_N_ELEMENTS(said); i++)
        if (said[i].value)
            g_string_append_printf(text, "%s%s%s", text->len ? ", " : "", said[i].words,
                                   said[i].value);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void bind_text(struct statement *statement, const char *parameter, const char *value)
{
    if (statement_has_parameter(statement, parameter))
        statement_bind_text(statement, parameter, value);
}

/* The stated day, else the day after the last one that anything is known of; never today. */
static gboolean settle_as_of(struct db *db, const struct report_options *options, int32_t *out,
                             GError **error)
{
    struct statement *statement;
    const char *last;
    gboolean ok;

    if (options->as_of)
        return day_parse(out, options->as_of, strlen(options->as_of), error);
    statement = statement_get(db, "report_last_day", error);
    if (!statement || statement_step(statement, error) != ROW)
        return FALSE;
    last = statement_text(statement, 0);
    ok = day_parse(out, last, strlen(last), error);
    *out += 1;
    statement_reset(statement);
    return ok;
}

static void append_provisional(GString *footer, struct statement *statement)
{
    int64_t count = statement_int(statement, 0);
    g_autofree char *days = text_count(count, "day");

    if (count > 0)
        g_string_append_printf(footer, "provisional: %s from %s on may still change\n", days,
                               statement_text(statement, 1));
    else
        g_string_append(footer, "provisional: no days\n");
}

/* "policies: where they differ, 4.00 USD expired under free-first, 2.00 under expiry-first (…)" */
static gboolean append_policies(struct db *db, const struct report_options *options,
                                GString *footer, GError **error)
{
    struct statement *row = statement_get(db, "report_policies", error);
    enum row_status status = FAILED;

    if (!row)
        return FALSE;
    statement_bind_text(row, "org", options->organization_id);
    while ((status = statement_step(row, error)) == ROW) {
        g_autofree char *free_first = money_format_cents(statement_int(row, 2));
        g_autofree char *expiry_first = money_format_cents(statement_int(row, 3));

        g_string_append_printf(
            footer,
            "policies: where they differ, %s %s %s under free-first, %s under "
            "expiry-first (`trueup report burn-policies`)\n",
            free_first, statement_text(row, 0),
            strcmp(statement_text(row, 1), "expired") == 0 ? "expired" : "will expire unused",
            expiry_first);
    }
    statement_reset(row);
    return status == END;
}

static gboolean append_footer(struct db *db, const struct report *report,
                              const struct report_options *options, const char *policy,
                              const char *as_of, GString *footer, GError **error)
{
    struct statement *statement = statement_get(db, "report_footer", error);
    int64_t rejects;

    if (!statement)
        return FALSE;
    statement_bind_text(statement, "org", options->organization_id);
    statement_bind_text(statement, "from", options->from ? options->from : FIRST_DAY);
    statement_bind_text(statement, "until", options->until ? options->until : LAST_DAY);
    if (statement_step(statement, error) != ROW)
        return FALSE;
    if (!statement_is_null(statement, 5))
        g_string_append_printf(footer, "sign-off suspended: %s (RESTATED_AFTER_CLOSE)\n",
                               statement_text(statement, 5));
    if (takes(report, "policy"))
        g_string_append_printf(footer, "policy: %s\n", policy);
    if (takes(report, "policy") && !statement_is_null(statement, 3))
        g_string_append_printf(footer, "opening: assumed zero for %s\n",
                               statement_text(statement, 3));
    if (takes(report, "policy") && !append_policies(db, options, footer, error))
        return FALSE;
    if (takes(report, "as-of"))
        g_string_append_printf(footer, "as of: %s\n", as_of);
    append_provisional(footer, statement);
    rejects = statement_int(statement, 2);
    if (rejects > 0) {
        g_autofree char *records = text_count(rejects, "record");
        g_autofree char *files = text_count(statement_int(statement, 4), "file");

        g_string_append_printf(footer, "rejects: %s of %s not in the ledger (`trueup rejects`)\n",
                               records, files);
    } else {
        g_string_append(footer, "rejects: none\n");
    }
    statement_reset(statement);
    return TRUE;
}

static const char *option_of(const char *parameter)
{
    for (guint i = 0; i < G_N_ELEMENTS(known); i++)
        if (strcmp(known[i].parameter, parameter) == 0)
            return known[i].option;
    return NULL;
}

/* An option that is declared but not used would be ignored in silence; one used but not declared
 * could never be stated. */
static gboolean check_declared(const struct report *report, struct statement *statement,
                               GError **error)
{
    g_autoptr(GPtrArray) used = g_ptr_array_new();
    const char *parameter;

    for (int i = 0; (parameter = statement_parameter_name(statement, i)); i++) {
        const char *option = option_of(parameter);

        if (!option || !takes(report, option)) {
            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                        "%s: its select takes :%s, which it does not declare as a param",
                        report->asset, parameter);
            return FALSE;
        }
        g_ptr_array_add(used, (gpointer)(guintptr)option);
    }
    for (guint i = 0; i < report->parameters->len; i++) {
        const char *option = g_ptr_array_index(report->parameters, i);

        if (g_ptr_array_find_with_equal_func(used, option, g_str_equal, NULL))
            continue;
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                    "%s: declares the param %s, which its select does not take", report->asset,
                    option);
        return FALSE;
    }
    return TRUE;
}

gboolean parameters_bind(struct db *db, const struct report *report, struct statement *statement,
                         const struct report_options *options, GString *footer, GError **error)
{
    const char *policy = options->policy ? options->policy : "free-first";
    int32_t as_of = 0;
    char day[11];

    if (!check_declared(report, statement, error) || !settle_as_of(db, options, &as_of, error))
        return FALSE;
    day_format(as_of, day);
    bind_text(statement, "org", options->organization_id);
    bind_text(statement, "project", options->project_id);
    bind_text(statement, "from", options->from ? options->from : FIRST_DAY);
    bind_text(statement, "until", options->until ? options->until : LAST_DAY);
    bind_text(statement, "as_of", day);
    bind_text(statement, "policy", policy);
    bind_text(statement, "card", options->card);
    if (statement_has_parameter(statement, "as_of_number"))
        statement_bind_int(statement, "as_of_number", as_of);
    return append_footer(db, report, options, policy, day, footer, error);
}
