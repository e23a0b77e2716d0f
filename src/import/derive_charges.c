/*
 * derive_charges.c - writes the movements of the card statements as charges: dates as UTC
 * intervals, every row as history, reversals.
 */
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

static gboolean bind_moments(struct statement *insert, struct dates *dates,
                             const struct card_row *row, const struct zone *zone, GError **error)
{
    struct moment purchased, posted;

    if (row->posted_on &&
        !moment_find(&posted, dates, row->posted_on, row->posted_time, zone, error))
        return FALSE;
    if (!row->purchased_on && row->posted_on)
        purchased = posted;
    else if (!moment_find(&purchased, dates, row->dated_on, row->purchased_time, zone, error))
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

static void bind_money(struct statement *insert, const struct movement *movement)
{
    statement_bind_int(insert, "amount_nanos", movement->amount_nanos);
    statement_bind_text(insert, "currency", movement->currency);
    if (*movement->original_currency)
        statement_bind_int(insert, "original_nanos", movement->original_nanos);
    else
        statement_bind_null(insert, "original_nanos");
    statement_bind_text(insert, "original_currency", movement->original_currency);
    statement_bind_int(insert, "fee_nanos", movement->fee_nanos);
    statement_bind_text(insert, "fee_currency", movement->fee_currency);
}

static gboolean charge_insert(struct db *db, struct dates *dates, const struct movement *movement,
                              GError **error)
{
    const struct card_row *row = movement->head;
    const struct zone *zone = row_zone(row, error);
    struct statement *insert = zone ? statement_get(db, "derive_charge_insert", error) : NULL;

    if (!insert || !bind_moments(insert, dates, row, zone, error))
        return FALSE;
    statement_bind_int(insert, "charge_id", movement->charge_id);
    statement_bind_text(insert, "id", movement->id);
    statement_bind_int(insert, "card_row_id", row->card_row_id);
    statement_bind_int(insert, "account_id", row->account->account_id);
    statement_bind_text(insert, "card_last4", row->card_last4);
    statement_bind_text(insert, "dated_on", row->dated_on);
    statement_bind_text(insert, "state", movement->state);
    bind_money(insert, movement);
    return statement_execute(insert, error);
}

static gboolean history_insert(struct db *db, const struct movement *movement, GError **error)
{
    for (guint i = 0; i < movement->told->len; i++) {
        const struct told *told = movement_told(movement, i);
        struct statement *insert = statement_get(db, "derive_charge_row_insert", error);

        if (!insert)
            return FALSE;
        statement_bind_int(insert, "card_row_id", told->row->card_row_id);
        statement_bind_int(insert, "charge_id", movement->charge_id);
        statement_bind_text(insert, "role", told->role);
        statement_bind_int(insert, "is_counted", told->is_counted);
        statement_bind_text(insert, "note", told->note);
        if (!statement_execute(insert, error))
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

gboolean charges_insert(struct db *db, const struct cards *cards, GError **error)
{
    g_autoptr(GPtrArray) movements = movements_find(cards);
    g_autoptr(GHashTable) moments = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    struct dates dates = {.moments = moments};

    movements_join_parts(movements);
    movements_follow_pending(movements, cards);
    movements_net_reversals(movements);
    for (guint i = 0; i < movements->len; i++) {
        struct movement *movement = g_ptr_array_index(movements, i);

        movement->charge_id = (int64_t)i + 1;
        if (!charge_insert(db, &dates, movement, error) || !history_insert(db, movement, error))
            return FALSE;
    }
    for (guint i = 0; i < movements->len; i++) {
        const struct movement *movement = g_ptr_array_index(movements, i);

        if (movement->reverses && !reversal_insert(db, movement, error))
            return FALSE;
    }
    return TRUE;
}
