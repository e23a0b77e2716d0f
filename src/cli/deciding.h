/*
 * deciding.h - what the commands of decisions have in common.
 */
#pragma once
#include "cli/command.h"
#include "decide/decide.h"

/*
 * Opens the ledger, decides, refreshes, and says what was decided. Texts of the request are masked
 * where they hold a secret. The decision is kept before the refresh: should that be cut off, the
 * next command makes up for it.
 */
gboolean decide_and_refresh(struct cli *cli, struct decision_request *request,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
