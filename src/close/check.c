/* check.c - the check list of a close: what must hold before a month is signed. */
#include "close/subject.h"
#include "core/money.h"
#include "core/text.h"

static struct check *conclude(struct subject *subject, const char *code, gboolean is_green,
                              const char *finding, const char *next_action)
{
    struct check *check = g_new0(struct check, 1);

    check->code = code;
    check->state = is_green ? GREEN : RED;
    check->finding = g_strdup(finding);
    check->next_action = g_strdup(next_action);
    g_ptr_array_add(subject->checks, check);
    return check;
}

static char *money_text(int64_t nanos, const char *currency)
{
    g_autofree char *amount = money_format_grouped(nanos, 2);

    return g_strdup_printf("%s %s", amount, currency);
}

/* Sums of money by currency, and the first few things they are of. */
typedef struct pile Pile; /* for g_auto(Pile) alone */
struct pile {
    GArray *sums; /* struct sum, in order of first appearance */
    guint count;
    GString *names;
};

struct sum {
    char currency[4];
    int64_t nanos;
};

#define NAMES_SHOWN 3

static void pile_init(struct pile *pile)
{
    pile->sums = g_array_new(FALSE, TRUE, sizeof(struct sum));
    pile->names = g_string_new(NULL);
    pile->count = 0;
}

static void pile_clear(struct pile *pile)
{
    g_array_unref(pile->sums);
    g_string_free(pile->names, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pile, pile_clear)

static gboolean pile_add(struct pile *pile, int64_t nanos, const char *currency, const char *name,
                         GError **error)
{
    struct sum *sum = NULL;

    for (guint i = 0; i < pile->sums->len && !sum; i++)
        if (strcmp(g_array_index(pile->sums, struct sum, i).currency, currency) == 0)
            sum = &g_array_index(pile->sums, struct sum, i);
    if (!sum) {
        struct sum fresh = {0};

        g_strlcpy(fresh.currency, currency, sizeof fresh.currency);
        g_array_append_val(pile->sums, fresh);
        sum = &g_array_index(pile->sums, struct sum, pile->sums->len - 1);
    }
    if (pile->count < NAMES_SHOWN && *name)
        g_string_append_printf(pile->names, "%s%s", pile->names->len ? ", " : "", name);
    pile->count++;
    return money_add(&sum->nanos, nanos, error);
}

/* "75.00 USD and 3.00 EUR: A, B, C and 2 more" */
static char *pile_text(const struct pile *pile)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < pile->sums->len; i++) {
        const struct sum *sum = &g_array_index(pile->sums, struct sum, i);
        g_autofree char *money = money_text(sum->nanos, sum->currency);

        g_string_append_printf(text, "%s%s", i > 0 ? " and " : "", money);
    }
    if (pile->names->len)
        g_string_append_printf(text, ": %s", pile->names->str);
    if (pile->names->len && pile->count > NAMES_SHOWN)
        g_string_append_printf(text, " and %u more", pile->count - NAMES_SHOWN);
    return g_string_free(text, FALSE);
}

static gboolean prior_is_closed(const struct subject *subject)
{
    return subject->earlier && strcmp(subject->earlier, subject->month->prior) == 0;
}

static gboolean check_prior(struct subject *subject, const char *code, GError **error)
{
    const char *prior = subject->month->prior;
    g_auto(Newest) newest = {0};
    g_autofree char *finding = NULL;

    if (!subject->earlier) {
        conclude(subject, code, TRUE, "no earlier month is closed: this is the first close", "");
        return TRUE;
    }
    if (!prior_is_closed(subject)) {
        finding = g_strdup_printf("%s is not closed; the newest month that is, is %s", prior,
                                  subject->earlier);
        conclude(subject, code, FALSE, finding, "Close the months in their order.");
        return TRUE;
    }
    if (!newest_load(&newest, subject->db, subject->organization_id, prior, error))
        return FALSE;
    finding = g_strdup_printf(newest.is_suspended
                                  ? "%s is closed, but changed since: its sign-off is suspended"
                                  : "%s is closed",
                              prior);
    conclude(subject, code, !newest.is_suspended, finding,
             "Reopen it with a reason and close it again.");
    return TRUE;
}

