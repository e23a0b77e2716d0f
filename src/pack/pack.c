/* pack.c - writing a pack: its contents in order, the manifest of them, the signature of that. */
#include "pack/pack.h"
#include "core/text.h"
#include "pack/contents.h"
#include "pack/manifest.h"
#include "pack/signature.h"

const char *const pack_required[] = {"VERIFY.txt", "index.html", "ledger.sqlite", "pack.json",
                                     NULL};

static gboolean write_item(const struct contents *contents, const struct item *item,
                           struct archive *archive, GError **error)
{
    gconstpointer bytes;
    gsize len;

    if (item->source)
        return pack_source_copy(item->source, archive, error);
    if (!item->bytes)
        return ledger_copy_store(contents->copy, archive, item->name, error);
    bytes = g_bytes_get_data(item->bytes, &len);
    return archive_add(archive, item->name, bytes, len, error);
}

static gboolean write_manifest(struct archive *archive, const char *key, GError **error)
{
    g_autoptr(GString) manifest = manifest_make(archive_entries(archive));
    g_autoptr(GByteArray) signature = NULL;

    if (!archive_add(archive, ARCHIVE_MANIFEST, manifest->str, manifest->len, error))
        return FALSE;
    if (!key)
        return TRUE;
    signature = signature_make(key, manifest->str, manifest->len, error);
    return signature &&
           archive_add(archive, ARCHIVE_SIGNATURE, signature->data, signature->len, error);
}

/* pack.json and index.html tell of what is there, and VERIFY.txt of how many files there will be.
 */
static gboolean add_front(struct contents *contents, GError **error)
{
    guint count = contents->items->len + 4 + (contents->request->key != NULL);
    GString *text = contents_json(contents, error);

    if (!text)
        return FALSE;
    contents_add(contents, "pack.json", "The same for programs", text);
    text = contents_verify(contents, count, error);
    if (!text)
        return FALSE;
    contents_add(contents, "VERIFY.txt", "How to prove it", text);
    contents_sort(contents);
    contents_add(contents, "index.html", "Where to start", contents_index(contents));
    contents_sort(contents);
    return TRUE;
}

static void sum_up(const struct contents *contents, const struct archive *archive,
                   struct pack_summary *summary)
{
    const GPtrArray *sources = contents->copy->sources;

    summary->file_count = archive_entries(archive)->len;
    summary->blocked_count = contents->blocked_count;
    summary->blocked = g_strdup(contents->blocked->str);
    for (guint i = 0; i < sources->len; i++) {
        const struct pack_source *source = g_ptr_array_index(sources, i);

        summary->source_count += source->entry != NULL;
        summary->masked_count += source->state == SOURCE_MASKED;
        if (!source->entry)
            g_ptr_array_add(summary->missing,
                            g_strdup_printf("%s %s", source->name, pack_source_reason(source)));
    }
}

gboolean pack_write(struct db *db, const struct pack_request *request, int file, const char *path,
                    struct pack_summary *summary, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(Contents) contents = contents_new(db, request, folder, error);
    g_autoptr(Archive) archive = archive_new(file, path);

    summary->missing = g_ptr_array_new_with_free_func(g_free);
    if (!contents || !add_front(contents, error))
        return FALSE;
    for (guint i = 0; i < contents->items->len; i++)
        if (!write_item(contents, contents->items->pdata[i], archive, error))
            return FALSE;
    if (!write_manifest(archive, request->key, error) || !archive_finish(archive, error))
        return FALSE;
    sum_up(contents, archive, summary);
    return TRUE;
}

void pack_summary_clear(struct pack_summary *summary)
{
    g_clear_pointer(&summary->missing, g_ptr_array_unref);
    g_clear_pointer(&summary->blocked, g_free);
}
