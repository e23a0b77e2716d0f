/*
 * derive_payments.h - what derive_payments.c and derive_invoices.c share.
 */
#pragma once
#include "core/db.h"

/*
 * Raises MISSING_INVOICE for every run of numbers that no payment and no receipt has, between the
 * lowest and the highest of an invoice counter ("AAAAAAAA-0001"). A counter is known by a payment
 * with its prefix; one that only receipts show may be another product's, and is left alone.
 */
gboolean report_missing_invoices(struct db *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
