/*
 * item.c - settling what needs no counterpart, and naming a variance.
 *
 * An exception that asks for a counterpart is settled by settling the item that lacks it, so that
 * the decision holds wherever the item is told of.
 */
#include "core/error.h"
#include "core/exception.h"
#include "core/money.h"
#include "decide/rule.h"

static const char *const legs[] = {"receipt", "card"};

static gboolean leg_lacks(const char *state)
{
    static const char *const lacking[] = {"open",      "awaiting-statement", "ambiguous",
                                          "suggested", "rejected",           NULL};

    return g_strv_contains(lacking, state);
}

/* The leg that is meant: the one that is stated, else the one that lacks its counterpart. */
static enum rule_status leg_choose(struct ruling *ruling, const struct fact *topup, GError **error)
{
    g_autofree char *words = fact_words(topup);
    const char *stated = ruling->request->leg;
    guint count = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(legs); i++)
        if ((!stated || g_str_equal(stated, legs[i])) && leg_lacks(topup->leg_state[i])) {
            ruling->leg = legs[i];
            count++;
        }
    if (count == 1)
        return RULE_NEW;
    if (count > 1)
        return rule_refuse(error,
                           "%s lacks both its receipt and its card charge\n"
                           "hint: say which of them is not needed: --leg receipt or --leg card",
                           words);
    return rule_refuse(error, "%s lacks no %s", words, stated ? stated : "counterpart");
}

/* Takes the item that an exception is about in the exception's place, where it asks for one. */
static enum rule_status exception_to_item(struct ruling *ruling, GError **error)
{
    const struct fact *exception = ruling_fact(ruling, 0);
    struct statement *rows = statement_get(ruling->db, "decide_exception_items", error);
    g_autofree char *id = NULL;
    g_autofree char *leg = NULL;
    struct fact *item;
    enum row_status status;

    if (!rows)
        return RULE_FAILED;
    statement_bind_text(rows, "id", exception->id);
    status = statement_step(rows, error);
    if (status == ROW) {
        id = g_strdup(statement_text(rows, 1));
        leg = g_strdup(statement_text(rows, 2));
    }
    statement_reset(rows);
    if (status == END && g_str_equal(exception->state, exception_name(RESTATED_AFTER_CLOSE)))
        return rule_refuse(error,
                           "%s is not settled: it tells whatever a signed month no longer is\n"
                           "hint: take the late file back (`trueup forget`), or `trueup reopen` "
                           "the month and close it again",
                           exception->id);
    if (status == END && g_str_equal(exception->state, exception_name(RUNAWAY)))
        return rule_refuse(error,
                           "%s is not settled: it is judged\n"
                           "hint: trueup verdict %s real|planned|noise --why TEXT",
                           exception->id, exception->id);
    if (status != ROW)
        return status == END ? RULE_NEW : RULE_FAILED;
    item = fact_find(ruling->db, id, FALSE, error);
    if (!item)
        return RULE_FAILED;
    for (gsize i = 0; i < G_N_ELEMENTS(legs); i++)
        if (g_str_equal(leg, legs[i]))
            ruling->leg = legs[i];
    g_ptr_array_set_size(ruling->facts, 0);
    g_ptr_array_add(ruling->facts, item);
    return RULE_NEW;
}

/* Whether an item is without a counterpart, or what an earlier decision says of it. */
static enum rule_status item_weigh(struct ruling *ruling, char **told, GError **error)
{
    const struct fact *item = ruling_fact(ruling, 0);
    g_autoptr(GPtrArray) all = held_find(ruling->db, item, error);
    g_autofree char *words = fact_words(item);
    const char *leg = ruling->request->leg;

    if (!all)
        return RULE_FAILED;
    for (guint i = 0; i < all->len; i++) {
        const struct held *held = g_ptr_array_index(all, i);
        g_autofree char *by = held_words(held);

        if (!g_str_equal(held->verb, "settle") ||
            (item->kind == FACT_TOPUP && leg && !g_str_equal(held->leg, leg)))
            continue;
        if (item->kind == FACT_TOPUP && !leg &&
            leg_lacks(item->leg_state[g_str_equal(held->leg, "receipt")]))
            continue; /* the other leg is meant */
        if (item->kind == FACT_EXCEPTION && held->amount_nanos < item->amount_nanos) {
            ruling_ends(ruling, held); /* it has grown since */
            continue;
        }
        *told = g_strdup_printf("%s was settled before, %s", words, by);
        return RULE_KNOWN;
    }
    if (*item->held_by)
        return rule_refuse(error,
                           "%s has its counterpart, top-up %s\n"
                           "hint: if that is wrong, reject the pair: trueup reject %s %s",
                           words, item->held_by, item->held_by, item->id);
    if (item->kind == FACT_TOPUP && !*ruling->leg)
        return leg_choose(ruling, item, error);
    return RULE_NEW;
}

enum rule_status rule_settle(struct ruling *ruling, char **told, GError **error)
{
    g_autofree char *words = NULL;
    enum rule_status status = RULE_NEW;

    if (!ruling->request->why) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "settle: --why is needed\n"
                    "hint: say why the item needs no counterpart");
        return RULE_FAILED;
    }
    if (ruling_fact(ruling, 0)->kind == FACT_EXCEPTION)
        status = exception_to_item(ruling, error);
    if (status == RULE_NEW)
        status = item_weigh(ruling, told, error);
    if (status != RULE_NEW)
        return status;
    if (ruling_fact(ruling, 0)->kind == FACT_EXCEPTION) {
        ruling->amount_nanos = ruling_fact(ruling, 0)->amount_nanos;
        ruling->currency = ruling_fact(ruling, 0)->currency;
    }
    words = facts_words(ruling, "");
    *told = *ruling->leg ? g_strdup_printf("settled: the %s leg of %s", ruling->leg, words)
                         : g_strdup_printf("settled: %s", words);
    return RULE_NEW;
}

enum rule_status rule_adjust(struct ruling *ruling, char **told, GError **error)
{
    const struct decision_request *request = ruling->request;
    const struct fact *topup = ruling_fact(ruling, 0);
    g_autofree char *words = fact_words(topup);
    g_autofree char *amount = money_format(request->amount_nanos, 2);
    g_autoptr(GPtrArray) all = NULL;

    if (topup->kind != FACT_TOPUP)
        return rule_refuse(error, "%s is no top-up: only a top-up is adjusted", words);
    ruling->cause = request->cause;
    ruling->amount_nanos = request->amount_nanos;
    ruling->currency = request->currency ? request->currency : topup->currency;
    all = held_find(ruling->db, topup, error);
    if (!all)
        return RULE_FAILED;
    for (guint i = 0; i < all->len; i++) {
        const struct held *held = g_ptr_array_index(all, i);

        if (g_str_equal(held->verb, "adjust") && g_str_equal(held->cause, ruling->cause))
            ruling_ends(ruling, held);
    }
    *told = g_strdup_printf("adjusted: %s by %s %s, %s", words, amount, ruling->currency,
                            ruling->cause);
    return RULE_NEW;
}
