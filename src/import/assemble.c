/* assemble.c - see assemble.h. */
#include "import/assemble.h"

/* Bytes of text that are kept: no lines before a header are that long, and no first rows. */
#define KEPT_MAX (8 * 1024 * 1024)

/* Records that go on with one row; more are no text of a card movement. */
#define CONTINUATIONS_MAX 100

struct assembly {
    struct reader *reader;         /* borrowed */
    const struct mapping *mapping; /* borrowed; NULL until settled */
    GPtrArray *kept;               /* struct record_copy *, as struct record * */
    gsize kept_len;                /* bytes; beyond KEPT_MAX nothing is kept */
    guint replayed;                /* how many of them came again; all of them with a header */
    gboolean has_ended;            /* the table, or the file */
    gint64 behind, doubtful, first_doubtful;

    /* One answer ahead, where records may go on with the one before. */
    struct record_copy *current, *next;
    gboolean is_ahead; /* the reader's last answer waits: `next`, or one of these */
    enum record_status status;
    struct record_problem problem;
    char *problem_text, *problem_record;
    GError *error;
};

struct assembly *assembly_new(struct reader *reader)
{
    struct assembly *assembly = g_new0(struct assembly, 1);

    assembly->reader = reader;
    assembly->kept = g_ptr_array_new_with_free_func(record_copy_free);
    return assembly;
}

void assembly_free(struct assembly *assembly)
{
    if (!assembly)
        return;
    g_ptr_array_unref(assembly->kept);
    record_copy_free(assembly->current);
    record_copy_free(assembly->next);
    g_free(assembly->problem_text);
    g_free(assembly->problem_record);
    g_clear_error(&assembly->error);
    g_free(assembly);
}

const GPtrArray *assembly_kept(const struct assembly *assembly)
{
    return assembly->kept;
}

void assembly_settle(struct assembly *assembly, const struct mapping *mapping)
{
    assembly->mapping = mapping;
    assembly->replayed = mapping_has_header(mapping) ? assembly->kept->len : 0;
}

gint64 assembly_behind_count(const struct assembly *assembly)
{
    return assembly->behind;
}

gint64 assembly_doubtful_count(const struct assembly *assembly, gint64 *first_line)
{
    *first_line = assembly->first_doubtful;
    return assembly->doubtful;
}

/* The next record of the file: one that was kept, else the reader's. */
static enum record_status take(struct assembly *assembly, const struct record **record,
                               const struct record_problem **problem, GError **error)
{
    if (!assembly->mapping || assembly->replayed >= assembly->kept->len)
        return reader_next(assembly->reader, record, problem, error);
    *record = g_ptr_array_index(assembly->kept, assembly->replayed++);
    return RECORD_ROW;
}

/* Counts what is left of the file from this record on, good or bad. */
static enum record_status count_rest(struct assembly *assembly, const struct record *record,
                                     GError **error)
{
    enum record_status status = RECORD_ROW;
    const struct record_problem *problem;

    assembly->has_ended = TRUE;
    do {
        assembly->behind++;
        if (status == RECORD_ROW && mapping_resembles_row(assembly->mapping, record) &&
            assembly->doubtful++ == 0)
            assembly->first_doubtful = record->line;
        status = take(assembly, &record, &problem, error);
    } while (status == RECORD_ROW || status == RECORD_BAD);
    return status;
}

/* take() up to the end of the table. */
static enum record_status take_row(struct assembly *assembly, const struct record **record,
                                   const struct record_problem **problem, GError **error)
{
    if (assembly->has_ended)
        return RECORD_END;
    enum record_status status = take(assembly, record, problem, error);
    if (status == RECORD_ROW && mapping_ends_at(assembly->mapping, *record))
        return count_rest(assembly, *record, error);
    return status;
}

/* Reads one answer ahead and keeps what it borrows. */
static void look_ahead(struct assembly *assembly)
{
    const struct record *record;
    const struct record_problem *problem;

    assembly->is_ahead = TRUE;
    assembly->status = take_row(assembly, &record, &problem, &assembly->error);
    if (assembly->status == RECORD_ROW)
        assembly->next = record_copy_new(record);
    if (assembly->status != RECORD_BAD)
        return;
    g_free(assembly->problem_text);
    g_free(assembly->problem_record);
    assembly->problem_text = g_strdup(problem->text);
    assembly->problem_record = g_strdup(problem->record);
    assembly->problem = (struct record_problem){.line = problem->line,
                                                .text = assembly->problem_text,
                                                .record = assembly->problem_record,
                                                .hint = problem->hint};
}

/* Appends the texts of a record to those of the one that it goes on with. */
static void append_texts(const struct mapping *mapping, struct record_copy *to,
                         const struct record *from)
{
    for (guint i = 0; i < MIN(to->record.count, from->count); i++) {
        const char *own = to->cells[i].text;

        if (from->cells[i].len == 0 || !mapping_reads_text(mapping, i))
            continue;
        to->cells[i].text = g_strjoin(*own ? " " : "", own, from->cells[i].text, NULL);
        to->cells[i].len = strlen(to->cells[i].text);
        g_free((char *)(gsize)own);
    }
}

/* A row with all that goes on with it; needs the answer behind it. */
static enum record_status take_whole(struct assembly *assembly, const struct record **record,
                                     const struct record_problem **problem, GError **error)
{
    g_clear_pointer(&assembly->current, record_copy_free);
    if (!assembly->is_ahead)
        look_ahead(assembly);
    assembly->is_ahead = FALSE;
    if (assembly->status == RECORD_BAD)
        *problem = &assembly->problem;
    if (assembly->status == RECORD_FAILED)
        g_propagate_error(error, g_steal_pointer(&assembly->error));
    if (assembly->status != RECORD_ROW)
        return assembly->status;
    assembly->current = g_steal_pointer(&assembly->next);
    look_ahead(assembly);
    for (guint i = 0; i < CONTINUATIONS_MAX && assembly->status == RECORD_ROW &&
                      mapping_continues(assembly->mapping, &assembly->next->record);
         i++) {
        append_texts(assembly->mapping, assembly->current, &assembly->next->record);
        g_clear_pointer(&assembly->next, record_copy_free);
        look_ahead(assembly);
    }
    *record = &assembly->current->record;
    return RECORD_ROW;
}

static void keep(struct assembly *assembly, const struct record *record)
{
    for (guint i = 0; i < record->count; i++)
        assembly->kept_len += record->cells[i].len;
    if (assembly->kept_len <= KEPT_MAX)
        g_ptr_array_add(assembly->kept, record_copy_new(record));
    else
        g_ptr_array_set_size(assembly->kept, 0);
}

enum record_status assembly_next(struct assembly *assembly, const struct record **record,
                                 const struct record_problem **problem, GError **error)
{
    if (assembly->mapping && mapping_has_continuation(assembly->mapping))
        return take_whole(assembly, record, problem, error);
    if (assembly->mapping)
        return take_row(assembly, record, problem, error);
    enum record_status status = take(assembly, record, problem, error);
    if (status == RECORD_ROW)
        keep(assembly, *record);
    return status;
}
