/* mapping_finish.c - what only a file as a whole shows to be wrong. */
#include "core/error.h"
#include "core/text.h"
#include "import/mapping_internal.h"

/* A column of debits or credits that holds both signs has reversals in it, or is something else. */
static gboolean check_side(const struct mapping *mapping, guint column,
                           const struct split_signs *signs, GError **error)
{
    gboolean below_is_rare = signs->below <= signs->above;

    if (mapping->format->is_signed_split || signs->above == 0 || signs->below == 0)
        return TRUE;
    g_autofree char *above = text_count(signs->above, "amount");
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_INPUT,
                "column \"%s\" holds %s above zero and %" G_GINT64_FORMAT
                " below; the first %s zero is on line %" G_GINT64_FORMAT "\n"
                "hint: signed-split = yes in the format says that those below zero are reversals",
                (const char *)mapping->names->pdata[mapping->column[column]], above, signs->below,
                below_is_rare ? "below" : "above",
                below_is_rare ? signs->first_below : signs->first_above);
    return FALSE;
}

gboolean mapping_finish(struct mapping *mapping, gboolean is_whole, gint64 *line, GError **error)
{
    mapping->is_whole = is_whole;
    *line = 0;
    if (mapping->format->kind != FACT_CARD)
        return TRUE;
    return check_side(mapping, CARD_DEBIT, &mapping->debit, error) &&
           check_side(mapping, CARD_CREDIT, &mapping->credit, error) &&
           (!is_whole ||
            (mapping_balance_holds(mapping, line, error) && mapping_totals_hold(mapping, error)));
}
