/* bulk.c - keeps rows and feeds them to rowsource. */
#include "core/bulk.h"
#include "core/rowsource.h"

#define ROWS_KEPT 4000

struct bulk {
    struct db *db;
    char *name;
    GArray
        *cells; /* struct rowsource_cell, row after row; of text, integer is its place in texts */
    GString *texts;  /* of the rows kept */
    guint width;     /* cells of a row; 0 before the first is whole */
    guint row_first; /* where the row that is being made starts, in cells */
    guint row_next;  /* where the row that rowsource asks for next starts */
};

struct bulk *bulk_new(struct db *db, const char *name)
{
    struct bulk *bulk = g_new0(struct bulk, 1);

    bulk->db = db;
    bulk->name = g_strdup(name);
    bulk->cells = g_array_new(FALSE, FALSE, sizeof(struct rowsource_cell));
    bulk->texts = g_string_new(NULL);
    return bulk;
}

void bulk_free(struct bulk *bulk)
{
    if (!bulk)
        return;
    g_array_unref(bulk->cells);
    g_string_free(bulk->texts, TRUE);
    g_free(bulk->name);
    g_free(bulk);
}

void bulk_add_int(struct bulk *bulk, int64_t value)
{
    const struct rowsource_cell cell = {.type = CELL_INT, .integer = value};

    g_array_append_val(bulk->cells, cell);
}

void bulk_add_text(struct bulk *bulk, const char *value)
{
    struct rowsource_cell cell = {
        .type = CELL_TEXT, .integer = (int64_t)bulk->texts->len, .lasts = TRUE};

    if (!value) {
        bulk_add_null(bulk);
        return;
    }
    cell.len = strlen(value);
    g_string_append_len(bulk->texts, value, (gssize)cell.len);
    g_array_append_val(bulk->cells, cell);
}

void bulk_add_null(struct bulk *bulk)
{
    const struct rowsource_cell cell = {.type = CELL_NULL};

    g_array_append_val(bulk->cells, cell);
}

void bulk_add_key(struct bulk *bulk, int64_t key)
{
    if (key)
        bulk_add_int(bulk, key);
    else
        bulk_add_null(bulk);
}

static enum row_status next_row(void *context, struct rowsource_cell *cells, GError **error)
{
    struct bulk *bulk = context;

    (void)error;
    if (bulk->row_next == bulk->cells->len)
        return END;
    for (guint i = 0; i < bulk->width; i++) {
        cells[i] = g_array_index(bulk->cells, struct rowsource_cell, bulk->row_next + i);
        if (cells[i].type == CELL_TEXT)
            cells[i].text = bulk->texts->str + cells[i].integer;
    }
    bulk->row_next += bulk->width;
    return ROW;
}

gboolean bulk_end_row(struct bulk *bulk, GError **error)
{
    guint width = bulk->cells->len - bulk->row_first;

    g_assert(width > 0 && width <= ROWSOURCE_COLUMNS && (!bulk->width || bulk->width == width));
    bulk->width = width;
    bulk->row_first = bulk->cells->len;
    return bulk->row_first < ROWS_KEPT * width || bulk_end(bulk, error);
}

gboolean bulk_end(struct bulk *bulk, GError **error)
{
    gboolean done;

    g_assert(bulk->row_first == bulk->cells->len);
    if (bulk->cells->len == 0)
        return TRUE;
    bulk->row_next = 0;
    done = rowsource_insert(bulk->db, bulk->name, next_row, bulk, error);
    g_array_set_size(bulk->cells, 0);
    g_string_truncate(bulk->texts, 0);
    bulk->row_first = 0;
    return done;
}
