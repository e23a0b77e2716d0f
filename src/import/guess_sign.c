/*
 * guess_sign.c - which way the money of a row went.
 *
 * Two columns, a column of directions, and CR or DR behind amounts prove it. Else it takes two
 * signs that are independent of each other, agree, and that nothing contradicts:
 *
 *   balance    a running balance moves with or against the amount, in every row
 *   majority   at least 80 % of at least 8 amounts have one sign: those are charges
 *   payments   what only a card's issuer writes ("payment thank you") has the other sign
 *   refunds    what says refund has the other sign; where charges would be positive this does not
 *              count: so do the refunds of somebody who takes payments
 *   type       rows of type purchase have one sign, those of type refund the other
 *
 * A balance alone does not suffice because what is owed on a card is often called so too: then most
 * rows must agree, being charges. The same file with the other sign would turn every charge into a
 * refund, so whatever is in doubt is left open.
 */
#include "import/guess_internal.h"

#define MAJORITY_ROWS    8
#define MAJORITY_PERCENT 80
#define BALANCE_STEPS    3

/* What speaks for charges being negative (-1) or positive (+1). */
struct votes {
    int sum, count;
    gboolean has_balance, contradict;
    GString *evidence;
};

static void vote(struct votes *votes, int sign, char *evidence)
{
    votes->contradict |= votes->count > 0 && (votes->sum > 0) != (sign > 0);
    votes->sum += sign;
    votes->count++;
    g_string_append_printf(votes->evidence, "%s%s", votes->evidence->len ? "; " : "", evidence);
    g_free(evidence);
}

/* The signs of the amounts: of their column, or of what came in less what went out. */
static struct word_count amount_signs(const struct guess *guess)
{
    const struct column_survey *amount = guess_column(guess, ROLE_AMOUNT);
    const struct column_survey *debit = guess_column(guess, ROLE_DEBIT);
    const struct column_survey *credit = guess_column(guess, ROLE_CREDIT);
    struct word_count signs = {0};

    if (debit && credit) {
        signs.negative = debit->positive + debit->negative;
        signs.positive = credit->positive + credit->negative;
    } else if (amount) {
        signs.negative = amount->negative;
        signs.positive = amount->positive;
    }
    signs.rows = signs.negative + signs.positive;
    return signs;
}

/* What the words of a column say of the signs beside them. */
struct headings {
    struct word_count out, in, beside;
    gint64 unknown;
    gboolean readable; /* few words, and such as an .ini can state */
};

static struct headings count_headings(const struct guess *guess, gboolean sure)
{
    const struct column_survey *column = guess_column(guess, ROLE_TYPE);
    struct headings headings = {.readable = column && column->words};
    GHashTableIter iter;
    gpointer word, value;

    if (!headings.readable)
        return headings;
    g_hash_table_iter_init(&iter, column->words);
    while (g_hash_table_iter_next(&iter, &word, &value)) {
        const struct word_count *count = value;
        g_autofree char *plain = guess_word(word);
        enum heading heading = sure ? guess_words_direction(guess->words, plain)
                                    : guess_words_type(guess->words, plain);
        struct word_count *into = heading == HEADING_OUT             ? &headings.out
                                  : heading == HEADING_IN            ? &headings.in
                                  : heading == HEADING_IN_BESIDE_OUT ? &headings.beside
                                                                     : NULL;

        headings.readable &= !strpbrk(word, "|,=\\");
        if (!into) {
            headings.unknown += count->rows;
            continue;
        }
        into->rows += count->rows;
        into->positive += count->positive;
        into->negative += count->negative;
    }
    return headings;
}

static gint compare_words(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The words of one heading, as the .ini lists them. */
static char *heading_words(const struct guess *guess, enum heading wanted)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    GString *text = g_string_new(NULL);
    GHashTableIter iter;
    gpointer word;

    g_hash_table_iter_init(&iter, guess_column(guess, ROLE_TYPE)->words);
    while (g_hash_table_iter_next(&iter, &word, NULL)) {
        g_autofree char *plain = guess_word(word);
        if (guess_words_direction(guess->words, plain) == wanted)
            g_ptr_array_add(words, word);
    }
    g_ptr_array_sort(words, compare_words);
    for (guint i = 0; i < words->len; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? " | " : "", (char *)words->pdata[i]);
    return g_string_free(text, FALSE);
}

static void settle(struct guess *guess, int sign, enum grade grade, char *evidence)
{
    guess->direction = sign < 0 ? DIRECTION_NEGATIVE : DIRECTION_POSITIVE;
    guess->charge = g_strdup(sign < 0 ? "negative" : "positive");
    guess_find(guess, "charge", grade, g_strdup(guess->charge), evidence);
}

