/* carrier.c - shares of the increase, by name. */
#include "runaway/carrier.h"
#include "core/instant.h"

#define WEEKS_BEFORE  28 /* days */
#define KNOWN_LEAST   7
#define CARRIERS_MOST 5
#define SHARE_LEAST   50000 /* ppm */
#define MILLION       1000000
#define WORDS_MOST    2 /* of a dimension, in words */

static const char *const dimensions[] = {"line item", "model", "key", "user"};

#define DIMENSIONS G_N_ELEMENTS(dimensions)

/* What one basis tells of. */
struct group {
    GPtrArray *carriers;       /* struct carrier */
    int128 before[DIMENSIONS]; /* what names of a dimension took in the weeks before */
};

/* The days before an episode and of it that are known. */
struct days {
    guint before, during;
};

static void carrier_free(gpointer data)
{
    struct carrier *carrier = data;

    g_free(carrier->name);
    g_free(carrier);
}

static struct days count_days(const struct project *project, const struct episode *episode)
{
    struct days days = {0};
    guint first = episode->from > WEEKS_BEFORE ? episode->from - WEEKS_BEFORE : 0;

    for (guint day = MAX(first, project->begin); day < episode->from; day++)
        days.before += project_day(project, day)->is_known != 0;
    for (guint day = episode->from; day <= episode->until; day++)
        days.during += project_day(project, day)->is_known != 0;
    return days;
}

/* What a name is above its days before, times their number. */
static void add(struct group *group, const char *dimension, const char *name, const char *basis,
                int64_t before, int64_t during, const struct days *days)
{
    struct carrier *carrier;
    gsize place = 0;
    int128 increase =
        days->before > 0 ? (int128)during * days->before - (int128)before * days->during : during;

    while (strcmp(dimensions[place], dimension) != 0)
        place++;
    if (*name)
        group->before[place] += before;
    if (increase <= 0)
        return;
    carrier = g_new0(struct carrier, 1);
    carrier->dimension = dimensions[place];
    carrier->basis = basis;
    carrier->name = g_strdup(name);
    carrier->is_new = before == 0 && days->before >= KNOWN_LEAST;
    carrier->increase = increase;
    g_ptr_array_add(group->carriers, carrier);
}

static struct statement *rows_of(struct db *db, const char *name,
                                 const struct organization *organization,
                                 const struct project *project, const struct episode *episode,
                                 GError **error)
{
    struct statement *row = statement_get(db, name, error);
    char before[11], from[11], until[11];

    if (!row)
        return NULL;
    day_format(organization->first + (int32_t)episode->from - WEEKS_BEFORE, before);
    day_format(organization->first + (int32_t)episode->from, from);
    day_format(organization->first + (int32_t)episode->until, until);
    statement_bind_int(row, "project_key", project->key);
    statement_bind_text(row, "before", before);
    statement_bind_text(row, "from", from);
    statement_bind_text(row, "until", until);
    return row;
}

static gboolean load_cost(struct statement *row, const struct days *days, struct group *all,
                          GError **error)
{
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW)
        add(all, statement_text(row, 0), statement_text(row, 1), "cost", statement_int(row, 2),
            statement_int(row, 3), days);
    return status == END;
}

static gboolean load_usage(struct statement *row, const struct days *days, struct group *tokens,
                           struct group *requests, GError **error)
{
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        add(tokens, statement_text(row, 0), statement_text(row, 1), "tokens", statement_int(row, 2),
            statement_int(row, 3), days);
        add(requests, statement_text(row, 0), statement_text(row, 1), "requests",
            statement_int(row, 4), statement_int(row, 5), days);
    }
    return status == END;
}

static int compare(const void *a, const void *b)
{
    const struct carrier *x = *(struct carrier *const *)a, *y = *(struct carrier *const *)b;

    if (x->increase != y->increase)
        return x->increase > y->increase ? -1 : 1;
    return strcmp(x->name, y->name);
}

/* Moves a dimension's carriers that are worth telling, the largest first. FALSE when it names
 * nothing but ''. */
