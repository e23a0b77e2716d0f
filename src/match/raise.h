/*
 * raise.h - exceptions about a top-up, of its total.
 */
#pragma once
#include "core/exception.h"
#include "match/facts.h"

/* About a top-up as a whole. */
gboolean topup_raise(struct facts *facts, const struct topup *topup, enum exception_code code,
                     const char *explanation, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* About one of its legs: each leg has an exception of its own. */
gboolean leg_raise(struct facts *facts, const struct topup *topup, enum leg leg,
                   enum exception_code code, const char *explanation,
                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
