/* Evidence: batches, CSV, what is live when, what vanished, what is from the future. */
#include "register_fixture.h"

#define ISSUES(series, as_of, records) \
    BATCH_HEAD("testing_issue", series, as_of) "records: " records "\n"

typedef struct live_fixture {
    og_arena arena;
    og_error err;
    model_list list;
    int rc;
} live_fixture;

static void ask_live(register_fixture *f, live_fixture *l, const char *kind,
                     const char *at)
{
    *l = (live_fixture){.rc = 0};
    l->rc = model_live(&f->reg, kind_of(f, kind), release_of(f), instant_at(at),
                       &l->arena, &f->diags, &l->list, &l->err);
}

static void live_done(live_fixture *l)
{
    og_arena_done(&l->arena);
    og_error_done(&l->err);
}

static void expect_live(register_fixture *f, const char *at, const char *ids)
{
    live_fixture l;
    og_buf text = {0};
    ask_live(f, &l, "testing_issue", at);
    assert_int_equal(l.rc, OG_OK);
    for (size_t i = 0; i < l.list.count; i++)
        og_buf_printf(&text, "%s%.*s", i ? " " : "",
                      OG_FMT(model_record_id(l.list.records[i])));
    og_buf_puts(&text, l.list.known ? "" : "unknown");
    assert_string_equal(text.n ? text.p : "", ids);
    og_buf_done(&text);
    live_done(&l);
}

static void test_series(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(
        &f->files, "evidence/a.yaml",
        ISSUES("log", "2021-10-01",
               "[{ref: TI-2, severity: 3, state: open}, {ref: TI-1, severity: 3, state: "
               "open}]"));
    memory_add(
        &f->files, "evidence/sub/b.yaml",
        ISSUES("log", "2021-10-04T17:00", "[{ref: TI-1, severity: 3, state: closed}]"));
    memory_add(&f->files, "evidence/c.yaml",
               ISSUES("other", "2021-10-02", "[{ref: TI-9, severity: 3, state: open}]"));
    register_good(f);
    expect_live(f, "2021-09-30T12:00", "unknown");
    expect_live(f, "2021-10-01T12:00", "unknown");
    expect_live(f, "2021-10-01T23:00", "TI-1 TI-2"); /* midnight in London */
    expect_live(f, "2021-10-03T12:00", "TI-1 TI-2 TI-9");
    expect_live(f, "2021-10-04T15:59", "TI-1 TI-2 TI-9");
    expect_live(f, "2021-10-04T16:00", "TI-1 TI-9");
    live_fixture l;
    ask_live(f, &l, "test_phase", "2021-10-05T00:00");
    assert_false(l.list.known);
    live_done(&l);
    const model_record *record;
    ask_live(f, &l, "testing_issue", "2021-10-05T00:00");
    record = l.list.records[0];
    assert_ptr_equal(record->owner, release_of(f));
    assert_ptr_equal(record->batch, l.list.batches[0]);
    assert_str(model_record_text(record, "release"), "2021-11");
    assert_str(record->batch->superseded->file->path, "evidence/a.yaml");
    live_done(&l);
    register_free(f);
}

static void test_none_is_known(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(
        &f->files, "evidence/a.yaml",
        ISSUES("log", "2021-10-01", "[]") "covers: {from: 2021-09-01, to: 2021-09-30}\n");
    register_good(f);
    expect_live(f, "2021-10-05T00:00", "");
    assert_true(f->reg.batches[0]->has_covers);
    assert_int_equal(f->reg.batches[0]->covers_to, og_date_from(2021, 9, 30));
    register_free(f);
}

