/*
 * verify.h - proving a pack: that it is one, whole and as written, and who signed it.
 */
#pragma once
#include "pack/archive.h"

struct pack_verdict {
    guint file_count;                         /* the manifest and signature included */
    char manifest_sha256[DIGEST_HEX_LEN + 1]; /* stands for the whole pack */
    char *signer;        /* what ssh-keygen says of a good signature; NULL: there is none */
    GPtrArray *problems; /* char *, a sentence each; none: all is as written */
};

/*
 * Reads a pack; no ledger is needed, and nothing is unpacked. signers is a file of allowed
 * signers, which makes an unsigned pack a problem, or NULL. FALSE is a file that cannot be read, or
 * a signature that cannot be checked.
 */
gboolean pack_verify(const char *path, const char *signers, struct pack_verdict *out,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void pack_verdict_clear(struct pack_verdict *verdict);
typedef struct pack_verdict PackVerdict; /* for g_auto(PackVerdict) alone */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PackVerdict, pack_verdict_clear)
