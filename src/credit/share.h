/*
 * share.h - which project a day's draw and overdraft are allocated to.
 */
#pragma once
#include "credit/account.h"

/* One project's part of a day's use; both negative on a day that gives back. */
struct share {
    guint day, project;
    int64_t drawn_nanos, overdrawn_nanos;
};

/*
 * Splits each day's drawn and overdrawn over the projects in proportion to their cost, by largest
 * remainder. Projects that lower the day's cost take no part, and on a day whose cost is net
 * negative only they do.
 */
GArray *share_days(const struct account *account, const struct burn *burn);

enum share_basis { TRAILING, LIFE, UNALLOCATED };

/*
 * What each of the organization's projects weighs when credits expire: its cost on the trailing
 * days, else on all days, never below zero. One weight per project, the caller's. UNALLOCATED: all
 * are zero.
 */
int64_t *share_weights(const struct account *account, enum share_basis *basis);
