/*
 * card.h - the rate card in memory: which price a day's use of a model has.
 */
#pragma once
#include "core/db.h"

#define RATE_UNITS 1000000 /* a price is per million tokens, characters, seconds … */

struct price {
    int64_t rate_id;
    int64_t nanos; /* USD per RATE_UNITS */
};

struct card;
struct card *card_load(struct db *db, GError **error);
void card_free(struct card *card);
typedef struct card Card; /* for g_autoptr(Card) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Card, card_free)

/*
 * The price on a day ('YYYY-MM-DD'): of the model as named, else without its date suffix; the
 * user's before that of rules/rates.csv, and of several that hold on the day the one that began
 * last. A kind that the card does not price for the model costs what its usual kind costs: cached
 * input, cache writes and image input what input does (for cached image input: cached input first).
 * FALSE when there is none.
 */
gboolean card_find(const struct card *card, const char *model, const char *service_tier,
                   const char *token_kind, const char *day, struct price *out);

/*
 * The model that dated names are of: "gpt-4o-2024-08-06" -> "gpt-4o"; of fine-tuned ones
 * "ft:gpt-4o-2024-08-06:org::id" and "ft-gpt-4o-2024-08-06" -> "ft:gpt-4o". Free it.
 */
char *card_base_model(const char *model);
