/*
 * make_credit.c - the entries that move credit.
 *
 * Prepaid and accrued never drift from the balances: each line is the difference of two rounded
 * running balances, so that after any entry the account holds the exact balance rounded to the
 * cent. A month's usage is one entry on the month's last known day.
 */
#include "books/cent.h"
#include "books/make.h"
#include "core/instant.h"
#include "core/money.h"

struct running {
    int64_t exact;
};

struct credit_maker {
    const struct maker *maker;
    const struct credit_book *book;
    char last_on[11]; /* of the entries: before until, and known */
    struct running prepaid, accrued;
    guint next_use;
};

static void next_day(char day[11], int step)
{
    int32_t number = 0;
    gboolean parsed = day_parse(&number, day, strlen(day), NULL);

    g_assert(parsed); /* days of the ledger and of the options are checked already */
    day_format(number + step, day);
}

/* The last day that shares an entry with this one: the month's, but none after `from` or the end.
 */
static void segment_end(const struct credit_maker *credit, const char *day, char out[11])
{
    const char *from = credit->maker->journal->from;
    int year, month, day_of_month;
    int32_t number = 0;
    gboolean parsed = day_parse(&number, day, strlen(day), NULL);

    g_assert(parsed);
    day_to_civil(number, &year, &month, &day_of_month);
    if (month == 12)
        day_format(day_from_civil(year + 1, 1, 1) - 1, out);
    else
        day_format(day_from_civil(year, month + 1, 1) - 1, out);
    if (strcmp(day, from) < 0 && strcmp(from, out) <= 0) {
        g_strlcpy(out, from, 11);
        next_day(out, -1);
    }
    if (strcmp(credit->last_on, out) < 0)
        g_strlcpy(out, credit->last_on, 11);
}

/* A line whose cents are what the running balance gains once rounded; debits are positive. */
static void post_running(struct entry *entry, enum role role, struct running *running,
                         int64_t nanos, int sign)
{
    int64_t before = cent_round(running->exact);
    struct posting *posting = entry_post(entry, role, sign * nanos);

    running->exact += nanos;
    if (!posting)
        return;
    posting->nanos = sign * (cent_round(running->exact) - before);
    posting->is_placed = TRUE;
}

static void post_credit(struct credit_maker *credit, struct entry *entry, int64_t prepaid_nanos,
                        int64_t accrued_nanos)
{
    post_running(entry, ROLE_PREPAID, &credit->prepaid, prepaid_nanos, 1);
    post_running(entry, ROLE_ACCRUED, &credit->accrued, accrued_nanos, -1);
}

static struct entry *add_entry(const struct credit_maker *credit, const char *kind, const char *day,
                               const char *key)
{
    const struct credit_book *book = credit->book;
    struct entry *entry = journal_add(credit->maker->journal, kind, book->organization_id,
                                      book->currency, day, key, "");

    entry->organization_name = book->name;
    return entry;
}

static void memo_free(struct entry *entry, const char *what, int64_t nanos)
{
    g_autofree char *amount = money_format(nanos, 2);

    if (nanos != 0)
        entry_memo(entry, g_strdup_printf("%s %s of free credit %s, at zero basis", amount,
                                          entry->currency, what));
}

static gboolean make_topup(struct credit_maker *credit, const struct movement *movement,
                           GError **error)
{
    const struct payment *payment = credit_book_payment(credit->book, movement->topup_id);
    struct entry *entry = add_entry(credit, "topup", movement->day, movement->topup_id);

    entry->reference = movement->reference;
    entry->text = "Top-up";
    post_credit(credit, entry, movement->prepaid_nanos, movement->accrued_nanos);
    if (!payment_post(payment, entry, credit->maker->journal, error))
        return FALSE;
    entry_close(entry);
    return TRUE;
}

/* An opening, or a free grant, which is told of and not booked. */
static void make_grant(struct credit_maker *credit, const struct movement *movement)
{
    struct entry *entry = add_entry(credit, movement->kind, movement->day, movement->reference);

    entry->reference = movement->reference;
    entry->text = strcmp(movement->kind, "opening") == 0 ? "Opening credit" : "Free credit";
    post_credit(credit, entry, movement->prepaid_nanos, movement->accrued_nanos);
    entry_post(entry, ROLE_OPENING, movement->accrued_nanos - movement->prepaid_nanos);
    memo_free(entry, "granted", movement->free_nanos);
    entry_close(entry);
}

static void make_expiry(struct credit_maker *credit, const struct movement *movement)
{
    struct entry *entry = add_entry(credit, "expiry", movement->day, movement->reference);

    entry->reference = movement->reference;
    entry->text = "Credit expired unused";
    post_credit(credit, entry, movement->prepaid_nanos, 0);
    entry_post(entry, ROLE_EXPIRED, -movement->prepaid_nanos);
    memo_free(entry, "expired", -movement->free_nanos);
    entry_close(entry);
}

/* A day's refunds of payment history: credit is taken back, what is short of it becomes overdraft.
 */
