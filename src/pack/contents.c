/* contents.c - collecting a pack's files: everything but the sources is made from its ledger copy.
 */
#include "pack/contents.h"
#include "core/error.h"
#include "core/instant.h"
#include "core/text.h"
#include "report/document.h"
#include "report/parameters.h"

static void item_free(struct item *item)
{
    g_free(item->name);
    g_free(item->title);
    g_clear_pointer(&item->bytes, g_bytes_unref);
    g_free(item);
}

static void close_row_free(struct close_row *row)
{
    g_free(row->organization_id);
    g_free(row->name);
    g_free(row->state);
    g_free(row->prepared_by);
    g_free(row->reviewed_by);
    g_free(row->policy);
    g_free(row->statement_sha256);
    g_free(row->contents_sha256);
    g_free(row->entry);
    g_free(row);
}

static struct item *add_item(struct contents *contents, const char *name, const char *title)
{
    struct item *item = g_new0(struct item, 1);

    item->name = g_strdup(name);
    item->title = g_strdup(title);
    g_ptr_array_add(contents->items, item);
    return item;
}

void contents_add(struct contents *contents, const char *name, const char *title, GString *bytes)
{
    struct item *item = add_item(contents, name, title);

    item->size = bytes->len;
    digest_text(bytes->str, (gssize)bytes->len, item->sha256);
    item->bytes = g_string_free_to_bytes(bytes);
}

static gint compare_items(gconstpointer first, gconstpointer second)
{
    const struct item *const *a = first;
    const struct item *const *b = second;

    return strcmp((*a)->name, (*b)->name);
}

void contents_sort(struct contents *contents)
{
    g_ptr_array_sort(contents->items, compare_items);
}

gboolean contents_is_excerpt(const struct contents *contents)
{
    return contents->request->card || contents->request->organization_id;
}

char *contents_about(const struct contents *contents)
{
    const struct pack_request *request = contents->request;
    g_autofree char *organization =
        request->organization_id ? text_clean(request->organization_id, FALSE) : NULL;
    int32_t first;
    int year, month, day;

    if (request->card)
        return g_strdup_printf("card ending in %s, from %s until before %s", request->card,
                               request->from, request->until);
    if (!day_parse(&first, request->month->first, strlen(request->month->first), NULL))
        g_assert_not_reached();
    day_to_civil(first, &year, &month, &day);
    return g_strdup_printf("%s %d%s%s", month_names[month - 1], year, organization ? ", " : "",
                           organization ? organization : "");
}

/* The day after a pack's last one, of a month. */
static void first_day_after(const struct month *month, char out[11])
{
    g_snprintf(out, 11, "%s-01", month->next);
}

/*
 * What a report or document is asked of those options that it takes. One that takes no card is
 * given no days either: an excerpt of a card holds what belongs to its charges, and a payment may
 * be of the day before.
 */
static struct report_options options_for(const struct contents *contents, const GPtrArray *takes,
                                         const char *by, char until[11])
{
    const struct pack_request *request = contents->request;
    struct report_options options = {.by = by && *by ? by : NULL};

    if (request->card) {
        if (parameters_take(takes, "card")) {
            options.card = request->card;
            options.from = request->from;
            options.until = request->until;
        }
        return options;
    }
    first_day_after(request->month, until);
    options.organization_id = parameters_take(takes, "org") ? request->organization_id : NULL;
    options.from = parameters_take(takes, "from") ? request->month->first : NULL;
    options.until = parameters_take(takes, "until") ? until : NULL;
    options.as_of = parameters_take(takes, "as-of") ? until : NULL;
    return options;
}

/* What an excerpt holds enough rows for. What takes a card is of a person, and not of a month. */
static gboolean is_told(const struct contents *contents, const char *name, const GPtrArray *takes)
{
    static const char *const of_card[] = {"adjustments", "charges", "claims", "decisions",
                                          "receipts",    "topups",  NULL};

    if (contents->request->card)
        return parameters_take(takes, "card") || g_strv_contains(of_card, name);
    return !contents->request->organization_id || parameters_take(takes, "org");
}

/* A report of the user's own may be called anything. */
static gboolean is_plain(const char *name)
{
    return strlen(name) < ARCHIVE_MAX_NAME / 2 && *name != '.' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen(name);
}

static gboolean add_reports(struct contents *contents, const struct report_catalog *catalog,
                            GError **error)
{
    GPtrArray *reports = report_catalog_reports(catalog);

    for (guint i = 0; i < reports->len; i++) {
        const struct report *report = g_ptr_array_index(reports, i);
        g_autofree char *name =
            g_strdup_printf("reports/%s%s%s.csv", report->name, *report->by ? "." : "", report->by);
        g_autoptr(GString) footer = g_string_new(NULL);
        GString *bytes;
        char until[11];
        struct report_options options =
            options_for(contents, report->parameters, report->by, until);

        if (!is_told(contents, report->name, report->parameters) || !is_plain(report->name) ||
            !is_plain(report->by) ||
            !g_ptr_array_find_with_equal_func(report->formats, "csv", g_str_equal, NULL))
            continue;
        bytes = g_string_new(NULL);
        if (!report_render(catalog, contents->copy->db, report->name, "csv", &options, 0, bytes,
                           footer, error)) {
            g_string_free(bytes, TRUE);
            return FALSE;
        }
        contents_add(contents, name, report->title, bytes);
    }
    return TRUE;
}

