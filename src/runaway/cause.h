/*
 * cause.h - the first guess at why a project ran away.
 */
#pragma once
#include "runaway/carrier.h"

/* A sentence that says so, and by what; free it. */
char *cause_guess(const struct project *project, const struct episode *episode,
                  const GPtrArray *carriers);
