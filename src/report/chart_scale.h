/*
 * chart_scale.h - where the axes of a chart have their ticks. Whole numbers only: exact labels.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

/* An axis of money. Ticks stand at the multiples of step from low to high. */
struct money_axis {
    int64_t low, high; /* low <= 0 <= high, low < high */
    int64_t step;      /* 1, 2 or 5 times a power of ten */
    int decimals;      /* that the labels need */
};

/* An axis that holds low..high and zero, with about `most` ticks, never more than that and two. */
void money_axis_init(struct money_axis *axis, int64_t low, int64_t high, guint most);
/* The first multiple of step that is on the axis. */
int64_t money_axis_first(const struct money_axis *axis);

struct time_tick {
    int32_t unit; /* a day or a month since 1970-01 */
    char *label;  /* "8 Oct", "Oct", "2026" */
    char *year;   /* below the label where a year begins, and at the first; NULL elsewhere */
};

/* Ticks of the days (or months) first..last, at most `most` (at least three): at days, at the 1st,
 * 8th, 15th, 22nd, at months or at years. struct time_tick*, owned. */
GPtrArray *time_ticks(int32_t first, int32_t last, gboolean months, guint most);
