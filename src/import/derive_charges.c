/*
 * derive_charges.c - writes the movements of the card statements as charges: dates as UTC
 * intervals, every row as history, reversals.
 */
#include "core/bulk.h"
#include "core/instant.h"
#include "import/derive_cards.h"

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

/* Dates of one zone that were read already: the rows of an account stand together and share days.
 */
struct dates {
    const struct zone *zone;
    GHashTable *moments; /* day as printed -> struct moment */
};

static gboolean moment_find(struct moment *out, struct dates *dates, const char *day,
                            const char *time, const struct zone *zone, GError **error)
{
    const struct moment *known;

    if (time)
        return moment_read(out, day, time, zone, error);
    if (dates->zone != zone)
        g_hash_table_remove_all(dates->moments);
    dates->zone = zone;
    known = g_hash_table_lookup(dates->moments, day);
    if (known) {
        *out = *known;
        return TRUE;
    }
    if (!moment_read(out, day, NULL, zone, error))
        return FALSE;
    g_hash_table_insert(dates->moments, g_strdup(day), g_memdup2(out, sizeof *out));
    return TRUE;
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

/* When a row's purchase and posting were; posted is left alone when it does not say. */
static gboolean moments_read(struct moment *purchased, struct moment *posted, struct dates *dates,
                             const struct card_row *row, const struct zone *zone, GError **error)
{
    if (row->posted_on &&
        !moment_find(posted, dates, row->posted_on, row->posted_time, zone, error))
        return FALSE;
    if (row->purchased_on || !row->posted_on)
        return moment_find(purchased, dates, row->dated_on, row->purchased_time, zone, error);
    *purchased = *posted;
    return TRUE;
}

/* Where the rows of charges and of their history go: cells as their statements select them. */
struct writer {
    struct bulk *charges, *history;
    struct dates dates;
};

static void add_texts(struct bulk *charges, const struct card_row *row)
{
    bulk_add_text(charges, row->status);
    bulk_add_text(charges, row->type);
    bulk_add_text(charges, row->descriptor);
    if (*row->reference) {
        bulk_add_text(charges, row->reference);
    } else {
        g_autofree char *place =
            g_strdup_printf("%s:%" G_GINT64_FORMAT, row->file->name, (gint64)row->line);

        bulk_add_text(charges, place);
    }
}

static void add_money(struct bulk *charges, const struct movement *movement)
{
    bulk_add_int(charges, movement->amount_nanos);
    bulk_add_text(charges, movement->currency);
    if (*movement->original_currency)
        bulk_add_int(charges, movement->original_nanos);
    else
        bulk_add_null(charges);
    bulk_add_text(charges, movement->original_currency);
    bulk_add_int(charges, movement->fee_nanos);
    bulk_add_text(charges, movement->fee_currency);
}

static void add_moments(struct bulk *charges, const struct moment *purchased,
                        const struct moment *posted)
{
    bulk_add_int(charges, purchased->interval.from);
    bulk_add_int(charges, purchased->interval.until);
    if (posted) {
        bulk_add_int(charges, posted->interval.from);
        bulk_add_int(charges, posted->interval.until);
    } else {
        bulk_add_null(charges);
        bulk_add_null(charges);
    }
    bulk_add_int(charges, purchased->is_timed);
}

static gboolean charge_insert(struct writer *writer, const struct movement *movement,
                              GError **error)
{
    struct bulk *charges = writer->charges;
    const struct card_row *row = movement->head;
    const struct zone *zone = row_zone(row, error);
    struct moment purchased, posted;

    if (!zone || !moments_read(&purchased, &posted, &writer->dates, row, zone, error))
        return FALSE;
    bulk_add_int(charges, movement->charge_id);
    bulk_add_text(charges, movement->id);
    bulk_add_int(charges, row->card_row_id);
    bulk_add_int(charges, row->file->file_id);
    bulk_add_int(charges, row->line);
    bulk_add_int(charges, row->account->account_id);
    bulk_add_text(charges, row->card_last4);
    bulk_add_text(charges, row->dated_on);
    bulk_add_text(charges, row->posted_on);
    add_moments(charges, &purchased, row->posted_on ? &posted : NULL);
    bulk_add_text(charges, purchased.is_known ? zone_name(zone) : "unknown");
    add_money(charges, movement);
    bulk_add_text(charges, movement->state);
    add_texts(charges, row);
    return bulk_end_row(charges, error);
}

static gboolean history_insert(struct writer *writer, const struct movement *movement,
                               GError **error)
{
    struct bulk *history = writer->history;

    for (guint i = 0; i < movement->told->len; i++) {
        const struct told *told = movement_told(movement, i);

        bulk_add_int(history, told->row->card_row_id);
        bulk_add_int(history, movement->charge_id);
        bulk_add_text(history, told->role);
        bulk_add_int(history, told->is_counted);
        bulk_add_text(history, told->note);
        if (!bulk_end_row(history, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean reversal_insert(struct db *db, const struct movement *reversal, GError **error)
{
    struct statement *insert = statement_get(db, "derive_charge_reversal_insert", error);

    if (!insert)
        return FALSE;
    statement_bind_int(insert, "reversal_charge_id", reversal->charge_id);
    statement_bind_int(insert, "charge_id", reversal->reverses->charge_id);
    statement_bind_int(insert, "recapture_charge_id", reversal->reverses->recapture->charge_id);
    return statement_execute(insert, error);
}

static gboolean charges_write(struct db *db, GPtrArray *movements, GError **error)
{
    g_autoptr(GHashTable) moments = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(Bulk) charges = bulk_new(db, "derive_charge_insert");
    g_autoptr(Bulk) history = bulk_new(db, "derive_charge_row_insert");
    struct writer writer = {charges, history, {.moments = moments}};

    for (guint i = 0; i < movements->len; i++) {
        struct movement *movement = g_ptr_array_index(movements, i);

        movement->charge_id = (int64_t)i + 1;
        if (!charge_insert(&writer, movement, error) || !history_insert(&writer, movement, error))
            return FALSE;
    }
    return bulk_end(charges, error) && bulk_end(history, error);
}

gboolean charges_insert(struct db *db, const struct cards *cards, GError **error)
{
    g_autoptr(GPtrArray) movements = movements_find(cards);

    movements_join_parts(movements);
    movements_follow_pending(movements, cards);
    movements_net_reversals(movements);
    if (!charges_write(db, movements, error))
        return FALSE;
    for (guint i = 0; i < movements->len; i++) {
        const struct movement *movement = g_ptr_array_index(movements, i);

        if (movement->reverses && !reversal_insert(db, movement, error))
            return FALSE;
    }
    return TRUE;
}
