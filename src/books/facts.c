/* facts.c - reads the marts that books are made of. */
#include "books/facts.h"
#include "core/money.h"

/* Every statement's rows stand in the order of the books, so that each is run once for all. */
struct loader {
    struct db *db;
    struct journal *journal;
    const char *organization_id; /* or NULL */
    GPtrArray *books;
    guint next;               /* the book to look at */
    struct credit_book *book; /* of the row */
};

static void credit_book_free(gpointer data)
{
    struct credit_book *book = data;

    g_array_unref(book->movements);
    g_array_unref(book->projects);
    g_array_unref(book->uses);
    g_array_unref(book->payments);
    g_array_unref(book->parts);
    g_array_unref(book->standings);
    g_hash_table_unref(book->by_topup);
    g_free(book);
}

static int64_t int_of(struct statement *row, const char *column)
{
    return statement_int(row, statement_column_index(row, column));
}

static gboolean is_null(struct statement *row, const char *column)
{
    return statement_is_null(row, statement_column_index(row, column));
}

static const char *text_of(const struct loader *loader, struct statement *row, const char *column)
{
    return journal_text(loader->journal, statement_text(row, statement_column_index(row, column)));
}

/* A day or a currency code; nothing when null. */
static void copy_of(char *out, gsize size, struct statement *row, const char *column)
{
    const char *text = statement_text(row, statement_column_index(row, column));

    g_strlcpy(out, text ? text : "", size);
}

static struct statement *rows_of(struct loader *loader, const char *name, GError **error)
{
    struct statement *row = statement_get(loader->db, name, error);

    loader->next = 0;
    loader->book = NULL;
    if (!row)
        return NULL;
    statement_bind_text(row, "org", loader->organization_id);
    if (statement_has_parameter(row, "policy"))
        statement_bind_text(row, "policy", BOOKS_POLICY);
    return row;
}

static int book_compare(const struct credit_book *book, const char *organization_id,
                        const char *currency)
{
    int by_organization = strcmp(book->organization_id, organization_id);

    return by_organization ? by_organization : strcmp(book->currency, currency);
}

/* Steps to a row that belongs to a book: without a day that cost covers there is none. */
static enum row_status step(struct loader *loader, struct statement *row, GError **error)
{
    enum row_status status;

    while ((status = statement_step(row, error)) == ROW) {
        const char *organization_id = statement_text(row, 0), *currency = statement_text(row, 1);

        while (loader->next < loader->books->len &&
               book_compare(g_ptr_array_index(loader->books, loader->next), organization_id,
                            currency) < 0)
            loader->next++;
        if (loader->next == loader->books->len)
            continue;
        loader->book = g_ptr_array_index(loader->books, loader->next);
        if (book_compare(loader->book, organization_id, currency) == 0)
            return ROW;
    }
    return status;
}

static gboolean load_movements(struct loader *loader, GError **error)
{
    struct statement *row = rows_of(loader, "books_movements", error);
    enum row_status status = FAILED;

    while (row && (status = step(loader, row, error)) == ROW) {
        struct movement movement = {
            .kind = text_of(loader, row, "kind"),
            .reference = text_of(loader, row, "reference"),
            .topup_id = text_of(loader, row, "id"),
            .prepaid_nanos = int_of(row, "prepaid_nanos"),
            .free_nanos = int_of(row, "free_nanos"),
            .accrued_nanos = int_of(row, "accrued_nanos"),
        };

        copy_of(movement.day, sizeof movement.day, row, "day");
        g_array_append_val(loader->book->movements, movement);
    }
    return status == END;
}

static gboolean load_standings(struct loader *loader, GError **error)
{
    struct statement *row = rows_of(loader, "books_standings", error);
    enum row_status status = FAILED;

    while (row && (status = step(loader, row, error)) == ROW) {
        struct standing standing = {.paid_nanos = int_of(row, "paid_nanos"),
                                    .overdraft_nanos = int_of(row, "overdraft_nanos")};

        copy_of(standing.day, sizeof standing.day, row, "day");
        g_array_append_val(loader->book->standings, standing);
    }
    return status == END;
}

static int project_compare(gconstpointer a, gconstpointer b)
{
    const struct book_project *x = a, *y = b;

    return strcmp(x->project_id, y->project_id);
}

