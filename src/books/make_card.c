/*
 * make_card.c - what cards paid for top-ups, gave back, and were charged for nothing known.
 *
 * A charge in another currency is valued at what it was exchanged for: the top-up's total, without
 * the margin that matching found above the day's rate, which is a line of its own.
 */
#include "books/make.h"
#include "core/money.h"

/* A charge as entries take it. */
struct charge {
    const char *account;
    int64_t nanos, fee_nanos;
    const char *currency, *fee_currency;
};

static gboolean same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static void post_own(struct entry *entry, enum role role, const char *account, int64_t exact_nanos,
                     int64_t own_nanos, const char *own_currency)
{
    struct posting *posting = entry_post(entry, role, exact_nanos);

    if (!posting)
        return;
    posting->card = account;
    if (!same(own_currency, entry->currency)) {
        posting->own_nanos = own_nanos;
        g_strlcpy(posting->own_currency, own_currency, sizeof posting->own_currency);
    }
}

enum role payment_tax_role(const struct payment *payment)
{
    gboolean is_recovered = same(payment->tax_treatment, "recoverable") ||
                            same(payment->tax_treatment, "reverse-charge");

    return is_recovered ? ROLE_TAX : ROLE_TAX_COST;
}

/*
 * In the top-up's own currency. Tax that history did not know of was due all the same, unless the
 * buyer owes it to the state: then the seller is paid no more than what history says.
 */
static struct price own_price(const struct payment *payment, int64_t credit_nanos)
{
    struct price price = {payment->total_nanos, payment->tax_nanos, 0, payment->refunded_nanos};
    int64_t above = CLAMP(payment->total_nanos - credit_nanos, 0, payment->tax_nanos);

    if (same(payment->tax_treatment, "reverse-charge"))
        price.self_nanos = payment->tax_nanos - above;
    else if (payment->total_nanos == credit_nanos)
        price.total_nanos += payment->tax_nanos;
    return price;
}

gboolean payment_price(const struct payment *payment, const char *currency, struct price *out,
                       GError **error)
{
    int64_t net = payment->total_nanos - payment->tax_nanos;

    if (same(payment->currency, currency)) {
        *out = own_price(payment, payment->credit_nanos);
        return TRUE;
    }
    *out = (struct price){payment->credit_nanos, 0, 0,
                          *payment->refunded_on ? payment->credit_nanos : 0};
    if (net <= 0) /* nothing tells a rate: the credit is taken at its face */
        return TRUE;
    return money_scale(&out->tax_nanos, payment->tax_nanos, payment->credit_nanos, net, error) &&
           money_scale(&out->total_nanos, payment->total_nanos, payment->credit_nanos, net,
                       error) &&
           money_scale(&out->refunded_nanos, payment->refunded_nanos, payment->credit_nanos, net,
                       error);
}

/* A fee in a currency that the entry knows no rate of balances by itself. */
static void post_foreign_fee(struct entry *entry, const struct charge *charge,
                             struct journal *journal)
{
    struct entry *own = journal_add(journal, "fee", entry->organization_id, charge->fee_currency,
                                    entry->day, entry->id, charge->account);

    own->organization_name = entry->organization_name;
    own->reference = entry->reference;
    own->text = "Card fee";
    post_own(own, ROLE_CARD_FEE, "", charge->fee_nanos, 0, charge->fee_currency);
    post_own(own, ROLE_CARD, charge->account, -charge->fee_nanos, 0, charge->fee_currency);
    entry_close(own);
}

/* What was paid beside credit and tax, by the name that a person gave it. */
static void post_difference(struct entry *entry, const struct payment *payment, int64_t nanos)
{
    struct posting *posting = entry_post(entry, ROLE_ADJUSTMENT, nanos);

    if (posting)
        posting->text = payment->difference_causes;
}

/*
 * The card's side of an entry: what the charge took, at a value of value_nanos in the entry's
 * currency, with its fee. `rate_nanos` of the charge are worth `worth_nanos`.
 */
