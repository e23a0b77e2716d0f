/*
 * subscription.c - strings charges for ChatGPT into subscriptions, and finds the months that two of
 * them share.
 *
 * A subscription is a string of equal charges in one store, each 25 to 35 days after the one
 * before: a month, give or take the days by which posting and short months move it. A charge that
 * no string waits for begins another. Where one begins while another's month still runs, both were
 * paid for that month. Equal prices in one store say so only once one of the two strings has
 * renewed: two seats added to one plan, or what a change of plan costs for the rest of a month,
 * never do.
 */
#include "wallet/subscription.h"
#include "core/exception.h"
#include "wallet/words.h"

#define RENEWS_FROM_DAYS  25
#define RENEWS_UNTIL_DAYS 35
#define MONTH_DAYS        30
#define GIVEN_BACK_DAYS   60

#define NONE G_MAXUINT

struct charge {
    char *id, *owner, *owner_name, *source, *dated_on, *currency, *reference, *descriptor, *store;
    char price_currency[4]; /* the merchant's, where the statement tells it */
    int64_t account_id, file_id, line, day, nanos, price_nanos;
    gboolean is_given_back;
    guint string;
};

/* A subscription: its newest charge, and how many renewed it. */
struct string {
    guint last, count;
};

/* Subscriptions in the order in which they begin, and those that a charge may still renew. */
struct strings {
    GArray *all;  /* struct string */
    GArray *live; /* guint, indexes into all */
};

/* The columns of wallet_subscription_charges. */
enum {
    ID,
    OWNER,
    OWNER_NAME,
    ACCOUNT_ID,
    FILE_ID,
    SOURCE,
    LINE,
    DATED_ON,
    DAY_NUMBER,
    AMOUNT,
    CURRENCY,
    ORIGINAL,
    ORIGINAL_CURRENCY,
    REFERENCE,
    DESCRIPTOR,
    STORE
};

static void charge_clear(gpointer data)
{
    struct charge *charge = data;

    g_free(charge->id);
    g_free(charge->owner);
    g_free(charge->owner_name);
    g_free(charge->source);
    g_free(charge->dated_on);
    g_free(charge->currency);
    g_free(charge->reference);
    g_free(charge->descriptor);
    g_free(charge->store);
}

static void charge_read(GArray *charges, struct statement *row)
{
    gboolean is_foreign = !statement_is_null(row, ORIGINAL);
    struct charge charge = {
        .id = g_strdup(statement_text(row, ID)),
        .owner = g_strdup(statement_text(row, OWNER)),
        .owner_name = g_strdup(statement_text(row, OWNER_NAME)),
        .account_id = statement_int(row, ACCOUNT_ID),
        .file_id = statement_int(row, FILE_ID),
        .source = g_strdup(statement_text(row, SOURCE)),
        .line = statement_int(row, LINE),
        .dated_on = g_strdup(statement_text(row, DATED_ON)),
        .day = statement_int(row, DAY_NUMBER),
        .nanos = statement_int(row, AMOUNT),
        .currency = g_strdup(statement_text(row, CURRENCY)),
        .price_nanos = statement_int(row, is_foreign ? ORIGINAL : AMOUNT),
        .reference = g_strdup(statement_text(row, REFERENCE)),
        .descriptor = g_strdup(statement_text(row, DESCRIPTOR)),
        .store = g_strdup(statement_text(row, STORE)),
        .string = NONE,
    };

    g_strlcpy(charge.price_currency, statement_text(row, is_foreign ? ORIGINAL_CURRENCY : CURRENCY),
              sizeof charge.price_currency);
    g_array_append_val(charges, charge);
}

static struct charge *charge_at(const GArray *charges, guint index)
{
    return &g_array_index(charges, struct charge, index);
}

/* Charges by owner and day, credits of the wallet among them. */
static GArray *charges_load(struct db *db, GError **error)
{
    g_autoptr(GArray) charges = g_array_new(FALSE, FALSE, sizeof(struct charge));
    struct statement *rows = statement_get(db, "wallet_subscription_charges", error);
    enum row_status status = FAILED;

    g_array_set_clear_func(charges, charge_clear);
    while (rows && (status = statement_step(rows, error)) == ROW)
        charge_read(charges, rows);
    return status == END ? g_steal_pointer(&charges) : NULL;
}

/* A credit gives back the latest equal charge of its account before it: that month was not paid. */
static void give_back(GArray *charges, guint index)
{
    const struct charge *credit = charge_at(charges, index);

    for (guint i = index; i-- > 0;) {
        struct charge *charge = charge_at(charges, i);

        if (!g_str_equal(charge->owner, credit->owner) ||
            charge->day + GIVEN_BACK_DAYS < credit->day)
            return;
        if (charge->account_id == credit->account_id && !charge->is_given_back &&
            charge->nanos == -credit->nanos && g_str_equal(charge->currency, credit->currency)) {
            charge->is_given_back = TRUE;
            return;
        }
    }
}

static gboolean is_priced_alike(const struct charge *a, const struct charge *b)
{
    return a->price_nanos == b->price_nanos && g_str_equal(a->price_currency, b->price_currency);
}

/* Stores and taxes move a plan's price a little; another plan costs a multiple. */
static gboolean is_priced_near(const struct charge *a, const struct charge *b)
{
    int64_t low = MIN(a->price_nanos, b->price_nanos), high = MAX(a->price_nanos, b->price_nanos);

    return g_str_equal(a->price_currency, b->price_currency) && high - low <= low / 2;
}

