/*
 * options.h - what an import or a look at a file states: copies of it, and whether it makes sense.
 */
#pragma once
#include "import/format.h"
#include "import/import.h"

/* A copy that owns its strings; an option without a value is one that was not stated. What options
 * hold is stored, so secrets in it are masked. */
struct import_options import_options_copy(const struct import_options *options);
void import_options_clear(struct import_options *options);
/* TRUEUP_ERROR_USAGE, naming the option. */
gboolean import_options_check(const struct import_options *options,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* None is stated that shapes what a file says. */
gboolean import_options_are_plain(const struct import_options *options);
/* Those that settle what a card format leaves open. Borrowed. */
struct mapping_options import_options_for_mapping(const struct import_options *options);