/* One document in one format that holds documents. */
static gboolean add_document(struct contents *contents, const struct report_catalog *catalog,
                             const struct document *document, const char *format, GError **error)
{
    g_autofree char *name = g_strdup_printf("documents/%s.%s", document->name, format);
    g_autofree char *title = g_strdup_printf("%s (%s)", document->title, format);
    g_autoptr(GString) footer = g_string_new(NULL);
    GString *bytes = g_string_new(NULL);
    char until[11];
    struct report_options options = options_for(contents, document->parameters, NULL, until);

    if (!report_render(catalog, contents->copy->db, document->name, format, &options, 0, bytes,
                       footer, error)) {
        g_string_free(bytes, TRUE);
        return FALSE;
    }
    contents_add(contents, name, title, bytes);
    return TRUE;
}

static gboolean count_blocked(struct contents *contents, const struct report_catalog *catalog,
                              const struct document *document, GError **error)
{
    char until[11];
    struct report_options options = options_for(contents, document->parameters, NULL, until);
    int64_t count = 0;

    if (!report_blocked(catalog, contents->copy->db, document->name, &options, &count,
                        contents->blocked, error))
        return FALSE;
    contents->blocked_count += count;
    return TRUE;
}

static gboolean add_documents(struct contents *contents, const struct report_catalog *catalog,
                              GError **error)
{
    g_autofree char *composing = renderer_composing();
    g_auto(GStrv) formats = g_strsplit(composing, ", ", -1);
    GPtrArray *documents = report_catalog_documents(catalog);

    for (guint i = 0; i < documents->len; i++) {
        const struct document *document = g_ptr_array_index(documents, i);

        if (!is_plain(document->name) ||
            (contents->request->card != NULL) != parameters_take(document->parameters, "card"))
            continue;
        if (!count_blocked(contents, catalog, document, error))
            return FALSE;
        for (guint j = 0; formats[j]; j++)
            if (strcmp(formats[j], "table") != 0 && /* for terminals */
                !add_document(contents, catalog, document, formats[j], error))
                return FALSE;
    }
    return TRUE;
}

/* The statement as it was signed, byte for byte. */
static gboolean add_statement(struct contents *contents, struct close_row *close,
                              struct statement *row, GError **error)
{
    g_autofree char *title = g_strdup_printf("Statement of %s, close %" G_GINT64_FORMAT,
                                             close->organization_id, close->sequence);
    GString *text = g_string_new_len(statement_text(row, 6), (gssize)statement_text_len(row, 6));
    const struct item *item;

    close->entry = g_strdup_printf("closes/c%04u.txt", contents->closes->len);
    contents_add(contents, close->entry, title, text);
    item = contents->items->pdata[contents->items->len - 1];
    if (strcmp(item->sha256, close->statement_sha256) == 0)
        return TRUE;
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "the statement that was signed for %s is not what its hash was made of\n"
                "hint: `trueup verify` tells what else does not hold",
                close->organization_id);
    return FALSE;
}

static gboolean add_close(struct contents *contents, struct statement *row, GError **error)
{
    struct close_row *close = g_new0(struct close_row, 1);

    g_ptr_array_add(contents->closes, close);
    close->organization_id = g_strdup(statement_text(row, 0));
    close->name = g_strdup(statement_text(row, 1));
    if (statement_is_null(row, 2))
        return TRUE;
    close->sequence = statement_int(row, 2);
    close->state = g_strdup(statement_text(row, 3));
    close->prepared_by = g_strdup(statement_text(row, 4));
    close->reviewed_by = g_strdup(statement_text(row, 5));
    close->statement_sha256 = g_strdup(statement_text(row, 7));
    close->contents_sha256 = g_strdup(statement_text(row, 8));
    close->policy = g_strdup(statement_text(row, 9));
    return add_statement(contents, close, row, error);
}

static gboolean add_closes(struct contents *contents, GError **error)
{
    struct statement *row;
    enum row_status status = FAILED;
    gboolean going = TRUE;

    if (!contents->request->month)
        return TRUE;
    row = statement_get(contents->copy->db, "pack_closes", error);
    if (!row)
        return FALSE;
    statement_bind_text(row, "month", contents->request->month->text);
    while (going && (status = statement_step(row, error)) == ROW)
        going = add_close(contents, row, error);
    statement_reset(row);
    return going && status == END;
}