static gboolean post_card(struct entry *entry, struct journal *journal, const struct charge *charge,
                          int64_t value_nanos, int64_t worth_nanos, int64_t rate_nanos,
                          GError **error)
{
    gboolean joins = charge->fee_nanos != 0 && same(charge->fee_currency, charge->currency);
    int64_t fee_nanos = joins ? charge->fee_nanos : 0;

    if (joins && !same(charge->currency, entry->currency) &&
        !money_scale(&fee_nanos, charge->fee_nanos, worth_nanos, rate_nanos, error))
        return FALSE;
    post_own(entry, ROLE_CARD_FEE, "", fee_nanos, charge->fee_nanos, charge->currency);
    post_own(entry, ROLE_CARD, charge->account, -value_nanos - fee_nanos,
             -charge->nanos - (joins ? charge->fee_nanos : 0), charge->currency);
    if (charge->fee_nanos == 0 || joins)
        return TRUE;
    if (same(charge->fee_currency, entry->currency)) {
        post_own(entry, ROLE_CARD_FEE, "", charge->fee_nanos, 0, entry->currency);
        post_own(entry, ROLE_CARD, charge->account, -charge->fee_nanos, 0, entry->currency);
    } else {
        post_foreign_fee(entry, charge, journal);
    }
    return TRUE;
}

/* What a charge paid of a top-up, at its value, and what it took above that. */
static gboolean post_part(const struct payment *payment, const struct part *part,
                          int64_t value_nanos, struct entry *entry, struct journal *journal,
                          GError **error)
{
    const struct charge charge = {part->account, part->nanos, part->fee_nanos, part->currency,
                                  part->fee_currency};
    int64_t margin = part->margin_nanos, rate = charge.nanos - margin, margin_value;

    if (same(charge.currency, entry->currency)) {
        if (same(payment->currency, entry->currency))
            post_difference(entry, payment, charge.nanos - value_nanos);
        else
            post_own(entry, ROLE_FX, "", charge.nanos - value_nanos, 0, entry->currency);
        return post_card(entry, journal, &charge, charge.nanos, 1, 1, error);
    }
    if (rate <= 0 || charge.nanos <= 0) { /* no rate can be told: at the total */
        margin = 0;
        rate = MAX(1, charge.nanos);
    }
    if (!money_scale(&margin_value, margin, value_nanos, rate, error))
        return FALSE;
    post_own(entry, ROLE_FX, "", margin_value, margin, charge.currency);
    return post_card(entry, journal, &charge, value_nanos + margin_value, value_nanos, rate, error);
}

/* What a part paid of the price, in the credit's currency. */
static gboolean part_value(const struct payment *payment, const struct part *part,
                           const struct price *price, int64_t *out, GError **error)
{
    *out = price->total_nanos;
    return part->paid_nanos == payment->total_nanos || payment->total_nanos <= 0 ||
           money_scale(out, price->total_nanos, part->paid_nanos, payment->total_nanos, error);
}

/* A month's books do not change when the next month's statement comes. */
static gboolean is_of_the_month(const struct payment *payment, const struct part *part)
{
    return strncmp(payment->paid_on, part->day, strlen("2026-10")) == 0;
}

gboolean payment_post(const struct payment *payment, struct entry *entry, struct journal *journal,
                      GError **error)
{
    struct price price;
    int64_t unpaid;

    if (!payment_price(payment, entry->currency, &price, error))
        return FALSE;
    post_own(entry, payment_tax_role(payment), "", price.tax_nanos, payment->tax_nanos,
             payment->currency);
    post_own(entry, ROLE_TAX_DUE, "", -price.self_nanos, 0, entry->currency);
    post_difference(entry, payment,
                    price.total_nanos - (price.tax_nanos - price.self_nanos) -
                        payment->credit_nanos);
    unpaid = price.total_nanos;
    for (guint i = 0; i < payment->part_count; i++) {
        const struct part *part = &payment->parts[i];
        int64_t value;

        if (!is_of_the_month(payment, part))
            continue;
        if (!part_value(payment, part, &price, &value, error) ||
            !post_part(payment, part, value, entry, journal, error))
            return FALSE;
        unpaid -= value;
    }
    post_own(entry, ROLE_CLEARING, "", -unpaid, 0, entry->currency);
    return TRUE;
}

static gboolean make_charge(const struct maker *maker, const struct credit_book *book,
                            const struct payment *payment, const struct part *part, GError **error)
{
    struct entry *entry =
        journal_add(maker->journal, "charge", book->organization_id, book->currency, part->day,
                    part->charge_id, payment->topup_id);
    struct price price;
    int64_t value;

    entry->organization_name = book->name;
    entry->reference = payment->reference;
    entry->text = "Card charge of top-up";
    if (!payment_price(payment, book->currency, &price, error) ||
        !part_value(payment, part, &price, &value, error))
        return FALSE;
    post_own(entry, ROLE_CLEARING, "", value, 0, book->currency);
    if (!post_part(payment, part, value, entry, maker->journal, error))
        return FALSE;
    entry_close(entry);
    return TRUE;
}

