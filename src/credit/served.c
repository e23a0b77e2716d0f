/* served.c - lays the use of projects and the draws on grants side by side. */
#include "credit/served.h"
#include "credit/share.h"

/* A part of the overdraft that is not repaid yet. */
struct owed {
    guint project;
    int64_t nanos;
};

struct serving {
    const struct burn *burn;
    const GArray *shares;
    guint no_project;
    guint draw, share, movement; /* the next of each */
    GQueue owed;                 /* struct owed, the oldest first */
    GHashTable *sums;            /* struct served, by itself */
};

static guint served_hash(gconstpointer key)
{
    const struct served *served = key;

    return served->grant * 31 + served->project;
}

static gboolean served_equal(gconstpointer a, gconstpointer b)
{
    const struct served *one = a, *other = b;

    return one->grant == other->grant && one->project == other->project;
}

static gint served_compare(gconstpointer a, gconstpointer b)
{
    const struct served *one = a, *other = b;

    if (one->grant != other->grant)
        return one->grant < other->grant ? -1 : 1;
    return one->project < other->project ? -1 : one->project > other->project;
}

static void add(struct serving *serving, guint grant, guint project, int64_t nanos)
{
    const struct served key = {.grant = grant, .project = project};
    struct served *sum = g_hash_table_lookup(serving->sums, &key);

    if (!sum) {
        sum = g_memdup2(&key, sizeof key);
        g_hash_table_add(serving->sums, sum);
    }
    sum->nanos += nanos;
}

static void owe(struct serving *serving, guint project, int64_t nanos)
{
    struct owed *owed = g_new(struct owed, 1);

    owed->project = project;
    owed->nanos = nanos;
    g_queue_push_tail(&serving->owed, owed);
}

/* Takes a part off one end of what is owed; what nothing is owed of is no project's. */
static int64_t take(struct serving *serving, gboolean oldest, int64_t nanos, guint *project)
{
    struct owed *owed =
        oldest ? g_queue_peek_head(&serving->owed) : g_queue_peek_tail(&serving->owed);
    int64_t part = owed ? MIN(owed->nanos, nanos) : nanos;

    *project = owed ? owed->project : serving->no_project;
    if (!owed)
        return part;
    owed->nanos -= part;
    if (owed->nanos == 0)
        g_free(oldest ? g_queue_pop_head(&serving->owed) : g_queue_pop_tail(&serving->owed));
    return part;
}

static void repay(struct serving *serving, guint grant, int64_t nanos)
{
    guint project;

    if (nanos < 0) { /* an opening that carries an overdraft in */
        add(serving, grant, serving->no_project, nanos);
        owe(serving, serving->no_project, -nanos);
    }
    while (nanos > 0) {
        int64_t part = take(serving, TRUE, nanos, &project);

        add(serving, grant, project, part);
        nanos -= part;
    }
}

/* What a day gives back of the overdraft was overdrawn last. */
static void forgive(struct serving *serving, int64_t nanos)
{
    guint project;

    while (nanos > 0)
        nanos -= take(serving, FALSE, nanos, &project);
}

/* The day's instants, before its use. */
static void serve_movements(struct serving *serving, guint day)
{
    const GArray *movements = serving->burn->movements;

    for (; serving->movement < movements->len; serving->movement++) {
        const struct burn_movement *movement =
            &g_array_index(movements, struct burn_movement, serving->movement);

        if (movement->day != day)
            return;
        if (movement->kind == REPAID)
            repay(serving, movement->grant, movement->nanos);
        else if (movement->kind == OVERDREW)
            owe(serving, serving->no_project, movement->nanos);
    }
}

/* Draws and shares of a day have one sign, and their sums are the same. */
static void serve_use(struct serving *serving, guint day)
{
    const GArray *draws = serving->burn->draws, *shares = serving->shares;
    int64_t drawn = 0;

    for (; serving->share < shares->len; serving->share++) {
        const struct share *share = &g_array_index(shares, struct share, serving->share);
        int64_t left = share->drawn_nanos;

        if (share->day != day)
            break;
        while (left != 0) {
            const struct burn_draw *draw;
            int64_t rest, part;

            g_assert(serving->draw < draws->len);
            draw = &g_array_index(draws, struct burn_draw, serving->draw);
            rest = draw->nanos - drawn;
            part = ABS(rest) < ABS(left) ? rest : left;
            add(serving, draw->grant, share->project, part);
            left -= part;
            drawn += part;
            if (drawn == draw->nanos) {
                serving->draw++;
                drawn = 0;
            }
        }
        if (share->overdrawn_nanos > 0)
            owe(serving, share->project, share->overdrawn_nanos);
        else
            forgive(serving, -share->overdrawn_nanos);
    }
}

static guint find_no_project(const struct account *account)
{
    const GArray *projects = account->organization->projects;
    guint i = 0;

    while (i < projects->len && g_array_index(projects, struct project, i).project_key != 0)
        i++;
    return i;
}

GArray *served_grants(const struct account *account, const struct burn *burn, const GArray *shares)
{
    struct serving serving = {
        .burn = burn,
        .shares = shares,
        .no_project = find_no_project(account),
        .owed = G_QUEUE_INIT,
        .sums = g_hash_table_new_full(served_hash, served_equal, g_free, NULL),
    };
    GArray *out = g_array_new(FALSE, FALSE, sizeof(struct served));
    GHashTableIter iter;
    gpointer sum;

    for (guint day = 0; day < burn->days->len; day++) {
        serve_movements(&serving, day);
        serve_use(&serving, day);
    }
    g_hash_table_iter_init(&iter, serving.sums);
    while (g_hash_table_iter_next(&iter, &sum, NULL))
        if (((const struct served *)sum)->nanos != 0)
            g_array_append_vals(out, sum, 1);
    g_array_sort(out, served_compare);
    g_hash_table_unref(serving.sums);
    g_queue_clear_full(&serving.owed, g_free);
    return out;
}
