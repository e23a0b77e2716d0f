/*
 * claim.h - claims for reimbursement held against the charges that they name.
 */
#pragma once
#include "core/db.h"

/* Fills claim; raises ALREADY_CLAIMED for each charge that an earlier line has claimed. */
gboolean claim_read(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
