/*
 * pair.c - accepting and rejecting pairs.
 *
 * A pair is accepted as it stands in the ledger: one whose amounts differ needs a reason, and one
 * whose side another decision holds must wait until that is taken back. A rejection ends an
 * acceptance, for that is what it is about. Two movements of a card are a pair too, where one gave
 * back the other (give_back.c): that one is of no leg.
 */
#include "core/error.h"
#include "core/money.h"
#include "decide/rule.h"

enum rule_status rule_refuse(GError **error, const char *format, ...)
{
    va_list arguments;
    g_autofree char *message = NULL;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, message);
    return RULE_FAILED;
}

char *fact_words(const struct fact *fact)
{
    return g_strdup_printf("%s %s (%s)", fact_noun(fact->kind),
                           fact->kind == FACT_EXCEPTION ? fact->state : fact->reference, fact->id);
}

char *facts_words(const struct ruling *ruling, const char *between)
{
    g_autoptr(GString) words = g_string_new(NULL);

    for (guint i = 0; i < ruling->facts->len; i++) {
        g_autofree char *one = fact_words(ruling_fact(ruling, i));

        g_string_append_printf(words, "%s%s", i ? between : "", one);
    }
    return g_string_free(g_steal_pointer(&words), FALSE);
}

static gint topups_first(gconstpointer a, gconstpointer b)
{
    const struct fact *x = *(struct fact *const *)a, *y = *(struct fact *const *)b;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return strcmp(x->id, y->id);
}

static guint topups_count(const GPtrArray *facts)
{
    guint count = 0;

    while (count < facts->len &&
           ((const struct fact *)g_ptr_array_index(facts, count))->kind == FACT_TOPUP)
        count++;
    return count;
}

/* Whether sorted facts are one top-up and one other, or several to one, none twice. */
static gboolean is_pair(const GPtrArray *facts, guint topups, enum fact_kind other)
{
    guint others = facts->len - topups;

    for (guint i = 1; i < facts->len; i++) {
        const struct fact *fact = g_ptr_array_index(facts, i);
        const struct fact *before = g_ptr_array_index(facts, i - 1);

        if ((i > topups && fact->kind != before->kind) || g_str_equal(fact->id, before->id))
            return FALSE;
    }
    if (topups == 0 || others == 0)
        return FALSE;
    if (other == FACT_RECEIPT)
        return topups == 1 && others == 1;
    return other == FACT_CHARGE && (topups == 1 || others == 1);
}

static gint taken_first(gconstpointer a, gconstpointer b)
{
    const struct fact *x = *(struct fact *const *)a, *y = *(struct fact *const *)b;

    return (x->amount_nanos < 0) - (y->amount_nanos < 0);
}

/* Sets leg by what a pair is, and its top-ups before the rest; a charge before what gave it back.
 */
static gboolean pair_read(struct ruling *ruling, GError **error)
{
    const struct fact *last;

    if (gives_back(ruling->facts)) {
        g_ptr_array_sort(ruling->facts, taken_first);
        return TRUE;
    }
    g_ptr_array_sort(ruling->facts, topups_first);
    last = ruling_fact(ruling, ruling->facts->len - 1);
    if (!is_pair(ruling->facts, topups_count(ruling->facts), last->kind)) {
        g_autofree char *words = facts_words(ruling, " and ");

        rule_refuse(error,
                    "%s are no pair\n"
                    "hint: a pair is a top-up with a receipt, or with a card charge; of charges or "
                    "of top-ups there may be several, but not of both. A charge and the credit "
                    "that gave it back are one too",
                    words);
        return FALSE;
    }
    ruling->leg = last->kind == FACT_CHARGE ? "card" : "receipt";
    return TRUE;
}

static const char *between(const struct ruling *ruling)
{
    return *ruling->leg ? " with " : ", given back by ";
}

/* Whether a fact is one that can belong to another at all. */
static enum rule_status fact_can_pair(const struct fact *fact, const char *leg, GError **error)
{
    g_autofree char *words = fact_words(fact);

    if (fact->kind == FACT_RECEIPT && !g_str_equal(fact->state, "paid"))
        return rule_refuse(error, "%s says what is due, not that it was paid", words);
    if (fact->kind == FACT_CHARGE && !g_str_equal(fact->state, "posted"))
        return rule_refuse(error, "%s is %s: only a posted charge took money", words, fact->state);
    if (fact->kind == FACT_CHARGE && fact->amount_nanos <= 0 && *leg)
        return rule_refuse(error, "%s gave money back: it paid for nothing", words);
    if (fact->kind == FACT_TOPUP && !g_str_equal(fact->state, "paid") &&
        !g_str_equal(fact->state, "refunded"))
        return rule_refuse(error, "%s is %s: nothing was paid", words, fact->state);
    if (fact->kind == FACT_TOPUP && fact->amount_nanos == 0 && g_str_equal(leg, "card"))
        return rule_refuse(error, "%s cost nothing: no card was charged", words);
    return RULE_NEW;
}

