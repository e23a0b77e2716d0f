/* renderer.c - the formats that were found at build time, and what a cell is in plain text. */
#include "report/renderer.h"
#include "core/instant.h"
#include "core/money.h"
#include "core/text.h"

#define RENDERER(name) extern const struct renderer renderer_##name;
#include "renderers.inc"
#undef RENDERER

static const struct renderer *const renderers[] = {
#define RENDERER(name) &renderer_##name,
#include "renderers.inc"
#undef RENDERER
};

const struct renderer *renderer_find(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(renderers); i++)
        if (strcmp(renderers[i]->name, name) == 0)
            return renderers[i];
    return NULL;
}

char *renderer_composing(void)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint i = 0; i < G_N_ELEMENTS(renderers); i++)
        if (renderers[i]->composes)
            g_string_append_printf(names, "%s%s", names->len ? ", " : "", renderers[i]->name);
    return g_string_free(g_steal_pointer(&names), FALSE);
}

const char *report_format_nth(guint index)
{
    return index < G_N_ELEMENTS(renderers) ? renderers[index]->name : NULL;
}

const char *report_format_of_path(const char *path)
{
    g_autofree char *base = g_path_get_basename(path);
    const char *dot = strrchr(base, '.');
    g_autofree char *ending = dot ? g_ascii_strdown(dot + 1, -1) : NULL;
    const struct renderer *renderer = NULL;

    if (ending)
        renderer = renderer_find(strcmp(ending, "txt") == 0 ? "table" : ending);
    return renderer ? renderer->name : NULL;
}

static char *share_text(int64_t ppm)
{
    return money_format(ppm * (NANOS_PER_UNIT / 1000000), 6);
}

char *report_cell_plain(const struct column *column, const struct report_cell *cell)
{
    char instant[21];

    if (cell->is_null)
        return g_strdup("");
    switch (column->type) {
    case COLUMN_TEXT:
    case COLUMN_DAY:
    case COLUMN_MONTH:
        return g_strdup(cell->text);
    case COLUMN_INTEGER:
        return g_strdup_printf("%" G_GINT64_FORMAT, (gint64)cell->integer);
    case COLUMN_INSTANT:
        instant_format(cell->integer, instant);
        return g_strdup(instant);
    case COLUMN_MONEY:
        return money_format(cell->integer, 9);
    case COLUMN_AMOUNT:
        return money_format(cell->integer, 2);
    case COLUMN_SHARE:
        return share_text(cell->integer);
    }
    g_assert_not_reached();
}

char *report_cell_shown(const struct column *column, const struct report_cell *cell)
{
    g_autofree char *plain = NULL;

    if (column->data || cell->is_null)
        return g_strdup("");
    if (column->currency && !column->exact)
        return money_format_shown(cell->integer, cell->currency);
    if (column->type == COLUMN_SHARE) {
        g_autofree char *percent = money_format_cents(cell->integer * (NANOS_PER_UNIT / 10000));

        return g_strconcat(percent, " %", NULL);
    }
    plain = report_cell_plain(column, cell);
    if (column->type == COLUMN_INSTANT) /* "2026-10-31T20:30:00Z": to the minute is enough here */
        return g_strdup_printf("%.10s %.5s", plain, plain + strlen("2026-10-31T"));
    return column_is_text(column) ? text_clean(plain, FALSE) : g_steal_pointer(&plain);
}
