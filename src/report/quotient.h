/*
 * quotient.h - a column that is one number of its row divided by another.
 *
 * SQL only sums, and a share or a price is a quotient of sums: it is made here, once for every
 * format. A quotient of sums is no sum: it has no total.
 */
#pragma once
#include "report/catalog.h"

/*
 * numerator x column->per / denominator, rounded half to even: of money to the nano, of a share to
 * the millionth, of an integer to a whole number.
 *
 * FALSE where there is none: nothing can be said per nothing, of a share of what is below zero no
 * sense, and one that is out of range (of a share beyond a million times) says nothing either.
 */
gboolean quotient_of(int64_t *out, const struct column *column, int64_t numerator,
                     int64_t denominator) G_GNUC_WARN_UNUSED_RESULT;

/* Reads the flag "quotient(A,B)" or "quotient(A,B,N)" into the column. FALSE when it is none. */
gboolean quotient_parse(struct column *column, const char *flag) G_GNUC_WARN_UNUSED_RESULT;
