/* facts.c - loads the facts that matching pairs, in their natural order. */
#include "match/facts.h"
#include "core/money.h"
#include "match/decided.h"

#define NANOS_PER_CENT (NANOS_PER_UNIT / 100)

int64_t cents_round(int64_t nanos)
{
    int64_t cents = nanos / NANOS_PER_CENT;
    int64_t rest = nanos % NANOS_PER_CENT;

    if (rest >= NANOS_PER_CENT / 2)
        cents++;
    else if (rest <= -NANOS_PER_CENT / 2)
        cents--;
    return cents;
}

int64_t interval_gap(struct interval a, struct interval b)
{
    if (a.until <= b.from)
        return b.from - a.until;
    if (b.until <= a.from)
        return a.from - b.until;
    return 0;
}

void interval_day(struct interval interval, char out[11])
{
    day_format(day_from_instant(interval.from + (interval.until - interval.from) / 2), out);
}

gboolean charge_is_taken(const struct charge *charge)
{
    return charge->amount_nanos > 0 && charge->state == CHARGE_POSTED &&
           g_str_equal(charge->wallet, "api");
}

gboolean originals_comparable(const struct charge *a, const struct charge *b)
{
    return *a->original_currency && g_str_equal(a->original_currency, b->original_currency);
}

int charges_compare(gconstpointer a, gconstpointer b, gpointer facts)
{
    guint x = *(const guint *)a, y = *(const guint *)b;
    const struct charge *p = facts_charge(facts, x), *q = facts_charge(facts, y);

    if (p->account_id != q->account_id)
        return p->account_id < q->account_id ? -1 : 1;
    if (p->purchased.from != q->purchased.from)
        return p->purchased.from < q->purchased.from ? -1 : 1;
    return (x > y) - (x < y);
}

