/* about.c - pack.json, and VERIFY.txt: what the pack is for programs, and how anyone can prove it.
 */
#include "core/asset.h"
#include "core/instant.h"
#include "core/json_text.h"
#include "pack/archive_format.h"
#include "pack/contents.h"
#include "pack/signature.h"
#include "report/typeface.h"
#include "report/xlsx_book.h"

#define PACK_VERSION 1 /* of the layout that pack.h tells */

static void put_key(GString *out, int depth, const char *key)
{
    g_string_append_printf(out, "%*s", depth * 2, "");
    json_append_string(out, key);
    g_string_append(out, ": ");
}

static void put_text(GString *out, int depth, const char *key, const char *value, const char *end)
{
    put_key(out, depth, key);
    if (value)
        json_append_string(out, value);
    else
        g_string_append(out, "null");
    g_string_append_printf(out, "%s\n", end);
}

static void put_number(GString *out, int depth, const char *key, int64_t value, const char *end)
{
    put_key(out, depth, key);
    g_string_append_printf(out, "%" G_GINT64_FORMAT "%s\n", value, end);
}

static void put_about(GString *out, const struct pack_request *request)
{
    g_autofree char *next = request->month ? g_strconcat(request->month->next, "-01", NULL) : NULL;

    g_string_append(out, "  \"about\": {\n");
    put_text(out, 2, "month", request->month ? request->month->text : NULL, ",");
    put_text(out, 2, "organization_id", request->organization_id, ",");
    put_text(out, 2, "card_last4", request->card, ",");
    put_text(out, 2, "from", request->month ? request->month->first : request->from, ",");
    put_text(out, 2, "until", next ? next : request->until, "");
    g_string_append(out, "  },\n");
}

static void put_closes(GString *out, const GPtrArray *closes)
{
    g_string_append(out, "  \"closes\": [");
    for (guint i = 0; i < closes->len; i++) {
        const struct close_row *close = g_ptr_array_index(closes, i);

        g_string_append(out, i > 0 ? ", {\n" : "{\n");
        put_text(out, 2, "organization_id", close->organization_id, ",");
        if (close->sequence > 0) {
            put_number(out, 2, "sequence", close->sequence, ",");
            put_text(out, 2, "prepared_by", close->prepared_by, ",");
            put_text(out, 2, "reviewed_by", close->reviewed_by, ",");
            put_text(out, 2, "policy", close->policy, ",");
            put_text(out, 2, "statement", close->entry, ",");
            put_text(out, 2, "statement_sha256", close->statement_sha256, ",");
            put_text(out, 2, "contents_sha256", close->contents_sha256, ",");
        }
        put_text(out, 2, "state", close->state ? close->state : "not closed", "");
        g_string_append(out, "  }");
    }
    g_string_append(out, "],\n");
}

static void put_sources(GString *out, const GPtrArray *sources)
{
    g_string_append(out, "  \"sources\": [");
    for (guint i = 0; i < sources->len; i++) {
        const struct pack_source *source = g_ptr_array_index(sources, i);

        g_string_append(out, i > 0 ? ", {\n" : "{\n");
        put_text(out, 2, "name", source->name, ",");
        put_text(out, 2, "kind", source->kind, ",");
        put_text(out, 2, "sha256", source->sha256, ",");
        put_text(out, 2, "file", source->entry, ",");
        put_text(out, 2, "file_sha256", source->entry ? source->entry_sha256 : NULL, ",");
        put_text(out, 2, "missing", source->entry ? NULL : pack_source_reason(source), "");
        g_string_append(out, "  }");
    }
    g_string_append(out, "],\n");
}

