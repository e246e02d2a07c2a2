/* Lack of memory, everywhere from files to text: each step over the example register
 * (loading it, compiling criteria, judging, showing, explaining, the criteria's own test
 * cases), and over one in which much is wrong, is run with its first, second, third …
 * allocation failing. Each failure is OG_E_NOMEM and leaks nothing (the sanitizers tell),
 * and what an undisturbed run gives afterwards is what it gave before. */
#include "unit.h"

#include "assess/case.h"
#include "memory_source.h"
#include "render/cases.h"
#include "render/render.h"

#define REGISTERS OPSGATE_SOURCE_DIR "/tests/registers/"

/* A state of the example register, and what steps start from. */
typedef struct fixture {
    memory_source files;
    model_register reg;
    const model_register *policy; /* &reg, or another fixture's */
    model_criteria set;
    og_arena arena;
    verdict verdict;
    og_instant at;
} fixture;

static fixture *overlay(const char *const *directories)
{
    fixture *f = calloc(1, sizeof *f);
    memory_init(&f->files);
    f->policy = &f->reg;
    for (; *directories; directories++) {
        char path[512];
        snprintf(path, sizeof path, REGISTERS "%s", *directories);
        memory_add_tree(&f->files, path, "");
    }
    return f;
}

#define OVERLAY(...) overlay((const char *const[]){__VA_ARGS__, NULL})
#define OVERLAY_58(...) OVERLAY("opsg-56", "testing-2021-09-28", "opsg-58", __VA_ARGS__)

/* The first `from` in a file becomes `to`. */
static void edit(fixture *f, const char *path, const char *from, const char *to)
{
    size_t at = memory_at(&f->files, path);
    assert_true(at < f->files.source.count);
    const char *text = f->files.texts[at].p;
    const char *found = strstr(text, from);
    if (!found)
        fail_msg("'%s' is not in %s", from, path);
    og_buf edited = {0};
    og_buf_put(&edited, (og_str){text, (size_t)(found - text)});
    og_buf_puts(&edited, to);
    og_buf_puts(&edited, found + strlen(from));
    memory_add_bytes(&f->files, path, og_buf_str(&edited));
    og_buf_done(&edited);
}

static void fixture_free(fixture *f)
{
    model_criteria_done(&f->set);
    model_register_done(&f->reg);
    og_arena_done(&f->arena);
    memory_done(&f->files);
    free(f);
}

static int judge(const fixture *f, size_t gate, og_arena *arena, verdict *ret,
                 og_error *err)
{
    const model_kind *kind = model_kind_named(f->policy->kinds, OG_STR("release"));
    const assess_input in = {.claims = &f->reg,
                             .policy = f->policy,
                             .policy_facts = f->policy,
                             .baseline = f->policy,
                             .criteria = &f->set,
                             .subject =
                                 model_find(&f->reg, kind, NULL, OG_STR("2021-11")),
                             .gate = gate,
                             .at = f->at};
    og_diags diags = {0};
    int rc = assess_run(&in, arena, &diags, ret, err);
    if (rc == OG_OK)
        rc = og_diags_check(&diags, err);
    og_diags_done(&diags);
    return rc;
}

/* Loaded, compiled and judged at the end of a day, undisturbed. */
static fixture *ready(fixture *f, const char *day, verdict_result expected)
{
    og_diags diags = {0};
    og_error err = {0};
    og_date at;
    assert_true(og_date_parse(og_str_from(day), &at));
    int rc = model_register_load(&f->reg, &f->files.source,
                                 f->policy == &f->reg ? NULL : f->policy, MODEL_LOAD_ALL,
                                 &diags, &err);
    if (rc == OG_OK)
        rc = model_criteria_load(&f->set, f->policy, OG_STR("live_services"), &diags,
                                 &err);
    if (rc == OG_OK) {
        f->at = zone_end_of(f->policy->zone, at);
        rc = judge(f, 0, &f->arena, &f->verdict, &err);
    }
    if (rc != OG_OK)
        fail_msg("%s", og_error_text(&err));
    assert_int_equal(f->verdict.result, expected);
    og_diags_done(&diags);
    return f;
}

/* ---- Steps ---- */

/* A step: the same input gives the same text, or fails. */
typedef int step_run(const fixture *f, og_buf *out, og_error *err);