/* How badly a charge renews a string: days off a month, another card after every own; NONE: not. */
static guint renewal_cost(const struct charge *charge, const struct charge *last)
{
    int64_t apart = charge->day - last->day;

    if (!g_str_equal(charge->owner, last->owner) || !g_str_equal(charge->store, last->store) ||
        !is_priced_alike(charge, last) || apart < RENEWS_FROM_DAYS || apart > RENEWS_UNTIL_DAYS)
        return NONE;
    return (guint)ABS(apart - MONTH_DAYS) +
           (charge->account_id == last->account_id ? 0 : RENEWS_UNTIL_DAYS);
}

static struct string *string_at(const struct strings *strings, guint index)
{
    return &g_array_index(strings->all, struct string, index);
}

/* The string that a charge renews best, or NONE; those that no later charge can renew are dropped.
 */
static guint string_find(const GArray *charges, const struct strings *strings,
                         const struct charge *charge)
{
    guint best = NONE, best_cost = NONE, kept = 0;

    for (guint i = 0; i < strings->live->len; i++) {
        guint index = g_array_index(strings->live, guint, i);
        const struct charge *last = charge_at(charges, string_at(strings, index)->last);
        guint cost = renewal_cost(charge, last);

        if (!g_str_equal(last->owner, charge->owner) || last->day + RENEWS_UNTIL_DAYS < charge->day)
            continue;
        g_array_index(strings->live, guint, kept++) = index;
        if (cost <= best_cost && cost != NONE) {
            best = index;
            best_cost = cost;
        }
    }
    g_array_set_size(strings->live, kept);
    return best;
}

static void charge_string(GArray *charges, struct strings *strings, guint index)
{
    struct charge *charge = charge_at(charges, index);

    charge->string = string_find(charges, strings, charge);
    if (charge->string == NONE) {
        struct string begun = {.count = 0};

        charge->string = strings->all->len;
        g_array_append_val(strings->all, begun);
        g_array_append_val(strings->live, charge->string);
    }
    string_at(strings, charge->string)->last = index;
    string_at(strings, charge->string)->count++;
}

static gboolean is_double(const struct strings *strings, const struct charge *charge,
                          const struct charge *other)
{
    if (!g_str_equal(charge->store, other->store))
        return is_priced_near(charge, other);
    return is_priced_alike(charge, other) && (string_at(strings, charge->string)->count > 1 ||
                                              string_at(strings, other->string)->count > 1);
}

/* The charge of an older subscription of the owner whose month still runs, or NONE. */
static guint running_find(const GArray *charges, const struct strings *strings, guint index)
{
    const struct charge *charge = charge_at(charges, index);
    guint found = NONE;

    for (guint i = index; i-- > 0;) {
        const struct charge *other = charge_at(charges, i);

        if (!g_str_equal(other->owner, charge->owner) ||
            other->day + RENEWS_FROM_DAYS <= charge->day)
            break;
        if (other->string != NONE && other->string < charge->string &&
            is_double(strings, charge, other))
            found = i;
    }
    return found;
}

static gboolean double_raise(struct db *db, const struct charge *charge, const struct charge *other,
                             GError **error)
{
    g_autofree char *paid = words_money(charge->nanos, charge->currency);
    g_autofree char *before = words_money(other->nanos, other->currency);
    g_autofree char *explanation = g_strdup_printf(
        "%s on %s (%s:%" G_GINT64_FORMAT ", \"%s\", %s) and %s on %s (%s:%" G_GINT64_FORMAT
        ", \"%s\", %s) are for the same month: two subscriptions, both paid by %s.",
        paid, charge->dated_on, charge->source, (gint64)charge->line, charge->descriptor,
        charge->store, before, other->dated_on, other->source, (gint64)other->line,
        other->descriptor, other->store, charge->owner_name);
    const struct exception exception = {
        .room = "wallet",
        .code = DUPLICATE_SUBSCRIPTION,
        .dated_on = charge->dated_on,
        .amount_nanos = charge->nanos,
        .currency = charge->currency,
        .reference = charge->reference,
        .file_id = charge->file_id,
        .line = charge->line,
        .explanation = explanation,
        .subject = charge->id,
    };

    return exception_add(db, &exception, error);
}

static gboolean charges_judge(struct db *db, GArray *charges, struct strings *strings,
                              GError **error)
{
    for (guint i = 0; i < charges->len; i++)
        if (charge_at(charges, i)->nanos < 0)
            give_back(charges, i);
    for (guint i = 0; i < charges->len; i++)
        if (charge_at(charges, i)->nanos > 0 && !charge_at(charges, i)->is_given_back)
            charge_string(charges, strings, i);
    for (guint i = 0; i < charges->len; i++) {
        guint running =
            charge_at(charges, i)->string == NONE ? NONE : running_find(charges, strings, i);

        if (running != NONE &&
            !double_raise(db, charge_at(charges, i), charge_at(charges, running), error))
            return FALSE;
    }
    return TRUE;
}

gboolean subscription_read(struct db *db, GError **error)
{
    g_autoptr(GArray) charges = charges_load(db, error);
    struct strings strings;
    gboolean ok;

    if (!charges)
        return FALSE;
    strings.all = g_array_new(FALSE, FALSE, sizeof(struct string));
    strings.live = g_array_new(FALSE, FALSE, sizeof(guint));
    ok = charges_judge(db, charges, &strings, error);
    g_array_unref(strings.live);
    g_array_unref(strings.all);
    return ok;
}
