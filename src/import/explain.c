/* explain.c - what import would find in a file; see explain.h. */
#include "import/explain.h"
#include "core/error.h"
#include "import/guess.h"
#include "import/load.h"
#include "import/options.h"

#define SHOWN_RECORDS 3

void explanation_clear(struct explanation *explanation)
{
    g_clear_pointer(&explanation->text, g_free);
    g_clear_pointer(&explanation->ini, g_free);
    g_clear_pointer(&explanation->known, g_free);
}

static void tell_findings(GString *text, const struct guess *guess)
{
    const GArray *findings = guess_findings(guess);

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = &g_array_index(findings, struct finding, i);

        g_string_append_printf(text, "  %-13s %s%s%s: %s\n", finding->what, finding->value,
                               *finding->value ? ", " : "", grade_word(finding->grade),
                               finding->evidence);
        if (finding->hint)
            g_string_append_printf(text, "  %-13s state it: %s\n", "", finding->hint);
    }
}

static void tell_day(GString *text, const char *what, const struct printed_date *date)
{
    if (date->present)
        g_string_append_printf(text, "  %s%04d-%02d-%02d", what, date->civil.year,
                               date->civil.month, date->civil.day);
}

/* "line 4  2026-01-14  out 21.63 USD  OPENAI *CHATGPT" */
static void tell_card(GString *text, gint64 line, const struct card_fact *card)
{
    int64_t nanos = card->amount.nanos;
    g_autofree char *amount = money_format(nanos == INT64_MIN ? INT64_MAX : ABS(nanos), 2);

    g_string_append_printf(text, "  line %" G_GINT64_FORMAT, line);
    tell_day(text, "", &card->purchased);
    tell_day(text, "posted ", &card->posted);
    g_string_append_printf(text, "  %s %s %s", nanos < 0 ? "in" : "out", amount,
                           card->amount.currency);
    if (card->original.present) {
        int64_t original = card->original.nanos;
        g_autofree char *shown = money_format(original == INT64_MIN ? INT64_MAX : ABS(original), 2);
        g_string_append_printf(text, " (%s %s)", shown, card->original.currency);
    }
    g_string_append_printf(text, "  %.*s%s\n", (int)card->descriptor.len, card->descriptor.text,
                           card->state == CARD_PENDING ? "  (pending)"
                           : card->state == CARD_DEAD  ? "  (never charged)"
                                                       : "");
}

/* The first records as facts, and how the rest fares. */
static void tell_records(GString *text, struct load *load)
{
    const struct fact *fact;
    gint64 count = 0;

    while ((fact = load_next(load))) {
        if (count++ >= SHOWN_RECORDS || fact->kind != FACT_CARD)
            continue;
        if (count == 1)
            g_string_append(text, "the first records, as read:\n");
        tell_card(text, fact->line, &fact->card);
    }
    g_string_append_printf(text,
                           "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                           " records are read, %" G_GINT64_FORMAT " skipped, %" G_GINT64_FORMAT
                           " bad\n",
                           count, load->record_count, load->skipped_count, load->problem_count);
    for (guint i = 0; i < MIN(load->problems->len, SHOWN_RECORDS); i++)
        g_string_append_printf(text, "  %s\n", (char *)load->problems->pdata[i]);
}

static char *ini_of(const struct load *load, const char *name)
{
    if (load->guessed || !load->format)
        return load->guess ? guess_ini(load->guess, name) : NULL;
    return format_text(load->format);
}

static void tell_format(GString *text, const struct load *load)
{
    if (load->format && !load->guessed)
        g_string_append_printf(text, "%s: format %s: %s\n  encoding      %s\n", load->name,
                               format_name(load->format), format_title(load->format),
                               source_encoding(load->source));
    else if (load->guess)
        g_string_append_printf(
            text, "%s: a card statement that no format knows, read by what it holds\n", load->name);
    if (load->guess)
        tell_findings(text, load->guess);
}

gboolean import_explain(const char *path, const struct import_options *options, const char *name,
                        struct explanation *out, GError **error)
{
    g_autoptr(FormatSet) formats = format_set_load(error);
    g_autoptr(Load) load = NULL;
    g_autoptr(GString) text = g_string_new(NULL);

    if (!formats || !import_options_check(options, error) ||
        (options->format && !format_set_keep(formats, options->format, error)))
        return FALSE;
    load = load_new(NULL, NULL, options, formats, path);
    gboolean opened = load_open(load);
    tell_format(text, load);
    if (opened)
        tell_records(text, load);
    out->text = g_string_free(g_steal_pointer(&text), FALSE);
    out->ini = ini_of(load, name);
    out->known = load->format && !load->guessed ? g_strdup(format_name(load->format)) : NULL;
    if (opened && !load->refusal)
        return TRUE;
    if (load->refusal)
        g_propagate_error(error, g_steal_pointer(&load->refusal));
    else
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT, "%s",
                    (const char *)load->problems->pdata[0]);
    return FALSE;
}
