/*
 * derive_rates.c - the rate card: the prices of rules/rates.csv, read as a table of prices is, and
 * the user's own.
 */
#include "core/asset.h"
#include "core/error.h"
#include "import/derive.h"
#include "import/format.h"
#include "import/store.h"

#define CARD   "rules/rates.csv"
#define FORMAT "formats/trueup-rates.ini"

typedef struct card Card; /* for g_autoptr(Card) alone */
struct card {
    char *place;
    struct source *source;
    struct reader *reader;
    struct format_set *set;
    struct mapping *mapping;
};

static void card_free(struct card *card)
{
    g_free(card->place);
    g_clear_pointer(&card->mapping, mapping_free);
    g_clear_pointer(&card->set, format_set_free);
    g_clear_pointer(&card->reader, reader_free);
    g_clear_pointer(&card->source, source_free);
    g_free(card);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Card, card_free)

static struct format_set *read_format(GError **error)
{
    g_autoptr(GBytes) text = asset_read(FORMAT, error);

    return text ? format_set_parse("trueup-rates", g_bytes_get_data(text, NULL), error) : NULL;
}

static struct card *card_open(GError **error)
{
    g_autoptr(GBytes) text = asset_read(CARD, error);
    g_autoptr(Card) card = g_new0(struct card, 1);
    gsize len = 0;

    card->place = asset_place(CARD);
    card->set = text ? read_format(error) : NULL;
    if (!card->set)
        return NULL;
    card->source =
        source_of_text(card->place, g_bytes_get_data(text, &len), g_bytes_get_size(text), error);
    card->reader = card->source ? reader_new(card->source, ',', error) : NULL;
    return card->reader ? g_steal_pointer(&card) : NULL;
}

static gboolean fail_at(const struct card *card, gint64 line, const char *why, GError **error)
{
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s:%" G_GINT64_FORMAT ": %s", card->place,
                line, why);
    return FALSE;
}

static gboolean store(struct db *db, const struct rate_fact *rate, GError **error)
{
    struct statement *row = statement_get(db, "rate_insert", error);

    if (!row)
        return FALSE;
    store_bind_rate(row, rate);
    return statement_execute(row, error);
}

/* The first record is the header, every other one a price. */
static gboolean take(struct card *card, struct db *db, const struct record *record, GError **error)
{
    static const struct mapping_options none = {0};
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    struct fact fact;

    if (!card->mapping) {
        enum recognition found = format_recognise(card->set, record, &none, &card->mapping, error);

        return found == RECOGNISED_HEADER ||
               (found == RECOGNISED_NOT_YET &&
                fail_at(card, record->line, "is no header of a table of prices", error));
    }
    if (!mapping_read(card->mapping, record, &fact, problems, notes))
        return fail_at(card, record->line, g_ptr_array_index(problems, 0), error);
    return store(db, &fact.rate, error);
}

static gboolean read_card(struct db *db, GError **error)
{
    g_autoptr(Card) card = card_open(error);
    const struct record_problem *problem;
    const struct record *record;
    enum record_status status = RECORD_FAILED;

    while (card && (status = reader_next(card->reader, &record, &problem, error)) == RECORD_ROW)
        if (!take(card, db, record, error))
            return FALSE;
    if (status == RECORD_BAD)
        return fail_at(card, problem->line, problem->text, error);
    return status == RECORD_END;
}

gboolean derive_rates(struct db *db, GError **error)
{
    return read_card(db, error) && db_run(db, "derive_rates_own", error);
}
