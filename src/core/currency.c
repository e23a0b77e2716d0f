/* currency.c - what stands beside an amount, held against its currency; its decimals. */
#include "core/money.h"
#include <string.h>

static const struct {
    const char *symbol, *currencies;
    gboolean excludes; /* stands for many, but not for these */
} symbols[] = {
    {"\xe2\x82\xac", "EUR", FALSE},
    {"\xc2\xa3", "GBP", FALSE},
    {"\xc2\xa5", "JPY CNY", FALSE},
    {"$", "EUR GBP JPY CNY CHF", TRUE},
};

static gboolean symbol_contradicts(char other[5], const char *text, gsize len, const char *currency)
{
    for (gsize i = 0; i < G_N_ELEMENTS(symbols); i++) {
        gboolean listed = strstr(symbols[i].currencies, currency) != NULL;

        if (listed == symbols[i].excludes && g_strstr_len(text, (gssize)len, symbols[i].symbol)) {
            g_strlcpy(other, symbols[i].symbol, 5);
            return TRUE;
        }
    }
    return FALSE;
}

gboolean currency_contradicts(char other[5], const char *text, gsize len, const char *currency)
{
    if (!*currency || len == 0 || (g_ascii_isdigit(text[0]) && g_ascii_isdigit(text[len - 1])))
        return FALSE;
    if (symbol_contradicts(other, text, len, currency))
        return TRUE;
    for (gsize i = 0; i + 3 <= len; i++)
        if (g_ascii_isupper(text[i]) && currency_parse(other, text + i, 3))
            return strcmp(other, currency) != 0;
    return FALSE;
}

int currency_decimals(const char *currency)
{
    static const struct {
        int decimals;
        const char *currencies;
    } others[] = {
        {0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"},
        {3, "BHD IQD JOD KWD LYD OMR TND"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        if (*currency && strstr(others[i].currencies, currency))
            return others[i].decimals;
    return 2;
}
