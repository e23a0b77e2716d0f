/* store.c - one file's facts into the ledger, by kind, and its row of the file table. */
#include "import/store.h"
#include "core/secret.h"
#include "import/partition.h"
#include "import/reject.h"

typedef gboolean (*store_fact)(struct load *load, const struct fact *fact, GError **error);
typedef gboolean (*store_cells)(struct load *load, const struct fact *fact,
                                struct rowsource_cell *cells, GError **error);

/* A bucket of an export with nothing in its window: it dates the file and covers nothing. */
static gboolean store_empty_window(struct load *load, const struct fact *fact, GError **error)
{
    (void)error;
    load_dated(load, day_from_instant(fact->cost.start_at));
    load->empty_count++;
    return TRUE;
}

/* Exactly one of the functions is set. */
static const struct {
    store_fact fact;
    store_cells cells;
    const char *insert; /* of cells */
} stores[FACT_KINDS] = {
    [FACT_COST] = {.cells = store_cost, .insert = "cost_insert"},
    [FACT_USAGE] = {.cells = store_usage, .insert = "usage_insert"},
    [FACT_ACTIVITY] = {.cells = store_usage, .insert = "usage_insert"},
    [FACT_CREDIT_USAGE] = {.fact = store_credit_usage},
    [FACT_CARD] = {.fact = store_card},
    [FACT_PAYMENT] = {.fact = store_topup},
    [FACT_RECEIPT] = {.fact = store_receipt},
    [FACT_GRANT] = {.fact = store_grant},
    [FACT_BALANCE] = {.fact = store_balance},
    [FACT_ORGANIZATION] = {.fact = store_organization},
    [FACT_PROJECT] = {.fact = store_project},
    [FACT_ACCOUNT] = {.fact = store_account},
    [FACT_FX_RATE] = {.fact = store_fx_rate},
    [FACT_BUDGET] = {.fact = store_budget},
    [FACT_RATE] = {.fact = store_rate},
    [FACT_CLAIM] = {.fact = store_claim},
    [FACT_RECHARGE] = {.fact = store_recharge},
    [FACT_EMPTY_WINDOW] = {.fact = store_empty_window},
    [FACT_NOTHING] = {.fact = store_empty_window}, /* without a fact it only reads the file */
};

/* The rowsource of a bulk insert: it ends at the first problem, and the rest is only checked. */
static enum row_status next_row(void *context, struct rowsource_cell *cells, GError **error)
{
    struct load *load = context;
    const struct fact *fact;

    while ((fact = load_next(load))) {
        if (!stores[load->kind].cells(load, fact, cells, error))
            return FAILED;
        if (load_is_refused(load))
            return END;
        if (cells[0].type != CELL_NULL) { /* empty buckets make no row */
            load->fact_count++;
            return ROW;
        }
    }
    return END;
}

static gboolean store_bulk(struct load *load, GError **error)
{
    struct rowsource_cell unused[ROWSOURCE_COLUMNS] = {0};
    const struct fact *fact;

    load->partitions = partitions_new(load, error);
    if (!load->partitions ||
        !rowsource_insert(load->db, stores[load->kind].insert, next_row, load, error))
        return FALSE;
    while (load_is_refused(load) && (fact = load_next(load)))
        if (!stores[load->kind].cells(load, fact, unused, error))
            return FALSE;
    store_usage_finish(load);
    return load_is_bad(load) || partitions_store(load, error);
}

