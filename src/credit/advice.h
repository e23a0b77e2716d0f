/*
 * advice.h - the current settings of auto-recharge beside a few others, over the recorded use.
 *
 * Simulated are the newest complete days that cost covers, at most ADVICE_DAYS of them. Current are
 * the settings stated for the last of these days, else those inferred; without either there is no
 * advice. The others hold one, three and seven days of mean use, or the largest day's, as
 * threshold, and seven, fourteen and thirty days of mean use as amount, all rounded up to
 * ADVICE_STEP.
 */
#pragma once
#include "credit/recharge.h"
#include "credit/simulate.h"

#define ADVICE_DAYS       365
#define ADVICE_STEP_NANOS (5 * NANOS_PER_UNIT)

struct advice_choice {
    const char *threshold_basis, *amount_basis; /* "stated", "inferred", "3 days of use", … */
    struct recharge_rule rule;
    struct simulation result;
};

struct advice {
    GArray *choices;       /* struct advice_choice, the current one first; may be empty */
    guint from, day_count; /* simulated days: from, counted from first_day, and their number */
};

struct advice *advice_new(const struct account *account, const struct inference *inference);
void advice_free(struct advice *advice);
typedef struct advice Advice; /* for g_autoptr(Advice) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Advice, advice_free)
