/* missing.c - the kinds of files that reports are made of, and which of them are not there. */
#include "report/missing.h"

#define TEMPLATE(kind) kind " (`trueup formats --template " kind "` starts one)"

static const struct {
    const char *kind, *what;
} kinds[] = {
    {"budgets", TEMPLATE("budgets")},
    {"card", "card statements (as the bank gives them)"},
    {"claims", TEMPLATE("claims")},
    {"cost", "cost exports (the console gives them as CSV)"},
    {"credit_usage", "credit reports (the workspace gives them as CSV)"},
    {"payments", TEMPLATE("payments")},
    {"receipts", "receipts (their PDFs, or `trueup formats --template receipts`)"},
    {"recharge", TEMPLATE("recharge")},
};

static const char *what_of(const char *kind)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].what;
    return NULL;
}

gboolean missing_knows(const char *kind)
{
    return what_of(kind) != NULL;
}

/* The kinds of the files in the ledger; NULL on failure. */
static GHashTable *kinds_imported(struct db *db, GError **error)
{
    struct statement *row = statement_get(db, "report_kinds", error);
    g_autoptr(GHashTable) found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    enum row_status status;

    if (!row)
        return NULL;
    while ((status = statement_step(row, error)) == ROW)
        g_hash_table_add(found, g_strdup(statement_text(row, 0)));
    statement_reset(row);
    return status == END ? g_steal_pointer(&found) : NULL;
}

gboolean missing_tell(struct db *db, const struct report *report, GString *lines, GError **error)
{
    g_autoptr(GHashTable) imported = kinds_imported(db, error);
    const char *mark = "nothing is imported of: ";

    if (!imported)
        return FALSE;
    for (guint i = 0; i < report->files->len; i++) {
        const char *kind = g_ptr_array_index(report->files, i);

        if (g_hash_table_contains(imported, kind))
            continue;
        g_string_append_printf(lines, "%s%s", mark, what_of(kind));
        mark = "; ";
    }
    if (*mark == ';')
        g_string_append_c(lines, '\n');
    return TRUE;
}
