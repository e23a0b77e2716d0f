/* reject.c - see reject.h. */
#include "import/reject.h"
#include "core/secret.h"
#include "core/text.h"

#define TEXT_CHARS     2000 /* of a rejected record, kept */
#define SENTENCES_KEPT 20   /* of one record */

/* The record being read, until the next one is asked for. */
struct reject {
    gint64 line;
    char *text;              /* when the reader found it bad; else NULL */
    struct record record;    /* else; its cells are borrowed, as is fact */
    const struct fact *fact; /* NULL when the reader found it bad */
    gboolean is_bad;
    GString *problem; /* sentences, a line each */
    guint sentence_count;
    gint64 record_count;
    gboolean has_days; /* the file's days before this record */
    int32_t first_day, last_day;
};

void reject_begin(struct load *load)
{
    if (!load->options->quarantine || load->reject)
        return;
    load->reject = g_new0(struct reject, 1);
    load->reject->problem = g_string_new(NULL);
}

void reject_free(struct reject *reject)
{
    if (!reject)
        return;
    g_string_free(reject->problem, TRUE);
    g_free(reject->text);
    g_free(reject);
}

gboolean reject_is_bad(const struct reject *reject)
{
    return reject->is_bad;
}

static void expect(struct load *load, struct record record, const struct fact *fact)
{
    struct reject *reject = load->reject;

    reject->record = record;
    reject->fact = fact;
    reject->has_days = load->has_days;
    reject->first_day = load->first_day;
    reject->last_day = load->last_day;
    g_clear_pointer(&reject->text, g_free);
}

void reject_expect(struct load *load, const struct record *record, const struct fact *fact)
{
    if (load->reject)
        expect(load, *record, fact);
}

void reject_expect_text(struct load *load, const char *text)
{
    if (!load->reject)
        return;
    expect(load, (struct record){0}, NULL);
    load->reject->text = g_strdup(text);
}

void reject_add(struct load *load, gint64 line, const char *why)
{
    struct reject *reject = load->reject;

    if (!reject->is_bad)
        load->reject_count++;
    reject->is_bad = TRUE;
    reject->line = line;
    if (++reject->sentence_count > SENTENCES_KEPT)
        return;
    g_string_append_printf(reject->problem, "%s%s", reject->problem->len ? "\n" : "", why);
}

static gboolean needs_quotes(const struct cell *cell, char delimiter)
{
    return cell->quoted || memchr(cell->text, delimiter, cell->len) ||
           memchr(cell->text, '"', cell->len) || memchr(cell->text, '\n', cell->len);
}

/* A record as a line again. */
static void append_record(GString *text, const struct record *record, char delimiter)
{
    for (guint i = 0; i < record->count && text->len <= TEXT_CHARS * 8; i++) {
        const struct cell *cell = &record->cells[i];

        if (i > 0)
            g_string_append_c(text, delimiter);
        if (!needs_quotes(cell, delimiter)) {
            g_string_append_len(text, cell->text, (gssize)cell->len);
            continue;
        }
        g_string_append_c(text, '"');
        for (gsize at = 0; at < cell->len; at++)
            g_string_append_printf(text, cell->text[at] == '"' ? "\"\"" : "%c", cell->text[at]);
        g_string_append_c(text, '"');
    }
}

/* What is kept of the record: no secret, nothing that a terminal would obey, not too much. */
static char *kept_text(const struct load *load)
{
    const struct reject *reject = load->reject;
    g_autoptr(GString) text = g_string_new(reject->text);
    char delimiter = reader_delimiter(load->reader);

    append_record(text, &reject->record, delimiter ? delimiter : ','); /* JSON has none */
    g_autofree char *masked = secret_masked(text->str);
    g_autofree char *clean = text_clean(masked, FALSE);
    if (g_utf8_strlen(clean, -1) <= TEXT_CHARS)
        return g_steal_pointer(&clean);
    g_autofree char *cut = g_utf8_substring(clean, 0, TEXT_CHARS);
    return g_strconcat(cut, "…", NULL);
}

static const struct printed_date *printed_day(const struct fact *fact)
{
    switch (fact->kind) {
    case FACT_CREDIT_USAGE:
        return &fact->credit_usage.day;
    case FACT_CARD:
        return fact->card.purchased.present ? &fact->card.purchased : &fact->card.posted;
    case FACT_PAYMENT:
        return &fact->payment.paid;
    case FACT_RECEIPT:
        return &fact->receipt.paid;
    case FACT_GRANT:
        return &fact->grant.granted;
    case FACT_BALANCE:
        return &fact->balance.observed;
    case FACT_FX_RATE:
        return &fact->fx_rate.day;
    default:
        return NULL;
    }
}

/* The UTC day and the project of a cost or usage record; FALSE when they could not be read. */
static gboolean read_bucket(const struct fact *fact, int32_t *day, struct text *project)
{
    gboolean is_cost = fact->kind == FACT_COST;
    int64_t start = is_cost ? fact->cost.start_at : fact->usage.start_at;
    int64_t end = is_cost ? fact->cost.end_at : fact->usage.end_at;

    if ((!is_cost && fact->kind != FACT_USAGE) || end <= start)
        return FALSE;
    *day = day_from_instant(start);
    *project = is_cost ? fact->cost.project_id : fact->usage.project_id;
    return TRUE;
}

static void bind_place(struct statement *statement, const struct fact *fact)
{
    struct text project;
    char text[11];
    int32_t day;

    statement_bind_null(statement, "day");
    statement_bind_null(statement, "project_id");
    if (!fact)
        return;
    if (read_bucket(fact, &day, &project)) {
        day_format(day, text);
        statement_bind_text(statement, "day", text);
        if (project.text)
            statement_bind_text_len(statement, "project_id", project.text, project.len);
    } else if (printed_day(fact) && printed_day(fact)->present) {
        const struct civil *civil = &printed_day(fact)->civil;

        day_format(day_from_civil(civil->year, civil->month, civil->day), text);
        statement_bind_text(statement, "day", text);
    }
}

static const char *account_of(const struct load *load)
{
    const struct fact *fact = load->reject->fact;

    if (load->kind != FACT_CARD)
        return "";
    if (load->options->account)
        return load->options->account;
    return fact && fact->card.last4[0] ? fact->card.last4 : load->account_hint;
}

static gboolean store(struct load *load)
{
    const struct reject *reject = load->reject;
    struct statement *statement = statement_get(load->db, "reject_insert", &load->failure);
    g_autofree char *text = kept_text(load);

    if (!statement)
        return FALSE;
    statement_bind_int(statement, "file_id", load->file_id);
    statement_bind_int(statement, "line", reject->line);
    statement_bind_text(statement, "problem", reject->problem->str);
    statement_bind_text(statement, "text", text);
    statement_bind_text(statement, "account", account_of(load));
    bind_place(statement, reject->fact);
    return statement_execute(statement, &load->failure);
}

gboolean reject_settle(struct load *load)
{
    struct reject *reject = load->reject;
    gboolean stored;

    if (!reject || !reject->is_bad)
        return TRUE;
    stored = store(load);
    /* A bad record's days are not the file's. */
    load->has_days = reject->has_days;
    load->first_day = reject->first_day;
    load->last_day = reject->last_day;
    reject->is_bad = FALSE;
    reject->sentence_count = 0;
    g_string_truncate(reject->problem, 0);
    return stored;
}

void reject_end(struct load *load)
{
    if (load->reject && load->reject_count > 0 && load->reject_count == load->record_count)
        g_clear_pointer(&load->reject, reject_free);
}
