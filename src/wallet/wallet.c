/* wallet.c - the steps of the room, in order. */
#include "wallet/wallet.h"
#include "core/exception.h"
#include "wallet/organization.h"
#include "wallet/subscription.h"

gboolean wallet_run(struct db *db, GError **error)
{
    return exception_clear(db, "wallet", error) && organization_read(db, error) &&
           subscription_read(db, error);
}
