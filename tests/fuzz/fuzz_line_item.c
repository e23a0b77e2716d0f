/*
 * fuzz_line_item.c - any text as a line item: its parts stand in it one after another, but for the
 * modality of dall-e, which its name tells; what is not understood has none.
 */
#include "fuzz.h"
#include "import/line_item.h"

/* The part lies within the text, behind `at`; returns its end. */
static const char *check_part(const char *at, const char *end, struct text part)
{
    if (part.len == 0)
        return at;
    fuzz_demand(part.text >= at && part.text + part.len <= end);
    return part.text + part.len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct text text = {(const char *)data, size};
    const char *end = text.text + text.len;
    struct line_item item;

    line_item_parse(&item, text);
    if (!item.is_understood) {
        fuzz_demand(item.surface.len + item.model.len + item.modality.len + item.token_kind.len ==
                        0 &&
                    !item.is_long_context);
        return 0;
    }
    const char *at = check_part(text.text, end, item.surface);
    at = check_part(at, end, item.model);
    if (item.modality.text >= text.text && item.modality.text < end)
        at = check_part(at, end, item.modality);
    else
        fuzz_demand(item.modality.len == 0 || g_str_has_prefix(item.model.text, "dall-e"));
    at = check_part(at, end, item.token_kind);
    fuzz_demand(item.surface.len + item.model.len > 0);
    fuzz_demand(!item.is_long_context || at < end);
    return 0;
}
