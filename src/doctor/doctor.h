/*
 * doctor.h - why an organization's calls may fail, or its use show nothing.
 */
#pragma once
#include "core/db.h"

/* Fills a temporary table that hides diagnosis, for who reads it next; what is derived is up to
 * date. A connection that reads alone stays one. */
gboolean doctor_run(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
