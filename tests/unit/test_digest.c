/* test_digest.c - SHA-256 against the published vectors, and the ids made from it. */
#include "core/digest.h"
#include "test.h"

static void digest_text_agrees_with_the_published_vectors(void **state)
{
    static const struct {
        const char *text, *hex;
    } cases[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    char hex[DIGEST_HEX_LEN + 1];

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        digest_text(cases[i].text, -1, hex);
        assert_string_equal(hex, cases[i].hex);
    }
}

static void digest_text_reads_no_further_than_its_length(void **state)
{
    char whole[DIGEST_HEX_LEN + 1];
    char part[DIGEST_HEX_LEN + 1];

    (void)state;
    digest_text("abc", -1, whole);
    digest_text("abcdef", 3, part);
    assert_string_equal(part, whole);
}

static void digest_is_the_same_however_the_bytes_arrive(void **state)
{
    static const char letters[] = "aaaaaaaaaa";
    char hex[DIGEST_HEX_LEN + 1];
    g_autoptr(Digest) digest = digest_new();

    (void)state;
    digest_update(digest, NULL, 0);
    for (int i = 0; i < 100000; i++)
        digest_update(digest, letters, 10);
    digest_finish(digest, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void digest_id_is_the_prefix_and_twelve_digits_of_the_parts(void **state)
{
    char hex[DIGEST_HEX_LEN + 1];
    g_autofree char *id = digest_id('t', "org-1", "INV-0001", NULL);
    g_autofree char *expected = NULL;

    (void)state;
    digest_text("org-1\x1fINV-0001\x1f", -1, hex);
    expected = g_strdup_printf("t%.12s", hex);
    assert_string_equal(id, expected);
}

static void digest_id_tells_where_one_part_ends(void **state)
{
    g_autofree char *left = digest_id('c', "ab", "c", NULL);
    g_autofree char *right = digest_id('c', "a", "bc", NULL);
    g_autofree char *longer = digest_id('c', "ab", "c", "", NULL);

    (void)state;
    assert_string_not_equal(left, right);
    assert_string_not_equal(left, longer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digest_text_agrees_with_the_published_vectors),
        cmocka_unit_test(digest_text_reads_no_further_than_its_length),
        cmocka_unit_test(digest_is_the_same_however_the_bytes_arrive),
        cmocka_unit_test(digest_id_is_the_prefix_and_twelve_digits_of_the_parts),
        cmocka_unit_test(digest_id_tells_where_one_part_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
