/*
 * subscription.h - two ChatGPT subscriptions in one period, paid by one owner's cards.
 */
#pragma once
#include "core/db.h"

/* Raises DUPLICATE_SUBSCRIPTION for every charge that another subscription's month contains. */
gboolean subscription_read(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
