/*
 * doctor.h - why an organization's calls may fail, or its use show nothing.
 */
#pragma once
#include "core/db.h"

/* Empties and refills diagnosis, inside the caller's transaction; what it reads is up to date. */
gboolean doctor_run(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
