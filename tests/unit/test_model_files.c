/* Batches whose records stand in JSON files or are counted from JUnit reports. */
#include "register_fixture.h"

#define JSON_BATCH(rest)                             \
    BATCH_HEAD("testing_issue", "log", "2021-10-04") \
    "records:\n"                                     \
    "  json: ../issues.json\n" rest

static og_value field_of(const model_record *r, const char *name)
{
    return model_record_get(r, name);
}

/* The records of the one batch. */
static const model_batch *batch_of(const register_fixture *f)
{
    assert_int_equal(f->reg.batch_count, 1);
    return f->reg.batches[0];
}

static void test_json(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "evidence/2021-11/a.yaml",
               JSON_BATCH("  records: /data/issues\n"
                          "  columns: {key: ref, /fields/sev/id: severity, Status: "
                          "state, title: title, mod: modification}\n"
                          "  values: {state: {Open: open, Closed: closed}}\n"));
    memory_add(&f->files, "evidence/issues.json",
               "{\"data\": {\"issues\": [\n"
               " {\"key\": \"TI-2\", \"fields\": {\"sev\": {\"id\": 3}}, \"Status\": "
               "\"Open\",\n  \"title\": 1.50, \"extra\": []},\n"
               " {\"key\": \"TI-1\", \"fields\": {\"sev\": {\"id\": \"2\"}}, "
               "\"Status\": \"Closed\",\n  \"title\": null, \"mod\": \"MP090\"}\n]}}\n");
    register_good(f);
    const model_batch *batch = batch_of(f);
    assert_int_equal(batch->record_count, 2);
    const model_record *first = batch->records[0], *second = batch->records[1];
    assert_str(model_record_id(first), "TI-1");
    assert_str(model_record_text(first, "state"), "closed");
    assert_int_equal(field_of(first, "severity").as.i, 2);
    assert_int_equal(field_of(first, "title").kind, OG_ABSENT);
    assert_str(model_record_text(model_record_sub(first, "modification"), "title"),
               "Alerts");
    assert_str(first->file->path, "evidence/issues.json");
    assert_int_equal(first->line, 4);
    assert_int_equal(first->column, 2);
    assert_str(model_record_text(second, "title"), "1.50"); /* as written */
    assert_int_equal(model_record_field_pos(second, 4).line, 3);
    assert_int_equal(batch->data_count, 1);
    assert_str(batch->data[0]->path, "evidence/issues.json");
    register_free(f);
}

/* Without `columns` every member is a field, as in YAML; lists and records too. */
static void test_json_as_it_is(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "kinds/plan.yaml",
               "kind: plan\nplural: plans\ndoc: A plan.\nkey: ref\nfields:\n"
               "  ref: {type: string, required: true, doc: reference}\n"
               "  days: {type: list(date), doc: days}\n"
               "  done: {type: bool, doc: done}\n"
               "  state: {type: enum, words: [a, b], doc: state}\n"
               "  agreed:\n    type: record\n    doc: agreed\n    fields:\n"
               "      on: {type: date, required: true, doc: day}\n");
    memory_add(&f->files, "evidence/a.yaml",
               "kind: plan\nseries: s\nas_of: 2021-10-04\nsource: x\nsupplied_by: DCC\n"
               "records: {json: a.json, values: {state: {A: a, B: b}}}\n");
    memory_add(&f->files, "evidence/a.json",
               "[{\"ref\": \"P\", \"days\": [\"2021-10-01\", \"2021-10-02\"], "
               "\"done\": true, \"state\": \"B\", \"agreed\": {\"on\": "
               "\"2021-09-01\"}}]");
    register_good(f);
    const model_record *plan = batch_of(f)->records[0];
    assert_int_equal(field_of(plan, "days").as.list->count, 2);
    assert_true(field_of(plan, "done").as.b);
    assert_str(model_record_text(plan, "state"), "b");
    assert_int_equal(field_of(model_record_sub(plan, "agreed"), "on").kind, OG_DATE);
    EXPECT_FOUND(f, "evidence/a.json",
                 "[{\"ref\": \"P\", \"days\": \"2021-10-01\"},\n"
                 " {\"ref\": \"Q\", \"dayz\": [], \"state\": \"C\"},\n"
                 " {\"ref\": \"R\", \"agreed\": {\"by\": \"X\"}, \"dayz\": 1},\n"
                 " {\"ref\": \"P\", \"done\": \"yes\"}, 7]",
                 "evidence/a.json:1:23: error: /0: 'days' must be a list, not a string "
                 "[wrong-type]",
                 "evidence/a.json:2:36: error: /1: 'C' is not listed under 'values' of "
                 "'state' [unlisted-value]",
                 "evidence/a.json:3:25: error: /2: 'on' is missing [missing-field]",
                 "evidence/a.json:3:26: error: /2: unknown key 'by' [unknown-key]",
                 "evidence/a.json:3:38: error: /2: unknown key 'dayz' [unknown-key]",
                 "evidence/a.json:4:2: error: 'P' is in this batch twice [duplicate-id]",
                 "evidence/a.json:4:23: error: /3: 'yes' is not a bool [wrong-type]",
                 "evidence/a.json:4:31: error: /4: plan is written as a mapping, not a "
                 "string [wrong-type]");
    memory_add(&f->files, "evidence/a.json", "[]");
    register_good(f);
    assert_int_equal(batch_of(f)->record_count, 0);
    register_free(f);
}