guint charges_after(const struct facts *facts, const GArray *charges, int64_t account_id,
                    int64_t time)
{
    guint low = 0, high = charges->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        const struct charge *charge = facts_charge(facts, g_array_index(charges, guint, middle));

        if (charge->account_id < account_id ||
            (charge->account_id == account_id && charge->purchased.from <= time))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

#define COLUMNS 32

/* A row of a statement. */
struct row {
    struct facts *facts;
    struct statement *statement;
    const char *texts[COLUMNS]; /* of the row before, by column: mostly this row's as well */
};

static int64_t column_int(struct row *row, const char *name)
{
    return statement_int(row->statement, statement_column_index(row->statement, name));
}

static const char *column_raw(struct row *row, const char *name)
{
    const char *text = statement_text(row->statement, statement_column_index(row->statement, name));

    return text ? text : "";
}

/* A text that many rows have, kept once. */
static const char *column_text(struct row *row, const char *name)
{
    int column = statement_column_index(row->statement, name);
    const char *text = statement_text(row->statement, column);

    g_assert(column < COLUMNS);
    if (!text)
        text = "";
    if (!row->texts[column] || !g_str_equal(row->texts[column], text))
        row->texts[column] = g_string_chunk_insert_const(row->facts->texts, text);
    return row->texts[column];
}

/* A text that no other row has: looking for its like would be in vain. */
static const char *column_own(struct row *row, const char *name)
{
    return g_string_chunk_insert(row->facts->texts, column_raw(row, name));
}

static enum payment_status status_parse(const char *status)
{
    if (g_str_equal(status, "failed"))
        return PAYMENT_FAILED;
    if (g_str_equal(status, "pending"))
        return PAYMENT_PENDING;
    return g_str_equal(status, "void") ? PAYMENT_VOID : PAYMENT_DUE;
}

/* What payment history gives back of a total: as stated, else the part that the credit is. */
static int64_t refunded_read(struct row *row, const struct topup *topup)
{
    gboolean is_refunded = column_int(row, "is_refunded") != 0;
    int64_t credit = column_int(row, "refunded_credit_nanos");
    int64_t total = column_int(row, "refunded_total_nanos");

    if (!is_refunded)
        return 0;
    if (total >= 0)
        return total;
    total = topup->total_nanos;
    if (topup->credit_nanos > 0 &&
        !money_scale(&total, topup->total_nanos, credit, topup->credit_nanos, NULL))
        total = topup->total_nanos;
    return total;
}

static void topup_read(struct row *row)
{
    struct topup topup = {
        .topup_id = column_int(row, "topup_id"),
        .file_id = column_int(row, "file_id"),
        .line = column_int(row, "line"),
        .organization_key = column_int(row, "organization_key"),
        .paid = {column_int(row, "paid_from"), column_int(row, "paid_until")},
        .paid_at = column_int(row, "paid_at"),
        .credit_nanos = column_int(row, "credit_nanos"),
        .tax_nanos = column_int(row, "tax_nanos"),
        .total_nanos = column_int(row, "total_nanos"),
        .id = column_own(row, "id"),
        .source = column_own(row, "source"),
        .reference = column_own(row, "reference"),
        .paid_on = column_text(row, "paid_on"),
        .invoice_number = column_text(row, "invoice_number"),
        .receipt_number = column_text(row, "receipt_number"),
        .description = column_text(row, "description"),
        .credit_currency = column_text(row, "credit_currency"),
        .currency = column_text(row, "currency"),
        .card_last4 = column_text(row, "card_last4"),
        .status = status_parse(column_raw(row, "status")),
        .paid_is_date = column_int(row, "paid_is_date") != 0,
        .tax_treatment = column_text(row, "tax_treatment"),
        .refunded_at = column_int(row, "refunded_at"),
        .legs = {{LEG_OPEN, NONE, NONE, "", NULL}, {LEG_OPEN, NONE, NONE, "", NULL}},
    };

    topup.due_nanos = topup.total_nanos;
    topup.refunded_nanos = refunded_read(row, &topup);
    if (topup.status != PAYMENT_DUE)
        topup.legs[LEG_RECEIPT].state = topup.legs[LEG_CARD].state = LEG_NOT_DUE;
    if (topup.total_nanos == 0) /* a grant on the house: no card is charged */
        topup.legs[LEG_CARD].state = LEG_NOT_DUE;
    g_array_append_val(row->facts->topups, topup);
}

static void receipt_read(struct row *row)
{
    struct receipt receipt = {
        .receipt_id = column_int(row, "receipt_id"),
        .file_id = column_int(row, "file_id"),
        .line = column_int(row, "line"),
        .paid = {column_int(row, "paid_from"), column_int(row, "paid_until")},
        .total_nanos = column_int(row, "total_nanos"),
        .tax_nanos = column_int(row, "tax_nanos"),
        .tax_rate_ppm = column_int(row, "tax_rate_ppm"),
        .is_tax_told = column_int(row, "is_tax_told") != 0,
        .id = column_own(row, "id"),
        .source = column_own(row, "source"),
        .reference = column_own(row, "reference"),
        .receipt_number = column_text(row, "receipt_number"),
        .invoice_number = column_text(row, "invoice_number"),
        .seller = column_text(row, "seller"),
        .description = column_text(row, "description"),
        .currency = column_text(row, "currency"),
        .card_last4 = column_text(row, "card_last4"),
        .is_paid = column_int(row, "is_paid") != 0,
        .topup = NONE,
    };

    g_array_append_val(row->facts->receipts, receipt);
}

static enum charge_state charge_state_parse(const char *state)
{
    if (g_str_equal(state, "posted"))
        return CHARGE_POSTED;
    if (g_str_equal(state, "pending"))
        return CHARGE_PENDING;
    if (g_str_equal(state, "reversed"))
        return CHARGE_REVERSED;
    return g_str_equal(state, "dropped") ? CHARGE_DROPPED : CHARGE_DEAD;
}

static void charge_read(struct row *row)
{
    struct charge charge = {
        .charge_id = column_int(row, "charge_id"),
        .file_id = column_int(row, "file_id"),
        .line = column_int(row, "line"),
        .account_id = column_int(row, "account_id"),
        .purchased = {column_int(row, "purchased_from"), column_int(row, "purchased_until")},
        .posted = {column_int(row, "posted_from"), column_int(row, "posted_until")},
        .amount_nanos = column_int(row, "amount_nanos"),
        .original_nanos = column_int(row, "original_nanos"),
        .fee_nanos = column_int(row, "fee_nanos"),
        .id = column_own(row, "id"),
        .source = column_own(row, "source"),
        .reference = column_own(row, "reference"),
        .dated_on = column_text(row, "dated_on"),
        .zone = column_text(row, "zone"),
        .currency = column_text(row, "currency"),
        .original_currency = column_text(row, "original_currency"),
        .fee_currency = column_text(row, "fee_currency"),
        .card_last4 = column_text(row, "card_last4"),
        .type = column_text(row, "type"),
        .status = column_text(row, "status"),
        .descriptor = column_text(row, "descriptor"),
        .state = charge_state_parse(column_raw(row, "state")),
        .is_timed = column_int(row, "is_timed") != 0,
        .is_posting_only = column_int(row, "is_posting_only") != 0,
        .topup = NONE,
    };

    charge.is_timed &= charge.purchased.until - charge.purchased.from <= 1;
    if (!day_parse(&charge.day, charge.dated_on, strlen(charge.dated_on), NULL))
        charge.day = day_from_instant(charge.purchased.from);
    g_array_append_val(row->facts->charges, charge);
}

static gboolean rows_read(struct facts *facts, const char *name, void (*read)(struct row *),
                          GError **error)
{
    struct statement *rows = statement_get(facts->db, name, error);
    struct row row = {.facts = facts, .statement = rows};
    enum row_status status = FAILED;

    while (rows && (status = statement_step(rows, error)) == ROW)
        read(&row);
    if (rows)
        statement_reset(rows);
    return status == END;
}

static void last_fact_read(struct row *row)
{
    row->facts->last_at = column_int(row, "last_at");
}

struct facts *facts_load(struct db *db, GError **error)
{
    g_autoptr(Facts) facts = g_new0(struct facts, 1);

    facts->db = db;
    facts->texts = g_string_chunk_new(1 << 16);
    facts->topups = g_array_new(FALSE, FALSE, sizeof(struct topup));
    facts->receipts = g_array_new(FALSE, FALSE, sizeof(struct receipt));
    facts->charges = g_array_new(FALSE, FALSE, sizeof(struct charge));
    facts->parts = g_array_new(FALSE, FALSE, sizeof(struct part));
    if (!rows_read(facts, "match_topups", topup_read, error) ||
        !rows_read(facts, "match_receipts", receipt_read, error) ||
        !rows_read(facts, "match_charges", charge_read, error) ||
        !rows_read(facts, "match_last_fact", last_fact_read, error))
        return NULL;
    return g_steal_pointer(&facts);
}

void facts_free(struct facts *facts)
{
    if (!facts)
        return;
    g_string_chunk_free(facts->texts);
    g_array_unref(facts->topups);
    g_array_unref(facts->receipts);
    g_array_unref(facts->charges);
    g_array_unref(facts->parts);
    decided_free(facts->decided);
    g_free(facts);
}

void facts_question(struct facts *facts, guint charge, guint topup)
{
    struct charge *asked = facts_charge(facts, charge);
    int64_t organization_key = facts_topup(facts, topup)->organization_key;

    if (!asked->in_question)
        asked->in_question_of = organization_key;
    else if (asked->in_question_of != organization_key)
        asked->in_question_of = SEVERAL;
    asked->in_question = TRUE;
}
