/*
 * make.c - PDF receipts and invoices of known truth: make SEED COUNT FOLDER TRUTH
 *
 * Writes COUNT documents, one payment each, as sellers that bill by Stripe lay them out: an invoice
 * or a receipt, with tax, without, or with the tax left to the buyer. How the page is drawn varies:
 * row by row, column by column, or as running text. So do the shapes that text comes out in: what
 * stands between the halves of a number, who sold, one tax or two, odd cents, thousands, where the
 * card is told. TRUTH says what each document says, in columns of receipt_row, parted by bars.
 *
 * make pair SEED FOLDER writes the invoice and the receipt of one payment, and the same receipt in
 * other bytes; make odd FOLDER writes a scanned page, a menu, and a receipt that holds secrets.
 */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define WIDTH  595
#define HEIGHT 842

enum drawing { BY_ROW, BY_COLUMN, RUNNING };

struct seller {
    const char *name, *address[3], *item;
};

struct tax {
    const char *name, *rate, *sign;
    long ppm;
};

struct payment {
    int number;
    gboolean is_invoice;
    enum drawing drawing;
    const struct seller *seller;
    const struct tax *taxes[2]; /* NULL: none */
    gboolean is_reverse, tells_history;
    const char *sign, *currency;
    int minor_units;
    const char *joint, *buyer, *card;
    char *invoice_number, *invoice_printed, *receipt_number, *receipt_printed;
    char *day, *printed_day;
    gint64 subtotal, tax[2], total; /* in cents, or yen */
};

static uint64_t state;

static uint64_t draw(uint64_t below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (state * UINT64_C(0x2545F4914F6CDD1D) >> 33) % below;
}

#define PICK(list) list[draw(G_N_ELEMENTS(list))]

static const struct seller sellers[] = {
    {"OpenAI, LLC",
     {"548 Market Street", "San Francisco, California 94104", "United States"},
     "OpenAI API usage credit"},
    {"OpenAI OpCo, LLC",
     {"1455 3rd Street", "San Francisco, California 94158", "United States"},
     "OpenAI API usage credit"},
    {"OpenAI Ireland Ltd",
     {"117-126 Sheriff Street Upper", "Dublin 1", "Ireland"},
     "OpenAI API usage credit"},
    {"Anthropic, PBC",
     {"548 Market Street, PMB 90375", "San Francisco, California 94104", "United States"},
     "One-time credit purchase"},
};
static const struct tax taxes[] = {
    {"VAT - Turkey", "20", "$", 200000},      {"VAT - Sweden", "25", "$", 250000},
    {"JCT - Japan", "10", "$", 100000},       {"GST - India", "18", "$", 180000},
    {"VAT - Switzerland", "8.1", "$", 81000},
};
static const struct tax canadian[] = {
    {"GST - Canada", "5", "$", 50000},
    {"QST - Quebec", "9.975", "$", 99750},
};
static const char *const joints[] = {"-", "\u2011", "\u2010", "\u2013",
                                     " ", "  ",     "\u00A0", "\u2212"};
static const char *const buyers[] = {
    "Example Aurora GmbH", "Borealis & Sons, Inc.",    "Cirrus 24 AB",
    "Örnsköld Förlag AB",  "Łódź Przykład sp. z o.o.", "O’Hara Research"};
static const char *const cards[] = {"Visa - 4242", "Mastercard - 5454", "American Express - 0005",
                                    "Visa ending in 1881"};
static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

/* "1,250.00", "1,100" */
static char *money(const struct payment *payment, gint64 amount)
{
    gint64 unit = payment->minor_units == 2 ? 100 : 1;
    gint64 whole = amount / unit;
    GString *text = g_string_new(NULL);

    g_string_append(text, payment->sign);
    if (whole >= 1000)
        g_string_append_printf(text, "%" G_GINT64_FORMAT ",%03d", whole / 1000,
                               (int)(whole % 1000));
    else
        g_string_append_printf(text, "%" G_GINT64_FORMAT, whole);
    if (unit == 100)
        g_string_append_printf(text, ".%02d", (int)(amount % 100));
    return g_string_free(text, FALSE);
}

static gint64 amount_draw(void)
{
    switch (draw(4)) {
    case 0:
        return 500 + (gint64)draw(50000); /* restored to a target: odd cents */
    case 1:
        return 100000 + (gint64)draw(500) * 2500;
    default:
        return 500 * (1 + (gint64)draw(40));
    }
}

