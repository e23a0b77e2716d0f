/*
 * credits.c - puts purchases and use of credits on one line of days, and follows what is left.
 *
 * Credits are counted, money stands beside them. Only a document says how many credits were bought;
 * the charge of a purchase says what was paid. What is left is known as long as every purchase
 * tells its credits and no more is used than was bought; each purchase lasts a year and what
 * expires first is used first. From the first day on which one of these fails, the balance is not
 * known, and a note says why.
 */
#include "wallet/credits.h"
#include "core/instant.h"
#include "core/money.h"
#include "wallet/count.h"

#define MONTH_LEN          8
#define CHARGE_DAYS_BEFORE 1 /* the charge of a purchase, from its document's day */
#define CHARGE_DAYS_AFTER  5

/* In the order in which events of one day count. */
enum event_kind { BUY, CHARGE, USE };

struct event {
    enum event_kind kind;
    int32_t day;
    char *account_id; /* of use */
    int64_t nanos;    /* money; of use credits */
    int64_t original_nanos;
    char currency[4], original_currency[4];
    gboolean has_credits, is_paired;
    int64_t credits_nanos;
};

/* What one month paid in one currency. */
struct payment {
    char currency[4];
    int64_t purchase_count, billed_nanos, charge_count, charged_nanos;
};

struct month {
    char *account_id;
    char name[MONTH_LEN];
    GArray *payments; /* struct payment */
    int64_t used_nanos, bought_nanos, balance_nanos;
    gboolean has_use, has_balance,
        is_unknown;      /* is_unknown: a purchase does not tell its credits */
    char expires_on[11]; /* or "" */
    const char *note;
};

/* A purchase's credits. */
struct lot {
    int32_t expires;
    int64_t left_nanos;
};

struct wallet {
    GArray *events;    /* struct event */
    GTree *months;     /* "account month" -> struct month */
    GArray *lots;      /* struct lot, by expiry */
    guint first_lot;   /* those before it are used up or expired */
    const char *owner; /* the only workspace, borrowed from its events, or "" */
    const char *note;  /* why the balance is not known, or NULL */
};

static const char no_count[] = "a purchase does not tell its credits";
static const char too_much[] = "more is used than was bought: a purchase or what stood before is "
                               "missing";
static const char given_back[] = "a purchase was given back";
static const char no_report[] = "no credit report says what was used";
static const char several[] = "of several workspaces nothing says whose purchase it is";

static void event_clear(gpointer data)
{
    g_free(((struct event *)data)->account_id);
}

static void month_free(gpointer data)
{
    struct month *month = data;

    g_array_unref(month->payments);
    g_free(month->account_id);
    g_free(month);
}

static gint compare_keys(gconstpointer a, gconstpointer b, gpointer data)
{
    (void)data;
    return strcmp(a, b);
}

static gint compare_events(gconstpointer a, gconstpointer b)
{
    const struct event *left = a, *right = b;

    return left->day != right->day ? (left->day < right->day ? -1 : 1)
                                   : (int)left->kind - (int)right->kind;
}

/* The columns of wallet_credit_events. */
enum { KIND, DAY, ACCOUNT_ID, NANOS, CURRENCY, ORIGINAL, ORIGINAL_CURRENCY, DESCRIPTION };

static gboolean event_read(struct wallet *wallet, struct count_reader *reader,
                           struct statement *row, GError **error)
{
    struct event event = {
        .kind = (enum event_kind)statement_int(row, KIND),
        .nanos = statement_int(row, NANOS),
        .original_nanos = statement_int(row, ORIGINAL),
    };

    if (!day_parse(&event.day, statement_text(row, DAY), statement_text_len(row, DAY), error))
        return FALSE;
    event.account_id = g_strdup(statement_text(row, ACCOUNT_ID));
    g_strlcpy(event.currency, statement_text(row, CURRENCY), sizeof event.currency);
    g_strlcpy(event.original_currency, statement_text(row, ORIGINAL_CURRENCY),
              sizeof event.original_currency);
    event.has_credits = event.kind == BUY &&
                        count_find(reader, statement_text(row, DESCRIPTION), &event.credits_nanos);
    g_array_append_val(wallet->events, event);
    return TRUE;
}

static gboolean events_load(struct wallet *wallet, struct db *db, GError **error)
{
    g_autoptr(CountReader) reader = count_reader_new(error);
    struct statement *rows = reader ? statement_get(db, "wallet_credit_events", error) : NULL;
    enum row_status status = FAILED;

    while (rows && (status = statement_step(rows, error)) == ROW)
        if (!event_read(wallet, reader, rows, error)) {
            statement_reset(rows);
            return FALSE;
        }
    g_array_sort(wallet->events, compare_events); /* stable: rows come in a total order */
    return status == END;
}

static struct event *event_at(const struct wallet *wallet, guint index)
{
    return &g_array_index(wallet->events, struct event, index);
}

static gboolean is_charge_of(const struct event *charge, const struct event *document)
{
    return document->kind == BUY && !document->is_paired &&
           ((charge->nanos == document->nanos &&
             g_str_equal(charge->currency, document->currency)) ||
            (charge->original_nanos == document->nanos &&
             g_str_equal(charge->original_currency, document->currency)));
}

