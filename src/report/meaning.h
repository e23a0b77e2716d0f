/*
 * meaning.h - what a cell means to who reads it, for formats that have colours.
 *
 * A colour only repeats what the cell says: its word, or the minus of its amount.
 */
#pragma once
#include "report/renderer.h"

enum meaning {
    MEANS_NOTHING,
    MEANS_GOOD,     /* proved, settled */
    MEANS_DOUBTFUL, /* unfinished: to be decided, or still to come */
    MEANS_BAD,      /* an error, a negative amount */
};

/* Of money by its sign; of the columns severity and …state by their words; else nothing. */
enum meaning cell_meaning(const struct column *column, const struct report_cell *cell);
