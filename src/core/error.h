/*
 * error.h - the one error domain, and the exit code each kind of failure has.
 *
 * An error is a sentence for the person at the keyboard: file, line, column, the
 * text, why, and (after a newline) "hint: " what to do. The lowest place that
 * knows writes it; each level above adds only what it alone knows.
 */
#pragma once
#include <glib.h>

#define TRUEUP_ERROR trueup_error_quark()
GQuark trueup_error_quark(void);

enum trueup_error {
    TRUEUP_ERROR_USAGE = 2,  /* the command line is wrong */
    TRUEUP_ERROR_INPUT = 3,  /* a file, a value or a ledger is refused */
    TRUEUP_ERROR_SYSTEM = 4, /* disk, permissions, a locked ledger, a broken installation */
};

/* The exit code of a failure: the code of a TRUEUP_ERROR, else TRUEUP_ERROR_SYSTEM. */
int error_exit_code(const GError *error);
