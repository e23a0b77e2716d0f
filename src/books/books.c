/* books.c - from the marts to a format. */
#include "books/books.h"
#include "books/render.h"
#include "core/error.h"
#include "core/instant.h"
#include "core/text.h"

#define FIRST_DAY "1970-01-01"

struct book_format {
    const char *name;
    gboolean is_plain_text;
    gboolean (*render)(const struct rendering *rendering, GError **error); /* NULL: focus */
};

static const struct book_format formats[] = {
    {"hledger", TRUE, render_hledger},
    {"beancount", TRUE, render_beancount},
    {"quickbooks", FALSE, render_quickbooks},
    {"xero", FALSE, render_xero},
    {"focus", FALSE, NULL},
};

static const struct book_format *format_find(const char *name, GError **error)
{
    const char *names[G_N_ELEMENTS(formats) + 1] = {0};
    const char *nearest;

    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        names[i] = formats[i].name;
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    }
    nearest = text_nearest(name, names);
    g_autofree char *hint = nearest ? g_strdup_printf("did you mean \"%s\"?", nearest)
                                    : g_strdup("the formats are " BOOKS_FORMATS);
    g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                "export: there is no format \"%s\"\nhint: %s", name, hint);
    return NULL;
}

/* An id that no file names would give empty books, which read like "nothing was spent". */
static gboolean check_organization(struct db *db, const char *organization_id, GError **error)
{
    struct statement *row = statement_get(db, "report_organizations", error);
    enum row_status status = FAILED;
    gboolean found = organization_id == NULL;

    while (row && !found && (status = statement_step(row, error)) == ROW)
        found = strcmp(statement_text(row, 0), organization_id) == 0;
    if (row)
        statement_reset(row);
    if (found)
        return row != NULL;
    if (status == END)
        g_set_error(error, TRUEUP_ERROR, TRUEUP_ERROR_USAGE,
                    "export: no file names the organization \"%s\"\n"
                    "hint: `trueup status` lists the organizations by name and id",
                    organization_id);
    return FALSE;
}

static void append_coverage(GString *notes, const GPtrArray *books, const char *until)
{
    char last[11];
    int32_t day = 0;
    gboolean parsed = day_parse(&day, until, strlen(until), NULL);

    g_assert(parsed);
    day_format(day - 1, last);
    for (guint i = 0; i < books->len; i++) {
        const struct credit_book *book = g_ptr_array_index(books, i);

        if (strcmp(book->last_on, last) < 0)
            g_string_append_printf(notes,
                                   "coverage: %s has no cost after %s; no credit is booked later\n",
                                   book->organization_id, book->last_on);
    }
}

static gboolean is_tax_assumed(const struct credit_book *book)
{
    for (guint i = 0; i < book->payments->len; i++) {
        const struct payment *payment = &g_array_index(book->payments, struct payment, i);

        if (payment->tax_nanos != 0 && !*payment->tax_treatment)
            return TRUE;
    }
    return FALSE;
}

/* Whose tax is taken as a cost because no table says what becomes of it. */
static void append_tax(GString *notes, const GPtrArray *books)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint i = 0; i < books->len; i++) {
        const struct credit_book *book = g_ptr_array_index(books, i);

        if (is_tax_assumed(book))
            g_string_append_printf(names, "%s%s", names->len ? ", " : "", book->organization_id);
    }
    if (names->len)
        g_string_append_printf(
            notes, "tax: taken as a cost for %s; the organizations table does not say\n",
            names->str);
}

static gboolean append_notes(struct db *db, const struct journal *journal, const GPtrArray *books,
                             const char *organization_id, GString *notes, GError **error)
{
    struct statement *row = statement_get(db, "books_notes", error);
    int64_t provisional, others;

    if (!row)
        return FALSE;
    statement_bind_text(row, "org", organization_id);
    statement_bind_text(row, "from", journal->from);
    statement_bind_text(row, "until", journal->until);
    if (statement_step(row, error) != ROW)
        return FALSE;
    provisional = statement_int(row, 0);
    others = statement_int(row, 2);
    g_string_append_printf(notes, "policy: %s\n", BOOKS_POLICY);
    append_tax(notes, books);
    append_coverage(notes, books, journal->until);
    if (provisional > 0) {
        g_autofree char *days = text_count(provisional, "day");

        g_string_append_printf(notes, "provisional: %s from %s on may still change\n", days,
                               statement_text(row, 1));
    }
    if (others > 0 && !organization_id) {
        g_autofree char *charges = text_count(others, "card charge");

        g_string_append_printf(notes, "left out: %s of other wallets (`trueup report wallets`)\n",
                               charges);
    }
    if (!statement_is_null(row, 3))
        g_string_append_printf(notes, "left out: %s, invoiced by contract\n",
                               statement_text(row, 3));
    if (!statement_is_null(row, 4))
        g_string_append_printf(notes,
                               "left out: the credit of %s, whose cost no export tells "
                               "(import its cost export)\n",
                               statement_text(row, 4));
    statement_reset(row);
    return TRUE;
}

static gboolean make_entries(struct db *db, const struct maker *maker, const GPtrArray *books,
                             const char *organization_id, GError **error)
{
    for (guint i = 0; i < books->len; i++) {
        const struct credit_book *book = g_ptr_array_index(books, i);

        if (!make_credit_entries(maker, book, error) || !make_charge_entries(maker, book, error))
            return FALSE;
    }
    return make_card_entries(maker, db, books, organization_id, error);
}

/* What every text format but CSV begins with. */
static void append_head(const struct journal *journal, const struct book_format *format,
                        const char *organization_id, GString *out)
{
    g_autofree char *organization = text_clean(organization_id ? organization_id : "", FALSE);

    if (!format->is_plain_text)
        return;
    g_string_append_printf(out, "; trueup export %s", format->name);
    if (organization_id)
        g_string_append_printf(out, " --org %s", organization);
    if (strcmp(journal->from, FIRST_DAY) != 0)
        g_string_append_printf(out, " --from %s", journal->from);
    g_string_append_printf(out, " --until %s\n; burn order %s\n\n", journal->until, BOOKS_POLICY);
}

gboolean books_export(struct db *db, const char *name, const struct books_options *options,
                      GString *out, GString *notes, GError **error)
{
    const struct book_format *format = format_find(name, error);
    g_autoptr(AccountMap) map = NULL;
    g_autoptr(Journal) journal = journal_new();
    g_autoptr(GPtrArray) books = NULL;

    if (!format || !check_organization(db, options->organization_id, error))
        return FALSE;
    g_strlcpy(journal->from, options->from ? options->from : FIRST_DAY, sizeof journal->from);
    g_strlcpy(journal->until, options->until, sizeof journal->until);
    map = account_map_read(name, format->is_plain_text, error);
    books = map ? credit_books_load(db, journal, options->organization_id, error) : NULL;
    if (!books || !append_notes(db, journal, books, options->organization_id, notes, error))
        return FALSE;
    if (!format->render)
        return render_focus(books, journal, map, out, error);

    const struct maker maker = {journal, account_map_class, map};
    const struct rendering rendering = {journal, map, out};
    if (!make_entries(db, &maker, books, options->organization_id, error))
        return FALSE;
    journal_cut(journal);
    if (journal->entries->len == 0)
        g_string_append(notes, "no entry: nothing is booked in these days\n");
    append_head(journal, format, options->organization_id, out);
    return format->render(&rendering, error);
}
