/* Runs the conformance suite of the Common Expression Language and prints, per file, how
 * many cases pass. Usage: cel_conformance FOLDER HERE [FILE …], where HERE holds
 *
 *   later.txt        files, one a line, whose extension of the language does not stand
 * yet: they are run and counted, and fail nothing corrected.jsonl  cases whose expected
 * value the conversion to JSON left half done (escapes of the protobuf text form); the
 * values here are what the original says
 *
 * Exit status 1 when a case that must pass does not, 77 when FOLDER has no cases. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "conformance.h"
#include "value/json.h"

typedef struct tally {
    unsigned passed, failed, not_meant;
    unsigned later; /* of the failed: may */
} tally;

/* Is `file` one of the lines of `list`? */
static bool is_listed(og_str list, const char *file)
{
    while (list.n > 0) {
        size_t end = og_str_find(list, '\n');
        if (og_str_is(og_str_slice(list, 0, end), file))
            return true;
        list = og_str_slice(list, end + 1, list.n);
    }
    return false;
}

/* JSON's \u0000, which the reader of registers refuses, becomes U+E000 (run_case turns it
 * back): the backslash counts when an even number of others stands before it. */
static og_str without_nul(og_arena *arena, og_str line)
{
    char *copy = og_arena_alloc(arena, line.n + 1);
    size_t slashes = 0;
    for (size_t i = 0; copy && i < line.n; i++) {
        copy[i] = line.p[i];
        slashes = line.p[i] == '\\' ? slashes + 1 : 0;
        if (slashes % 2 == 1 &&
            og_str_starts(og_str_slice(line, i, line.n), OG_STR("\\u0000"))) {
            memcpy(copy + i, "\\ue000", 6);
            i += 5;
            slashes = 0;
        }
    }
    return copy ? (og_str){copy, line.n} : line;
}

typedef struct suite {
    const char *folder;
    og_buf later;     /* text of later.txt */
    og_buf corrected; /* text of corrected.jsonl */
} suite;

/* The corrected value of a case, or OG_ABSENT. */
static og_value correction(og_arena *arena, const suite *s, og_value spec)
{
    static const char *const keys[] = {"file", "section", "name"};
    og_str rest = og_buf_str(&s->corrected);
    while (rest.n > 0) {
        size_t end = og_str_find(rest, '\n');
        og_str line = without_nul(arena, og_str_slice(rest, 0, end));
        rest = og_str_slice(rest, end + 1, rest.n);
        og_value fix = og_absent();
        uint32_t at_line = 0, at_column = 0;
        bool same = og_json_parse(arena, line, &fix, &at_line, &at_column, NULL) == OG_OK;
        for (size_t i = 0; i < 3; i++)
            same =
                same && og_str_eq(member_text(fix, keys[i]), member_text(spec, keys[i]));
        if (same)
            return member(fix, "value");
    }
    return og_absent();
}

static void run_line(const suite *s, const char *file, og_str line, unsigned number,
                     tally *t)
{
    og_arena arena = {0};
    og_buf why = {0};
    og_error err = {0};
    og_value spec = og_absent();
    uint32_t at_line = 0, at_column = 0;
    verdict v = CASE_FAILED;
    if (og_json_parse(&arena, without_nul(&arena, line), &spec, &at_line, &at_column,
                      &err) < 0)
        og_buf_puts(&why, og_error_text(&err));
    else
        v = run_case(&arena, spec, correction(&arena, s, spec), &why);
    t->passed += v == CASE_PASSED;
    t->failed += v == CASE_FAILED;
    t->not_meant += v == CASE_NOT_MEANT;
    if (v == CASE_FAILED)
        printf("%s:%u: %.*s/%.*s: %.*s\n    %.*s\n", file, number,
               OG_FMT(member_text(spec, "section")), OG_FMT(member_text(spec, "name")),
               OG_FMT(og_buf_str(&why)), OG_FMT(member_text(spec, "expr")));
    og_error_done(&err);
    og_buf_done(&why);
    og_arena_done(&arena);
}

static int run_file(const suite *s, const char *file, tally *total)
{
    og_buf path = {0}, text = {0};
    og_error err = {0};
    bool later = is_listed(og_buf_str(&s->later), file);
    og_buf_printf(&path, "%s/%s", s->folder, file);
    int rc = og_file_read(path.p, 64u << 20, true, &text, &err);
    if (rc < 0)
        fprintf(stderr, "cel_conformance: %s\n", og_error_text(&err));
    tally t = {0};
    unsigned number = 0;
    og_str rest = og_buf_str(&text);
    while (rc == 0 && rest.n > 0) {
        size_t end = og_str_find(rest, '\n');
        run_line(s, file, og_str_slice(rest, 0, end), ++number, &t);
        rest = og_str_slice(rest, end + 1, rest.n);
    }
    printf("%-24s %4u of %4u pass, %4u need protocol buffers%s\n", file, t.passed,
           t.passed + t.failed, t.not_meant, later ? ", extension not there yet" : "");
    total->passed += t.passed;
    total->failed += t.failed;
    total->not_meant += t.not_meant;
    total->later += later ? t.failed : 0;
    og_error_done(&err);
    og_buf_done(&path);
    og_buf_done(&text);
    return rc;
}

static int is_case_file(const struct dirent *entry)
{
    return og_str_ends(og_str_from(entry->d_name), OG_STR(".jsonl"));
}

static int run_folder(const suite *s, struct dirent **entries, int count, char **only,
                      int only_count)
{
    tally total = {0};
    int rc = 0;
    for (int i = 0; i < count; i++) {
        bool wanted = only_count == 0;
        for (int k = 0; k < only_count; k++)
            wanted |= strcmp(only[k], entries[i]->d_name) == 0;
        if (wanted)
            rc |= run_file(s, entries[i]->d_name, &total);
        free(entries[i]);
    }
    printf("%-24s %4u of %4u pass, %4u need protocol buffers\n", "all", total.passed,
           total.passed + total.failed, total.not_meant);
    return rc < 0 || total.failed > total.later ? 1 : 0;
}

static bool read_beside(const char *here, const char *name, og_buf *ret)
{
    og_buf path = {0};
    og_error err = {0};
    og_buf_printf(&path, "%s/%s", here, name);
    bool good = og_file_read(path.p, 1u << 20, true, ret, &err) == OG_OK;
    if (!good)
        fprintf(stderr, "cel_conformance: %s\n", og_error_text(&err));
    og_buf_done(&path);
    og_error_done(&err);
    return good;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: cel_conformance FOLDER HERE [FILE …]\n");
        return 2;
    }
    struct dirent **entries = NULL;
    int count = scandir(argv[1], &entries, is_case_file, alphasort);
    if (count <= 0) {
        printf("skipped: no conformance cases in %s\n", argv[1]);
        return 77;
    }
    suite s = {.folder = argv[1]};
    int rc = 1;
    if (read_beside(argv[2], "later.txt", &s.later) &&
        read_beside(argv[2], "corrected.jsonl", &s.corrected))
        rc = run_folder(&s, entries, count, argv + 3, argc - 3);
    free(entries);
    og_buf_done(&s.later);
    og_buf_done(&s.corrected);
    return rc;
}
