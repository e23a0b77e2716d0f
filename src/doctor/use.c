/* use.c - causes that lie in the use: a budget, another project or key, or none any more. */
#include "core/money.h"
#include "core/text.h"
#include "doctor/diagnosis.h"

/* What a used day came to, of what began: at least half of what one of what stopped did. */
static gboolean takes_its_place(int64_t stopped, int64_t stopped_days, int64_t begun,
                                int64_t begun_days)
{
    return 2 * (int128)begun * stopped_days >= (int128)stopped * begun_days;
}

gboolean budget_write(struct db *db, struct statement *row, GError **error)
{
    g_autofree char *evidence =
        g_strdup_printf("trueup report budgets --org %s", text_of(row, "organization_id"));
    const struct diagnosis diagnosis = {
        .organization_key = int_of(row, "organization_key"),
        .cause = "budget",
        .since_on = text_of(row, "dated_on"),
        .amount_nanos = int_of(row, "amount_nanos"),
        .currency = text_of(row, "currency"),
        .reference = text_of(row, "reference"),
        .file_id = int_of(row, "file_id"),
        .line = int_of(row, "line"),
        .finding = text_of(row, "explanation"),
        .next_step =
            "Look on the console whether the same amount is set as a limit there, and raise "
            "it, or wait until the budget's days are over.",
        .evidence = evidence,
    };

    return diagnosis_write(db, &diagnosis, error);
}

/* "search-dev (proj_…)", or the id alone; free it. */
static char *named(const char *id, const char *name)
{
    return *name ? g_strdup_printf("%s (%s)", name, id) : g_strdup(id);
}

/* Only the first that takes its place is told: the rows of a project stand together. */
static gboolean is_told(struct db *db, struct statement *row, const char *evidence, gboolean *told,
                        GError **error)
{
    struct statement *known = statement_get(db, "doctor_known", error);
    enum row_status status;

    if (!known)
        return FALSE;
    statement_bind_int(known, "organization_key", int_of(row, "organization_key"));
    statement_bind_text(known, "evidence", evidence);
    status = statement_step(known, error);
    statement_reset(known);
    *told = status == ROW;
    return status != FAILED;
}

gboolean project_write(struct db *db, struct statement *row, GError **error)
{
    const char *currency = text_of(row, "currency");
    const char *organization = text_of(row, "organization_id");
    const char *other_organization = text_of(row, "other_organization_id");
    const gboolean is_same = g_str_equal(organization, other_organization);
    g_autofree char *project = named(text_of(row, "project_id"), text_of(row, "project_name"));
    g_autofree char *other = named(text_of(row, "other_id"), text_of(row, "other_name"));
    g_autofree char *before = money_words(int_of(row, "cost_nanos"), currency);
    g_autofree char *after = money_words(int_of(row, "other_cost_nanos"), currency);
    g_autofree char *finding = g_strdup_printf(
        "Project %s used %s in the four weeks up to %s, and no use of it is known since; project "
        "%s%s%s began on %s and has used %s.",
        project, before, text_of(row, "last_on"), other, is_same ? "" : " of ",
        is_same ? "" : other_organization, text_of(row, "other_first_on"), after);
    g_autofree char *evidence =
        g_strdup_printf("trueup report spend --by day --project %s", text_of(row, "project_id"));
    const struct diagnosis diagnosis = {
        .organization_key = int_of(row, "organization_key"),
        .cause = "other-project",
        .since_on = text_of(row, "last_on"),
        .amount_nanos = int_of(row, "other_cost_nanos"),
        .currency = currency,
        .finding = finding,
        .next_step = "Look at the usage page with all projects chosen; where the move was not "
                     "meant, check which project the program's key belongs to.",
        .evidence = evidence,
    };
    gboolean told = FALSE;

    if (!takes_its_place(int_of(row, "cost_nanos"), int_of(row, "day_count"),
                         int_of(row, "other_cost_nanos"), int_of(row, "other_day_count")))
        return TRUE;
    return is_told(db, row, evidence, &told, error) &&
           (told || diagnosis_write(db, &diagnosis, error));
}