/* Exceptions of a code that this month answers for: its own, and in a first close those before. */
static gboolean pile_exceptions(const struct subject *subject, struct pile *pile,
                                const char *const *codes, GError **error)
{
    for (guint i = 0; i < subject->exceptions->len; i++) {
        const struct open_exception *exception = g_ptr_array_index(subject->exceptions, i);

        if (g_strv_contains(codes, exception->code) &&
            (!prior_is_closed(subject) ||
             strcmp(exception->dated_on, subject->month->first) >= 0) &&
            !pile_add(pile, exception->amount_nanos, exception->currency, exception->code, error))
            return FALSE;
    }
    return TRUE;
}

/* How far cost covers the month, in words; TRUE in *is_whole when to its end. */
static char *cover_text(struct subject *subject, gboolean *is_whole, GError **error)
{
    const struct month *month = subject->month;
    struct statement *row = statement_get(subject->db, "close_coverage", error);
    enum row_status status;
    char *text = NULL;

    *is_whole = FALSE;
    if (!row)
        return NULL;
    statement_bind_text(row, "organization_id", subject->organization_id);
    statement_bind_text(row, "month", month->text);
    status = statement_step(row, error);
    if (status == END || (status == ROW && statement_is_null(row, 1))) {
        text = g_strdup_printf("no cost export covers a day of %s", month->text);
    } else if (status == ROW) {
        g_autofree char *missing = text_count(statement_int(row, 2), "day");

        *is_whole = statement_int(row, 0) == 1;
        text = *is_whole ? g_strdup_printf("cost is covered to %s", month->last)
                         : g_strdup_printf("cost is covered to %s, and %s of %s not at all",
                                           statement_text(row, 1), missing, month->text);
    }
    statement_reset(row);
    return text;
}

static gboolean check_coverage(struct subject *subject, const char *code, GError **error)
{
    static const char *const gap[] = {"COVERAGE_GAP", NULL};
    gboolean is_whole = FALSE;
    g_autofree char *finding = cover_text(subject, &is_whole, error);
    g_auto(Pile) gaps = {0};
    struct check *check;

    pile_init(&gaps);
    if (!finding || !pile_exceptions(subject, &gaps, gap, error))
        return FALSE;
    if (is_whole && gaps.count > 0) {
        g_free(finding);
        finding = g_strdup_printf("%u COVERAGE_GAP open", gaps.count);
    }
    check = conclude(subject, code, is_whole && gaps.count == 0, finding,
                     "Export cost to the month's end and import it.");
    check->is_hard =
        !subject->facts || subject->facts->len == 0; /* then there is nothing to sign */
    return TRUE;
}

static gboolean check_provisional(struct subject *subject, const char *code, GError **error)
{
    struct statement *row = statement_get(subject->db, "close_provisional", error);
    g_autoptr(GString) finding = g_string_new(NULL);
    enum row_status status;

    if (!row)
        return FALSE;
    statement_bind_int(row, "organization_key", subject->organization_key);
    statement_bind_text(row, "first", subject->month->first);
    statement_bind_text(row, "last", subject->month->last);
    while ((status = statement_step(row, error)) == ROW) {
        g_autofree char *days = text_count(statement_int(row, 0), "day");
        g_autofree char *cost = money_text(statement_int(row, 2), statement_text(row, 3));

        g_string_append_printf(finding, "%s%s from %s on may still change: %s of cost so far",
                               finding->len ? "; " : "", days, statement_text(row, 1), cost);
    }
    statement_reset(row);
    conclude(subject, code, finding->len == 0,
             finding->len ? finding->str : "no day is provisional",
             "Export cost of these and some later days, and import it.");
    return status == END;
}

gboolean payment_is_tied(const struct payment *payment)
{
    static const char *const tied[] = {"confirmed", "interchangeable", "accepted", "settled", NULL};

    return g_strv_contains(tied, payment->state);
}

gboolean payment_is_due(const struct payment *payment)
{
    static const char *const due[] = {"paid", "refunded", "pending", NULL};

    return g_strv_contains(due, payment->status);
}

