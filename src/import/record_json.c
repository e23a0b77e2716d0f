/*
 * record_json.c - see record_json.h.
 *
 * Text is given to yajl chunk by chunk; what its callbacks find is kept until the chunk is through,
 * then handed out. Keys may come in any order, so the results of a bucket wait until its times (in
 * seconds) are known, and the first records until a result tells which header they stand under.
 */
#include "import/record_json.h"
#include "core/error.h"
#include "core/secret.h"
#include "core/text.h"
#include "import/record_json_shape.h"
#include <yajl/yajl_parse.h>

#define MAX_DEPTH   64
#define MAX_WAITING 50000 /* results whose bucket has not told its times yet */

/* Where in the document an object or array stands. */
enum place { TOP, PAGES, PAGE, DATA, BUCKET, RESULTS, RESULT, AMOUNT, ELSEWHERE };

/* A record that is ready: its cells' texts, each with a NUL, in `text` of its list. */
struct ready {
    gint64 line;
    gsize at;
};

struct ready_list {
    GArray *items; /* struct ready */
    GByteArray *text;
};

struct json_reader {
    struct source *source;
    yajl_handle parser;
    const char *chunk;
    gsize counted;   /* bytes of the chunk whose line ends are in `line` */
    gint64 line;     /* of what the parser has reached */
    gsize silent;    /* bytes since the parser last found something */
    char *failure;   /* a sentence: nothing after it is read */
    gboolean at_end; /* of the source */

    enum place places[MAX_DEPTH];
    guint depth;
    GString *key;

    gboolean has_data, has_more, has_pages;
    char *times[JSON_TIMES]; /* of the bucket; NULL while not told */
    gint64 bucket_line;
    guint bucket_results;
    struct ready_list waiting; /* of the bucket: cells behind its times */
    Digest *digest;            /* of its results */
    GHashTable *buckets;       /* char * (time and digest) -> line as GINT_TO_POINTER */
    struct json_result *result;
    gint64 result_line;
    const struct json_shape *shape; /* of all results; NULL before the first */

    struct ready_list ready;
    guint next; /* of ready */
    gboolean has_header;
    GByteArray *text; /* of the record handed out */
    struct cell cells[JSON_TIMES + JSON_MAX_COLUMNS];
    struct record record;
};

static void list_init(struct ready_list *list)
{
    list->items = g_array_new(FALSE, FALSE, sizeof(struct ready));
    list->text = g_byte_array_new();
}

static void list_clear(struct ready_list *list)
{
    g_array_unref(list->items);
    g_byte_array_unref(list->text);
}

static void list_empty(struct ready_list *list)
{
    g_array_set_size(list->items, 0);
    g_byte_array_set_size(list->text, 0);
}

static void append_text(GByteArray *bytes, const char *text)
{
    g_byte_array_append(bytes, (const guint8 *)text, (guint)strlen(text) + 1);
}

static void begin_item(struct ready_list *list, gint64 line)
{
    struct ready item = {.line = line, .at = list->text->len};

    g_array_append_val(list->items, item);
}

/* Stops the parser. Consumes the sentence. */
static int fail(struct json_reader *reader, char *sentence)
{
    g_free(reader->failure);
    reader->failure = sentence;
    return 0;
}

/* Stops because the document is something else; `object` is what it calls itself, or NULL. */
static int fail_other(struct json_reader *reader, const char *object)
{
    g_autofree char *masked = object ? secret_masked(object) : NULL;
    g_autofree char *clean = masked ? text_clean(masked, FALSE) : NULL;

    return fail(reader,
                g_strdup_printf("is JSON, but no page of the Platform's costs or usage%s%.60s%s\n"
                                "hint: what GET /v1/organization/costs answers is read; of "
                                "anything else, download the CSV export",
                                clean ? ": it calls itself \"" : "", clean ? clean : "",
                                clean ? "\"" : ""));
}

/* Counts the lines up to where the parser is. */
static void reach(struct json_reader *reader)
{
    gsize now = yajl_get_bytes_consumed(reader->parser);

    for (; reader->counted < now; reader->counted++)
        reader->line += reader->chunk[reader->counted] == '\n';
    reader->silent = 0;
}

static enum place place_of(const struct json_reader *reader)
{
    return reader->depth == 0 ? TOP : reader->places[reader->depth - 1];
}

static int descend(struct json_reader *reader, enum place place)
{
    if (reader->depth == MAX_DEPTH)
        return fail(reader, g_strdup_printf("is JSON nested deeper than %d levels", MAX_DEPTH));
    reader->places[reader->depth++] = place;
    return 1;
}

