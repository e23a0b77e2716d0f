/* index.c - index.html: one page, without script or anything from elsewhere. */
#include "core/money.h"
#include "core/text.h"
#include "pack/contents.h"

static const char style[] =
    ":root{color-scheme:light dark;--line:#8885}"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}"
    ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;"
    "border-bottom:1px solid var(--line)}"
    "td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    "code{font-size:.8em;overflow-wrap:anywhere}"
    "@media print{body{margin:0;max-width:none}}";

static void put_escaped(GString *out, const char *text)
{
    g_autofree char *clean = text_clean(text, FALSE);
    g_autofree char *escaped = g_markup_escape_text(clean, -1);

    g_string_append(out, escaped);
}

static void put_cell(GString *out, const char *text)
{
    g_string_append(out, "<td>");
    put_escaped(out, text);
    g_string_append(out, "</td>");
}

static void put_link(GString *out, const char *name)
{
    g_string_append_printf(out, "<td><a href=\"%s\">%s</a></td>", name, name); /* ours: plain */
}

static void put_digest(GString *out, const char *sha256)
{
    g_string_append_printf(out, "<td><code>%s</code></td>", sha256);
}

static void put_size(GString *out, guint64 size)
{
    g_string_append_printf(out, "<td class=\"n\">%" G_GUINT64_FORMAT "</td>", size);
}

static void put_table(GString *out, const char *const *headings)
{
    g_string_append(out, "<div class=\"wide\"><table><thead><tr>");
    for (guint i = 0; headings[i]; i++)
        g_string_append_printf(out, "<th scope=\"col\">%s</th>", headings[i]);
    g_string_append(out, "</tr></thead><tbody>\n");
}

static void end_table(GString *out)
{
    g_string_append(out, "</tbody></table></div>\n");
}

static void put_closes(GString *out, const GPtrArray *closes)
{
    static const char *const headings[] = {"Organization", "State",     "Prepared by",
                                           "Reviewed by",  "Statement", NULL};

    if (closes->len == 0)
        return;
    g_string_append(out, "<h2>Sign-off</h2>\n");
    put_table(out, headings);
    for (guint i = 0; i < closes->len; i++) {
        const struct close_row *close = g_ptr_array_index(closes, i);
        g_autofree char *who = *close->name
                                   ? g_strdup_printf("%s (%s)", close->name, close->organization_id)
                                   : g_strdup(close->organization_id);

        g_string_append(out, "<tr>");
        put_cell(out, who);
        put_cell(out, close->state ? close->state : "not closed");
        put_cell(out, close->prepared_by ? close->prepared_by : "");
        put_cell(out, close->reviewed_by ? close->reviewed_by : "");
        if (close->entry)
            put_link(out, close->entry);
        else
            put_cell(out, "");
        g_string_append(out, "</tr>\n");
    }
    end_table(out);
}

/* The files whose names begin so; those without a folder where it is "". */
static void put_items(GString *out, const struct contents *contents, const char *folder,
                      const char *heading, const char *text)
{
    static const char *const headings[] = {"File", "What it is", "Bytes", NULL};
    gboolean is_first = TRUE;

    for (guint i = 0; i < contents->items->len; i++) {
        const struct item *item = g_ptr_array_index(contents->items, i);

        if (*folder ? !g_str_has_prefix(item->name, folder) : strchr(item->name, '/') != NULL)
            continue;
        if (is_first) {
            g_string_append_printf(out, "<h2>%s</h2>\n<p>%s</p>\n", heading, text);
            put_table(out, headings);
        }
        is_first = FALSE;
        g_string_append(out, "<tr>");
        put_link(out, item->name);
        put_cell(out, item->title);
        put_size(out, item->size);
        g_string_append(out, "</tr>\n");
    }
    if (!is_first)
        end_table(out);
}