static void test_json_wrong_setup(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    const char *list = "{\"total\": 1, \"issues\": [{\"ref\": \"TI-1\", \"severity\": 2, "
                       "\"state\": \"open\"}]}";
    memory_add(&f->files, "evidence/issues.json", list);
    EXPECT_FOUND(f, "evidence/2021-11/a.yaml", JSON_BATCH(""),
                 "evidence/issues.json:1:1: error: records are an array of objects, not "
                 "a mapping [wrong-type]");
    assert_non_null(strstr(f->shown.p, "records: /issues"));
    EXPECT_FOUND(f, "evidence/2021-11/a.yaml", JSON_BATCH("  records: /issue\n"),
                 "evidence/2021-11/a.yaml:9:12: error: '/issue' leads to nothing in the "
                 "file [bad-pointer]");
    EXPECT_FOUND(
        f, "evidence/2021-11/a.yaml",
        JSON_BATCH("  records: /issues\n"
                   "  columns: {ref: ref, sev: severity, state: state, x: stat}\n"),
        "evidence/2021-11/a.yaml:10:55: error: 'stat' is no field of this kind "
        "[unknown-field]");
    EXPECT_FOUND(
        f, "evidence/2021-11/a.yaml",
        JSON_BATCH("  records: /issues\n"
                   "  columns: {ref: ref, sev: severity, state: state}\n"),
        "evidence/2021-11/a.yaml:10:23: error: 'sev' is in no record of the file "
        "[unknown-column]",
        "evidence/issues.json:1:25: error: /issues/0: 'severity' is missing "
        "[missing-field]");
    EXPECT_FOUND(f, "evidence/2021-11/a.yaml",
                 JSON_BATCH("  records: /issues\n  columns: {ref: ref}\n"
                            "  values: {severity: {a: 1}}\n"),
                 "evidence/2021-11/a.yaml:8:9: error: 'severity' is required and no "
                 "column fills it [missing-field]",
                 "evidence/2021-11/a.yaml:8:9: error: 'state' is required and no column "
                 "fills it [missing-field]",
                 "evidence/2021-11/a.yaml:11:12: error: 'severity' is filled from no "
                 "column [unknown-field]");
    EXPECT_FOUND(f, "evidence/2021-11/a.yaml",
                 JSON_BATCH("  records: /issues\n  values: {state: {open: opn}}\n"),
                 "evidence/2021-11/a.yaml:10:26: error: 'opn' is no word of 'state' "
                 "[unknown-word]");
    memory_add(&f->files, "evidence/issues.json", "[{\"ref\": \"TI-1\",]");
    EXPECT_FOUND(f, "evidence/2021-11/a.yaml", JSON_BATCH(""),
                 "evidence/issues.json:1:17: error: a key in double quotes is expected "
                 "here [json-syntax]");
    memory_add(&f->files, "evidence/issues.json",
               "[\n{\"ref\": \"TI-1\", \"severity\": 2, \"state\": \"open\", "
               "\"modification\": \"MP91\",\n\"release\": \"2021-12\"}]");
    EXPECT_FOUND(f, "evidence/2021-11/a.yaml", JSON_BATCH(""),
                 "evidence/issues.json:2:65: error: there is no modification 'MP91' "
                 "[dangling-reference]",
                 "evidence/issues.json:3:12: error: /0: 'release' is said by the batch, "
                 "or by what the record stands in [given-by-batch]");
    register_free(f);
}

/* ---- JUnit ---- */

#define JUNIT_BATCH(series, as_of, records) \
    BATCH_HEAD("test_phase", series, as_of) "records: {" records "}\n"
#define REPORT(inside) "<testsuite name='s'>" inside "</testsuite>"

static void expect_int(const model_record *r, const char *name, int64_t expected)
{
    assert_int_equal(field_of(r, name).kind, OG_INT);
    assert_int_equal(field_of(r, name).as.i, expected);
}