/* Moves the results that waited behind the bucket's times, which are known now. */
static void flush_waiting(struct json_reader *reader)
{
    for (guint i = 0; i < reader->waiting.items->len; i++) {
        const struct ready *item = &g_array_index(reader->waiting.items, struct ready, i);
        gsize end = i + 1 < reader->waiting.items->len
                        ? g_array_index(reader->waiting.items, struct ready, i + 1).at
                        : reader->waiting.text->len;

        begin_item(&reader->ready, item->line);
        for (int t = 0; t < JSON_TIMES; t++)
            append_text(reader->ready.text, reader->times[t] ? reader->times[t] : "");
        g_byte_array_append(reader->ready.text, reader->waiting.text->data + item->at,
                            (guint)(end - item->at));
    }
    list_empty(&reader->waiting);
}

static void begin_bucket(struct json_reader *reader)
{
    for (int i = 0; i < JSON_TIMES; i++)
        g_clear_pointer(&reader->times[i], g_free);
    reader->bucket_line = reader->line;
    reader->bucket_results = 0;
    g_clear_pointer(&reader->digest, digest_free);
    reader->digest = digest_new();
}

/* The API answers a bucket once; the same page twice would count its money twice. */
static int check_repeated(struct json_reader *reader)
{
    char hex[DIGEST_HEX_LEN + 1];
    char *key;
    gpointer line;

    digest_finish(reader->digest, hex);
    key = g_strdup_printf("%s %s", reader->times[JSON_START] ? reader->times[JSON_START] : "", hex);
    if (!g_hash_table_lookup_extended(reader->buckets, key, NULL, &line)) {
        g_hash_table_insert(reader->buckets, key, GINT_TO_POINTER(reader->bucket_line));
        return 1;
    }
    g_free(key);
    reader->line = reader->bucket_line;
    return fail(reader,
                g_strdup_printf("repeats the bucket of line %d word for word: the same page "
                                "twice?",
                                GPOINTER_TO_INT(line)));
}

static int end_bucket(struct json_reader *reader)
{
    flush_waiting(reader);
    if (reader->bucket_results > 0)
        return check_repeated(reader);
    begin_item(&reader->ready, reader->bucket_line);
    for (int t = 0; t < JSON_TIMES; t++)
        append_text(reader->ready.text, reader->times[t] ? reader->times[t] : "");
    return 1;
}

static int end_result(struct json_reader *reader)
{
    const struct json_shape *shape = json_result_shape(reader->result);

    if (!shape)
        return fail_other(reader, json_result_object(reader->result));
    if (reader->shape && shape != reader->shape)
        return fail(reader, g_strdup_printf("holds %s and %s: two exports in one file?",
                                            reader->shape->object, shape->object));
    reader->shape = shape;
    if (reader->waiting.items->len == MAX_WAITING)
        return fail(reader, g_strdup("holds a bucket that tells its times after too many results"));
    begin_item(&reader->waiting, reader->result_line);
    for (guint i = 0; shape->columns[i]; i++) {
        const char *value = json_result_value(reader->result, shape->columns[i]);

        append_text(reader->waiting.text, value);
        digest_update(reader->digest, value, strlen(value) + 1);
    }
    reader->bucket_results++;
    if (reader->times[JSON_START] && reader->times[JSON_END])
        flush_waiting(reader);
    return 1;
}

static int end_page(struct json_reader *reader)
{
    if (!reader->has_data)
        return fail_other(reader, NULL);
    reader->has_pages = TRUE;
    return 1;
}

static int on_start_map(void *context)
{
    struct json_reader *reader = context;

    reach(reader);
    switch (place_of(reader)) {
    case TOP:
    case PAGES:
        reader->has_data = reader->has_more = FALSE;
        return descend(reader, PAGE);
    case DATA:
        begin_bucket(reader);
        return descend(reader, BUCKET);
    case RESULTS:
        json_result_clear(reader->result);
        reader->result_line = reader->line;
        return descend(reader, RESULT);
    case RESULT:
        return descend(reader, strcmp(reader->key->str, "amount") == 0 ? AMOUNT : ELSEWHERE);
    case PAGE:
    case BUCKET:
    case AMOUNT:
    case ELSEWHERE:
        break;
    }
    return descend(reader, ELSEWHERE);
}

