/*
 * overdraft.h - the episodes below zero: how deep, caused by whom, repaid by what.
 */
#pragma once
#include "credit/account.h"

struct overdraft {
    guint from, until;    /* first and last day below zero, counted from first_day */
    gboolean is_open;     /* until is the last day known */
    int64_t lowest_nanos; /* negative */
    char *caused_by;      /* "proj_x 3.20; proj_y 0.10", "INV-0052 refunded 30.00": largest first */
    char *repaid_by;      /* "INV-0002 3.30", in the order of repayment; "" */
};

/*
 * The episodes of a burn-down, in order, each a run of days whose balance ends below zero.
 *
 * shares is share_days(). What overdrew counts from the day on which the overdraft began, which is
 * earlier than the first day below zero where free credit stood beside it; what repaid counts to
 * the day on which the balance ends at zero or above. Free with g_ptr_array_unref.
 */
GPtrArray *overdraft_episodes(const struct account *account, const struct burn *burn,
                              const GArray *shares);
