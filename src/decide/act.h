/*
 * act.h - a decision as an act of the log: read from its tables, when it is written and whenever it
 * is held against the log.
 */
#pragma once
#include "core/db.h"

/* As struct act; texts are owned. */
struct decision_act {
    char *actor, *action, *subject, *detail;
    int64_t done_at;
};

/* The act of a decision that is in the ledger. */
gboolean decision_act_read(struct db *db, int64_t decision_id, struct decision_act *out,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
void decision_act_clear(struct decision_act *act);
typedef struct decision_act DecisionAct; /* for g_auto(DecisionAct) alone */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DecisionAct, decision_act_clear)
