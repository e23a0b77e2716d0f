/*
 * fuzz_money.c - any text as an amount: what was taken is exactly what was written.
 *
 * The first byte chooses how the file writes its numbers.
 */
#include "core/money.h"
#include "fuzz.h"

static const struct number_style styles[] = {{'.', ""},  {'.', ","}, {',', "."},
                                             {',', " "}, {'.', "'"}, {',', ""}};

/* What the text says by its digits alone, as exact_total_format() writes it; NULL unless it is
 * sign, digits and decimals. */
static char *plain_value(const char *text, gsize len, char mark)
{
    g_autoptr(GString) value = g_string_new(NULL);
    gboolean negative = len > 0 && text[0] == '-';
    gsize at = negative || (len > 0 && text[0] == '+') ? 1 : 0;
    gsize marks = 0;

    for (; at < len; at++) {
        if (text[at] == mark && marks++ == 0)
            g_string_append_c(value, '.');
        else if (g_ascii_isdigit(text[at]))
            g_string_append_c(value, text[at]);
        else
            return NULL;
    }
    if (value->len == 0 || !g_ascii_isdigit(value->str[0]) ||
        !g_ascii_isdigit(value->str[value->len - 1]))
        return NULL;
    while (value->len > 1 && value->str[0] == '0' && value->str[1] != '.')
        g_string_erase(value, 0, 1);
    while (marks > 0 && value->str[value->len - 1] == '0')
        g_string_truncate(value, value->len - 1);
    if (value->str[value->len - 1] == '.')
        g_string_truncate(value, value->len - 1);
    if (negative && strcmp(value->str, "0") != 0)
        g_string_prepend_c(value, '-');
    return g_string_free(g_steal_pointer(&value), FALSE);
}

/* A count and an amount that are the same text are the same number. */
static void check_count(const char *text, gsize len, int64_t nanos)
{
    int64_t count;

    if (decimal_parse(&count, text, len, 0, NULL))
        fuzz_demand((int128)count * NANOS_PER_UNIT == nanos);
}

static void check_round_trip(int64_t nanos)
{
    g_autofree char *text = money_format(nanos, 9);
    int64_t again;

    fuzz_demand(money_parse(&again, text, strlen(text), &number_style_plain, NULL, NULL));
    fuzz_demand(again == nanos);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    struct residue residue = {0};
    int64_t nanos = 0;

    if (size == 0)
        return 0;
    const struct number_style *style = &styles[data[0] % G_N_ELEMENTS(styles)];
    const char *text = (const char *)data + 1;
    gsize len = size - 1;

    if (!money_parse(&nanos, text, len, style, &residue, &error)) {
        fuzz_demand(error && g_utf8_validate(error->message, -1, NULL));
        return 0;
    }
    fuzz_demand(error == NULL);
    fuzz_demand(residue.rounded == (residue.units != 0));
    fuzz_demand(residue.units <= UNITS_PER_NANO / 2 && residue.units >= -UNITS_PER_NANO / 2);
    check_round_trip(nanos);
    if (style->decimal_mark == '.' && !*style->thousands_marks)
        check_count(text, len, nanos);

    g_autofree char *plain = plain_value(text, len, style->decimal_mark);
    if (plain) {
        struct exact_total total = {0};

        exact_total_add(&total, nanos, &residue);
        g_autofree char *exact = exact_total_format(&total);
        fuzz_demand(strcmp(exact, plain) == 0);
    }
    return 0;
}