gboolean make_charge_entries(const struct maker *maker, const struct credit_book *book,
                             GError **error)
{
    for (guint i = 0; i < book->payments->len; i++) {
        const struct payment *payment = &g_array_index(book->payments, struct payment, i);

        for (guint j = 0; j < payment->part_count; j++) {
            if (is_of_the_month(payment, &payment->parts[j]) ||
                make_charge(maker, book, payment, &payment->parts[j], error))
                continue;
            g_prefix_error(error, "%s %s: ", book->organization_id, payment->reference);
            return FALSE;
        }
    }
    return TRUE;
}

/* A card movement that pays for no top-up: a credit gives one back, or nothing explains it. */
struct card_movement {
    struct charge charge;
    const char *organization_id, *day, *topup_id, *descriptor, *reference, *id;
    int64_t original_nanos;
    const char *original_currency;
};

static const struct payment *payment_find(const GPtrArray *books, const char *topup_id,
                                          const struct credit_book **book)
{
    for (guint i = 0; i < books->len; i++) {
        const struct payment *payment = credit_book_payment(g_ptr_array_index(books, i), topup_id);

        if (payment) {
            *book = g_ptr_array_index(books, i);
            return payment;
        }
    }
    return NULL;
}

/* What a credit on the card gave back of a top-up, in the top-up's credit's currency. FALSE in
 * *known when nothing tells. */
static gboolean credit_value(const struct card_movement *movement, const struct payment *payment,
                             const char *currency, int64_t *out, gboolean *known, GError **error)
{
    struct price price;

    *known = TRUE;
    if (same(movement->charge.currency, currency))
        *out = movement->charge.nanos;
    else if (same(movement->original_currency, currency))
        *out = movement->charge.nanos < 0 ? -ABS(movement->original_nanos)
                                          : ABS(movement->original_nanos);
    else if (!payment_price(payment, currency, &price, error))
        return FALSE;
    else if (price.refunded_nanos > 0)
        *out = -price.refunded_nanos;
    else if (payment->part_count == 1 &&
             same(payment->parts->currency, movement->charge.currency) && payment->parts->nanos > 0)
        return money_scale(out, price.total_nanos, movement->charge.nanos, payment->parts->nanos,
                           error);
    else
        *known = FALSE;
    return TRUE;
}

static gboolean make_card_movement(const struct maker *maker, const GPtrArray *books,
                                   const struct card_movement *movement, GError **error)
{
    const struct charge *charge = &movement->charge;
    const struct credit_book *book = NULL;
    const struct payment *payment = payment_find(books, movement->topup_id, &book);
    const char *currency = book ? book->currency : charge->currency;
    int64_t value = charge->nanos;
    gboolean known = TRUE;
    struct entry *entry;

    if (payment && !credit_value(movement, payment, currency, &value, &known, error))
        return FALSE;
    if (!known) {
        currency = charge->currency;
        value = charge->nanos;
    }
    entry = journal_add(maker->journal, payment ? "card-refund" : "suspense",
                        movement->organization_id, currency, movement->day, movement->id, "");
    entry->organization_name = book ? book->name : "";
    entry->reference = payment ? payment->reference : movement->reference;
    entry->text = payment ? "Refund on the card" : movement->descriptor;
    post_own(entry, payment ? ROLE_REFUNDS : ROLE_SUSPENSE, "", value, 0, currency);
    if (!post_card(entry, maker->journal, charge, value, ABS(value), MAX(1, ABS(charge->nanos)),
                   error))
        return FALSE;
    entry_close(entry);
    return TRUE;
}

gboolean make_card_entries(const struct maker *maker, struct db *db, const GPtrArray *books,
                           const char *organization_id, GError **error)
{
    struct statement *row = statement_get(db, "books_card_movements", error);
    enum row_status status = FAILED;

    if (row)
        statement_bind_text(row, "org", organization_id);
    while (row && (status = statement_step(row, error)) == ROW) {
        const char *texts[13];

        for (int i = 0; i < 13; i++)
            texts[i] = journal_text(maker->journal, statement_text(row, i));
        struct card_movement movement = {
            .organization_id = texts[0],
            .day = texts[1],
            .charge = {texts[2], statement_int(row, 3), statement_int(row, 7), texts[4], texts[8]},
            .original_nanos = statement_int(row, 5),
            .original_currency = texts[6],
            .descriptor = texts[9],
            .reference = texts[10],
            .topup_id = texts[11],
            .id = texts[12],
        };
        if (!make_card_movement(maker, books, &movement, error)) {
            g_prefix_error(error, "%s: ", movement.reference);
            statement_reset(row);
            return FALSE;
        }
    }
    return status == END;
}
