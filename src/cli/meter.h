/*
 * meter.h - the line that shows how far long work is (core/progress.h).
 */
#pragma once
#include "core/progress.h"

/* From now on work that takes over a second has a line, where progress can be shown. */
void meter_start(void);

/*
 * The line: "importing  [=====>     ]  45 %  310 MB/s  0:12 left"; without its bar, then cut, where
 * the width (columns) is too small for it. NULL during the first second.
 */
char *meter_line(const struct progress *progress, gint64 now, int width);
