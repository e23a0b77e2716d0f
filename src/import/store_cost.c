/* store_cost.c - charged rows of a cost export to the cells of cost_insert.sql. */
#include "import/partition.h"
#include "import/store.h"

/* Names to keys, and the names that go with them. */
static gboolean resolve_key(struct load *load, const struct cost_fact *cost,
                            struct partition_key *key, GError **error)
{
    struct dictionary *names = load->dictionary;

    return dictionary_id(names, DICTIONARY_ORGANIZATION, &load->caches[COLUMN_ORGANIZATION],
                         cost->organization_id, &key->organization_key, error) &&
           dictionary_id(names, DICTIONARY_PROJECT, &load->caches[COLUMN_PROJECT], cost->project_id,
                         &key->project_key, error) &&
           store_name_seen(load, DICTIONARY_ORGANIZATION, key->organization_key,
                           cost->organization_id, cost->organization_name, error) &&
           store_name_seen(load, DICTIONARY_PROJECT, key->project_key, cost->project_id,
                           cost->project_name, error);
}

static gboolean fill_terms(struct load *load, const struct cost_fact *cost,
                           struct rowsource_cell *cells, GError **error)
{
    return store_set_term(load, &cells[4], COLUMN_LINE_ITEM, cost->line_item, error) &&
           store_set_term(load, &cells[5], COLUMN_USER, cost->user_id, error) &&
           store_set_term(load, &cells[6], COLUMN_API_KEY, cost->api_key_id, error) &&
           store_set_term(load, &cells[7], COLUMN_USER_EMAIL, cost->user_email, error) &&
           store_set_term(load, &cells[8], COLUMN_API_SOURCE, cost->api_source, error) &&
           store_set_term(load, &cells[10], COLUMN_UNIT, cost->quantity_unit, error);
}

/* Says once a file that a term is a line item; what it says is derived. */
static gboolean note_line_item(struct load *load, const struct rowsource_cell *cell, GError **error)
{
    GByteArray *noted = load->line_items;
    struct statement *insert;

    if (cell->type == CELL_NULL || (cell->integer < noted->len && noted->data[cell->integer] != 0))
        return TRUE;
    if (noted->len <= cell->integer) {
        guint len = noted->len;

        g_byte_array_set_size(noted, (guint)cell->integer + 1);
        memset(noted->data + len, 0, noted->len - len);
    }
    noted->data[cell->integer] = 1;
    insert = statement_get(load->db, "line_item_insert", error);
    if (!insert)
        return FALSE;
    statement_bind_int(insert, "term_id", cell->integer);
    return statement_execute(insert, error);
}

/* FALSE, and nothing is added, when the sum does not fit. */
static gboolean add_to_partition(struct load *load, gint64 line, struct partition *partition,
                                 const struct cost_fact *cost)
{
    int64_t total;

    if (__builtin_add_overflow(partition->total, cost->amount.nanos, &total)) {
        load_problem(load, line, "the cost of its project's day up to here is out of range");
        return FALSE;
    }
    partition->total = total;
    partition->grain |= (cost->line_item.len ? GRAIN_LINE_ITEM : 0) |
                        (cost->api_key_id.len ? GRAIN_API_KEY : 0) |
                        (cost->user_id.len ? GRAIN_USER : 0);
    totals_add(&load->control, &cost->amount);
    return TRUE;
}

gboolean store_cost(struct load *load, const struct fact *fact, struct rowsource_cell *cells,
                    GError **error)
{
    const struct cost_fact *cost = &fact->cost;
    struct partition_key key = {0};
    struct partition *partition;

    key.day = day_from_instant(cost->start_at);
    load_dated(load, key.day);
    if (load_is_bad(load))
        return TRUE;
    if (cost->is_empty) {
        load->empty_count++;
        return TRUE;
    }
    if (!resolve_key(load, cost, &key, error))
        return FALSE;
    g_strlcpy(key.currency, cost->amount.currency, sizeof key.currency);
    partition = partitions_find(load->partitions, &key);
    if (!add_to_partition(load, fact->line, partition, cost))
        return TRUE;
    if (!fill_terms(load, cost, cells, error) || !note_line_item(load, &cells[4], error))
        return FALSE;
    store_set_int(&cells[0], partitions_add_row(load->partitions, partition));
    store_set_int(&cells[1], partition->partition_id);
    store_set_int(&cells[2], fact->line);
    store_set_int(&cells[3], cost->amount.nanos);
    if (cost->has_quantity)
        store_set_int(&cells[9], cost->quantity_micros);
    return TRUE;
}
