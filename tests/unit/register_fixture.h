/* A small register in memory, loaded, and what was found in it. */
#ifndef OG_TESTS_REGISTER_FIXTURE_H
#define OG_TESTS_REGISTER_FIXTURE_H

#include "memory_source.h"
#include "model/register.h"
#include "unit.h"

typedef struct register_fixture {
    memory_source files;
    model_register reg;
    og_diags diags;
    og_buf shown; /* findings as printed */
    int rc;
} register_fixture;

#define CONFIG_TEXT "opsgate: 1\ntitle: Test register\ntime_zone: Europe/London\n"
#define RELEASE_TEXT                                                                    \
    "release: 2021-11\ntitle: November\ncycle: scheduled\n"                             \
    "assessed_by: OPSG\ndecided_by: OPSG\n"                                             \
    "scope:\n  - {modification: MP090}\n  - {modification: MP077, part: Part 1}\n"      \
    "milestones:\n  - {milestone: assessment, planned: 2021-10-05, meeting: OPSG_58}\n" \
    "  - {milestone: go_live, planned: 2021-11-04}\n"
#define BATCH_HEAD(kind, series, as_of)                                        \
    "kind: " kind "\nrelease: 2021-11\nseries: " series "\nas_of: " as_of "\n" \
    "source: test\nsupplied_by: DCC\n"

/* A register without a finding: a release, two modifications, a meeting. */
static inline register_fixture *register_new(void)
{
    register_fixture *f = calloc(1, sizeof *f);
    memory_init(&f->files);
    memory_add(&f->files, "opsgate.yaml", CONFIG_TEXT);
    memory_add(&f->files, "releases/2021-11.yaml", RELEASE_TEXT);
    memory_add(&f->files, "modifications/MP090.yaml",
               "modification: MP090\ntitle: Alerts\nstage: implemented\n");
    memory_add(&f->files, "modifications/MP077.yaml",
               "modification: MP077\ntitle: Service Flagging\n");
    memory_add(&f->files, "meetings.yaml",
               "- {meeting: OPSG_58, body: OPSG, type: main, on: 2021-10-05}\n");
    return f;
}

static inline void register_unload(register_fixture *f)
{
    model_register_done(&f->reg);
    og_diags_done(&f->diags);
    og_buf_done(&f->shown);
    f->diags = (og_diags){0};
    f->shown = (og_buf){0};
}

static inline void register_free(register_fixture *f)
{
    register_unload(f);
    memory_done(&f->files);
    free(f);
}

static inline void register_show(register_fixture *f)
{
    og_buf_clear(&f->shown);
    og_diags_print(&f->diags, &f->shown, false);
    og_buf_puts(&f->shown, "");
}

static inline void register_load_with(register_fixture *f, const model_register *policy,
                                      int flags)
{
    og_error err = {0};
    register_unload(f);
    f->rc =
        model_register_load(&f->reg, &f->files.source, policy, flags, &f->diags, &err);
    assert_int_equal(f->rc, err.code);
    og_error_done(&err);
    register_show(f);
}

static inline void register_load(register_fixture *f)
{
    register_load_with(f, NULL, 0);
}

/* Loads; there is nothing to complain of. */
static inline void register_good(register_fixture *f)
{
    register_load(f);
    assert_string_equal(f->shown.n ? f->shown.p : "", "");
    assert_int_equal(f->rc, OG_OK);
}

/* Findings begin like this ("file:line:column: level: text [code]"), in order; NULL ends.
 */
static inline void register_found(register_fixture *f, const char *const *expected)
{
    size_t i = 0;
    for (; expected[i] && i < f->diags.count; i++) {
        static const char *const levels[] = {"note", "warning", "error"};
        const og_diag *d = &f->diags.items[i];
        char line[1024];
        snprintf(line, sizeof line, "%s:%u:%u: %s: %.*s [%s]", d->pos.path, d->pos.line,
                 d->pos.column, levels[d->level], OG_FMT(d->text), d->code);
        if (strcmp(line, expected[i]) != 0)
            fail_msg("finding %zu is\n  %s\nand not\n  %s", i, line, expected[i]);
    }
    if (expected[i] || i < f->diags.count)
        fail_msg("%zu findings, expected %s; all of them:\n%s", f->diags.count,
                 expected[i] ? "more" : "fewer", f->shown.p);
}

/* Adds the file, loads, and finds. */
#define EXPECT_FOUND(f, path, text, ...)                               \
    do {                                                               \
        memory_add(&(f)->files, (path), (text));                       \
        register_load(f);                                              \
        register_found((f), (const char *const[]){__VA_ARGS__, NULL}); \
    } while (0)

static inline const model_kind *kind_of(const register_fixture *f, const char *name)
{
    const model_kind *kind = model_kind_named(f->reg.kinds, og_str_from(name));
    assert_non_null(kind);
    return kind;
}

static inline const model_record *release_of(const register_fixture *f)
{
    const model_record *r =
        model_find(&f->reg, kind_of(f, "release"), NULL, OG_STR("2021-11"));
    assert_non_null(r);
    return r;
}

static inline og_instant instant_at(const char *text)
{
    og_civil c;
    assert_true(og_civil_parse(og_str_from(text), &c));
    return og_civil_instant(&c);
}

#endif
