/*
 * coverage.h - which days of which card the imported statements cover.
 */
#pragma once
#include "core/db.h"

struct coverage;

struct coverage *coverage_load(struct db *db, GError **error);
void coverage_free(struct coverage *coverage);
typedef struct coverage Coverage; /* for g_autoptr(Coverage) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Coverage, coverage_free)

/* Whether one run of statements of one account of a card ("" : of any account) covers both days and
 * all between. */
gboolean coverage_covers(const struct coverage *coverage, const char *last4, const char *from_on,
                         const char *until_on);
