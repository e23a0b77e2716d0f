/*
 * invoice.h - organizations that are billed by invoice: usage against invoices, by month.
 */
#pragma once
#include "core/db.h"

/* Fills invoiced_month. */
gboolean invoice_read(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
