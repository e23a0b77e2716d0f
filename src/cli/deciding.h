/*
 * deciding.h - what the commands of decisions have in common.
 */
#pragma once
#include "cli/command.h"
#include "decide/decide.h"

/*
 * Decides and refreshes. Texts of the request are masked where they hold a secret. The decision is
 * kept before the refresh: should that be cut off, the next command makes up for it. Returns what
 * was decided, a sentence; free it.
 */
char *decide_and_refresh(struct cli *cli, const struct decision_request *request, GError **error);

/* The same for a command: opens the ledger before, and says what was decided. */
void decide_and_tell(struct cli *cli, const struct decision_request *request, GError **error);