/* "key key_2 began on …", or "in project app of org-b it began on …" */
static char *begun_words(struct statement *row)
{
    const char *organization = text_of(row, "organization_id");
    const char *other_organization = text_of(row, "new_organization_id");
    g_autofree char *project =
        named(text_of(row, "new_project_id"), text_of(row, "new_project_name"));
    g_autofree char *requests = text_count(int_of(row, "new_requests"), "request");

    if (!g_str_equal(text_of(row, "old_key"), text_of(row, "new_key")))
        return g_strdup_printf("key %s began on %s and has made %s", text_of(row, "new_key"),
                               text_of(row, "first_on"), requests);
    return g_strdup_printf(
        "in project %s%s%s it began on %s and has made %s", project,
        g_str_equal(organization, other_organization) || !*other_organization ? "" : " of ",
        g_str_equal(organization, other_organization) ? "" : other_organization,
        text_of(row, "first_on"), requests);
}

gboolean key_write(struct db *db, struct statement *row, GError **error)
{
    const gboolean is_same = g_str_equal(text_of(row, "old_key"), text_of(row, "new_key"));
    g_autofree char *project = named(text_of(row, "project_id"), text_of(row, "project_name"));
    g_autofree char *before = text_count(int_of(row, "requests"), "request");
    g_autofree char *begun = begun_words(row);
    g_autofree char *finding = g_strdup_printf(
        "Key %s of project %s made %s in the four weeks up to %s, and none is known since; %s.",
        text_of(row, "old_key"), project, before, text_of(row, "last_on"), begun);
    g_autofree char *evidence =
        g_strdup_printf("trueup report spend --by key --project %s", text_of(row, "project_id"));
    const struct diagnosis diagnosis = {
        .organization_key = int_of(row, "organization_key"),
        .cause = "other-key",
        .since_on = text_of(row, "last_on"),
        .reference = text_of(row, "old_key"),
        .finding = finding,
        .next_step = is_same
                         ? "Look at the usage page with all projects chosen; where the move was "
                           "not meant, check which project the program names."
                         : "Look at the usage page without a key chosen; where nobody changed the "
                           "key, find out who made the new one.",
        .evidence = evidence,
    };
    gboolean told = FALSE;

    if (!takes_its_place(int_of(row, "requests"), int_of(row, "day_count"),
                         int_of(row, "new_requests"), int_of(row, "new_day_count")))
        return TRUE;
    return is_told(db, row, evidence, &told, error) &&
           (told || diagnosis_write(db, &diagnosis, error));
}

/* "it was used every day", or how long it rested at most. */
static char *rhythm_words(int64_t longest_rest)
{
    g_autofree char *rest = text_count(longest_rest, "day");

    return longest_rest ? g_strdup_printf("before, it never rested for more than %s", rest)
                        : g_strdup("before, it was used every day");
}

/* By how certain it is, as doctor_stopped tells. */
static const char *const stop_steps[] = {
    "Export the cost again up to today and import it, stating today with `--as-of`: then it is "
    "known whether the calls stopped.",
    "Export the cost again up to today and import it: an export ends with the last day that cost "
    "something. If nothing comes, the calls stopped that day.",
    "Look whether the program still runs and what it is answered: no call was charged since.",
};

/* Where only empty rows tell it, the export may be older than its rows: then nothing is found. */
gboolean stop_write(struct db *db, struct statement *row, GError **error)
{
    const int64_t certainty = int_of(row, "certainty");
    const char *last_on = text_of(row, "last_on"), *day = text_of(row, "day");
    g_autofree char *days = text_count(int_of(row, "silent_days"), "day");
    g_autofree char *rhythm = rhythm_words(int_of(row, "longest_rest"));
    g_autofree char *finding =
        certainty > 0
            ? g_strdup_printf("No use is known after %s, for %s, while %s to %s; %s.", last_on,
                              days, text_of(row, "what"), day, rhythm)
            : g_strdup_printf("The rows of its cost export go on to %s and are empty after %s: "
                              "either nothing was used for %s, or the export was made about then; "
                              "%s.",
                              day, last_on, days, rhythm);
    g_autofree char *evidence =
        g_strdup_printf("trueup report coverage --org %s", text_of(row, "organization_id"));
    const struct diagnosis diagnosis = {
        .organization_key = int_of(row, "organization_key"),
        .cause = certainty > 0 ? "no-use" : "not-known",
        .since_on = last_on,
        .finding = finding,
        .next_step = stop_steps[certainty],
        .evidence = evidence,
    };

    return diagnosis_write(db, &diagnosis, error);
}
