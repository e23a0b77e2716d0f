/*
 * format_parse.c - one .ini text to a format. docs/FORMATS.md describes the language.
 *
 * Whatever is unknown, missing or contradictory is an error with file, group and key: a format
 * decides signs and dates, so nothing in it is forgiven.
 */
#include "import/format_parse.h"
#include "core/digest.h"
#include "core/error.h"
#include "core/text.h"
#include "import/endpoint.h"

gboolean parser_fail(const struct parser *parser, const char *key, GError **error,
                     const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *why = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    int line = GPOINTER_TO_INT(g_hash_table_lookup(parser->lines, key));
    g_autofree char *place =
        line > 0 ? g_strdup_printf("%s:%d", parser->path, line) : g_strdup(parser->path);
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s: [%s] %s: %s", place, parser->group,
                key, why);
    return FALSE;
}

/* The value of a key, blanks stripped; NULL without an error when it is not stated. */
char *parser_take(struct parser *parser, const char *key, GError **error)
{
    g_autoptr(GError) failure = NULL;

    if (!g_hash_table_remove(parser->unread, key))
        return NULL;
    char *value = g_key_file_get_string(parser->keys, parser->group, key, &failure);
    if (!failure && *g_strstrip(value))
        return value;
    parser_fail(parser, key, error,
                failure ? "holds a backslash with what cannot follow one" : "has no value");
    g_free(value);
    return NULL;
}

/* parser_take() for a key that must be there. */
char *parser_take_needed(struct parser *parser, const char *key, GError **error)
{
    g_autoptr(GError) failure = NULL;
    char *value = parser_take(parser, key, &failure);

    if (failure)
        g_propagate_error(error, g_steal_pointer(&failure));
    else if (!value)
        parser_fail(parser, key, error, "is missing");
    return value;
}

/* "A | B" to its parts, blanks stripped, folded when asked. NULL with an error on an empty part. */
GStrv parser_split(const struct parser *parser, const char *key, const char *text, gboolean folded,
                   GError **error)
{
    g_auto(GStrv) parts = g_strsplit(text, "|", -1);

    for (guint i = 0; parts[i]; i++) {
        char *part =
            folded ? name_fold(parts[i], strlen(parts[i])) : g_strdup(g_strstrip(parts[i]));

        g_free(parts[i]);
        parts[i] = part;
        if (!*part) {
            parser_fail(parser, key, error, "has an empty part between its '|'");
            return NULL;
        }
    }
    return g_steal_pointer(&parts);
}

/* An optional list: *out stays as it is when the key is not stated. */
gboolean parser_take_list(struct parser *parser, const char *key, gboolean folded, GStrv *out,
                          GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autofree char *text = parser_take(parser, key, &failure);
    GStrv list = text ? parser_split(parser, key, text, folded, &failure) : NULL;

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (list) {
        g_strfreev(*out);
        *out = list;
    }
    return TRUE;
}

/* An optional value that is one of `words`; *out is its index, else `fallback`. */
gboolean parser_take_word(struct parser *parser, const char *key, const char *const *words,
                          int fallback, int *out, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autofree char *text = parser_take(parser, key, &failure);

    *out = fallback;
    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    for (int i = 0; text && words[i]; i++) {
        if (strcmp(text, words[i]) == 0) {
            *out = i;
            return TRUE;
        }
    }
    if (!text)
        return TRUE;
    g_autoptr(GString) known = g_string_new(NULL);
    for (int i = 0; words[i]; i++)
        g_string_append_printf(known, "%s\"%s\"", i > 0 ? ", " : "", words[i]);
    return parser_fail(parser, key, error, "\"%s\" is not one of: %s", text, known->str);
}

void parser_know(struct parser *parser, const GStrv references)
{
    for (guint i = 0; references[i]; i++)
        format_know(parser->format, references[i]);
}

static gboolean parse_kind(struct parser *parser, GError **error)
{
    g_autofree char *kind = parser_take_needed(parser, "kind", error);
    g_autoptr(GString) known = g_string_new(NULL);

    if (!kind)
        return FALSE;
    for (int i = 0; i < FACT_KINDS; i++) {
        if (strcmp(kind, kind_specs[i].name) == 0) {
            parser->format->kind = (enum fact_kind)i;
            return TRUE;
        }
        g_string_append_printf(known, "%s%s", i > 0 ? ", " : "", kind_specs[i].name);
    }
    return parser_fail(parser, "kind", error, "\"%s\" is not a kind of facts\nhint: there are %s",
                       kind, known->str);
}

