/*
 * wallet.c - judges the facts by the wallet rules, before anything is matched.
 *
 * A payment stands in an organization's payment history, so it is a purchase of API credits unless
 * its description says that it was another wallet's.
 */
#include "match/wallet.h"
#include "core/bulk.h"
#include "match/rule.h"

static gboolean wallet_add(struct bulk *wallets, int64_t id, const char *wallet, const char *rule,
                           GError **error)
{
    bulk_add_int(wallets, id);
    bulk_add_text(wallets, wallet);
    bulk_add_text(wallets, rule);
    return bulk_end_row(wallets, error);
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
    g_autoptr(Bulk) wallets = bulk_new(facts->db, "match_wallet_topup");

    for (guint i = 0; i < facts->topups->len; i++) {
        struct topup *topup = facts_topup(facts, i);
        struct rule_verdict verdict = ruleset_judge(ruleset, topup->description);

        if (!g_str_equal(verdict.wallet, "chatgpt") && !g_str_equal(verdict.wallet, "credits"))
            verdict.wallet = "api";
        topup->wallet = intern(facts, verdict.wallet);
        if (!wallet_add(wallets, topup->topup_id, verdict.wallet, verdict.rule, error))
            return FALSE;
    }
    return bulk_end(wallets, error);
}

static gboolean receipts_sort(struct facts *facts, struct ruleset *ruleset, GError **error)
{
    g_autoptr(Bulk) wallets = bulk_new(facts->db, "match_wallet_receipt");

    for (guint i = 0; i < facts->receipts->len; i++) {
        struct receipt *receipt = facts_receipt(facts, i);
        struct rule_verdict verdict = judge_pair(ruleset, receipt->description, receipt->seller);

        receipt->wallet = intern(facts, verdict.wallet);
        if (!wallet_add(wallets, receipt->receipt_id, verdict.wallet, verdict.rule, error))
            return FALSE;
    }
    return bulk_end(wallets, error);
}

gboolean wallet_set_charge(struct facts *facts, struct charge *charge, const char *wallet,
                           const char *rule, GError **error)
{
    g_autoptr(Bulk) wallets = bulk_new(facts->db, "match_wallet_charge");

    if (g_str_equal(wallet, charge->wallet))
        return TRUE;
    charge->wallet = intern(facts, wallet);
    charge->wallet_rule = intern(facts, rule);
    return wallet_add(wallets, charge->charge_id, wallet, rule, error) && bulk_end(wallets, error);
}

gboolean wallet_set_receipt(struct facts *facts, struct receipt *receipt, const char *wallet,
                            const char *rule, GError **error)
{
    g_autoptr(Bulk) wallets = bulk_new(facts->db, "match_wallet_receipt");

    if (g_str_equal(wallet, receipt->wallet))
        return TRUE;
    receipt->wallet = intern(facts, wallet);
    return wallet_add(wallets, receipt->receipt_id, wallet, rule, error) &&
           bulk_end(wallets, error);
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
static void credits_sort(struct facts *facts)
{
    g_autoptr(GHashTable) wallets = wallets_by_id(facts);

    for (guint i = 0; i < facts->charges->len; i++) {
        struct charge *charge = facts_charge(facts, i);
        g_autofree char *key = charge->amount_nanos < 0 ? id_key(charge) : NULL;
        const char *wallet = key ? g_hash_table_lookup(wallets, key) : NULL;

        if (wallet && *wallet && !g_str_equal(wallet, charge->wallet)) {
            charge->wallet = wallet;
            charge->wallet_rule = "same-id";
        }
    }
}

static gboolean charges_sort(struct facts *facts, struct ruleset *ruleset, GError **error)
{
    g_autoptr(Bulk) wallets = bulk_new(facts->db, "match_wallet_charge");

    for (guint i = 0; i < facts->charges->len; i++) {
        struct charge *charge = facts_charge(facts, i);
        struct rule_verdict verdict = judge_pair(ruleset, charge->descriptor, charge->type);

        charge->wallet = intern(facts, verdict.wallet);
        charge->wallet_rule = intern(facts, verdict.rule);
    }
    credits_sort(facts);
    for (guint i = 0; i < facts->charges->len; i++) {
        const struct charge *charge = facts_charge(facts, i);

        if (!wallet_add(wallets, charge->charge_id, charge->wallet, charge->wallet_rule, error))
            return FALSE;
    }
    return bulk_end(wallets, error);
}

gboolean wallet_sort(struct facts *facts, GError **error)
{
    g_autoptr(Ruleset) ruleset = ruleset_load(error);

    return ruleset && topups_sort(facts, ruleset, error) && receipts_sort(facts, ruleset, error) &&
           charges_sort(facts, ruleset, error);
}
