/*
 * signature.h - signing a manifest and checking who did, by ssh-keygen in a process of its own.
 *
 * Keys are SSH keys, signatures are what `ssh-keygen -Y sign -n trueup` makes. The namespace keeps
 * a signature made for something else from passing here.
 */
#pragma once
#include <glib.h>

#define SIGNATURE_NAMESPACE "trueup"

/* TRUEUP_ERROR_USAGE with what ssh-keygen said when the key cannot sign, TRUEUP_ERROR_SYSTEM when
 * it cannot be run. Free it. */
GByteArray *signature_make(const char *key, const char *text, gsize len, GError **error);

/*
 * Checks a signature of text.
 *
 *   signers   a file of allowed signers, as ssh-keygen(1) has it; NULL to check against the key
 * that the signature itself names *who      told by ssh-keygen when it is good: a sentence; free it
 *   *problem  why it is none of theirs, a sentence; free it
 * One of the two is set. FALSE is a check that could not be made.
 */
gboolean signature_check(const char *signers, const char *text, gsize len,
                         const GByteArray *signature, char **who, char **problem,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
