/* statement_money.c - the parts of a statement that are columns of money. */
#include "close/lines.h"
#include "close/statement.h"
#include "core/money.h"
#include "core/text.h"

#define CENT (NANOS_PER_UNIT / 100)

/* Two decimals where all amounts have no more, else nine, so that a column lines up. */
static int decimals_of(const int64_t *amounts, gsize count)
{
    for (gsize i = 0; i < count; i++)
        if (amounts[i] % CENT != 0)
            return 9;
    return 2;
}

static const struct {
    const char *label;
    enum figure figure;
    int sign;
} movements[] = {
    {"Opening", FIGURE_OPENING, 1},
    {"Restated since it was signed", FIGURE_RESTATED, 1},
    {"Top-ups", FIGURE_TOPUPS, 1},
    {"Free and opening grants", FIGURE_GRANTS, 1},
    {"Usage", FIGURE_USAGE, -1},
    {"Expired", FIGURE_EXPIRED, -1},
    {"Withdrawn", FIGURE_WITHDRAWN, -1},
    {"Adjustments", FIGURE_ADJUSTMENTS, 1},
    {"Closing", FIGURE_CLOSING, 1},
    {"  of it paid credit", FIGURE_CLOSING_PAID, 1},
    {"  of it free credit", FIGURE_CLOSING_FREE, 1},
    {"  less overdraft", FIGURE_CLOSING_OVERDRAFT, -1},
};

static void append_line(GString *out, const char *label, int64_t nanos, int decimals)
{
    g_autofree char *money = money_format_grouped(nanos, decimals);

    lines_cells(out, label, 34, money, NULL);
}

static void append_other_policy(GString *out, const struct figures *figures)
{
    g_autofree char *closing = money_format_grouped(figures->other_closing_nanos, 2);
    g_autofree char *expired = money_format_grouped(figures->other_expired_nanos, 2);
    g_autofree char *text = NULL;

    if (!figures->other_policy || (figures->other_closing_nanos == figures->nanos[FIGURE_CLOSING] &&
                                   figures->other_expired_nanos == figures->nanos[FIGURE_EXPIRED]))
        return;
    text = g_strdup_printf("Under %s, %s would have expired and the closing would be %s %s.",
                           figures->other_policy, expired, closing, figures->currency);
    lines_wrapped(out, "  ", text);
}

static void append_observed(GString *out, const struct figures *figures, int64_t limit,
                            int decimals)
{
    if (!figures->is_observed) {
        lines_wrapped(out, "  ", "No balance was observed in the month.");
        return;
    }
    append_line(out, "Observed", figures->observed_nanos, decimals);
    append_line(out, "Unexplained", figures->unexplained_nanos, decimals);
    append_line(out, "Materiality", limit, decimals);
}

gboolean statement_rollforward(const struct subject *subject, GString *out, GError **error)
{
    for (guint i = 0; i < subject->figures->len; i++) {
        const struct figures *figures = &g_array_index(subject->figures, struct figures, i);
        g_autofree char *title = g_strdup_printf("Roll-forward, %s", figures->currency);
        int decimals = decimals_of(figures->nanos, FIGURES);
        int64_t limit = 0;

        if (!subject_materiality(subject, figures->currency, &limit, error))
            return FALSE;
        lines_section(out, title);
        for (guint j = 0; j < G_N_ELEMENTS(movements); j++)
            append_line(out, movements[j].label,
                        movements[j].sign * figures->nanos[movements[j].figure], decimals);
        append_observed(out, figures, limit, decimals);
        append_other_policy(out, figures);
    }
    if (subject->figures->len == 0) {
        lines_section(out, "Roll-forward");
        g_string_append(out, subject->payments->len > 0 && !subject->is_invoiced
                                 ? "  none: no cost export says what was used of the credits\n"
                                 : "  none: no prepaid credits\n");
    }
    return TRUE;
}

