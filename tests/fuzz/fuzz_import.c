/*
 * fuzz_import.c - any bytes through the whole import, into a ledger in memory: taken, and then the
 * ledger ties out and the same again is nothing new, or refused, and then nothing of it is there.
 */
#include "cli/refresh.h"
#include "core/asset.h"
#include "fuzz.h"
#include "import/import.h"

static int64_t first_number(struct db *db, const char *sql)
{
    g_autoptr(Statement) statement = statement_new(db, "fuzz", sql, NULL);

    fuzz_demand(statement && statement_step(statement, NULL) == ROW);
    return statement_int(statement, 0);
}

static void check_ties_out(struct db *db)
{
    g_autoptr(GPtrArray) names = asset_list("sql/check", ".sql");

    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autoptr(GBytes) bytes = asset_read(name, NULL);
        g_autofree char *sql = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
        g_autoptr(Statement) statement = statement_new(db, name, sql, NULL);

        fuzz_demand(statement);
        if (statement_step(statement, NULL) != END)
            g_error("broken: %s: %s", name, statement_text(statement, 0));
    }
}

static enum import_outcome import(struct db *db, const char *path)
{
    static const struct import_options options = {.organization_id = "org-fuzz", .zone = "UTC"};
    g_autoptr(GError) error = NULL;
    g_autoptr(Importer) importer = importer_new(db, &options, &error);
    g_autoptr(ImportResult) result = importer ? importer_read(importer, path, &error) : NULL;

    if (!result)
        g_error("the ledger failed: %s", error->message);
    fuzz_demand(result->outcome != IMPORT_REFUSED || result->refusal || result->problem_count > 0);
    fuzz_demand(!result->refusal || g_utf8_validate(result->refusal, -1, NULL));
    return result->outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) db = db_open_memory(&error);
    struct fuzz_file file;

    fuzz_demand(db);
    fuzz_file_open(&file, data, size);
    if (import(db, file.path) == IMPORT_REFUSED) {
        fuzz_demand(first_number(db, "select count(*) from file") == 0);
    } else {
        if (!refresh_run(db, &error))
            g_error("the refresh failed: %s", error->message);
        check_ties_out(db);
        fuzz_demand(import(db, file.path) == IMPORT_UNCHANGED);
    }
    fuzz_file_close(&file);
    return 0;
}
