/* statement.c - the statement that is signed: its head, the check list, and the order of its parts.
 */
#include "close/statement.h"
#include "close/lines.h"

const char *check_state_name(enum check_state state)
{
    static const char *const names[] = {[GREEN] = "green", [RED] = "red", [WAIVED] = "waived"};

    return names[state];
}

void check_print(const struct check *check, GString *out)
{
    g_autofree char *label =
        g_strdup_printf("  %-7s %-12s ", check_state_name(check->state), check->code);
    g_autofree char *blank = g_strnfill(strlen(label), ' ');

    lines_wrapped(out, label, check->finding);
    if (check->state == WAIVED) {
        g_autofree char *reason = g_strdup_printf("waived because: %s", check->reason);

        lines_wrapped(out, blank, reason);
    } else if (check->state == RED) {
        g_autofree char *next = g_strdup_printf("next: %s", check->next_action);

        lines_wrapped(out, blank, next);
    }
}

void checks_print(const struct subject *subject, GString *out)
{
    for (guint i = 0; i < subject->checks->len; i++)
        check_print(g_ptr_array_index(subject->checks, i), out);
}

static void append_field(GString *out, const char *label, const char *value)
{
    g_autofree char *padded = g_strdup_printf("%-14s ", label);

    lines_wrapped(out, padded, value);
}

static void append_people(const struct subject *subject, GString *out)
{
    const char *preparer = subject->request->prepared_by, *reviewer = subject->request->reviewed_by;

    append_field(out, "Prepared by", preparer);
    if (!*reviewer)
        append_field(out, "Reviewed by", "nobody");
    else if (strcmp(preparer, reviewer) == 0)
        append_field(out, "Reviewed by", "the same person: there was no second pair of eyes");
    else
        append_field(out, "Reviewed by", reviewer);
}

/* What an earlier close of the month signed stays in the ledger; this one tells that it was. */
static void append_history(const struct subject *subject, GString *out)
{
    const struct newest *newest = &subject->newest;

    if (newest->sequence == 0)
        return;
    g_autofree char *replaces =
        g_strdup_printf("close %" G_GINT64_FORMAT ", SHA-256 %s", newest->sequence, newest->sha256);
    append_field(out, "Replaces", replaces);
    append_field(out, "Reopened for", newest->reason);
}

static void append_head(const struct subject *subject, GString *out)
{
    const struct month *month = subject->month;
    g_autofree char *period = g_strdup_printf("%s to %s, UTC days", month->first, month->last);
    g_autofree char *sequence = g_strdup_printf("%" G_GINT64_FORMAT, subject->newest.sequence + 1);
    g_autofree char *rule = subject_materiality_rule(subject);
    g_autofree char *title = g_strdup_printf("Close of %s", month->text);

    lines_wrapped(out, "", title);
    g_string_append(out, "================\n\n");
    append_field(out, "Organization", subject->organization_id);
    if (*subject->name)
        append_field(out, "Name", subject->name);
    append_field(out, "Period", period);
    append_field(out, "Close", sequence);
    append_history(subject, out);
    append_people(subject, out);
    append_field(out, "Materiality", rule);
    append_field(out, "Burn order", SIGNED_POLICY);
}

static void append_policies(const struct subject *subject, GString *out)
{
    static const char *const policies[] = {
        "Usage of a UTC day is drawn at its end, after the day's top-ups and expiries.",
        "free-first draws free credit before paid, then what expires first.",
        "A top-up's credit expires one year after its instant.",
        "Cost is list price before tax: it ties to credits, not to invoices.",
        "A project's cost is what the exports say; credits belong to the organization.",
    };

    lines_section(out, "Policies");
    for (guint i = 0; i < G_N_ELEMENTS(policies); i++)
        lines_wrapped(out, "  * ", policies[i]);
    if (subject->is_invoiced)
        lines_wrapped(out, "  * ",
                      "The organization is invoiced by contract: no credits are burned down.");
}

gboolean statement_print(const struct subject *subject, GString *out, GError **error)
{
    append_head(subject, out);
    lines_section(out, "Checks");
    checks_print(subject, out);
    if (!statement_rollforward(subject, out, error) || !statement_costs(subject, out, error) ||
        !statement_topups(subject, out, error) || !statement_timing(subject, out, error) ||
        !statement_adjustments(subject, out, error) || !statement_exceptions(subject, out, error))
        return FALSE;
    append_policies(subject, out);
    return statement_sources(subject, out, error);
}