static gboolean load_projects(struct loader *loader, GError **error)
{
    struct statement *row = rows_of(loader, "books_projects", error);
    enum row_status status = FAILED;

    while (row && (status = step(loader, row, error)) == ROW) {
        struct book_project project = {text_of(loader, row, "project_id"),
                                       text_of(loader, row, "project_name"),
                                       text_of(loader, row, "class")};

        g_array_append_val(loader->book->projects, project);
    }
    return status == END;
}

static guint project_index(const struct credit_book *book, const char *project_id)
{
    const struct book_project wanted = {.project_id = project_id};
    guint index = 0;
    gboolean found = g_array_binary_search(book->projects, &wanted, project_compare, &index);

    g_assert(found);
    return index;
}

/* Of each project's draw the part that was paid for: the day's, by largest remainder. */
static void split_day(struct credit_book *book, guint first, int64_t day_paid_nanos)
{
    guint count = book->uses->len - first;
    struct use *uses = &g_array_index(book->uses, struct use, first);
    g_autofree int64_t *weights = g_new0(int64_t, count + 1);
    g_autofree int64_t *paid = g_new0(int64_t, count + 1);

    for (guint i = 0; i < count; i++)
        weights[i] = uses[i].free_nanos < 0 ? -uses[i].free_nanos : uses[i].free_nanos;
    if (day_paid_nanos != 0)
        money_split(paid, day_paid_nanos, weights, count);
    for (guint i = 0; i < count; i++) {
        uses[i].paid_nanos = paid[i];
        uses[i].free_nanos -= paid[i];
    }
}

static gboolean load_uses(struct loader *loader, GError **error)
{
    struct statement *row = rows_of(loader, "books_shares", error);
    struct credit_book *book = NULL;
    enum row_status status = FAILED;
    int64_t day_paid_nanos = 0;
    guint first = 0; /* of the day */

    while (row && (status = step(loader, row, error)) == ROW) {
        struct use use = {.free_nanos = int_of(row, "drawn_nanos"), /* all of it, until split */
                          .overdrawn_nanos = int_of(row, "overdrawn_nanos")};

        copy_of(use.day, sizeof use.day, row, "day");
        if (book && (book != loader->book ||
                     strcmp(g_array_index(book->uses, struct use, first).day, use.day) != 0)) {
            split_day(book, first, day_paid_nanos);
            first = book == loader->book ? book->uses->len : 0;
        }
        book = loader->book;
        use.project = project_index(book, text_of(loader, row, "project_id"));
        day_paid_nanos = int_of(row, "day_paid_nanos");
        g_array_append_val(book->uses, use);
    }
    if (book)
        split_day(book, first, day_paid_nanos);
    return status == END;
}

/* What came back of the total: as stated, else the part of it that the refunded credit is. */
static gboolean read_refund(struct payment *payment, struct statement *row, GError **error)
{
    if (!int_of(row, "is_refunded"))
        return TRUE;
    copy_of(payment->refunded_on, sizeof payment->refunded_on, row, "refunded_on");
    payment->refunded_nanos = payment->total_nanos;
    if (!is_null(row, "refunded_total_nanos"))
        payment->refunded_nanos = int_of(row, "refunded_total_nanos");
    else if (!is_null(row, "refunded_credit_nanos") && payment->credit_nanos > 0)
        return money_scale(&payment->refunded_nanos, payment->total_nanos,
                           int_of(row, "refunded_credit_nanos"), payment->credit_nanos, error);
    return TRUE;
}

static gboolean load_payments(struct loader *loader, GError **error)
{
    struct statement *row = rows_of(loader, "books_payments", error);
    enum row_status status = FAILED;

    while (row && (status = step(loader, row, error)) == ROW) {
        struct payment payment = {
            .topup_id = text_of(loader, row, "id"),
            .reference = text_of(loader, row, "reference"),
            .tax_treatment = text_of(loader, row, "tax_treatment"),
            .difference_causes = text_of(loader, row, "difference_causes"),
            .credit_nanos = int_of(row, "credit_nanos"),
            .tax_nanos = int_of(row, "tax_nanos"),
            .total_nanos = int_of(row, "total_nanos"),
        };

        copy_of(payment.paid_on, sizeof payment.paid_on, row, "paid_on");
        copy_of(payment.currency, sizeof payment.currency, row, "currency");
        if (!read_refund(&payment, row, error)) {
            g_prefix_error(error, "%s: ", payment.reference);
            statement_reset(row);
            return FALSE;
        }
        g_array_append_val(loader->book->payments, payment);
    }
    return status == END;
}

