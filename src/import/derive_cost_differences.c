/*
 * derive_cost_differences.c - says in sentences where exports of the same days differ.
 *
 * Each statement below gives findings of one shape: an organization's project, two files, the days
 * on which they differ and what each says of those days together.
 */
#include "core/exception.h"
#include "core/money.h"
#include "import/derive_cost.h"
#include "import/endpoint.h"

struct finding {
    int64_t organization_key, project_key; /* 0: none */
    const char *project_id;                /* NULL: none */
    const char *currency;
    const char *from_day, *until_day;
    int64_t day_count;
    int64_t before_nanos, after_nanos; /* of usage, what its endpoint counts */
    const char *endpoint;              /* of usage alone */
    int64_t amount_nanos;
    char *before, *after; /* names of the files, told apart when they are equal; owned */
    int64_t file_id;
    gboolean is_conflict; /* of restatements alone */
};

/* What is said of one finding, and under which code. */
typedef char *(*explain_finding)(const struct finding *finding);

static void finding_clear(struct finding *finding)
{
    g_free(finding->before);
    g_free(finding->after);
}

/* Two exports of one name (from two folders) are told apart by their digests. */
static char *label(const char *name, const char *sha256, const char *other_name,
                   const char *other_sha256)
{
    if (strcmp(name, other_name) == 0 && strcmp(sha256, other_sha256) != 0)
        return g_strdup_printf("%s (sha256 %.8s)", name, sha256);
    return g_strdup(name);
}

static void finding_read(struct finding *out, struct statement *rows)
{
    enum { ORGANIZATION, PROJECT, PROJECT_ID, CURRENCY, FROM, UNTIL, COUNT, BEFORE, AFTER, AMOUNT };
    enum { BEFORE_NAME = AMOUNT + 1, BEFORE_SHA256, AFTER_NAME, AFTER_SHA256, FILE_ID, CONFLICT };
    enum { ENDPOINT = CONFLICT + 1 };
    const char *before_name = statement_text(rows, BEFORE_NAME);
    const char *before_sha256 = statement_text(rows, BEFORE_SHA256);
    const char *after_name = statement_text(rows, AFTER_NAME);
    const char *after_sha256 = statement_text(rows, AFTER_SHA256);

    *out = (struct finding){
        .organization_key = statement_int(rows, ORGANIZATION),
        .project_key = statement_int(rows, PROJECT),
        .project_id = statement_text(rows, PROJECT_ID),
        .currency = statement_text(rows, CURRENCY),
        .from_day = statement_text(rows, FROM),
        .until_day = statement_text(rows, UNTIL),
        .day_count = statement_int(rows, COUNT),
        .before_nanos = statement_int(rows, BEFORE),
        .after_nanos = statement_int(rows, AFTER),
        .amount_nanos = statement_int(rows, AMOUNT),
        .before = label(before_name, before_sha256, after_name, after_sha256),
        .after = label(after_name, after_sha256, before_name, before_sha256),
        .file_id = statement_int(rows, FILE_ID),
        .is_conflict =
            statement_column_count(rows) > CONFLICT && statement_int(rows, CONFLICT) != 0,
        .endpoint = statement_column_count(rows) > ENDPOINT ? statement_text(rows, ENDPOINT) : NULL,
    };
}

static char *describe_days(const struct finding *finding)
{
    if (finding->day_count == 1)
        return g_strdup_printf("on %s", finding->from_day);
    return g_strdup_printf("on %" G_GINT64_FORMAT " days from %s to %s", finding->day_count,
                           finding->from_day, finding->until_day);
}

static char *describe_project(const struct finding *finding)
{
    if (!finding->project_id)
        return g_strdup("cost that names no project");
    return g_strdup_printf("project %s", finding->project_id);
}

static char *describe_money(int64_t nanos, const struct finding *finding)
{
    g_autofree char *amount = money_format(nanos, 2);

    return g_strdup_printf("%s %s", amount, finding->currency);
}

static char *explain_restated(const struct finding *finding)
{
    g_autofree char *days = describe_days(finding), *project = describe_project(finding);
    g_autofree char *before = describe_money(finding->before_nanos, finding);
    g_autofree char *after = describe_money(finding->after_nanos, finding);

    return g_strdup_printf("%s restates %s %s: %s, was %s in %s.", finding->after, project, days,
                           after, before, finding->before);
}

static char *explain_conflict(const struct finding *finding)
{
    g_autofree char *days = describe_days(finding), *project = describe_project(finding);
    g_autofree char *before = describe_money(finding->before_nanos, finding);
    g_autofree char *after = describe_money(finding->after_nanos, finding);

    return g_strdup_printf(
        "Two exports disagree about %s %s: %s in %s, %s in %s, which ranks higher; "
        "--as-of DATE states when an export was made.",
        project, days, before, finding->before, after, finding->after);
}