static gboolean store_each(struct load *load, GError **error)
{
    const struct fact *fact;

    while ((fact = load_next(load))) {
        if (!stores[load->kind].fact(load, fact, error))
            return FALSE;
        if (load->kind != FACT_EMPTY_WINDOW && !load_is_bad(load))
            load->fact_count++;
    }
    if (load->has_days && load->kind != FACT_EMPTY_WINDOW) {
        load->covers = TRUE;
        load->covered_from = load->first_day;
        load->covered_until = load->last_day;
    }
    return load->kind != FACT_CARD || load_is_bad(load) || store_card_finish(load, error);
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static gboolean insert_file(struct load *load, GError **error)
{
    struct statement *statement = statement_get(load->db, "file_insert", error);
    const char delimiter[2] = {reader_delimiter(load->reader), '\0'};
    g_autofree char *path = secret_masked(load->path);

    if (!statement)
        return FALSE;
    statement_bind_text(statement, "name", load->name);
    statement_bind_text(statement, "path", path);
    statement_bind_text(statement, "kind", format_kind_name(load->kind));
    statement_bind_text(statement, "format", format_name(load->format));
    statement_bind_text(statement, "format_digest", load->format_digest);
    statement_bind_text(statement, "options", load->identity);
    statement_bind_text(statement, "encoding", source_encoding(load->source));
    statement_bind_text(statement, "delimiter", delimiter);
    statement_bind_text(statement, "account_option",
                        load->kind == FACT_CARD ? or_empty(load->options->account) : "");
    statement_bind_text(statement, "account_hint", load->account_hint);
    statement_bind_text(statement, "as_of", or_empty(load->options->as_of));
    statement_bind_int(statement, "imported_at", load->options->imported_at);
    if (!statement_execute(statement, error))
        return FALSE;
    load->file_id = db_last_rowid(load->db);
    return TRUE;
}

static void bind_covered(struct statement *statement, const char *parameter, gboolean covers,
                         int32_t day)
{
    char text[11];

    if (!covers) {
        statement_bind_null(statement, parameter);
        return;
    }
    day_format(day, text);
    statement_bind_text(statement, parameter, text);
}

static gboolean finish_file(struct load *load, GError **error)
{
    struct statement *statement = statement_get(load->db, "file_finish", error);
    g_autofree char *total = totals_format(&load->control);
    g_autofree char *residue = totals_residue(&load->control);

    if (!statement)
        return FALSE;
    statement_bind_int(statement, "file_id", load->file_id);
    statement_bind_text(statement, "sha256", load->sha256);
    statement_bind_text(statement, "zone", load->zone_source[0] ? zone_name(load->zone) : "");
    statement_bind_text(statement, "zone_source", load->zone_source);
    statement_bind_int(statement, "record_count", load->record_count);
    statement_bind_int(statement, "fact_count", load->fact_count);
    statement_bind_int(statement, "empty_count", load->empty_count);
    statement_bind_int(statement, "skipped_count", load->skipped_count);
    statement_bind_int(statement, "reject_count", load->reject_count);
    bind_covered(statement, "covered_from", load->covers, load->covered_from);
    bind_covered(statement, "covered_until", load->covers, load->covered_until);
    statement_bind_text(statement, "control_total", total);
    statement_bind_text(statement, "residue", residue);
    statement_bind_int(statement, "rounded_count", totals_rounded_count(&load->control));
    return statement_execute(statement, error);
}

static gboolean insert_notes(struct load *load, GError **error)
{
    for (guint i = 0; i < load->notes->len; i++) {
        const struct note *note = &g_array_index(load->notes, struct note, i);
        struct statement *statement = statement_get(load->db, "file_note_insert", error);

        if (!statement)
            return FALSE;
        statement_bind_int(statement, "file_id", load->file_id);
        statement_bind_int(statement, "position", i + 1);
        statement_bind_text(statement, "level",
                            note->level == NOTE_ASSUMED ? "assumed" : "warning");
        statement_bind_text(statement, "text", note->text);
        if (!statement_execute(statement, error))
            return FALSE;
    }
    return TRUE;
}

/* What can only be said once the last record was read. */
static void judge_whole(struct load *load)
{
    g_autofree char *assumptions = mapping_assumptions(load->mapping);

    if (load_is_bad(load))
        return;
    if (assumptions)
        load_note(load, NOTE_ASSUMED, "%s", assumptions);
    if (load->record_count == 0 && load->kind != FACT_NOTHING) {
        load_refuse(load, "has a header and no records");
        return;
    }
    if (reader_ends_without_newline(load->reader))
        load_note(load, NOTE_WARNING, "the last line has no line end: was the file cut short?");
    if (reader_ends_early(load->reader))
        load_note(load, NOTE_WARNING,
                  "its last page says that there are more: what it holds ends too early");
    if (stores[load->kind].cells && load->fact_count == 0)
        load_note(load, NOTE_WARNING, "nothing was charged or used in it, so it covers no day");
    if (load->kind == FACT_EMPTY_WINDOW)
        load_note(
            load, NOTE_WARNING,
            "an export of a window with nothing in it names no organization and covers no day");
    if (load->kind == FACT_NOTHING)
        load_note(load, NOTE_WARNING,
                  "it only says that there was nothing, and not when: it covers no day");
}

gboolean load_store(struct load *load, GError **error)
{
    gboolean stored;

    if (!insert_file(load, error))
        return FALSE;
    stored = stores[load->kind].fact ? store_each(load, error) : store_bulk(load, error);
    if (load->failure && stored) {
        g_propagate_error(error, g_steal_pointer(&load->failure));
        return FALSE;
    }
    if (!stored)
        return FALSE;
    judge_whole(load);
    return TRUE;
}

gboolean load_finish(struct load *load, GError **error)
{
    return finish_file(load, error) && reject_clear(load, error) && insert_notes(load, error);
}
