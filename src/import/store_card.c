/* store_card.c - rows of card statements; dates stay as printed, for the accounts table may teach a
 * zone. */
#include "core/error.h"
#include "import/derive_cards.h"
#include "import/stamp.h"
#include "import/store.h"

enum card_tally { TALLY_CHARGES, TALLY_CREDITS, TALLY_PENDING, TALLY_DEAD };

static const char *const state_names[] = {
    [CARD_POSTED] = "posted", [CARD_PENDING] = "pending", [CARD_DEAD] = "dead"};

/* The zone that a row names by a column or by offsets; all rows of a file must name the same. */
static void note_column_zone(struct load *load, gint64 line, const struct zone *zone)
{
    if (strcmp(load->zone_source, "option") == 0)
        return;
    if (strcmp(load->zone_source, "column") == 0 && load->zone != zone)
        load_problem(load, line, "is in the zone %s, and earlier rows are in %s", zone_name(zone),
                     zone_name(load->zone));
    else
        load->zone = zone;
    load->zone_source = "column";
}

/* A time with an offset becomes that of UTC, so that the rows of a file share a zone. */
static void settle_date(struct load *load, gint64 line, struct printed_date *date)
{
    int64_t at;

    if (!date->present || !date->civil.has_time || !date->civil.has_offset ||
        !civil_to_instant(&at, &date->civil, zone_utc(), NULL, NULL))
        return;
    instant_to_civil(&date->civil, at, zone_utc());
    note_column_zone(load, line, zone_utc());
}

static void settle_dates(struct load *load, gint64 line, struct card_fact *card)
{
    settle_date(load, line, &card->purchased);
    settle_date(load, line, &card->posted);
    if (card->zone)
        note_column_zone(load, line, card->zone);
}

static void check_dates(struct load *load, gint64 line, const struct card_fact *card)
{
    const struct printed_date *date = card->purchased.present ? &card->purchased : &card->posted;
    const struct civil *civil = &date->civil;

    if (date->present)
        load_dated(load, day_from_civil(civil->year, civil->month, civil->day));
    else if (card->state != CARD_PENDING)
        load_problem(load, line, "has no date");
}

static int tally_of(const struct card_fact *card)
{
    if (card->state == CARD_PENDING)
        return TALLY_PENDING;
    if (card->state == CARD_DEAD)
        return TALLY_DEAD;
    return card->amount.nanos < 0 ? TALLY_CREDITS : TALLY_CHARGES;
}

static void bind_time(struct statement *statement, const char *parameter,
                      const struct printed_date *date)
{
    char text[16];

    if (!date->present || !date->civil.has_time) {
        statement_bind_null(statement, parameter);
        return;
    }
    g_snprintf(text, sizeof text, "%02d:%02d:%02d", date->civil.hour, date->civil.minute,
               date->civil.second);
    statement_bind_text(statement, parameter, text);
}

static void bind_card_money(struct statement *statement, const struct card_fact *card)
{
    statement_bind_int(statement, "amount_nanos", card->amount.nanos);
    statement_bind_text(statement, "currency", card->amount.currency);
    store_bind_amount(statement, "original_nanos", &card->original);
    statement_bind_text(statement, "original_currency",
                        card->original.present ? card->original.currency : "");
    statement_bind_int(statement, "fee_nanos", card->fee.present ? card->fee.nanos : 0);
    statement_bind_text(statement, "fee_currency",
                        card->fee.present && card->fee.currency[0] ? card->fee.currency
                                                                   : card->amount.currency);
}

static gboolean insert_card(struct load *load, gint64 line, const struct card_fact *card,
                            GError **error)
{
    struct statement *statement = statement_get(load->db, "card_row_insert", error);

    if (!statement)
        return FALSE;
    statement_bind_int(statement, "file_id", load->file_id);
    statement_bind_int(statement, "line", line);
    store_bind_day(statement, "purchased_on", &card->purchased);
    bind_time(statement, "purchased_time", &card->purchased);
    store_bind_day(statement, "posted_on", &card->posted);
    bind_time(statement, "posted_time", &card->posted);
    bind_card_money(statement, card);
    statement_bind_text(statement, "state", state_names[card->state]);
    store_bind_text(statement, "status", card->status);
    store_bind_text(statement, "type", card->type);
    store_bind_text(statement, "descriptor", card->descriptor);
    store_bind_text(statement, "reference", card->reference);
    statement_bind_text(statement, "card_last4", card->last4);
    statement_bind_int(statement, "is_leg", card->is_leg);
    statement_bind_int(statement, "is_fee", card->is_fee);
    return statement_execute(statement, error);
}

gboolean store_card(struct load *load, const struct fact *fact, GError **error)
{
    struct card_fact card = fact->card;

    settle_dates(load, fact->line, &card);
    check_dates(load, fact->line, &card);
    if (load_is_bad(load))
        return TRUE;
    if (card.last4[0])
        load->names_last4 = TRUE;
    totals_add(&load->control, &card.amount);
    load_tally(load, tally_of(&card), &card.amount);
    return insert_card(load, fact->line, &card, error);
}

/* Says in which zone the dates are; the format's own is among its assumptions. */
static void note_zone(struct load *load)
{
    if (strcmp(load->zone_source, "option") == 0)
        load_note(load, NOTE_ASSUMED, "dates are in %s (--tz)", zone_name(load->zone));
    else if (load->zone_source[0] == '\0')
        load_note(load, NOTE_ASSUMED,
                  "dates are in no stated zone (--tz) unless the accounts table names one: each is "
                  "widened by 14 hours on either side");
}

static void refuse_contradiction(struct load *load, const struct contradiction *other)
{
    load_refuse(load,
                "names no account, and has %u of %u rows in common with %s on the days that both "
                "cover: too few for the same card, too many for another\n"
                "hint: state the card of each with --account NAME",
                other->common, other->rows, other->name);
}

gboolean store_card_finish(struct load *load, GError **error)
{
    g_autoptr(GPtrArray) others = NULL;

    note_zone(load);
    if (load->fact_count > 0 && !load->has_days) {
        load_refuse(load, "has rows that are pending without a date, and no row with one: nothing "
                          "tells when they were\n"
                          "hint: export a statement with posted rows too");
        return TRUE;
    }
    if (load->names_last4 || load->account_hint[0] || load->options->account)
        return TRUE;
    others = accounts_contradictions(load->db, load->file_id, format_name(load->format), error);
    for (guint i = 0; others && i < others->len; i++)
        refuse_contradiction(load, g_ptr_array_index(others, i));
    return others != NULL;
}
