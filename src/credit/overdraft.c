/* overdraft.c - finds the runs of days below zero, and who caused and what repaid them. */
#include "credit/overdraft.h"
#include "core/money.h"
#include "credit/share.h"

#define CENT (NANOS_PER_UNIT / 100)

struct part {
    char *label;
    int64_t nanos;
};

static void part_clear(gpointer data)
{
    g_free(((struct part *)data)->label);
}

static int by_size(const void *a, const void *b)
{
    const struct part *x = a, *y = b;

    if (x->nanos != y->nanos)
        return x->nanos < y->nanos ? 1 : -1;
    return strcmp(x->label, y->label);
}

static GArray *parts_new(void)
{
    GArray *parts = g_array_new(FALSE, FALSE, sizeof(struct part));

    g_array_set_clear_func(parts, part_clear);
    return parts;
}

/* Takes the label. */
static void add_part(GArray *parts, char *label, int64_t nanos)
{
    struct part part = {label, nanos};

    g_array_append_val(parts, part);
}

/* To the cent, for people: what is exact stands in allocation_day. A part that cents would show as
 * nothing keeps its decimals. */
static char *amount_text(int64_t nanos)
{
    return ABS(nanos) < CENT / 2 ? money_format(nanos, 2) : money_format_cents(nanos);
}

static char *parts_text(const GArray *parts)
{
    GString *text = g_string_new("");

    for (guint i = 0; i < parts->len; i++) {
        const struct part *part = &g_array_index(parts, struct part, i);
        g_autofree char *amount = amount_text(part->nanos);

        g_string_append_printf(text, "%s%s %s", i ? "; " : "", part->label, amount);
    }
    return g_string_free(text, FALSE);
}

static const struct burn_day *day_at(const struct burn *burn, guint day)
{
    return &g_array_index(burn->days, struct burn_day, day);
}

static char *caused_by(const struct account *account, const struct burn *burn, const GArray *shares,
                       guint from, guint until)
{
    GArray *projects = account->organization->projects;
    g_autofree int64_t *nanos = g_new0(int64_t, projects->len);
    g_autoptr(GArray) parts = parts_new();

    for (guint i = 0; i < shares->len; i++) {
        const struct share *share = &g_array_index(shares, struct share, i);

        if (share->day >= from && share->day <= until)
            nanos[share->project] += share->overdrawn_nanos;
    }
    for (guint i = 0; i < projects->len; i++) {
        const char *id = g_array_index(projects, struct project, i).project_id;

        if (nanos[i] > 0)
            add_part(parts, g_strdup(*id ? id : "(no project)"), nanos[i]);
    }
    for (guint i = 0; i < burn->movements->len; i++) {
        const struct burn_movement *movement =
            &g_array_index(burn->movements, struct burn_movement, i);
        const char *reference = burn->input.grants[movement->grant].reference;

        if (movement->day < from || movement->day > until)
            continue;
        if (movement->kind == OVERDREW)
            add_part(parts, g_strconcat(reference, " refunded", NULL), movement->nanos);
        else if (movement->kind == REPAID && movement->nanos < 0)
            add_part(parts, g_strconcat(reference, " opening", NULL), -movement->nanos);
    }
    g_array_sort(parts, by_size);
    return parts_text(parts);
}

static char *repaid_by(const struct burn *burn, guint from, guint until)
{
    g_autoptr(GArray) parts = parts_new();

    for (guint i = 0; i < burn->movements->len; i++) {
        const struct burn_movement *movement =
            &g_array_index(burn->movements, struct burn_movement, i);

        if (movement->kind == REPAID && movement->nanos > 0 && movement->day >= from &&
            movement->day <= until)
            add_part(parts, g_strdup(burn->input.grants[movement->grant].reference),
                     movement->nanos);
    }
    return parts_text(parts);
}

static void overdraft_free(gpointer data)
{
    struct overdraft *overdraft = data;

    g_free(overdraft->caused_by);
    g_free(overdraft->repaid_by);
    g_free(overdraft);
}

static struct overdraft *episode_new(const struct account *account, const struct burn *burn,
                                     const GArray *shares, guint from)
{
    struct overdraft *overdraft = g_new0(struct overdraft, 1);
    guint last = burn->days->len - 1, began = from;

    overdraft->from = from;
    overdraft->until = from;
    for (guint day = from; day <= last && burn_day_balance(day_at(burn, day)) < 0; day++) {
        overdraft->until = day;
        overdraft->lowest_nanos = MIN(overdraft->lowest_nanos, burn_day_balance(day_at(burn, day)));
    }
    overdraft->is_open = overdraft->until == last;
    while (began > 0 && day_at(burn, began - 1)->overdraft_nanos > 0)
        began--;
    overdraft->caused_by = caused_by(account, burn, shares, began, overdraft->until);
    overdraft->repaid_by = repaid_by(burn, began, overdraft->until + 1);
    return overdraft;
}

GPtrArray *overdraft_episodes(const struct account *account, const struct burn *burn,
                              const GArray *shares)
{
    GPtrArray *episodes = g_ptr_array_new_with_free_func(overdraft_free);

    for (guint day = 0; day < burn->days->len; day++) {
        struct overdraft *episode;

        if (burn_day_balance(day_at(burn, day)) >= 0)
            continue;
        episode = episode_new(account, burn, shares, day);
        g_ptr_array_add(episodes, episode);
        day = episode->until;
    }
    return episodes;
}
