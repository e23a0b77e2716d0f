/* error.c - the error domain. */
#include "core/error.h"

G_DEFINE_QUARK(trueup - error - quark, trueup_error)

int error_exit_code(const GError *error)
{
    return error->domain == TRUEUP_ERROR ? error->code : TRUEUP_ERROR_SYSTEM;
}