/* Amounts without a sign beside a column that tells the direction of every row. */
static void settle_by_column(struct guess *guess, const struct headings *headings)
{
    g_autofree char *column = guess_column_text(guess, guess->roles.column[ROLE_TYPE]);
    g_autofree char *out = heading_words(guess, HEADING_OUT);
    g_autofree char *in = heading_words(guess, HEADING_IN);

    /* With one direction alone the other's words are those that it usually has. */
    guess->direction = DIRECTION_COLUMN;
    guess->charge =
        g_strdup_printf("column: %s, out = %s, in = %s", column, out, *in ? in : "credit");
    guess_find(guess, "charge", GRADE_PROVED,
               guess_column_shown(guess, guess->roles.column[ROLE_TYPE]),
               g_strdup_printf(
                   "tells the direction of all %" G_GINT64_FORMAT " rows: out %" G_GINT64_FORMAT
                   ", in %" G_GINT64_FORMAT "; no amount has a sign",
                   headings->out.rows + headings->in.rows, headings->out.rows, headings->in.rows));
}

/* TRUE when a column of directions settles it or contradicts itself. */
static gboolean try_directions(struct guess *guess)
{
    struct headings h = count_headings(guess, TRUE);
    struct word_count signs = amount_signs(guess);

    if (!h.readable || h.unknown > 0 || h.out.rows == 0)
        return FALSE;
    if (signs.negative == 0) {
        settle_by_column(guess, &h);
    } else if (h.out.positive == 0 && h.in.negative == 0) {
        settle(guess, -1, GRADE_PROVED,
               g_strdup_printf("a column tells every direction: %" G_GINT64_FORMAT
                               " out and negative, %" G_GINT64_FORMAT " in and positive",
                               h.out.negative, h.in.positive));
    } else if (h.out.negative == 0 && h.in.positive == 0) {
        settle(guess, 1, GRADE_PROVED,
               g_strdup_printf("a column tells every direction: %" G_GINT64_FORMAT
                               " out and positive, %" G_GINT64_FORMAT " in and negative",
                               h.out.positive, h.in.negative));
    } else {
        return FALSE;
    }
    return TRUE;
}

static gboolean try_credit_marks(struct guess *guess)
{
    const struct column_survey *amount = guess_column(guess, ROLE_AMOUNT);

    if (!amount || amount->credit_marked == 0 || amount->negative > amount->credit_marked)
        return FALSE;
    settle(guess, 1, GRADE_PROVED,
           g_strdup_printf("%" G_GINT64_FORMAT " amounts carry CR or DR, the others no sign",
                           amount->credit_marked));
    return TRUE;
}

/* The balance's steps under the decimal mark that was decided. */
static const struct balance_track *balance_track(const struct guess *guess)
{
    return &guess->survey->balance[g_strcmp0(guess->decimal, ",") == 0 ? MARK_COMMA : MARK_POINT];
}

/* Whether every step holds, moving with (0) or against (1) the amount, fee on top or not. */
static gboolean balance_holds(const struct guess *guess, int against, int with_fee)
{
    const struct balance_track *track = balance_track(guess);

    return track->steps >= BALANCE_STEPS &&
           (track->holds[OLDEST_FIRST][against][with_fee] == track->steps ||
            track->holds[NEWEST_FIRST][against][with_fee] == track->steps);
}

static void vote_balance(const struct guess *guess, struct votes *votes)
{
    gboolean with = balance_holds(guess, 0, 0) || balance_holds(guess, 0, 1);
    gboolean against = balance_holds(guess, 1, 0) || balance_holds(guess, 1, 1);

    if (with == against)
        return;
    votes->has_balance = TRUE;
    vote(votes, with == guess->roles.is_owed ? 1 : -1,
         g_strdup_printf("the running balance moves %s the amount in all %" G_GINT64_FORMAT
                         " steps",
                         with ? "with" : "against", balance_track(guess)->steps));
}

static void vote_majority(const struct guess *guess, struct votes *votes)
{
    struct word_count signs = amount_signs(guess);
    gint64 most = MAX(signs.negative, signs.positive);

    if (signs.rows < MAJORITY_ROWS || most * 100 < signs.rows * MAJORITY_PERCENT)
        return;
    vote(votes, signs.negative > signs.positive ? -1 : 1,
         g_strdup_printf("%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " amounts are %s", most,
                         signs.rows, signs.negative > signs.positive ? "negative" : "positive"));
}

/* Rows in which money came in: what has the other sign is a charge. */
static void vote_incoming(struct votes *votes, const struct word_count *rows, const char *what,
                          gboolean counts_for_positive)
{
    if (rows->positive > 0 && rows->negative > 0) {
        votes->contradict = TRUE;
    } else if (rows->positive > 0) {
        vote(votes, -1,
             g_strdup_printf("%" G_GINT64_FORMAT " %s are positive", rows->positive, what));
    } else if (rows->negative > 0 && counts_for_positive) {
        vote(votes, 1,
             g_strdup_printf("%" G_GINT64_FORMAT " %s are negative", rows->negative, what));
    } else if (rows->negative > 0) {
        votes->contradict |= votes->sum < 0; /* refunds are not negative where charges are */
    }
}

