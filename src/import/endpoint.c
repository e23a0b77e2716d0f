/* endpoint.c - see endpoint.h. */
#include "import/endpoint.h"

static const struct {
    const char *name, *one, *many;
    int scale;
} endpoints[ENDPOINTS] = {
    [ENDPOINT_COMPLETIONS] = {"completions", NULL, NULL, 0},
    [ENDPOINT_EMBEDDINGS] = {"embeddings", NULL, NULL, 0},
    [ENDPOINT_MODERATIONS] = {"moderations", NULL, NULL, 0},
    [ENDPOINT_IMAGES] = {"images", "image", "images", 0},
    [ENDPOINT_AUDIO_SPEECHES] = {"audio_speeches", "character", "characters", 0},
    [ENDPOINT_AUDIO_TRANSCRIPTIONS] = {"audio_transcriptions", "second", "seconds", 6},
    [ENDPOINT_VECTOR_STORES] = {"vector_stores", "byte", "bytes", 0},
    [ENDPOINT_CODE_INTERPRETER_SESSIONS] = {"code_interpreter_sessions", "session", "sessions", 0},
    [ENDPOINT_UNTOLD] = {"", NULL, NULL, 0},
};

const char *endpoint_name(enum usage_endpoint endpoint)
{
    return endpoints[endpoint].name;
}

gboolean endpoint_find(const char *name, enum usage_endpoint *out)
{
    for (int i = 0; i < ENDPOINT_UNTOLD; i++) {
        if (strcmp(name, endpoints[i].name) == 0) {
            *out = (enum usage_endpoint)i;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean begins_with(struct text text, const char *prefix)
{
    gsize len = strlen(prefix);

    return text.len >= len && g_ascii_strncasecmp(text.text, prefix, len) == 0;
}

enum usage_endpoint endpoint_of_model(struct text model)
{
    if (begins_with(model, "text-embedding-"))
        return ENDPOINT_EMBEDDINGS;
    if (begins_with(model, "omni-moderation-") || begins_with(model, "text-moderation-"))
        return ENDPOINT_MODERATIONS;
    return ENDPOINT_UNTOLD;
}

const char *endpoint_unit(enum usage_endpoint endpoint, gboolean many)
{
    return many ? endpoints[endpoint].many : endpoints[endpoint].one;
}

int endpoint_scale(enum usage_endpoint endpoint)
{
    return endpoints[endpoint].scale;
}
