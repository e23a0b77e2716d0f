/*
 * runaway.h - names the projects whose spend left their own baseline, from cost_day.
 */
#pragma once
#include "core/db.h"

/* Empties and refills runaway_episode and the exceptions of room 'runaway', inside the caller's
 * transaction. */
gboolean runaway_run(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
