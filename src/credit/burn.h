/*
 * burn.h - the burn-down of one organization's credits in one currency, day by day.
 *
 * Arithmetic alone: no ledger, no text. One day goes like this:
 *
 *   1. the day's instants in their order: a grant enters (a paid one, and an opening, repays
 *      overdraft first), a grant expires (what it has left is expired), a refund withdraws (what
 *      the grant has left, up to the refund; what is short becomes overdraft);
 *   2. at the day's end its usage: a positive one is drawn from the grants in the policy's order,
 *      what they cannot give becomes overdraft; a negative one takes the last use back: it reduces
 *      overdraft, then is given back to the grants drawn or repaying last that are still there, and
 *      what is left after that is an adjustment, which never makes a grant and changes no balance.
 *
 * Laws, asserted: a day's closing = opening + topup + grant - usage - expired - withdrawn +
 * adjustment = paid + free - overdraft; usage = drawn + overdrawn + adjustment; a grant's
 * face = used + expired + withdrawn + remaining.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

#define NEVER INT64_MAX

enum burn_policy {
    FREE_FIRST,   /* free before paid, then earliest expiry, earliest granted, input */
    EXPIRY_FIRST, /* earliest expiry, then free before paid, earliest granted, input */
    BURN_POLICIES
};

const char *burn_policy_name(enum burn_policy policy); /* "free-first", "expiry-first" */

struct burn_grant {
    const char *reference;
    gboolean is_free;  /* promotional or free: repays no overdraft */
    gboolean is_topup; /* bought; neither free nor topup: an opening */
    int64_t granted_at;
    int64_t expires_at;     /* NEVER */
    int64_t face_nanos;     /* a negative opening is an overdraft carried in */
    int64_t refunded_at;    /* NEVER */
    int64_t refunded_nanos; /* of credit, 0..face */
};

struct burn_input {
    const struct burn_grant *grants; /* by granted_at; the first of equal instants goes first */
    guint grant_count;
    int32_t first_day; /* since 1970-01-01 */
    guint day_count;
    const int64_t *usage_nanos; /* net cost, one per day */
};

/* Where a grant stands after the last day. One granted later stands at its face. */
struct burn_state {
    int64_t used_nanos; /* repaid included */
    int64_t repaid_nanos;
    int64_t expired_nanos;
    int64_t expired_low_nanos; /* had the expiry day's usage come before the expiry */
    int64_t withdrawn_nanos;
    int64_t remaining_nanos;
    gboolean entered; /* granted within the days */
    gboolean closed;  /* expired or fully refunded: nothing is drawn from or given back to it */
};

/* One day's movements and its end. */
struct burn_day {
    int64_t paid_nanos, free_nanos, overdraft_nanos;
    int64_t topup_nanos, grant_nanos, usage_nanos, expired_nanos;
    int64_t withdrawn_nanos; /* the refunds, what the grants no longer had included */
    int64_t adjustment_nanos;
    int64_t drawn_nanos, overdrawn_nanos; /* the usage's parts, negative when given back */
};

/* One row per day and grant, in the order drawn. Days count from first_day. */
struct burn_draw {
    guint day, grant;
    int64_t nanos; /* negative: given back */
};

/* What changed the balance, or repaid overdraft, at an instant. */
struct burn_movement {
    enum { GRANTED, REPAID, EXPIRED, WITHDRAWN, OVERDREW } kind;
    guint day, grant;
    int64_t at;
    int64_t nanos; /* OVERDREW: the part of a refund that became overdraft; also in WITHDRAWN */
};

struct burn {
    enum burn_policy policy;
    struct burn_input input; /* borrowed */
    GArray *states;          /* struct burn_state, one per grant */
    GArray *days;            /* struct burn_day */
    GArray *draws;           /* struct burn_draw */
    GArray *movements;       /* struct burn_movement */
};

/* About 2.3e9 units: below it no sum in here can wrap. */
#define BURN_LIMIT_NANOS (INT64_MAX / 4)

/*
 * Refuses with TRUEUP_ERROR_INPUT an input whose money together is beyond BURN_LIMIT_NANOS. To be
 * asked before burn_new.
 */
gboolean burn_check_range(const struct burn_input *input, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean burn_refuse_range(GError **error); /* sets that error; FALSE */

struct burn *burn_new(const struct burn_input *input, enum burn_policy policy);
void burn_free(struct burn *burn);
typedef struct burn Burn; /* for g_autoptr(Burn) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Burn, burn_free)

/* paid + free - overdraft at the end of a day. */
int64_t burn_day_balance(const struct burn_day *day);
/* "open", "used", "expired" or "withdrawn". */
const char *burn_state_name(const struct burn_state *state);

#define FORECAST_DAYS 800

/* What goes on at a steady use: see burn_forecast(). */
struct forecast {
    int32_t zero_day;      /* first day whose balance is zero or less; -1: never, or already */
    int64_t *unused_nanos; /* one per grant: of what remains, what expires */
};

/*
 * Goes on for FORECAST_DAYS after the last day at a daily use of mean_nanos >= 0, with the grants,
 * expiries and refunds that are known to come. Without a day nothing is known and nothing forecast.
 * Free with forecast_clear.
 */
void burn_forecast(const struct burn *burn, int64_t mean_nanos, struct forecast *out);
void forecast_clear(struct forecast *forecast);
