/* Archives: the bytes that are written, and what the reader refuses of those it is given. */
#include "core/error.h"
#include "pack_bytes.h"
#include <fcntl.h>

static void one_file_is_these_bytes(void **state)
{
    static const char expected[] =
        "PK\3\4\n\0\0\0\0\0\0\0\x21\0\x20\x30\x3a\x36\6\0\0\0\6\0\0\0\5\0\0\0a.txthello\n"
        "PK\1\2\x14\3\n\0\0\0\0\0\0\0\x21\0\x20\x30\x3a\x36\6\0\0\0\6\0\0\0\5\0\0\0\0\0\0\0\0\0\0\0"
        "\xa4\x81\0\0\0\0a.txt"
        "PK\5\6\0\0\0\0\1\0\1\0\x33\0\0\0\x29\0\0\0\0";
    const struct pack_file files[] = {{"a.txt", "hello\n"}, {NULL, NULL}};
    g_autoptr(GByteArray) bytes = pack_raw(files);

    (void)state;
    assert_int_equal(bytes->len, sizeof expected);
    assert_memory_equal(bytes->data, expected, sizeof expected);
}

static void what_is_written_is_read(void **state)
{
    g_autoptr(GByteArray) bytes = pack_made(pack_usual, "a signature that nobody checks here");
    int file = memfd_create("pack", MFD_CLOEXEC);
    g_auto(ArchiveContents) contents = {0};

    (void)state;
    assert_int_equal(write(file, bytes->data, bytes->len), bytes->len);
    assert_int_equal(lseek(file, 0, SEEK_SET), 0);
    assert_true(archive_read(file, "pack", &contents, NULL));
    close(file);
    assert_null(contents.problem);
    assert_int_equal(contents.entries->len, 8);
    const struct archive_entry *empty = contents.entries->pdata[5];
    assert_string_equal(empty->name, "sources/s0001.csv");
    assert_int_equal(empty->size, 0);
    assert_string_equal(empty->sha256,
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_memory_equal(contents.signature->data, "a signature", 11);
    assert_memory_equal(contents.manifest->data + 64, "  VERIFY.txt\n", 13);
}

static void a_pack_that_is_as_written_has_no_problem(void **state)
{
    g_autoptr(GByteArray) bytes = pack_made(pack_usual, NULL);
    g_autofree char *finding = pack_finding(bytes->data, bytes->len);

    (void)state;
    if (finding)
        fail_msg("%s", finding);
}

/* Archives as a tool would make them of names that no pack has. */
static void names_that_no_pack_has_are_refused(void **state)
{
    static const struct {
        const char *names[3], *finding;
    } cases[] = {
        {{"../x"}, "the name \"../x\" is refused: it could leave the folder it is unpacked in"},
        {{"a/../../x"},
         "the name \"a/../../x\" is refused: it could leave the folder it is unpacked in"},
        {{"/etc/passwd"},
         "the name \"/etc/passwd\" is refused: it could leave the folder it is unpacked in"},
        {{"a\\b"}, "the name \"a\\b\" is refused: it could leave the folder it is unpacked in"},
        {{"C:x"}, "the name \"C:x\" is refused: it could leave the folder it is unpacked in"},
        {{"a//b"}, "the name \"a//b\" is refused: it is no plain path"},
        {{"./a"}, "the name \"./a\" is refused: it is no plain path"},
        {{"a/"}, "the name \"a/\" is refused: it is no plain path"},
        {{""}, "the name \"\" is refused: it is empty"},
        {{"a b"}, "the name \"a b\" is refused: no pack has such letters in a name"},
        {{"\x1b[31m"}, "the name \"\x1b[31m\" is refused: no pack has such letters in a name"},
        {{"\xc3\xa9"}, "the name \"\xc3\xa9\" is refused: no pack has such letters in a name"},
        {{"a", "a"}, "two of its files have the name \"a\""},
        {{"A", "a"}, "two of its files have the name \"a\""},
        {{"a", "a/b"}, "\"a/b\" is a file and a folder"},
        {{"A", "a/b"}, "\"a/b\" is a file and a folder"},
        {{"b", "a"}, "\"a\" is not in its place"},
        {{"MANIFEST.sha256", "a"}, "\"a\" is not in its place"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct pack_file files[] = {
            {cases[i].names[0], "1"}, {cases[i].names[1], "2"}, {NULL, NULL}};
        g_autoptr(GByteArray) bytes = pack_raw(files);
        g_autofree char *finding = pack_finding(bytes->data, bytes->len);

        assert_non_null(finding);
        assert_string_equal(finding, cases[i].finding);
    }
}

static void a_name_that_is_too_long_is_refused(void **state)
{
    g_autofree char *name = g_strnfill(ARCHIVE_MAX_NAME + 1, 'a');
    const struct pack_file files[] = {{name, "1"}, {NULL, NULL}};
    g_autoptr(GByteArray) bytes = pack_raw(files);
    g_autofree char *finding = pack_finding(bytes->data, bytes->len);

    (void)state;
    assert_string_equal(finding, "it has a name of more than 200 bytes");
}

/* Where the first entry ("VERIFY.txt", 29 bytes) has its parts. */
enum { FLAGS = 6, METHOD = 8, CRC = 14, NAME = 30, CONTENT = 40 };

/* Of the directory's first record, and of the end record, counted from their beginnings. */
enum { MODE = 40, OFFSET = 42, COUNT = 10, COMMENT_LEN = 20 };

static guint directory_of(const GByteArray *bytes)
{
    return format_get32(bytes->data + bytes->len - END_LEN + 16);
}

static void single_changes_are_refused_for_what_they_are(void **state)
{
    enum place { FROM_START, IN_DIRECTORY, IN_END };
    static const struct {
        enum place place;
        guint at;
        guint8 value;
        const char *finding;
    } cases[] = {
        {FROM_START, 0, 'Q',
         "it does not begin as a pack does: it is no zip, or has data before the archive"},
        {FROM_START, METHOD, 8, "\"VERIFY.txt\" is compressed, and a pack's files are stored"},
        {FROM_START, FLAGS, 1, "the header of \"VERIFY.txt\" is not as a pack's are"},
        {FROM_START, 10, 1, "the header of \"VERIFY.txt\" is not as a pack's are"},
        {FROM_START, 28, 4, "the header of \"VERIFY.txt\" is not as a pack's are"},
        {FROM_START, CRC, 0, "\"VERIFY.txt\" is not what its checksum was made of"},
        {FROM_START, NAME, 0, "the name \"\" is refused: it holds a NUL"},
        {FROM_START, CONTENT, 'S', "\"VERIFY.txt\" is not what its checksum was made of"},
        {FROM_START, CONTENT + 29, 'Q', "there is data between its files"},
        {IN_DIRECTORY, MODE + 1, 0xa1, "one of its files is a symbolic link"},
        {IN_DIRECTORY, OFFSET, 9,
         "its directory tells of other files than there are, or otherwise"},
        {IN_DIRECTORY, DIRECTORY_LEN, 'W',
         "its directory tells of other files than there are, or otherwise"},
        {IN_END, COUNT, 1, "its end record is not that of its files"},
        {IN_END, COMMENT_LEN, 1, "its end record is not that of its files"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GByteArray) bytes = pack_made(pack_usual, NULL);
        guint base = cases[i].place == FROM_START     ? 0
                     : cases[i].place == IN_DIRECTORY ? directory_of(bytes)
                                                      : bytes->len - END_LEN;
        bytes->data[base + cases[i].at] = cases[i].value;
        g_autofree char *finding = pack_finding(bytes->data, bytes->len);

        assert_non_null(finding);
        assert_string_equal(finding, cases[i].finding);
    }
}

static void data_around_a_pack_and_a_missing_end_are_refused(void **state)
{
    g_autoptr(GByteArray) bytes = pack_made(pack_usual, NULL);
    g_autofree char *cut = pack_finding(bytes->data, bytes->len - 1);
    g_autofree char *none = pack_finding(bytes->data, 0);

    (void)state;
    assert_string_equal(cut, "it is cut short");
    assert_string_equal(none, "it is cut short");
    g_byte_array_append(bytes, (const guint8 *)"\n", 1);
    g_autofree char *after = pack_finding(bytes->data, bytes->len);
    assert_string_equal(after, "there is data after the archive");
    g_byte_array_prepend(bytes, (const guint8 *)"#!/bin/sh\n", 10);
    g_autofree char *before = pack_finding(bytes->data, bytes->len);
    assert_string_equal(
        before, "it does not begin as a pack does: it is no zip, or has data before the archive");
}

/* Well-formed archives that are no packs. */
static void a_manifest_that_is_not_of_its_files_is_refused(void **state)
{
    static const char digest[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    g_autofree char *good = g_strdup_printf("%s  a\n%s  b\n", digest, digest);
    g_autofree char *lacks = g_strdup_printf("%s  a\n", digest);
    g_autofree char *more = g_strdup_printf("%s%s  c\n", good, digest);
    g_autofree char *other = g_strdup_printf("%s  a\nf%s  b\n", digest, digest + 1);
    g_autofree char *turned = g_strdup_printf("%s  b\n%s  a\n", digest, digest);
    const struct {
        const char *manifest, *finding;
    } cases[] = {
        {good, "\"VERIFY.txt\", which every pack has, is not in it"},
        {lacks, "\"b\" is not in the manifest"},
        {more, "\"c\" is in the manifest and not in the pack"},
        {other, "\"b\" is not what the manifest was made of"},
        {turned, "the manifest is not written as a pack's is"},
        {"", "\"a\" is not in the manifest"},
        {NULL, "there is no manifest in it"},
    };

    (void)state;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct pack_file files[] = {
            {"a", ""},
            {"b", ""},
            {cases[i].manifest ? ARCHIVE_MANIFEST : NULL, cases[i].manifest},
            {NULL, NULL}};
        g_autoptr(GByteArray) bytes = pack_raw(files);
        g_autofree char *finding = pack_finding(bytes->data, bytes->len);

        assert_non_null(finding);
        assert_string_equal(finding, cases[i].finding);
    }
}

static void a_pack_without_signature_is_none_for_those_who_ask(void **state)
{
    g_autoptr(GByteArray) bytes = pack_made(pack_usual, NULL);
    int file = memfd_create("pack", MFD_CLOEXEC);
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", file);
    g_auto(PackVerdict) verdict = {0};

    (void)state;
    assert_int_equal(write(file, bytes->data, bytes->len), bytes->len);
    assert_true(pack_verify(path, "/nowhere", &verdict, NULL));
    close(file);
    assert_int_equal(verdict.problems->len, 1);
    assert_string_equal(verdict.problems->pdata[0], "it is not signed");
}

static void writing_to_what_takes_no_more_fails_with_a_sentence(void **state)
{
    int file = open("/dev/full", O_WRONLY | O_CLOEXEC);
    g_autoptr(Archive) archive = archive_new(file, "full.zip");
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_false(archive_add(archive, "a", "1", 1, &error));
    assert_int_equal(error->code, TRUEUP_ERROR_SYSTEM);
    assert_string_equal(error->message,
                        "full.zip: cannot be written (No space left on device)\n"
                        "hint: check that its folder exists and may be written, and is not full");
    close(file);
}

/* To /dev/null: what counts is that it ends before a number wraps. */
static void what_no_archive_can_hold_is_refused(void **state)
{
    int file = open("/dev/null", O_WRONLY | O_CLOEXEC);
    g_autoptr(Archive) large = archive_new(file, "large.zip");
    g_autoptr(Archive) full = archive_new(file, "full.zip");
    g_autoptr(GError) error = NULL;
    gsize piece = 256 * 1024 * 1024;
    g_autofree char *zeros = g_malloc0(piece);

    (void)state;
    assert_true(archive_begin(large, "a", NULL));
    for (guint i = 0; i < 15; i++)
        assert_true(archive_write(large, zeros, piece, NULL));
    assert_false(archive_write(large, zeros, piece, &error));
    assert_string_equal(
        error->message,
        "large.zip: the pack would be larger than 4 GiB, which its format cannot hold\n"
        "hint: pack one organization at a time with --org");
    g_clear_error(&error);
    for (guint i = 0; i < ARCHIVE_MAX_ENTRIES; i++) {
        g_autofree char *name = g_strdup_printf("a%05u", i);

        assert_true(archive_add(full, name, "", 0, NULL));
    }
    assert_false(archive_add(full, "b", "", 0, &error));
    assert_string_equal(error->message, "full.zip: the pack would hold more than 20000 files\n"
                                        "hint: pack one organization at a time with --org");
    close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_file_is_these_bytes),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(a_pack_that_is_as_written_has_no_problem),
        cmocka_unit_test(names_that_no_pack_has_are_refused),
        cmocka_unit_test(a_name_that_is_too_long_is_refused),
        cmocka_unit_test(single_changes_are_refused_for_what_they_are),
        cmocka_unit_test(data_around_a_pack_and_a_missing_end_are_refused),
        cmocka_unit_test(a_manifest_that_is_not_of_its_files_is_refused),
        cmocka_unit_test(a_pack_without_signature_is_none_for_those_who_ask),
        cmocka_unit_test(what_no_archive_can_hold_is_refused),
        cmocka_unit_test(writing_to_what_takes_no_more_fails_with_a_sentence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
