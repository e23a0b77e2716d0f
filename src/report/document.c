/* document.c - reading what a document is made of, and rendering its sections in order. */
#include "report/document.h"
#include "core/error.h"
#include "core/ini.h"
#include "report/parameters.h"

static void section_free(struct section *section)
{
    g_free(section->heading);
    g_free(section->text);
    g_free(section->report);
    g_free(section->by);
    g_free(section->empty);
    g_ptr_array_unref(section->without);
    g_free(section);
}

void document_free(struct document *document)
{
    g_free(document->name);
    g_free(document->asset);
    g_free(document->title);
    g_free(document->summary);
    g_ptr_array_unref(document->parameters);
    g_ptr_array_unref(document->sections);
    g_free(document);
}

/* One file being read. */
struct reading {
    struct document *document;
    GKeyFile *file;
    const GPtrArray *lines; /* struct ini_line */
};

/* Names the line of the key, or of the group where the key is NULL. */
static gboolean refuse(const struct reading *reading, const char *group, const char *key,
                       GError **error, const char *format, ...) G_GNUC_PRINTF(5, 6);

static gboolean refuse(const struct reading *reading, const char *group, const char *key,
                       GError **error, const char *format, ...)
{
    int line = ini_line(reading->lines, group, key);
    g_autofree char *message = NULL;
    va_list arguments;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s:%d: [%s]: %s",
                reading->document->asset, line, group, message);
    return FALSE;
}

/* Every key of a group must be one that is known: a misspelt one would be ignored in silence. */
static gboolean check_keys(const struct reading *reading, const char *group,
                           const char *const *known, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(reading->file, group, NULL, NULL);
    g_autofree char *list = g_strjoinv(", ", (char **)(guintptr)known);

    for (guint i = 0; keys[i]; i++)
        if (!g_strv_contains(known, keys[i]))
            return refuse(reading, group, keys[i], error, "\"%s\" is no key of it\nhint: %s",
                          keys[i], list);
    return TRUE;
}

/* Sets *out to the value, or to NULL where the key is not given or says nothing. */
static gboolean get(const struct reading *reading, const char *group, const char *key, char **out,
                    GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autofree char *value = g_key_file_get_string(reading->file, group, key, &failure);

    if (failure && ini_line(reading->lines, group, key) > 0)
        return refuse(reading, group, key, error,
                      "%s holds a backslash with what cannot follow one", key);
    *out = value && *g_strstrip(value) ? g_steal_pointer(&value) : NULL;
    return TRUE;
}

/* The names of options that a key lists. */
static gboolean parse_options(const struct reading *reading, const char *group, const char *key,
                              GPtrArray *out, GError **error)
{
    g_auto(GStrv) names = g_key_file_get_string_list(reading->file, group, key, NULL, NULL);

    for (guint i = 0; names && names[i]; i++) {
        if (!parameters_known(names[i]))
            return refuse(reading, group, key, error,
                          "\"%s\" is no option of reports\nhint: " PARAMETER_NAMES, names[i]);
        g_ptr_array_add(out, g_strdup(names[i]));
    }
    return TRUE;
}

/* as-of=until is all that it can say. */
static gboolean parse_as_of(const struct reading *reading, GError **error)
{
    g_autofree char *value = NULL;

    if (!get(reading, "document", "as-of", &value, error))
        return FALSE;
    reading->document->is_as_of_until = g_strcmp0(value, "until") == 0;
    return !value || reading->document->is_as_of_until ||
           refuse(reading, "document", "as-of", error, "as-of \"%s\" is not \"until\"", value);
}

static gboolean parse_head(const struct reading *reading, GError **error)
{
    static const char *const known[] = {"title", "summary", "param", "as-of", NULL};
    struct document *document = reading->document;

    if (!g_key_file_has_group(reading->file, "document")) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: holds no [document] group",
                    document->asset);
        return FALSE;
    }
    if (!check_keys(reading, "document", known, error) ||
        !get(reading, "document", "title", &document->title, error) ||
        !get(reading, "document", "summary", &document->summary, error))
        return FALSE;
    if (!document->title || !document->summary)
        return refuse(reading, "document", NULL, error, "title and summary are needed");
    return parse_options(reading, "document", "param", document->parameters, error) &&
           parse_as_of(reading, error);
}

