/*
 * output.h - where a command's result goes: to the file of --output, whole or not at all, or to
 * standard output; and in which format.
 */
#pragma once
#include <glib.h>

struct output {
    char *path; /* of --output; NULL: standard output */
    gboolean force;
};

/* The entries of every command that writes a file; `what` begins a sentence: "Write the rows". */
#define OUTPUT_OPTIONS(output, what)                                                               \
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &(output).path, what " to this file", COMMAND_PATH}, \
    {                                                                                              \
        "force", 0, 0, G_OPTION_ARG_NONE, &(output).force,                                         \
            "Replace the file of --output when it exists", NULL                                    \
    }

void output_clear(struct output *output);
typedef struct output Output; /* for g_auto(Output) alone */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Output, output_clear)

/*
 * Refuses a path at which something is that is not to be replaced, or no file can be: before work
 * that takes long or cannot be taken back. Standard output is always fine.
 */
gboolean output_check(const struct output *output, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * The format of a report: the stated one; else what the file's ending says; else table on a
 * terminal, and `otherwise` elsewhere, also for a file without an ending. TRUEUP_ERROR_USAGE when a
 * format and an ending are stated that contradict each other (a .txt may hold any), and when an
 * ending says nothing to us.
 */
const char *output_format(const struct output *output, const char *stated, const char *otherwise,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Gives the bytes to standard output as they are, or writes the file: beside its place, synced,
 * then moved there. A file that exists is replaced with --force alone, and keeps its permissions;
 * a folder, link or device never. A failure is TRUEUP_ERROR_SYSTEM with the path; what was there
 * before is as it was, and nothing else is left behind. Bytes that are no text are not given to a
 * terminal: TRUEUP_ERROR_USAGE.
 */
gboolean output_write(const struct output *output, const char *bytes, gsize len,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * The same for what is written piece by piece: to a descriptor, at the start of an empty file that
 * takes its place when it is committed, and leaves nothing when it is not. The output outlives it.
 */
struct output_draft *output_draft_new(const struct output *output, GError **error);
int output_draft_file(const struct output_draft *draft); /* borrowed */
gboolean output_draft_commit(struct output_draft *draft, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void output_draft_free(struct output_draft *draft);
typedef struct output_draft OutputDraft; /* for g_autoptr(OutputDraft) alone */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OutputDraft, output_draft_free)