gboolean statement_costs(const struct subject *subject, GString *out, GError **error)
{
    struct statement *row = statement_get(subject->db, "close_projects", error);
    enum row_status status;
    guint count = 0;

    if (!row)
        return FALSE;
    statement_bind_text(row, "organization_id", subject->organization_id);
    statement_bind_text(row, "month", subject->month->text);
    lines_section(out, "Cost by project");
    while ((status = statement_step(row, error)) == ROW) {
        const char *id = statement_text(row, 0), *name = statement_text(row, 1);
        g_autofree char *label =
            g_strdup_printf("%s%s%s", *id ? id : "without a project", *name ? "  " : "", name);
        g_autofree char *amount = money_format_grouped(statement_int(row, 3), 9);
        g_autofree char *cell = g_strdup_printf("%s %s", amount, statement_text(row, 2));

        lines_cells(out, label, 54, cell, NULL);
        count++;
    }
    statement_reset(row);
    if (count == 0)
        g_string_append(out, "  none\n");
    return status == END;
}

/* Variances of one cause, or of all causes together, in one currency. */
struct variance {
    char currency[4];
    int64_t above_nanos, below_nanos;
};

static void append_variance(GString *out, const char *label, const struct variance *variance,
                            const char *verdict)
{
    const int64_t amounts[] = {variance->above_nanos, variance->below_nanos};
    int decimals = decimals_of(amounts, G_N_ELEMENTS(amounts));
    g_autofree char *above = money_format_grouped(variance->above_nanos, decimals);
    g_autofree char *below = money_format_grouped(variance->below_nanos, decimals);

    lines_cells(out, label, 30, above, below, *verdict ? verdict : NULL, NULL);
}

static gboolean add_variance(GArray *sums, const struct variance *variance, GError **error)
{
    for (guint i = 0; i < sums->len; i++) {
        struct variance *sum = &g_array_index(sums, struct variance, i);

        if (strcmp(sum->currency, variance->currency) == 0)
            return money_add(&sum->above_nanos, variance->above_nanos, error) &&
                   money_add(&sum->below_nanos, variance->below_nanos, error);
    }
    g_array_append_val(sums, *variance);
    return TRUE;
}

static gint compare_variances(gconstpointer a, gconstpointer b)
{
    const struct variance *one = a, *other = b;

    return strcmp(one->currency, other->currency);
}

/* What was accepted each way is held against materiality by itself: the two must not cancel. Tax is
 * no variance: a document tells it. */
static gboolean append_sums(const struct subject *subject, GArray *sums, GString *out,
                            GError **error)
{
    g_array_sort(sums, compare_variances);
    for (guint i = 0; i < sums->len; i++) {
        const struct variance *sum = &g_array_index(sums, struct variance, i);
        g_autofree char *label = g_strdup_printf("all but tax, %s", sum->currency);
        g_autofree char *limit_text = NULL, *verdict = NULL;
        int64_t limit = 0;

        if (!subject_materiality(subject, sum->currency, &limit, error))
            return FALSE;
        limit_text = money_format_grouped(limit, 2);
        if (!subject_has_currency(subject, sum->currency))
            verdict = g_strdup("none");
        else if (MAX(sum->above_nanos, -sum->below_nanos) > limit)
            verdict = g_strdup_printf("above %s", limit_text);
        else
            verdict = g_strdup_printf("within %s", limit_text);
        append_variance(out, label, sum, verdict);
    }
    return TRUE;
}

gboolean statement_adjustments(const struct subject *subject, GString *out, GError **error)
{
    struct statement *row = statement_get(subject->db, "close_adjustments", error);
    g_autoptr(GArray) sums = g_array_new(FALSE, FALSE, sizeof(struct variance));
    enum row_status status;
    guint count = 0;

    if (!row)
        return FALSE;
    statement_bind_text(row, "organization_id", subject->organization_id);
    statement_bind_text(row, "month", subject->month->text);
    lines_section(out, "Adjustments of matched pairs");
    while ((status = statement_step(row, error)) == ROW) {
        g_autofree char *label =
            g_strdup_printf("%s, %s (%" G_GINT64_FORMAT ")", statement_text(row, 0),
                            statement_text(row, 1), statement_int(row, 2));
        struct variance variance = {"", statement_int(row, 3), statement_int(row, 4)};

        g_strlcpy(variance.currency, statement_text(row, 1), sizeof variance.currency);
        if (count == 0)
            lines_cells(out, "cause, currency (lines)", 30, "above", "below", "materiality", NULL);
        append_variance(out, label, &variance, "");
        count++;
        if (strcmp(statement_text(row, 0), "tax") != 0 && !add_variance(sums, &variance, error))
            return FALSE;
    }
    statement_reset(row);
    if (count == 0)
        g_string_append(out, "  none\n");
    return status == END && append_sums(subject, sums, out, error);
}
