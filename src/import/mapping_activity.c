/*
 * mapping_activity.c - the Platform's activity exports until 2025: usage of every endpoint in one
 * file, with one timestamp a row, and no money.
 *
 * A row says when it begins, never how long it is. Its project may be told by its name alone; a
 * name is an organization's own, so its organization stands behind it.
 */
#include "import/endpoint.h"
#include "import/mapping_internal.h"

static const struct {
    const char *usage_type;
    enum usage_endpoint endpoint;
} types[] = {
    {"text", ENDPOINT_COMPLETIONS},
    {"dalle", ENDPOINT_IMAGES},
    {"tts", ENDPOINT_AUDIO_SPEECHES},
    {"whisper", ENDPOINT_AUDIO_TRANSCRIPTIONS},
    {"assistant_code_interpreter", ENDPOINT_CODE_INTERPRETER_SESSIONS},
    {"retrieval_storage", ENDPOINT_VECTOR_STORES},
};

static gboolean begins_with(struct text text, const char *word)
{
    gsize len = strlen(word);

    return text.len >= len && g_ascii_strncasecmp(text.text, word, len) == 0;
}

/* Text is what counts tokens: the operation, or the model, tells which of the three it is. */
static enum usage_endpoint endpoint_of_text(const struct reading *reading)
{
    struct text operation = cell(reading, ACTIVITY_OPERATION);
    enum usage_endpoint of_model = endpoint_of_model(cell(reading, ACTIVITY_MODEL));

    if (begins_with(operation, "embedding"))
        return ENDPOINT_EMBEDDINGS;
    if (begins_with(operation, "moderation"))
        return ENDPOINT_MODERATIONS;
    return of_model != ENDPOINT_UNTOLD ? of_model : ENDPOINT_COMPLETIONS;
}

static enum usage_endpoint read_endpoint(const struct reading *reading)
{
    struct text type = cell(reading, ACTIVITY_TYPE);

    for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
        if (type.len != strlen(types[i].usage_type) || !begins_with(type, types[i].usage_type))
            continue;
        return types[i].endpoint == ENDPOINT_COMPLETIONS ? endpoint_of_text(reading)
                                                         : types[i].endpoint;
    }
    problem(reading, ACTIVITY_TYPE, "is not a type of usage that is known");
    return ENDPOINT_UNTOLD;
}

static void read_activity_counts(const struct reading *reading, struct usage_fact *out)
{
    static const struct {
        guint column;
        enum usage_count count;
    } counts[] = {
        {ACTIVITY_INPUT, USAGE_INPUT},
        {ACTIVITY_OUTPUT, USAGE_OUTPUT},
        {ACTIVITY_INPUT_CACHED, USAGE_INPUT_CACHED},
        {ACTIVITY_INPUT_AUDIO, USAGE_INPUT_AUDIO},
        {ACTIVITY_OUTPUT_AUDIO, USAGE_OUTPUT_AUDIO},
    };
    gboolean counts_tokens =
        out->endpoint != ENDPOINT_UNTOLD && !endpoint_unit(out->endpoint, TRUE);

    read_count(reading, ACTIVITY_REQUESTS, 0, TRUE, &out->counts[USAGE_REQUESTS]);
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++)
        read_count(reading, counts[i].column, 0, counts_tokens && counts[i].count == USAGE_INPUT,
                   &out->counts[counts[i].count]);
    if (out->endpoint == ENDPOINT_IMAGES)
        out->has_quantity = read_count(reading, ACTIVITY_IMAGES, 0, TRUE, &out->quantity);
    else if (out->endpoint == ENDPOINT_AUDIO_SPEECHES)
        out->has_quantity = read_count(reading, ACTIVITY_CHARACTERS, 0, TRUE, &out->quantity);
}

/* The project by its id, else by its name with its organization behind it. */
static void read_activity_project(const struct reading *reading, struct usage_fact *out)
{
    struct text project = read_text(reading, ACTIVITY_PROJECT);
    char *id;

    out->project_name = read_text(reading, ACTIVITY_PROJECT_NAME);
    if (project.len == 0)
        project = out->project_name;
    out->project_id = project;
    if (project.len == 0 || begins_with(project, "proj_"))
        return;
    if (out->project_name.len == 0)
        out->project_name = project;
    id = g_strdup_printf("%.*s (%.*s)", (int)project.len, project.text,
                         (int)out->organization_id.len, out->organization_id.text);
    g_ptr_array_add(reading->mapping->kept, id);
    out->project_id = (struct text){id, strlen(id)};
}

void read_activity(const struct reading *reading, struct usage_fact *out)
{
    memset(out, 0, sizeof(*out));
    if (read_epoch(reading, ACTIVITY_TIMESTAMP, &out->start_at))
        out->end_at = out->start_at;
    out->endpoint = read_endpoint(reading);
    read_activity_counts(reading, out);
    out->organization_id = read_organization(reading, ACTIVITY_ORGANIZATION_ID);
    out->organization_name = read_text(reading, ACTIVITY_ORGANIZATION_NAME);
    read_activity_project(reading, out);
    out->user_id = read_text(reading, ACTIVITY_USER);
    out->api_key_id = read_id(reading, ACTIVITY_API_KEY_ID);
    out->model = read_text(reading, ACTIVITY_MODEL);
    out->image_size = read_text(reading, ACTIVITY_IMAGE_SIZE);
    out->source = read_text(reading, ACTIVITY_OPERATION);
}
