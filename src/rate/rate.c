/* rate.c - the order in which usage is valued, days are estimated and cost is checked. */
#include "rate/rate.h"
#include "rate/check.h"
#include "rate/value.h"

gboolean rate_run(struct db *db, GError **error)
{
    g_autoptr(Card) card = card_load(db, error);

    return card && value_usage(db, card, error) && db_run(db, "rate_estimate", error) &&
           check_costs(db, card, error);
}