static void taxes_draw(struct payment *payment)
{
    gint64 base = payment->subtotal;

    if (draw(5) == 0) {
        payment->taxes[0] = &canadian[0];
        payment->taxes[1] = &canadian[1];
    } else {
        payment->taxes[0] = &PICK(taxes);
    }
    for (int i = 0; i < 2; i++)
        if (payment->taxes[i])
            payment->tax[i] = (base * payment->taxes[i]->ppm + 500000) / 1000000;
}

static struct payment payment_draw(int number)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    struct payment payment = {.number = number, .sign = "$", .currency = "USD", .minor_units = 2};
    char prefix[9] = {0};
    int month = (int)draw(12), day = 1 + (int)draw(28), counter = 1 + (int)draw(400);
    int first = (int)(1000 + draw(9000)), second = 1 + (int)draw(9999);

    payment.is_invoice = number % 4 < 2;
    payment.drawing = (enum drawing)draw(3);
    payment.seller = &PICK(sellers);
    payment.subtotal = amount_draw();
    if (draw(12) == 0) {
        payment.sign = draw(2) ? "€" : "¥";
        payment.currency = payment.sign[0] == '\xe2' ? "EUR" : "JPY";
        payment.minor_units = payment.sign[0] == '\xe2' ? 2 : 0;
        payment.subtotal = payment.minor_units == 2 ? payment.subtotal : payment.subtotal / 100;
    }
    if (number % 2)
        taxes_draw(&payment);
    else
        payment.is_reverse = draw(2) != 0;
    payment.total = payment.subtotal + payment.tax[0] + payment.tax[1];
    payment.tells_history = draw(3) == 0;
    payment.joint = PICK(joints);
    payment.buyer = PICK(buyers);
    payment.card = PICK(cards);
    for (int i = 0; i < 8; i++)
        prefix[i] = alphabet[draw(sizeof alphabet - 1)];
    payment.invoice_number = g_strdup_printf("%s-%04d", prefix, counter);
    payment.invoice_printed = g_strdup_printf("%s%s%04d", prefix, payment.joint, counter);
    payment.receipt_number = g_strdup_printf("%04d-%04d", first, second);
    payment.receipt_printed = g_strdup_printf("%04d%s%04d", first, payment.joint, second);
    payment.day = g_strdup_printf("2026-%02d-%02d", month + 1, day);
    payment.printed_day = g_strdup_printf("%s %d, 2026", months[month], day);
    return payment;
}

static void payment_clear(struct payment *payment)
{
    g_free(payment->invoice_number);
    g_free(payment->invoice_printed);
    g_free(payment->receipt_number);
    g_free(payment->receipt_printed);
    g_free(payment->day);
    g_free(payment->printed_day);
}

/* --- the page: cells, drawn in one order or another ---------------------------------------- */

struct cell {
    int x, y, size;
    char *text;
};

static void cell_clear(gpointer cell)
{
    g_free(((struct cell *)cell)->text);
}

G_GNUC_PRINTF(4, 5)
static void put(GArray *page, int x, int y, const char *format, ...)
{
    struct cell cell = {x, y, 9, NULL};
    va_list arguments;

    va_start(arguments, format);
    cell.text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_array_append_val(page, cell);
}

static void head_put(GArray *page, const struct payment *payment)
{
    int y = 100;

    put(page, 40, 60, "%s", payment->is_invoice ? "Invoice" : "Receipt");
    g_array_index(page, struct cell, 0).size = 18;
    put(page, 40, y, "Invoice number");
    put(page, 150, y, "%s", payment->invoice_printed);
    y += 15;
    if (payment->is_invoice) {
        put(page, 40, y, "Date of issue");
        put(page, 150, y, "%s", payment->printed_day);
        put(page, 40, y + 15, "Date due");
        put(page, 150, y + 15, "%s", payment->printed_day);
        return;
    }
    put(page, 40, y, "Receipt number");
    put(page, 150, y, "%s", payment->receipt_printed);
    put(page, 40, y + 15, "Date paid");
    put(page, 150, y + 15, "%s", payment->printed_day);
    if (payment->tells_history)
        return;
    put(page, 40, y + 30, "Payment method");
    put(page, 150, y + 30, "%s", payment->card);
}

static void parties_put(GArray *page, const struct payment *payment)
{
    int y = 190;

    put(page, 40, y, "%s", payment->seller->name);
    for (int i = 0; i < 3; i++)
        put(page, 40, y + 15 * (i + 1), "%s", payment->seller->address[i]);
    for (int x = 240; x <= 420; x += 180) {
        put(page, x, y, "%s", x == 240 ? "Bill to" : "Ship to");
        put(page, x, y + 15, "%s", payment->buyer);
        put(page, x, y + 30, "Example Street %d", payment->number + 1);
        put(page, x, y + 45, "12345 Example");
    }
}

