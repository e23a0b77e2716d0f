/*
 * mapping_platform.c - the Platform's exports: buckets of time with a cost, with usage, or with
 * nothing.
 *
 * The epoch columns are the truth; the ISO ones, where there are any, must agree. Rows repeat their
 * bucket many times, so the last one that was good is remembered by its text.
 */
#include "core/error.h"
#include "import/endpoint.h"
#include "import/mapping_internal.h"

/* Whether the bucket is, cell by cell, the one that was read before. */
static gboolean same_bucket(const struct reading *reading)
{
    const struct mapping *mapping = reading->mapping;

    if (mapping->bucket.end_at == 0)
        return FALSE;
    for (guint i = 0; i < BUCKET_COLUMNS; i++) {
        const struct seen_text *seen = &mapping->bucket.cells[i];
        struct text text = cell(reading, i);

        if (text.len != seen->len || memcmp(text.text, seen->text, text.len) != 0)
            return FALSE;
    }
    return TRUE;
}

static void remember_bucket(const struct reading *reading, int64_t start_at, int64_t end_at)
{
    struct seen_bucket *bucket = &reading->mapping->bucket;

    bucket->end_at = 0;
    for (guint i = 0; i < BUCKET_COLUMNS; i++) {
        struct text text = cell(reading, i);

        if (text.len > SEEN_TEXT_MAX)
            return;
        memcpy(bucket->cells[i].text, text.text, text.len);
        bucket->cells[i].len = text.len;
    }
    bucket->start_at = start_at;
    bucket->end_at = end_at;
}

static gboolean read_by_pattern(const struct reading *reading, guint column, const char *pattern,
                                int64_t *out)
{
    struct text text = cell(reading, column);
    g_autoptr(GError) why = NULL;
    struct civil civil;

    if (!civil_parse(&civil, text.text, text.len, pattern, &why)) {
        problem(reading, column, why->message);
        return FALSE;
    }
    if (!civil.has_time) {
        problem(reading, column, "has no time of day");
        return FALSE;
    }
    /* In UTC every civil time exists: this cannot fail. */
    return civil_to_instant(out, &civil, zone_utc(), NULL, NULL);
}

gboolean read_epoch(const struct reading *reading, guint column, int64_t *out)
{
    if (cell(reading, column).len == 0) {
        problem(reading, column, "is empty");
        return FALSE;
    }
    return read_by_pattern(reading, column, "epoch", out);
}

/* The epoch column, which must be there, and its ISO twin, which must agree where it is. */
static gboolean read_twins(const struct reading *reading, guint column, guint iso_column,
                           int64_t *out)
{
    int64_t iso_at;

    if (!read_epoch(reading, column, out))
        return FALSE;
    if (cell(reading, iso_column).len == 0)
        return TRUE;
    if (!read_by_pattern(reading, iso_column, "iso", &iso_at))
        return FALSE;
    if (iso_at == *out)
        return TRUE;
    char printed[21];
    instant_format(*out, printed);
    struct text epoch = cell(reading, column);
    g_autofree char *why = g_strdup_printf(
        "disagrees with \"%s\": %.*s is %s",
        (const char *)reading->mapping->names->pdata[reading->mapping->column[column]],
        (int)epoch.len, epoch.text, printed);
    problem(reading, iso_column, why);
    return FALSE;
}

/* Start and end of a bucket, which lies within one UTC day. */
static gboolean read_bucket(const struct reading *reading, int64_t *start_at, int64_t *end_at)
{
    if (same_bucket(reading)) {
        *start_at = reading->mapping->bucket.start_at;
        *end_at = reading->mapping->bucket.end_at;
        return TRUE;
    }
    gboolean start = read_twins(reading, BUCKET_START, BUCKET_START_ISO, start_at);
    gboolean end = read_twins(reading, BUCKET_END, BUCKET_END_ISO, end_at);
    if (!start || !end)
        return FALSE;
    if (*end_at <= *start_at) {
        problem(reading, BUCKET_END, "is not after the start");
        return FALSE;
    }
    if (reading->mapping->format->kind == FACT_COST &&
        (*start_at % SECONDS_PER_DAY != 0 || *end_at - *start_at != SECONDS_PER_DAY)) {
        problem(reading, *start_at % SECONDS_PER_DAY != 0 ? BUCKET_START : BUCKET_END,
                *start_at % SECONDS_PER_DAY != 0 ? "is not the midnight (UTC) that begins a day"
                                                 : "is not one day after the start");
        return FALSE;
    }
    if (day_from_instant(*start_at) != day_from_instant(*end_at - 1)) {
        problem(reading, BUCKET_END, "is on another UTC day than the start");
        return FALSE;
    }
    remember_bucket(reading, *start_at, *end_at);
    return TRUE;
}

/* Whether nothing but the times is filled. */
static gboolean is_empty_bucket(const struct reading *reading)
{
    const int *column = reading->mapping->column;

    for (guint i = 0; i < reading->record->count; i++) {
        if (reading->record->cells[i].len > 0 && (int)i != column[BUCKET_START] &&
            (int)i != column[BUCKET_END] && (int)i != column[BUCKET_START_ISO] &&
            (int)i != column[BUCKET_END_ISO])
            return FALSE;
    }
    return TRUE;
}

