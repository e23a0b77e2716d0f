/*
 * store.h - writes what was derived for one account under one policy into the ledger.
 */
#pragma once
#include "credit/account.h"

/* One account burned down under one policy, with all that follows from it. */
struct outcome {
    const struct account *account;
    struct burn *burn;
    GArray *shares;        /* struct share */
    GPtrArray *overdrafts; /* struct overdraft */
    GArray *sightings;     /* struct sighting */
    struct forecast forecast;
    int64_t mean_nanos; /* daily use over the trailing days, 0 when negative */
    guint mean_days;    /* their number */
};

/* Fills grant_balance, burn, balance_day, allocation_day, grant_use, overdraft,
 * expiring_allocation, forecast and balance_check. */
gboolean outcome_store(const struct outcome *outcome, struct db *db,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