static void test_header(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    EXPECT_FOUND(
        f, "evidence/a.yaml", "[]\n",
        "evidence/a.yaml:1:1: error: a batch is a mapping that begins with 'kind: "
        "NAME' [wrong-type]");
    EXPECT_FOUND(f, "evidence/a.yaml", "kind: testing_isue\n",
                 "evidence/a.yaml:1:7: error: there is no such kind [unknown-kind]");
    EXPECT_FOUND(
        f, "evidence/a.yaml", "kind: release\n",
        "evidence/a.yaml:1:7: error: records of this kind do not come in batches "
        "[kind-has-home]");
    EXPECT_FOUND(
        f, "evidence/a.yaml", "kind: milestone\n",
        "evidence/a.yaml:1:7: error: records of this kind stand inside others and do "
        "not come in batches [kind-is-embedded]");
    EXPECT_FOUND(
        f, "evidence/a.yaml",
        "kind: statement\nrelase: 2021-11\nas_of: 2021-10-32\nseries: s\n"
        "source: x\nrecords: {csv: 1, junit: 2, x: y}\n"
        "covers: {from: 2021-02-02, to: 2021-01-01}\n",
        "evidence/a.yaml:1:1: error: 'supplied_by' is missing [missing-field]",
        "evidence/a.yaml:1:1: error: 'release' is missing [missing-field]",
        "evidence/a.yaml:2:1: error: unknown key 'relase' [unknown-key]",
        "evidence/a.yaml:3:8: error: '2021-10-32' is not a date or timestamp "
        "[wrong-type]",
        "evidence/a.yaml:6:16: error: '1' is not there [missing-file]",
        "evidence/a.yaml:6:19: error: unknown key 'junit' [unknown-key]",
        "evidence/a.yaml:6:29: error: unknown key 'x' [unknown-key]",
        "evidence/a.yaml:7:32: error: the period ends before it begins [bad-period]");
    EXPECT_FOUND(f, "evidence/a.yaml",
                 BATCH_HEAD("statement", "s", "2021-10-04") "records: {junit: r.xml}\n",
                 "evidence/a.yaml:7:18: error: 'r.xml' is not there [missing-file]",
                 "evidence/a.yaml:7:18: error: 'statement' has no counts of tests to "
                 "fill [not-countable]");
    EXPECT_FOUND(
        f, "evidence/a.yaml",
        BATCH_HEAD("statement", "s", "2021-10-04") "records: none\n",
        "evidence/a.yaml:7:10: error: 'records' is a list, or says where the records "
        "are [wrong-type]");
    EXPECT_FOUND(f, "evidence/a.yaml",
                 "kind: statement\nrelease: 2021-12\nseries: s\nas_of: 2021-10-04\n"
                 "source: x\nsupplied_by: DCC\nrecords: []\n",
                 "evidence/a.yaml:2:10: error: there is no release '2021-12' "
                 "[dangling-reference]");
    register_free(f);
}

static void test_records(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    EXPECT_FOUND(
        f, "evidence/a.yaml",
        BATCH_HEAD(
            "testing_issue", "log",
            "2021-10-04") "records:\n- {ref: TI-1, severity: 2, state: open}\n"
                          "- {ref: TI-1, severity: 2, state: open}\n"
                          "- {ref: TI-2, severity: 2, state: open, release: 2021-11}\n"
                          "- {ref: TI-3, severity: 2, state: open, modification: MP999}\n"
                          "- TI-4\n- {ref: \"\", severity: 1, state: ~}\n",
        "evidence/a.yaml:9:3: error: 'TI-1' is in this batch twice [duplicate-id]",
        "evidence/a.yaml:10:50: error: 'release' is said by the batch, or by what the "
        "record stands in [given-by-batch]",
        "evidence/a.yaml:11:55: error: there is no modification 'MP999' "
        "[dangling-reference]",
        "evidence/a.yaml:12:3: error: testing_issue is written as a mapping, not a "
        "string [wrong-type]",
        "evidence/a.yaml:13:3: error: the id of this testing_issue is empty [bad-id]",
        "evidence/a.yaml:13:33: error: 'state' is required and empty [missing-field]");
    register_free(f);
}

