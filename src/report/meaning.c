/* meaning.c - the words of severities and states, and what they mean. */
#include "report/meaning.h"

static const struct {
    const char *word;
    enum meaning meaning;
} words[] = {
    {"accepted", MEANS_GOOD},
    {"ambiguous", MEANS_DOUBTFUL},
    {"awaiting-statement", MEANS_DOUBTFUL},
    {"broken", MEANS_BAD},
    {"broken with manual", MEANS_DOUBTFUL},
    {"claimed", MEANS_GOOD},
    {"claimed before", MEANS_BAD},
    {"closed", MEANS_GOOD},
    {"confirmed", MEANS_GOOD},
    {"error", MEANS_BAD},
    {"interchangeable", MEANS_GOOD},
    {"kept", MEANS_GOOD},
    {"not found", MEANS_BAD},
    {"open", MEANS_DOUBTFUL},
    {"pending", MEANS_DOUBTFUL},
    {"settled", MEANS_GOOD},
    {"several fit", MEANS_DOUBTFUL},
    {"suggested", MEANS_DOUBTFUL},
    {"suspended", MEANS_BAD},
    {"waiting for its facts", MEANS_DOUBTFUL},
    {"warning", MEANS_DOUBTFUL},
};

enum meaning cell_meaning(const struct column *column, const struct report_cell *cell)
{
    if (column->currency)
        return cell->integer < 0 ? MEANS_BAD : MEANS_NOTHING;
    if (cell->is_null || column->type != COLUMN_TEXT ||
        !(strcmp(column->name, "severity") == 0 || g_str_has_suffix(column->name, "state")))
        return MEANS_NOTHING;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(cell->text, words[i].word) == 0)
            return words[i].meaning;
    return MEANS_NOTHING;
}
