/*
 * rate.h - what usage would have cost: the rate card over every day's usage.
 *
 * A value is quantity x list price, in USD. It is never added to cost: it estimates the days that
 * no cost export covers yet, and is held against the cost of the others.
 */
#pragma once
#include "core/db.h"

/* Refills usage_value, estimate_day and rate_check, inside the caller's transaction. */
gboolean rate_run(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
