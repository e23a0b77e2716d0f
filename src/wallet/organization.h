/*
 * organization.h - top-ups of an organization that had no use for them while another one that the
 * same card pays was out of credit.
 */
#pragma once
#include "core/db.h"

/* Raises WRONG_ORGANIZATION, once a top-up. */
gboolean organization_read(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