static int on_start_array(void *context)
{
    struct json_reader *reader = context;
    enum place place = place_of(reader);

    reach(reader);
    if (place == TOP)
        return descend(reader, PAGES);
    if (place == PAGES || place == DATA || place == RESULTS)
        return fail_other(reader, NULL);
    if (place == PAGE && strcmp(reader->key->str, "data") == 0) {
        reader->has_data = TRUE;
        return descend(reader, DATA);
    }
    if (place == BUCKET && strcmp(reader->key->str, "results") == 0)
        return descend(reader, RESULTS);
    return descend(reader, ELSEWHERE);
}

static int on_end(void *context)
{
    struct json_reader *reader = context;
    enum place place = place_of(reader);

    reach(reader);
    reader->depth--;
    if (place == BUCKET)
        return end_bucket(reader);
    if (place == RESULT)
        return end_result(reader);
    return place == PAGE ? end_page(reader) : 1;
}

static int on_key(void *context, const unsigned char *text, size_t len)
{
    struct json_reader *reader = context;

    reach(reader);
    g_string_truncate(reader->key, 0);
    g_string_append_len(reader->key, (const char *)text, (gssize)len);
    return 1;
}

static void take_time(struct json_reader *reader, const char *value)
{
    for (int i = 0; i < JSON_TIMES; i++) {
        if (strcmp(reader->key->str, json_times[i]) == 0) {
            g_free(reader->times[i]);
            reader->times[i] = g_strdup(value);
        }
    }
}

/* Any value that is neither object nor array, as text; null is "". */
static int take_value(struct json_reader *reader, const char *text, gsize len)
{
    g_autofree char *value = g_strndup(text, len);

    reach(reader);
    if (strlen(value) < len)
        return fail(reader, g_strdup("holds a NUL, which no text does"));
    switch (place_of(reader)) {
    case TOP:
    case PAGES:
    case DATA:
    case RESULTS:
        return fail_other(reader, NULL);
    case PAGE:
        if (strcmp(reader->key->str, "has_more") == 0)
            reader->has_more = strcmp(value, "true") == 0;
        if (strcmp(reader->key->str, "object") == 0 && strcmp(value, "page") != 0)
            return fail_other(reader, value);
        break;
    case BUCKET:
        take_time(reader, value);
        break;
    case RESULT:
        json_result_set(reader->result, "", reader->key->str, value);
        break;
    case AMOUNT:
        json_result_set(reader->result, "amount_", reader->key->str, value);
        break;
    case ELSEWHERE:
        break;
    }
    return 1;
}

static int on_null(void *context)
{
    return take_value(context, "", 0);
}

static int on_boolean(void *context, int value)
{
    return value ? take_value(context, "true", 4) : take_value(context, "false", 5);
}

static int on_number(void *context, const char *text, size_t len)
{
    return take_value(context, text, len);
}

static int on_string(void *context, const unsigned char *text, size_t len)
{
    return take_value(context, (const char *)text, len);
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_start_map,
    .yajl_map_key = on_key,
    .yajl_end_map = on_end,
    .yajl_start_array = on_start_array,
    .yajl_end_array = on_end,
};

struct json_reader *json_reader_new(struct source *source)
{
    struct json_reader *reader = g_new0(struct json_reader, 1);

    reader->source = source;
    reader->line = 1;
    reader->parser = yajl_alloc(&callbacks, NULL, reader);
    g_assert(reader->parser);
    yajl_config(reader->parser, yajl_allow_multiple_values, 1);
    reader->key = g_string_new(NULL);
    reader->buckets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    reader->result = json_result_new();
    reader->text = g_byte_array_new();
    list_init(&reader->waiting);
    list_init(&reader->ready);
    return reader;
}

void json_reader_free(struct json_reader *reader)
{
    if (!reader)
        return;
    yajl_free(reader->parser);
    for (int i = 0; i < JSON_TIMES; i++)
        g_free(reader->times[i]);
    g_string_free(reader->key, TRUE);
    g_clear_pointer(&reader->digest, digest_free);
    g_hash_table_unref(reader->buckets);
    json_result_free(reader->result);
    g_byte_array_unref(reader->text);
    list_clear(&reader->waiting);
    list_clear(&reader->ready);
    g_free(reader->failure);
    g_free(reader);
}

/* What yajl stopped at, where the callbacks did not stop it. */
static void fail_syntax(struct json_reader *reader)
{
    unsigned char *why;
    g_autofree char *clean = NULL;

    if (reader->failure)
        return;
    reach(reader);
    why = yajl_get_error(reader->parser, 0, NULL, 0);
    clean = text_clean(g_strdelimit(g_strchomp((char *)why), ".", '\0'), FALSE);
    fail(reader, g_strdup_printf("is not JSON throughout: %s", clean));
    yajl_free_error(reader->parser, why);
}

