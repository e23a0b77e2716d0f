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

        if (finding->grade == GRADE_SUGGESTED && finding->shapes_money)
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
    note_findings(load, guess);
}

/* Reads up to the header that the guess found, or finds the rows that it found instead. */
static gboolean find_guessed_header(struct load *load)
{
    const struct mapping_options options = {.zone = load->options->zone};
    const struct record *record;
    const struct record_problem *problem;
    GError *error = NULL;

    for (guint i = 0; i < LOAD_HEADER_RECORDS && !load->mapping && !error; i++) {
        switch (assembly_next(load->assembly, &record, &problem, &error)) {
        case RECORD_ROW:
            format_recognise(load->guessed, record, &options, &load->mapping, &error);
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
        load->refusal = error;
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

gboolean load_guess(struct load *load)
{
    g_autoptr(GError) why = NULL;
    gboolean is_near = FALSE;
    struct guess *guess;

    if (load->options->format)
        return FALSE;
    guess = load->guess = guess_file(load->path, load->options, &is_near, &why);
    if (!guess && is_near)
        load_refuse(load,
                    "reads like a card statement that no format knows, and cannot be read: %s\n"
                    "hint: a format of your own can say how; docs/FORMATS.md has the language",
                    why->message);
    if (!guess)
        return FALSE;
    if (guess_is_open(guess)) {
        guess_refuse(guess, &load->refusal);
        g_prefix_error(&load->refusal, "%s: ", load->name);
        return FALSE;
    }
    g_autofree char *ini = guess_ini(guess, GUESS_NAME);
    const char *encoding = guess_encoding(guess);
    load->guessed = format_set_parse(GUESS_NAME, ini, &load->refusal);
    if (!load->guessed || !load_read_as(load, encoding ? encoding : load->options->encoding))
        return FALSE;
    note_guess(load, guess);
    return find_guessed_header(load);
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

    if (open_still(format, &options)) {
        load->guess = guess_file_of(load->path, load->options, format, header, error);
        if (!load->guess)
            return NULL;
        guess_settle(load->guess, format, &options);
        note_findings(load, load->guess);
    }
    return mapping_new(format, header, &options, error);
}
