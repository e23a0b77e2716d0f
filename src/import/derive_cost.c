/*
 * derive_cost.c - which of several exports counts, per project and UTC day.
 *
 * The rules are in sql/statement/derive_cost_*.sql: snapshots are ranked, every word on a key is a
 * candidate, the last one in rank counts. The order of import has no part in it. The working tables
 * are temporary and empty again at the end.
 */
#include "import/derive_cost.h"
#include "import/derive.h"

gboolean derive_cost(struct db *db, GError **error)
{
    return db_run(db, "derive_cost_snapshots", error) &&
           db_run(db, "derive_cost_candidates", error) &&
           db_run(db, "derive_cost_choices", error) && db_run(db, "derive_cost_covers", error) &&
           db_run(db, "derive_cost_days", error) && db_run(db, "derive_cost_restatements", error) &&
           db_run(db, "derive_cost_usage", error) && derive_cost_coverage(db, error) &&
           derive_cost_report_differences(db, error) && derive_cost_report_gaps(db, error) &&
           db_run(db, "derive_cost_end", error);
}