static void test_conflicts(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    live_fixture l;
    memory_add(&f->files, "evidence/a.yaml",
               ISSUES("log", "2021-10-04", "[{ref: TI-1, severity: 3, state: open}]"));
    memory_add(&f->files, "evidence/b.yaml",
               ISSUES("more", "2021-10-05", "[{ref: TI-1, severity: 3, state: open}]"));
    register_good(f);
    expect_live(f, "2021-10-05T00:00", "TI-1");
    ask_live(f, &l, "testing_issue", "2021-10-06T00:00");
    assert_error(&l.err, OG_E_CONFLICT, "testing_issue");
    register_found(f,
                   (const char *const[]){
                       "evidence/b.yaml:7:11: error: two live records of testing_issue "
                       "have the id 'TI-1' [conflicting-records]",
                       NULL});
    live_done(&l);
    memory_add(&f->files, "evidence/b.yaml", ISSUES("log", "2021-10-04", "[]"));
    register_good(f);
    ask_live(f, &l, "testing_issue", "2021-10-06T00:00");
    assert_error(&l.err, OG_E_CONFLICT, "testing_issue");
    live_done(&l);
    register_load(f);
    og_error err = {0};
    assert_int_equal(
        model_check_live(&f->reg, instant_at("2021-10-06T00:00"), &f->diags, &err),
        OG_OK);
    register_found(
        f, (const char *const[]){
               "evidence/b.yaml:1:1: error: two batches of series 'log' are as of "
               "the same moment [conflicting-batches]",
               NULL});
    memory_add(&f->files, "evidence/c.yaml", ISSUES("log", "2021-10-05", "[]"));
    register_good(f); /* a later one decides */
    expect_live(f, "2021-10-06T00:00", "");
    register_free(f);
}

static void test_vanished(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(
        &f->files, "evidence/a.yaml",
        ISSUES("log", "2021-10-01",
               "[{ref: A, severity: 3, state: open}, {ref: B, severity: 3, state: "
               "open}, {ref: C, severity: 3, state: closed}, {ref: D, severity: 3, "
               "state: fixed}, {ref: E, severity: 3, state: open}]"));
    memory_add(&f->files, "evidence/b.yaml",
               ISSUES("log", "2021-10-02", "[{ref: E, severity: 3, state: closed}]"));
    memory_add(&f->files, "evidence/c.yaml", ISSUES("log", "2021-10-03", "[]"));
    memory_add(&f->files, "evidence/d.yaml",
               ISSUES("other", "2021-10-03", "[{ref: B, severity: 3, state: open}]"));
    register_good(f);
    live_fixture l;
    const model_record **gone;
    size_t count;
    ask_live(f, &l, "testing_issue", "2021-10-04T00:00");
    assert_int_equal(model_vanished(&l.list, kind_of(f, "testing_issue"), &l.arena, &gone,
                                    &count, &l.err),
                     OG_OK);
    assert_int_equal(count, 2);
    assert_str(model_record_id(gone[0]), "A");
    assert_str(model_record_id(gone[1]), "D");
    assert_int_equal(
        model_vanished(&l.list, kind_of(f, "statement"), &l.arena, &gone, &count, &l.err),
        OG_OK);
    assert_int_equal(count, 0);
    live_done(&l);
    register_free(f);
}

static void test_future(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "evidence/a.yaml", ISSUES("log", "2021-10-04T17:00", "[]"));
    register_good(f);
    model_check_future(&f->reg, instant_at("2021-10-04T16:00"), &f->diags);
    assert_int_equal(f->diags.count, 0);
    model_check_future(&f->reg, instant_at("2021-10-04T15:59:59"), &f->diags);
    register_found(
        f, (const char *const[]){"evidence/a.yaml:4:8: error: this evidence is from "
                                 "the future [future-evidence]",
                                 NULL});
    register_free(f);
}

/* ---- CSV ---- */

#define CSV_BATCH(rest)                              \
    BATCH_HEAD("testing_issue", "log", "2021-10-04") \
    "records:\n"                                     \
    "  csv: ../issues.csv\n" rest
#define COLUMNS "  columns: {Ref: ref, Sev: severity, Status: state, Mod: modification}\n"
#define VALUES "  values: {state: {Open: open, Re-opened: open, Closed: closed}}\n"

