/* load.c - opening one file, recognising it, and reading its facts; see load.h. */
#include "import/load.h"
#include "core/error.h"
#include "core/secret.h"
#include "core/text.h"
#include "import/partition.h"
#include "import/reject.h"
#include "import/repeat.h"
#include <glib/gstdio.h>

#define NOTES_SHOWN 20
#define BIG_FILE    (4 * 1024 * 1024) /* bytes; hashed while it is read, by a thread of its own */

struct hashing {
    GThread *thread;
    char *path;
    char sha256[DIGEST_HEX_LEN + 1];
    GError *error;
};

static void note_clear(gpointer note)
{
    g_free(((struct note *)note)->text);
}

/* A file's name as messages and the ledger show it. */
static char *clean_base_name(const char *path)
{
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *clean = text_clean(name, FALSE);

    return secret_masked(clean);
}

struct load *load_new(struct db *db, struct dictionary *dictionary,
                      const struct import_options *options, const struct format_set *formats,
                      const char *path)
{
    struct load *load = g_new0(struct load, 1);

    load->db = db;
    load->dictionary = dictionary;
    load->options = options;
    load->formats = formats;
    load->path = g_canonicalize_filename(path, NULL);
    load->name = clean_base_name(load->path);
    load->zone = zone_unknown();
    load->zone_source = "";
    load->identities = repeat_table_new();
    load->alike = g_string_new(NULL);
    load->names_seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    load->line_items = g_byte_array_new();
    load->cell_problems = g_ptr_array_new_with_free_func(g_free);
    load->mapping_notes = g_ptr_array_new_with_free_func(g_free);
    load->problems = g_ptr_array_new_with_free_func(g_free);
    load->cleared = g_ptr_array_new_with_free_func(g_free);
    load->notes = g_array_new(FALSE, FALSE, sizeof(struct note));
    g_array_set_clear_func(load->notes, note_clear);
    return load;
}

static void hashing_free(struct hashing *hashing)
{
    if (!hashing)
        return;
    if (hashing->thread)
        g_thread_join(hashing->thread);
    g_clear_error(&hashing->error);
    g_free(hashing->path);
    g_free(hashing);
}

void load_free(struct load *load)
{
    if (!load)
        return;
    hashing_free(load->hashing);
    g_clear_pointer(&load->mapping, mapping_free);
    g_clear_pointer(&load->ahead, read_ahead_free);
    g_clear_pointer(&load->assembly, assembly_free);
    g_clear_pointer(&load->reader, reader_free);
    g_clear_pointer(&load->source, source_free);
    g_clear_pointer(&load->partitions, partitions_free);
    g_clear_pointer(&load->guessed, format_set_free);
    g_clear_pointer(&load->guess, guess_free);
    totals_clear(&load->control);
    for (int i = 0; i < LOAD_TALLIES; i++)
        totals_clear(&load->tallies[i].totals);
    g_hash_table_unref(load->identities);
    g_string_free(load->alike, TRUE);
    g_hash_table_unref(load->names_seen);
    g_byte_array_unref(load->line_items);
    for (gsize i = 0; i < G_N_ELEMENTS(load->last_names); i++)
        g_free(load->last_names[i].name);
    g_ptr_array_unref(load->cell_problems);
    g_ptr_array_unref(load->mapping_notes);
    g_ptr_array_unref(load->problems);
    g_ptr_array_unref(load->cleared);
    g_array_unref(load->notes);
    g_clear_pointer(&load->reject, reject_free);
    g_clear_error(&load->refusal);
    g_clear_error(&load->failure);
    g_free(load->path);
    g_free(load->name);
    g_free(load->identity);
    g_free(load->unchanged_name);
    g_free(load->corrected_by);
    g_free(load->kept_options);
    g_free(load);
}

gboolean load_is_refused(const struct load *load)
{
    return load->refusal || (!load->reject && load->problem_count > 0);
}

gboolean load_is_bad(const struct load *load)
{
    return load_is_refused(load) || (load->reject && reject_is_bad(load->reject));
}

void load_problem(struct load *load, gint64 line, const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list arguments;

    if (++load->problem_count > IMPORT_PROBLEMS_SHOWN && !load->reject)
        return;
    va_start(arguments, format);
    text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    if (load->reject)
        reject_add(load, line, text);
    if (load->problem_count > IMPORT_PROBLEMS_SHOWN)
        return;
    g_ptr_array_add(load->problems,
                    g_strdup_printf("%s:%" G_GINT64_FORMAT ": %s", load->name, line, text));
}