static void test_junit(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "evidence/uit.yaml",
               JUNIT_BATCH("uit", "2021-10-04",
                           "junit: r/*.xml, phase: UIT, environment: UIT-B, "
                           "started: 2021-09-21"));
    memory_add(&f->files, "evidence/r/a.xml",
               REPORT("<testcase/><testcase><failure/></testcase>"));
    memory_add(&f->files, "evidence/r/b.xml",
               REPORT("<testcase/><testcase><error/></testcase>"
                      "<testcase><skipped/></testcase>"));
    register_good(f);
    const model_batch *batch = batch_of(f);
    const model_record *phase = batch->records[0];
    assert_int_equal(batch->record_count, 1);
    assert_str(model_record_id(phase), "UIT/UIT-B");
    expect_int(phase, "planned", 5);
    expect_int(phase, "executed", 4);
    expect_int(phase, "passed", 2);
    expect_int(phase, "failed", 1);
    expect_int(phase, "errored", 1);
    expect_int(phase, "skipped", 1);
    assert_int_equal(batch->data_count, 2);
    assert_str(batch->data[1]->path, "evidence/r/b.xml");
    assert_str(phase->file->path, "evidence/uit.yaml");
    assert_int_equal(phase->line, 7);
    memory_add(
        &f->files, "evidence/uit.yaml",
        JUNIT_BATCH("uit", "2021-10-04", "junit: r/b.xml, phase: UIT, planned: 412"));
    memory_remove(&f->files, "evidence/r/a.xml");
    register_good(f);
    expect_int(batch_of(f)->records[0], "planned", 412);
    expect_int(batch_of(f)->records[0], "executed", 2);
    register_free(f);
}

/* A kind of the register's own, with fewer counts. */
static void test_junit_own_kind(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "kinds/run.yaml",
               "kind: run\nplural: runs\ndoc: A run.\nkey: name\nfields:\n"
               "  name: {type: string, required: true, doc: name}\n"
               "  executed: {type: int, required: true, doc: executed}\n"
               "  passed: {type: int, required: true, max: 1, doc: passed}\n"
               "  failed: {type: int, required: true, doc: failed}\n"
               "  skipped: {type: string, doc: why some were}\n");
    memory_add(&f->files, "evidence/run.yaml",
               "kind: run\nseries: s\nas_of: 2021-10-04\nsource: x\nsupplied_by: DCC\n"
               "records: {junit: r.xml, name: nightly, skipped: none}\n");
    memory_add(&f->files, "evidence/r.xml",
               REPORT("<testcase/><testcase><failure/></testcase>"
                      "<testcase><error/></testcase>"));
    register_good(f);
    const model_record *run = batch_of(f)->records[0];
    expect_int(run, "executed", 3);
    expect_int(run, "failed", 2);
    assert_str(model_record_text(run, "skipped"), "none");
    EXPECT_FOUND(f, "evidence/r.xml", REPORT("<testcase/><testcase/>"),
                 "evidence/run.yaml:6:18: error: 2 is above 1 [out-of-range]");
    register_free(f);
}

static void test_junit_wrong(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "evidence/r/a.xml", REPORT("<testcase/>"));
    EXPECT_FOUND(f, "evidence/a.yaml",
                 JUNIT_BATCH("s", "2021-10-04",
                             "junit: r/a.xml, phase: UIT, passed: 7, failed: 0"),
                 "evidence/a.yaml:7:47: error: 'passed' is counted from the reports "
                 "[counted-twice]",
                 "evidence/a.yaml:7:58: error: 'failed' is counted from the reports "
                 "[counted-twice]");
    EXPECT_FOUND(f, "evidence/a.yaml",
                 JUNIT_BATCH("s", "2021-10-04", "junit: r/a.xml, phse: UIT"),
                 "evidence/a.yaml:7:10: error: 'phase' is missing [missing-field]",
                 "evidence/a.yaml:7:27: error: unknown key 'phse' [unknown-key]");
    EXPECT_FOUND(f, "evidence/a.yaml",
                 JUNIT_BATCH("s", "2021-10-04", "junit: [r/a.xml], phase: UIT"),
                 "evidence/a.yaml:7:18: error: 'junit' must be a path, not a list "
                 "[wrong-type]",
                 "evidence/r/a.xml:0:0: warning: no batch names this file "
                 "[unreferenced-data-file]");
    EXPECT_FOUND(f, "evidence/a.yaml",
                 JUNIT_BATCH("s", "2021-10-04", "junit: ../../*.xml, phase: UIT"),
                 "evidence/a.yaml:7:18: error: '../../*.xml' is not inside the register "
                 "[bad-path]",
                 "evidence/r/a.xml:0:0: warning: no batch names this file "
                 "[unreferenced-data-file]");
    memory_add(&f->files, "evidence/r/b.xml", REPORT("<testcase/>"));
    memory_add(&f->files, "evidence/r/c.xml", REPORT("<testcase>"));
    memory_add(&f->files, "evidence/r/d.xml",
               "<testsuite tests='3'><testcase/></testsuite>");
    EXPECT_FOUND(f, "evidence/a.yaml",
                 JUNIT_BATCH("s", "2021-10-04", "junit: r/*.xml, phase: UIT"),
                 "evidence/r/b.xml:1:1: warning: this is the same report as "
                 "'evidence/r/a.xml' [duplicate-report]",
                 "evidence/r/c.xml:1:33: error: not well-formed XML: mismatched tag "
                 "[junit-syntax]",
                 "evidence/r/d.xml:1:1: warning: suite 'testsuite' says it has 3 tests, "
                 "and 1 are there [junit-counts]");
    register_free(f);
}

