/* survey_cell.c - the types that one cell may have; see survey_cell.h. */
#include "import/survey_cell.h"
#include "core/instant.h"

#define DATE_TEXT_MAX   40
#define AMOUNT_TEXT_MAX 48

static const char *const shape_formats[DATE_SHAPES] = {
    "iso",      "%Y%m%d",    "dmy",      "mdy",       "ymd",
    "%d %b %Y", "%d-%b-%Y",  "%d/%b/%Y", "%d.%b.%Y",  "%d %b %y",
    "%d-%b-%y", "%b %d, %Y", "%b %d %Y", "%d. %b %Y", "%b-%d-%Y",
};

const char *date_shape_format(enum date_shape shape)
{
    return shape_formats[shape];
}

static void fit(struct date_cell *out, enum date_shape shape, int year, int month, int day)
{
    if (year < 100)
        year += year >= 70 ? 1900 : 2000;
    if (!civil_day_valid(year, month, day))
        return;
    out->fits |= 1U << shape;
    out->days[shape] = day_from_civil(year, month, day);
}

/* Up to three numbers with the same mark between them; how many digits each has. */
static const char *take_numbers(const char *at, const char *end, int numbers[3], int digits[3])
{
    char mark = '\0';

    for (int i = 0; i < 3; i++) {
        if (i > 0) {
            if (at == end || !strchr("/.-", *at) || (i == 2 && *at != mark))
                return NULL;
            mark = *at++;
        }
        numbers[i] = digits[i] = 0;
        for (; at < end && g_ascii_isdigit(*at) && digits[i] < 5; at++, digits[i]++)
            numbers[i] = numbers[i] * 10 + (*at - '0');
        if (digits[i] == 0 || digits[i] == 3 || digits[i] == 5)
            return NULL;
    }
    return at;
}

/* A time of day behind a date: a blank or T, then digits with ':' between them. */
static gboolean is_time(const char *at, const char *end)
{
    gboolean colon = FALSE;

    if (*at != ' ' && *at != 'T')
        return FALSE;
    for (at++; at < end; at++) {
        colon |= *at == ':';
        if (!g_ascii_isdigit(*at) && *at != ':')
            return FALSE;
    }
    return colon;
}

static void read_numeric(struct date_cell *out, struct text text)
{
    const char *end = text.text + text.len;
    int n[3], digits[3];
    const char *rest = take_numbers(text.text, end, n, digits);

    if (!rest || digits[1] > 2 || (rest < end && !is_time(rest, end)))
        return;
    out->has_time |= rest < end;
    if (digits[0] == 4 && digits[2] <= 2)
        fit(out, SHAPE_YMD, n[0], n[1], n[2]);
    if (digits[0] > 2)
        return;
    if (digits[2] == 4 || digits[2] == 2) {
        fit(out, SHAPE_DMY, n[2], n[1], n[0]);
        fit(out, SHAPE_MDY, n[2], n[0], n[1]);
    }
    if (digits[0] == 2 && digits[2] <= 2)
        fit(out, SHAPE_YMD, n[0], n[1], n[2]);
}

static void try_format(struct date_cell *out, enum date_shape shape, struct text text)
{
    struct civil civil;

    if (!civil_parse(&civil, text.text, text.len, shape_formats[shape], NULL))
        return;
    fit(out, shape, civil.year, civil.month, civil.day);
    out->has_time |= civil.has_time;
    out->has_offset |= civil.has_offset;
}

gboolean date_cell_read(struct date_cell *out, struct text text)
{
    gsize digits = 0, letters = 0;

    out->fits = 0;
    out->has_time = out->has_offset = FALSE;
    if (text.len < 6 || text.len > DATE_TEXT_MAX)
        return FALSE;
    for (gsize i = 0; i < text.len; i++) {
        digits += g_ascii_isdigit(text.text[i]);
        letters += g_ascii_isalpha(text.text[i]);
    }
    if (digits < 3)
        return FALSE;
    if (digits == 8 && text.len == 8)
        try_format(out, SHAPE_COMPACT, text);
    else if (letters >= 3)
        for (int shape = SHAPE_NAMED; shape < DATE_SHAPES; shape++)
            try_format(out, (enum date_shape)shape, text);
    else
        read_numeric(out, text);
    if (text.text[0] == '1' || text.text[0] == '2')
        try_format(out, SHAPE_ISO, text);
    return out->fits != 0;
}

/* The symbol or the three capitals beside the digits. */
static void find_unit(char unit[5], struct text text)
{
    static const char *const symbols[] = {"$", "\xC2\xA3", "\xE2\x82\xAC", "\xC2\xA5"};

    unit[0] = '\0';
    for (gsize i = 0; i < G_N_ELEMENTS(symbols); i++)
        if (g_strstr_len(text.text, (gssize)text.len, symbols[i]))
            g_strlcpy(unit, symbols[i], 5);
    for (gsize i = 0; !*unit && i + 3 <= text.len; i++)
        if (g_ascii_isupper(text.text[i]) && g_ascii_isupper(text.text[i + 1]) &&
            g_ascii_isupper(text.text[i + 2])) {
            memcpy(unit, text.text + i, 3);
            unit[3] = '\0';
        }
}

static gboolean parse(struct amount_cell *out, int mark, struct text text, const char *thousands)
{
    const struct number_style style = {mark == MARK_POINT ? '.' : ',', thousands};

    return money_parse(&out->nanos[mark], text.text, text.len, &style, NULL, NULL);
}

/* The fewest marks that group its thousands, under one decimal mark. */
static gboolean read_under(struct amount_cell *out, int mark, struct text text)
{
    static const struct {
        const char *under[MARKS];
        unsigned groups;
    } ways[] = {
        {{"", ""}, 0},
        {{",", "."}, GROUP_MARK},
        {{" ", " "}, GROUP_SPACE},
        {{"'", "'"}, GROUP_APOSTROPHE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
        if (parse(out, mark, text, ways[i].under[mark])) {
            out->groups[mark] = ways[i].groups;
            return TRUE;
        }
    }
    return FALSE;
}

gboolean amount_cell_read(struct amount_cell *out, struct text text)
{
    gboolean digit = FALSE;

    memset(out, 0, sizeof(*out));
    if (text.len == 0 || text.len > AMOUNT_TEXT_MAX)
        return FALSE;
    out->is_bare = TRUE;
    for (gsize i = 0; i < text.len; i++) {
        digit |= g_ascii_isdigit(text.text[i]);
        out->is_bare &= g_ascii_isdigit(text.text[i]);
    }
    if (!digit)
        return FALSE;
    for (int mark = 0; mark < MARKS; mark++)
        out->fits[mark] = read_under(out, mark, text);
    if (!out->fits[MARK_POINT] && !out->fits[MARK_COMMA])
        return FALSE;
    out->is_credit_marked = text.len > 2 && g_ascii_toupper(text.text[text.len - 1]) == 'R' &&
                            strchr("CcDd", text.text[text.len - 2]);
    find_unit(out->unit, text);
    return TRUE;
}

gboolean amount_cell_is_plain(const struct amount_cell *cell)
{
    return cell->fits[MARK_POINT] && cell->fits[MARK_COMMA] &&
           cell->nanos[MARK_POINT] == cell->nanos[MARK_COMMA];
}

gboolean text_has_letter(struct text text)
{
    for (const char *at = text.text; at < text.text + text.len; at = g_utf8_next_char(at)) {
        if (g_unichar_isalpha(g_utf8_get_char(at)))
            return TRUE;
    }
    return FALSE;
}
