/*
 * served.h - which project used which grant.
 */
#pragma once
#include "credit/account.h"

/* What one project used of one grant; negative where it gave back more. */
struct served {
    guint grant, project; /* project: that of key 0, or the number of projects, for none */
    int64_t nanos;
};

/*
 * Allocates what was used of each grant to the projects, by grant and project. shares is
 * share_days(): a day's shares and the day's draws are laid side by side, each in its order, so
 * that both sums hold exactly. An overdraft that a grant repaid is that of the projects that
 * overdrew, the oldest first; what a refund overdrew, or an opening carried in, is no project's.
 */
GArray *served_grants(const struct account *account, const struct burn *burn, const GArray *shares);