void load_refuse(struct load *load, const char *format, ...)
{
    va_list arguments;

    if (load->refusal)
        return;
    va_start(arguments, format);
    load->refusal = g_error_new_valist(TRUEUP_ERROR, TRUEUP_ERROR_INPUT, format, arguments);
    va_end(arguments);
    g_prefix_error(&load->refusal, "%s: ", load->name);
}

void load_refuse_at(struct load *load, gint64 line, const char *why)
{
    if (line == 0)
        load_refuse(load, "%s", why);
    else if (!load->refusal)
        g_set_error(&load->refusal, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s:%" G_GINT64_FORMAT ": %s",
                    load->name, line, why);
}

static gboolean has_note(const struct load *load, const char *text)
{
    for (guint i = 0; i < load->notes->len; i++)
        if (g_strcmp0(g_array_index(load->notes, struct note, i).text, text) == 0)
            return TRUE;
    return FALSE;
}

void load_note(struct load *load, enum note_level level, const char *format, ...)
{
    struct note note = {.level = level};
    va_list arguments;

    va_start(arguments, format);
    note.text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    if (load->notes->len >= NOTES_SHOWN || has_note(load, note.text))
        g_free(note.text);
    else
        g_array_append_val(load->notes, note);
}

void load_dated(struct load *load, int32_t day)
{
    if (!load->has_days || day < load->first_day)
        load->first_day = day;
    if (!load->has_days || day > load->last_day)
        load->last_day = day;
    load->has_days = TRUE;
}

void load_tally(struct load *load, int tally, const struct amount *amount)
{
    load->tallies[tally].count++;
    totals_add(&load->tallies[tally].totals, amount);
}

static void refuse_line(struct load *load, const struct record_problem *problem)
{
    g_set_error(&load->refusal, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "%s:%" G_GINT64_FORMAT ": %s\nhint: %s", load->name, problem->line, problem->text,
                problem->hint);
}

/* Offers records until one is a header, or the file ends; keeps the first, for the message that
 * none is. */
static void find_header(struct load *load, struct record_copy **first)
{
    const struct format *format;
    GError *error = NULL;

    for (guint i = 0; i < LOAD_HEADER_RECORDS && !load->refusal && !load->mapping; i++) {
        const struct record *record;
        const struct record_problem *problem;

        switch (assembly_next(load->assembly, &record, &problem, &error)) {
        case RECORD_ROW:
            if (!*first)
                *first = record_copy_new(record);
            if (format_recognise_header(load->formats, record, &format, &error) ==
                RECOGNISED_HEADER)
                load->mapping = load_bind(load, format, record, &error);
            if (error) {
                g_prefix_error(&error, "%s:%" G_GINT64_FORMAT ": ", load->name, record->line);
                load->refusal = g_steal_pointer(&error);
            }
            if (load->mapping)
                reader_expect(load->reader, record->count);
            break;
        case RECORD_BAD:
            if (problem->hint) /* it is no text, or in another encoding */
                refuse_line(load, problem);
            else
                load_problem(load, problem->line, "%s", problem->text);
            break;
        case RECORD_FAILED:
            load->refusal = g_steal_pointer(&error);
            break;
        case RECORD_END:
            i = LOAD_HEADER_RECORDS;
            break;
        }
    }
}

/* A refusal that also names the formats whose shape the rows have. Consumes the message. */
static char *add_alike(char *message, const char *names)
{
    char *more = g_strdup_printf("%s\nhint: its rows have the shape of statements of %s, and other "
                                 "banks print the same: state --format NAME if it is one of these",
                                 message, names);

    g_free(message);
    return more;
}

static void recognise(struct load *load)
{
    g_autoptr(RecordCopy) first = NULL;

    find_header(load, &first);
    if (!load->mapping && !load_is_bad(load))
        load_recognise_rows(load, load->formats);
    if (load->mapping) {
        mapping_expect(load->mapping, reader_usual_count(load->reader));
        load->format = mapping_format(load->mapping);
        load->kind = format_kind(load->format);
    } else if (!load_is_bad(load) && !load_guess(load) && !load->refusal) {
        format_unrecognised(load->formats, first ? &first->record : NULL, &load->refusal);
        g_prefix_error(&load->refusal, "%s: ", load->name);
    }
    if (load->refusal && load->alike->len > 0)
        load->refusal->message = add_alike(load->refusal->message, load->alike->str);
}

static void settle_zone(struct load *load)
{
    const char *of_format = format_zone(load->format);

    if (load->options->zone) {
        load->zone = zone_find(load->options->zone, &load->refusal);
        load->zone_source = "option";
    } else if (of_format && of_format[0]) {
        load->zone = zone_find(of_format, &load->refusal);
        load->zone_source = "format";
    }
}

