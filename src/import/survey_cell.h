/*
 * survey_cell.h - what one cell of an unknown column may be: a date in which orders, an amount
 * under which marks.
 *
 * The readers are those of the import itself, so that nothing is taken here that is read otherwise
 * there.
 */
#pragma once
#include "import/fact.h"

/* The shapes of dates that are told apart; their date-format in the .ini is date_shape_format(). */
enum date_shape {
    SHAPE_ISO,
    SHAPE_COMPACT, /* 20260326 */
    SHAPE_DMY,     /* digits in this order, with / . or - between them */
    SHAPE_MDY,
    SHAPE_YMD,
    SHAPE_NAMED, /* the first of those that name the month */
    DATE_SHAPES = SHAPE_NAMED + 10
};

const char *date_shape_format(enum date_shape shape);

struct date_cell {
    unsigned fits;             /* 1 << shape: it is a date that exists */
    int32_t days[DATE_SHAPES]; /* where it fits */
    gboolean has_time, has_offset;
};

/* FALSE when it is no date in any shape. */
gboolean date_cell_read(struct date_cell *out, struct text text);

enum { MARK_POINT, MARK_COMMA, MARKS };
enum { GROUP_MARK = 1, GROUP_SPACE = 2, GROUP_APOSTROPHE = 4 };

struct amount_cell {
    gboolean fits[MARKS];      /* it is an amount under '.', under ',' as the decimal mark */
    int64_t nanos[MARKS];      /* where it fits */
    unsigned groups[MARKS];    /* what grouped its thousands: '.' or ',', blanks, apostrophes */
    char unit[5];              /* the symbol or code beside it, "" for none */
    gboolean is_bare;          /* digits and nothing else: a number, perhaps an id */
    gboolean is_credit_marked; /* CR or DR behind it */
};

/* FALSE when it is no amount under either mark. */
gboolean amount_cell_read(struct amount_cell *out, struct text text);
/* A letter of any script stands in it. */
gboolean text_has_letter(struct text text);
/* It says the same under both marks. */
gboolean amount_cell_is_plain(const struct amount_cell *cell);
