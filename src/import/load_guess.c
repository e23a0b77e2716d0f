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

static gboolean open_anew(struct load *load, const char *encoding)
{
    g_clear_pointer(&load->reader, reader_free);
    g_clear_pointer(&load->source, source_free);
    load->source = source_open(load->path, encoding, &load->refusal);
    if (load->source)
        load->reader = reader_new(load->source, 0, &load->refusal);
    return load->reader != NULL;
}

/* Reads up to the header that the guess found. */
static gboolean find_guessed_header(struct load *load)
{
    const struct mapping_options options = {.zone = load->options->zone};
    const struct record *record;
    const struct record_problem *problem;
    GError *error = NULL;

    while (!load->mapping && !error) {
        switch (reader_next(load->reader, &record, &problem, &error)) {
        case RECORD_ROW:
            format_recognise(load->guessed, record, &options, &load->mapping, &error);
            break;
        case RECORD_BAD:
            load_problem(load, problem->line, "%s", problem->text);
            break;
        case RECORD_END:
        case RECORD_FAILED:
            if (!error)
                g_set_error(&error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                            "is not read by what was found in it");
            break;
        }
    }
    if (error) {
        load->refusal = error;
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
    if (!load->guessed || !open_anew(load, encoding ? encoding : load->options->encoding))
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
