/*
 * month.h - a calendar month: its days, its instants and its neighbours.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

struct month {
    char text[8];               /* "2026-10" */
    char first[11], last[11];   /* days, both in it */
    char prior[8], next[8];     /* months */
    int64_t first_at, until_at; /* instants, half-open */
};

/* Reads "YYYY-MM". TRUEUP_ERROR_USAGE for what is no month that has one before and one after it. */
gboolean month_parse(struct month *out, const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