static void put_masked(GString *out, const GPtrArray *sources)
{
    static const char *const headings[] = {"File", "SHA-256 of the copy", "SHA-256 as imported",
                                           NULL};
    gboolean is_first = TRUE;

    for (guint i = 0; i < sources->len; i++) {
        const struct pack_source *source = g_ptr_array_index(sources, i);

        if (source->state != SOURCE_MASKED)
            continue;
        if (is_first) {
            g_string_append(out,
                            "<h2>Masked</h2>\n<p>These hold card numbers or keys: of each the last "
                            "four characters are left. All else is as imported.</p>\n");
            put_table(out, headings);
        }
        is_first = FALSE;
        g_string_append(out, "<tr>");
        put_link(out, source->entry);
        put_digest(out, source->entry_sha256);
        put_digest(out, source->sha256);
        g_string_append(out, "</tr>\n");
    }
    if (!is_first)
        end_table(out);
}

static void put_missing(GString *out, const GPtrArray *sources)
{
    static const char *const headings[] = {"File", "Why", "SHA-256 as imported", NULL};
    gboolean is_first = TRUE;

    g_string_append(out, "<h2>Not in this pack</h2>\n");
    for (guint i = 0; i < sources->len; i++) {
        const struct pack_source *source = g_ptr_array_index(sources, i);

        if (source->entry)
            continue;
        if (is_first)
            put_table(out, headings);
        is_first = FALSE;
        g_string_append(out, "<tr>");
        put_cell(out, source->name);
        put_cell(out, pack_source_reason(source));
        put_digest(out, source->sha256);
        g_string_append(out, "</tr>\n");
    }
    if (is_first)
        g_string_append(out, "<p>Nothing is missing: every file behind it is here.</p>\n");
    else
        end_table(out);
}

static void put_excerpt(GString *out, const struct pack_request *request)
{
    if (request->card)
        g_string_append(
            out, "<p>It holds the charges of this card on these days, the payments and receipts "
                 "that belong to them, and nothing of anyone else. Charges of other "
                 "merchants are left out. Figures of whole organizations cannot be made "
                 "from its ledger.</p>\n");
    else if (request->organization_id)
        g_string_append(
            out, "<p>It holds this organization alone. Files that tell of others too are not in "
                 "it; what they tell of this one is in its ledger.</p>\n");
}

GString *contents_index(const struct contents *contents)
{
    g_autofree char *about = contents_about(contents);
    GString *out =
        g_string_new("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");

    g_string_append_printf(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<style>%s</style>\n<title>",
        style);
    g_string_append(out, "Evidence pack: ");
    put_escaped(out, about);
    g_string_append(out, "</title>\n</head>\n<body>\n<h1>Evidence pack: ");
    put_escaped(out, about);
    g_string_append(out, "</h1>\n");
    put_excerpt(out, contents->request);
    g_string_append(
        out, "<p>To prove it: <code>trueup verify</code> with the name of the zip, or the commands "
             "of <a href=\"VERIFY.txt\">VERIFY.txt</a>, which need stock tools alone.</p>\n");
    put_closes(out, contents->closes);
    put_missing(out, contents->copy->sources);
    put_items(out, contents, "documents/", "Documents",
              "For people: the same figures as the reports.");
    put_items(out, contents, "closes/", "Statements", "As they were signed, byte for byte.");
    put_items(out, contents, "receipts/", "Receipts and invoices",
              "As they were imported, byte for byte.");
    put_items(out, contents, "sources/", "Sources",
              "As they were imported, byte for byte, but for the masked ones.");
    put_masked(out, contents->copy->sources);
    put_items(out, contents, "reports/", "Reports",
              "Header and rows, for programs and spreadsheets.");
    put_items(out, contents, "", "Ledger and proof",
              "Everything but the sources is made from this ledger, which sqlite3 opens. "
              "MANIFEST.sha256 has the SHA-256 of every file.");
    g_string_append(out, "</body>\n</html>\n");
    return out;
}