static gboolean pile_payments(const struct subject *subject, struct pile *pile,
                              gboolean (*belongs)(const struct payment *), GError **error)
{
    for (guint i = 0; i < subject->payments->len; i++) {
        const struct payment *payment = g_ptr_array_index(subject->payments, i);

        if (payment_is_due(payment) && belongs(payment) &&
            !pile_add(pile, payment->credit_nanos, payment->credit_currency, payment->reference,
                      error))
            return FALSE;
    }
    return TRUE;
}

static gboolean is_awaiting(const struct payment *payment)
{
    return strcmp(payment->state, "awaiting-statement") == 0;
}

static gboolean is_ambiguous(const struct payment *payment)
{
    return strcmp(payment->state, "ambiguous") == 0;
}

static gboolean is_open(const struct payment *payment)
{
    return !payment_is_tied(payment) && !is_awaiting(payment) && !is_ambiguous(payment);
}

/* Charges and receipts of the month that no top-up explains. Both may be of one payment that the
 * ledger lacks, so that their money is never added. */
static gboolean pile_untied(const struct subject *subject, struct pile *charges,
                            struct pile *receipts, GError **error)
{
    struct statement *row = statement_get(subject->db, "close_untied", error);
    enum row_status status = FAILED;

    if (!row)
        return FALSE;
    statement_bind_int(row, "organization_key", subject->organization_key);
    statement_bind_text(row, "first", subject->month->first);
    statement_bind_text(row, "last", subject->month->last);
    while ((status = statement_step(row, error)) == ROW &&
           pile_add(statement_int(row, 0) ? receipts : charges, statement_int(row, 1),
                    statement_text(row, 2), statement_text(row, 3), error))
        ;
    statement_reset(row);
    return status == END;
}

/* "; no top-up explains 2 charges, 75.00 USD: A, B" */
static void append_untied(GString *finding, const struct pile *pile, const char *noun)
{
    g_autofree char *things = text_count(pile->count, noun);
    g_autofree char *money = pile_text(pile);

    if (pile->count > 0)
        g_string_append_printf(finding, "%sno top-up explains %s, %s", finding->len ? "; " : "",
                               things, money);
}

static gboolean has_topup(const struct subject *subject)
{
    for (guint i = 0; i < subject->payments->len; i++)
        if (payment_is_due(g_ptr_array_index(subject->payments, i)))
            return TRUE;
    return FALSE;
}

static gboolean check_topups(struct subject *subject, const char *code, GError **error)
{
    g_auto(Pile) open = {0};
    g_auto(Pile) charges = {0};
    g_auto(Pile) receipts = {0};
    g_autoptr(GString) finding = g_string_new(NULL);

    pile_init(&open);
    pile_init(&charges);
    pile_init(&receipts);
    if (!pile_payments(subject, &open, is_open, error) ||
        !pile_untied(subject, &charges, &receipts, error))
        return FALSE;
    if (open.count > 0) {
        g_autofree char *topups = text_count(open.count, "top-up");
        g_autofree char *money = pile_text(&open);

        g_string_append_printf(finding, "not settled on both sides: %s, %s", topups, money);
    }
    append_untied(finding, &charges, "charge");
    append_untied(finding, &receipts, "receipt");
    const gboolean is_green = finding->len == 0;
    if (is_green)
        g_string_append(finding, has_topup(subject) ? "every top-up has its receipt and its charge"
                                                    : "the month has no top-up");
    conclude(subject, code, is_green, finding->str,
             "Look at `trueup report unmatched`; `trueup explain` tells why each is open.");
    return TRUE;
}

static gboolean check_statements(struct subject *subject, const char *code, GError **error)
{
    g_auto(Pile) pile = {0};

    pile_init(&pile);
    if (!pile_payments(subject, &pile, is_awaiting, error))
        return FALSE;
    g_autofree char *topups = text_count(pile.count, "top-up");
    g_autofree char *money = pile_text(&pile);
    g_autofree char *finding = g_strdup_printf("awaiting a card statement: %s, %s", topups, money);
    conclude(subject, code, pile.count == 0, pile.count == 0 ? "no statement is awaited" : finding,
             "Import the card's next statement.");
    return TRUE;
}

