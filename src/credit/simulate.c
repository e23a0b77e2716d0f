/* simulate.c - recorded use under other settings of auto-recharge. */
#include "credit/simulate.h"
#include "core/instant.h"

struct lot {
    int32_t day, expires_on;
    gboolean is_free, is_gone;
    int128 left, used;
};

struct run {
    const struct simulation_input *input;
    const struct recharge_rule *rule;
    GArray *lots; /* struct lot, in the order drawn; those before `first` are empty */
    guint first;
    int32_t day;
    int128 balance; /* of all lots, less the overdraft */
    int128 overdraft;
    int month;          /* that month_nanos is of */
    int128 month_nanos; /* recharged in it */
    int128 recorded, payments, payment_count, usage, expired, adjustment, idle;
};

static struct lot *lot_at(const struct run *run, guint index)
{
    return &g_array_index(run->lots, struct lot, index);
}

static gboolean comes_before(const struct lot *a, const struct lot *b)
{
    if (a->is_free != b->is_free)
        return a->is_free;
    if (a->expires_on != b->expires_on)
        return a->expires_on < b->expires_on;
    return a->day < b->day;
}

static void come_in(struct run *run, struct lot lot, int128 nanos)
{
    gboolean repays = !lot.is_free || nanos < 0;
    int128 repaid = repays ? MIN(run->overdraft, nanos) : 0;
    guint index = run->lots->len;

    run->balance += nanos;
    run->overdraft -= repaid;
    lot.left = nanos - repaid;
    lot.used = repaid;
    while (index > 0 && comes_before(&lot, lot_at(run, index - 1)))
        index--;
    g_array_insert_val(run->lots, index, lot);
    run->first = MIN(run->first, index);
}

static void expire(struct run *run)
{
    for (guint i = run->first; i < run->lots->len; i++) {
        struct lot *lot = lot_at(run, i);

        if (lot->is_gone || lot->expires_on > run->day)
            continue;
        lot->is_gone = TRUE;
        run->expired += lot->left;
        run->balance -= lot->left;
        lot->left = 0;
    }
}

static void draw(struct run *run, int128 need)
{
    while (need > 0 && run->first < run->lots->len) {
        struct lot *lot = lot_at(run, run->first);
        int128 taken = MIN(need, lot->left);

        lot->left -= taken;
        lot->used += taken;
        need -= taken;
        if (lot->left > 0)
            return;
        run->first++;
    }
    run->overdraft += need;
}

static void give_back(struct run *run, int128 credit)
{
    int128 reduced = MIN(credit, run->overdraft);
    int128 left = credit - reduced;

    run->overdraft -= reduced;
    for (guint i = MIN(run->first + 1, run->lots->len); left > 0 && i-- > 0;) {
        struct lot *lot = lot_at(run, i);
        int128 given = lot->expires_on <= run->day ? 0 : MIN(left, lot->used);

        if (given <= 0)
            continue;
        lot->left += given;
        lot->used -= given;
        left -= given;
        run->first = MIN(run->first, i);
    }
    run->adjustment -= left;
    run->balance -= left;
}

static int32_t a_year_after(int32_t day)
{
    return day_from_instant(instant_add_year(day * SECONDS_PER_DAY));
}

/* How many payments of how much bring the balance above the threshold, cap aside. */
static int128 wanted(const struct run *run, int128 *each)
{
    const struct recharge_rule *rule = run->rule;

    if (run->balance > rule->threshold_nanos)
        return 0;
    if (rule->amount_nanos > 0) {
        *each = rule->amount_nanos;
        return (rule->threshold_nanos - run->balance) / *each + 1;
    }
    *each = rule->target_nanos - run->balance;
    return *each > 0 ? 1 : 0;
}

/* Returns TRUE when the cap kept a payment back. */
static gboolean recharge(struct run *run)
{
    int128 each = 0, count = wanted(run, &each), allowed = count;
    struct lot lot = {.day = run->day, .expires_on = a_year_after(run->day)};
    int year, month, day_of_month;

    if (count == 0)
        return FALSE;
    day_to_civil(run->day, &year, &month, &day_of_month);
    if (run->month != year * 12 + month)
        run->month_nanos = 0;
    run->month = year * 12 + month;
    if (run->rule->cap_nanos != INT64_MAX)
        allowed = MIN(count, (run->rule->cap_nanos - run->month_nanos) / each);
    if (allowed > 0) {
        run->month_nanos += allowed * each;
        run->payments += allowed * each;
        run->payment_count += allowed;
        come_in(run, lot, allowed * each);
    }
    return allowed < count;
}

/* What came in on the day as recorded. Returns the index of the first lot of a later day. */
static guint receive(struct run *run, guint index, gboolean simulated)
{
    const struct simulation_input *input = run->input;

    for (; index < input->lot_count && input->lots[index].day <= run->day; index++) {
        const struct simulation_lot *recorded = &input->lots[index];
        struct lot lot = {
            .day = recorded->day, .expires_on = recorded->expires_on, .is_free = recorded->is_free};

        if (simulated && recorded->is_automatic)
            continue;
        run->recorded += recorded->nanos;
        come_in(run, lot, recorded->nanos);
    }
    return index;
}

static void use(struct run *run, int64_t usage)
{
    run->usage += usage;
    run->balance -= usage;
    if (usage > 0)
        draw(run, usage);
    else
        give_back(run, -(int128)usage);
}

/* Sets *out; FALSE when it does not fit. */
static gboolean fit(int64_t *out, int128 nanos)
{
    *out = (int64_t)nanos;
    return *out == nanos;
}

static void begin(struct run *run, struct simulation *out)
{
    run->recorded = run->usage = run->expired = run->adjustment = 0;
    out->opening_nanos = (int64_t)run->balance;
}

static gboolean finish(const struct run *run, struct simulation *out)
{
    guint days = run->input->day_count - run->input->from;

    g_assert(run->balance == out->opening_nanos + run->recorded + run->payments - run->usage -
                                 run->expired + run->adjustment);
    return fit(&out->recorded_nanos, run->recorded) && fit(&out->payment_nanos, run->payments) &&
           fit(&out->payment_count, run->payment_count) && fit(&out->usage_nanos, run->usage) &&
           fit(&out->expired_nanos, run->expired) && fit(&out->adjustment_nanos, run->adjustment) &&
           fit(&out->closing_nanos, run->balance) && fit(&out->idle_nanos, run->idle / days);
}

gboolean simulate(const struct simulation_input *input, const struct recharge_rule *rule,
                  struct simulation *out)
{
    struct run run = {.input = input, .rule = rule, .month = -1};
    struct simulation result = {0};
    guint next = 0;
    gboolean fits;

    g_assert(input->from < input->day_count);
    g_assert(rule->amount_nanos > 0 || rule->target_nanos > 0);
    run.lots = g_array_new(FALSE, TRUE, sizeof(struct lot));
    for (guint day = 0; day < input->day_count; day++) {
        int64_t usage = input->usage_nanos[day];

        run.day = input->first_day + (int32_t)day;
        if (day == input->from)
            begin(&run, &result);
        next = receive(&run, next, day >= input->from);
        expire(&run);
        use(&run, usage);
        if (day < input->from)
            continue;
        if (usage > 0 && run.balance <= 0)
            result.stop_out_count++;
        if (recharge(&run))
            result.capped_count++;
        run.idle += MAX(run.balance, 0);
    }
    fits = finish(&run, &result);
    g_array_unref(run.lots);
    if (fits)
        *out = result;
    return fits;
}
