/*
 * raise.h - exceptions about a top-up as a whole.
 */
#pragma once
#include "core/exception.h"
#include "match/facts.h"

/* Raises a code about a top-up, of its total. */
gboolean topup_raise(struct facts *facts, const struct topup *topup, enum exception_code code,
                     const char *explanation, GError **error) G_GNUC_WARN_UNUSED_RESULT;
