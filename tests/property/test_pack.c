/*
 * A pack that anything happened to is refused: single bits, lost ends and middles, bytes and blocks
 * that changed places, files that were taken out or put in with the checksums made again.
 *
 * test_pack [ROUNDS]: that many of each kind together.
 */
#include "pack_bytes.h"
#include "random.h"

static int rounds = 10000;

/* A pack of many files of random sizes, some of them empty. */
static GByteArray *random_pack(struct rng *rng)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) files = g_array_new(TRUE, TRUE, sizeof(struct pack_file));
    guint count = rng_below(rng, 6);

    for (guint i = 0; pack_usual[i].name && i < 5; i++)
        g_array_append_val(files, pack_usual[i]);
    for (guint i = 0; i < count; i++) {
        char *name = g_strdup_printf("sources/s%04u.csv", i);
        char *text = g_strnfill(rng_below(rng, 400), (char)('a' + rng_below(rng, 26)));
        const struct pack_file file = {name, text};

        g_ptr_array_add(texts, name);
        g_ptr_array_add(texts, text);
        g_array_append_val(files, file);
    }
    return pack_made((struct pack_file *)(gpointer)files->data,
                     rng_one_in(rng, 2) ? "-----BEGIN SSH SIGNATURE-----\n" : NULL);
}

static void flip_a_bit(struct rng *rng, GByteArray *bytes)
{
    bytes->data[rng_below(rng, bytes->len)] ^= (guint8)(1u << rng_below(rng, 8));
}

static void cut_the_end(struct rng *rng, GByteArray *bytes)
{
    g_byte_array_set_size(bytes, rng_below(rng, bytes->len));
}

static void cut_a_middle(struct rng *rng, GByteArray *bytes)
{
    guint from = rng_below(rng, bytes->len);

    g_byte_array_remove_range(bytes, from, 1 + rng_below(rng, bytes->len - from));
}

static void double_a_part(struct rng *rng, GByteArray *bytes)
{
    guint from = rng_below(rng, bytes->len);
    guint len = 1 + rng_below(rng, MIN(bytes->len - from, 64));
    g_autofree guint8 *part = g_memdup2(bytes->data + from, len);

    g_byte_array_append(bytes, part, len);
    memmove(bytes->data + from + len, bytes->data + from, bytes->len - from - len);
    memcpy(bytes->data + from, part, len);
}

static void swap_two_blocks(struct rng *rng, GByteArray *bytes)
{
    guint len = 1 + rng_below(rng, 64);
    guint first = rng_below(rng, bytes->len - 2 * len);
    guint second = first + len + rng_below(rng, bytes->len - first - 2 * len + 1);

    for (guint i = 0; i < len; i++) {
        guint8 byte = bytes->data[first + i];

        bytes->data[first + i] = bytes->data[second + i];
        bytes->data[second + i] = byte;
    }
}

/* A well-formed archive again, with its manifest as it was: one file has other content. */
static void rewrite_a_file(struct rng *rng, GByteArray *bytes)
{
    guint victim = rng_below(rng, 5);
    struct pack_file files[8] = {0};
    g_autoptr(GByteArray) good = pack_made(pack_usual, NULL);
    g_auto(ArchiveContents) contents = {0};
    int file = memfd_create("pack", MFD_CLOEXEC);
    g_autofree char *manifest = NULL;

    assert_int_equal(write(file, good->data, good->len), good->len);
    assert_int_equal(lseek(file, 0, SEEK_SET), 0);
    assert_true(archive_read(file, "pack", &contents, NULL));
    close(file);
    manifest = g_strndup((char *)contents.manifest->data, contents.manifest->len);
    for (guint i = 0; i < 6; i++)
        files[i] = pack_usual[i];
    files[6] = (struct pack_file){ARCHIVE_MANIFEST, manifest};
    files[victim].text = "something else";
    g_autoptr(GByteArray) made = pack_raw(files);
    g_byte_array_set_size(bytes, 0);
    g_byte_array_append(bytes, made->data, made->len);
}

static void every_spoiled_pack_is_refused(void **state)
{
    static void (*const spoil[])(struct rng *, GByteArray *) = {
        flip_a_bit,    flip_a_bit,      cut_the_end,    cut_a_middle,
        double_a_part, swap_two_blocks, rewrite_a_file,
    };
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < rounds; round++) {
        g_autoptr(GByteArray) good = random_pack(&rng);
        g_autoptr(GByteArray) bad = g_byte_array_new();
        guint how = rng_below(&rng, G_N_ELEMENTS(spoil));

        g_byte_array_append(bad, good->data, good->len);
        spoil[how](&rng, bad);
        if (bad->len == good->len && memcmp(bad->data, good->data, bad->len) == 0)
            continue; /* two equal blocks changed places */
        g_autofree char *finding = pack_finding(bad->data, bad->len);
        if (!finding || g_str_has_prefix(finding, "its signature")) /* ssh-keygen is asked last */
            fail_msg("round %d: a pack spoiled in way %u is taken as good", round, how);
    }
}

/* Otherwise the law above would hold of a verify that refuses everything. */
static void no_pack_as_written_is_refused(void **state)
{
    struct rng rng = rng_new();

    (void)state;
    for (int round = 0; round < 200; round++) {
        g_autoptr(GByteArray) good = random_pack(&rng);
        g_auto(ArchiveContents) contents = {0};
        int file = memfd_create("pack", MFD_CLOEXEC);
        g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);

        assert_int_equal(write(file, good->data, good->len), good->len);
        assert_int_equal(lseek(file, 0, SEEK_SET), 0);
        assert_true(archive_read(file, "pack", &contents, NULL));
        close(file);
        if (contents.problem)
            fail_msg("%s", contents.problem);
        manifest_check(contents.entries, (const char *)contents.manifest->data,
                       contents.manifest->len, problems);
        assert_int_equal(problems->len, 0);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_spoiled_pack_is_refused),
        cmocka_unit_test(no_pack_as_written_is_refused),
    };

    if (argc > 1)
        rounds = (int)g_ascii_strtoll(argv[1], NULL, 10);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
