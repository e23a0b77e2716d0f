/* reject_clear.c - which files correct which quarantined readings; see reject.h for the rule. */
#include "core/text.h"
#include "import/forget.h"
#include "import/reject.h"

/* A file of the same format and options: one of the two has rejects, the other none. */
struct candidate {
    int64_t file_id, reject_count;
    char *name;
};

static void candidate_clear(gpointer candidate)
{
    g_free(((struct candidate *)candidate)->name);
}

static gboolean find_candidates(struct load *load, GArray *candidates, GError **error)
{
    struct statement *statement = statement_get(load->db, "reject_candidates", error);
    enum row_status status;

    if (!statement)
        return FALSE;
    statement_bind_int(statement, "file_id", load->file_id);
    while ((status = statement_step(statement, error)) == ROW) {
        struct candidate candidate = {
            .file_id = statement_int(statement, 0),
            .name = g_strdup(statement_text(statement, 1)),
            .reject_count = statement_int(statement, 2),
        };

        g_array_append_val(candidates, candidate);
    }
    statement_reset(statement);
    return status == END;
}

/* How a clean file compares with a quarantined reading. */
struct comparison {
    gint64 fact_count, missing_count, clean_count;
};

static gboolean compare(struct db *db, int64_t quarantined, int64_t clean,
                        struct comparison *comparison, GError **error)
{
    struct statement *statement = statement_get(db, "reject_comparison", error);

    if (!statement)
        return FALSE;
    statement_bind_int(statement, "quarantined", quarantined);
    statement_bind_int(statement, "clean", clean);
    if (statement_step(statement, error) != ROW)
        return FALSE;
    comparison->fact_count = statement_int(statement, 0);
    comparison->missing_count = statement_int(statement, 1);
    comparison->clean_count = statement_int(statement, 2);
    statement_reset(statement);
    return TRUE;
}

static gboolean corrects(const struct comparison *comparison)
{
    return comparison->missing_count == 0 && comparison->clean_count > comparison->fact_count;
}

static char *told_cleared(const struct candidate *candidate)
{
    g_autofree char *records = text_count(candidate->reject_count, "record");

    return g_strdup_printf("takes the place of %s, of which %s had been set aside", candidate->name,
                           records);
}

/* Why a file that looks like a correction is none; NULL when it does not even look like one. */
static char *told_near(const struct candidate *candidate, const struct comparison *comparison)
{
    g_autofree char *records = text_count(comparison->fact_count, "record");

    if (comparison->missing_count * 2 > comparison->fact_count)
        return NULL;
    if (comparison->missing_count == 0)
        return g_strdup_printf("the rejects of %s stay open: this file has nothing in their place "
                               "(`trueup forget` takes that file back)",
                               candidate->name);
    return g_strdup_printf("the rejects of %s stay open: %" G_GINT64_FORMAT
                           " of its %s that went in are not in this file (`trueup forget` takes "
                           "that file back)",
                           candidate->name, comparison->missing_count, records);
}

static gboolean clear_candidate(struct load *load, const struct candidate *candidate,
                                GError **error)
{
    struct comparison comparison;
    char *told;

    if (!compare(load->db, candidate->file_id, load->file_id, &comparison, error))
        return FALSE;
    if (!corrects(&comparison)) {
        told = told_near(candidate, &comparison);
        if (told)
            g_ptr_array_add(load->cleared, told);
        return TRUE;
    }
    g_ptr_array_add(load->cleared, told_cleared(candidate));
    if (!forget_reading(load->db, candidate->file_id, error))
        return FALSE;
    dictionary_forget(load->dictionary); /* forgetting prunes what the memory still knows */
    return TRUE;
}

static gboolean find_correction(struct load *load, const struct candidate *candidate,
                                GError **error)
{
    struct comparison comparison;

    if (load->corrected_by)
        return TRUE;
    if (!compare(load->db, load->file_id, candidate->file_id, &comparison, error))
        return FALSE;
    if (corrects(&comparison))
        load->corrected_by = g_strdup(candidate->name);
    return TRUE;
}

gboolean reject_clear(struct load *load, GError **error)
{
    g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(struct candidate));

    g_array_set_clear_func(candidates, candidate_clear);
    if (!find_candidates(load, candidates, error))
        return FALSE;
    for (guint i = 0; i < candidates->len; i++) {
        const struct candidate *candidate = &g_array_index(candidates, struct candidate, i);

        if (!(load->reject_count > 0 ? find_correction(load, candidate, error)
                                     : clear_candidate(load, candidate, error)))
            return FALSE;
    }
    return TRUE;
}
