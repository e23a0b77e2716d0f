/*
 * pdf_sandbox.h - what a process that reads an untrusted PDF may not do.
 */
#pragma once
#include <glib.h>

struct pdf_limits {
    guint seconds;       /* of wall time and, of its own, CPU time */
    gsize memory_len;    /* address space, bytes */
    gsize text_len;      /* bytes of text that it may write */
    gint64 wall_time_us; /* the same wall time, so that tests need not wait */
};

#define PDF_SANDBOX_FAILED 126 /* exit status of a child that could not be confined */

/*
 * For the child between fork and exec: limits on CPU time, memory, file size and open files, no new
 * privileges, and a system-call filter that refuses the network, other processes, and everything
 * that makes, changes or removes a file. Exits with PDF_SANDBOX_FAILED when any of it cannot be
 * had. Calls nothing that a forked thread may not call.
 */
void pdf_sandbox_enter(gpointer limits);
