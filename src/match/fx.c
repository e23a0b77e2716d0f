/*
 * fx.c - rates by pair and day, and the way from one currency to another.
 *
 * A way has one or two steps; each multiplies by a fraction of whole numbers, so that nothing is
 * rounded but the amounts themselves. Ways are remembered: a statement asks for few days and pairs.
 */
#include "match/fx.h"
#include "core/instant.h"
#include "core/money.h"

#define DAYS_BACK 7

struct rate {
    int32_t day;
    int64_t rate_nanos; /* quote per base */
};

struct step {
    int64_t numerator, denominator;
};

struct way {
    guint step_count; /* 0: there is none */
    struct step steps[2];
    int32_t day;
    char across[4];
};

struct fx {
    GHashTable *rates;     /* "USDGBP" -> GArray of struct rate, by day */
    GPtrArray *currencies; /* every code that a rate names, sorted */
    GHashTable *ways;      /* "20332USDGBP" -> struct way */
};

static void rates_free(gpointer rates)
{
    g_array_unref(rates);
}

static void currency_note(struct fx *fx, const char *code)
{
    if (!g_ptr_array_find_with_equal_func(fx->currencies, code, g_str_equal, NULL))
        g_ptr_array_add(fx->currencies, g_strdup(code));
}

static int compare_codes(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* One row: base, quote, day, rate_nanos; rows of a pair come together, by day. */
static gboolean rate_read(struct fx *fx, struct statement *row, GError **error)
{
    const char *day = statement_text(row, 2);
    struct rate rate = {.rate_nanos = statement_int(row, 3)};
    g_autofree char *pair = g_strconcat(statement_text(row, 0), statement_text(row, 1), NULL);
    GArray *rates = g_hash_table_lookup(fx->rates, pair);

    if (!day_parse(&rate.day, day, strlen(day), error)) {
        g_prefix_error(error, "rate %s: \"%s\" ", pair, day);
        return FALSE;
    }
    if (!rates) {
        rates = g_array_new(FALSE, FALSE, sizeof(struct rate));
        currency_note(fx, statement_text(row, 0));
        currency_note(fx, statement_text(row, 1));
        g_hash_table_insert(fx->rates, g_steal_pointer(&pair), rates);
    }
    g_array_append_val(rates, rate);
    return TRUE;
}

struct fx *fx_load(struct db *db, GError **error)
{
    g_autoptr(Fx) fx = g_new0(struct fx, 1);
    struct statement *rows = statement_get(db, "match_rates", error);
    enum row_status status = FAILED;

    fx->rates = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, rates_free);
    fx->currencies = g_ptr_array_new_with_free_func(g_free);
    fx->ways = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    while (rows && (status = statement_step(rows, error)) == ROW)
        if (!rate_read(fx, rows, error)) {
            statement_reset(rows);
            return NULL;
        }
    if (status != END)
        return NULL;
    statement_reset(rows);
    g_ptr_array_sort(fx->currencies, compare_codes);
    return g_steal_pointer(&fx);
}

void fx_free(struct fx *fx)
{
    if (!fx)
        return;
    g_hash_table_unref(fx->rates);
    g_ptr_array_unref(fx->currencies);
    g_hash_table_unref(fx->ways);
    g_free(fx);
}

static int64_t rate_find(struct fx *fx, const char *base, const char *quote, int32_t day)
{
    char pair[16];
    GArray *rates;
    guint low = 0, high;

    g_snprintf(pair, sizeof pair, "%s%s", base, quote);
    rates = g_hash_table_lookup(fx->rates, pair);
    high = rates ? rates->len : 0;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const struct rate *rate = &g_array_index(rates, struct rate, middle);

        if (rate->day == day)
            return rate->rate_nanos;
        if (rate->day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

static gboolean step_find(struct fx *fx, const char *from, const char *to, int32_t day,
                          struct step *step)
{
    int64_t direct = rate_find(fx, from, to, day);
    int64_t inverse = direct ? 0 : rate_find(fx, to, from, day);

    if (direct)
        *step = (struct step){direct, NANOS_PER_UNIT};
    else if (inverse)
        *step = (struct step){NANOS_PER_UNIT, inverse};
    return direct || inverse;
}

static gboolean way_find_on(struct fx *fx, const char *from, const char *to, int32_t day,
                            struct way *way)
{
    way->day = day;
    if (step_find(fx, from, to, day, &way->steps[0])) {
        way->step_count = 1;
        return TRUE;
    }
    for (guint i = 0; i < fx->currencies->len; i++) {
        const char *across = g_ptr_array_index(fx->currencies, i);

        if (step_find(fx, from, across, day, &way->steps[0]) &&
            step_find(fx, across, to, day, &way->steps[1])) {
            way->step_count = 2;
            g_strlcpy(way->across, across, sizeof way->across);
            return TRUE;
        }
    }
    return FALSE;
}

static const struct way *way_find(struct fx *fx, const char *from, const char *to, int32_t day)
{
    char key[32];
    struct way *way;

    g_snprintf(key, sizeof key, "%d%s%s", day, from, to);
    way = g_hash_table_lookup(fx->ways, key);
    if (!way) {
        way = g_new0(struct way, 1);
        for (int32_t back = 0; back <= DAYS_BACK; back++)
            if (way_find_on(fx, from, to, day - back, way))
                break;
        g_hash_table_insert(fx->ways, g_strdup(key), way);
    }
    return way;
}

gboolean fx_is_within(int64_t nanos, int64_t expected)
{
    return (int128)ABS((int128)nanos - expected) * 1000 <= (int128)expected * FX_TOLERANCE_PERMILLE;
}

gboolean fx_convert(struct fx *fx, int64_t nanos, const char *from, const char *to, int32_t day,
                    struct fx_amount *out)
{
    const struct way *way = way_find(fx, from, to, day);
    int64_t amount = nanos;

    if (way->step_count == 0)
        return FALSE;
    for (guint i = 0; i < way->step_count; i++)
        if (!money_scale(&amount, amount, way->steps[i].numerator, way->steps[i].denominator, NULL))
            return FALSE;
    out->nanos = amount;
    out->rate_day = way->day;
    g_strlcpy(out->across, way->across, sizeof out->across);
    return TRUE;
}
