/*
 * attempt.h - payments that brought no credit: failed, void and pending ones.
 */
#pragma once
#include "match/facts.h"

/* Fills retry; raises FAILED_TOPUP, RAPID_RETRY and PENDING_AGED. */
gboolean attempt_read(struct facts *facts, GError **error) G_GNUC_WARN_UNUSED_RESULT;
