/*
 * pager.h - the program that shows what is longer than the screen.
 */
#pragma once
#include <glib.h>

/*
 * Gives the bytes to $PAGER, or to less where that is not set, and waits until the person is done.
 * FALSE when nothing was shown: PAGER is empty or cat, there is no less, or it could not be run.
 */
gboolean pager_show(const char *bytes, gsize len) G_GNUC_WARN_UNUSED_RESULT;