/* What a line of taxes says before its amount. */
static char *tax_label(const struct payment *payment, int i)
{
    g_autofree char *base = money(payment, payment->subtotal);

    return g_strdup_printf("%s (%s%% on %s)", payment->taxes[i]->name, payment->taxes[i]->rate,
                           base);
}

static void sums_put(GArray *page, const struct payment *payment)
{
    g_autofree char *subtotal = money(payment, payment->subtotal);
    g_autofree char *total = money(payment, payment->total);
    int y = 380;

    put(page, 40, y - 30, "%s", payment->seller->item);
    put(page, 300, y - 30, "1");
    put(page, 350, y - 30, "%s", subtotal);
    if (payment->taxes[0] && !payment->taxes[1])
        put(page, 440, y - 30, "%s%%", payment->taxes[0]->rate);
    else if (payment->is_reverse)
        put(page, 440, y - 30, "0%%");
    put(page, 500, y - 30, "%s", subtotal);
    put(page, 300, y, "Subtotal");
    put(page, 500, y, "%s", subtotal);
    if (payment->taxes[0]) {
        put(page, 300, y += 15, "Total excluding tax");
        put(page, 500, y, "%s", subtotal);
    }
    for (int i = 0; i < 2 && payment->taxes[i]; i++) {
        g_autofree char *label = tax_label(payment, i);
        g_autofree char *amount = money(payment, payment->tax[i]);

        put(page, 300, y += 15, "%s", label);
        put(page, 500, y, "%s", amount);
    }
    put(page, 300, y += 15, "Total");
    put(page, 500, y, "%s", total);
    put(page, 300, y += 15, payment->is_invoice ? "Amount due" : "Amount paid");
    put(page, 500, y, "%s%s%s", total, payment->is_invoice ? " " : "",
        payment->is_invoice ? payment->currency : "");
    if (payment->is_reverse)
        put(page, 40, y + 40, "Tax to be paid on reverse charge basis");
}

static void history_put(GArray *page, const struct payment *payment)
{
    g_autofree char *total = money(payment, payment->total);

    put(page, 40, 540, "Payment history");
    put(page, 40, 560, "Payment method");
    put(page, 200, 560, "Date");
    put(page, 320, 560, "Amount paid");
    put(page, 440, 560, "Receipt number");
    put(page, 40, 575, "%s", payment->card);
    put(page, 200, 575, "%s", payment->printed_day);
    put(page, 320, 575, "%s", total);
    put(page, 440, 575, "%s", payment->receipt_printed);
}

static GArray *page_new(const struct payment *payment)
{
    GArray *page = g_array_new(FALSE, FALSE, sizeof(struct cell));
    g_autofree char *total = money(payment, payment->total);

    g_array_set_clear_func(page, cell_clear);
    head_put(page, payment);
    parties_put(page, payment);
    if (payment->is_invoice)
        put(page, 40, 290, "%s %s due %s", total, payment->currency, payment->printed_day);
    else
        put(page, 40, 290, "%s paid on %s", total, payment->printed_day);
    put(page, 40, 320, "Description");
    put(page, 300, 320, "Qty");
    put(page, 350, 320, "Unit price");
    if (payment->is_reverse || (payment->taxes[0] && !payment->taxes[1]))
        put(page, 440, 320, "Tax");
    put(page, 500, 320, "Amount");
    sums_put(page, payment);
    if (!payment->is_invoice && payment->tells_history)
        history_put(page, payment);
    return page;
}

