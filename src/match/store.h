/*
 * store.h - writes what matching decided: links, candidates, states and adjustments.
 */
#pragma once
#include "match/assign.h"
#include "match/fx.h"

gboolean store_write(struct facts *facts, struct fx *fx, struct pool *const pools[LEGS],
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
