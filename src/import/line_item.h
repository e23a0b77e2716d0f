/*
 * line_item.h - what the text of a cost export's line item says.
 *
 *     [SURFACE | ]MODEL[ image| text| audio][, input|cached input|cache writes|output][, long
 * context]
 *
 * with the older "dall-e 3, standard, 1024x1024" and "web search tool calls | gpt-4o mini, med".
 * A text that does not fit as a whole is not understood, and then nothing of it is.
 */
#pragma once
#include "import/fact.h"

struct line_item {
    gboolean is_understood;
    gboolean is_long_context;
    struct text surface, model, modality, token_kind; /* parts of the text, or empty */
};

void line_item_parse(struct line_item *out, struct text text);
