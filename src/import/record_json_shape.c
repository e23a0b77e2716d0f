/* record_json_shape.c - see record_json_shape.h. */
#include "import/record_json_shape.h"

const char *const json_times[JSON_TIMES] = {"start_time", "end_time", "start_time_iso",
                                            "end_time_iso"};

#define IDS "project_id", "user_id", "api_key_id"

static const struct json_shape shapes[] = {
    {"organization.costs.result",
     {"amount_value", "amount_currency", "quantity", "quantity_unit", "line_item", IDS,
      "organization_id", "project_name", "organization_name", "user_email", "api_source"}},
    {"organization.usage.completions.result",
     {IDS,
      "num_model_requests",
      "model",
      "batch",
      "service_tier",
      "compute_units",
      "input_tokens",
      "output_tokens",
      "input_cached_tokens",
      "input_cache_write_tokens",
      "input_uncached_tokens",
      "input_text_tokens",
      "output_text_tokens",
      "input_cached_text_tokens",
      "input_audio_tokens",
      "input_cached_audio_tokens",
      "output_audio_tokens",
      "input_image_tokens",
      "input_cached_image_tokens",
      "output_image_tokens"}},
    {"organization.usage.embeddings.result", {IDS, "num_model_requests", "model", "input_tokens"}},
    {"organization.usage.moderations.result", {IDS, "num_model_requests", "model", "input_tokens"}},
    {"organization.usage.images.result",
     {IDS, "num_model_requests", "model", "images", "size", "source"}},
    {"organization.usage.audio_speeches.result",
     {IDS, "num_model_requests", "model", "characters"}},
    {"organization.usage.audio_transcriptions.result",
     {IDS, "num_model_requests", "model", "seconds"}},
    {"organization.usage.vector_stores.result", {"project_id", "usage_bytes"}},
    {"organization.usage.code_interpreter_sessions.result", {"project_id", "num_sessions"}},
};

struct json_result {
    GHashTable *values; /* char * -> char *, of the names that some shape has */
};

static gboolean is_column(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(shapes); i++) {
        for (guint j = 0; shapes[i].columns[j]; j++) {
            if (strcmp(shapes[i].columns[j], name) == 0)
                return TRUE;
        }
    }
    return FALSE;
}

struct json_result *json_result_new(void)
{
    struct json_result *result = g_new0(struct json_result, 1);

    result->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return result;
}

void json_result_free(struct json_result *result)
{
    g_hash_table_unref(result->values);
    g_free(result);
}

void json_result_clear(struct json_result *result)
{
    g_hash_table_remove_all(result->values);
}

void json_result_set(struct json_result *result, const char *prefix, const char *name,
                     const char *value)
{
    char *full = g_strconcat(prefix, name, NULL);

    if (is_column(full) || strcmp(full, "object") == 0)
        g_hash_table_insert(result->values, full, g_strdup(value));
    else
        g_free(full);
}

const char *json_result_value(const struct json_result *result, const char *name)
{
    const char *value = g_hash_table_lookup(result->values, name);

    return value ? value : "";
}

const char *json_result_object(const struct json_result *result)
{
    return g_hash_table_lookup(result->values, "object");
}

const struct json_shape *json_result_shape(const struct json_result *result)
{
    const char *object = json_result_object(result);

    if (!object && g_hash_table_contains(result->values, "amount_value"))
        return &shapes[0];
    for (gsize i = 0; object && i < G_N_ELEMENTS(shapes); i++) {
        if (strcmp(shapes[i].object, object) == 0)
            return &shapes[i];
    }
    return NULL;
}