/* The names of a header. */
static gboolean parse_names(struct parser *parser, GError **error)
{
    struct format *format = parser->format;
    g_autofree char *match = parser_take_needed(parser, "match", error);

    if (!match || !(format->match = parser_split(parser, "match", match, FALSE, error)) ||
        !(format->match_names = parser_split(parser, "match", match, TRUE, error)))
        return FALSE;
    parser_know(parser, format->match_names);
    return TRUE;
}

/* "5", and as many words that say what stands in the columns of a statement without a header. */
static gboolean parse_shape(struct parser *parser, GError **error)
{
    struct format *format = parser->format;
    g_autofree char *columns = parser_take_needed(parser, "match-columns", error);
    g_autofree char *shape = columns ? parser_take_needed(parser, "shape", error) : NULL;
    guint64 count = 0;

    if (!shape)
        return FALSE;
    if (g_hash_table_contains(parser->unread, "match"))
        return parser_fail(parser, "match", error, "cannot stand beside match-columns");
    if (!g_ascii_string_to_unsigned(columns, 10, 2, RECORD_MAX_COLUMNS, &count, NULL))
        return parser_fail(parser, "match-columns", error, "\"%s\" is no number of columns",
                           columns);
    format->match = g_new0(char *, 1);
    format->match_names = g_new0(char *, 1);
    format->shape = parser_split(parser, "shape", shape, FALSE, error);
    if (!format->shape)
        return FALSE;
    for (guint i = 0; format->shape[i]; i++) {
        if (!shape_word_is_valid(format->shape[i]))
            return parser_fail(parser, "shape", error,
                               "\"%s\" is not one of: date, amount, amount?, text, empty, *, "
                               "= WORD",
                               format->shape[i]);
    }
    if (g_strv_length(format->shape) == count)
        return TRUE;
    g_autofree char *words = text_count(g_strv_length(format->shape), "word");
    return parser_fail(parser, "shape", error, "has %s for %u columns", words, (guint)count);
}

static gboolean parse_match(struct parser *parser, GError **error)
{
    struct format *format = parser->format;
    gboolean has_header =
        format->kind != FACT_CARD || !g_hash_table_contains(parser->unread, "match-columns");
    g_auto(GStrv) unread = NULL;
    int refuses = 0;

    if (!(has_header ? parse_names(parser, error) : parse_shape(parser, error)) ||
        !parser_take_list(parser, "unread", TRUE, &unread, error) ||
        !parser_take_word(parser, "other-columns", (const char *const[]){"note", "refuse", NULL}, 0,
                          &refuses, error))
        return FALSE;
    format->refuses_other_columns = refuses == 1;
    if (unread)
        parser_know(parser, unread);
    return TRUE;
}

/* "const: USD", "Amount | Betrag" or, where a column may be joined, "A | B + C". */
static gboolean parse_column(struct parser *parser, const struct column_spec *spec,
                             struct column_source *out, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autofree char *text = parser_take(parser, spec->key, &failure);

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    if (!text)
        return spec->need == COLUMN_OPTIONAL ? TRUE
                                             : parser_fail(parser, spec->key, error, "is missing");
    if (spec->may_be_constant && g_str_has_prefix(text, "const:")) {
        char code[4];
        if (!currency_parse(code, text + 6, strlen(text + 6)))
            return parser_fail(parser, spec->key, error, "\"%s\" is not const: and a currency",
                               text);
        out->constant = g_strdup(code);
        return TRUE;
    }
    if (spec->may_be_open && (strcmp(text, "auto") == 0 || strcmp(text, "header-suffix") == 0)) {
        parser->format->currency = *text == 'a' ? CURRENCY_AUTO : CURRENCY_IN_HEADER;
        return TRUE;
    }
    if (spec->may_be_each && strcmp(text, "each currency") == 0) {
        parser->format->has_rate_columns = TRUE;
        return TRUE;
    }
    g_auto(GStrv) parts =
        spec->may_be_joined ? g_strsplit(text, "+", -1) : g_strsplit(text, "\n", 1);
    out->parts = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    for (guint i = 0; parts[i]; i++) {
        GStrv aliases = parser_split(parser, spec->key, parts[i], TRUE, error);
        if (!aliases)
            return FALSE;
        parser_know(parser, aliases);
        g_ptr_array_add(out->parts, aliases);
    }
    return TRUE;
}