static gboolean load_parts(struct loader *loader, GError **error)
{
    struct statement *row = rows_of(loader, "books_charges", error);
    enum row_status status = FAILED;

    while (row && (status = step(loader, row, error)) == ROW) {
        struct part part = {
            .topup_id = text_of(loader, row, "topup_id"),
            .charge_id = text_of(loader, row, "id"),
            .account = text_of(loader, row, "account"),
            .nanos = int_of(row, "amount_nanos"),
            .fee_nanos = int_of(row, "fee_nanos"),
            .paid_nanos = int_of(row, "paid_nanos"),
            .margin_nanos = int_of(row, "variance_nanos"),
        };

        copy_of(part.day, sizeof part.day, row, "dated_on");
        copy_of(part.currency, sizeof part.currency, row, "currency");
        copy_of(part.fee_currency, sizeof part.fee_currency, row, "fee_currency");
        g_array_append_val(loader->book->parts, part);
    }
    return status == END;
}

/* Both stand in the order of payments: each one's parts are a slice. */
static void slice_parts(const struct credit_book *book)
{
    guint next = 0;

    for (guint i = 0; i < book->payments->len; i++) {
        struct payment *payment = &g_array_index(book->payments, struct payment, i);

        payment->parts = &g_array_index(book->parts, struct part, next);
        for (; next < book->parts->len; next++, payment->part_count++)
            if (strcmp(g_array_index(book->parts, struct part, next).topup_id, payment->topup_id) !=
                0)
                break;
        g_hash_table_insert(book->by_topup, (gpointer)(uintptr_t)payment->topup_id, payment);
    }
    g_assert(next == book->parts->len);
}

const struct payment *credit_book_payment(const struct credit_book *book, const char *topup_id)
{
    return g_hash_table_lookup(book->by_topup, topup_id);
}

static struct credit_book *credit_book_new(const struct loader *loader, struct statement *row)
{
    struct credit_book *book = g_new0(struct credit_book, 1);

    book->organization_id = text_of(loader, row, "organization_id");
    book->name = text_of(loader, row, "name");
    copy_of(book->currency, sizeof book->currency, row, "currency");
    copy_of(book->last_on, sizeof book->last_on, row, "last_on");
    book->movements = g_array_new(FALSE, TRUE, sizeof(struct movement));
    book->projects = g_array_new(FALSE, TRUE, sizeof(struct book_project));
    book->uses = g_array_new(FALSE, TRUE, sizeof(struct use));
    book->payments = g_array_new(FALSE, TRUE, sizeof(struct payment));
    book->parts = g_array_new(FALSE, TRUE, sizeof(struct part));
    book->standings = g_array_new(FALSE, TRUE, sizeof(struct standing));
    book->by_topup = g_hash_table_new(NULL, NULL); /* texts of one journal are interned */
    return book;
}

GPtrArray *credit_books_load(struct db *db, struct journal *journal, const char *organization_id,
                             GError **error)
{
    g_autoptr(GPtrArray) books = g_ptr_array_new_with_free_func(credit_book_free);
    struct loader loader = {
        .db = db, .journal = journal, .organization_id = organization_id, .books = books};
    struct statement *row = rows_of(&loader, "books_organizations", error);
    enum row_status status = FAILED;

    while (row && (status = statement_step(row, error)) == ROW)
        g_ptr_array_add(books, credit_book_new(&loader, row));
    if (status != END || !load_movements(&loader, error) || !load_standings(&loader, error) ||
        !load_projects(&loader, error) || !load_uses(&loader, error) ||
        !load_payments(&loader, error) || !load_parts(&loader, error))
        return NULL;
    for (guint i = 0; i < books->len; i++)
        slice_parts(g_ptr_array_index(books, i));
    return g_steal_pointer(&books);
}
