/*
 * tax.h - what tax a payment carries: as payment history says, as its receipt says, or as the
 * receipts of its account teach.
 */
#pragma once
#include "match/facts.h"

/*
 * Tells, of every top-up whose receipt has been paired, its tax and what its card is due to lose.
 *
 * Where history gives the credit alone and the receipt of its number says that this is what was
 * paid before tax, the receipt's total is due. Where neither tells a tax, the receipts of the same
 * organization and card may teach a rate: the one that explains all of them to the cent, as stated
 * on one of them or taught by two. It is never taken from another account, and what a receipt says
 * to be untaxed unteaches it.
 */
void tax_read(struct facts *facts);

/* Whether a receipt's total is a payment's, or the payment's and a tax that history does not tell.
 */
gboolean tax_explains(const struct topup *topup, const struct receipt *receipt);

/* "20 %" of 200000000 nanos; free it. */
char *tax_percent(int64_t rate_nanos);
