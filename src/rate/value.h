/*
 * value.h - quantities at list price.
 */
#pragma once
#include "rate/card.h"

/* quantity x price, half even to the nano; seconds are counted in 1e-6. TRUEUP_ERROR_INPUT when it
 * is out of range. */
gboolean value_of(int64_t *out, const struct price *price, const char *token_kind, int64_t quantity,
                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Fills usage_value from the usage that counts. */
gboolean value_usage(struct db *db, const struct card *card,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