static gboolean parse_show(const struct reading *reading, const char *group, enum report_show *out,
                           GError **error)
{
    g_autofree char *show = NULL;

    if (!get(reading, group, "show", &show, error))
        return FALSE;
    if (!show || strcmp(show, "both") == 0)
        *out = SHOW_BOTH;
    else if (strcmp(show, "table") == 0)
        *out = SHOW_TABLE;
    else if (strcmp(show, "chart") == 0)
        *out = SHOW_CHART;
    else
        return refuse(reading, group, "show", error, "shows \"%s\"\nhint: table, chart, both",
                      show);
    return TRUE;
}

static gboolean parse_section(const struct reading *reading, const char *group, GError **error)
{
    static const char *const known[] = {"heading", "text", "report",  "by",
                                        "empty",   "show", "without", NULL};
    struct section *section;

    if (!check_keys(reading, group, known, error))
        return FALSE;
    section = g_new0(struct section, 1);
    section->without = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(reading->document->sections, section);
    if (!get(reading, group, "heading", &section->heading, error) ||
        !get(reading, group, "text", &section->text, error) ||
        !get(reading, group, "report", &section->report, error) ||
        !get(reading, group, "by", &section->by, error) ||
        !get(reading, group, "empty", &section->empty, error) ||
        !parse_show(reading, group, &section->show, error) ||
        !parse_options(reading, group, "without", section->without, error))
        return FALSE;
    if (!section->heading && !section->text && !section->report)
        return refuse(reading, group, NULL, error, "has no heading, text or report");
    if (section->by && !section->report)
        return refuse(reading, group, "by", error, "has a by, but no report");
    if (section->without->len > 0 && !section->report)
        return refuse(reading, group, "without", error, "has a without, but no report");
    if (section->empty && !section->report)
        return refuse(reading, group, "empty", error, "has an empty, but no report");
    return TRUE;
}

static gboolean parse(struct document *document, const char *text, GError **error)
{
    const gsize len = strlen(text);
    g_autoptr(GPtrArray) lines = ini_scan(document->asset, text, len, error);
    g_autoptr(GKeyFile) file = g_key_file_new();
    const struct reading reading = {document, file, lines};

    if (!lines)
        return FALSE;
    g_key_file_set_list_separator(file, '|');
    if (!g_key_file_load_from_data(file, text, len, G_KEY_FILE_NONE, error)) {
        g_prefix_error(error, "%s: ", document->asset);
        return FALSE;
    }
    if (!parse_head(&reading, error))
        return FALSE;
    for (guint i = 0; i < lines->len; i++) {
        const struct ini_line *line = g_ptr_array_index(lines, i);

        if (!line->key && strcmp(line->group, "document") != 0 &&
            !parse_section(&reading, line->group, error))
            return FALSE;
    }
    return TRUE;
}

struct document *document_parse(const char *asset, const char *text, GError **error)
{
    g_autoptr(Document) document = g_new0(struct document, 1);
    g_autofree char *base = g_path_get_basename(asset);

    document->asset = g_strdup(asset);
    document->name = g_strndup(base, strcspn(base, "."));
    document->parameters = g_ptr_array_new_with_free_func(g_free);
    document->sections = g_ptr_array_new_with_free_func((GDestroyNotify)section_free);
    return parse(document, text, error) ? g_steal_pointer(&document) : NULL;
}

const struct renderer *document_renderer(const struct document *document, const char *format,
                                         GError **error)
{
    const struct renderer *renderer = renderer_find(format);
    g_autofree char *composing = renderer_composing();

    if (renderer && renderer->composes)
        return renderer;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                "report %s has no format \"%s\"\nhint: it has %s", document->name, format,
                composing);
    return NULL;
}

/* The option's value where the section's report takes it. */
static const char *pass(const struct report *report, const struct section *section,
                        const char *option, const char *value)
{
    return parameters_take(report->parameters, option) && !parameters_take(section->without, option)
               ? value
               : NULL;
}

static struct report_options options_for(const struct report *report, const struct section *section,
                                         const struct report_options *options)
{
    return (struct report_options){
        .organization_id = pass(report, section, "org", options->organization_id),
        .project_id = pass(report, section, "project", options->project_id),
        .from = pass(report, section, "from", options->from),
        .until = pass(report, section, "until", options->until),
        .as_of = pass(report, section, "as-of", options->as_of),
        .by = section->by,
        .policy = pass(report, section, "policy", options->policy),
        .card = pass(report, section, "card", options->card),
        .raw = options->raw,
    };
}

