/*
 * source.h - the files that a pack's facts come from: read again where they lay at import, looked
 * through for secrets, copied as they are or with these masked.
 */
#pragma once
#include "core/digest.h"
#include "pack/archive.h"

enum source_state {
    SOURCE_WHOLE,  /* goes in byte for byte */
    SOURCE_MASKED, /* goes in with its secrets masked, as UTF-8 */
    SOURCE_ABSENT,
    SOURCE_CHANGED,
    SOURCE_SECRET,  /* no text of ours, and shows a secret */
    SOURCE_OPAQUE,  /* cannot be looked through */
    SOURCE_FOREIGN, /* tells of more than this pack is about */
};

/* The text of a PDF, to be looked through; free it. NULL with an error when there is none. */
typedef char *(*source_pdf_text)(const char *bytes, gsize len, GError **error);

struct pack_source {
    char *name;                      /* as imported: for people */
    char *path, *kind, *encoding;    /* likewise */
    char sha256[DIGEST_HEX_LEN + 1]; /* of what was imported */
    gboolean is_whole;               /* FALSE: tells of more than this pack is about */
    enum source_state state;
    const char *ending; /* "csv", "json", "pdf": what it is, not what it is called */
    char *entry;        /* its name in the pack; NULL while it has none */
    char entry_sha256[DIGEST_HEX_LEN + 1];
    guint64 entry_size;
};

void pack_source_free(struct pack_source *source);

/* Reads the file and settles its state, and size and digest of what goes into the pack. What is
 * wrong with the file is its state. */
void pack_source_look(struct pack_source *source, source_pdf_text pdf_text);

/* Copies what pack_source_look() found. TRUEUP_ERROR_INPUT when the file is another by now. */
gboolean pack_source_copy(const struct pack_source *source, struct archive *archive,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Why it is not in the pack, a clause: "is not where it was imported from". */
const char *pack_source_reason(const struct pack_source *source);