/* The same as running text: what a mail or another program makes of the page. */
static char *running_text(const struct payment *payment)
{
    g_autofree char *subtotal = money(payment, payment->subtotal);
    g_autofree char *total = money(payment, payment->total);
    GString *text = g_string_new(NULL);

    if (payment->is_invoice)
        g_string_append_printf(text,
                               "Invoice Invoice number %s Date of issue %s Date due %s %s %s %s "
                               "Bill to %s Ship to %s %s %s due %s Pay online ",
                               payment->invoice_printed, payment->printed_day, payment->printed_day,
                               payment->seller->name, payment->seller->address[0],
                               payment->seller->address[1], payment->buyer, payment->buyer, total,
                               payment->currency, payment->printed_day);
    else
        g_string_append_printf(text,
                               "Receipt Invoice number %s Receipt number %s Date paid %s Payment "
                               "method %s %s %s Bill to %s Ship to %s %s paid on %s ",
                               payment->invoice_printed, payment->receipt_printed,
                               payment->printed_day, payment->card, payment->seller->name,
                               payment->seller->address[0], payment->buyer, payment->buyer, total,
                               payment->printed_day);
    g_string_append_printf(text, "Description Qty Unit price%s Amount %s 1 %s %s%s%s Subtotal %s ",
                           payment->is_reverse ? " Tax" : "", payment->seller->item, subtotal,
                           payment->is_reverse ? "0% " : "", subtotal, "", subtotal);
    if (payment->taxes[0])
        g_string_append_printf(text, "Total excluding tax %s ", subtotal);
    for (int i = 0; i < 2 && payment->taxes[i]; i++) {
        g_autofree char *label = tax_label(payment, i);
        g_autofree char *amount = money(payment, payment->tax[i]);

        g_string_append_printf(text, "%s %s ", label, amount);
    }
    g_string_append_printf(
        text, "Total %s Amount %s %s%s%s", total, payment->is_invoice ? "due" : "paid", total,
        payment->is_invoice ? " " : "", payment->is_invoice ? payment->currency : "");
    if (payment->is_reverse)
        g_string_append(text, " Tax to be paid on reverse charge basis");
    return g_string_free(text, FALSE);
}

static int by_row(gconstpointer left, gconstpointer right)
{
    const struct cell *a = left, *b = right;

    return a->y != b->y ? a->y - b->y : a->x - b->x;
}

static void show(cairo_t *cr, int x, int y, int size, int width, const char *text)
{
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoFontDescription *font = pango_font_description_from_string("DejaVu Sans");

    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    if (width > 0)
        pango_layout_set_width(layout, width * PANGO_SCALE);
    pango_layout_set_text(layout, text, -1);
    cairo_move_to(cr, x, y);
    pango_cairo_show_layout(cr, layout);
    pango_font_description_free(font);
    g_object_unref(layout);
}

static void page_draw(cairo_t *cr, const struct payment *payment)
{
    if (payment->drawing == RUNNING) {
        g_autofree char *text = running_text(payment);

        show(cr, 40, 60, 9, WIDTH - 80, text);
        return;
    }
    GArray *page = page_new(payment);

    if (payment->drawing == BY_ROW)
        g_array_sort(page, by_row);
    for (guint i = 0; i < page->len; i++) {
        const struct cell *cell = &g_array_index(page, struct cell, i);

        show(cr, cell->x, cell->y, cell->size, 0, cell->text);
    }
    g_array_unref(page);
}

static gboolean document_write(const struct payment *payment, const char *folder)
{
    g_autofree char *path = g_strdup_printf(
        "%s/%s-%03d.pdf", folder, payment->is_invoice ? "invoice" : "receipt", payment->number);
    cairo_surface_t *surface = cairo_pdf_surface_create(path, WIDTH, HEIGHT);
    cairo_t *cr = cairo_create(surface);
    gboolean ok;

    page_draw(cr, payment);
    cairo_show_page(cr);
    ok = cairo_status(cr) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    ok = ok && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    return ok;
}

/* The tax's name: of two, both; where the buyer owes it, that. */
static char *tax_name(const struct payment *payment)
{
    if (payment->taxes[0])
        return g_strjoin(" + ", payment->taxes[0]->name,
                         payment->taxes[1] ? payment->taxes[1]->name : NULL, NULL);
    return g_strdup(payment->is_reverse ? "reverse charge" : "");
}

static void truth_write(FILE *truth, const struct payment *payment)
{
    gint64 nanos = payment->minor_units == 2 ? 10000000 : 1000000000;
    gboolean has_rate = payment->is_reverse || (payment->taxes[0] && !payment->taxes[1]);
    g_autofree char *name = tax_name(payment);
    g_autofree char *rate =
        has_rate ? g_strdup_printf("%ld", payment->is_reverse ? 0 : payment->taxes[0]->ppm)
                 : g_strdup("");
    const char *card = payment->is_invoice ? "" : payment->card;

    fprintf(truth,
            "%s-%03d.pdf|%s|%s|%s|%s|%d|%s|%s|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT
            "|%s|%s|%" G_GINT64_FORMAT "|%s|%s|%s|%s\n",
            payment->is_invoice ? "invoice" : "receipt", payment->number,
            payment->is_invoice ? "invoice" : "receipt", payment->invoice_number,
            payment->is_invoice ? "" : payment->receipt_number, payment->day, !payment->is_invoice,
            payment->seller->name, payment->seller->item, payment->subtotal * nanos,
            (payment->tax[0] + payment->tax[1]) * nanos, rate, name, payment->total * nanos,
            payment->currency, card, *card ? card + strlen(card) - 4 : "", payment->buyer);
}

