/*
 * dictionary.h - the ids of names that many rows share: organizations, projects and terms.
 *
 * A name is looked up in memory, then in the ledger, then added to it. Ids that were added inside a
 * transaction that is rolled back must be forgotten with it: dictionary_forget().
 */
#pragma once
#include "core/db.h"
#include "import/fact.h"

enum dictionary_kind {
    DICTIONARY_ORGANIZATION,
    DICTIONARY_PROJECT,
    DICTIONARY_TERM,
    DICTIONARY_KINDS
};

struct dictionary;

/* What a column said last: rows come in runs of the same names. Zero-initialise, one a column. */
struct dictionary_cache {
    const struct name *last;
};

struct dictionary *dictionary_new(struct db *db);
void dictionary_free(struct dictionary *dictionary);
typedef struct dictionary Dictionary; /* for g_autoptr(Dictionary) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Dictionary, dictionary_free)

/* Empties the memory; every cache that was filled from it is void. */
void dictionary_forget(struct dictionary *dictionary);

/* The id of a name, > 0; 0 for the empty text, which is no name. cache may be NULL. */
gboolean dictionary_id(struct dictionary *dictionary, enum dictionary_kind kind,
                       struct dictionary_cache *cache, struct text text, int64_t *id,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
