/* undo.c - taking a decision back, by a decision that says so. */
#include "decide/rule.h"

/* Whether a decision in force is the one that is meant. */
static gboolean is_meant(const struct ruling *ruling, const struct held *held)
{
    const struct decision_request *request = ruling->request;

    return g_str_equal(held->verb, ruling->verb) && held_names_all(held, ruling->facts) &&
           (!request->leg || g_str_equal(held->leg, request->leg)) &&
           (!request->cause || g_str_equal(held->cause, request->cause));
}

enum rule_status rule_undo(struct ruling *ruling, char **told, GError **error)
{
    g_autoptr(GPtrArray) all = held_find(ruling->db, ruling_fact(ruling, 0), error);
    g_autofree char *words = facts_words(ruling, " with ");
    const struct held *meant = NULL;
    g_autofree char *by = NULL;

    if (!all)
        return RULE_FAILED;
    for (guint i = 0; i < all->len; i++) {
        const struct held *held = g_ptr_array_index(all, i);

        if (!is_meant(ruling, held))
            continue;
        if (meant)
            return rule_refuse(error,
                               "several decisions of that kind are in force on %s\n"
                               "hint: say which: --leg of a settled top-up, --cause of an "
                               "adjustment",
                               words);
        meant = held;
    }
    if (!meant)
        return rule_refuse(error,
                           "no such decision is in force on %s\n"
                           "hint: `trueup report decisions` lists them",
                           words);
    ruling_ends(ruling, meant);
    if (g_str_equal(meant->leg, "receipt"))
        ruling->leg = "receipt";
    else if (g_str_equal(meant->leg, "card"))
        ruling->leg = "card";
    by = held_words(meant);
    *told = g_strdup_printf("taken back: %s of %s, made %s", ruling->verb, words, by);
    return RULE_NEW;
}
