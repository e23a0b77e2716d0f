/* decide.c - one decision: its facts found, its verb's checks, and the writing, in a transaction.
 */
#include "decide/decide.h"
#include "decide/rule.h"

static const struct {
    const char *name;
    enum rule_status (*rule)(struct ruling *, char **, GError **);
} verbs[] = {
    [DECIDE_ACCEPT] = {"accept", rule_accept},
    [DECIDE_REJECT] = {"reject", rule_reject},
    [DECIDE_SETTLE] = {"settle", rule_settle},
    [DECIDE_ADJUST] = {"adjust", rule_adjust},
};

static void fact_destroy(gpointer fact)
{
    fact_free(fact);
}

static gboolean facts_find(struct ruling *ruling, GError **error)
{
    for (char *const *name = ruling->request->names; *name; name++) {
        struct fact *fact = fact_find(ruling->db, *name, ruling->request->leg != NULL, error);

        if (!fact)
            return FALSE;
        g_ptr_array_add(ruling->facts, fact);
    }
    return TRUE;
}

static char *ruling_make(struct ruling *ruling, GError **error)
{
    g_autoptr(Transaction) transaction = transaction_begin(ruling->db, error);
    g_autofree char *told = NULL;
    enum rule_status status;

    if (!transaction || !facts_find(ruling, error))
        return NULL;
    if (ruling->request->is_undo)
        status = rule_undo(ruling, &told, error);
    else
        status = verbs[ruling->request->verb].rule(ruling, &told, error);
    if (status == RULE_FAILED || (status == RULE_NEW && (!ruling_write(ruling, error) ||
                                                         !transaction_commit(transaction, error))))
        return NULL;
    return g_steal_pointer(&told);
}

char *decide(struct db *db, const struct decision_request *request, GError **error)
{
    struct ruling ruling = {
        .db = db,
        .request = request,
        .facts = g_ptr_array_new_with_free_func(fact_destroy),
        .leg = "",
        .verb = verbs[request->verb].name,
        .currency = "",
        .cause = "",
        .ended = g_array_new(FALSE, FALSE, sizeof(int64_t)),
    };
    char *told = ruling_make(&ruling, error);

    g_ptr_array_unref(ruling.facts);
    g_array_unref(ruling.ended);
    return told;
}
