/*
 * read_ahead.c - see read_ahead.h.
 *
 * Batches go round: the thread takes an empty one, fills it with copies of records and the facts
 * that borrow from them, and hands it on; the caller reads it and gives it back. A record's text is
 * copied, for the reader's own lives only until its next record.
 */
#include "import/read_ahead.h"

#define BATCHES       4
#define BATCH_RECORDS 1024
#define BATCH_TEXT    (256 * 1024) /* bytes; one record may exceed it */

/* One answer of the reader. */
struct item {
    enum record_status status;
    gint64 line;
    gsize first; /* of its cells; of a problem's text */
    gsize text;  /* of a problem: the bad record's */
    const char *hint;
    guint count; /* cells */
    gboolean is_good;
    guint first_problem, problem_count, first_note, note_count;
};

struct batch {
    GArray *items;                      /* struct item */
    GArray *facts;                      /* struct fact, one an item */
    GArray *cells;                      /* struct cell; text is an offset until the batch is full */
    GByteArray *text;                   /* NUL-terminated cells and problems */
    GPtrArray *problems, *notes, *kept; /* char * */
    GError *error;                      /* of a last item that failed */
    gboolean is_last;
};

struct read_ahead {
    struct reader *reader;   /* borrowed */
    struct mapping *mapping; /* borrowed */
    GThread *thread;         /* NULL once joined */
    GAsyncQueue *empty, *full;
    struct batch batches[BATCHES];
    int stop; /* atomic */

    struct batch *current; /* being read by the caller */
    guint position;
};

static void batch_init(struct batch *batch)
{
    batch->items = g_array_new(FALSE, FALSE, sizeof(struct item));
    batch->facts = g_array_new(FALSE, FALSE, sizeof(struct fact));
    batch->cells = g_array_new(FALSE, FALSE, sizeof(struct cell));
    batch->text = g_byte_array_sized_new(BATCH_TEXT);
    batch->problems = g_ptr_array_new_with_free_func(g_free);
    batch->notes = g_ptr_array_new_with_free_func(g_free);
    batch->kept = g_ptr_array_new_with_free_func(g_free);
}

static void batch_empty(struct batch *batch)
{
    g_array_set_size(batch->items, 0);
    g_array_set_size(batch->cells, 0);
    g_byte_array_set_size(batch->text, 0);
    g_ptr_array_set_size(batch->problems, 0);
    g_ptr_array_set_size(batch->notes, 0);
    g_ptr_array_set_size(batch->kept, 0);
}

static void batch_clear(struct batch *batch)
{
    g_array_unref(batch->items);
    g_array_unref(batch->facts);
    g_array_unref(batch->cells);
    g_byte_array_unref(batch->text);
    g_ptr_array_unref(batch->problems);
    g_ptr_array_unref(batch->notes);
    g_ptr_array_unref(batch->kept);
    g_clear_error(&batch->error);
}

/* Keeps `len` bytes and what ends them, a NUL; returns where. */
static gsize keep_text(struct batch *batch, const char *text, gsize len)
{
    gsize start = batch->text->len;

    g_byte_array_append(batch->text, (const guint8 *)text, (guint)len + 1);
    return start;
}

/* A record's cells stand in one buffer, in order: one copy takes them all. */
static void keep_record(struct batch *batch, struct item *item, const struct record *record)
{
    const struct cell *last = &record->cells[record->count - 1];
    const char *text = record->cells[0].text;
    gsize start = keep_text(batch, text, (gsize)(last->text + last->len - text));

    item->line = record->line;
    item->first = batch->cells->len;
    item->count = record->count;
    g_array_append_vals(batch->cells, record->cells, record->count);
    for (guint i = 0; i < record->count; i++) {
        struct cell *cell = &g_array_index(batch->cells, struct cell, item->first + i);

        cell->text = GSIZE_TO_POINTER(start + (gsize)(cell->text - text));
    }
}

static gboolean is_full(const struct batch *batch)
{
    return batch->is_last || batch->items->len >= BATCH_RECORDS || batch->text->len >= BATCH_TEXT;
}

/* Offsets become pointers once the text no longer moves. */
static void settle_cells(struct batch *batch)
{
    const char *text = (const char *)batch->text->data;

    for (guint i = 0; i < batch->cells->len; i++) {
        struct cell *cell = &g_array_index(batch->cells, struct cell, i);

        cell->text = text + GPOINTER_TO_SIZE(cell->text);
    }
}

static struct record record_of(const struct batch *batch, const struct item *item)
{
    return (struct record){
        .line = item->line,
        .cells = &g_array_index(batch->cells, struct cell, item->first),
        .count = item->count,
    };
}

static void map_item(struct batch *batch, guint index, struct mapping *mapping)
{
    struct item *item = &g_array_index(batch->items, struct item, index);
    struct fact *fact = &g_array_index(batch->facts, struct fact, index);

    if (item->status != RECORD_ROW)
        return;
    const struct record record = record_of(batch, item);

    item->first_problem = batch->problems->len;
    item->first_note = batch->notes->len;
    item->is_good = mapping_read(mapping, &record, fact, batch->problems, batch->notes);
    item->problem_count = batch->problems->len - item->first_problem;
    item->note_count = batch->notes->len - item->first_note;
}

