/*
 * words.h - amounts as the explanations of this room print them.
 */
#pragma once
#include "core/money.h"

/* "27.50 USD"; free it. */
static inline char *words_money(int64_t nanos, const char *currency)
{
    g_autofree char *amount = money_format(nanos, 2);

    return g_strdup_printf("%s %s", amount, currency);
}

/* "27.50 USD" rounded to cents, for sums of usage; free it. */
static inline char *words_cents(int64_t nanos, const char *currency)
{
    g_autofree char *amount = money_format_cents(nanos);

    return g_strdup_printf("%s %s", amount, currency);
}
