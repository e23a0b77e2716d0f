/*
 * sentence.h - amounts, instants and spans as the reasons that a person reads print them.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

/* "27.50 USD"; free it. */
char *sentence_money(int64_t nanos, const char *currency);
/* "12 s", "14 min", "3 h", "2 days": rounded down; free it. */
char *sentence_span(int64_t seconds);