static gboolean make_refund(struct credit_maker *credit, const struct movement *movement,
                            GError **error)
{
    const struct credit_book *book = credit->book;
    struct entry *entry = add_entry(credit, "refund", movement->day, movement->day);
    int64_t rest = movement->accrued_nanos - movement->prepaid_nanos;
    enum role rest_role = ROLE_ADJUSTMENT;
    guint count = 0;

    entry->text = "Refund of top-up";
    post_credit(credit, entry, movement->prepaid_nanos, movement->accrued_nanos);
    for (guint i = 0; i < book->payments->len; i++) {
        const struct payment *payment = &g_array_index(book->payments, struct payment, i);
        struct price price;
        struct posting *posting;

        if (strcmp(payment->refunded_on, movement->day) != 0)
            continue;
        if (!payment_price(payment, book->currency, &price, error))
            return FALSE;
        posting = entry_post(entry, ROLE_REFUNDS, price.refunded_nanos);
        if (posting)
            posting->text = payment->reference;
        entry->reference = count++ ? "" : payment->reference;
        rest -= price.refunded_nanos;
        if (price.tax_nanos != 0)
            rest_role = payment_tax_role(payment);
    }
    entry_post(entry, rest_role, rest);
    entry_close(entry);
    return TRUE;
}

/* The month's cost by project, in whole cents that add up to the month's. */
static void post_usage(struct credit_maker *credit, struct entry *entry, const char *until)
{
    const struct credit_book *book = credit->book;
    const struct maker *maker = credit->maker;
    guint count = book->projects->len;
    g_autofree int64_t *nanos = g_new0(int64_t, count + 1);
    g_autofree int64_t *cents = g_new0(int64_t, count + 1);

    for (; credit->next_use < book->uses->len; credit->next_use++) {
        const struct use *use = &g_array_index(book->uses, struct use, credit->next_use);

        if (strcmp(use->day, until) > 0)
            break;
        nanos[use->project] += use->paid_nanos + use->overdrawn_nanos;
    }
    cent_split(cents, nanos, count);
    for (guint i = 0; i < count; i++) {
        const struct book_project *project = &g_array_index(book->projects, struct book_project, i);
        struct posting *posting =
            entry_post(entry, maker->usage_role(maker->usage_context, project->class), nanos[i]);

        if (!posting)
            continue;
        posting->nanos = cents[i];
        posting->is_placed = TRUE;
        posting->project_id = project->project_id;
        posting->text = *project->name ? project->name : project->project_id;
        if (!*posting->text)
            posting->text = "cost without a project";
    }
}

static void make_usage(struct credit_maker *credit, const struct movement *sum, const char *day)
{
    struct entry *entry = add_entry(credit, "usage", day, day);
    g_autofree char *month = g_strndup(day, strlen("2026-10"));

    entry->text = "API usage";
    entry->reference = journal_text(credit->maker->journal, month);
    post_usage(credit, entry, day);
    post_credit(credit, entry, sum->prepaid_nanos, sum->accrued_nanos);
    memo_free(entry, "used", -sum->free_nanos);
    entry_close(entry);
}

static void add_assertions(const struct credit_maker *credit)
{
    const struct credit_book *book = credit->book;

    for (guint i = 0; i < book->standings->len; i++) {
        const struct standing *standing = &g_array_index(book->standings, struct standing, i);
        struct assertion assertion = {.organization_id = book->organization_id,
                                      .organization_name = book->name};

        segment_end(credit, standing->day, assertion.day);
        if (strcmp(assertion.day, standing->day) != 0 ||
            strcmp(standing->day, credit->maker->journal->from) < 0 ||
            strcmp(standing->day, credit->last_on) > 0)
            continue;
        g_strlcpy(assertion.currency, book->currency, sizeof assertion.currency);
        assertion.role = ROLE_PREPAID;
        assertion.nanos = cent_round(standing->paid_nanos);
        g_array_append_val(credit->maker->journal->assertions, assertion);
        assertion.role = ROLE_ACCRUED;
        assertion.nanos = -cent_round(standing->overdraft_nanos);
        g_array_append_val(credit->maker->journal->assertions, assertion);
    }
}

static gboolean make_movement(struct credit_maker *credit, const struct movement *movement,
                              GError **error)
{
    if (strcmp(movement->kind, "topup") == 0)
        return make_topup(credit, movement, error);
    if (strcmp(movement->kind, "refund") == 0)
        return make_refund(credit, movement, error);
    if (strcmp(movement->kind, "expiry") == 0)
        make_expiry(credit, movement);
    else
        make_grant(credit, movement);
    return TRUE;
}

gboolean make_credit_entries(const struct maker *maker, const struct credit_book *book,
                             GError **error)
{
    struct credit_maker credit = {.maker = maker, .book = book};
    struct movement usage = {0};
    char end[11] = ""; /* of the usage that is being summed */

    g_strlcpy(credit.last_on, maker->journal->until, sizeof credit.last_on);
    next_day(credit.last_on, -1);
    if (strcmp(book->last_on, credit.last_on) < 0)
        g_strlcpy(credit.last_on, book->last_on, sizeof credit.last_on);
    for (guint i = 0; i < book->movements->len; i++) {
        const struct movement *movement = &g_array_index(book->movements, struct movement, i);

        if (strcmp(movement->day, credit.last_on) > 0)
            break;
        if (*end && strcmp(movement->day, end) > 0) {
            make_usage(&credit, &usage, end);
            *end = '\0';
            usage = (struct movement){0};
        }
        if (strcmp(movement->kind, "usage") == 0) {
            segment_end(&credit, movement->day, end);
            usage.prepaid_nanos += movement->prepaid_nanos;
            usage.free_nanos += movement->free_nanos;
            usage.accrued_nanos += movement->accrued_nanos;
        } else if (!make_movement(&credit, movement, error)) {
            g_prefix_error(error, "%s %s: ", book->organization_id, movement->reference);
            return FALSE;
        }
    }
    if (*end)
        make_usage(&credit, &usage, end);
    add_assertions(&credit);
    return TRUE;
}
