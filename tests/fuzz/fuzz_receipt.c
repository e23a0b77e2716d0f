/*
 * fuzz_receipt.c - any text as that of a receipt: it is refused with a sentence, or it becomes a
 * table of a header and one record with as many cells, and the same text makes the same table.
 *
 * The bytes up to the first NUL are the page as printed, the rest is the page as drawn.
 */
#include "fuzz.h"
#include "import/pdf_receipt.h"

#define COLUMNS 18

/* The cells of a line in which every cell is quoted. */
static guint cell_count(const char *line)
{
    guint count = 0;

    for (gboolean quoted = FALSE; *line && (quoted || *line != '\n'); line++) {
        quoted ^= *line == '"';
        count += !quoted && (line[1] == ',' || line[1] == '\n');
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct receipt_rules *rules;
    const guint8 *cut = size > 0 ? memchr(data, 0, size) : NULL;
    gsize printed_len = cut ? (gsize)(cut - data) : size;
    g_autofree char *printed = g_utf8_make_valid((const char *)data, (gssize)printed_len);
    g_autofree char *drawn =
        cut ? g_utf8_make_valid((const char *)cut + 1, (gssize)(size - printed_len - 1)) : NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *table = NULL;

    if (!rules)
        rules = receipt_rules_load(NULL);
    table = pdf_receipt_table(rules, printed, drawn, &error);
    fuzz_demand((table == NULL) == (error != NULL));
    if (!table) {
        fuzz_demand(g_str_has_prefix(error->message, "is a PDF"));
        fuzz_demand(g_utf8_validate(error->message, -1, NULL));
        return 0;
    }

    g_autofree char *again = pdf_receipt_table(rules, printed, drawn, NULL);
    const char *record = strchr(table, '\n') + 1;
    fuzz_demand(strcmp(table, again) == 0);
    fuzz_demand(g_utf8_validate(table, -1, NULL));
    fuzz_demand(cell_count(table) == COLUMNS && cell_count(record) == COLUMNS);
    return 0;
}
