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
        "Project %s has used nothing since %s, after %s in the four weeks before; project %s%s%s "
        "began on %s and has used %s.",
        project, text_of(row, "last_on"), before, other, is_same ? "" : " of ",
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

gboolean key_write(struct db *db, struct statement *row, GError **error)
{
    g_autofree char *project = named(text_of(row, "project_id"), text_of(row, "project_name"));
    g_autofree char *before = text_count(int_of(row, "requests"), "request");
    g_autofree char *after = text_count(int_of(row, "new_requests"), "request");
    g_autofree char *finding = g_strdup_printf(
        "Key %s of project %s has made no request since %s, after %s in the four weeks before; key "
        "%s began on %s and has made %s.",
        text_of(row, "old_key"), project, text_of(row, "last_on"), before, text_of(row, "new_key"),
        text_of(row, "first_on"), after);
    g_autofree char *evidence =
        g_strdup_printf("trueup report spend --by key --project %s", text_of(row, "project_id"));
    const struct diagnosis diagnosis = {
        .organization_key = int_of(row, "organization_key"),
        .cause = "other-key",
        .since_on = text_of(row, "last_on"),
        .reference = text_of(row, "old_key"),
        .finding = finding,
        .next_step = "Look at the usage page without a key chosen; where nobody changed the key, "
                     "find out who made the new one.",
        .evidence = evidence,
    };
    gboolean told = FALSE;

    if (!takes_its_place(int_of(row, "requests"), int_of(row, "day_count"),
                         int_of(row, "new_requests"), int_of(row, "new_day_count")))
        return TRUE;
    return is_told(db, row, evidence, &told, error) &&
           (told || diagnosis_write(db, &diagnosis, error));
}

gboolean stop_write(struct db *db, struct statement *row, GError **error)
{
    g_autofree char *days = text_count(int_of(row, "silent_days"), "day");
    g_autofree char *rest = text_count(int_of(row, "longest_rest"), "day");
    g_autofree char *finding = g_strdup_printf(
        "No use is known after %s, for %s, while %s to %s; it never rested longer than %s in "
        "the 90 days before.",
        text_of(row, "last_on"), days, text_of(row, "what"), text_of(row, "day"), rest);
    g_autofree char *evidence =
        g_strdup_printf("trueup report coverage --org %s", text_of(row, "organization_id"));
    const struct diagnosis diagnosis = {
        .organization_key = int_of(row, "organization_key"),
        .cause = "no-use",
        .since_on = text_of(row, "last_on"),
        .finding = finding,
        .next_step =
            "Export the cost again up to today and import it: an export ends with the last "
            "day that cost something. If nothing comes, the calls stopped that day.",
        .evidence = evidence,
    };

    return diagnosis_write(db, &diagnosis, error);
}