/* Findings are the result; that there are errors among them is no failure. */
static int show_findings(int rc, og_diags *diags, og_buf *out, og_error *err)
{
    const render_options options = {.colour = true};
    if (rc == OG_E_INVALID && diags->errors > 0) {
        og_error_done(err);
        rc = OG_OK;
    }
    og_diags_sort(diags);
    if (rc == OG_OK)
        rc = render_findings_text(diags, &options, out, err);
    if (rc == OG_OK)
        rc = render_findings_json(diags, out, err);
    if (rc == OG_OK && diags->failed)
        rc = og_nomem(err);
    og_diags_done(diags);
    return rc;
}

static int load(const fixture *f, const model_register *policy, int flags, og_buf *out,
                og_error *err)
{
    model_register reg = {0};
    og_diags diags = {0};
    int rc = model_register_load(&reg, &f->files.source, policy, flags, &diags, err);
    og_buf_printf(out, "%zu batches\n", reg.batch_count);
    model_register_done(&reg);
    return show_findings(rc, &diags, out, err);
}

static int step_load(const fixture *f, og_buf *out, og_error *err)
{
    return load(f, NULL, MODEL_LOAD_LINT, out, err);
}

/* The same register as the claims of a policy revision. */
static int step_load_claims(const fixture *f, og_buf *out, og_error *err)
{
    return load(f, f->policy, MODEL_LOAD_HOMES_ONLY, out, err);
}

static int step_compile(const fixture *f, og_buf *out, og_error *err)
{
    model_criteria set = {0};
    og_diags diags = {0};
    int rc = model_criteria_load(&set, &f->reg, OG_STR("live_services"), &diags, err);
    for (size_t i = 0; i < set.count; i++)
        og_buf_printf(out, "%.*s %zu\n", OG_FMT(set.criteria[i].id),
                      set.criteria[i].mention_count);
    model_criteria_done(&set);
    return show_findings(rc, &diags, out, err);
}

static int step_judge(const fixture *f, og_buf *out, og_error *err)
{
    og_arena arena = {0};
    verdict v = {0};
    int rc = OG_OK;
    for (size_t gate = 0; gate < f->set.gate_count && rc == OG_OK; gate++) {
        rc = judge(f, gate, &arena, &v, err);
        if (rc == OG_OK)
            rc = render_verdict_line(&v, out, err);
    }
    og_arena_done(&arena);
    return rc;
}

static int step_show(const fixture *f, og_buf *out, og_error *err)
{
    const render_options options = {.colour = true, .width = 60};
    int rc = render_verdict_text(&f->verdict, &options, out, err);
    return rc == OG_OK ? render_verdict_json(&f->verdict, out, err) : rc;
}

static int step_explain(const fixture *f, og_buf *out, og_error *err)
{
    const render_options options = {.colour = true};
    int rc = OG_OK;
    for (size_t i = 0; i < f->verdict.count && rc == OG_OK; i++) {
        const model_criterion *c = &f->set.criteria[i];
        if (f->verdict.criteria[i].outcome == OUTCOME_MET)
            continue;
        rc = render_explain_text(&f->verdict, i, c, &options, out, err);
        if (rc == OG_OK)
            rc = render_explain_json(&f->verdict, i, c, out, err);
    }
    return rc;
}

static int step_cases(const fixture *f, og_buf *out, og_error *err)
{
    const og_str path = OG_STR("criteria/tests/live_services.yaml");
    const render_options options = {.colour = true};
    og_arena arena = {0};
    og_diags diags = {0};
    const model_file *file = NULL;
    assess_cases cases;
    int rc = model_file_read(&f->files.source, path, &arena, &diags, &file, err);
    if (rc == OG_OK)
        rc = assess_cases_run(&f->reg, &f->set, file, &arena, &diags, &cases, err);
    if (rc == OG_OK)
        rc = render_cases_text(&cases, &options, out, err);
    og_arena_done(&arena);
    return show_findings(rc, &diags, out, err);
}

/* ---- The loop ---- */

static int run_step(const fixture *f, step_run *run, og_buf *out)
{
    og_error err = {0};
    int rc = run(f, out, &err);
    if (rc != err.code)
        fail_msg("the result is %d and the error says %d", rc, err.code);
    if (rc == OG_OK)
        rc = og_buf_check(out, &err);
    og_error_done(&err);
    return rc;
}

