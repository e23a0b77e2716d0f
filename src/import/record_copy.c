/* record_copy.c - records that outlive the reader's next one; see record.h. */
#include "import/record.h"

struct record_copy *record_copy_new(const struct record *record)
{
    struct record_copy *copy = g_new0(struct record_copy, 1);

    copy->record = *record;
    copy->cells = g_new0(struct cell, record->count);
    for (guint i = 0; i < record->count; i++) {
        copy->cells[i] = record->cells[i];
        copy->cells[i].text = g_strndup(record->cells[i].text, record->cells[i].len);
    }
    copy->record.cells = copy->cells;
    return copy;
}

void record_copy_free(gpointer pointer)
{
    struct record_copy *copy = pointer;

    if (!copy)
        return;
    for (guint i = 0; i < copy->record.count; i++)
        g_free((char *)(gsize)copy->cells[i].text);
    g_free(copy->cells);
    g_free(copy);
}
