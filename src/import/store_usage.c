/* store_usage.c - used rows of a usage export to the cells of usage_insert.sql. */
#include "import/partition.h"
#include "import/store.h"

/* Usage names no organization: it is the option's, or its project's, which is derived. */
static gboolean usage_key(struct load *load, const struct usage_fact *usage,
                          struct partition_key *key, GError **error)
{
    const char *stated = load->options->organization_id;
    const struct text organization = {stated, stated ? strlen(stated) : 0};

    return dictionary_id(load->dictionary, DICTIONARY_ORGANIZATION,
                         &load->caches[COLUMN_ORGANIZATION], organization, &key->organization_key,
                         error) &&
           dictionary_id(load->dictionary, DICTIONARY_PROJECT, &load->caches[COLUMN_PROJECT],
                         usage->project_id, &key->project_key, error);
}

static void add_count(struct load *load, int64_t *sum, int64_t count)
{
    if (__builtin_add_overflow(*sum, count, sum))
        load_refuse(load, "its counts of requests or tokens together are out of range");
}

static void add_usage(struct load *load, struct partition *partition,
                      const struct usage_fact *usage)
{
    add_count(load, &partition->request_count, usage->counts[USAGE_REQUESTS]);
    add_count(load, &partition->total, usage->counts[USAGE_INPUT]);
    add_count(load, &partition->total, usage->counts[USAGE_OUTPUT]);
    add_count(load, &load->usage_requests, usage->counts[USAGE_REQUESTS]);
    add_count(load, &load->usage_input, usage->counts[USAGE_INPUT]);
    add_count(load, &load->usage_output, usage->counts[USAGE_OUTPUT]);
    partition->grain |= (usage->model.len ? GRAIN_MODEL : 0) |
                        (usage->api_key_id.len ? GRAIN_API_KEY : 0) |
                        (usage->user_id.len ? GRAIN_USER : 0);
}

gboolean store_usage(struct load *load, const struct fact *fact, struct rowsource_cell *cells,
                     GError **error)
{
    const struct usage_fact *usage = &fact->usage;
    struct partition_key key = {0};
    struct partition *partition;

    key.day = day_from_instant(usage->start_at);
    load_dated(load, key.day);
    if (load_is_bad(load))
        return TRUE;
    if (usage->is_empty) {
        load->empty_count++;
        return TRUE;
    }
    if (!usage_key(load, usage, &key, error) ||
        !store_set_term(load, &cells[5], COLUMN_MODEL, usage->model, error) ||
        !store_set_term(load, &cells[6], COLUMN_USER, usage->user_id, error) ||
        !store_set_term(load, &cells[7], COLUMN_API_KEY, usage->api_key_id, error) ||
        !store_set_term(load, &cells[8], COLUMN_SERVICE_TIER, usage->service_tier, error))
        return FALSE;
    partition = partitions_find(load->partitions, &key);
    add_usage(load, partition, usage);
    store_set_int(&cells[0], partitions_add_row(load->partitions, partition));
    store_set_int(&cells[1], partition->partition_id);
    store_set_int(&cells[2], fact->line);
    store_set_int(&cells[3], usage->start_at);
    store_set_int(&cells[4], usage->end_at);
    if (usage->has_batch)
        store_set_int(&cells[9], usage->batch);
    for (int i = 0; i < USAGE_COUNTS; i++)
        store_set_int(&cells[10 + i], usage->counts[i]);
    if (usage->has_compute_units)
        store_set_int(&cells[10 + USAGE_COUNTS], usage->compute_units_micros);
    return TRUE;
}
