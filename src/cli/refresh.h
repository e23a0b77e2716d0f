/*
 * refresh.h - rebuilds everything that is derived from the facts.
 */
#pragma once
#include "core/db.h"

/* Derives, matches, burns down and judges, in one transaction. */
gboolean refresh_run(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same, when facts changed since the last refresh. */
gboolean refresh_if_due(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* TRUE in *stale when facts changed since the last refresh. */
gboolean refresh_is_due(struct db *db, gboolean *stale, GError **error) G_GNUC_WARN_UNUSED_RESULT;
