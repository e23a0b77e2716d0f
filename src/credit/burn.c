/* burn.c - the day-by-day burn-down. */
#include "credit/burn.h"
#include "core/error.h"
#include "core/instant.h"
#include "core/money.h"

/* An instant that matters to one grant. At one instant grants enter before any expires. */
struct event {
    int64_t at;
    enum { ENTRY, EXPIRY, REFUND } kind;
    guint grant;
};

/* A burn-down at work. `drawn` is a stack: what was drawn and not given back. */
struct burner {
    struct burn *burn;
    guint *order;                   /* grants by the policy */
    guint *place;                   /* of each grant in it */
    guint first;                    /* in order: those before it have nothing left to draw */
    int64_t paid_nanos, free_nanos; /* what is left in the grants that entered */
    GArray *events;                 /* struct event, sorted */
    guint next_event;
    GArray *drawn; /* struct burn_draw */
    int64_t overdraft;
    guint today;
    guint first_draw; /* of today, in burn->draws */
    struct burn_day *day;
};

const char *burn_policy_name(enum burn_policy policy)
{
    return policy == FREE_FIRST ? "free-first" : "expiry-first";
}

int64_t burn_day_balance(const struct burn_day *day)
{
    return day->paid_nanos + day->free_nanos - day->overdraft_nanos;
}

