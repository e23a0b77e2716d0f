/* recharge.c - the audit of purchases, month by month. */
#include "credit/recharge.h"
#include "core/instant.h"
#include "core/money.h"

#define CENT (NANOS_PER_UNIT / 100)

/* Walks purchases in their order, with the movements of the balance beside them. */
struct walk {
    const struct account *account;
    const struct burn *burn;
    struct recharge_audit *audit;
    guint next;  /* movement */
    int64_t day; /* that moved_nanos is of */
    int64_t moved_nanos;
    guint judged;                  /* recharges so far whose balance is known */
    int64_t low_nanos, high_nanos; /* the most that surely, and that perhaps, stood before one */
};

const char *cap_state_name(enum cap_state state)
{
    static const char *const names[CAP_STATES] = {[NO_CAP] = "",
                                                  [CAP_KEPT] = "kept",
                                                  [CAP_BROKEN] = "broken",
                                                  [CAP_BROKEN_WITH_MANUAL] = "broken with manual"};

    return names[state];
}

static gboolean is_of(const struct account *account, const struct recharge_setting *setting)
{
    return strcmp(setting->currency, account->currency) == 0;
}

const struct recharge_setting *recharge_setting_at(const struct account *account, int32_t day)
{
    const struct organization *organization = account->organization;

    for (guint i = organization->setting_count; i-- > 0;) {
        const struct recharge_setting *setting = &organization->settings[i];

        if (is_of(account, setting) && setting->from <= day && setting->until >= day)
            return setting;
    }
    return NULL;
}

/* The highest threshold stated for any time up to a day; FALSE when none is. */
static gboolean stated_threshold(const struct account *account, int32_t day, int64_t *out)
{
    const struct organization *organization = account->organization;
    gboolean found = FALSE;

    for (guint i = 0; i < organization->setting_count; i++) {
        const struct recharge_setting *setting = &organization->settings[i];

        if (!is_of(account, setting) || setting->from > day)
            continue;
        *out = found ? MAX(*out, setting->threshold_nanos) : setting->threshold_nanos;
        found = TRUE;
    }
    return found;
}

/* What the day's grants, expiries and refunds did to the balance before an instant of it. */
static int64_t moved_before(struct walk *walk, int64_t day, int64_t at)
{
    const GArray *movements = walk->burn->movements;

    if (walk->day != day)
        walk->moved_nanos = 0;
    walk->day = day;
    for (; walk->next < movements->len; walk->next++) {
        const struct burn_movement *movement =
            &g_array_index(movements, struct burn_movement, walk->next);

        if (movement->day > day || (movement->day == day && movement->at >= at))
            break;
        if (movement->day < day)
            continue;
        if (movement->kind == GRANTED)
            walk->moved_nanos += movement->nanos;
        else if (movement->kind == EXPIRED || movement->kind == WITHDRAWN)
            walk->moved_nanos -= movement->nanos;
    }
    return walk->moved_nanos;
}

/* The balance just before a purchase; FALSE when it is not known. */
static gboolean balance_before(struct walk *walk, const struct grant *grant, int64_t *low,
                               int64_t *high)
{
    const struct burn *burn = walk->burn;
    int64_t day = day_from_instant(grant->burn.granted_at) - burn->input.first_day;
    int64_t balance = 0, usage;

    if (day < 0 || day >= burn->days->len || grant->dated_from < grant->dated_until)
        return FALSE;
    if (day > 0)
        balance = burn_day_balance(&g_array_index(burn->days, struct burn_day, day - 1));
    balance += moved_before(walk, day, grant->burn.granted_at);
    usage = burn->input.usage_nanos[day];
    *low = balance - MAX(usage, 0);
    *high = balance - MIN(usage, 0);
    return TRUE;
}

/* Whether a recharge came while the balance surely stood above what starts one. */
static void judge(struct walk *walk, guint index, struct recharge_month *month)
{
    const struct grant *grant = g_ptr_array_index(walk->account->grants, index);
    struct suspect suspect = {.grant = index};
    int64_t high = 0;
    gboolean is_suspect = FALSE;

    if (!balance_before(walk, grant, &suspect.low_nanos, &high))
        return;
    suspect.stated = stated_threshold(walk->account, day_from_instant(grant->burn.granted_at),
                                      &suspect.threshold_nanos);
    if (!suspect.stated)
        suspect.threshold_nanos = walk->high_nanos;
    if (suspect.stated || walk->judged >= INFERENCE_COUNT)
        is_suspect = suspect.low_nanos > suspect.threshold_nanos;
    if (is_suspect)
        g_array_append_val(month->suspects, suspect);
    else
        walk->low_nanos =
            walk->judged ? MAX(walk->low_nanos, suspect.low_nanos) : suspect.low_nanos;
    walk->high_nanos = walk->judged ? MAX(walk->high_nanos, high) : high;
    walk->judged++;
}