/*
 * The options that shape the reading of this kind of file, in one canonical text. The last four
 * digits in a file's name belong here: two cards' statements may hold the very same bytes.
 */
static char *identity_text(struct load *load)
{
    const struct import_options *options = load->options;
    gboolean is_usage = load->kind == FACT_USAGE || load->kind == FACT_ACTIVITY;
    gboolean is_snapshot = load->kind == FACT_COST || is_usage;
    gboolean is_ranked = is_snapshot || load->kind == FACT_CREDIT_USAGE ||
                         load->kind == FACT_BUDGET || load->kind == FACT_CLAIM ||
                         load->kind == FACT_RATE;
    gboolean is_untold =
        load->kind == FACT_USAGE && format_endpoint(load->format) == ENDPOINT_UNTOLD;
    gboolean is_card = load->kind == FACT_CARD;
    gboolean is_dated = is_card || load->kind == FACT_PAYMENT || load->kind == FACT_RECEIPT ||
                        load->kind == FACT_GRANT || load->kind == FACT_BALANCE;
    gboolean is_owned = is_snapshot || load->kind == FACT_PAYMENT || load->kind == FACT_GRANT ||
                        load->kind == FACT_BALANCE;
    const struct {
        const char *name, *value;
    } stated[] = {
        {"tz", is_dated ? options->zone : NULL},
        {"org", is_owned ? options->organization_id : NULL},
        {"account", is_card ? options->account : NULL},
        {"card", is_card && load->account_hint[0] ? load->account_hint : NULL},
        {"as-of", is_ranked ? options->as_of : NULL},
        {"scope", is_snapshot && options->whole ? "organization" : NULL},
        {"endpoint", is_untold ? options->endpoint : NULL},
        {"encoding", options->encoding},
        {"format", options->format},
        {"date-order", is_card ? options->date_order : NULL},
        {"decimal", is_card ? options->decimal_mark : NULL},
        {"charge", is_card ? options->charge : NULL},
        {"currency", is_card ? options->currency : NULL},
    };
    GString *text = g_string_new("");

    load->states_nothing = TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(stated); i++) {
        if (!stated[i].value)
            continue;
        g_string_append_printf(text, "%s%s=%s", text->len ? ";" : "", stated[i].name,
                               stated[i].value);
        if (stated[i].value != load->account_hint)
            load->states_nothing = FALSE;
    }
    return g_string_free(text, FALSE);
}

static gpointer hash_in_thread(gpointer pointer)
{
    struct hashing *hashing = pointer;

    if (!source_digest(hashing->path, hashing->sha256, &hashing->error))
        hashing->sha256[0] = '\0';
    return NULL;
}

static gboolean begin_digest(struct load *load)
{
    GStatBuf status;

    if (g_stat(load->path, &status) != 0 || status.st_size < BIG_FILE)
        return source_digest(load->path, load->sha256, &load->refusal);
    load->hashing = g_new0(struct hashing, 1);
    load->hashing->path = g_strdup(load->path);
    load->hashing->thread = g_thread_new("hashing", hash_in_thread, load->hashing);
    return TRUE;
}

void load_join_digest(struct load *load)
{
    struct hashing *hashing = load->hashing;

    if (!hashing || !hashing->thread)
        return;
    g_thread_join(g_steal_pointer(&hashing->thread));
    g_strlcpy(load->sha256, hashing->sha256, sizeof load->sha256);
    if (hashing->error && !load->refusal)
        load->refusal = g_steal_pointer(&hashing->error);
}

/* What reads the file: its format, and of a PDF the rules too. */
static void settle_digest(struct load *load)
{
    const char *rules = source_rules_digest(load->source);
    g_autofree char *both = g_strconcat(format_digest(load->format), rules, NULL);

    if (rules)
        digest_text(both, -1, load->format_digest);
    else
        g_strlcpy(load->format_digest, format_digest(load->format), sizeof load->format_digest);
}

/* Once more, in the encoding that a format lists, where the text is not UTF-8. */
static void recognise_encoded(struct load *load)
{
    const char *encoding = load_find_encoding(load);

    if (!encoding) {
        load_guess_encoded(load);
        return;
    }
    g_clear_error(&load->refusal);
    g_ptr_array_set_size(load->problems, 0);
    load->problem_count = 0;
    load->format = NULL;
    if (load_read_as(load, encoding))
        recognise(load);
    if (load->format)
        load_note(load, NOTE_ASSUMED, "format %s: the text is %s", format_name(load->format),
                  encoding);
}

