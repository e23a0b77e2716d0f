/* audit_verify.c - a walk over the log: what of it is not as it was written. */
#include "core/asset.h"
#include "core/audit_internal.h"

struct walk {
    struct audit_verdict *verdict;
    const char *anchor;
    char *hash;        /* of the row before, as it stands there; owned */
    int64_t audit_id;  /* of the row before */
    gboolean is_sound; /* no problem up to the row before */
};

static void problem(struct walk *walk, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void problem(struct walk *walk, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(walk->verdict->problems, g_strdup_vprintf(format, arguments));
    va_end(arguments);
    walk->is_sound = FALSE;
}

static gboolean text_is(const struct audit_text *text, const char *wanted)
{
    return text->len == strlen(wanted) && memcmp(text->text, wanted, text->len) == 0;
}

static struct audit_text column(struct statement *rows, int index)
{
    const char *text = statement_text(rows, index);

    return (struct audit_text){text ? text : "", statement_text_len(rows, index)};
}

static void check_number(struct walk *walk, int64_t audit_id)
{
    if (audit_id == walk->audit_id + 1)
        return;
    if (audit_id > walk->audit_id + 1)
        problem(walk,
                "audit row %" G_GINT64_FORMAT ": the rows from %" G_GINT64_FORMAT
                " up to it are missing",
                audit_id, walk->audit_id + 1);
    else
        problem(walk,
                "audit row %" G_GINT64_FORMAT ": its number cannot follow row %" G_GINT64_FORMAT,
                audit_id, walk->audit_id);
}

static void check_row(struct walk *walk, struct statement *rows)
{
    struct audit_row row = {statement_int(rows, 0), statement_int(rows, 1), {{0}}};
    struct audit_text hash = column(rows, 7);
    char wanted[DIGEST_HEX_LEN + 1];

    for (int i = 0; i < AUDIT_FIELDS; i++)
        row.fields[i] = column(rows, 2 + i);
    audit_row_hash(&row, wanted);
    check_number(walk, row.audit_id);
    if (!statement_int(rows, 8))
        problem(walk,
                "audit row %" G_GINT64_FORMAT ": a column is of another type than was written",
                row.audit_id);
    if (!text_is(&hash, wanted))
        problem(walk,
                "audit row %" G_GINT64_FORMAT ": its content is not what its hash was made of",
                row.audit_id);
    if (!text_is(&row.fields[AUDIT_PREVIOUS], walk->hash))
        problem(walk, "audit row %" G_GINT64_FORMAT ": it was not written after the row before it",
                row.audit_id);
    if (walk->is_sound && walk->anchor && strcmp(wanted, walk->anchor) == 0)
        walk->verdict->anchor_row = row.audit_id;
    walk->audit_id = row.audit_id;
    g_free(walk->hash);
    walk->hash = g_strndup(hash.text, hash.len);
}

static gboolean check_rows(struct db *db, struct walk *walk, GError **error)
{
    struct statement *rows = statement_get(db, "audit_rows", error);
    enum row_status status = FAILED;

    while (rows && (status = statement_step(rows, error)) == ROW)
        check_row(walk, rows);
    if (rows)
        statement_reset(rows);
    return status == END;
}

/* Rows that are cut off at the end leave a log that is whole in itself: the head in meta tells. */
static gboolean check_head(struct db *db, struct walk *walk, GError **error)
{
    struct audit_head *head = &walk->verdict->head;
    struct statement *read = statement_get(db, "meta_read", error);
    g_autofree char *found = NULL;
    const char *written = "";
    enum row_status status;

    if (!read || !audit_head(db, head, error))
        return FALSE;
    found = head->count ? g_strdup_printf("%" G_GINT64_FORMAT " %s", head->count, head->hash)
                        : g_strdup("");
    statement_bind_text(read, "name", "audit_head");
    status = statement_step(read, error);
    if (status == ROW)
        written = statement_text(read, 0);
    if (status != FAILED && strcmp(written, found) != 0)
        problem(walk,
                "audit row %" G_GINT64_FORMAT
                ": the log ends with it, but the ledger's head is \"%s\"",
                head->count, written);
    statement_reset(read);
    return status != FAILED;
}

/* Every trigger's text as the files of sql/schema have it. */
static gboolean schema_text(GString *text, GError **error)
{
    g_autoptr(GPtrArray) names = asset_list("sql/schema", ".sql");

    for (guint i = 0; i < names->len; i++) {
        g_autoptr(GBytes) file = asset_read(g_ptr_array_index(names, i), error);

        if (!file)
            return FALSE;
        g_string_append_len(text, g_bytes_get_data(file, NULL), (gssize)g_bytes_get_size(file));
    }
    return TRUE;
}

static gboolean check_triggers(struct db *db, struct walk *walk, GError **error)
{
    struct statement *triggers = statement_get(db, "audit_triggers", error);
    g_autoptr(GString) schema = g_string_new(NULL);
    enum row_status status = FAILED;

    if (!triggers || !schema_text(schema, error))
        return FALSE;
    while ((status = statement_step(triggers, error)) == ROW) {
        const char *name = statement_text(triggers, 0), *body = statement_text(triggers, 1);

        if (!body)
            problem(walk, "the trigger %s, which keeps rows from being changed, is gone", name);
        else if (!strstr(schema->str, body))
            problem(walk, "the trigger %s, which keeps rows from being changed, is another", name);
    }
    statement_reset(triggers);
    return status == END;
}

gboolean audit_verify(struct db *db, const char *anchor, struct audit_verdict *out, GError **error)
{
    struct walk walk = {.verdict = out, .anchor = anchor, .is_sound = TRUE};
    gboolean done;

    *out = (struct audit_verdict){.problems = g_ptr_array_new_with_free_func(g_free)};
    walk.hash = g_strdup(audit_no_hash);
    done = check_rows(db, &walk, error) && check_head(db, &walk, error) &&
           check_triggers(db, &walk, error);
    if (done && anchor && !out->anchor_row)
        problem(&walk, "no row that is proven has the hash %s", anchor);
    g_free(walk.hash);
    return done;
}

void audit_verdict_clear(struct audit_verdict *verdict)
{
    g_clear_pointer(&verdict->problems, g_ptr_array_unref);
}
