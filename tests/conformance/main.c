/* Runs the conformance suite of the Common Expression Language and prints, per file, how
 * many cases pass. Usage: cel_conformance FOLDER CORRECTED [FILE …], where HERE holds
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
} tally;

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
            for (size_t k = 0; k < 6; k++)
                copy[i + k] = "\\ue000"[k];
            i += 5;
            slashes = 0;
        }
    }
    return copy ? (og_str){copy, line.n} : line;
}

typedef struct suite {
    const char *folder;
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
    printf("%-24s %4u of %4u pass, %4u need protocol buffers\n", file, t.passed,
           t.passed + t.failed, t.not_meant);
    total->passed += t.passed;
    total->failed += t.failed;
    total->not_meant += t.not_meant;
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
    return rc < 0 || total.failed > 0 ? 1 : 0;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: cel_conformance FOLDER CORRECTED [FILE …]\n");
        return 2;
    }
    struct dirent **entries = NULL;
    int count = scandir(argv[1], &entries, is_case_file, alphasort);
    if (count <= 0) {
        printf("skipped: no conformance cases in %s\n", argv[1]);
        return 77;
    }
    suite s = {.folder = argv[1]};
    og_error err = {0};
    int rc = 1;
    if (og_file_read(argv[2], 1u << 20, true, &s.corrected, &err) < 0)
        fprintf(stderr, "cel_conformance: %s\n", og_error_text(&err));
    else
        rc = run_folder(&s, entries, count, argv + 3, argc - 3);
    og_error_done(&err);
    free(entries);
    og_buf_done(&s.corrected);
    return rc;
}