const char *burn_state_name(const struct burn_state *state)
{
    if (state->remaining_nanos > 0 || !state->entered)
        return "open";
    if (state->withdrawn_nanos > 0)
        return "withdrawn";
    return state->expired_nanos > 0 ? "expired" : "used";
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static struct burn_state *state_of(struct burner *burner, guint grant)
{
    return &g_array_index(burner->burn->states, struct burn_state, grant);
}

struct ranking {
    const struct burn_grant *grants;
    enum burn_policy policy;
};

static int order_compare(const void *a, const void *b, void *data)
{
    const struct ranking *ranking = data;
    guint i = *(const guint *)a, j = *(const guint *)b;
    const struct burn_grant *x = &ranking->grants[i], *y = &ranking->grants[j];
    int by_free = (y->is_free != 0) - (x->is_free != 0);
    int by_expiry = compare(x->expires_at, y->expires_at);
    int first = ranking->policy == FREE_FIRST ? by_free : by_expiry;
    int second = ranking->policy == FREE_FIRST ? by_expiry : by_free;

    if (first || second)
        return first ? first : second;
    if (x->granted_at != y->granted_at)
        return compare(x->granted_at, y->granted_at);
    return compare(i, j);
}

static guint *order_new(const struct burn_input *input, enum burn_policy policy)
{
    struct ranking ranking = {input->grants, policy};
    guint *order = g_new(guint, input->grant_count);

    for (guint i = 0; i < input->grant_count; i++)
        order[i] = i;
    g_qsort_with_data(order, (gint)input->grant_count, sizeof *order, order_compare, &ranking);
    return order;
}

/* Where each of the grants stands in their order. */
static guint *places_new(const guint *order, guint count)
{
    guint *places = g_new(guint, count);

    for (guint i = 0; i < count; i++)
        places[order[i]] = i;
    return places;
}

static int event_compare(const void *a, const void *b)
{
    const struct event *x = a, *y = b;

    if (x->at != y->at)
        return compare(x->at, y->at);
    return x->kind != y->kind ? compare(x->kind, y->kind) : compare(x->grant, y->grant);
}

static void add_event(GArray *events, int64_t at, int kind, guint grant)
{
    struct event event = {.at = at, .kind = kind, .grant = grant};

    if (at != NEVER)
        g_array_append_val(events, event);
}

static GArray *events_new(const struct burn_input *input)
{
    GArray *events = g_array_new(FALSE, FALSE, sizeof(struct event));

    for (guint i = 0; i < input->grant_count; i++) {
        const struct burn_grant *grant = &input->grants[i];

        add_event(events, grant->granted_at, ENTRY, i);
        add_event(events, MAX(grant->granted_at, grant->expires_at), EXPIRY, i);
        if (grant->refunded_nanos > 0)
            add_event(events, MAX(grant->granted_at, grant->refunded_at), REFUND, i);
    }
    g_array_sort(events, event_compare);
    return events;
}

static void add_movement(struct burner *burner, int kind, const struct event *event, int64_t nanos)
{
    struct burn_movement movement = {
        .kind = kind, .day = burner->today, .grant = event->grant, .at = event->at, .nanos = nanos};

    if (nanos != 0)
        g_array_append_val(burner->burn->movements, movement);
}

/* Changes what a grant that entered has left. */
static void add_remaining(struct burner *burner, guint grant, int64_t nanos)
{
    state_of(burner, grant)->remaining_nanos += nanos;
    *(burner->burn->input.grants[grant].is_free ? &burner->free_nanos : &burner->paid_nanos) +=
        nanos;
    if (nanos > 0)
        burner->first = MIN(burner->first, burner->place[grant]);
}

static void enter(struct burner *burner, const struct event *event)
{
    const struct burn_grant *grant = &burner->burn->input.grants[event->grant];
    struct burn_state *state = state_of(burner, event->grant);
    /* A negative opening "repays" a negative amount: it brings its overdraft along. */
    gboolean repays = !grant->is_free || grant->face_nanos < 0;
    int64_t repaid = repays ? MIN(burner->overdraft, grant->face_nanos) : 0;

    state->entered = TRUE;
    state->repaid_nanos = repaid;
    state->used_nanos = repaid;
    add_remaining(burner, event->grant, grant->face_nanos - repaid);
    burner->overdraft -= repaid;
    if (repaid > 0) /* use that came before its credit, and may be given back like any other */
        g_array_append_val(burner->drawn,
                           ((struct burn_draw){burner->today, event->grant, repaid}));
    *(grant->is_topup ? &burner->day->topup_nanos : &burner->day->grant_nanos) += grant->face_nanos;
    add_movement(burner, GRANTED, event, grant->face_nanos);
    add_movement(burner, REPAID, event, repaid);
}

/* What the grants that the policy draws before this one have left. */
static int64_t left_before(struct burner *burner, guint grant)
{
    int64_t left = 0;

    for (const guint *i = burner->order; *i != grant; i++) {
        const struct burn_state *state = state_of(burner, *i);

        if (state->entered && !state->closed)
            left += state->remaining_nanos;
    }
    return left;
}

static void expire(struct burner *burner, const struct event *event)
{
    struct burn_state *state = state_of(burner, event->grant);
    int64_t expired = state->closed ? 0 : state->remaining_nanos;
    int64_t midnight = (burner->burn->input.first_day + (int64_t)burner->today) * SECONDS_PER_DAY;

    state->expired_low_nanos = expired;
    if (expired > 0 && event->at > midnight) {
        int64_t reach = burner->day->usage_nanos - left_before(burner, event->grant);

        state->expired_low_nanos = expired - CLAMP(reach, 0, expired);
    }
    state->closed = TRUE;
    state->expired_nanos += expired;
    add_remaining(burner, event->grant, -expired);
    burner->day->expired_nanos += expired;
    add_movement(burner, EXPIRED, event, expired);
}

static void withdraw(struct burner *burner, const struct event *event)
{
    const struct burn_grant *grant = &burner->burn->input.grants[event->grant];
    struct burn_state *state = state_of(burner, event->grant);
    int64_t refunded = grant->refunded_nanos;
    int64_t taken = MIN(state->remaining_nanos, refunded);

    if (refunded >= grant->face_nanos)
        state->closed = TRUE;
    state->withdrawn_nanos += taken;
    add_remaining(burner, event->grant, -taken);
    burner->overdraft += refunded - taken;
    burner->day->withdrawn_nanos += refunded;
    add_movement(burner, WITHDRAWN, event, refunded);
    add_movement(burner, OVERDREW, event, refunded - taken);
}

/* One row per day and grant: a second giving back to a grant adds to the first. */
static void add_draw(struct burner *burner, guint grant, int64_t nanos)
{
    GArray *draws = burner->burn->draws;
    struct burn_draw draw = {.day = burner->today, .grant = grant, .nanos = nanos};

    for (guint i = burner->first_draw; i < draws->len; i++) {
        struct burn_draw *other = &g_array_index(draws, struct burn_draw, i);

        if (other->grant == grant) {
            other->nanos += nanos;
            return;
        }
    }
    g_array_append_val(draws, draw);
}

/* Passes the grants that have nothing left, or never will. */
static void pass_spent(struct burner *burner)
{
    while (burner->first < burner->burn->input.grant_count) {
        const struct burn_state *state = state_of(burner, burner->order[burner->first]);

        if (!state->closed && state->remaining_nanos > 0)
            break;
        burner->first++;
    }
}

static void draw(struct burner *burner, int64_t usage)
{
    int64_t need = usage;

    pass_spent(burner);
    for (guint i = burner->first; need > 0 && i < burner->burn->input.grant_count; i++) {
        guint grant = burner->order[i];
        struct burn_state *state = state_of(burner, grant);
        int64_t taken = MIN(need, state->remaining_nanos);

        if (!state->entered || state->closed || taken <= 0)
            continue;
        add_remaining(burner, grant, -taken);
        state->used_nanos += taken;
        need -= taken;
        add_draw(burner, grant, taken);
        g_array_append_val(burner->drawn, ((struct burn_draw){burner->today, grant, taken}));
    }
    burner->day->drawn_nanos = usage - need;
    burner->day->overdrawn_nanos = need;
    burner->overdraft += need;
}

static void give_back(struct burner *burner, int64_t credit)
{
    int64_t reduced = MIN(credit, burner->overdraft);
    int64_t left = credit - reduced;

    burner->overdraft -= reduced;
    while (left > 0 && burner->drawn->len > 0) {
        struct burn_draw *last =
            &g_array_index(burner->drawn, struct burn_draw, burner->drawn->len - 1);
        struct burn_state *state = state_of(burner, last->grant);
        int64_t given = state->closed ? 0 : MIN(left, last->nanos);

        if (given > 0) {
            add_remaining(burner, last->grant, given);
            state->used_nanos -= given;
            last->nanos -= given;
            left -= given;
            add_draw(burner, last->grant, -given);
        }
        if (state->closed || last->nanos == 0)
            g_array_set_size(burner->drawn, burner->drawn->len - 1);
    }
    burner->day->drawn_nanos = left + reduced - credit;
    burner->day->overdrawn_nanos = -reduced;
    burner->day->adjustment_nanos = -left;
}

static void close_day(struct burner *burner, int64_t opening)
{
    struct burn_day *day = burner->day;

    day->paid_nanos = burner->paid_nanos;
    day->free_nanos = burner->free_nanos;
    day->overdraft_nanos = burner->overdraft;
    g_assert(day->overdraft_nanos >= 0);
    g_assert(burn_day_balance(day) == opening + day->topup_nanos + day->grant_nanos -
                                          day->usage_nanos - day->expired_nanos -
                                          day->withdrawn_nanos + day->adjustment_nanos);
    g_assert(day->usage_nanos == day->drawn_nanos + day->overdrawn_nanos + day->adjustment_nanos);
}

static void run_day(struct burner *burner, int64_t opening)
{
    static void (*const happen[])(struct burner *, const struct event *) = {
        [ENTRY] = enter, [EXPIRY] = expire, [REFUND] = withdraw};
    const struct burn_input *input = &burner->burn->input;
    int64_t until = (input->first_day + (int64_t)burner->today + 1) * SECONDS_PER_DAY;
    int64_t usage = input->usage_nanos[burner->today];

    burner->day = &g_array_index(burner->burn->days, struct burn_day, burner->today);
    burner->day->usage_nanos = usage;
    burner->first_draw = burner->burn->draws->len;
    for (; burner->next_event < burner->events->len; burner->next_event++) {
        const struct event *event =
            &g_array_index(burner->events, struct event, burner->next_event);

        if (event->at >= until)
            break;
        happen[event->kind](burner, event);
    }
    if (usage > 0)
        draw(burner, usage);
    else if (usage < 0)
        give_back(burner, -usage);
    close_day(burner, opening);
}

/* Grants that the days did not reach stand at their face; the others' parts add up to it. */
static void settle_states(struct burn *burn)
{
    for (guint i = 0; i < burn->input.grant_count; i++) {
        struct burn_state *state = &g_array_index(burn->states, struct burn_state, i);

        if (!state->entered)
            state->remaining_nanos = burn->input.grants[i].face_nanos;
        g_assert(burn->input.grants[i].face_nanos == state->used_nanos + state->expired_nanos +
                                                         state->withdrawn_nanos +
                                                         state->remaining_nanos);
    }
}

static int128 magnitude(int64_t nanos)
{
    return nanos < 0 ? -(int128)nanos : (int128)nanos;
}

gboolean burn_refuse_range(GError **error)
{
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "the grants and costs of one organization are out of range together: above "
                "%" G_GINT64_FORMAT,
                BURN_LIMIT_NANOS / NANOS_PER_UNIT);
    return FALSE;
}

