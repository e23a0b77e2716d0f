/*
 * act.h - a verdict, and what the log tells of it: all that its row holds.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

struct verdict_act {
    int64_t verdict_id, excess_nanos, decided_at, audit_id;
    char *organization_id, *project_id, *currency, *from_on, *until_on, *verdict, *why, *decided_by;
};

void verdict_act_clear(struct verdict_act *act);
typedef struct verdict_act VerdictAct; /* for g_auto(VerdictAct) alone */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VerdictAct, verdict_act_clear)

/* Free them. */
char *verdict_act_subject(const struct verdict_act *act);
char *verdict_act_detail(const struct verdict_act *act);