static gboolean check_ambiguous(struct subject *subject, const char *code, GError **error)
{
    g_auto(Pile) pile = {0};
    gboolean is_green = TRUE;

    pile_init(&pile);
    if (!pile_payments(subject, &pile, is_ambiguous, error))
        return FALSE;
    for (guint i = 0; i < pile.sums->len; i++) {
        const struct sum *sum = &g_array_index(pile.sums, struct sum, i);
        int64_t limit = 0;

        if (!subject_materiality(subject, sum->currency, &limit, error))
            return FALSE;
        is_green = is_green && sum->nanos <= limit;
    }
    g_autofree char *money = pile_text(&pile);
    g_autofree char *finding =
        g_strdup_printf("%s materiality is ambiguous: %s", is_green ? "within" : "above", money);
    conclude(subject, code, is_green, pile.count == 0 ? "no money is ambiguous" : finding,
             "Decide which belongs: `trueup explain` shows the candidates.");
    return TRUE;
}

/* Behind a closed month: what it signed, unless that was restated since. */
static void check_signed_opening(struct subject *subject, const char *code)
{
    g_autoptr(GString) restated = g_string_new(NULL);
    g_autofree char *signed_closing =
        g_strdup_printf("it is the signed closing of %s", subject->month->prior);

    for (guint i = 0; i < subject->figures->len; i++) {
        const struct figures *figures = &g_array_index(subject->figures, struct figures, i);
        g_autofree char *opening = money_text(figures->nanos[FIGURE_OPENING], figures->currency);
        g_autofree char *change = money_text(figures->nanos[FIGURE_RESTATED], figures->currency);

        if (figures->nanos[FIGURE_RESTATED] != 0)
            g_string_append_printf(restated, "%s%s was signed, and %s was restated since",
                                   restated->len ? "; " : "", opening, change);
    }
    conclude(subject, code, restated->len == 0, restated->len ? restated->str : signed_closing,
             "Reopen the prior month and close it again.");
}

static gboolean check_opening(struct subject *subject, const char *code, GError **error)
{
    struct statement *row = statement_get(subject->db, "close_openings", error);
    g_autoptr(GString) finding = g_string_new(NULL);
    enum row_status status;
    gboolean is_known = TRUE;

    if (!row)
        return FALSE;
    if (prior_is_closed(subject)) {
        check_signed_opening(subject, code);
        return TRUE;
    }
    statement_bind_text(row, "organization_id", subject->organization_id);
    while ((status = statement_step(row, error)) == ROW) {
        const gboolean known = statement_int(row, 1) == 1;

        is_known = is_known && known;
        g_string_append_printf(finding, "%sin %s %s%s", finding->len ? ", " : "",
                               statement_text(row, 0),
                               known ? "it is known by the " : "it is not known: zero was assumed",
                               known ? statement_text(row, 2) : "");
    }
    statement_reset(row);
    conclude(subject, code, is_known, finding->len ? finding->str : "there are no prepaid credits",
             "State it: a credit_grants row of kind opening, or `trueup observe`.");
    return status == END;
}

static gboolean check_unexplained(struct subject *subject, const char *code, GError **error)
{
    g_autoptr(GString) finding = g_string_new(NULL);
    gboolean is_green = TRUE;

    for (guint i = 0; i < subject->figures->len; i++) {
        const struct figures *figures = &g_array_index(subject->figures, struct figures, i);
        g_autofree char *rest = money_text(figures->unexplained_nanos, figures->currency);
        g_autofree char *limit_text = NULL;
        int64_t limit = 0;

        if (!figures->is_observed)
            continue;
        if (!subject_materiality(subject, figures->currency, &limit, error))
            return FALSE;
        limit_text = money_text(limit, figures->currency);
        if (ABS(figures->unexplained_nanos) > limit)
            is_green = FALSE;
        g_string_append_printf(finding, "%s%s of the observed balance is unexplained, against %s",
                               finding->len ? "; " : "", rest, limit_text);
    }
    conclude(subject, code, is_green,
             finding->len ? finding->str : "no balance was observed in the month",
             "Look for a payment, grant or export that is missing: `trueup report balances`.");
    return TRUE;
}

