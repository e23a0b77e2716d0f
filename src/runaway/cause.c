/* cause.c - the signs, those that say most first. */
#include "runaway/cause.h"

#define MOST_PPM 800000 /* a carrier that is nearly all of it */

static gboolean has_fired(const struct episode *episode, enum rule rule)
{
    for (guint i = 0; i < episode->fired_count; i++)
        if (episode->fired[i].rule == rule)
            return TRUE;
    return FALSE;
}

/* The carrier that is nearly all of it, and new if that is asked for. */
static const struct carrier *single(const GPtrArray *carriers, const char *dimension,
                                    gboolean is_new)
{
    const struct carrier *carrier = carriers_first(carriers, dimension);

    return carrier && carrier->share_ppm >= MOST_PPM && (!is_new || carrier->is_new) ? carrier
                                                                                     : NULL;
}

char *cause_guess(const struct project *project, const struct episode *episode,
                  const GPtrArray *carriers)
{
    const struct carrier *carrier;

    if (has_fired(episode, RULE_NEW_PROJECT))
        return g_strdup("A new project: nobody set a budget by what it costs.");
    if ((carrier = single(carriers, "key", TRUE)) ||
        (has_fired(episode, RULE_ONE_KEY) && (carrier = carriers_first(carriers, "key"))))
        return g_strdup_printf("A key that the project did not use before: %s, handed on or "
                               "leaked.",
                               carrier->name);
    if ((carrier = single(carriers, "line item", TRUE)))
        return g_strdup_printf("A model or tool that the project did not use before: %s.",
                               carrier->name);
    if (has_fired(episode, RULE_FLAT) || has_fired(episode, RULE_ALL_HOURS) ||
        has_fired(episode, RULE_OFF_HOURS))
        return g_strdup("A job that runs in a loop: at hours, or as evenly, as nobody works.");
    if (has_fired(episode, RULE_CACHE))
        return g_strdup("Prompts that are no longer cached: something changes at their beginning.");
    if (has_fired(episode, RULE_OUTPUT))
        return g_strdup("Answers that became longer: a changed prompt, or a limit that was "
                        "lifted.");
    if (has_fired(episode, RULE_SILENT))
        return g_strdup("A project that nobody used for weeks: a forgotten job, or a key that "
                        "somebody found.");
    if (project->class == CLASS_TEST)
        return g_strdup("A test that runs at the scale of production, or does not end.");
    if (episode->fired[0].rule == RULE_DRIFT)
        return g_strdup("Use that grows day by day: more users, longer contexts, or retries that "
                        "pile up.");
    if ((carrier = single(carriers, "line item", FALSE)) ||
        (carrier = single(carriers, "model", FALSE)))
        return g_strdup_printf("More of one thing: %s.", carrier->name);
    return g_strdup("More of everything at once: more traffic, or a job that runs in a loop.");
}
