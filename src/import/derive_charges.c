/*
 * derive_charges.c - unites the statements of one account into charges.
 *
 * Rows of an account that are the same movement (card_row_compare) are counted per statement: there
 * are as many charges as the statement with most of them shows. Two equal rows in one file are two
 * charges; in two overlapping files they are one.
 */
#include "core/digest.h"
#include "core/instant.h"
#include "import/derive_cards.h"

/* By account, movement, and statement; rows of one statement by time, then as they stand. */
static gint by_movement(gconstpointer left, gconstpointer right)
{
    const struct card_row *a = *(const struct card_row *const *)left;
    const struct card_row *b = *(const struct card_row *const *)right;
    int order = strcmp(a->account->name, b->account->name);

    if (order == 0)
        order = card_row_compare(a, b);
    if (order == 0 && a->file != b->file)
        order = a->file < b->file ? -1 : 1;
    if (order == 0)
        order = g_strcmp0(a->purchased_time, b->purchased_time);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

static gboolean is_posted(const struct card_row *row)
{
    return g_str_equal(row->state, "posted");
}

/* Which of several equal charges is the first: the order that their ids follow. */
static gint by_occurrence(gconstpointer left, gconstpointer right)
{
    const struct card_row *a = *(const struct card_row *const *)left;
    const struct card_row *b = *(const struct card_row *const *)right;
    int order = g_strcmp0(a->purchased_time, b->purchased_time);

    if (order == 0)
        order = is_posted(b) - is_posted(a);
    if (order == 0)
        order = strcmp(a->reference, b->reference);
    if (order == 0 && a->file != b->file)
        order = a->file < b->file ? -1 : 1;
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

/* One statement's rows of one movement. */
struct block {
    guint first, count, posted;
};

static struct block block_at(const GPtrArray *rows, guint first, guint end)
{
    const struct card_row *head = g_ptr_array_index(rows, first);
    struct block block = {.first = first};

    for (guint i = first; i < end; i++) {
        const struct card_row *row = g_ptr_array_index(rows, i);

        if (row->file != head->file)
            break;
        block.count++;
        block.posted += is_posted(row);
    }
    return block;
}

/*
 * Picks the rows that stand for the charges of one movement, rows[first..end).
 *
 * All come from the statement that shows most of them, so that no row stands for two; where another
 * one shows more of them posted, its posted rows take the place of pending ones.
 */
static GPtrArray *pick(const GPtrArray *rows, guint first, guint end)
{
    GPtrArray *picked = g_ptr_array_new();
    struct block most = {0}, posted = {0};
    guint skip;

    for (guint i = first; i < end;) {
        struct block block = block_at(rows, i, end);

        if (block.count > most.count || (block.count == most.count && block.posted > most.posted))
            most = block;
        if (block.posted > posted.posted)
            posted = block;
        i += block.count;
    }
    if (most.posted == posted.posted)
        posted = most;
    for (guint i = posted.first; i < posted.first + posted.count; i++)
        if (is_posted(g_ptr_array_index(rows, i)))
            g_ptr_array_add(picked, g_ptr_array_index(rows, i));
    skip = posted.posted - most.posted; /* pending ones that posted meanwhile: the earliest */
    for (guint i = most.first; i < most.first + most.count; i++) {
        if (is_posted(g_ptr_array_index(rows, i)))
            continue;
        if (skip > 0)
            skip--;
        else
            g_ptr_array_add(picked, g_ptr_array_index(rows, i));
    }
    g_ptr_array_sort(picked, by_occurrence);
    return picked;
}

/* A printed date as UTC interval. */
struct moment {
    struct interval interval;
    gboolean is_timed; /* one second */
    gboolean is_known; /* FALSE: widened, for want of a zone */
};

/*
 * A local time that the zone skips is taken for its day, and a day that it skips for a day
 * somewhere: zones may be learnt after import, when it is too late to refuse the record.
 */
static gboolean moment_read(struct moment *out, const char *day, const char *time,
                            const struct zone *zone, GError **error)
{
    g_autofree char *text = time ? g_strconcat(day, "T", time, NULL) : g_strdup(day);
    struct civil civil;

    if (!civil_parse(&civil, text, strlen(text), "iso", error))
        return FALSE;
    out->is_known = !zone_is_unknown(zone);
    out->is_timed = civil.has_time && out->is_known;
    if (civil_to_interval(&out->interval, &civil, zone, NULL))
        return TRUE;
    civil.has_time = FALSE;
    civil.hour = civil.minute = civil.second = 0;
    out->is_timed = FALSE;
    if (civil_to_interval(&out->interval, &civil, zone, NULL))
        return TRUE;
    out->is_known = FALSE;
    return civil_to_interval(&out->interval, &civil, zone_unknown(), error);
}

/* What was stated for this file or by its rows, else for its account, else by its format. */
static const struct zone *row_zone(const struct card_row *row, GError **error)
{
    const struct card_file *file = row->file;
    gboolean stated =
        g_str_equal(file->zone_source, "option") || g_str_equal(file->zone_source, "column");
    const char *name = *row->account->zone && !stated ? row->account->zone : file->zone;
    const struct zone *zone = *name ? zone_find(name, error) : zone_unknown();

    if (!zone)
        g_prefix_error(error, "%s, account %s: ", file->name, row->account->name);
    return zone;
}

static gboolean bind_moments(struct statement *insert, const struct card_row *row,
                             const struct zone *zone, GError **error)
{
    struct moment purchased, posted;

    if (row->posted_on && !moment_read(&posted, row->posted_on, row->posted_time, zone, error))
        return FALSE;
    if (!row->purchased_on)
        purchased = posted;
    else if (!moment_read(&purchased, row->purchased_on, row->purchased_time, zone, error))
        return FALSE;
    statement_bind_int(insert, "purchased_from", purchased.interval.from);
    statement_bind_int(insert, "purchased_until", purchased.interval.until);
    statement_bind_int(insert, "is_timed", purchased.is_timed);
    statement_bind_text(insert, "zone", purchased.is_known ? zone_name(zone) : "unknown");
    if (!row->posted_on) {
        statement_bind_null(insert, "posted_from");
        statement_bind_null(insert, "posted_until");
        return TRUE;
    }
    statement_bind_int(insert, "posted_from", posted.interval.from);
    statement_bind_int(insert, "posted_until", posted.interval.until);
    return TRUE;
}

static char *charge_id(const struct card_row *row, guint occurrence)
{
    g_autofree char *amount = g_strdup_printf("%" G_GINT64_FORMAT, (gint64)row->amount_nanos);
    g_autofree char *number = g_strdup_printf("%u", occurrence);

    return digest_id('c', row->account->name, row->dated_on, amount, row->currency, row->descriptor,
                     row->card_last4, row->reference, g_str_equal(row->state, "dead") ? "dead" : "",
                     number, NULL);
}

static gboolean charge_insert(struct db *db, const struct card_row *row, int64_t position,
                              guint occurrence, GError **error)
{
    g_autofree char *id = charge_id(row, occurrence);
    const struct zone *zone = row_zone(row, error);
    struct statement *insert = zone ? statement_get(db, "derive_charge_insert", error) : NULL;

    if (!insert || !bind_moments(insert, row, zone, error))
        return FALSE;
    statement_bind_int(insert, "charge_id", position);
    statement_bind_text(insert, "id", id);
    statement_bind_int(insert, "card_row_id", row->card_row_id);
    statement_bind_int(insert, "account_id", row->account->account_id);
    statement_bind_text(insert, "card_last4", row->card_last4);
    statement_bind_text(insert, "dated_on", row->dated_on);
    return statement_execute(insert, error);
}

static gboolean movement_insert(struct db *db, const GPtrArray *rows, guint first, guint end,
                                int64_t *position, GError **error)
{
    g_autoptr(GPtrArray) picked = pick(rows, first, end);

    for (guint i = 0; i < picked->len; i++)
        if (!charge_insert(db, g_ptr_array_index(picked, i), ++*position, i + 1, error))
            return FALSE;
    return TRUE;
}

gboolean charges_insert(struct db *db, const struct cards *cards, GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_sized_new(cards->rows->len);
    int64_t position = 0;
    guint end;

    for (guint i = 0; i < cards->rows->len; i++)
        g_ptr_array_add(rows, &g_array_index(cards->rows, struct card_row, i));
    g_ptr_array_sort(rows, by_movement);
    for (guint first = 0; first < rows->len; first = end) {
        const struct card_row *head = g_ptr_array_index(rows, first);

        for (end = first + 1; end < rows->len; end++) {
            const struct card_row *row = g_ptr_array_index(rows, end);

            if (row->account != head->account || card_row_compare(row, head) != 0)
                break;
        }
        if (!movement_insert(db, rows, first, end, &position, error))
            return FALSE;
    }
    return TRUE;
}
