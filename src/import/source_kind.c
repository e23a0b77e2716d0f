/* source_kind.c - tells what a file is that is no delimited text. */
#include "import/source_kind.h"

#define SAVE_AS_CSV "open it in the spreadsheet program and save it as \"CSV UTF-8\""
#define NO_TEXT     "export it as CSV from where it comes from"

static const struct {
    const char *magic;
    gsize len;
    struct source_kind kind;
} signatures[] = {
    {"\x1f\x8b", 2, {"a gzip archive", "unpack it first (gunzip -k) and import what is inside"}},
    {"BZh", 3, {"a bzip2 archive", "unpack it first (bunzip2 -k) and import what is inside"}},
    {"\xfd\x37zXZ", 5, {"an xz archive", "unpack it first (unxz -k) and import what is inside"}},
    {"\x28\xb5\x2f\xfd",
     4,
     {"a zstd archive", "unpack it first (unzstd) and import what is inside"}},
    {"7z\xbc\xaf\x27\x1c", 6, {"a 7-Zip archive", "unpack it first and import what is inside"}},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, {"an old Excel workbook (.xls)", SAVE_AS_CSV}},
    {"SQLite format 3",
     15,
     {"an SQLite database", "--ledger opens a ledger; import reads CSV files"}},
    {"PAR1", 4, {"a Parquet file", NO_TEXT}},
    {"\x89PNG", 4, {"a PNG image", NO_TEXT}},
    {"\xff\xd8\xff", 3, {"a JPEG image", NO_TEXT}},
    {"{\\rtf", 5, {"an RTF document", NO_TEXT}},
};

static const struct source_kind workbook = {"an Excel workbook (.xlsx)", SAVE_AS_CSV};
static const struct source_kind open_document = {"an OpenDocument file (.ods)", SAVE_AS_CSV};
static const struct source_kind zip = {"a zip archive", "unzip it first and import what is inside"};
const struct source_kind source_kind_pdf = {"a PDF document", ""};
static const struct source_kind html = {
    "a web page (HTML)",
    "a login or error page is often saved in place of the export: sign in and download it again"};
static const struct source_kind xml = {"an XML document", NO_TEXT};
static const struct source_kind json = {"JSON", NO_TEXT};

static const struct source_kind *kind_of_zip(const char *head, gsize len)
{
    if (len < 4 || (memcmp(head, "PK\3\4", 4) != 0 && memcmp(head, "PK\5\6", 4) != 0))
        return NULL;
    if (memmem(head, len, "[Content_Types].xml", 19) || memmem(head, len, "xl/", 3))
        return &workbook;
    if (memmem(head, len, "opendocument.spreadsheet", 24))
        return &open_document;
    return &zip;
}

static gboolean starts_with_word(const char *text, gsize len, const char *word)
{
    gsize word_len = strlen(word);
    return len >= word_len && g_ascii_strncasecmp(text, word, word_len) == 0;
}

static const struct source_kind *kind_of_markup(const char *text, gsize len)
{
    static const char *const openings[] = {"<!doctype html", "<html", "<head", "<body",  "<table",
                                           "<div",           "<meta", "<!--",  "<script"};

    for (gsize i = 0; i < G_N_ELEMENTS(openings); i++) {
        if (starts_with_word(text, len, openings[i]))
            return &html;
    }
    if (starts_with_word(text, len, "<?xml"))
        return memmem(text, len, "<html", 5) ? &html : &xml;
    return NULL;
}

static gsize skip_blanks(const char *text, gsize len, gsize at)
{
    while (at < len && g_ascii_isspace(text[at]))
        at++;
    return at;
}

/* A brace or bracket alone proves nothing: what follows it must be JSON too. */
static gboolean is_json(const char *text, gsize len)
{
    gsize next = len > 0 ? skip_blanks(text, len, 1) : 0;

    if (next >= len)
        return FALSE;
    if (text[0] == '{')
        return text[next] == '"' || text[next] == '}';
    return text[0] == '[' && strchr("{[\"]", text[next]) != NULL;
}

const struct source_kind *source_kind_find(const char *head, gsize len)
{
    const struct source_kind *kind = kind_of_zip(head, len);

    for (gsize i = 0; !kind && i < G_N_ELEMENTS(signatures); i++) {
        if (len >= signatures[i].len && memcmp(head, signatures[i].magic, signatures[i].len) == 0)
            kind = &signatures[i].kind;
    }
    if (kind)
        return kind;

    gsize at = len >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    at = skip_blanks(head, len, at);
    const char *text = head + at;
    gsize rest = len - at;
    if (rest >= 5 && memcmp(text, "%PDF-", 5) == 0)
        return &source_kind_pdf;
    kind = kind_of_markup(text, rest);
    return kind ? kind : is_json(text, rest) ? &json : NULL;
}

gboolean source_kind_is_json(const struct source_kind *kind)
{
    return kind == &json;
}
