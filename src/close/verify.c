/* verify.c - holds every close against its own hashes and against the log. */
#include "close/close.h"
#include "close/subject.h"

static void problem(GPtrArray *problems, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void problem(GPtrArray *problems, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(problems, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

static void waiver_free(struct close_waiver *waiver)
{
    g_free((gpointer)(guintptr)waiver->code);
    g_free((gpointer)(guintptr)waiver->reason);
    g_free(waiver);
}

/* "" for what is no text or holds NUL: no close wrote that. */
static const char *column(struct statement *row, int index)
{
    const char *text = statement_text(row, index);

    return text && strlen(text) == statement_text_len(row, index) ? text : "";
}

static struct statement *get_parts(struct db *db, const char *name, struct statement *close,
                                   GError **error)
{
    struct statement *parts = statement_get(db, name, error);

    if (!parts)
        return NULL;
    statement_bind_text(parts, "organization_id", column(close, 0));
    statement_bind_text(parts, "month", column(close, 1));
    statement_bind_int(parts, "sequence", statement_int(close, 2));
    return parts;
}

static GPtrArray *load_waivers(struct db *db, struct statement *close, GError **error)
{
    struct statement *row = get_parts(db, "close_verify_waivers", close, error);
    g_autoptr(GPtrArray) waivers = g_ptr_array_new_with_free_func((GDestroyNotify)waiver_free);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        struct close_waiver *waiver = g_new0(struct close_waiver, 1);

        waiver->code = g_strdup(column(row, 0));
        waiver->reason = g_strdup(column(row, 1));
        g_ptr_array_add(waivers, waiver);
    }
    if (row)
        statement_reset(row);
    return status == END ? g_steal_pointer(&waivers) : NULL;
}

static void check_statement(struct statement *close, const char *name, GPtrArray *problems)
{
    char hash[DIGEST_HEX_LEN + 1];

    digest_text(statement_text(close, 7) ? statement_text(close, 7) : "",
                (gssize)statement_text_len(close, 7), hash);
    if (strcmp(hash, column(close, 8)) != 0)
        problem(problems, "%s: its statement is not what its hash was made of", name);
}

static char *reason_for(const GPtrArray *waivers, const char *code)
{
    for (guint i = 0; i < waivers->len; i++) {
        const struct close_waiver *waiver = g_ptr_array_index(waivers, i);

        if (strcmp(waiver->code, code) == 0)
            return g_strdup(waiver->reason);
    }
    return g_strdup("");
}

/* The check list as it is kept in rows must be the one that the statement prints. */
static gboolean check_list(struct db *db, struct statement *close, const char *name,
                           const GPtrArray *waivers, GPtrArray *problems, GError **error)
{
    struct statement *row = get_parts(db, "close_verify_checks", close, error);
    g_autoptr(GString) list = g_string_new("\nChecks\n------\n");
    gboolean is_older = FALSE; /* from before lists were kept */
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        g_autofree char *reason = reason_for(waivers, column(row, 0));
        const struct check check = {
            .code = column(row, 0),
            .state = strcmp(column(row, 1), "waived") == 0 ? WAIVED : GREEN,
            .finding = (char *)(guintptr)column(row, 2),
            .reason = reason,
        };

        is_older = strcmp(column(row, 1), "unknown") == 0;
        check_print(&check, list);
    }
    if (row)
        statement_reset(row);
    g_string_append_c(list, '\n');
    if (status == END && !is_older && !strstr(column(close, 7), list->str))
        problem(problems, "%s: its check list is not the one that its statement prints", name);
    return status == END;
}

static gboolean check_contents(struct db *db, struct statement *close, const char *name,
                               GPtrArray *problems, GError **error)
{
    struct statement *rows = get_parts(db, "close_verify_facts", close, error);
    g_autoptr(GPtrArray) facts = rows ? contents_facts(rows, error) : NULL;
    g_autoptr(GPtrArray) waivers = facts ? load_waivers(db, close, error) : NULL;
    char hash[DIGEST_HEX_LEN + 1];

    if (!waivers)
        return FALSE;
    const struct contents contents = {
        .organization_id = column(close, 0),
        .month = column(close, 1),
        .sequence = statement_int(close, 2),
        .next_month = column(close, 3),
        .policy = column(close, 4),
        .prepared_by = column(close, 5),
        .reviewed_by = column(close, 6),
        .statement_sha256 = column(close, 8),
        .facts = facts,
        .waivers = waivers,
    };
    contents_hash(&contents, hash);
    if (strcmp(hash, column(close, 9)) != 0)
        problem(problems, "%s: what it covers is not what its hash was made of", name);
    return check_list(db, close, name, waivers, problems, error);
}

/* The log tells of it, in the row that it names, and that row tells what it must. */
static void check_act(struct statement *row, const char *action, gboolean is_told, const char *name,
                      int first, GPtrArray *problems)
{
    g_autofree char *subject = close_act_subject(column(row, 0), column(row, 1));

    if (strcmp(column(row, first), action) != 0 || strcmp(column(row, first + 1), subject) != 0 ||
        !is_told)
        problem(problems, "%s: the log does not record it as it stands there", name);
}

static gboolean verify_closes(struct db *db, GPtrArray *problems, int64_t *count, GError **error)
{
    struct statement *close = statement_get(db, "close_verify_closings", error);
    enum row_status status = FAILED;

    while (close && (status = statement_step(close, error)) == ROW) {
        g_autofree char *name =
            g_strdup_printf("close %" G_GINT64_FORMAT " of %s %s", statement_int(close, 2),
                            column(close, 0), column(close, 1));
        g_autofree char *hashes =
            close_act_hashes(statement_int(close, 2), column(close, 8), column(close, 9));

        (*count)++;
        check_statement(close, name, problems);
        check_act(close, "close", g_str_has_prefix(column(close, 13), hashes), name, 11, problems);
        if (!check_contents(db, close, name, problems, error))
            return FALSE;
    }
    if (close)
        statement_reset(close);
    return status == END;
}

static gboolean verify_reopenings(struct db *db, GPtrArray *problems, GError **error)
{
    struct statement *row = statement_get(db, "close_verify_reopenings", error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW) {
        g_autofree char *name =
            g_strdup_printf("reopening of close %" G_GINT64_FORMAT " of %s %s",
                            statement_int(row, 2), column(row, 0), column(row, 1));
        g_autofree char *detail = g_strdup_printf("sequence=%" G_GINT64_FORMAT "\nreason=%s",
                                                  statement_int(row, 2), column(row, 3));

        check_act(row, "reopen", strcmp(column(row, 6), detail) == 0, name, 4, problems);
    }
    if (row)
        statement_reset(row);
    return status == END;
}

/* A close whose row was dropped still stands in the log. */
static gboolean verify_lost(struct db *db, GPtrArray *problems, GError **error)
{
    struct statement *row = statement_get(db, "close_verify_lost", error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW)
        problem(problems, "audit row %" G_GINT64_FORMAT ": the %s of %s that it records is gone",
                statement_int(row, 0), column(row, 1), column(row, 2));
    if (row)
        statement_reset(row);
    return status == END;
}

gboolean close_verify(struct db *db, GPtrArray *problems, int64_t *count, GError **error)
{
    *count = 0;
    return verify_closes(db, problems, count, error) && verify_reopenings(db, problems, error) &&
           verify_lost(db, problems, error);
}