/* Numbers go to all, so that a file which is missing today does not change the others' names. */
static void add_sources(struct contents *contents)
{
    GPtrArray *sources = contents->copy->sources;
    guint receipts = 0, others = 0;

    for (guint i = 0; i < sources->len; i++) {
        struct pack_source *source = g_ptr_array_index(sources, i);
        gboolean is_document = strcmp(source->encoding, "pdf") == 0;
        guint number = is_document ? ++receipts : ++others;
        struct item *item;

        pack_source_look(source, contents->request->pdf_text);
        if (source->state != SOURCE_WHOLE && source->state != SOURCE_MASKED)
            continue;
        source->entry =
            g_strdup_printf("%s%04u%s.%s", is_document ? "receipts/r" : "sources/s", number,
                            source->state == SOURCE_MASKED ? ".masked" : "", source->ending);
        item = add_item(contents, source->entry, source->name);
        item->source = source;
        item->size = source->entry_size;
        g_strlcpy(item->sha256, source->entry_sha256, sizeof item->sha256);
    }
}

static gboolean add_ledger(struct contents *contents, GError **error)
{
    struct item *item =
        add_item(contents, "ledger.sqlite",
                 contents_is_excerpt(contents) ? "Excerpt of the ledger" : "The ledger");

    return ledger_copy_measure(contents->copy, &item->size, item->sha256, error);
}

/* The check list of a close as it would be now, as the ledger finds it: a report shows it. It is
 * looked up in the ledger itself, which knows where the files lay. */
static gboolean add_checks(struct db *db, struct db *copy, GError **error)
{
    static const char *const texts[] = {"organization_id", "month",   "code",
                                        "state",           "finding", "next_action"};
    static const int columns[] = {0, 1, 3, 4, 5, 6};
    struct statement *row = statement_get(db, "pack_checks", error);
    struct statement *insert =
        row ? statement_get(copy, "close_preview_check_insert", error) : NULL;
    enum row_status status = FAILED;

    while (insert && (status = statement_step(row, error)) == ROW) {
        for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
            statement_bind_text(insert, texts[i], statement_text(row, columns[i]));
        statement_bind_int(insert, "position", statement_int(row, 2));
        if (!statement_execute(insert, error))
            return FALSE;
    }
    if (row)
        statement_reset(row);
    return status == END;
}

static gboolean add_materialities(struct db *db, struct db *copy, GError **error)
{
    struct statement *row = statement_get(db, "pack_materialities", error);
    struct statement *insert =
        row ? statement_get(copy, "close_preview_materiality_insert", error) : NULL;
    enum row_status status = FAILED;

    while (insert && (status = statement_step(row, error)) == ROW) {
        statement_bind_text(insert, "organization_id", statement_text(row, 0));
        statement_bind_text(insert, "month", statement_text(row, 1));
        statement_bind_text(insert, "currency", statement_text(row, 2));
        statement_bind_int(insert, "limit_nanos", statement_int(row, 3));
        statement_bind_text(insert, "rule", statement_text(row, 4));
        if (!statement_execute(insert, error))
            return FALSE;
    }
    if (row)
        statement_reset(row);
    return status == END;
}

static gboolean look_ahead(struct contents *contents, struct db *db, GError **error)
{
    const struct pack_request *request = contents->request;
    struct db *copy = contents->copy->db;
    char until[11];

    if (!request->month)
        return TRUE;
    first_day_after(request->month, until);
    return request->preview(db, request->organization_id, request->month->first, until, error) &&
           db_run(copy, "close_preview_begin", error) && add_checks(db, copy, error) &&
           add_materialities(db, copy, error);
}

struct contents *contents_new(struct db *db, const struct pack_request *request, const char *folder,
                              GError **error)
{
    g_autoptr(Contents) contents = g_new0(struct contents, 1);
    g_autoptr(ReportCatalog) catalog = NULL;

    contents->request = request;
    contents->items = g_ptr_array_new_with_free_func((GDestroyNotify)item_free);
    contents->closes = g_ptr_array_new_with_free_func((GDestroyNotify)close_row_free);
    contents->blocked = g_string_new(NULL);
    contents->copy = ledger_copy_new(db, request, folder, error);
    catalog = contents->copy ? report_catalog_load(error) : NULL;
    if (!catalog || !audit_head(db, &contents->head, error) || !look_ahead(contents, db, error) ||
        !add_closes(contents, error) || !add_reports(contents, catalog, error) ||
        !add_documents(contents, catalog, error) || !add_ledger(contents, error))
        return NULL;
    add_sources(contents);
    return g_steal_pointer(&contents);
}

void contents_free(struct contents *contents)
{
    g_ptr_array_unref(contents->items);
    g_ptr_array_unref(contents->closes);
    g_string_free(contents->blocked, TRUE);
    g_clear_pointer(&contents->copy, ledger_copy_free);
    g_free(contents);
}