static gboolean put_counts(GString *out, const struct contents *contents, GError **error)
{
    struct statement *row = statement_get(contents->copy->db, "pack_counts", error);
    g_autofree char *zones = zone_data_version();
    g_autofree char *glib =
        g_strdup_printf("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);

    if (!row || statement_step(row, error) != ROW)
        return FALSE;
    g_string_append(out, "  \"ledger\": {\n");
    put_text(out, 2, "holds", contents_is_excerpt(contents) ? "an excerpt" : "everything", ",");
    for (int i = 0; i < statement_column_count(row) - 1; i++)
        put_number(out, 2, statement_column_name(row, i), statement_int(row, i),
                   i < statement_column_count(row) - 2 ? "," : "");
    g_string_append(out, "  },\n  \"versions\": {\n");
    put_text(out, 2, "trueup", TRUEUP_VERSION, ",");
    put_text(out, 2, "sqlite", statement_text(row, statement_column_count(row) - 1), ",");
    put_text(out, 2, "glib", glib, ",");
    put_text(out, 2, "cairo", cairo_version_string(), ",");
    put_text(out, 2, "pango", pango_version_string(), ",");
    put_text(out, 2, "libxlsxwriter", xlsx_book_version(), ",");
    put_text(out, 2, "zlib", format_crc_version(), ",");
    put_text(out, 2, "zone_data", zones, "");
    g_string_append(out, "  }\n");
    statement_reset(row);
    return TRUE;
}

GString *contents_json(const struct contents *contents, GError **error)
{
    GString *out = g_string_new("{\n");

    put_number(out, 1, "pack", PACK_VERSION, ",");
    put_about(out, contents->request);
    put_text(out, 1, "burn_policy", "free-first", ",");
    g_string_append(out, "  \"audit\": {\n");
    put_number(out, 2, "rows", contents->head.count, ",");
    put_text(out, 2, "head", contents->head.count ? contents->head.hash : NULL, "");
    g_string_append(out, "  },\n");
    put_closes(out, contents->closes);
    put_sources(out, contents->copy->sources);
    if (!put_counts(out, contents, error)) {
        g_string_free(out, TRUE);
        return NULL;
    }
    g_string_append(out, "}\n");
    return out;
}

static void put_signature(GString *out)
{
    g_string_append(out,
                    "\nWho signed the manifest: the key that the signature names, and whose key "
                    "that is by a file of\n"
                    "allowed signers (ssh-keygen(1)) that stands beside the pack:\n\n"
                    "    ssh-keygen -Y check-novalidate -n " SIGNATURE_NAMESPACE
                    " -s " ARCHIVE_SIGNATURE " < " ARCHIVE_MANIFEST "\n"
                    "    ssh-keygen -Y verify -n " SIGNATURE_NAMESPACE " -f ../allowed_signers -I "
                    "\"$(ssh-keygen -Y find-principals -f ../allowed_signers -s " ARCHIVE_SIGNATURE
                    ")\" -s " ARCHIVE_SIGNATURE " < " ARCHIVE_MANIFEST "\n");
}

/* The command by which stock sqlite3 asks the ledger something. */
static gboolean put_query(GString *out, const char *options, const char *name, GError **error)
{
    g_autofree char *asset = g_strconcat("sql/statement/", name, ".sql", NULL);
    g_autoptr(GBytes) text = asset_read(asset, error);
    g_autofree char *query = text ? g_strdup(g_bytes_get_data(text, NULL)) : NULL;

    if (query)
        g_string_append_printf(out, "sqlite3 -readonly %sledger.sqlite '%s'", options,
                               g_strstrip(query));
    return query != NULL;
}

static gboolean put_statements(GString *out, const GPtrArray *closes, GError **error)
{
    gboolean is_first = TRUE;

    for (guint i = 0; i < closes->len; i++) {
        const struct close_row *close = g_ptr_array_index(closes, i);

        if (!close->entry)
            continue;
        if (is_first)
            g_string_append(out,
                            "\nThe statements are those that were signed: their digests stand in "
                            "the ledger's closes.\n\n");
        is_first = FALSE;
        g_string_append(out, "    ");
        if (!put_query(out, "", "pack_verify_closes", error))
            return FALSE;
        g_string_append_printf(out, " | grep -c \"$(sha256sum < %s | cut -c 1-64)\"\n",
                               close->entry);
    }
    return TRUE;
}

static gboolean put_head(GString *out, const struct audit_head *head, GError **error)
{
    g_string_append_printf(out,
                           "\nIts log ends with row %" G_GINT64_FORMAT
                           " and this hash; `trueup --ledger ledger.sqlite verify` walks it.\n\n"
                           "    test \"$(",
                           head->count);
    if (!put_query(out, "", "pack_verify_head", error))
        return FALSE;
    g_string_append_printf(out, ")\" = '%" G_GINT64_FORMAT "|%s'\n", head->count, head->hash);
    return TRUE;
}

static void put_files(GString *out, const struct contents *contents, guint file_count)
{
    g_autofree char *about = contents_about(contents);

    g_string_append_printf(
        out,
        "Evidence pack of trueup: %s\n\n"
        "`trueup verify pack.zip` proves all of this at once. Without trueup, in a folder that "
        "holds\n"
        "the pack as pack.zip, unzip, sha256sum, sqlite3 and ssh-keygen do. Each command must "
        "succeed.\n\n"
        "The files are those of the manifest, %u with it, and no others:\n\n"
        "    unzip -q -d pack pack.zip\n"
        "    cd pack\n"
        "    sha256sum --check --strict --quiet " ARCHIVE_MANIFEST "\n"
        "    test \"$(find . -type f | wc -l)\" -eq %u\n\n"
        "One number stands for all of it: keep the manifest's own SHA-256 elsewhere, and "
        "compare.\n\n"
        "    sha256sum " ARCHIVE_MANIFEST "\n\n"
        "The ledger is undamaged, and opens in sqlite3:\n\n"
        "    test \"$(sqlite3 -readonly ledger.sqlite 'pragma integrity_check')\" = ok\n"
        "    ",
        about, file_count, file_count);
}

static gboolean put_commands(GString *out, const struct contents *contents, guint file_count,
                             GError **error)
{
    put_files(out, contents, file_count);
    if (!put_query(out, "-header ", "pack_verify_sources", error))
        return FALSE;
    g_string_append_c(out, '\n');
    if (!contents_is_excerpt(contents) && contents->head.count > 0 &&
        !put_head(out, &contents->head, error))
        return FALSE;
    if (!put_statements(out, contents->closes, error))
        return FALSE;
    if (contents->request->key)
        put_signature(out);
    return TRUE;
}

GString *contents_verify(const struct contents *contents, guint file_count, GError **error)
{
    GString *out = g_string_new(NULL);

    if (put_commands(out, contents, file_count, error))
        return out;
    g_string_free(out, TRUE);
    return NULL;
}
