/*
 * Build tool: turns files into one C source with a table of og_embedded_file sorted by
 * name (lib/base/embedded.h).
 *
 *   embed OUT STEM DIR FILE...   the files named, with their paths below DIR as names
 *   embed OUT STEM --zones DIR   every TZif file below DIR (a zoneinfo directory), but
 * not posix/ and right/, which repeat the zones, nor localtime, which is the build
 * machine's own
 *
 * The source defines `const og_embedded_file STEMs[]` and `const size_t STEM_count`.
 * Files with the same content (aliases of a zone) share one copy. Contents are written as
 * string literals, which compile faster than lists of numbers. Runs on the build machine,
 * frees nothing and ends at the first failure.
 */
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct embedded {
    char *name;
    unsigned char *data;
    size_t size;
    size_t same_as; /* index of the first file with this content: its own, mostly */
} embedded;

static embedded *files;
static size_t count, capacity;
static const char *zones_root; /* nftw passes no argument on */

static _Noreturn void fail(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    fputs("embed: ", stderr);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static void *need(void *memory)
{
    if (!memory)
        fail("out of memory");
    return memory;
}

static void add(const char *name, unsigned char *data, size_t size)
{
    if (count == capacity) {
        capacity = capacity ? capacity * 2 : 64;
        files = need(realloc(files, capacity * sizeof *files));
    }
    files[count++] = (embedded){.name = need(strdup(name)), .data = data, .size = size};
}

static unsigned char *read_file(const char *path, size_t *ret_size)
{
    FILE *in = fopen(path, "rb");
    if (!in)
        fail("open '%s': %s", path, strerror(errno));
    size_t size = 0, room = 4096;
    unsigned char *data = need(malloc(room));
    for (;;) {
        size += fread(data + size, 1, room - size, in);
        if (size < room)
            break;
        room *= 2;
        data = need(realloc(data, room));
    }
    if (ferror(in))
        fail("read '%s': %s", path, strerror(errno));
    fclose(in);
    *ret_size = size;
    return data;
}

static const char *below(const char *root, const char *path)
{
    size_t n = strlen(root);
    if (strncmp(root, path, n) != 0 || path[n] != '/')
        fail("'%s' is not below '%s'", path, root);
    return path + n + 1;
}

/* Links to files are read, links to directories are not entered: nftw, made to follow
 * them, goes to a directory once, and that may be below posix/. */
static int add_zone(const char *path, const struct stat *status, int type,
                    struct FTW *walk)
{
    struct stat target;
    (void)status;
    (void)walk;
    if ((type != FTW_F && type != FTW_SL) || stat(path, &target) != 0 ||
        !S_ISREG(target.st_mode))
        return 0;
    const char *name = below(zones_root, path);
    if (strncmp(name, "posix/", 6) == 0 || strncmp(name, "right/", 6) == 0 ||
        strcmp(name, "localtime") == 0)
        return 0;
    size_t size;
    unsigned char *data = read_file(path, &size);
    if (size >= 4 && memcmp(data, "TZif", 4) == 0)
        add(name, data, size);
    else
        free(data);
    return 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const embedded *)a)->name, ((const embedded *)b)->name);
}

static void share_contents(void)
{
    for (size_t i = 0; i < count; i++) {
        files[i].same_as = i;
        for (size_t j = 0; j < i; j++) {
            if (files[j].size == files[i].size &&
                memcmp(files[j].data, files[i].data, files[i].size) == 0) {
                files[i].same_as = j;
                break;
            }
        }
    }
}

/* Octal escapes of three digits end by themselves, whatever byte follows; so no literal
 * has to be broken. "??" could be a trigraph, so '?' is escaped. */
static void write_literal(FILE *out, const unsigned char *data, size_t size)
{
    fputs("    \"", out);
    for (size_t i = 0; i < size; i++) {
        unsigned char c = data[i];
        if (c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '?')
            fputc(c, out);
        else
            fprintf(out, "\\%03o", c);
        if (i % 64 == 63 && i + 1 < size)
            fputs("\"\n    \"", out);
    }
    fputs("\"", out);
}

static void write_source(FILE *out, const char *stem)
{
    fputs("/* Written by tools/embed.c. */\n#include \"base/embedded.h\"\n\n", out);
    for (size_t i = 0; i < count; i++) {
        if (files[i].same_as != i)
            continue;
        fprintf(out, "static const unsigned char file_%zu[] =\n", i);
        write_literal(out, files[i].data, files[i].size);
        fputs(";\n", out);
    }
    /* C has no empty array: a table of none has one entry that is not counted. */
    fprintf(out, "extern const og_embedded_file %ss[];\nextern const size_t %s_count;\n",
            stem, stem);
    fprintf(out, "const og_embedded_file %ss[] = {\n", stem);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "    {\"%s\", file_%zu, %zu},\n", files[i].name, files[i].same_as,
                files[i].size);
    fprintf(out, "%s};\nconst size_t %s_count = %zu;\n", count ? "" : "    {0, 0, 0},\n",
            stem, count);
}

int main(int argc, char **argv)
{
    if (argc < 4 || (strcmp(argv[3], "--zones") == 0 && argc != 5))
        fail("usage: embed OUT STEM DIR FILE... | embed OUT STEM --zones DIR");
    if (strcmp(argv[3], "--zones") == 0) {
        zones_root = argv[4];
        if (nftw(zones_root, add_zone, 16, FTW_PHYS) != 0)
            fail("walk '%s': %s", zones_root, strerror(errno));
        if (count == 0)
            fail("no time zone below '%s': install the package tzdata", zones_root);
    }
    for (int i = 4; !zones_root && i < argc; i++) {
        size_t size;
        unsigned char *data = read_file(argv[i], &size);
        add(below(argv[3], argv[i]), data, size);
    }
    if (count > 0)
        qsort(files, count, sizeof *files, by_name);
    share_contents();
    FILE *out = fopen(argv[1], "w");
    if (!out)
        fail("write '%s': %s", argv[1], strerror(errno));
    write_source(out, argv[2]);
    if (ferror(out) || fclose(out) != 0)
        fail("write '%s': %s", argv[1], strerror(errno));
    return 0;
}