/* The invoice and the receipt of one payment; the receipt twice, as two downloads differ. */
static gboolean pair_write(const char *folder)
{
    struct payment payment = payment_draw(2);
    gboolean ok = TRUE;

    payment.is_invoice = FALSE;
    payment.drawing = BY_ROW;
    ok = document_write(&payment, folder);
    payment.number = 3;
    payment.drawing = BY_COLUMN;
    ok = ok && document_write(&payment, folder);
    payment.is_invoice = TRUE;
    ok = ok && document_write(&payment, folder);
    payment_clear(&payment);
    return ok;
}

static void scan_draw(cairo_t *cr)
{
    cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
    cairo_t *scan = cairo_create(image);
    struct payment payment = payment_draw(2);

    cairo_set_source_rgb(scan, 1, 1, 1);
    cairo_paint(scan);
    cairo_set_source_rgb(scan, 0, 0, 0);
    payment.drawing = BY_ROW;
    page_draw(scan, &payment);
    cairo_set_source_surface(cr, image, 0, 0);
    cairo_paint(cr);
    payment_clear(&payment);
    cairo_destroy(scan);
    cairo_surface_destroy(image);
}

static void menu_draw(cairo_t *cr)
{
    show(cr, 40, 60, 18, 0, "Lunch menu");
    show(cr, 40, 100, 9, 0, "Soup of the day    $6.50");
    show(cr, 40, 115, 9, 0, "Pasta, a discount of -$2.00 on Fridays    $12.00");
    show(cr, 40, 130, 9, 0, "Total happiness    $0.00");
}

/* A receipt whose words hold a key and a card's number. */
static void secret_draw(cairo_t *cr)
{
    static const struct seller seller = {"OpenAI, LLC sk-proj-QwErTyUiOpAsDfGhJkLz0123",
                                         {"1 Example Street", "Example", "Example"},
                                         "API credit for 4539578763621486"};
    struct payment payment = payment_draw(2);

    payment.drawing = BY_ROW;
    payment.seller = &seller;
    payment.buyer = "sess-ZxCvBnMaSdFgHjKlQwErTy98";
    payment.card = "Visa 4539 5787 6362 1486";
    payment.tells_history = FALSE;
    page_draw(cr, &payment);
    payment_clear(&payment);
}

static gboolean odd_write(const char *folder, const char *name, void (*draw_page)(cairo_t *))
{
    g_autofree char *path = g_strdup_printf("%s/%s.pdf", folder, name);
    cairo_surface_t *surface = cairo_pdf_surface_create(path, WIDTH, HEIGHT);
    cairo_t *cr = cairo_create(surface);
    gboolean ok;

    draw_page(cr);
    cairo_show_page(cr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    ok = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    return ok;
}

static gboolean many_write(int count, const char *folder, const char *truth_path)
{
    FILE *truth = fopen(truth_path, "w");
    gboolean ok = truth != NULL;

    for (int i = 0; ok && i < count; i++) {
        struct payment payment = payment_draw(i);

        truth_write(truth, &payment);
        ok = document_write(&payment, folder);
        payment_clear(&payment);
    }
    return truth && fclose(truth) == 0 && ok;
}

static void seed(const char *text)
{
    state = g_ascii_strtoull(text, NULL, 10) * 2 + 1;
}

int main(int argc, char **argv)
{
    gboolean ok = FALSE;

    seed("1");
    if (argc == 3 && g_str_equal(argv[1], "odd")) {
        ok = odd_write(argv[2], "scan", scan_draw) && odd_write(argv[2], "menu", menu_draw) &&
             odd_write(argv[2], "secret", secret_draw);
    } else if (argc == 4 && g_str_equal(argv[1], "pair")) {
        seed(argv[2]);
        ok = pair_write(argv[3]);
    } else if (argc == 5) {
        seed(argv[1]);
        ok = many_write((int)g_ascii_strtoll(argv[2], NULL, 10), argv[3], argv[4]);
    } else {
        fprintf(stderr, "make SEED COUNT FOLDER TRUTH, make pair SEED FOLDER, make odd FOLDER\n");
        return 2;
    }
    if (!ok)
        fprintf(stderr, "make: a file could not be written\n");
    return ok ? 0 : 1;
}
