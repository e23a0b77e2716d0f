/*
 * derive_line_items.c - what the texts of line items say, by the parser of today.
 *
 * Nearly always the ledger holds it already: only what changes is written.
 */
#include "import/derive.h"
#include "import/line_item.h"

struct said {
    int64_t term_id;
    struct line_item item;
    char *text; /* that the item's parts are of */
};

static void said_clear(gpointer said)
{
    g_free(((struct said *)said)->text);
}

enum column { TERM_ID, TEXT, IS_UNDERSTOOD, IS_LONG_CONTEXT, SURFACE, MODEL, MODALITY, TOKEN_KIND };

static gboolean is_held(struct statement *rows, int column, struct text text)
{
    return statement_text_len(rows, column) == text.len &&
           memcmp(statement_text(rows, column), text.text, text.len) == 0;
}

static gboolean holds(struct statement *rows, const struct line_item *item)
{
    return statement_int(rows, IS_UNDERSTOOD) == item->is_understood &&
           statement_int(rows, IS_LONG_CONTEXT) == item->is_long_context &&
           is_held(rows, SURFACE, item->surface) && is_held(rows, MODEL, item->model) &&
           is_held(rows, MODALITY, item->modality) && is_held(rows, TOKEN_KIND, item->token_kind);
}

static gboolean read_changes(struct db *db, GArray *changes, GError **error)
{
    struct statement *rows = statement_get(db, "derive_line_items", error);
    enum row_status status;

    if (!rows)
        return FALSE;
    while ((status = statement_step(rows, error)) == ROW) {
        gsize len = statement_text_len(rows, TEXT);
        struct said said = {.term_id = statement_int(rows, TERM_ID),
                            .text = g_strndup(statement_text(rows, TEXT), len)};

        line_item_parse(&said.item, (struct text){said.text, len});
        if (holds(rows, &said.item))
            said_clear(&said);
        else
            g_array_append_val(changes, said);
    }
    statement_reset(rows);
    return status == END;
}

static gboolean write_change(struct db *db, const struct said *said, GError **error)
{
    const struct line_item *item = &said->item;
    struct statement *update = statement_get(db, "derive_line_item_update", error);

    if (!update)
        return FALSE;
    statement_bind_int(update, "term_id", said->term_id);
    statement_bind_int(update, "is_understood", item->is_understood);
    statement_bind_int(update, "is_long_context", item->is_long_context);
    statement_bind_text_len(update, "surface", item->surface.text, item->surface.len);
    statement_bind_text_len(update, "model", item->model.text, item->model.len);
    statement_bind_text_len(update, "modality", item->modality.text, item->modality.len);
    statement_bind_text_len(update, "token_kind", item->token_kind.text, item->token_kind.len);
    return statement_execute(update, error);
}

gboolean derive_line_items(struct db *db, GError **error)
{
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(struct said));

    g_array_set_clear_func(changes, said_clear);
    if (!read_changes(db, changes, error))
        return FALSE;
    for (guint i = 0; i < changes->len; i++)
        if (!write_change(db, &g_array_index(changes, struct said, i), error))
            return FALSE;
    return TRUE;
}
