/* repeat.c - see repeat.h. */
#include "import/repeat.h"

struct repeat {
    gint64 line, count; /* of the first row, and of rows so far */
    char *content;
};

static void repeat_free(gpointer pointer)
{
    g_free(((struct repeat *)pointer)->content);
    g_free(pointer);
}

GHashTable *repeat_table_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, repeat_free);
}

gint64 repeat_occurrence(struct load *load, gint64 line, const char *scope, const char *identity,
                         const char *id, const char *content)
{
    g_autofree char *key = g_strconcat(scope, "\x1f", identity, NULL);
    struct repeat *repeat = g_hash_table_lookup(load->identities, key);

    if (!repeat) {
        repeat = g_new0(struct repeat, 1);
        repeat->line = line;
        repeat->content = g_strdup(content);
        g_hash_table_insert(load->identities, g_steal_pointer(&key), repeat);
    }
    repeat->count++;
    if (!id)
        return repeat->count;
    if (strcmp(repeat->content, content) != 0)
        load_problem(load, line, "repeats %s of line %" G_GINT64_FORMAT ", and differs from it", id,
                     repeat->line);
    return 1;
}

#define UNIT_SEPARATOR '\x1f'

void content_add(GString *content, struct text part)
{
    if (part.len)
        g_string_append_len(content, part.text, (gssize)part.len);
    g_string_append_c(content, UNIT_SEPARATOR);
}

void content_add_string(GString *content, const char *part)
{
    g_string_append(content, part);
    g_string_append_c(content, UNIT_SEPARATOR);
}

void content_add_int(GString *content, gint64 part)
{
    g_string_append_printf(content, "%" G_GINT64_FORMAT "%c", part, UNIT_SEPARATOR);
}

void content_add_amount(GString *content, const struct amount *amount)
{
    if (amount->present)
        g_string_append_printf(content, "%" G_GINT64_FORMAT " %s", amount->nanos, amount->currency);
    g_string_append_c(content, UNIT_SEPARATOR);
}
