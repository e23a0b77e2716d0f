/*
 * coverage.h - which days of which card the imported statements cover.
 */
#pragma once
#include "match/facts.h"

struct coverage;

struct coverage *coverage_load(struct db *db, GError **error);
void coverage_free(struct coverage *coverage);
typedef struct coverage Coverage; /* for g_autoptr(Coverage) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Coverage, coverage_free)

/* Whether one run of statements of one account of a card ("" : of any account) covers both days and
 * all between. */
gboolean coverage_covers(const struct coverage *coverage, const char *last4, const char *from_on,
                         const char *until_on);

/* Whether a charge of a top-up must stand in the statements: they cover its day and the days until
 * it is posted, of its card, or of any where it names none. */
gboolean coverage_covers_topup(const struct coverage *coverage, const struct topup *topup);