static gboolean check_conflicts(struct subject *subject, const char *code, GError **error)
{
    static const char *const conflicts[] = {"SNAPSHOT_CONFLICT", "PROJECT_ABSENT", "GRAIN_MISMATCH",
                                            NULL};
    g_auto(Pile) pile = {0};

    pile_init(&pile);
    if (!pile_exceptions(subject, &pile, conflicts, error))
        return FALSE;
    g_autofree char *money = pile_text(&pile);
    g_autofree char *finding = g_strdup_printf("exports contradict each other about %s", money);
    conclude(subject, code, pile.count == 0,
             pile.count == 0 ? "no export contradicts another" : finding,
             "`trueup report exceptions` tells what to do about each.");
    return TRUE;
}

static gboolean check_rejects(struct subject *subject, const char *code, GError **error)
{
    g_autoptr(GString) finding = g_string_new(NULL);

    (void)error;
    for (guint i = 0; i < subject->sources->len; i++) {
        const struct source_file *source = g_ptr_array_index(subject->sources, i);
        g_autofree char *records = text_count(source->reject_count, "record");

        if (source->reject_count > 0)
            g_string_append_printf(finding, "%s%s of %s", finding->len ? ", " : "", records,
                                   source->name);
    }
    if (finding->len)
        g_string_append(finding, " not in the ledger");
    conclude(subject, code, finding->len == 0,
             finding->len ? finding->str : "no record was set aside",
             "Correct them (`trueup rejects`) and import the file again.");
    return TRUE;
}

static gboolean check_sources(struct subject *subject, const char *code, GError **error)
{
    g_autoptr(GString) finding = g_string_new(NULL);
    g_autofree char *files = text_count(subject->sources->len, "file");

    (void)error;
    for (guint i = 0; i < subject->sources->len; i++) {
        const struct source_file *source = g_ptr_array_index(subject->sources, i);

        if (source->state != SOURCE_UNCHANGED)
            g_string_append_printf(finding, "%s%s %s", finding->len ? ", " : "", source->name,
                                   source->state == SOURCE_MISSING ? "is missing" : "changed");
    }
    g_autofree char *same = g_strdup_printf("%s, each as it was imported", files);
    conclude(subject, code, finding->len == 0, finding->len ? finding->str : same,
             "Put the file back where it was imported from, or import it from where it is.");
    return TRUE;
}

static const struct {
    const char *code;
    gboolean (*check)(struct subject *subject, const char *code, GError **error);
} checks[] = {
    {"PRIOR_MONTH", check_prior},       {"COVERAGE", check_coverage},
    {"PROVISIONAL", check_provisional}, {"TOPUPS", check_topups},
    {"STATEMENTS", check_statements},   {"AMBIGUOUS", check_ambiguous},
    {"OPENING", check_opening},         {"UNEXPLAINED", check_unexplained},
    {"CONFLICTS", check_conflicts},     {"REJECTS", check_rejects},
    {"SOURCES", check_sources},
};

const char *const *close_codes(void)
{
    static const char *codes[G_N_ELEMENTS(checks) + 1];

    for (guint i = 0; i < G_N_ELEMENTS(checks); i++)
        codes[i] = checks[i].code;
    return codes;
}

gboolean close_knows_code(const char *code)
{
    return g_strv_contains(close_codes(), code);
}

static void waive(struct check *check, const struct close_request *request)
{
    for (gsize i = 0; i < request->waiver_count; i++)
        if (check->state == RED && !check->is_hard &&
            strcmp(request->waivers[i].code, check->code) == 0) {
            check->state = WAIVED;
            check->reason = g_strdup(request->waivers[i].reason);
        }
}

gboolean checks_run(struct subject *subject, gboolean *passed, GError **error)
{
    *passed = TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(checks); i++)
        if (!checks[i].check(subject, checks[i].code, error))
            return FALSE;
    for (guint i = 0; i < subject->checks->len; i++) {
        struct check *check = g_ptr_array_index(subject->checks, i);

        waive(check, subject->request);
        *passed = *passed && check->state != RED;
    }
    return TRUE;
}