/* What the other side is above the top-ups' totals; FALSE when they cannot be compared. */
static gboolean difference_find(const struct ruling *ruling, int64_t *difference)
{
    const char *currency = ruling_fact(ruling, 0)->currency;

    for (guint i = 0; i < ruling->facts->len; i++) {
        const struct fact *fact = ruling_fact(ruling, i);
        int64_t amount = fact->amount_nanos;

        if (!g_str_equal(fact->currency, currency)) {
            if (!g_str_equal(fact->original_currency, currency))
                return FALSE;
            amount = fact->original_nanos;
        }
        if (!money_add(difference, fact->kind == FACT_TOPUP ? -amount : amount, NULL))
            return FALSE;
    }
    return TRUE;
}

/* Whether a decision is about the same side of a fact: a charge pays, and is given back beside. */
static gboolean is_of_leg(const struct ruling *ruling, const struct fact *fact,
                          const struct held *held)
{
    if (fact->kind != FACT_TOPUP && g_str_equal(held->verb, "settle"))
        return *ruling->leg || fact->amount_nanos < 0;
    return g_str_equal(held->leg, ruling->leg);
}

/* What a decision in force on one of the facts means for accepting all of them. */
static enum rule_status held_weigh(struct ruling *ruling, const struct fact *fact,
                                   const struct held *held, char **told, GError **error)
{
    gboolean is_whole = held_names_all(held, ruling->facts);
    gboolean is_within = held_is_within(held, ruling->facts);
    g_autofree char *words = NULL;
    g_autofree char *whom = NULL;
    g_autofree char *others = NULL;
    int64_t difference = 0;

    if (g_str_equal(held->verb, "reject") && is_within)
        ruling_ends(ruling, held);
    if (!is_of_leg(ruling, fact, held))
        return RULE_NEW;
    if (g_str_equal(held->verb, "settle"))
        ruling_ends(ruling, held);
    if (!g_str_equal(held->verb, "accept"))
        return RULE_NEW;
    words = held_words(held);
    if (is_whole && *ruling->leg && difference_find(ruling, &difference) &&
        difference != held->amount_nanos) {
        ruling_ends(ruling, held); /* an amount changed since */
        return RULE_NEW;
    }
    if (is_whole) {
        *told = g_strdup_printf("was accepted before, %s", words);
        return RULE_KNOWN;
    }
    if (!*ruling->leg && fact->amount_nanos > 0)
        return RULE_NEW; /* another part of it was given back */
    whom = fact_words(fact);
    g_ptr_array_add(held->fact_ids, NULL);
    others = g_strjoinv(" ", (char **)held->fact_ids->pdata);
    return rule_refuse(error,
                       "%s belongs to another pair, accepted %s: %s\n"
                       "hint: take that back first: trueup accept --undo %s",
                       whom, words, others, others);
}

static enum rule_status pair_weigh(struct ruling *ruling, char **told, GError **error)
{
    for (guint i = 0; i < ruling->facts->len; i++) {
        const struct fact *fact = ruling_fact(ruling, i);
        enum rule_status status = fact_can_pair(fact, ruling->leg, error);
        g_autoptr(GPtrArray) all = status == RULE_NEW ? held_find(ruling->db, fact, error) : NULL;

        if (!all)
            return RULE_FAILED;
        for (guint k = 0; k < all->len; k++) {
            status = held_weigh(ruling, fact, g_ptr_array_index(all, k), told, error);
            if (status != RULE_NEW)
                return status;
        }
    }
    return RULE_NEW;
}

/* Whether matching itself found that the charge fits, so that nothing is to be explained. */
static enum row_status pair_fits(const struct ruling *ruling, GError **error)
{
    struct statement *fits = statement_get(ruling->db, "decide_pair_fits", error);
    enum row_status status;

    if (!fits)
        return FAILED;
    statement_bind_int(fits, "topup_id", ruling_fact(ruling, 0)->key);
    statement_bind_int(fits, "charge_id", ruling_fact(ruling, 1)->key);
    status = statement_step(fits, error);
    statement_reset(fits);
    return status;
}

