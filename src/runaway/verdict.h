/*
 * verdict.h - which verdict is about an episode.
 *
 * A verdict is about days of a project. It holds for an episode that shares a day with it, or comes
 * as near as the days of one episode do: so a restated export that moves an episode's first or last
 * day does not part them. Of several the newest counts.
 */
#pragma once
#include "core/db.h"

/* All verdicts, the newest first; NULL on failure. */
GPtrArray *verdicts_load(struct db *db, GError **error);
/* The verdict's number; 0 where nobody judged these days (day numbers). */
int64_t verdict_of(const GPtrArray *verdicts, const char *organization_id, const char *project_id,
                   const char *currency, int32_t from, int32_t until);
