/*
 * value.c - usage_value: what each day's use of a model was worth, by what is priced apart.
 *
 * The kinds of one row of use add up to its tokens: text is what is left of a request's input and
 * output when cached, audio and image tokens are taken out.
 */
#include "rate/value.h"
#include "core/error.h"
#include "core/money.h"
#include "core/rowsource.h"

#define SECONDS_SCALE 1000000 /* seconds of audio are kept in 1e-6 */

/* The columns of rate_quantities. */
enum {
    ORGANIZATION_KEY,
    PROJECT_KEY,
    ENDPOINT,
    DAY,
    IS_PROVISIONAL,
    MODEL,
    SERVICE_TIER,
    IS_BATCH,
    IMAGE_SIZE,
    INPUT,
    OUTPUT,
    CACHED,
    CACHE_WRITES,
    AUDIO,
    CACHED_AUDIO,
    OUTPUT_AUDIO,
    IMAGE,
    CACHED_IMAGE,
    OUTPUT_IMAGE,
    QUANTITY,
};

#define KINDS_OF_A_ROW 10

struct used {
    const char *token_kind;
    int64_t quantity;
};

struct work {
    const struct card *card;
    struct statement *row;
    struct used used[KINDS_OF_A_ROW]; /* of the row that the statement stands on */
    guint used_count, at;
    const char *model, *service_tier;
    char *image_kind;
};

/* What an endpoint counts that counts no tokens, as the rate card calls it; and the model by which
 * the card prices what no model did. */
static const struct {
    const char *endpoint, *token_kind, *model;
} counted[] = {
    {"audio_speeches", "characters", ""},
    {"audio_transcriptions", "seconds", ""},
    {"vector_stores", "byte days", "file-search"},
    {"code_interpreter_sessions", "sessions", "code-interpreter"},
};

static void add_used(struct work *work, const char *token_kind, int64_t quantity)
{
    if (quantity != 0)
        work->used[work->used_count++] = (struct used){token_kind, quantity};
}

static int64_t number(const struct work *work, int column)
{
    return statement_int(work->row, column);
}

static void split_tokens(struct work *work)
{
    int64_t cached = number(work, CACHED), writes = number(work, CACHE_WRITES);
    int64_t audio = number(work, AUDIO), image = number(work, IMAGE);
    int64_t cached_audio = number(work, CACHED_AUDIO), cached_image = number(work, CACHED_IMAGE);
    int64_t output_audio = number(work, OUTPUT_AUDIO), output_image = number(work, OUTPUT_IMAGE);

    add_used(work, "input", number(work, INPUT) - cached - writes - audio - image);
    add_used(work, "cached input", cached - cached_audio - cached_image);
    add_used(work, "cache writes", writes);
    add_used(work, "output", number(work, OUTPUT) - output_audio - output_image);
    add_used(work, "audio input", audio);
    add_used(work, "cached audio input", cached_audio);
    add_used(work, "audio output", output_audio);
    add_used(work, "image input", image);
    add_used(work, "cached image input", cached_image);
    add_used(work, "image output", output_image);
}

static const char *image_kind(struct work *work)
{
    const char *size = statement_text(work->row, IMAGE_SIZE);

    g_free(work->image_kind);
    work->image_kind = *size ? g_strconcat("images ", size, NULL) : g_strdup("images");
    return work->image_kind;
}

/* Batches are told by a column of their own; what a tier is called has changed. */
static const char *tier_of(const struct work *work)
{
    const char *tier = statement_text(work->row, SERVICE_TIER);

    if (statement_int(work->row, IS_BATCH) == 1)
        return "batch";
    return *tier == '\0' || strcmp(tier, "default") == 0 ? "standard" : tier;
}

static void take_row(struct work *work)
{
    const char *endpoint = statement_text(work->row, ENDPOINT);

    work->used_count = work->at = 0;
    work->model = statement_text(work->row, MODEL);
    work->service_tier = tier_of(work);
    if (strcmp(endpoint, "images") == 0) {
        add_used(work, image_kind(work), number(work, QUANTITY));
        return;
    }
    for (guint i = 0; i < G_N_ELEMENTS(counted); i++)
        if (strcmp(counted[i].endpoint, endpoint) == 0) {
            add_used(work, counted[i].token_kind, number(work, QUANTITY));
            if (*work->model == '\0')
                work->model = counted[i].model;
            return;
        }
    if (*work->model)
        split_tokens(work);
    else
        add_used(work, "", number(work, INPUT) + number(work, OUTPUT));
}

static void set_int(struct rowsource_cell *cell, int64_t value)
{
    *cell = (struct rowsource_cell){.type = CELL_INT, .integer = value};
}

static void set_text(struct rowsource_cell *cell, const char *text)
{
    *cell = (struct rowsource_cell){.type = CELL_TEXT, .text = text, .len = strlen(text)};
}

static void set_key(struct rowsource_cell *cell, struct statement *row, int column)
{
    if (!statement_is_null(row, column))
        set_int(cell, statement_int(row, column));
}

gboolean value_of(int64_t *out, const struct price *price, const char *token_kind, int64_t quantity,
                  GError **error)
{
    int64_t units = RATE_UNITS;

    if (strcmp(token_kind, "seconds") == 0)
        units *= SECONDS_SCALE;
    if (money_scale(out, price->nanos, quantity, units, error))
        return TRUE;
    g_prefix_error(error, "the value of %" G_GINT64_FORMAT " %s: ", quantity, token_kind);
    return FALSE;
}

static gboolean fill(const struct work *work, const struct used *used, struct rowsource_cell *cells,
                     GError **error)
{
    struct price price;
    int64_t value;

    set_key(&cells[0], work->row, ORGANIZATION_KEY);
    set_key(&cells[1], work->row, PROJECT_KEY);
    set_text(&cells[2], statement_text(work->row, ENDPOINT));
    set_text(&cells[3], statement_text(work->row, DAY));
    set_text(&cells[4], work->model);
    set_text(&cells[5], work->service_tier);
    set_text(&cells[6], used->token_kind);
    set_int(&cells[7], used->quantity);
    set_int(&cells[10], statement_int(work->row, IS_PROVISIONAL));
    if (!card_find(work->card, work->model, work->service_tier, used->token_kind,
                   statement_text(work->row, DAY), &price))
        return TRUE;
    if (!value_of(&value, &price, used->token_kind, used->quantity, error))
        return FALSE;
    set_int(&cells[8], price.rate_id);
    set_int(&cells[9], value);
    return TRUE;
}

static enum row_status next(void *context, struct rowsource_cell *cells, GError **error)
{
    struct work *work = context;

    while (work->at == work->used_count) {
        enum row_status status = statement_step(work->row, error);

        if (status != ROW)
            return status;
        take_row(work);
    }
    return fill(work, &work->used[work->at++], cells, error) ? ROW : FAILED;
}

gboolean value_usage(struct db *db, const struct card *card, GError **error)
{
    struct work work = {.card = card, .row = statement_get(db, "rate_quantities", error)};
    gboolean ok = work.row && rowsource_insert(db, "usage_value_insert", next, &work, error);

    g_free(work.image_kind);
    return ok;
}
