/*
 * derive_projects.c - what projects are: names, organization, class and owner; and the day's rates.
 *
 * All of it is SQL but the class by name, which rules/classes.rules decides.
 */
#include "core/asset.h"
#include "core/error.h"
#include "import/derive.h"

#define RULES "rules/classes.rules"

/* One line of the rules. */
struct class_rule {
    char *class;
    char **words;
};

static void class_rule_free(gpointer pointer)
{
    struct class_rule *rule = pointer;

    g_free(rule->class);
    g_strfreev(rule->words);
    g_free(rule);
}

/* Bytes of other scripts count as letters, so that no word is cut inside a character. */
static gboolean is_letter(char byte)
{
    return g_ascii_isalpha(byte) || (guchar)byte >= 0x80;
}

/* Drops empty words and makes the others lower case, as those of a name are. FALSE when one holds
 * what no word of a name does. */
static gboolean settle_words(char **words)
{
    gboolean good = TRUE;
    guint kept = 0;

    for (guint i = 0; words[i]; i++) {
        for (char *at = words[i]; *at; at++) {
            good = good && is_letter(*at);
            *at = g_ascii_tolower(*at);
        }
        if (*words[i])
            words[kept++] = words[i];
        else
            g_free(words[i]);
    }
    words[kept] = NULL;
    return good && kept > 0;
}

/* Reads "class: word word …"; NULL when it is something else. */
static struct class_rule *class_rule_parse(const char *line)
{
    const char *colon = strchr(line, ':');

    if (!colon)
        return NULL;

    g_autofree char *class = g_strstrip(g_strndup(line, (gsize)(colon - line)));
    g_auto(GStrv) words = g_strsplit_set(colon + 1, " \t", -1);

    if (!settle_words(words) || !*class)
        return NULL;

    struct class_rule *rule = g_new0(struct class_rule, 1);
    rule->class = g_steal_pointer(&class);
    rule->words = g_steal_pointer(&words);
    return rule;
}

static GPtrArray *class_rules_read(GError **error)
{
    g_autoptr(GBytes) text = asset_read(RULES, error);
    g_auto(GStrv) lines = text ? g_strsplit(g_bytes_get_data(text, NULL), "\n", -1) : NULL;
    g_autoptr(GPtrArray) rules = g_ptr_array_new_with_free_func(class_rule_free);

    if (!lines)
        return NULL;
    for (guint i = 0; lines[i]; i++) {
        const char *line = g_strstrip(lines[i]);
        struct class_rule *rule = NULL;

        if (!*line || *line == '#')
            continue;
        rule = class_rule_parse(line);
        if (!rule) {
            g_autofree char *place = asset_place(RULES);

            g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                        "%s:%u: \"%s\" is not a class, a colon and its words\n"
                        "hint: for example \"test: test dev sandbox\"; words are of letters alone",
                        place, i + 1, line);
            return NULL;
        }
        g_ptr_array_add(rules, rule);
    }
    return g_steal_pointer(&rules);
}

/* The words of a name, in lower case: "CheckoutProd-eu2" is checkout, prod, eu. */
static GPtrArray *name_words(const char *name)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
    const char *at = name;

    while (*at) {
        const char *start = at;

        while (is_letter(*at) && (at == start || !g_ascii_isupper(*at) || g_ascii_isupper(at[-1])))
            at++;
        if (at > start)
            g_ptr_array_add(words, g_ascii_strdown(start, at - start));
        else
            at++;
    }
    return words;
}

/* The class of the first rule that has a word of the name, or NULL. */
static const char *class_of(const GPtrArray *rules, const char *name)
{
    g_autoptr(GPtrArray) words = name_words(name);

    for (guint i = 0; i < rules->len; i++) {
        const struct class_rule *rule = g_ptr_array_index(rules, i);

        for (guint j = 0; j < words->len; j++)
            if (g_strv_contains((const char *const *)rule->words, g_ptr_array_index(words, j)))
                return rule->class;
    }
    return NULL;
}

static gboolean set_class(struct db *db, int64_t project_key, const char *class, GError **error)
{
    struct statement *update = statement_get(db, "derive_project_class", error);

    if (!update)
        return FALSE;
    statement_bind_int(update, "project_key", project_key);
    statement_bind_text(update, "class", class);
    return statement_execute(update, error);
}

/* A project found by the select is collected first: the update changes what the select reads. */
struct classed {
    int64_t project_key;
    const char *class; /* borrowed from the rules */
};

static gboolean classify(struct db *db, GError **error)
{
    g_autoptr(GPtrArray) rules = class_rules_read(error);
    struct statement *rows = rules ? statement_get(db, "derive_projects_unclassed", error) : NULL;
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct classed));
    enum row_status status = FAILED;

    while (rows && (status = statement_step(rows, error)) == ROW) {
        struct classed project = {statement_int(rows, 0), class_of(rules, statement_text(rows, 1))};

        if (project.class)
            g_array_append_val(found, project);
    }
    for (guint i = 0; status == END && i < found->len; i++) {
        const struct classed *project = &g_array_index(found, struct classed, i);

        if (!set_class(db, project->project_key, project->class, error))
            return FALSE;
    }
    return status == END;
}

gboolean derive_projects(struct db *db, GError **error)
{
    return db_run(db, "derive_names", error) && db_run(db, "derive_project_facts", error) &&
           classify(db, error) && db_run(db, "derive_fx_rates", error);
}
