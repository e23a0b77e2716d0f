/*
 * wallet.c - judges the facts by the wallet rules, before anything is matched.
 *
 * A payment stands in an organization's payment history, so it is a purchase of API credits unless
 * its description says that it was another wallet's.
 */
#include "match/wallet.h"
#include "match/rule.h"

static gboolean wallet_write(struct facts *facts, const char *name, int64_t id,
                             const struct rule_verdict *verdict, GError **error)
{
    struct statement *update = statement_get(facts->db, name, error);

    if (!update)
        return FALSE;
    statement_bind_int(update, "id", id);
    statement_bind_text(update, "wallet", verdict->wallet);
    if (statement_has_parameter(update, "rule"))
        statement_bind_text(update, "rule", verdict->rule);
    return statement_execute(update, error);
}

/* The facts outlive the ruleset. */
static const char *intern(struct facts *facts, const char *text)
{
    return g_string_chunk_insert_const(facts->texts, text);
}

static struct rule_verdict judge_pair(struct ruleset *ruleset, const char *first,
                                      const char *second)
{
    g_autofree char *text = *second ? g_strconcat(first, " / ", second, NULL) : g_strdup(first);

    return ruleset_judge(ruleset, text);
}

static gboolean topups_sort(struct facts *facts, struct ruleset *ruleset, GError **error)
{
    for (guint i = 0; i < facts->topups->len; i++) {
        struct topup *topup = facts_topup(facts, i);
        struct rule_verdict verdict = ruleset_judge(ruleset, topup->description);

        if (!g_str_equal(verdict.wallet, "chatgpt") && !g_str_equal(verdict.wallet, "credits"))
            verdict.wallet = "api";
        topup->wallet = intern(facts, verdict.wallet);
        if (!wallet_write(facts, "match_wallet_topup", topup->topup_id, &verdict, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean receipts_sort(struct facts *facts, struct ruleset *ruleset, GError **error)
{
    for (guint i = 0; i < facts->receipts->len; i++) {
        struct receipt *receipt = facts_receipt(facts, i);
        struct rule_verdict verdict = judge_pair(ruleset, receipt->description, receipt->seller);

        receipt->wallet = intern(facts, verdict.wallet);
        if (!wallet_write(facts, "match_wallet_receipt", receipt->receipt_id, &verdict, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean charge_write(struct facts *facts, struct charge *charge,
                             struct rule_verdict verdict, GError **error)
{
    charge->wallet = intern(facts, verdict.wallet);
    charge->wallet_rule = intern(facts, verdict.rule);
    return wallet_write(facts, "match_wallet_charge", charge->charge_id, &verdict, error);
}

gboolean wallet_set_charge(struct facts *facts, struct charge *charge, const char *wallet,
                           const char *rule, GError **error)
{
    return g_str_equal(wallet, charge->wallet) ||
           charge_write(facts, charge, (struct rule_verdict){wallet, rule}, error);
}

gboolean wallet_set_receipt(struct facts *facts, struct receipt *receipt, const char *wallet,
                            const char *rule, GError **error)
{
    struct rule_verdict verdict = {wallet, rule};

    if (g_str_equal(wallet, receipt->wallet))
        return TRUE;
    receipt->wallet = wallet;
    return wallet_write(facts, "match_wallet_receipt", receipt->receipt_id, &verdict, error);
}

static char *id_key(const struct charge *charge)
{
    return g_strdup_printf("%" G_GINT64_FORMAT " %s", charge->account_id, charge->reference);
}

/* What was bought under each transaction id: key -> wallet; "" where it is several. */
static GHashTable *wallets_by_id(const struct facts *facts)
{
    GHashTable *wallets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < facts->charges->len; i++) {
        const struct charge *charge = facts_charge(facts, i);
        char *key = charge->amount_nanos > 0 ? id_key(charge) : NULL;
        const char *known = key ? g_hash_table_lookup(wallets, key) : NULL;

        if (key)
            g_hash_table_insert(wallets, key,
                                (gpointer)(uintptr_t)(known && !g_str_equal(known, charge->wallet)
                                                          ? ""
                                                          : charge->wallet));
    }
    return wallets;
}

/* A credit with the transaction id of a charge gives that one back, whatever its descriptor names:
 * some statements name the card's holder there. */
static gboolean credits_sort(struct facts *facts, GError **error)
{
    g_autoptr(GHashTable) wallets = wallets_by_id(facts);

    for (guint i = 0; i < facts->charges->len; i++) {
        struct charge *charge = facts_charge(facts, i);
        g_autofree char *key = charge->amount_nanos < 0 ? id_key(charge) : NULL;
        const char *wallet = key ? g_hash_table_lookup(wallets, key) : NULL;

        if (wallet && *wallet && !g_str_equal(wallet, charge->wallet) &&
            !charge_write(facts, charge, (struct rule_verdict){wallet, "same-id"}, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean charges_sort(struct facts *facts, struct ruleset *ruleset, GError **error)
{
    for (guint i = 0; i < facts->charges->len; i++) {
        struct charge *charge = facts_charge(facts, i);

        if (!charge_write(facts, charge, judge_pair(ruleset, charge->descriptor, charge->type),
                          error))
            return FALSE;
    }
    return credits_sort(facts, error);
}

gboolean wallet_sort(struct facts *facts, GError **error)
{
    g_autoptr(Ruleset) ruleset = ruleset_load(error);

    return ruleset && topups_sort(facts, ruleset, error) && receipts_sort(facts, ruleset, error) &&
           charges_sort(facts, ruleset, error);
}