/* Facts borrow from the batch, so they are made once nothing in it moves any more. */
static void map_all(struct batch *batch, struct mapping *mapping)
{
    settle_cells(batch);
    mapping_keep_in(mapping, batch->kept);
    g_array_set_size(batch->facts, batch->items->len);
    for (guint i = 0; i < batch->items->len; i++)
        map_item(batch, i, mapping);
}

static void fill(struct batch *batch, struct reader *reader)
{
    batch_empty(batch);
    while (!is_full(batch)) {
        const struct record *record;
        const struct record_problem *problem;
        struct item item = {.status = reader_next(reader, &record, &problem, &batch->error)};

        switch (item.status) {
        case RECORD_ROW:
            keep_record(batch, &item, record);
            break;
        case RECORD_BAD:
            item.line = problem->line;
            item.first = keep_text(batch, problem->text, strlen(problem->text));
            item.text = keep_text(batch, problem->record, strlen(problem->record));
            item.hint = problem->hint;
            break;
        case RECORD_END:
        case RECORD_FAILED:
            batch->is_last = TRUE;
            break;
        }
        g_array_append_val(batch->items, item);
    }
}

static gpointer read_in_thread(gpointer pointer)
{
    struct read_ahead *ahead = pointer;
    gboolean is_last = FALSE;

    while (!is_last) {
        struct batch *batch = g_async_queue_pop(ahead->empty);

        if (g_atomic_int_get(&ahead->stop))
            break;
        fill(batch, ahead->reader);
        map_all(batch, ahead->mapping);
        is_last = batch->is_last; /* once handed on, the batch is the caller's */
        g_async_queue_push(ahead->full, batch);
    }
    return NULL;
}

struct read_ahead *read_ahead_new(struct reader *reader, struct mapping *mapping)
{
    struct read_ahead *ahead = g_new0(struct read_ahead, 1);

    ahead->reader = reader;
    ahead->mapping = mapping;
    ahead->empty = g_async_queue_new();
    ahead->full = g_async_queue_new();
    for (int i = 0; i < BATCHES; i++) {
        batch_init(&ahead->batches[i]);
        g_async_queue_push(ahead->empty, &ahead->batches[i]);
    }
    ahead->thread = g_thread_new("reading", read_in_thread, ahead);
    return ahead;
}

static void join(struct read_ahead *ahead)
{
    if (ahead->thread)
        g_thread_join(g_steal_pointer(&ahead->thread));
}

void read_ahead_free(struct read_ahead *ahead)
{
    if (!ahead)
        return;
    /* The thread may wait for an empty batch: any wakes it, for it looks at stop first. */
    g_atomic_int_set(&ahead->stop, TRUE);
    g_async_queue_push(ahead->empty, &ahead->batches[0]);
    join(ahead);
    for (int i = 0; i < BATCHES; i++)
        batch_clear(&ahead->batches[i]);
    g_async_queue_unref(ahead->empty);
    g_async_queue_unref(ahead->full);
    g_free(ahead);
}

static const struct item *next_item(struct read_ahead *ahead)
{
    if (!ahead->current || ahead->position == ahead->current->items->len) {
        if (ahead->current)
            g_async_queue_push(ahead->empty, ahead->current);
        ahead->current = g_async_queue_pop(ahead->full);
        ahead->position = 0;
    }
    return &g_array_index(ahead->current->items, struct item, ahead->position++);
}

static void tell_row(const struct batch *batch, const struct item *item, guint index,
                     struct mapped *out)
{
    out->record = record_of(batch, item);
    out->partial = &g_array_index(batch->facts, struct fact, index);
    if (item->is_good)
        out->fact = out->partial;
    if (item->problem_count > 0)
        out->problems = (char *const *)batch->problems->pdata + item->first_problem;
    if (item->note_count > 0)
        out->notes = (char *const *)batch->notes->pdata + item->first_note;
    out->problem_count = item->problem_count;
    out->note_count = item->note_count;
}

enum record_status read_ahead_next(struct read_ahead *ahead, struct mapped *out, GError **error)
{
    const struct item *item = next_item(ahead);
    const struct batch *batch = ahead->current;

    memset(out, 0, sizeof *out);
    out->status = item->status;
    out->line = item->line;
    switch (item->status) {
    case RECORD_ROW:
        tell_row(batch, item, ahead->position - 1, out);
        break;
    case RECORD_BAD:
        out->problem = (const char *)batch->text->data + item->first;
        out->text = (const char *)batch->text->data + item->text;
        out->hint = item->hint;
        break;
    case RECORD_FAILED:
        g_propagate_error(error, g_steal_pointer(&ahead->current->error));
        join(ahead);
        break;
    case RECORD_END:
        join(ahead);
        break;
    }
    return item->status;
}