/* "70 tokens", "34.5 seconds". */
static char *describe_count(int64_t count, const struct finding *finding)
{
    enum usage_endpoint endpoint = ENDPOINT_UNTOLD;
    const char *unit = NULL;

    if (endpoint_find(finding->endpoint, &endpoint))
        unit = endpoint_unit(endpoint, TRUE);
    g_autofree char *number = decimal_format_grouped(count, endpoint_scale(endpoint));
    return g_strdup_printf("%s %s", number, unit ? unit : "tokens");
}

static char *explain_usage_conflict(const struct finding *finding)
{
    g_autofree char *days = describe_days(finding);
    g_autofree char *project =
        finding->project_id ? describe_project(finding) : g_strdup("usage that names no project");
    g_autofree char *before = describe_count(finding->before_nanos, finding);
    g_autofree char *after = describe_count(finding->after_nanos, finding);

    return g_strdup_printf("Two exports disagree about %s %s: %s in %s, %s in %s, which counts; "
                           "--as-of DATE states when an export was made.",
                           project, days, before, finding->before, after, finding->after);
}

static char *explain_absent(const struct finding *finding)
{
    g_autofree char *days = describe_days(finding), *project = describe_project(finding);
    g_autofree char *cost = describe_money(finding->before_nanos, finding);

    return g_strdup_printf("%s covers, but does not mention %s %s; the %s of %s were kept.",
                           finding->after, project, days, cost, finding->before);
}

static char *explain_mismatch(const struct finding *finding)
{
    g_autofree char *days = describe_days(finding);
    g_autofree char *total = describe_money(finding->before_nanos, finding);
    g_autofree char *projects = describe_money(finding->after_nanos, finding);
    g_autofree char *missing = describe_money(finding->amount_nanos, finding);

    return g_strdup_printf(
        "The projects cost %s %s (%s), the organization only %s (%s): %s less; the "
        "projects' cost counts.",
        projects, days, finding->after, total, finding->before, missing);
}

static char *explain_unattributed(const struct finding *finding)
{
    g_autofree char *days = describe_days(finding);
    g_autofree char *rest = describe_money(finding->before_nanos, finding);

    return g_strdup_printf("%s %s is known of the organization only, of no project (%s).", rest,
                           days, finding->before);
}

static gboolean add(struct db *db, const struct finding *finding, enum exception_code code,
                    explain_finding explain, GError **error)
{
    g_autofree char *explanation = explain(finding);
    g_autofree char *reference = strcmp(finding->before, finding->after) == 0
                                     ? g_strdup(finding->before)
                                     : g_strdup_printf("%s, %s", finding->before, finding->after);
    g_autofree char *subject =
        g_strdup_printf("%s %s", finding->endpoint ? finding->endpoint : "cost", reference);

    return exception_add(db,
                         &(struct exception){
                             .room = "import",
                             .code = code,
                             .organization_key = finding->organization_key,
                             .project_key = finding->project_key,
                             .dated_on = finding->from_day,
                             .amount_nanos = finding->amount_nanos,
                             .currency = finding->currency,
                             .reference = reference,
                             .file_id = finding->file_id,
                             .explanation = explanation,
                             .subject = subject,
                         },
                         error);
}

/* Adds an exception per row of a statement; a row that is a conflict has a code of its own. */
static gboolean report(struct db *db, const char *name, enum exception_code code,
                       explain_finding explain, GError **error)
{
    struct statement *rows = statement_get(db, name, error);
    enum row_status status;

    if (!rows)
        return FALSE;
    while ((status = statement_step(rows, error)) == ROW) {
        struct finding finding;
        gboolean added;

        finding_read(&finding, rows);
        added = finding.is_conflict ? add(db, &finding, SNAPSHOT_CONFLICT, explain_conflict, error)
                                    : add(db, &finding, code, explain, error);
        finding_clear(&finding);
        if (!added) {
            statement_reset(rows);
            return FALSE;
        }
    }
    statement_reset(rows);
    return status == END;
}

gboolean derive_cost_report_differences(struct db *db, GError **error)
{
    return report(db, "derive_cost_changes", RESTATED, explain_restated, error) &&
           report(db, "derive_cost_usage_conflicts", SNAPSHOT_CONFLICT, explain_usage_conflict,
                  error) &&
           report(db, "derive_cost_absences", PROJECT_ABSENT, explain_absent, error) &&
           report(db, "derive_cost_mismatches", GRAIN_MISMATCH, explain_mismatch, error) &&
           report(db, "derive_cost_unattributed", UNATTRIBUTED_COST, explain_unattributed, error);
}