static void test_csv(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "evidence/2021-11/a.yaml", CSV_BATCH(COLUMNS VALUES));
    memory_add(&f->files, "evidence/issues.csv",
               "Ref,Other,Sev,Status,Mod\r\n"
               "TI-2,x,3,Re-opened,\r\n\"TI-1\",\"y,\nz\",2,Closed,MP090\r\n");
    register_good(f);
    expect_live(f, "2021-10-05T00:00", "TI-1 TI-2");
    live_fixture l;
    ask_live(f, &l, "testing_issue", "2021-10-05T00:00");
    const model_record *first = l.list.records[0], *second = l.list.records[1];
    assert_str(model_record_text(first, "state"), "closed");
    assert_str(model_record_text(model_record_sub(first, "modification"), "title"),
               "Alerts");
    assert_int_equal(model_record_get(first, "severity").as.i, 2);
    assert_str(first->file->path, "evidence/issues.csv");
    assert_int_equal(first->line, 3);
    assert_str(model_record_text(second, "state"), "open");
    assert_int_equal(model_record_get(second, "modification").kind, OG_ABSENT);
    assert_str(first->batch->data[0]->path, "evidence/issues.csv");
    live_done(&l);
    register_free(f);
}

static void test_csv_wrong_cells(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "evidence/issues.csv",
               "Ref,Sev,Status,Mod\nTI-1,9,Open,\nTI-2,2,Opened,MP99\nTI-3,2,Open\n"
               ",1,Open,\nTI-1,1,,\n");
    EXPECT_FOUND(
        f, "evidence/2021-11/a.yaml", CSV_BATCH(COLUMNS VALUES),
        "evidence/issues.csv:2:6: error: row 2: 9 is above 5 [out-of-range]",
        "evidence/issues.csv:3:8: error: row 3: 'Opened' is not listed under 'values' "
        "of 'state' [unlisted-value]",
        "evidence/issues.csv:3:15: error: there is no modification 'MP99' "
        "[dangling-reference]",
        "evidence/issues.csv:4:1: error: row 4: 3 cells under 4 columns [csv-cells]",
        "evidence/issues.csv:5:1: error: row 5: 'ref' is missing [missing-field]",
        "evidence/issues.csv:6:1: error: 'TI-1' is in this batch twice [duplicate-id]",
        "evidence/issues.csv:6:1: error: row 6: 'state' is missing [missing-field]");
    register_free(f);
}

static void test_csv_wrong_columns(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "evidence/issues.csv", "Ref,Sev,Status,Ref\n");
    EXPECT_FOUND(
        f, "evidence/2021-11/a.yaml",
        CSV_BATCH("  columns: {Ref: ref, Svv: severity, Status: stat, Sev: release}\n"
                  "  values: {phase: {a: b}}\n"),
        "evidence/2021-11/a.yaml:9:13: error: 'Ref' stands over several columns of "
        "the file [unknown-column]",
        "evidence/2021-11/a.yaml:9:18: error: 'ref' is filled from two columns "
        "[duplicate-column]",
        "evidence/2021-11/a.yaml:9:23: error: 'Svv' is no column of the file "
        "[unknown-column]",
        "evidence/2021-11/a.yaml:9:46: error: 'stat' is no field of this kind "
        "[unknown-field]",
        "evidence/2021-11/a.yaml:9:57: error: 'release' is no field of this kind "
        "[unknown-field]",
        "evidence/2021-11/a.yaml:10:12: error: 'phase' is filled from no column "
        "[unknown-field]");
    memory_add(&f->files, "evidence/issues.csv", "ref,state\nTI-1,open\nTI-2,open\n");
    EXPECT_FOUND(
        f, "evidence/2021-11/a.yaml", CSV_BATCH(""),
        "evidence/2021-11/a.yaml:8:8: error: 'severity' is required and no column "
        "fills it [missing-field]");
    memory_add(&f->files, "evidence/issues.csv", "ref,severity,stat\n");
    EXPECT_FOUND(f, "evidence/2021-11/a.yaml", CSV_BATCH(""),
                 "evidence/2021-11/a.yaml:8:3: error: 'stat' is no field of this kind "
                 "[unknown-field]");
    memory_add(&f->files, "evidence/issues.csv", "ref,severity,state\n");
    EXPECT_FOUND(f, "evidence/2021-11/a.yaml", CSV_BATCH("  values: {state: {O: opn}}\n"),
                 "evidence/2021-11/a.yaml:9:23: error: 'opn' is no word of 'state' "
                 "[unknown-word]");
    register_free(f);
}