#ifdef OG_FAULT_INJECTION
/* false: no allocation failed, because the step makes no more than n. */
static bool fail_at(const fixture *f, step_run *run, long n)
{
    og_buf out = {0};
    og_mem_fail_at(n);
    int rc = run_step(f, run, &out);
    bool failed = og_mem_failed();
    og_mem_fail_at(-1);
    og_buf_done(&out);
    if (failed && rc != OG_E_NOMEM)
        fail_msg("allocation %ld failed and the result was %d", n, rc);
    return failed;
}
#else
static bool fail_at(const fixture *f, step_run *run, long n)
{
    (void)f;
    (void)run;
    return n < 0;
}
#endif

/* Each of the first EVERY allocations and of the last, and one in STRIDE between them:
 * the long steps make thousands for files and records alike, and a run of one takes
 * milliseconds. STRIDE is prime, so that it does not meet the same allocation of each
 * record. */
enum {
    EVERY = 1200,
    STRIDE = 53
};

static void fail_each(const fixture *f, step_run *run)
{
    og_buf before = {0}, after = {0};
    long n = 0;
    assert_int_equal(run_step(f, run, &before), OG_OK);
    assert_true(before.n > 0);
    while (fail_at(f, run, n))
        n += n < EVERY ? 1 : STRIDE;
    for (long last = n > STRIDE ? n - STRIDE : 0; fail_at(f, run, last); last++)
        ;
    assert_true(n > 0 || !UNIT_HAS_FAULTS);
    assert_int_equal(run_step(f, run, &after), OG_OK);
    assert_int_equal(after.n, before.n);
    assert_memory_equal(after.p, before.p, before.n);
    og_buf_done(&before);
    og_buf_done(&after);
}

static void judging(const fixture *f)
{
    fail_each(f, step_judge);
    fail_each(f, step_show);
    fail_each(f, step_explain);
}

static void a_go(void **unused)
{
    fixture *f = ready(OVERLAY_58(NULL), "2021-10-05", VERDICT_GO);
    (void)unused;
    fail_each(f, step_load);
    fail_each(f, step_load_claims);
    fail_each(f, step_compile);
    fail_each(f, step_cases);
    judging(f);
    fixture_free(f);
}

static void a_no_go(void **unused)
{
    fixture *f =
        ready(OVERLAY_58("what-if-severity-2-open"), "2021-10-05", VERDICT_NO_GO);
    (void)unused;
    judging(f);
    fixture_free(f);
}

static void not_assessable(void **unused)
{
    fixture *f = ready(OVERLAY("opsg-56"), "2021-09-07", VERDICT_NOT_ASSESSABLE);
    (void)unused;
    judging(f);
    fixture_free(f);
}

/* Claims that have no effect, and a criterion in error. */
static void no_verdict_under_a_policy(void **unused)
{
    fixture *policy = OVERLAY_58(NULL), *f = OVERLAY_58("what-if-severity-2-open");
    (void)unused;
    edit(policy, "criteria/live_services.yaml", "    require: issue.severity > 2",
         "    when: release.cycle != 'emergency'\n"
         "    require: 1 / (issue.severity - issue.severity) > 0");
    ready(policy, "2021-10-05", VERDICT_NONE);
    edit(f, "releases/2021-11.yaml", "cycle: scheduled", "cycle: emergency");
    edit(f, "releases/2021-11.yaml", "planned: 2021-10-05", "planned: 2021-12-01");
    f->policy = &policy->reg;
    ready(f, "2021-10-05", VERDICT_NONE);
    assert_true(f->verdict.proposed_count > 1);
    fail_each(f, step_load_claims);
    judging(f);
    fixture_free(f);
    fixture_free(policy);
}

/* ---- Where much is wrong ---- */

