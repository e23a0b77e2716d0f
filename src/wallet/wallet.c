/* wallet.c - the steps of the room, in order. */
#include "wallet/wallet.h"
#include "core/exception.h"
#include "wallet/allocation.h"
#include "wallet/budget.h"
#include "wallet/claim.h"
#include "wallet/credits.h"
#include "wallet/invoice.h"
#include "wallet/organization.h"
#include "wallet/pace.h"
#include "wallet/purpose.h"
#include "wallet/subscription.h"

gboolean wallet_run(struct db *db, GError **error)
{
    return db_run(db, "wallet_clear", error) && exception_clear(db, "wallet", error) &&
           organization_read(db, error) && subscription_read(db, error) && pace_read(db, error) &&
           budget_read(db, error) && claim_read(db, error) && purpose_read(db, error) &&
           invoice_read(db, error) && credits_read(db, error) && allocation_read(db, error);
}