gboolean load_open(struct load *load)
{
    if (load_read_as(load, load->options->encoding))
        recognise(load);
    if (load->source && (load->format ? format_encodings(load->format) != NULL : load_is_bad(load)))
        recognise_encoded(load);
    if (!load->format || !load_settle_rows(load) || !load_settle_card(load))
        return FALSE;
    settle_digest(load);
    settle_zone(load);
    load->identity = identity_text(load);
    if (load_is_bad(load))
        return FALSE;
    reject_begin(load);
    return begin_digest(load);
}

/* A column that is read as two things may be wrong in both: it is told once. */
static void list_cell_problems(struct load *load, const struct mapped *mapped)
{
    for (guint i = 0; i < mapped->problem_count; i++) {
        guint first = 0;

        while (strcmp(mapped->problems[first], mapped->problems[i]) != 0)
            first++;
        if (first == i)
            load_problem(load, mapped->line, "%s", mapped->problems[i]);
    }
}

/* The same as read_ahead_next() tells, of a file too small for a thread. */
static enum record_status read_here(struct load *load, struct mapped *out)
{
    const struct record *record;
    const struct record_problem *problem;

    memset(out, 0, sizeof *out);
    g_ptr_array_set_size(load->cell_problems, 0);
    g_ptr_array_set_size(load->mapping_notes, 0);
    out->status = assembly_next(load->assembly, &record, &problem, &load->refusal);
    if (out->status == RECORD_BAD) {
        out->line = problem->line;
        out->problem = problem->text;
        out->text = problem->record;
        out->hint = problem->hint;
    }
    if (out->status != RECORD_ROW)
        return out->status;
    out->line = record->line;
    out->record = *record;
    if (mapping_read(load->mapping, record, &load->fact, load->cell_problems, load->mapping_notes))
        out->fact = &load->fact;
    out->partial = &load->fact;
    out->problems = (char *const *)load->cell_problems->pdata;
    out->problem_count = load->cell_problems->len;
    out->notes = (char *const *)load->mapping_notes->pdata;
    out->note_count = load->mapping_notes->len;
    return out->status;
}

static enum record_status next_mapped(struct load *load, struct mapped *out)
{
    if (load->hashing && !load->ahead && !mapping_is_assembled(load->mapping))
        load->ahead = read_ahead_new(load->reader, load->mapping);
    return load->ahead ? read_ahead_next(load->ahead, out, &load->refusal) : read_here(load, out);
}

/* The fact of a record, NULL when it has problems, which are listed, or is no fact. */
static const struct fact *take_fact(struct load *load, const struct mapped *mapped)
{
    load->record_count++;
    reject_expect(load, &mapped->record, mapped->partial);
    for (guint i = 0; i < mapped->note_count; i++)
        load_note(load, NOTE_WARNING, "%s", mapped->notes[i]);
    list_cell_problems(load, mapped);
    if (!mapped->fact || !mapped->fact->skipped)
        return mapped->fact;
    load->skipped_count++;
    return NULL;
}

static void finish_mapping(struct load *load)
{
    g_autoptr(GError) error = NULL;
    gint64 line;

    if (!mapping_finish(load->mapping, load->problem_count == 0, &line, &error))
        load_refuse_at(load, line, error->message);
}

/* What can be done is said once, below the first such problem. */
static void add_hint(struct load *load, const char *hint)
{
    char **last;

    if (!hint || load->has_hinted || load->problem_count > IMPORT_PROBLEMS_SHOWN)
        return;
    load->has_hinted = TRUE;
    last = (char **)&g_ptr_array_index(load->problems, load->problems->len - 1);
    g_autofree char *bare = *last;
    *last = g_strconcat(bare, "\nhint: ", hint, NULL);
}

const struct fact *load_next(struct load *load)
{
    const struct fact *fact = NULL;
    struct mapped mapped;

    while (!load->is_read && !fact) {
        if (!reject_settle(load)) {
            load->is_read = TRUE;
            break;
        }
        switch (next_mapped(load, &mapped)) {
        case RECORD_ROW:
            fact = take_fact(load, &mapped);
            break;
        case RECORD_BAD:
            load->record_count++;
            reject_expect_text(load, mapped.text);
            load_problem(load, mapped.line, "%s", mapped.problem);
            add_hint(load, mapped.hint);
            break;
        case RECORD_END:
            load_count_behind(load);
            finish_mapping(load);
            load->is_read = TRUE;
            reject_end(load);
            break;
        case RECORD_FAILED:
            load->is_read = TRUE;
            reject_end(load);
            break;
        }
    }
    return fact;
}