static void break_records(fixture *f)
{
    edit(f, "releases/2021-11.yaml", "cycle: scheduled", "cicle: scheduled");
    edit(f, "releases/2021-11.yaml", "planned: 2021-10-05", "planned: 2021-02-30");
    edit(f, "releases/2021-11.yaml", "modification: MP105", "modification: MP150");
    edit(f, "releases/2021-11.yaml", "title:", "title: !!str twice\ntitle:");
    memory_add(&f->files, "modifications/MP999.yaml", "modification: MP105\ntitle: 7\n");
    memory_add(&f->files, "modifications/broken.yaml", "a: [b, {c: d\n");
    memory_add(&f->files, "modifications/alias.yaml", "a: &a [1]\nb: [*a, *b]\n");
    memory_add_entry(&f->files, "modifications/link.yaml", MODEL_ENTRY_SYMLINK);
    memory_add_entry(&f->files, "evidence/module", MODEL_ENTRY_SUBMODULE);
    memory_add(&f->files, "evidence/lfs.yaml",
               "version https://git-lfs.github.com/spec/v1\noid sha256:00\n");
    memory_add(&f->files, "evidence/unnamed.csv", "a,b\n1,2\n");
    memory_add(&f->files, "nowhere.yaml", "a: b\n");
    memory_add(&f->files, "meetings.yaml", "- {meeting: OPSG_58, on: today}\n- 7\n");
}

static void break_evidence(fixture *f)
{
    const char *csv = "evidence/2021-11/testing-issues-2021-10-04.csv";
    const char *batch = "evidence/2021-11/testing-issues-2021-10-04.yaml";
    edit(f, csv, "TI-101,3,Closed", "TI-101,three,Shut");
    edit(f, csv, "TI-102,2", "TI-101,2");
    edit(f, csv, "Spelling", "Spell\"ing");
    edit(f, batch, "Sev: severity", "Sev: severty");
    memory_add(&f->files, "evidence/again.yaml",
               "kind: testing_issue\nrelease: 2021-11\nseries: testing-issues\n"
               "as_of: 2021-10-04T17:00\nsource: again\nsupplied_by: DCC\nrecords: []\n");
    memory_add(&f->files, "evidence/outside.yaml",
               "kind: testing_isue\nrelease: 2021-12\nseries: s\nas_of: 2021-10-04\n"
               "source: s\nsupplied_by: DCC\nrecords: {csv: ../../outside.csv}\n");
}

static void break_kinds(fixture *f)
{
    memory_add(&f->files, "kinds/release.yaml",
               "kind: release\nplural: releases\nkey: release\nfields: {}\n");
    memory_add(&f->files, "kinds/odd.yaml",
               "kind: odd\nplural: odds\ndoc: Odd.\nkey: nothing\nfields:\n"
               "  a: {type: ref(nobody), doc: a}\n  b: {type: enum, doc: b}\n"
               "  c: {type: string, pattern: '[', doc: c}\n  d: {typ: int}\n");
}

static void break_criteria(fixture *f)
{
    const char *path = "criteria/live_services.yaml";
    edit(f, path, "issue.severity > 2", "issue.severty > 2");
    edit(f, path, "statement.holds", "(statement.holds");
    edit(f, path, "min_pass_rate: {assessment: 0.95, go_live: 0.98}",
         "min_pass_rate: {assessment: 0.95}");
    edit(f, path, "    due: assessment", "    due: assesment");
    edit(f, path, "when_empty: met", "when_empty: mett");
}

static void break_cases(fixture *f)
{
    const char *path = "criteria/tests/live_services.yaml";
    edit(f, path, "expect: {outcome: met}", "expect: {outcome: unmet}");
    edit(f, path, "elements: [MP105]", "elements: [MP104, MP106]");
}

/* What only running the cases shows to be wrong with them. */
static void break_cases_more(fixture *f)
{
    const char *path = "criteria/tests/live_services.yaml";
    edit(f, path, "criterion: LSC-01", "criterion: LSC-99");
    edit(f, path, "gate: assessment", "gate: assesment");
    edit(f, path, "given:", "given:\n      tasting_issues: []");
}

static void findings(void **unused)
{
    fixture *f = OVERLAY_58(NULL);
    (void)unused;
    break_records(f);
    break_evidence(f);
    fail_each(f, step_load);
    break_kinds(f);
    fail_each(f, step_load);
    fixture_free(f);

    f = ready(OVERLAY_58(NULL), "2021-10-05", VERDICT_GO);
    break_cases(f);
    fail_each(f, step_cases);
    break_cases_more(f);
    fail_each(f, step_cases);
    break_criteria(f);
    fail_each(f, step_compile);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_go),           cmocka_unit_test(a_no_go),
        cmocka_unit_test(not_assessable), cmocka_unit_test(no_verdict_under_a_policy),
        cmocka_unit_test(findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
