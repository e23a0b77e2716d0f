/*
 * store.h - writes an episode down, with what carried it and a first guess at its cause.
 */
#pragma once
#include "core/db.h"
#include "runaway/episode.h"

struct stored {
    char *id, *explanation;
};

void stored_clear(struct stored *stored);
typedef struct stored Stored; /* for g_auto(Stored) alone */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Stored, stored_clear)

gboolean store(struct db *db, const struct organization *organization,
               const struct project *project, const struct episode *episode, int64_t verdict_id,
               struct stored *out, GError **error) G_GNUC_WARN_UNUSED_RESULT;
