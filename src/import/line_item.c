/* line_item.c - see line_item.h. */
#include "import/line_item.h"

static const char *const surfaces[] = {
    "batch api", "flex", "priority", "evals", "assistants api", "web search tool calls", NULL};
static const char *const modalities[] = {"image", "text", "audio", NULL};
static const char *const token_kinds[] = {"input", "cached input", "cache writes", "output", NULL};
static const char *const tools[] = {"file search", "code interpreter", NULL};
static const char *const search_sizes[] = {"low", "med", "medium", "high", NULL};
static const char *const image_qualities[] = {"standard", "hd", NULL};

static gboolean is_word(struct text text, const char *word)
{
    return text.len == strlen(word) && memcmp(text.text, word, text.len) == 0;
}

static gboolean is_one_of(struct text text, const char *const *words)
{
    for (; *words; words++)
        if (is_word(text, *words))
            return TRUE;
    return FALSE;
}

/* Cuts text at the first separator: *head is what stands before it, *text what follows. FALSE when
 * there is none: then *head is all. */
static gboolean cut(struct text *text, const char *separator, struct text *head)
{
    const char *at = g_strstr_len(text->text, (gssize)text->len, separator);
    gsize len = at ? (gsize)(at - text->text) : text->len;
    gsize used = at ? len + strlen(separator) : len;

    *head = (struct text){text->text, len};
    *text = (struct text){text->text + used, text->len - used};
    return at != NULL;
}

/* A model's id: a lower-case letter or digit, then letters, digits and joints. */
static gboolean is_id(struct text text)
{
    if (text.len == 0 || !(g_ascii_islower(text.text[0]) || g_ascii_isdigit(text.text[0])))
        return FALSE;
    for (gsize i = 0; i < text.len; i++)
        if (!g_ascii_isalnum(text.text[i]) && !strchr("-._:/", text.text[i]))
            return FALSE;
    return TRUE;
}

/* The last word of a text, when it has several; *rest is what stands before it. */
static struct text last_word(struct text text, struct text *rest)
{
    for (gsize i = text.len; i > 0; i--) {
        if (text.text[i - 1] == ' ') {
            *rest = (struct text){text.text, i - 1};
            return (struct text){text.text + i, text.len - i};
        }
    }
    *rest = text;
    return (struct text){"", 0};
}

static gboolean is_dall_e(struct text model)
{
    return model.len == strlen("dall-e 3") && g_str_has_prefix(model.text, "dall-e ") &&
           g_ascii_isdigit(model.text[model.len - 1]);
}

/* "gpt-5-mini", "gpt-image-1 text", and the older names of two words. */
static gboolean parse_model(struct line_item *out, struct text text)
{
    struct text rest, last = last_word(text, &rest);

    if (is_one_of(last, modalities)) {
        out->modality = last;
        text = rest;
        last = last_word(text, &rest);
    }
    out->model = text;
    return is_id(text) || is_word(text, "ada v2") || is_dall_e(text) ||
           (is_word(last, "mini") && is_id(rest));
}

/* "1024x1024" */
static gboolean is_image_size(struct text text)
{
    gsize crosses = 0;

    for (gsize i = 0; i < text.len; i++) {
        if (text.text[i] == 'x' && i > 0 && i + 1 < text.len)
            crosses++;
        else if (!g_ascii_isdigit(text.text[i]))
            return FALSE;
    }
    return crosses == 1;
}

/* One part behind a comma. */
static gboolean parse_detail(struct line_item *out, struct text detail)
{
    if (is_one_of(detail, token_kinds) && out->token_kind.len == 0) {
        out->token_kind = detail;
        return TRUE;
    }
    if (is_word(detail, "long context") && out->token_kind.len > 0 && !out->is_long_context) {
        out->is_long_context = TRUE;
        return TRUE;
    }
    if (is_dall_e(out->model))
        return is_one_of(detail, image_qualities) || is_image_size(detail);
    return is_word(out->surface, "web search tool calls") && is_one_of(detail, search_sizes);
}

static gboolean parse(struct line_item *out, struct text text)
{
    struct text rest = text, head, part;
    gboolean has_more = cut(&rest, " | ", &head);

    if (is_one_of(head, surfaces)) {
        out->surface = head;
        text = rest;
        if (!has_more || is_one_of(text, tools))
            return TRUE;
    }
    has_more = cut(&text, ", ", &part);
    if (!parse_model(out, part))
        return FALSE;
    while (has_more) {
        has_more = cut(&text, ", ", &part);
        if (!parse_detail(out, part))
            return FALSE;
    }
    if (is_dall_e(out->model))
        out->modality = (struct text){"image", strlen("image")};
    return TRUE;
}

void line_item_parse(struct line_item *out, struct text text)
{
    const struct text none = {"", 0};
    const struct line_item opaque = {
        .surface = none, .model = none, .modality = none, .token_kind = none};

    *out = opaque;
    if (text.len > 0 && parse(out, text))
        out->is_understood = TRUE;
    else
        *out = opaque;
}