static void vote_types(const struct guess *guess, struct votes *votes)
{
    struct headings h = count_headings(guess, FALSE);

    if (!h.readable && !guess_has(guess, ROLE_TYPE))
        return;
    if (h.out.rows > 0) {
        h.in.positive += h.beside.positive;
        h.in.negative += h.beside.negative;
        if (h.out.positive + h.in.negative > 0 && h.out.negative + h.in.positive > 0)
            votes->contradict = TRUE;
        else if (h.out.negative > 0)
            vote(votes, -1,
                 g_strdup_printf("%" G_GINT64_FORMAT " of type purchase are negative",
                                 h.out.negative));
        else if (h.out.positive > 0)
            vote(votes, 1,
                 g_strdup_printf("%" G_GINT64_FORMAT " of type purchase are positive",
                                 h.out.positive));
    } else {
        vote_incoming(votes, &h.in, "of type refund", FALSE);
    }
}

/* Most rows of a statement are charges. */
static gboolean most_agree(const struct guess *guess, int sign)
{
    struct word_count signs = amount_signs(guess);

    return (sign < 0 ? signs.negative : signs.positive) * 2 > signs.rows;
}

static void settle_by_votes(struct guess *guess)
{
    const struct survey *survey = guess->survey;
    struct votes votes = {.evidence = g_string_new(NULL)};

    vote_balance(guess, &votes);
    vote_majority(guess, &votes);
    vote_types(guess, &votes);
    vote_incoming(&votes, &survey->incoming[INCOMING_ON_A_CARD], "payments of the card", TRUE);
    vote_incoming(&votes, &survey->incoming[INCOMING_PERHAPS], "refunds", FALSE);
    gboolean enough = votes.count >= 2 || (votes.has_balance && most_agree(guess, votes.sum));
    if (enough && !votes.contradict)
        settle(guess, votes.sum, votes.has_balance ? GRADE_PROVED : GRADE_SUGGESTED,
               g_strdup(votes.evidence->str));
    else
        guess_leave_open(
            guess, "charge", "--charge negative|positive",
            votes.count == 0 && !votes.contradict
                ? g_strdup("nothing in the file tells which sign a charge has")
                : g_strdup_printf("%s: %s", votes.evidence->len ? votes.evidence->str : "the rows",
                                  votes.contradict ? "they contradict each other"
                                                   : "that alone does not tell"));
    g_string_free(votes.evidence, TRUE);
}

/* Two columns by name; an amount beside them must say the same. */
static void settle_split(struct guess *guess)
{
    const struct survey *survey = guess->survey;

    if (guess_has(guess, ROLE_AMOUNT) && survey->split_differs > 0) {
        guess_leave_open(
            guess, "charge", NULL,
            g_strdup_printf(
                "the amount is not what the two columns beside it say in %" G_GINT64_FORMAT " rows",
                survey->split_differs));
        return;
    }
    guess->roles.column[ROLE_AMOUNT] = NO_COLUMN;
    guess->direction = DIRECTION_SPLIT;
    g_autofree char *debit = guess_column_shown(guess, guess->roles.column[ROLE_DEBIT]);
    g_autofree char *credit = guess_column_shown(guess, guess->roles.column[ROLE_CREDIT]);
    struct word_count signs = amount_signs(guess);
    guess_find(guess, "charge", GRADE_PROVED, g_strdup("two columns"),
               g_strdup_printf("out in %s (%" G_GINT64_FORMAT "), in in %s (%" G_GINT64_FORMAT ")",
                               debit, signs.negative, credit, signs.positive));
}

/*
 * A balance that moves with the amounts as they are printed is held against every later file; a fee
 * is read where it proves to be on top.
 */
static void settle_check(struct guess *guess)
{
    gboolean alone = balance_holds(guess, 0, 0);
    gboolean with_fee = balance_holds(guess, 0, 1);

    if (!guess_has(guess, ROLE_BALANCE) || guess->direction == DIRECTION_OPEN ||
        guess->direction == DIRECTION_COLUMN)
        return;
    guess->reads_fee = with_fee && !alone && guess->survey->with_fee > 0;
    guess->has_check = alone || guess->reads_fee;
}

void guess_sign(struct guess *guess)
{
    const char *stated = guess->options->charge;

    if (guess->has_header && guess_has(guess, ROLE_DEBIT))
        settle_split(guess);
    else if (stated)
        settle(guess, strcmp(stated, "negative") == 0 ? -1 : 1, GRADE_STATED, g_strdup("--charge"));
    else if (!try_directions(guess) && !try_credit_marks(guess))
        settle_by_votes(guess);
    if (!guess_has(guess, ROLE_DEBIT) || guess->has_header)
        settle_check(guess);
    if (guess->survey->with_fee > 0 && !guess->has_check)
        guess_find(guess, "fee", GRADE_ASSUMED, g_strdup("not read"),
                   g_strdup("no balance proves that it comes on top of the amount"));
}
