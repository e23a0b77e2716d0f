/*
 * load_guess.c - files that no format reads as they are: statements that none knows, and those
 * whose format leaves open what the file's own rows must tell.
 */
#include "core/error.h"
#include "import/load.h"
#include "import/options.h"

/* What the rows suggest and do not prove; what they prove, the format's own note says. */
static void note_findings(struct load *load, const struct guess *guess)
{
    const GArray *findings = guess_findings(guess);

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = &g_array_index(findings, struct finding, i);

        if ((finding->grade == GRADE_SUGGESTED || finding->grade == GRADE_ASSUMED) &&
            finding->shapes_money)
            load_note(load, NOTE_ASSUMED, "%s %s: %s", finding->what, finding->value,
                      finding->evidence);
    }
}

static void note_guess(struct load *load, const struct guess *guess)
{
    const GArray *findings = guess_findings(guess);

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = &g_array_index(findings, struct finding, i);

        if (strcmp(finding->what, "columns") == 0)
            load_note(load, NOTE_ASSUMED,
                      "no format knows this statement; it is read by what it holds: %s (`trueup "
                      "formats FILE` shows the evidence)",
                      finding->value);
    }
    if (guess_encoding(guess))
        load_note(load, NOTE_ASSUMED, "the text is not UTF-8 and read as %s (--encoding)",
                  guess_encoding(guess));
    note_findings(load, guess);
}

/* Reads up to the header that the guess found, or finds the rows that it found instead. */
static gboolean find_guessed_header(struct load *load)
{
    const struct record *record;
    const struct record_problem *problem;
    const struct format *format;
    GError *error = NULL;

    for (guint i = 0; i < LOAD_HEADER_RECORDS && !load->mapping && !error; i++) {
        switch (assembly_next(load->assembly, &record, &problem, &error)) {
        case RECORD_ROW:
            if (format_recognise_header(load->guessed, record, &format, &error) ==
                RECOGNISED_HEADER)
                load->mapping = load_bind(load, format, record, &error);
            break;
        case RECORD_BAD:
            load_problem(load, problem->line, "%s", problem->text);
            break;
        case RECORD_END:
        case RECORD_FAILED:
            i = LOAD_HEADER_RECORDS;
            break;
        }
    }
    if (error) {
        load_refuse(load, "%s", error->message);
        g_error_free(error);
        return FALSE;
    }
    if (!load->mapping)
        load_recognise_rows(load, load->guessed);
    if (!load->mapping) {
        load_refuse(load, "is not read by what was found in it");
        return FALSE;
    }
    load->format = mapping_format(load->mapping);
    load->kind = format_kind(load->format);
    return TRUE;
}

/* Reads the file by its guess, or refuses what that leaves open. */
static gboolean take_guess(struct load *load)
{
    const char *encoding = guess_encoding(load->guess);

    if (guess_is_open(load->guess)) {
        guess_refuse(load->guess, &load->refusal);
        g_prefix_error(&load->refusal, "%s: ", load->name);
        return FALSE;
    }
    g_autofree char *ini = guess_ini(load->guess, GUESS_NAME);
    load->guessed = format_set_parse(GUESS_NAME, ini, &load->refusal);
    if (!load->guessed || !load_read_as(load, encoding ? encoding : load->options->encoding))
        return FALSE;
    note_guess(load, load->guess);
    return find_guessed_header(load);
}

gboolean load_guess(struct load *load)
{
    g_autoptr(GError) why = NULL;
    gboolean is_near = FALSE;

    if (load->options->format)
        return FALSE;
    load->guess = guess_file(load->path, load->options, &is_near, &why);
    if (!load->guess && is_near)
        load_refuse(load,
                    "reads like a card statement that no format knows, and cannot be read: %s\n"
                    "hint: a format of your own can say how; docs/FORMATS.md has the language",
                    why->message);
    if (load->guess && guess_is_damaged(load->guess, load->formats))
        g_clear_pointer(&load->guess, guess_free);
    return load->guess && take_guess(load);
}

gboolean load_guess_encoded(struct load *load)
{
    gboolean is_near;

    if (load->options->format || load->options->encoding || load->guess || load->format)
        return FALSE;
    load->guess = guess_file(load->path, load->options, &is_near, NULL);
    if (!load->guess || !guess_encoding(load->guess) ||
        guess_is_damaged(load->guess, load->formats))
        return FALSE;
    g_clear_error(&load->refusal);
    g_ptr_array_set_size(load->problems, 0);
    load->problem_count = 0;
    return take_guess(load);
}

/* What the format leaves open and no option states. */
static unsigned open_still(const struct format *format, const struct mapping_options *options)
{
    unsigned open = format_leaves_open(format);

    open &= ~(unsigned)(options->date_order ? OPEN_DATE_ORDER : 0);
    open &= ~(unsigned)(options->decimal_mark ? OPEN_DECIMAL : 0);
    open &= ~(unsigned)(options->charge ? OPEN_CHARGE : 0);
    return open & ~(unsigned)(options->currency ? OPEN_CURRENCY : 0);
}

struct mapping *load_bind(struct load *load, const struct format *format,
                          const struct record *header, GError **error)
{
    struct mapping_options options = import_options_for_mapping(load->options);

    if (load->guessed) {
        guess_settle(load->guess, format, &options);
    } else if (open_still(format, &options)) {
        g_clear_pointer(&load->guess, guess_free);
        load->guess =
            guess_file_of(load->path, load->encoding, load->options, format, header, error);
        if (!load->guess)
            return NULL;
        guess_settle(load->guess, format, &options);
        note_findings(load, load->guess);
    }
    return mapping_new(format, header, &options, error);
}
