/* csv_dump WAY DIALECT FILE...: the rows of each file as JSON, an array of strings a
 * line, and after each file {"problem": ..., "line": ..., "column": ...}, with null for
 * none. WAY is whole, or a source read with avx2, sse2, portable or bytes (byte by byte).
 * DIALECT is the delimiter, followed by q where quotes may stand in cells that are not
 * quoted. Files may be gzip; "-" is the standard input. Exit 77: the processor has no
 * such way. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "csv/gzip.h"
#include "csv/masks.h"

static int read_fd(void *self, char *to, size_t n, size_t *ret, og_error *err)
{
    ssize_t got;
    do
        got = read(*(int *)self, to, n);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return og_fail_os(err, OG_E_IO, errno, "cannot read");
    *ret = (size_t)got;
    return OG_OK;
}

static void print_string(og_str s)
{
    putchar('"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20 || c == '"' || c == '\\')
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

static void print_row(const csv_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        putchar(i ? ',' : '[');
        print_string(row->cells[i].text);
    }
    puts("]");
}

static void print_end(const csv_scanner *s, int rc, const og_error *err)
{
    if (rc == OG_OK) {
        puts("{\"problem\":null}");
        return;
    }
    fputs("{\"problem\":", stdout);
    print_string(og_str_from(s->problem.code ? s->problem.message : og_error_text(err)));
    printf(",\"line\":%u,\"column\":%u}\n", s->problem.line, s->problem.column);
}

/* Everything that the source gives. */
static int read_all(csv_source from, og_buf *ret, og_error *err)
{
    char piece[4096];
    size_t n = 1;
    int rc = OG_OK;
    while (rc == OG_OK && n > 0) {
        rc = from.read(from.self, piece, sizeof piece, &n, err);
        if (rc == OG_OK)
            og_buf_put(ret, (og_str){piece, n});
    }
    return rc == OG_OK ? og_buf_check(ret, err) : rc;
}

static int open_way(csv_scanner *s, const char *way, csv_source from, og_buf *text,
                    const csv_dialect *dialect, og_arena *arena, og_error *err)
{
    if (strcmp(way, "whole") == 0) {
        int rc = read_all(from, text, err);
        return rc == OG_OK ? csv_open(s, og_buf_str(text), dialect, arena, err) : rc;
    }
    int rc = csv_open_source(s, from, dialect, err);
    if (strcmp(way, "bytes") == 0)
        s->by_byte = true;
    else
        s->masker = csv_masker_named(way);
    return rc;
}

static void dump(const char *way, const csv_dialect *dialect, int fd)
{
    csv_scanner s = {.row = 0};
    csv_row row;
    csv_gzip *gzip = NULL;
    og_arena arena = {0};
    og_buf text = {0};
    og_error err = {0};
    int rc = csv_gzip_new((csv_source){read_fd, &fd}, &gzip, &err);
    if (rc == OG_OK)
        rc = open_way(&s, way, csv_gzip_source(gzip), &text, dialect, &arena, &err);
    while (rc == OG_OK && (rc = csv_next(&s, &row, &err)) == 1) {
        print_row(&row);
        rc = OG_OK;
    }
    print_end(&s, rc, &err);
    csv_done(&s);
    csv_gzip_free(gzip);
    og_buf_done(&text);
    og_arena_done(&arena);
    og_error_done(&err);
}

int main(int argc, char **argv)
{
    if (argc < 4 || argv[2][0] == 0)
        return 2;
    const char *way = argv[1];
    if (strcmp(way, "whole") != 0 && strcmp(way, "bytes") != 0 && !csv_masker_named(way))
        return 77;
    csv_dialect dialect = csv_dialect_default();
    dialect.delimiter = argv[2][0];
    dialect.bare_quotes = argv[2][1] == 'q';
    for (int i = 3; i < argc; i++) {
        int fd = strcmp(argv[i], "-") == 0 ? STDIN_FILENO : open(argv[i], O_RDONLY);
        if (fd < 0) {
            perror(argv[i]);
            return 1;
        }
        dump(way, &dialect, fd);
        close(fd);
    }
    return 0;
}