static void hold_cap(const struct account *account, guint index, struct recharge_month *month)
{
    const struct grant *grant = g_ptr_array_index(account->grants, index);
    const struct recharge_setting *setting =
        recharge_setting_at(account, day_from_instant(grant->burn.granted_at));
    int64_t automatic = month->bought[AUTOMATIC].nanos;
    int64_t all = automatic + month->bought[BY_HAND].nanos + month->bought[UNSTATED].nanos;
    enum cap_state found;

    if (!setting || setting->cap_nanos == NEVER)
        return;
    if (automatic > setting->cap_nanos)
        found = CAP_BROKEN;
    else
        found = all > setting->cap_nanos ? CAP_BROKEN_WITH_MANUAL : CAP_KEPT;
    if (found == CAP_KEPT || (found == CAP_BROKEN_WITH_MANUAL && month->cap_state == CAP_BROKEN))
        return;
    if (month->cap_state != found)
        month->broken_by = index;
    month->cap_state = found;
    month->over_nanos = (found == CAP_BROKEN ? automatic : all) - setting->cap_nanos;
    month->cap_nanos = setting->cap_nanos;
}

/* A console shows cents, and what surely stood before a recharge was not above its threshold. */
static int64_t inferred_threshold(const struct walk *walk)
{
    int64_t low = MAX(0, walk->low_nanos);

    return low + (CENT - low % CENT) % CENT;
}

/* The settings that a month is shown with: those of its last automatic purchase, else of its end.
 */
static void finish_month(struct walk *walk, struct recharge_month *month, int32_t day)
{
    const struct recharge_setting *setting = recharge_setting_at(walk->account, day);

    if (setting && setting->cap_nanos != NEVER && month->cap_state == NO_CAP) {
        month->cap_nanos = setting->cap_nanos;
        month->cap_state = CAP_KEPT;
    }
    if (setting) {
        month->threshold_nanos = setting->threshold_nanos;
        month->threshold_basis = STATED;
    } else if (month->bought[AUTOMATIC].count > 0 && walk->judged >= INFERENCE_COUNT) {
        month->threshold_nanos = inferred_threshold(walk);
        month->threshold_basis = INFERRED;
    }
}

static int32_t last_day_of_month(int32_t day)
{
    int year, month, day_of_month;

    day_to_civil(day, &year, &month, &day_of_month);
    return day_from_civil(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1) - 1;
}

/* The purchases from `index` on that lie in one month. Returns the first index after them. */
static guint audit_month(struct walk *walk, guint index)
{
    GPtrArray *grants = walk->account->grants;
    const struct grant *first = g_ptr_array_index(grants, index);
    struct recharge_month month = {.cap_nanos = NEVER};
    int32_t end = last_day_of_month(day_from_instant(first->burn.granted_at)), last = end;
    char text[11];

    month.suspects = g_array_new(FALSE, FALSE, sizeof(struct suspect));
    day_format(end, text);
    g_strlcpy(month.month, text, sizeof month.month);
    for (; index < grants->len; index++) {
        const struct grant *grant = g_ptr_array_index(grants, index);
        int32_t day = day_from_instant(grant->burn.granted_at);

        if (day > end)
            break;
        month.bought[grant->purchase].count++;
        month.bought[grant->purchase].nanos += grant->burn.face_nanos;
        if (grant->purchase != AUTOMATIC)
            continue;
        last = day;
        walk->audit->inference.amount_nanos = grant->burn.face_nanos;
        hold_cap(walk->account, index, &month);
        judge(walk, index, &month);
    }
    finish_month(walk, &month, last);
    g_array_append_val(walk->audit->months, month);
    return index;
}

static void month_clear(gpointer data)
{
    g_array_unref(((struct recharge_month *)data)->suspects);
}

struct recharge_audit *recharge_audit_new(const struct account *account, const struct burn *burn)
{
    struct recharge_audit *audit = g_new0(struct recharge_audit, 1);
    struct walk walk = {.account = account, .burn = burn, .audit = audit, .day = -1};
    guint index = 0;

    audit->months = g_array_new(FALSE, TRUE, sizeof(struct recharge_month));
    g_array_set_clear_func(audit->months, month_clear);
    while (index < account->grants->len) {
        const struct grant *grant = g_ptr_array_index(account->grants, index);

        index = grant->purchase == NOT_BOUGHT ? index + 1 : audit_month(&walk, index);
    }
    audit->inference.known = walk.judged >= INFERENCE_COUNT;
    audit->inference.threshold_nanos = inferred_threshold(&walk);
    return audit;
}

void recharge_audit_free(struct recharge_audit *audit)
{
    if (!audit)
        return;
    g_array_unref(audit->months);
    g_free(audit);
}