/* One rate a row names its quote; a column for each currency is named by it. */
static gboolean check_rates(const struct parser *parser, GError **error)
{
    const struct format *format = parser->format;

    if (format->kind != FACT_FX_RATE ||
        (format->columns[FX_RATE_QUOTE].parts != NULL) != format->has_rate_columns)
        return TRUE;
    return parser_fail(parser, "quote", error,
                       format->has_rate_columns ? "cannot stand beside rate = each currency"
                                                : "is missing");
}

static gboolean parse_columns(struct parser *parser, GError **error)
{
    const struct kind_spec *spec = &kind_specs[parser->format->kind];

    for (guint i = 0; i < spec->column_count; i++) {
        if (!parse_column(parser, &spec->columns[i], &parser->format->columns[i], error))
            return FALSE;
    }
    return check_rates(parser, error);
}

static gboolean parse_template(struct parser *parser, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_autofree char *line = parser_take(parser, "template", &failure);

    if (failure) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    parser->format->template = line ? g_strconcat(line, "\n", NULL) : NULL;
    return TRUE;
}

/* The endpoint of a usage format: by its name, or "by model" where the columns do not tell. What it
 * counts must have a column. */
static gboolean parse_endpoint(struct parser *parser, GError **error)
{
    struct format *format = parser->format;
    g_autofree char *name = parser_take_needed(parser, "endpoint", error);
    guint counted = USE_COUNTS + USAGE_INPUT;

    if (!name)
        return FALSE;
    format->endpoint = ENDPOINT_UNTOLD;
    if (strcmp(name, "by model") != 0 && !endpoint_find(name, &format->endpoint))
        return parser_fail(parser, "endpoint", error,
                           "\"%s\" is neither a usage endpoint nor \"by model\"", name);
    if (endpoint_unit(format->endpoint, TRUE))
        counted = USE_QUANTITY;
    return format->columns[counted].parts != NULL ||
           parser_fail(parser, kind_specs[FACT_USAGE].columns[counted].key, error, "is missing");
}

static gboolean parse_options(struct parser *parser, GError **error)
{
    struct format *format = parser->format;
    unsigned options = kind_specs[format->kind].options;

    format->title = parser_take_needed(parser, "title", error);
    if (!format->title)
        return FALSE;
    return (!(options & OPTION_TEMPLATE) || parse_template(parser, error)) &&
           (!(options & OPTION_DATES) || parser_read_dates(parser, error)) &&
           (!(options & OPTION_AMOUNTS) || parser_read_amounts(parser, error)) &&
           (!(options & OPTION_ENDPOINT) || parse_endpoint(parser, error)) &&
           (!(options & OPTION_REFUSAL) ||
            (format->refusal = parser_take_needed(parser, "refuse", error))) &&
           (!(options & OPTION_CARD) || parser_read_card(parser, error));
}

/* What is left was asked for by nobody: the first of it, by line. */
static gboolean refuse_unknown_keys(const struct parser *parser, GError **error)
{
    GHashTableIter iter;
    gpointer key;
    const char *first = NULL;
    int first_line = G_MAXINT;

    g_hash_table_iter_init(&iter, parser->unread);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        int line = GPOINTER_TO_INT(g_hash_table_lookup(parser->lines, key));

        if (line < first_line) {
            first = key;
            first_line = line;
        }
    }
    if (!first)
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "%s:%d: [%s] key \"%s\" is not one that a format of kind %s takes\n"
                "hint: docs/FORMATS.md lists the keys",
                parser->path, first_line, parser->group, first,
                kind_specs[parser->format->kind].name);
    return FALSE;
}

static GStrv default_words(const char *words)
{
    return g_strsplit(words, "|", -1);
}

