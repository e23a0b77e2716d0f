/*
 * duplicate.h - charges that no top-up explains.
 */
#pragma once
#include "match/assign.h"

/* Raises DUPLICATE_CHARGE for a charge beside a matched equal one of its account, else
 * NO_TOPUP_FOR_CHARGE. The pool is the card leg's. */
gboolean duplicate_read(struct facts *facts, const struct pool *pool,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
