/* derive.c - the order in which import rebuilds what the facts of all files teach together. */
#include "import/derive.h"
#include "import/import.h"

gboolean import_derive(struct db *db, GError **error)
{
    /* What match and credit derived goes too: it stands on rows that are about to change. */
    return db_run(db, "derive_clear", error) && derive_projects(db, error) &&
           derive_rates(db, error) && derive_cost(db, error) && derive_line_items(db, error) &&
           derive_payments(db, error) && derive_cards(db, error) && derive_span(db, error);
}