static struct format *format_new(const char *name, const char *text, gsize len)
{
    struct format *format = g_new0(struct format, 1);

    format->name = g_strdup(name);
    digest_text(text, (gssize)len, format->digest);
    format->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    format->known_stems = g_ptr_array_new_with_free_func(g_free);
    format->date_patterns = default_words("iso");
    format->decimal_mark = '.';
    format->thousands_marks = g_strdup("");
    format->zone = g_strdup("");
    format->settled = default_words("posted|cleared|completed|complete|settled|sent|received|paid|"
                                    "success|successful|booked");
    format->pending = default_words("pending|processing|in progress|authorized|authorised|"
                                    "authorization|hold");
    format->dead = default_words("declined|failed|denied|cancelled|canceled|rejected|expired|"
                                 "blocked");
    return format;
}

void format_free(struct format *format)
{
    g_free(format->name);
    g_free(format->title);
    g_free(format->template);
    g_free(format->refusal);
    g_free(format->zone);
    g_strfreev(format->zone_column);
    g_free(format->file_pattern);
    g_free(format->thousands_marks);
    g_strfreev(format->charge_column);
    g_clear_pointer(&format->skip_if, g_ptr_array_unref);
    g_clear_pointer(&format->keep_if, g_ptr_array_unref);
    g_clear_pointer(&format->fee_if, g_ptr_array_unref);
    g_clear_pointer(&format->out_if, g_ptr_array_unref);
    g_clear_pointer(&format->in_if, g_ptr_array_unref);
    g_strfreev(format->shape);
    g_strfreev(format->encodings);
    g_strfreev(format->stop_at);
    g_strfreev(format->balance_column);
    g_strfreev(format->preamble_card);
    g_strfreev(format->preamble_out);
    g_strfreev(format->preamble_in);
    g_strfreev(format->match);
    g_strfreev(format->match_names);
    g_strfreev(format->date_patterns);
    g_strfreev(format->charge_out);
    g_strfreev(format->charge_in);
    g_strfreev(format->settled);
    g_strfreev(format->pending);
    g_strfreev(format->dead);
    g_strfreev(format->charge_skip);
    g_ptr_array_unref(format->known_stems);
    g_hash_table_unref(format->known);
    for (guint i = 0; i < MAX_COLUMNS_OF_A_KIND; i++) {
        g_clear_pointer(&format->columns[i].parts, g_ptr_array_unref);
        g_free(format->columns[i].constant);
    }
    g_free(format);
}

/* "format NAME", where NAME is the file's own. */
static gboolean check_group(const struct parser *parser, const char *name, GError **error)
{
    g_autofree char *wanted = g_strconcat("format ", name, NULL);

    if (strcmp(parser->group, wanted) == 0)
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "%s: its group is [%s], and must be [%s] as the file is named", parser->path,
                parser->group, wanted);
    return FALSE;
}

static void add_keys(GHashTable *set, GHashTable *lines)
{
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, lines);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        g_hash_table_add(set, key);
}

struct format *format_parse(const char *path, const char *text, gsize len, GError **error)
{
    g_autofree char *base = g_path_get_basename(path);
    g_autofree char *name =
        g_str_has_suffix(base, ".ini") ? g_strndup(base, strlen(base) - 4) : g_strdup(base);
    g_autoptr(GHashTable) lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GKeyFile) keys = g_key_file_new();

    if (!format_scan(path, text, len, lines, error))
        return NULL;
    if (!g_key_file_load_from_data(keys, text, len, G_KEY_FILE_NONE, error)) {
        g_prefix_error(error, "%s: ", path);
        return NULL;
    }
    g_autofree char *group = g_key_file_get_start_group(keys);
    g_autoptr(GHashTable) unread = g_hash_table_new(g_str_hash, g_str_equal);
    struct parser parser = {path, group, keys, lines, unread, format_new(name, text, len)};
    add_keys(unread, lines);
    if (check_group(&parser, name, error) && parse_kind(&parser, error) &&
        parse_match(&parser, error) && parse_columns(&parser, error) &&
        parse_options(&parser, error) && refuse_unknown_keys(&parser, error))
        return parser.format;
    format_free(parser.format);
    return NULL;
}
