/* xlsx_text.c - cells' text escaped and cut, sheets' names made fit. */
#include "report/xlsx_text.h"
#include "core/text.h"
#include "report/text_width.h"

#define ESCAPED_UNDERSCORE "_x005F_"

/* TRUE at "_xHHHH_". The last "_" may begin the next one. */
static gboolean is_escape(const char *at)
{
    if (at[0] != '_' || at[1] != 'x')
        return FALSE;
    for (int i = 2; i < 6; i++)
        if (!g_ascii_isxdigit(at[i]))
            return FALSE;
    return at[6] == '_';
}

static gsize units_of(const char *at)
{
    if (is_escape(at))
        return strlen(ESCAPED_UNDERSCORE);
    return g_utf8_get_char(at) > 0xFFFF ? 2 : 1;
}

/* Most text is: there is nothing to do then, and reports have millions of cells. */
static gboolean is_plain(const char *text)
{
    const char *at = text;

    while (*at >= ' ' && *at <= '~' && *at != '_')
        at++;
    return *at == '\0' && at - text <= XLSX_TEXT_MAX;
}

char *xlsx_cell_text(const char *text, gboolean *cut)
{
    g_autofree char *clean = NULL;
    GString *out;
    gsize units = 0, fits = 0;

    if (is_plain(text))
        return g_strdup(text);
    clean = text_clean(text, FALSE);
    out = g_string_sized_new(strlen(clean) + 16);
    for (const char *at = clean; *at; at = g_utf8_next_char(at)) {
        units += units_of(at);
        if (units > XLSX_TEXT_MAX) {
            g_string_truncate(out, fits);
            g_string_append(out, "…");
            *cut = TRUE;
            break;
        }
        if (is_escape(at))
            g_string_append(out, ESCAPED_UNDERSCORE);
        else
            g_string_append_unichar(out, g_utf8_get_char(at));
        if (units < XLSX_TEXT_MAX)
            fits = out->len;
    }
    return g_string_free(out, FALSE);
}

static gboolean is_taken(GPtrArray *taken, const char *name)
{
    g_autofree char *folded = g_utf8_casefold(name, -1);

    for (guint i = 0; i < taken->len; i++) {
        g_autofree char *other = g_utf8_casefold(g_ptr_array_index(taken, i), -1);

        if (strcmp(folded, other) == 0)
            return TRUE;
    }
    return FALSE;
}

/* The first characters of a name, as many as leave room for what follows. */
static char *cut_name(const char *name, const char *ending)
{
    glong room = XLSX_NAME_MAX - (glong)strlen(ending);
    g_autofree char *start = g_utf8_substring(name, 0, MIN(room, g_utf8_strlen(name, -1)));

    return g_strconcat(start, ending, NULL);
}

/* TRUE for what is a cell or a value in a reference ("ab12", "r1", "rc", "2026"): libxlsxwriter
 * leaves a name without blanks or dashes unquoted there. */
static gboolean reads_as_cell(const char *name)
{
    static const char *const words[] = {"r", "c", "rc", "true", "false"};

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_ascii_strcasecmp(name, words[i]) == 0)
            return TRUE;
    return name[strcspn(name, "0123456789")] != '\0';
}

char *xlsx_sheet_name(const char *wanted, GPtrArray *taken)
{
    g_autofree char *clean = text_clean(wanted, FALSE);
    g_autofree char *fit = NULL;
    char *name;

    /* Programs keep an apostrophe at either end and "History" for themselves. */
    g_strdelimit(clean, "[]:*?/\\'", '-');
    if (!*clean || g_ascii_strcasecmp(clean, "history") == 0 || reads_as_cell(clean))
        fit = g_strconcat("report ", clean, NULL);
    else
        fit = g_steal_pointer(&clean);
    name = cut_name(fit, "");
    for (guint i = 2; is_taken(taken, name); i++) {
        g_autofree char *ending = g_strdup_printf(" (%u)", i);

        g_free(name);
        name = cut_name(fit, ending);
    }
    return name;
}

int xlsx_text_lines(const char *text, int width)
{
    return 1 + MAX(0, text_width(text) - 1) / width;
}
