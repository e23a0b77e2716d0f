/* act.c - the words of a verdict's row in the log. */
#include "runaway/act.h"
#include "core/money.h"

void verdict_act_clear(struct verdict_act *act)
{
    g_free(act->organization_id);
    g_free(act->project_id);
    g_free(act->currency);
    g_free(act->from_on);
    g_free(act->until_on);
    g_free(act->verdict);
    g_free(act->why);
    g_free(act->decided_by);
}

char *verdict_act_subject(const struct verdict_act *act)
{
    return g_strdup_printf("%s %s %s", act->organization_id, act->project_id, act->from_on);
}

char *verdict_act_detail(const struct verdict_act *act)
{
    g_autofree char *excess = money_format(act->excess_nanos, 9);

    return g_strdup_printf("verdict=v%" G_GINT64_FORMAT "\nuntil=%s\nis=%s\nexcess=%s %s\nwhy=%s",
                           act->verdict_id, act->until_on, act->verdict, excess, act->currency,
                           act->why);
}
