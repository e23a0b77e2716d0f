/*
 * store_usage.c - used rows of usage exports to the cells of usage_insert.sql.
 *
 * A file of one endpoint whose columns do not tell which is settled at its end: by --endpoint, else
 * by the names of its models, else not at all.
 */
#include "import/endpoint.h"
#include "import/partition.h"
#include "import/store.h"

/* Exports of usage name no organization: it is the option's, or its project's, which is derived. */
static struct text organization_of(const struct load *load, const struct usage_fact *usage)
{
    const char *stated = load->options->organization_id;

    if (load->kind == FACT_ACTIVITY)
        return usage->organization_id;
    return (struct text){stated, stated ? strlen(stated) : 0};
}

static gboolean usage_key(struct load *load, const struct usage_fact *usage,
                          struct partition_key *key, GError **error)
{
    const struct text organization = organization_of(load, usage);

    key->endpoint = usage->endpoint;
    return dictionary_id(load->dictionary, DICTIONARY_ORGANIZATION,
                         &load->caches[COLUMN_ORGANIZATION], organization, &key->organization_key,
                         error) &&
           dictionary_id(load->dictionary, DICTIONARY_PROJECT, &load->caches[COLUMN_PROJECT],
                         usage->project_id, &key->project_key, error) &&
           store_name_seen(load, DICTIONARY_ORGANIZATION, key->organization_key, organization,
                           usage->organization_name, error) &&
           store_name_seen(load, DICTIONARY_PROJECT, key->project_key, usage->project_id,
                           usage->project_name, error);
}

static void add_count(struct load *load, int64_t *sum, int64_t count)
{
    if (__builtin_add_overflow(*sum, count, sum))
        load_refuse(load, "its counts together are out of range");
}

static void add_usage(struct load *load, struct partition *partition,
                      const struct usage_fact *usage)
{
    add_count(load, &partition->request_count, usage->counts[USAGE_REQUESTS]);
    add_count(load, &load->usage_requests, usage->counts[USAGE_REQUESTS]);
    if (endpoint_unit(usage->endpoint, TRUE)) {
        add_count(load, &partition->total, usage->quantity);
        add_count(load, &load->usage_quantity[usage->endpoint], usage->quantity);
    } else {
        add_count(load, &partition->total, usage->counts[USAGE_INPUT]);
        add_count(load, &partition->total, usage->counts[USAGE_OUTPUT]);
        add_count(load, &load->usage_input, usage->counts[USAGE_INPUT]);
        add_count(load, &load->usage_output, usage->counts[USAGE_OUTPUT]);
    }
    load->usage_endpoints |= 1U << usage->endpoint;
    partition->grain |= (usage->model.len ? GRAIN_MODEL : 0) |
                        (usage->api_key_id.len ? GRAIN_API_KEY : 0) |
                        (usage->user_id.len ? GRAIN_USER : 0);
}

/* What a row of a file whose endpoint is not told says about it. */
static void note_evidence(struct load *load, const struct usage_fact *usage)
{
    if (usage->endpoint == ENDPOINT_UNTOLD && usage->model.len > 0)
        load->usage_evidence |= 1U << endpoint_of_model(usage->model);
}

static gboolean fill_terms(struct load *load, const struct usage_fact *usage,
                           struct rowsource_cell *cells, GError **error)
{
    return store_set_term(load, &cells[5], COLUMN_MODEL, usage->model, error) &&
           store_set_term(load, &cells[6], COLUMN_USER, usage->user_id, error) &&
           store_set_term(load, &cells[7], COLUMN_API_KEY, usage->api_key_id, error) &&
           store_set_term(load, &cells[8], COLUMN_SERVICE_TIER, usage->service_tier, error) &&
           store_set_term(load, &cells[12 + USAGE_COUNTS], COLUMN_IMAGE_SIZE, usage->image_size,
                          error) &&
           store_set_term(load, &cells[13 + USAGE_COUNTS], COLUMN_SOURCE, usage->source, error);
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
    if (!usage_key(load, usage, &key, error) || !fill_terms(load, usage, cells, error))
        return FALSE;
    note_evidence(load, usage);
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
    if (usage->has_quantity)
        store_set_int(&cells[11 + USAGE_COUNTS], usage->quantity);
    return TRUE;
}

/* The endpoint that the models of a file prove together. */
static enum usage_endpoint proved_endpoint(const struct load *load)
{
    if (load->usage_evidence == 1U << ENDPOINT_EMBEDDINGS)
        return ENDPOINT_EMBEDDINGS;
    if (load->usage_evidence == 1U << ENDPOINT_MODERATIONS)
        return ENDPOINT_MODERATIONS;
    return ENDPOINT_UNTOLD;
}

void store_usage_finish(struct load *load)
{
    const char *stated = load->options->endpoint;

    if (!(load->usage_endpoints & 1U << ENDPOINT_UNTOLD) || load_is_bad(load))
        return;
    load->untold_endpoint = proved_endpoint(load);
    if (stated && !endpoint_find(stated, &load->untold_endpoint))
        g_assert_not_reached(); /* the importer has looked at it */
    if (load->untold_endpoint == ENDPOINT_UNTOLD) {
        load_refuse(load,
                    "its columns are those of embeddings and of moderations, and %s\n"
                    "hint: --endpoint embeddings or --endpoint moderations states which it is",
                    load->usage_evidence == 0 ? "no row names a model"
                                              : "the models in it do not tell which");
        return;
    }
    load_note(load, NOTE_ASSUMED, "it is usage of %s, %s", endpoint_name(load->untold_endpoint),
              stated ? "as --endpoint states" : "by the names of its models");
}