/* What is being rendered, and the lines of the footers so far, each once. */
struct rendering {
    const struct report_catalog *catalog;
    struct db *db;
    const struct report_options *options;
    const struct renderer *renderer;
    void *state;
    GPtrArray *notes; /* char* */
};

static void keep_notes(GPtrArray *notes, const char *footer)
{
    g_auto(GStrv) lines = g_strsplit(footer, "\n", -1);

    for (guint i = 0; lines[i]; i++)
        if (*lines[i] && !g_ptr_array_find_with_equal_func(notes, lines[i], g_str_equal, NULL))
            g_ptr_array_add(notes, g_strdup(lines[i]));
}

static gboolean render_section(const struct rendering *rendering, const struct section *section,
                               GError **error)
{
    const struct renderer *renderer = rendering->renderer;
    g_autoptr(GString) footer = g_string_new(NULL);
    struct report_options options;
    const struct report *report;

    if (section->heading)
        renderer->text(rendering->state, RENDER_HEADING, section->heading);
    if (section->text)
        renderer->text(rendering->state, RENDER_PARAGRAPH, section->text);
    if (!section->report)
        return TRUE;
    report = report_catalog_find(rendering->catalog, section->report, section->by, error);
    if (!report)
        return FALSE;
    if (section->show == SHOW_CHART && !report->chart) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "report %s has no chart to show",
                    report->name);
        return FALSE;
    }
    options = options_for(report, section, rendering->options);
    if (!report_run(report, rendering->db, &options, renderer, rendering->state, section->show,
                    footer, section->empty ? section->empty : "None.", error))
        return FALSE;
    keep_notes(rendering->notes, footer->str);
    return TRUE;
}

gboolean document_render_sources(const struct report_catalog *catalog, struct db *db,
                                 const struct renderer *renderer, void *state, GError **error)
{
    const struct report_options options = {0};
    g_autoptr(GString) footer = g_string_new(NULL);
    const struct report *sources;

    if (!renderer->with_sources)
        return TRUE;
    sources = report_catalog_find(catalog, "sources", NULL, error);
    return sources &&
           report_run(sources, db, &options, renderer, state, SHOW_BOTH, footer, "None.", error);
}

static gboolean has_sources(const struct document *document)
{
    for (guint i = 0; i < document->sections->len; i++) {
        const struct section *section = g_ptr_array_index(document->sections, i);

        if (g_strcmp0(section->report, "sources") == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean render_sections(const struct rendering *rendering, const struct document *document,
                                GError **error)
{
    g_autoptr(GString) notes = g_string_new(NULL);

    for (guint i = 0; i < document->sections->len; i++)
        if (!render_section(rendering, g_ptr_array_index(document->sections, i), error)) {
            g_prefix_error(error, "%s: ", document->asset);
            return FALSE;
        }
    if (!has_sources(document) &&
        !document_render_sources(rendering->catalog, rendering->db, rendering->renderer,
                                 rendering->state, error))
        return FALSE;
    for (guint i = 0; i < rendering->notes->len; i++)
        g_string_append_printf(notes, "%s\n", (const char *)rendering->notes->pdata[i]);
    rendering->renderer->text(rendering->state, RENDER_NOTE, notes->str);
    return TRUE;
}

gboolean document_render(const struct document *document, const struct report_catalog *catalog,
                         struct db *db, const struct renderer *renderer,
                         const struct report_options *stated, int width, GString *out,
                         GError **error)
{
    g_autofree char *subtitle = parameters_describe(stated);
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    const struct render_target target = {
        .title = document->title,
        .subtitle = subtitle,
        .width = width,
        .raw = stated->raw,
        .colour = stated->colour,
        .out = out,
    };
    struct report_options options = *stated;
    struct rendering rendering = {catalog, db, &options, renderer, NULL, notes};
    gboolean done;

    if (stated->by && *stated->by) {
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "report %s takes no --by \"%s\"\nhint: leave --by out", document->name,
                    stated->by);
        return FALSE;
    }
    if (!parameters_check(db, document->name, document->parameters, stated, error))
        return FALSE;
    if (document->is_as_of_until && !options.as_of)
        options.as_of = options.until;
    rendering.state = renderer->begin(&target);
    done = render_sections(&rendering, document, error);
    return renderer->end(rendering.state, done ? error : NULL) && done;
}