static bool is_known(register_fixture *f, const char *at, const char **ret_file)
{
    og_arena arena = {0};
    og_error err = {0};
    model_list list;
    assert_int_equal(model_live(&f->reg, kind_of(f, "test_phase"), release_of(f),
                                instant_at(at), &arena, &f->diags, &list, &err),
                     OG_OK);
    *ret_file = list.batch_count ? list.batches[0]->file->path.p : NULL;
    og_arena_done(&arena);
    return list.known;
}

/* A pattern that matches nothing is no evidence: the batch takes the place of the one
 * before it, and what was known until then is known no more. */
static void test_junit_no_evidence(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    const char *file;
    memory_add(&f->files, "evidence/a.yaml",
               JUNIT_BATCH("uit", "2021-10-01", "junit: a/*.xml, phase: UIT"));
    memory_add(&f->files, "evidence/a/1.xml", REPORT("<testcase/>"));
    EXPECT_FOUND(f, "evidence/b.yaml",
                 JUNIT_BATCH("uit", "2021-10-04", "junit: b/*.xml, phase: UIT"),
                 "evidence/b.yaml:7:18: warning: 'b/*.xml' matches no file: this batch "
                 "is no evidence [no-evidence]");
    assert_non_null(strstr(f->shown.p, "looked for 'evidence/b/*.xml'"));
    assert_true(is_known(f, "2021-10-03T12:00", &file));
    assert_string_equal(file, "evidence/a.yaml");
    assert_false(is_known(f, "2021-10-05T12:00", &file));
    memory_add(&f->files, "evidence/b/1.xml", REPORT("<testcase/><testcase/>"));
    register_good(f);
    assert_true(is_known(f, "2021-10-05T12:00", &file));
    assert_string_equal(file, "evidence/b.yaml");
    register_free(f);
}

/* ---- No memory ---- */

static int load_once(void *context)
{
    register_fixture *f = context;
    og_error err = {0};
    int rc = model_register_load(&f->reg, &f->files.source, NULL, 0, &f->diags, &err);
    og_error_done(&err);
    register_unload(f);
    return rc;
}

static void test_faults(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "evidence/2021-11/a.yaml",
               JSON_BATCH("  records: /issues\n"
                          "  columns: {ref: ref, severity: severity, state: state}\n"
                          "  values: {state: {Open: open}}\n"));
    memory_add(
        &f->files, "evidence/issues.json",
        "{\"issues\": [{\"ref\": \"TI-1\", \"severity\": 2, \"state\": \"Open\"}]}");
    memory_add(&f->files, "evidence/b.yaml",
               JUNIT_BATCH("uit", "2021-10-01", "junit: r/*.xml, phase: UIT"));
    memory_add(&f->files, "evidence/r/1.xml", REPORT("<testcase/>"));
    memory_add(&f->files, "evidence/r/2.xml",
               "<testsuite tests='3'><testcase/></testsuite>");
    memory_add(&f->files, "evidence/c.yaml",
               JUNIT_BATCH("sit", "2021-10-01", "junit: s/*.xml, phase: SIT"));
    assert_true(unit_fail_each(load_once, f) > 10 || !UNIT_HAS_FAULTS);
    register_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_json_as_it_is),
        cmocka_unit_test(test_json_wrong_setup),
        cmocka_unit_test(test_junit),
        cmocka_unit_test(test_junit_own_kind),
        cmocka_unit_test(test_junit_wrong),
        cmocka_unit_test(test_junit_no_evidence),
        cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