/* Finds each charge the document of its purchase near its day, which alone can tell the credits. */
static void charges_pair(struct wallet *wallet)
{
    for (guint i = 0; i < wallet->events->len; i++) {
        struct event *charge = event_at(wallet, i);
        guint k = i;

        if (charge->kind != CHARGE)
            continue;
        while (k > 0 && event_at(wallet, k - 1)->day >= charge->day - CHARGE_DAYS_AFTER)
            k--;
        for (; k < wallet->events->len &&
               event_at(wallet, k)->day <= charge->day + CHARGE_DAYS_BEFORE;
             k++)
            if (is_charge_of(charge, event_at(wallet, k))) {
                event_at(wallet, k)->is_paired = charge->is_paired = TRUE;
                break;
            }
    }
}

/* The only workspace that the reports name; of none and of several no balance is known. */
static void owner_find(struct wallet *wallet)
{
    wallet->owner = "";
    wallet->note = no_report;
    for (guint i = 0; i < wallet->events->len; i++) {
        const struct event *event = event_at(wallet, i);

        if (event->kind != USE || g_str_equal(wallet->owner, event->account_id))
            continue;
        wallet->note = *wallet->owner ? several : NULL;
        wallet->owner = event->account_id;
        if (wallet->note) {
            wallet->owner = "";
            return;
        }
    }
}

static struct month *month_at(struct wallet *wallet, const char *account_id, int32_t day)
{
    char text[11];
    g_autofree char *key = NULL;
    struct month *month;

    day_format(day, text);
    key = g_strdup_printf("%s %.7s", account_id, text);
    month = g_tree_lookup(wallet->months, key);
    if (month)
        return month;
    month = g_new0(struct month, 1);
    month->account_id = g_strdup(account_id);
    g_strlcpy(month->name, text, sizeof month->name);
    month->payments = g_array_new(FALSE, TRUE, sizeof(struct payment));
    g_tree_insert(wallet->months, g_steal_pointer(&key), month);
    return month;
}

static struct payment *payment_at(struct month *month, const char *currency)
{
    struct payment payment = {.purchase_count = 0};
    guint i = 0;

    while (i < month->payments->len &&
           strcmp(g_array_index(month->payments, struct payment, i).currency, currency) < 0)
        i++;
    if (i < month->payments->len &&
        g_str_equal(g_array_index(month->payments, struct payment, i).currency, currency))
        return &g_array_index(month->payments, struct payment, i);
    g_strlcpy(payment.currency, currency, sizeof payment.currency);
    g_array_insert_val(month->payments, i, payment);
    return &g_array_index(month->payments, struct payment, i);
}

static int32_t year_later(int32_t day)
{
    int year, month, of_month;

    day_to_civil(day, &year, &month, &of_month);
    if (month == 2 && of_month == 29)
        of_month = 28;
    return day_from_civil(year + 1, month, of_month);
}

/* The first reason stays: what comes after it follows from it. */
static void note_first(struct wallet *wallet, const char *note)
{
    wallet->note = wallet->note ? wallet->note : note;
}

static void lot_add(struct wallet *wallet, const struct event *event)
{
    struct lot lot = {year_later(event->day), event->credits_nanos};

    g_array_append_val(wallet->lots, lot);
    if (!event->has_credits)
        note_first(wallet, no_count);
}

static gboolean event_buy(struct wallet *wallet, const struct event *event, GError **error)
{
    struct month *month = month_at(wallet, wallet->owner, event->day);
    struct payment *payment = payment_at(month, event->currency);

    payment->purchase_count++;
    month->is_unknown |= !event->has_credits;
    lot_add(wallet, event);
    return money_add(&payment->billed_nanos, event->nanos, error) &&
           money_add(&month->bought_nanos, event->credits_nanos, error);
}

static gboolean event_charge(struct wallet *wallet, const struct event *event, GError **error)
{
    struct month *month = month_at(wallet, wallet->owner, event->day);
    struct payment *payment = payment_at(month, event->currency);

    if (event->nanos < 0)
        note_first(wallet, given_back);
    else
        payment->charge_count++;
    if (event->nanos > 0 && !event->is_paired) {
        month->is_unknown = TRUE;
        lot_add(wallet, event);
    }
    return money_add(&payment->charged_nanos, event->nanos, error);
}

static gboolean event_use(struct wallet *wallet, const struct event *event, GError **error)
{
    struct month *month = month_at(wallet, event->account_id, event->day);
    int64_t open = event->nanos;

    month->has_use = TRUE;
    while (wallet->first_lot < wallet->lots->len && open > 0) {
        struct lot *lot = &g_array_index(wallet->lots, struct lot, wallet->first_lot);
        int64_t drawn = lot->expires > event->day ? MIN(open, lot->left_nanos) : 0;

        lot->left_nanos -= drawn;
        open -= drawn;
        if (open > 0)
            wallet->first_lot++;
    }
    if (open > 0)
        note_first(wallet, too_much);
    return money_add(&month->used_nanos, event->nanos, error);
}