static gboolean why_is_there(const struct ruling *ruling, const char *what, GError **error)
{
    if (ruling->request->why)
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                "accept: %s: that takes a reason\n"
                "hint: say it with --why; the difference is then an adjustment of its own",
                what);
    return FALSE;
}

/* Equal amounts need no reason, and neither does what a rate explains. */
static gboolean difference_allow(struct ruling *ruling, GError **error)
{
    const struct fact *topup = ruling_fact(ruling, 0);
    const struct fact *other = ruling_fact(ruling, ruling->facts->len - 1);
    guint topups = topups_count(ruling->facts);
    g_autofree char *words = NULL;
    g_autofree char *what = NULL;
    int64_t difference = 0;

    if (difference_find(ruling, &difference)) {
        g_autofree char *amount = money_format(ABS(difference), 2);

        if (difference == 0)
            return TRUE;
        ruling->amount_nanos = difference;
        ruling->currency = topup->currency;
        what = g_strdup_printf("the %s%s %s %s %s than the top-up%s", fact_noun(other->kind),
                               ruling->facts->len - topups > 1 ? "s are" : " is", amount,
                               topup->currency, difference > 0 ? "more" : "less",
                               topups > 1 ? "s" : "");
        return why_is_there(ruling, what, error);
    }
    switch (ruling->facts->len == 2 ? pair_fits(ruling, error) : END) {
    case ROW:
        return TRUE;
    case FAILED:
        return FALSE;
    case END:
        break;
    }
    words = money_format(other->amount_nanos, 2);
    what = g_strdup_printf("the %s of %s %s is in another currency, and no rate explains it",
                           fact_noun(other->kind), words, other->currency);
    return why_is_there(ruling, what, error);
}

/* Whom an acceptance takes something from, a line for each; free it. */
static char *losers_words(const struct ruling *ruling)
{
    g_autoptr(GString) words = g_string_new(NULL);

    for (guint i = 0; i < ruling->facts->len; i++) {
        const struct fact *fact = ruling_fact(ruling, i);
        g_autofree char *what = fact_words(fact);
        gboolean is_taken = *fact->held_by != '\0';

        for (guint k = 0; k < ruling->facts->len && is_taken; k++)
            is_taken = !g_str_equal(ruling_fact(ruling, k)->id, fact->held_by);
        if (is_taken)
            g_string_append_printf(words, "\ntop-up %s loses %s", fact->held_by, what);
    }
    return g_string_free(g_steal_pointer(&words), FALSE);
}

enum rule_status rule_accept(struct ruling *ruling, char **told, GError **error)
{
    g_autofree char *words = NULL;
    g_autofree char *fact = NULL;
    g_autofree char *amount = NULL;
    g_autofree char *losers = NULL;
    enum rule_status status;

    if (!pair_read(ruling, error))
        return RULE_FAILED;
    words = facts_words(ruling, between(ruling));
    status = pair_weigh(ruling, &fact, error);
    if (status == RULE_KNOWN)
        *told = g_strdup_printf("%s %s", words, fact);
    if (status != RULE_NEW)
        return status;
    if (*ruling->leg ? !difference_allow(ruling, error)
                     : give_back_allow(ruling, error) == RULE_FAILED)
        return RULE_FAILED;
    amount = money_format(ruling->amount_nanos, 2);
    losers = *ruling->leg ? losers_words(ruling) : g_strdup("");
    *told = ruling->amount_nanos == 0
                ? g_strdup_printf("accepted: %s%s", words, losers)
                : g_strdup_printf("accepted: %s, with a difference of %s %s%s", words, amount,
                                  ruling->currency, losers);
    return RULE_NEW;
}

enum rule_status rule_reject(struct ruling *ruling, char **told, GError **error)
{
    g_autoptr(GPtrArray) all = NULL;
    g_autofree char *words = NULL;

    if (!pair_read(ruling, error))
        return RULE_FAILED;
    words = facts_words(ruling, between(ruling));
    g_assert(ruling->facts->len == 2); /* the command takes no more */
    all = held_find(ruling->db, ruling_fact(ruling, 1), error);
    if (!all)
        return RULE_FAILED;
    for (guint i = 0; i < all->len; i++) {
        const struct held *held = g_ptr_array_index(all, i);
        g_autofree char *by = held_words(held);

        if (g_str_equal(held->verb, "accept") && held_names_each(held, ruling->facts))
            ruling_ends(ruling, held);
        if (!g_str_equal(held->verb, "reject") || !held_names_all(held, ruling->facts))
            continue;
        *told = g_strdup_printf("%s was rejected before, %s", words, by);
        return RULE_KNOWN;
    }
    *told = g_strdup_printf("rejected: %s", words);
    return RULE_NEW;
}