/* Gives the next chunk to the parser. FALSE when the source failed; what is wrong with the JSON is
 * reader->failure. */
static gboolean parse_chunk(struct json_reader *reader, GError **error)
{
    gsize len;

    if (!source_read(reader->source, &reader->chunk, &len, error))
        return FALSE;
    reader->counted = 0;
    if (len == 0) {
        reader->at_end = TRUE;
        if (yajl_complete_parse(reader->parser) != yajl_status_ok && !reader->failure)
            fail(reader, g_strdup("is JSON that breaks off here: was the file cut short?"));
        else if (!reader->has_pages && !reader->failure)
            fail_other(reader, NULL);
        return TRUE;
    }
    reader->silent += len;
    if (yajl_parse(reader->parser, (const unsigned char *)reader->chunk, len) != yajl_status_ok)
        fail_syntax(reader);
    else if (reader->silent > RECORD_MAX_FIELD)
        fail(reader, g_strdup("holds a value that is longer than 1 MiB"));
    for (; reader->counted < len && !reader->failure; reader->counted++)
        reader->line += reader->chunk[reader->counted] == '\n';
    return TRUE;
}

/* The records are known by the header they stand under: the first result's, or, where there is no
 * result at all, the times alone. */
static void hand_out_header(struct json_reader *reader, const struct record **record)
{
    guint count = 0;

    reader->has_header = TRUE;
    for (; count < JSON_TIMES; count++)
        reader->cells[count].text = json_times[count];
    for (guint i = 0; reader->shape && reader->shape->columns[i]; i++)
        reader->cells[count++].text = reader->shape->columns[i];
    g_byte_array_set_size(reader->text, 0);
    for (guint i = 0; i < count; i++)
        append_text(reader->text, reader->cells[i].text);
    reader->record = (struct record){.line = 1, .count = count};
    *record = &reader->record;
}

/* Points the record's cells at their texts, which stand in one buffer. */
static void settle_cells(struct json_reader *reader)
{
    const char *text = (const char *)reader->text->data;

    for (guint i = 0; i < reader->record.count; i++) {
        reader->cells[i] = (struct cell){.text = text, .len = strlen(text)};
        text += reader->cells[i].len + 1;
    }
    reader->record.cells = reader->cells;
}

static void hand_out(struct json_reader *reader, const struct record **record)
{
    const struct ready *item = &g_array_index(reader->ready.items, struct ready, reader->next++);
    gsize end = reader->next < reader->ready.items->len
                    ? g_array_index(reader->ready.items, struct ready, reader->next).at
                    : reader->ready.text->len;
    guint columns = JSON_TIMES, filled = 0;

    while (reader->shape && reader->shape->columns[columns - JSON_TIMES])
        columns++;
    g_byte_array_set_size(reader->text, 0);
    g_byte_array_append(reader->text, reader->ready.text->data + item->at, (guint)(end - item->at));
    for (guint i = 0; i < reader->text->len; i++)
        filled += reader->text->data[i] == '\0';
    for (; filled < columns; filled++) /* a bucket without results has its times alone */
        append_text(reader->text, "");
    reader->record = (struct record){.line = item->line, .count = columns};
    *record = &reader->record;
}

enum record_status json_reader_next(struct json_reader *reader, const struct record **record,
                                    GError **error)
{
    for (;;) {
        gboolean has_ready = reader->next < reader->ready.items->len;

        if (reader->has_header ? has_ready : reader->shape || (reader->at_end && has_ready))
            break;
        if (reader->failure) {
            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s:%" G_GINT64_FORMAT ": %s",
                        source_name(reader->source), reader->line, reader->failure);
            return RECORD_FAILED;
        }
        if (reader->at_end)
            return RECORD_END;
        if (reader->has_header) {
            list_empty(&reader->ready);
            reader->next = 0;
        }
        if (!parse_chunk(reader, error))
            return RECORD_FAILED;
    }
    if (reader->has_header)
        hand_out(reader, record);
    else
        hand_out_header(reader, record);
    settle_cells(reader);
    return RECORD_ROW;
}

gboolean json_reader_ends_early(const struct json_reader *reader)
{
    return reader->has_more;
}

gint64 json_reader_line_count(const struct json_reader *reader)
{
    return reader->line;
}