/* What stands at the end of a month, and which day it begins to expire. */
static gboolean month_close(const struct wallet *wallet, struct month *month, int32_t last,
                            GError **error)
{
    gboolean is_owners = g_str_equal(month->account_id, wallet->owner);

    month->note = wallet->note;
    month->has_balance = is_owners && !month->note;
    for (guint i = 0; is_owners && i < wallet->lots->len; i++) {
        const struct lot *lot = &g_array_index(wallet->lots, struct lot, i);

        if (lot->expires <= last || (month->has_balance && lot->left_nanos == 0))
            continue;
        if (!*month->expires_on)
            day_format(lot->expires, month->expires_on);
        if (month->has_balance && !money_add(&month->balance_nanos, lot->left_nanos, error))
            return FALSE;
    }
    return TRUE;
}

static int32_t month_end(int32_t day)
{
    int year, month, of_month;

    day_to_civil(day, &year, &month, &of_month);
    return day_from_civil(year + month / 12, month % 12 + 1, 1) - 1;
}

/* Closes the months of all workspaces that end with the events before `next`. */
static gboolean events_close(struct wallet *wallet, guint first, guint next, GError **error)
{
    for (guint i = first; i < next; i++) {
        const struct event *event = event_at(wallet, i);
        const char *account_id = event->kind == USE ? event->account_id : wallet->owner;
        struct month *month = month_at(wallet, account_id, event->day);

        if (!month->note && !month->has_balance &&
            !month_close(wallet, month, month_end(event->day), error))
            return FALSE;
    }
    return TRUE;
}

static gboolean events_follow(struct wallet *wallet, GError **error)
{
    static gboolean (*const steps[])(struct wallet *, const struct event *, GError **) = {
        [BUY] = event_buy, [CHARGE] = event_charge, [USE] = event_use};
    guint first = 0;

    for (guint i = 0; i < wallet->events->len; i++) {
        const struct event *event = event_at(wallet, i);

        if (month_end(event->day) != month_end(event_at(wallet, first)->day)) {
            if (!events_close(wallet, first, i, error))
                return FALSE;
            first = i;
        }
        if (!steps[event->kind](wallet, event, error))
            return FALSE;
    }
    return events_close(wallet, first, wallet->events->len, error);
}

/* One row per currency; what is counted in credits stands on the first. */
static gboolean payment_write(struct db *db, const struct month *month,
                              const struct payment *payment, gboolean is_first, GError **error)
{
    struct statement *insert = statement_get(db, "wallet_credit_insert", error);

    if (!insert)
        return FALSE;
    statement_bind_text(insert, "account_id", month->account_id);
    statement_bind_text(insert, "month", month->name);
    statement_bind_text(insert, "currency", payment ? payment->currency : "");
    statement_bind_int(insert, "purchase_count", payment ? payment->purchase_count : 0);
    statement_bind_int(insert, "billed_nanos", payment ? payment->billed_nanos : 0);
    statement_bind_int(insert, "charge_count", payment ? payment->charge_count : 0);
    statement_bind_int(insert, "charged_nanos", payment ? payment->charged_nanos : 0);
    if (is_first && payment && !month->is_unknown)
        statement_bind_int(insert, "bought_nanos", month->bought_nanos);
    if (is_first && month->has_use)
        statement_bind_int(insert, "used_nanos", month->used_nanos);
    if (is_first && month->has_balance)
        statement_bind_int(insert, "balance_nanos", month->balance_nanos);
    if (is_first && *month->expires_on)
        statement_bind_text(insert, "expires_on", month->expires_on);
    statement_bind_text(insert, "note", is_first && month->note ? month->note : "");
    return statement_execute(insert, error);
}

struct writing {
    struct db *db;
    GError **error;
    gboolean ok;
};

static gboolean month_write(gpointer key, gpointer value, gpointer data)
{
    const struct month *month = value;
    struct writing *writing = data;

    (void)key;
    if (month->payments->len == 0)
        writing->ok = payment_write(writing->db, month, NULL, TRUE, writing->error);
    for (guint i = 0; writing->ok && i < month->payments->len; i++)
        writing->ok =
            payment_write(writing->db, month, &g_array_index(month->payments, struct payment, i),
                          i == 0, writing->error);
    return !writing->ok;
}

gboolean credits_read(struct db *db, GError **error)
{
    struct wallet wallet = {
        .events = g_array_new(FALSE, FALSE, sizeof(struct event)),
        .months = g_tree_new_full(compare_keys, NULL, g_free, month_free),
        .lots = g_array_new(FALSE, FALSE, sizeof(struct lot)),
    };
    struct writing writing = {db, error, TRUE};
    gboolean ok;

    g_array_set_clear_func(wallet.events, event_clear);
    ok = events_load(&wallet, db, error);
    if (ok) {
        charges_pair(&wallet);
        owner_find(&wallet);
        ok = events_follow(&wallet, error);
    }
    if (ok)
        g_tree_foreach(wallet.months, month_write, &writing);
    g_array_unref(wallet.lots);
    g_tree_unref(wallet.months);
    g_array_unref(wallet.events);
    return ok && writing.ok;
}