static void read_cost_amount(const struct reading *reading, struct cost_fact *out)
{
    char currency[4];

    if (cell(reading, COST_AMOUNT).len == 0) {
        problem(reading, COST_AMOUNT, "is empty, and the row is not");
        return;
    }
    if (read_currency(reading, COST_CURRENCY, TRUE, currency))
        out->amount = read_amount(reading, COST_AMOUNT, currency, TRUE);
    else
        read_amount(reading, COST_AMOUNT, "", TRUE); /* for its own problem */
}

void read_cost(const struct reading *reading, struct cost_fact *out)
{
    memset(out, 0, sizeof(*out));
    if (!read_bucket(reading, &out->start_at, &out->end_at))
        out->end_at = out->start_at;
    out->is_empty = cell(reading, COST_AMOUNT).len == 0 && is_empty_bucket(reading);
    if (out->is_empty)
        return;
    read_cost_amount(reading, out);
    out->has_quantity = read_decimal(reading, COST_QUANTITY, 6, &out->quantity_micros);
    out->quantity_unit = read_text(reading, COST_QUANTITY_UNIT);
    out->line_item = read_text(reading, COST_LINE_ITEM);
    out->user_id = read_id(reading, COST_USER_ID);
    out->api_key_id = read_id(reading, COST_API_KEY_ID);
    out->user_email = read_text(reading, COST_USER_EMAIL);
    out->api_source = read_text(reading, COST_API_SOURCE);
    out->project_id = read_id(reading, COST_PROJECT_ID);
    out->project_name = read_text(reading, COST_PROJECT_NAME);
    out->organization_id = read_organization(reading, COST_ORGANIZATION_ID);
    out->organization_name = read_text(reading, COST_ORGANIZATION_NAME);
}

gboolean read_count(const struct reading *reading, guint column, int scale, gboolean needed,
                    int64_t *out)
{
    *out = 0;
    if (needed && reading->mapping->column[column] != ABSENT && cell(reading, column).len == 0) {
        problem(reading, column, "is empty, and the row is not");
        return FALSE;
    }
    if (!read_decimal(reading, column, scale, out))
        return FALSE;
    if (*out >= 0)
        return TRUE;
    problem(reading, column, "is negative");
    return FALSE;
}

/* Counts are printed as floats and must be whole; requests, and what the endpoint is about, must be
 * there where the file has a column for them. */
static void read_counts(const struct reading *reading, struct usage_fact *out)
{
    gboolean has_unit = endpoint_unit(out->endpoint, TRUE) != NULL;

    for (guint i = 0; i < USAGE_COUNTS; i++) {
        gboolean needed =
            i == USAGE_REQUESTS || (!has_unit && (i == USAGE_INPUT || i == USAGE_OUTPUT));

        read_count(reading, USE_COUNTS + i, 0, needed, &out->counts[i]);
    }
    if (has_unit)
        out->has_quantity =
            read_count(reading, USE_QUANTITY, endpoint_scale(out->endpoint), TRUE, &out->quantity);
}

static void read_batch(const struct reading *reading, struct usage_fact *out)
{
    struct text text = cell(reading, USE_BATCH);

    out->has_batch = text.len > 0;
    out->batch = text.len == 4 && g_ascii_strncasecmp(text.text, "true", 4) == 0;
    if (text.len > 0 && !out->batch &&
        !(text.len == 5 && g_ascii_strncasecmp(text.text, "false", 5) == 0))
        problem(reading, USE_BATCH, "is neither True nor False");
}

void read_usage(const struct reading *reading, struct usage_fact *out)
{
    memset(out, 0, sizeof(*out));
    out->endpoint = reading->mapping->format->endpoint;
    if (!read_bucket(reading, &out->start_at, &out->end_at))
        out->end_at = out->start_at;
    out->is_empty = is_empty_bucket(reading);
    if (out->is_empty)
        return;
    read_counts(reading, out);
    read_batch(reading, out);
    out->has_compute_units =
        read_decimal(reading, USE_COMPUTE_UNITS, 6, &out->compute_units_micros);
    out->project_id = read_id(reading, USE_PROJECT_ID);
    out->user_id = read_id(reading, USE_USER_ID);
    out->api_key_id = read_id(reading, USE_API_KEY_ID);
    out->model = read_text(reading, USE_MODEL);
    out->service_tier = read_text(reading, USE_SERVICE_TIER);
    out->image_size = read_text(reading, USE_IMAGE_SIZE);
    out->source = read_text(reading, USE_SOURCE);
}

void read_empty_window(const struct reading *reading, struct cost_fact *out)
{
    memset(out, 0, sizeof(*out));
    if (!read_bucket(reading, &out->start_at, &out->end_at))
        out->end_at = out->start_at;
    out->is_empty = TRUE;
}
