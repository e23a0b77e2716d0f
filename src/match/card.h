/*
 * card.h - the card leg: top-ups and the charges that paid them.
 *
 *   card_fit.c    does this charge fit this top-up: amount, time, card, sign
 *   card_index.c  charges by amount and by time, so that few pairs are looked at
 *   card_clock.c  how far a timed statement's clock is off
 *   card.c        all pairs that fit, and what uniqueness and blocks decide
 *   card_block.c  groups of equal top-ups and equal charges
 *   component.c   groups of any: what they prove, and what they suggest
 */
#pragma once
#include "match/assign.h"
#include "match/coverage.h"
#include "match/fx.h"

#define POSTING_DAYS  5
#define TIGHT_SECONDS 120
#define NEAR_SECONDS  900  /* clocks that agree at all agree to this */
#define CLOCK_SECONDS 3600 /* how far a timed statement's clock may be off */

/* ---- card_fit.c */

/* Fills is_exact and variance when the charge's amount is the top-up's total. */
gboolean card_amount_fits(struct fx *fx, const struct topup *topup, const struct charge *charge,
                          struct edge *edge);
/* Fills distance when the charge may be the top-up's as far as time goes: that of the payment, or
 * the day of its receipt where they differ. */
gboolean card_time_fits(const struct topup *topup, const struct charge *charge, gint32 *distance);
/* The instants at which a charge of a payment may have been purchased or (alone) posted. */
struct interval card_window(struct interval paid, gboolean posting_only);
/* Why a charge that fits cannot be the top-up's (pending, declined, another wallet): a static
 * clause, or NULL. */
const char *card_refusal(const struct topup *topup, const struct charge *charge);
/* Why an edge fits: a clause; free it. */
char *card_reason(const struct facts *facts, struct fx *fx, const struct edge *edge);

/* ---- card_index.c */

struct card_index;
typedef void (*card_visit)(void *context, guint charge);

struct card_index *card_index_new(const struct facts *facts);
void card_index_free(struct card_index *index);
typedef struct card_index CardIndex; /* for g_autoptr(CardIndex) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CardIndex, card_index_free)
gboolean card_index_has_posting_only(const struct card_index *index);

/* Visits the charges that may lie in a window and whose card may be last4 ("" : any), in a fixed
 * order: those of one amount, in the charge's own or the merchant's currency … */
void card_index_visit_amount(const struct card_index *index, const char *currency, int64_t nanos,
                             const char *last4, struct interval window, card_visit visit,
                             void *context);
/* … or all in a currency, or in every other one, whose merchant's currency is not told. */
void card_index_visit_currency(const struct card_index *index, const char *currency,
                               gboolean other_ones, const char *last4, struct interval window,
                               card_visit visit, void *context);

/* ---- card_clock.c */

/* Marks the edges of timed charges that are tight or far, on a clock set right by account. */
void card_clock_set(const struct facts *facts, GArray *edges);

/* ---- card.c */

/* Pairs top-ups with charges. Sets the top-ups' card legs, the charges' topup and in_question. */
struct pool *card_pair(struct facts *facts, struct fx *fx, const struct coverage *coverage);

/* ---- card_block.c */

/*
 * Decides one component when it is a block: every top-up has the same total and every pair is
 * exact. FALSE, changing nothing, when it is not one, or is too large to pair.
 */
gboolean card_block_decide(struct facts *facts, struct pool *pool, const GArray *component);