gboolean burn_check_range(const struct burn_input *input, GError **error)
{
    int128 sum = 0;

    for (guint i = 0; i < input->grant_count; i++)
        sum += magnitude(input->grants[i].face_nanos) + input->grants[i].refunded_nanos;
    for (guint i = 0; i < input->day_count; i++)
        sum += magnitude(input->usage_nanos[i]);
    return sum <= BURN_LIMIT_NANOS || burn_refuse_range(error);
}

static GArray *zeroed(gsize size, guint count)
{
    return g_array_set_size(g_array_sized_new(FALSE, TRUE, (guint)size, count), count);
}

struct burn *burn_new(const struct burn_input *input, enum burn_policy policy)
{
    struct burner burner = {0};
    struct burn *burn = g_new0(struct burn, 1);
    int64_t opening = 0;

    burn->policy = policy;
    burn->input = *input;
    burn->states = zeroed(sizeof(struct burn_state), input->grant_count);
    burn->days = zeroed(sizeof(struct burn_day), input->day_count);
    burn->draws = g_array_new(FALSE, FALSE, sizeof(struct burn_draw));
    burn->movements = g_array_new(FALSE, FALSE, sizeof(struct burn_movement));
    burner.burn = burn;
    burner.order = order_new(input, policy);
    burner.place = places_new(burner.order, input->grant_count);
    burner.events = events_new(input);
    burner.drawn = g_array_new(FALSE, FALSE, sizeof(struct burn_draw));
    for (; burner.today < input->day_count; burner.today++) {
        run_day(&burner, opening);
        opening = burn_day_balance(burner.day);
    }
    settle_states(burn);
    g_array_unref(burner.drawn);
    g_array_unref(burner.events);
    g_free(burner.place);
    g_free(burner.order);
    return burn;
}

void burn_free(struct burn *burn)
{
    if (!burn)
        return;
    g_array_unref(burn->states);
    g_array_unref(burn->days);
    g_array_unref(burn->draws);
    g_array_unref(burn->movements);
    g_free(burn);
}