static void test_csv_wrong_file(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "evidence/issues.csv", "ref,severity,state\nTI-1,\"1,open\n");
    EXPECT_FOUND(
        f, "evidence/2021-11/a.yaml", CSV_BATCH(""),
        "evidence/issues.csv:2:6: error: row 2: a quote is not closed [csv-quote]");
    memory_add(&f->files, "evidence/issues.csv", "");
    EXPECT_FOUND(
        f, "evidence/2021-11/a.yaml", CSV_BATCH(""),
        "evidence/issues.csv:1:1: error: the first row, with the names of the columns, "
        "is missing [csv-empty]");
    memory_remove(&f->files, "evidence/issues.csv");
    memory_remove(&f->files, "evidence/2021-11/a.yaml");
    EXPECT_FOUND(
        f, "evidence/a.yaml",
        BATCH_HEAD("statement", "s", "2021-10-04") "records: {csv: ../../x.csv}\n",
        "evidence/a.yaml:7:16: error: '../../x.csv' is not inside the register "
        "[bad-path]");
    EXPECT_FOUND(
        f, "evidence/a.yaml",
        BATCH_HEAD("statement", "s", "2021-10-04") "records: {csv: /etc/passwd}\n",
        "evidence/a.yaml:7:16: error: '/etc/passwd' is not inside the register "
        "[bad-path]");
    EXPECT_FOUND(
        f, "evidence/a.yaml",
        BATCH_HEAD("statement", "s", "2021-10-04") "records: {csv: ./b/../x.csv}\n",
        "evidence/a.yaml:7:16: error: './b/../x.csv' is not there [missing-file]");
    assert_non_null(strstr(f->shown.p, "looked for 'evidence/x.csv'"));
    register_free(f);
}

static void test_csv_empty_is_none(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "evidence/2021-11/a.yaml", CSV_BATCH(COLUMNS VALUES));
    memory_add(&f->files, "evidence/issues.csv", "Ref,Sev,Status,Mod\n");
    register_good(f);
    expect_live(f, "2021-10-05T00:00", "");
    register_free(f);
}

/* ---- No memory ---- */

static int load_once(void *context)
{
    register_fixture *f = context;
    og_error err = {0};
    og_arena arena = {0};
    model_list list;
    const model_record **gone;
    size_t count;
    int rc = model_register_load(&f->reg, &f->files.source, NULL, 0, &f->diags, &err);
    if (rc == OG_OK)
        rc = model_live(&f->reg, kind_of(f, "testing_issue"), release_of(f),
                        instant_at("2021-10-05T00:00"), &arena, &f->diags, &list, &err);
    if (rc == OG_OK)
        rc = model_vanished(&list, kind_of(f, "testing_issue"), &arena, &gone, &count,
                            &err);
    og_arena_done(&arena);
    og_error_done(&err);
    register_unload(f);
    return rc;
}

static void test_faults(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "evidence/2021-11/a.yaml", CSV_BATCH(COLUMNS VALUES));
    memory_add(&f->files, "evidence/issues.csv",
               "Ref,Sev,Status,Mod\n\"T\"\"\",3,Open,\nTI-1,2,Closed,MP090\n");
    memory_add(&f->files, "evidence/b.yaml",
               ISSUES("log", "2021-10-01", "[{ref: A, severity: 3, state: open}]"));
    memory_add(
        &f->files, "kinds/plan.yaml",
        "kind: plan\nplural: plans\ndoc: A plan.\nkey: ref\nfields:\n"
        "  ref: {type: string, required: true, doc: reference, pattern: \"a+\"}\n");
    long n = unit_fail_each(load_once, f);
    assert_true(n > 10 || !UNIT_HAS_FAULTS);
    register_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_series),          cmocka_unit_test(test_none_is_known),
        cmocka_unit_test(test_header),          cmocka_unit_test(test_records),
        cmocka_unit_test(test_conflicts),       cmocka_unit_test(test_vanished),
        cmocka_unit_test(test_future),          cmocka_unit_test(test_csv),
        cmocka_unit_test(test_csv_wrong_cells), cmocka_unit_test(test_csv_wrong_columns),
        cmocka_unit_test(test_csv_wrong_file),  cmocka_unit_test(test_csv_empty_is_none),
        cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
