/* dictionary.c - names to ids: hash tables in front of three tables of the ledger. */
#include "import/dictionary.h"

struct name {
    struct text text; /* owned */
    int64_t id;
};

struct dictionary {
    struct db *db;
    GHashTable *names[DICTIONARY_KINDS]; /* sets of struct name */
};

static const char *const find_statements[DICTIONARY_KINDS] = {"organization_find", "project_find",
                                                              "term_find"};
static const char *const insert_statements[DICTIONARY_KINDS] = {"organization_insert",
                                                                "project_insert", "term_insert"};

/* Eight bytes a step: a bulk load hashes several names a row. The table's order reaches no result.
 */
static guint name_hash(gconstpointer pointer)
{
    const struct name *name = pointer;
    guint64 hash = name->text.len, word;

    for (gsize i = 0; i < name->text.len; i += sizeof word) {
        word = 0;
        memcpy(&word, name->text.text + i, MIN(sizeof word, name->text.len - i));
        hash = (hash ^ word) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    return (guint)(hash ^ (hash >> 32));
}

static gboolean text_equal(struct text left, struct text right)
{
    return left.len == right.len && memcmp(left.text, right.text, left.len) == 0;
}

static gboolean name_equal(gconstpointer left, gconstpointer right)
{
    return text_equal(((const struct name *)left)->text, ((const struct name *)right)->text);
}

static void name_free(gpointer pointer)
{
    struct name *name = pointer;

    g_free((char *)(gsize)name->text.text);
    g_free(name);
}

struct dictionary *dictionary_new(struct db *db)
{
    struct dictionary *dictionary = g_new0(struct dictionary, 1);

    dictionary->db = db;
    for (int i = 0; i < DICTIONARY_KINDS; i++)
        dictionary->names[i] = g_hash_table_new_full(name_hash, name_equal, name_free, NULL);
    return dictionary;
}

void dictionary_free(struct dictionary *dictionary)
{
    if (!dictionary)
        return;
    for (int i = 0; i < DICTIONARY_KINDS; i++)
        g_hash_table_unref(dictionary->names[i]);
    g_free(dictionary);
}

void dictionary_forget(struct dictionary *dictionary)
{
    for (int i = 0; i < DICTIONARY_KINDS; i++)
        g_hash_table_remove_all(dictionary->names[i]);
}

/* The id that the ledger has for a name, adding it when it has none. */
static gboolean ledger_id(struct dictionary *dictionary, enum dictionary_kind kind,
                          struct text text, int64_t *id, GError **error)
{
    struct statement *find = statement_get(dictionary->db, find_statements[kind], error);
    struct statement *insert;
    enum row_status status;

    if (!find)
        return FALSE;
    statement_bind_text_len(find, "text", text.text, text.len);
    status = statement_step(find, error);
    if (status == ROW)
        *id = statement_int(find, 0);
    statement_reset(find);
    if (status != END)
        return status == ROW;

    insert = statement_get(dictionary->db, insert_statements[kind], error);
    if (!insert)
        return FALSE;
    statement_bind_text_len(insert, "text", text.text, text.len);
    if (!statement_execute(insert, error))
        return FALSE;
    *id = db_last_rowid(dictionary->db);
    return TRUE;
}

gboolean dictionary_id(struct dictionary *dictionary, enum dictionary_kind kind,
                       struct dictionary_cache *cache, struct text text, int64_t *id,
                       GError **error)
{
    const struct name probe = {.text = text};
    struct name *name;

    if (text.len == 0) {
        *id = 0;
        return TRUE;
    }
    if (cache && cache->last && text_equal(cache->last->text, text)) {
        *id = cache->last->id;
        return TRUE;
    }
    name = g_hash_table_lookup(dictionary->names[kind], &probe);
    if (!name) {
        if (!ledger_id(dictionary, kind, text, id, error))
            return FALSE;
        name = g_new0(struct name, 1);
        name->text.text = g_strndup(text.text, text.len);
        name->text.len = text.len;
        name->id = *id;
        g_hash_table_add(dictionary->names[kind], name);
    }
    if (cache)
        cache->last = name;
    *id = name->id;
    return TRUE;
}
