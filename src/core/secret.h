/*
 * secret.h - API keys and card numbers, masked before anything is written or said.
 *
 * Keys are sk-… and sess-… of 16 or more key characters; card numbers are 13 to 19 digits (plain,
 * spaced or dashed) with a card's leading digits and a valid Luhn sum, not touching a decimal point
 * or another digit. The mask keeps the last four: "sk-…wxyz", "****1234".
 */
#pragma once
#include <glib.h>

/* TRUE when text may hold a secret: a cheap look, for the common case. */
gboolean secret_suspected(const char *text, gsize len);
/* The text with every secret masked, or NULL when it holds none. */
char *secret_mask(const char *text, gsize len);
/* A copy of the text with every secret masked. */
char *secret_masked(const char *text);
