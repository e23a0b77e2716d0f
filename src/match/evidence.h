/*
 * evidence.h - the console's grant table as evidence that payments became credit.
 */
#pragma once
#include "match/facts.h"

/* Pairs grants of kind 'paid' with due top-ups; raises NO_TOPUP_FOR_GRANT and NO_GRANT_FOR_TOPUP.
 */
gboolean evidence_read(struct facts *facts, GError **error) G_GNUC_WARN_UNUSED_RESULT;