static gboolean take(GPtrArray *out, const struct group *all, gsize place)
{
    g_autoptr(GPtrArray) own = g_ptr_array_new();
    gboolean is_named = FALSE;
    int128 sum = 0;
    guint position = 0;

    for (guint i = 0; i < all->carriers->len; i++) {
        struct carrier *carrier = g_ptr_array_index(all->carriers, i);

        if (carrier->dimension != dimensions[place])
            continue;
        is_named = is_named || *carrier->name;
        sum += carrier->increase;
        g_ptr_array_add(own, carrier);
    }
    if (own->len == 0)
        return FALSE;
    g_assert(sum > 0); /* increases are */
    qsort(own->pdata, own->len, sizeof *own->pdata, compare);
    for (guint i = 0; i < own->len && position < CARRIERS_MOST; i++) {
        const struct carrier *carrier = g_ptr_array_index(own, i);
        int64_t share_ppm = (int64_t)(carrier->increase * MILLION / sum);
        struct carrier *taken;

        if (!*carrier->name || share_ppm < SHARE_LEAST)
            continue;
        taken = g_new0(struct carrier, 1);
        *taken = *carrier;
        taken->name = g_strdup(carrier->name);
        taken->position = ++position;
        taken->share_ppm = share_ppm;
        taken->is_new = carrier->is_new && all->before[place] > 0;
        g_ptr_array_add(out, taken);
    }
    return is_named;
}

static gboolean load(struct db *db, const struct organization *organization,
                     const struct project *project, const struct episode *episode,
                     struct group *cost, struct group *tokens, struct group *requests,
                     GError **error)
{
    struct days days = count_days(project, episode);
    struct statement *row =
        rows_of(db, "runaway_carriers_cost", organization, project, episode, error);

    if (!row)
        return FALSE;
    statement_bind_int(row, "organization_key", organization->key);
    statement_bind_text(row, "currency", organization->currency);
    return load_cost(row, &days, cost, error) &&
           load_usage(rows_of(db, "runaway_carriers_usage", organization, project, episode, error),
                      &days, tokens, requests, error);
}

GPtrArray *carriers_load(struct db *db, const struct organization *organization,
                         const struct project *project, const struct episode *episode,
                         GError **error)
{
    g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(carrier_free);
    struct group groups[3] = {0}; /* cost, tokens, requests: the first that names anything counts */
    gboolean is_loaded;

    for (gsize i = 0; i < G_N_ELEMENTS(groups); i++)
        groups[i].carriers = g_ptr_array_new_with_free_func(carrier_free);
    is_loaded = load(db, organization, project, episode, &groups[0], &groups[1], &groups[2], error);
    for (gsize place = 0; place < DIMENSIONS && is_loaded; place++)
        for (gsize i = 0; i < G_N_ELEMENTS(groups) && !take(out, &groups[i], place); i++)
            continue;
    for (gsize i = 0; i < G_N_ELEMENTS(groups); i++)
        g_ptr_array_unref(groups[i].carriers);
    return is_loaded ? g_steal_pointer(&out) : NULL;
}

const struct carrier *carriers_first(const GPtrArray *carriers, const char *dimension)
{
    for (guint i = 0; i < carriers->len; i++) {
        const struct carrier *carrier = g_ptr_array_index(carriers, i);

        if (strcmp(carrier->dimension, dimension) == 0)
            return carrier;
    }
    return NULL;
}

char *carriers_words(const GPtrArray *carriers)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < carriers->len; i++) {
        const struct carrier *carrier = g_ptr_array_index(carriers, i);
        gboolean is_item = strcmp(carrier->dimension, "line item") == 0;

        if (carrier->position > WORDS_MOST)
            continue;
        g_string_append(text, i == 0 ? "" : carrier->position == 1 ? "; " : ", ");
        if (carrier->position == 1 && !is_item)
            g_string_append_printf(text, "%s ", carrier->dimension);
        g_string_append_printf(text, "%s %" G_GINT64_FORMAT " %%%s", carrier->name,
                               carrier->share_ppm / 10000, carrier->is_new ? " (new)" : "");
    }
    return g_string_free(text, FALSE);
}
