/*
 * match.c - the steps of matching, in order.
 *
 * wallets -> decisions -> reversals -> failed and pending attempts -> receipts -> taxes -> charges
 * -> contests of pairs by sums -> sums of several -> near misses -> refunds -> what is left ->
 * grants as evidence -> rows.
 */
#include "match/match.h"
#include "core/exception.h"
#include "match/attempt.h"
#include "match/card.h"
#include "match/combination.h"
#include "match/contest.h"
#include "match/decided.h"
#include "match/evidence.h"
#include "match/leftover.h"
#include "match/near.h"
#include "match/receipt.h"
#include "match/refund.h"
#include "match/store.h"
#include "match/tax.h"
#include "match/wallet.h"

gboolean match_run(struct db *db, GError **error)
{
    g_autoptr(Facts) facts = NULL;
    g_autoptr(Fx) fx = NULL;
    g_autoptr(Coverage) coverage = NULL;
    g_autoptr(Pool) receipts = NULL;
    g_autoptr(Pool) cards = NULL;
    struct pool *pools[LEGS];

    if (!db_run(db, "match_clear", error) || !exception_clear(db, "match", error))
        return FALSE;
    facts = facts_load(db, error);
    fx = facts ? fx_load(db, error) : NULL;
    coverage = fx ? coverage_load(db, error) : NULL;
    if (!coverage || !wallet_sort(facts, error) || !decided_read(facts, fx, error) ||
        !refund_link_reversals(db, error) || !attempt_read(facts, error))
        return FALSE;
    receipts = receipt_pair(facts, fx);
    tax_read(facts);
    cards = card_pair(facts, fx, coverage);
    contests_find(facts, cards, coverage);
    combinations_find(facts, cards, coverage);
    near_find(facts, fx, cards);
    pools[LEG_RECEIPT] = receipts;
    pools[LEG_CARD] = cards;
    return refund_link(facts, error) && refund_read_unseen(facts, coverage, error) &&
           leftover_read(facts, fx, pools, coverage, error) && evidence_read(facts, error) &&
           store_write(facts, fx, pools, error);
}
