/* store_shared.c - what storing the kinds of facts has in common. */
#include "import/store.h"

void store_set_int(struct rowsource_cell *cell, int64_t value)
{
    cell->type = CELL_INT;
    cell->integer = value;
}

gboolean store_set_term(struct load *load, struct rowsource_cell *cell, enum load_column column,
                        struct text text, GError **error)
{
    int64_t id;

    if (!dictionary_id(load->dictionary, DICTIONARY_TERM, &load->caches[column], text, &id, error))
        return FALSE;
    if (id)
        store_set_int(cell, id);
    return TRUE;
}

static gboolean insert_name(struct load *load, const char *kind, struct text id, struct text name,
                            GError **error)
{
    struct statement *statement = statement_get(load->db, "name_seen_insert", error);

    if (!statement)
        return FALSE;
    statement_bind_int(statement, "file_id", load->file_id);
    statement_bind_text(statement, "kind", kind);
    store_bind_text(statement, "external_id", id);
    store_bind_text(statement, "name", name);
    return statement_execute(statement, error);
}

gboolean store_name_seen(struct load *load, enum dictionary_kind kind, int64_t key, struct text id,
                         struct text name, GError **error)
{
    const char *kind_name = kind == DICTIONARY_PROJECT ? "project" : "organization";
    struct name_given *last = &load->last_names[kind];
    char *seen;

    if (key == 0 || name.len == 0)
        return TRUE;
    if (last->key == key && last->len == name.len && memcmp(last->name, name.text, name.len) == 0)
        return TRUE;
    g_free(last->name);
    last->name = g_strndup(name.text, name.len);
    last->len = name.len;
    last->key = key;
    seen = g_strdup_printf("%s %" G_GINT64_FORMAT " %s", kind_name, key, last->name);
    if (g_hash_table_add(load->names_seen, seen))
        return insert_name(load, kind_name, id, name, error);
    return TRUE;
}

struct statement *store_begin_row(struct load *load, const char *name, gint64 line, GError **error)
{
    struct statement *statement = statement_get(load->db, name, error);

    if (!statement)
        return NULL;
    statement_bind_int(statement, "file_id", load->file_id);
    statement_bind_int(statement, "line", line);
    return statement;
}

gboolean store_bind_key(struct load *load, struct statement *statement, const char *parameter,
                        enum dictionary_kind kind, struct text id, GError **error)
{
    int64_t key;

    if (!dictionary_id(load->dictionary, kind, NULL, id, &key, error))
        return FALSE;
    statement_bind_key(statement, parameter, key);
    return TRUE;
}

void store_bind_text(struct statement *statement, const char *parameter, struct text text)
{
    statement_bind_text_len(statement, parameter, text.text ? text.text : "", text.len);
}

void store_bind_day(struct statement *statement, const char *parameter,
                    const struct printed_date *date)
{
    char text[11];

    if (!date->present) {
        statement_bind_null(statement, parameter);
        return;
    }
    day_format(day_from_civil(date->civil.year, date->civil.month, date->civil.day), text);
    statement_bind_text(statement, parameter, text);
}

void store_bind_amount(struct statement *statement, const char *parameter,
                       const struct amount *amount)
{
    if (amount->present)
        statement_bind_int(statement, parameter, amount->nanos);
    else
        statement_bind_null(statement, parameter);
}
