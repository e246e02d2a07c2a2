/* Loading a register: settings, homes, references, places, what a policy supplies. */
#include "register_fixture.h"

static void test_good(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    register_good(f);
    const model_record *release = release_of(f);
    assert_str(model_record_text(release, "title"), "November");
    assert_str(model_record_id(release), "2021-11");
    const og_list *scope = model_record_get(release, "scope").as.list;
    assert_int_equal(scope->count, 2);
    const model_record *item = model_record_of(scope->items[1].as.object);
    assert_str(model_record_id(item), "MP077/Part 1");
    assert_ptr_equal(item->owner, release);
    assert_str(model_record_text(model_record_sub(item, "modification"), "title"),
               "Service Flagging");
    assert_int_equal(item->line, 8);
    assert_int_equal(item->column, 5);
    assert_int_equal(model_record_field_pos(item, 2).column, 33);
    const model_record *milestone =
        model_find(&f->reg, kind_of(f, "milestone"), release, OG_STR("assessment"));
    assert_non_null(milestone);
    assert_str(model_record_text(milestone, "meeting"), "OPSG_58");
    assert_null(model_find(&f->reg, kind_of(f, "milestone"), NULL, OG_STR("assessment")));
    assert_str(f->reg.config.jurisdiction, "england-and-wales");
    assert_int_equal(f->reg.list_counts[kind_of(f, "modification")->ordinal], 2);
    assert_str(model_record_id(f->reg.lists[kind_of(f, "modification")->ordinal][0]),
               "MP077");
    register_free(f);
}

static void test_no_config(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_remove(&f->files, "opsgate.yaml");
    og_error err = {0};
    assert_int_equal(
        model_register_load(&f->reg, &f->files.source, NULL, 0, &f->diags, &err),
        OG_E_NOTFOUND);
    assert_error(&err, OG_E_NOTFOUND, "opsgate.yaml");
    register_free(f);
}

static void test_config(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    EXPECT_FOUND(
        f, "opsgate.yaml",
        "opsgate: 2\ntitle: T\ntime_zone: Europe/Lodnon\n"
        "calendar: {jurisdiction: scotland}\nsincs: []\n"
        "criteria: {milestone: x}\n",
        "opsgate.yaml:1:10: error: 2 is above 1 [out-of-range]",
        "opsgate.yaml:3:12: error: no time zone 'Europe/Lodnon'; did you "
        "mean 'Europe/London'? [unknown-zone]",
        "opsgate.yaml:4:26: error: no calendar of jurisdiction 'scotland'; there is "
        "'england-and-wales' [unknown-jurisdiction]",
        "opsgate.yaml:5:1: error: unknown key 'sincs' [unknown-key]",
        "opsgate.yaml:6:11: error: criteria are for kinds with files of their own "
        "[unknown-kind]");
    EXPECT_FOUND(
        f, "opsgate.yaml",
        CONFIG_TEXT
        "sinks:\n- {id: a, type: webhook, url: {env: X, y: z}, secret: {env: S}}\n"
        "- {id: a, type: webhook, url: ftp://x, secret: {env: S, file: f}}\n"
        "authorities:\n- {body: OPSG, may: [waive], signers: keys/opsg}\n",
        "opsgate.yaml:5:31: error: this is no web address [bad-url]",
        "opsgate.yaml:6:8: error: another sink has this id [duplicate-id]",
        "opsgate.yaml:6:31: error: this is no web address [bad-url]",
        "opsgate.yaml:6:48: error: a secret is found in 'env' or in 'file', one of "
        "the two "
        "[bad-secret]",
        "opsgate.yaml:8:39: error: the register has no such file [missing-file]");
    EXPECT_FOUND(f, "opsgate.yaml",
                 CONFIG_TEXT "calendar:\n  holidays: [{date: 2022-09-20, title: x}]\n"
                             "  working: [{date: 2022-09-20, title: y}]\n",
                 "opsgate.yaml:6:20: error: '2022-09-20' is in the calendar's exceptions "
                 "twice [duplicate-day]");
    register_free(f);
}

static void test_calendar_exceptions(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    og_date monday;
    assert_true(og_date_parse(OG_STR("2021-10-04"), &monday));
    register_good(f);
    assert_true(cal_is_working_day(f->reg.calendar, monday));
    memory_add(&f->files, "opsgate.yaml",
               CONFIG_TEXT "calendar: {holidays: [{date: 2021-10-04, title: x}]}\n");
    register_good(f);
    assert_false(cal_is_working_day(f->reg.calendar, monday));
    register_free(f);
}

static void test_fields(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    EXPECT_FOUND(
        f, "modifications/MP1.yaml",
        "modification: MP1\ntitle: [a]\nstage: decided\nurgnt: true\n"
        "urgent: yes\nimplemented_on: 2021-02-30\ndecided: {by: X}\n"
        "impacts: [dcc, ~, dc]\n",
        "modifications/MP1.yaml:1:15: error: 'MP1' does not match the pattern of "
        "'modification' [pattern]",
        "modifications/MP1.yaml:2:8: error: 'title' must be a string, not a list "
        "[wrong-type]",
        "modifications/MP1.yaml:3:8: error: 'decided' is no word of 'stage' "
        "[unknown-word]",
        "modifications/MP1.yaml:4:1: error: unknown key 'urgnt' [unknown-key]",
        "modifications/MP1.yaml:5:9: error: 'yes' is not a bool [wrong-type]",
        "modifications/MP1.yaml:6:17: error: '2021-02-30' is not a date [wrong-type]",
        "modifications/MP1.yaml:7:10: error: 'on' is missing [missing-field]",
        "modifications/MP1.yaml:8:16: error: an element of 'impacts' is empty "
        "[empty-element]",
        "modifications/MP1.yaml:8:19: error: 'dc' is no word of 'impacts' "
        "[unknown-word]");
    assert_non_null(strstr(f->shown.p, "did you mean 'urgent'?"));
    assert_non_null(strstr(f->shown.p, "did you mean 'dcc'?"));
    assert_non_null(strstr(f->shown.p, "there is no such day"));
    register_free(f);
}

static void test_shapes(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "parties.yaml", "party: x\n");
    memory_add(&f->files, "modifications/E.yaml", "# nothing\n");
    memory_add(&f->files, "modifications/L.yaml", "- modification: MP001\n");
    EXPECT_FOUND(
        f, "meetings.yaml", "[x]\n",
        "meetings.yaml:1:2: error: meeting is written as a mapping, not a string "
        "[wrong-type]",
        "modifications/E.yaml:1:1: error: modification is written as a mapping, not "
        "null [wrong-type]",
        "modifications/L.yaml:1:1: error: modification is written as a mapping, not a "
        "list [wrong-type]",
        "parties.yaml:1:1: error: this file is a list of parties [wrong-type]",
        "releases/2021-11.yaml:10:59: error: there is no meeting 'OPSG_58' "
        "[dangling-reference]");
    register_free(f);
}

static void test_references(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    EXPECT_FOUND(f, "decisions/D-1.yaml",
                 "decision: D-1\nsubject: 2021-12\ngate: assessment\noutcome: AGREED\n"
                 "decided: {by: OPSG, on: 2021-10-05, meeting: OPSG_85}\n",
                 "decisions/D-1.yaml:2:10: error: there is no subject '2021-12' "
                 "[dangling-reference]",
                 "decisions/D-1.yaml:5:46: error: there is no meeting 'OPSG_85' "
                 "[dangling-reference]");
    assert_non_null(strstr(f->shown.p, "did you mean '2021-11'?"));
    assert_non_null(strstr(f->shown.p, "did you mean 'OPSG_58'?"));
    memory_remove(&f->files, "decisions/D-1.yaml");
    EXPECT_FOUND(
        f, "modifications/again.yaml", "modification: MP090\ntitle: Twice\n",
        "modifications/again.yaml:1:1: error: there is another modification 'MP090' "
        "[duplicate-id]");
    register_free(f);
}

/* A record in a home of its own that belongs to another. */
static void test_owned(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "waivers/W-1.yaml",
               "waiver: W-1\nrelease: 2021-11\ncriterion: LSC-07b\ngate: assessment\n"
               "reason: low_reach\njustification: j\nrequested_by: DCC\n"
               "expires: 2021-11-04\nlands_at: go_live\n");
    register_good(f);
    const model_record *release = release_of(f);
    const model_record *waiver =
        model_find(&f->reg, kind_of(f, "waiver"), release, OG_STR("W-1"));
    assert_non_null(waiver);
    assert_ptr_equal(waiver->owner, release);
    og_arena arena = {0};
    og_error err = {0};
    model_list list;
    assert_int_equal(model_live(&f->reg, kind_of(f, "waiver"), release,
                                instant_at("2021-10-05T00:00"), &arena, &f->diags, &list,
                                &err),
                     OG_OK);
    assert_true(list.known);
    assert_int_equal(list.count, 1);
    assert_int_equal(model_live(&f->reg, kind_of(f, "decision"), NULL,
                                instant_at("2021-10-05T00:00"), &arena, &f->diags, &list,
                                &err),
                     OG_OK);
    assert_false(list.known);
    assert_int_equal(model_live(&f->reg, kind_of(f, "milestone"), release,
                                instant_at("2021-10-05T00:00"), &arena, &f->diags, &list,
                                &err),
                     OG_OK);
    assert_true(list.known);
    assert_int_equal(list.count, 2);
    og_arena_done(&arena);
    register_free(f);
}

static void test_places(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, ".github/workflow.yml", "");
    memory_add(&f->files, "README.md", "");
    memory_add(&f->files, "docs/x.yaml", "");
    memory_add(&f->files, "Makefile", "");
    memory_add(&f->files, "evidence/note.md", "");
    register_good(f);
    memory_add(&f->files, "stuff/a.yaml", "");
    memory_add(&f->files, "releases/old/a.yaml", "");
    memory_add(&f->files, "releases/b.yml", "");
    memory_add(&f->files, "evidence/c.yml", "");
    memory_add(&f->files, "evidence/d.csv", "");
    memory_add_entry(&f->files, "evidence/e.yaml", MODEL_ENTRY_SYMLINK);
    memory_add_entry(&f->files, "docs/f", MODEL_ENTRY_SUBMODULE);
    memory_add_entry(&f->files, "g", MODEL_ENTRY_SPECIAL);
    memory_add(&f->files, "modifications/h.yaml",
               "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n");
    register_load(f);
    register_found(
        f,
        (const char *const[]){
            "docs/f:0:0: warning: this is a submodule, which is never followed "
            "[not-a-file]",
            "evidence/c.yml:0:0: error: only files that end in .yaml are read "
            "[wrong-extension]",
            "evidence/d.csv:0:0: warning: no batch names this file "
            "[unreferenced-data-file]",
            "evidence/e.yaml:0:0: error: this is a symbolic link, which is never "
            "followed "
            "[not-a-file]",
            "g:0:0: error: this is neither file nor directory, which is never followed "
            "[not-a-file]",
            "modifications/h.yaml:1:1: error: this is a Git LFS pointer, not the file "
            "itself [lfs-pointer]",
            "releases/b.yml:0:0: error: no file of this name is read from here "
            "[misplaced-file]",
            "releases/old/a.yaml:0:0: error: no file of this name is read from here "
            "[misplaced-file]",
            "stuff/a.yaml:0:0: warning: nothing is read from here [unknown-place]",
            NULL});
    assert_int_equal(f->rc, OG_E_INVALID);
    register_free(f);
}

static void test_bad_names_and_bytes(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "docs/a\nb", "");
    EXPECT_FOUND(
        f, "modifications/x.yaml", "modification: \xff\n",
        ".:0:0: error: a file's name is not UTF-8 or has control characters in it "
        "[bad-path]",
        "modifications/x.yaml:1:15: error: byte 0xff is not valid UTF-8 [invalid-utf8]");
    register_free(f);
}

/* What the policy supplies holds, whatever the claims say. */
static void test_policy(void **state)
{
    (void)state;
    register_fixture *policy = register_new(), *claims = register_new();
    memory_add(&policy->files, "kinds/plan.yaml",
               "kind: plan\nplural: plans\ndoc: A plan.\nkey: ref\nfields:\n"
               "  ref: {type: string, required: true, doc: reference}\n");
    memory_add(&policy->files, "parties.yaml",
               "- {party: UKPN, names: [{name: n, from: 2010-10-29}], category: "
               "electricity_networks}\n");
    register_good(policy);
    memory_remove(&claims->files, "opsgate.yaml");
    memory_add(&claims->files, "kinds/other.yaml", "kind: other\n");
    memory_add(&claims->files, "parties.yaml", "[]\n");
    memory_add(&claims->files, "evidence/p.yaml",
               "kind: plan\nseries: s\nas_of: 2021-10-04\nsource: x\nsupplied_by: DCC\n"
               "records: [{ref: P-1}]\n");
    register_load_with(claims, &policy->reg, 0);
    assert_string_equal(claims->shown.n ? claims->shown.p : "", "");
    assert_ptr_equal(claims->reg.kinds, policy->reg.kinds);
    assert_ptr_equal(claims->reg.zone, policy->reg.zone);
    const model_kind *party = kind_of(claims, "party");
    assert_non_null(model_find(&claims->reg, party, NULL, OG_STR("UKPN")));
    assert_int_equal(claims->reg.list_counts[party->ordinal], 1);
    assert_int_equal(claims->reg.batch_count, 1);
    memory_add(&claims->files, "criteria/x.yaml", "a: [\n");
    memory_add(&claims->files, "parties.yaml", "[{}]\n");
    register_load_with(claims, &policy->reg, MODEL_LOAD_HOMES_ONLY);
    assert_int_equal(claims->rc, OG_E_INVALID);
    assert_non_null(strstr(claims->shown.p, "criteria/x.yaml:"));
    assert_non_null(
        strstr(claims->shown.p, "parties.yaml:1:2: error: 'party' is missing"));
    assert_int_equal(claims->reg.batch_count, 0);
    register_free(claims);
    register_free(policy);
}

/* What stands at the same path with the same bytes is the policy's file. */
static void test_policy_files(void **state)
{
    (void)state;
    register_fixture *policy = register_new(), *claims = register_new();
    register_good(policy);
    memory_add(&claims->files, "evidence/a.yaml", "kind: incident\nrecords: [\n");
    memory_add(&claims->files, "modifications/MP077.yaml", "modification: MP077\n");
    memory_add(&claims->files, "modifications/MP999.yaml", "modification: MP999\n");
    register_load_with(claims, &policy->reg, MODEL_LOAD_HOMES_ONLY);
    for (size_t i = 0; i < claims->files.source.count; i++) {
        const char *path = claims->files.paths[i];
        const model_file *file = claims->reg.files[i];
        size_t there = memory_at(&policy->files, path);
        bool same = strncmp(path, "releases/", 9) == 0 ||
                    strcmp(path, "modifications/MP090.yaml") == 0 ||
                    strcmp(path, "meetings.yaml") == 0;
        assert_int_equal(file && file == policy->reg.files[there], same);
    }
    assert_int_equal(claims->rc, OG_E_INVALID);
    assert_non_null(strstr(claims->shown.p, "modifications/MP077.yaml:1:1: error"));
    register_free(claims);
    register_free(policy);
}

/* Criteria sets that are not asked for cost nothing, unless to lint. */
static void test_lint_parses_all(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "criteria/tests/x.yaml", "a: [\n");
    register_good(f);
    register_load_with(f, NULL, MODEL_LOAD_LINT);
    assert_int_equal(f->rc, OG_E_INVALID);
    register_free(f);
}

static void test_file_read(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    og_error err = {0};
    og_arena arena = {0};
    const model_file *file = NULL;
    assert_int_equal(model_file_read(&f->files.source, OG_STR("releases/2021-11.yaml"),
                                     &arena, &f->diags, &file, &err),
                     OG_OK);
    assert_non_null(file->document.root);
    assert_int_equal(strlen(file->blob), 40);
    assert_int_equal(model_file_read(&f->files.source, OG_STR("criteria/x.yaml"), &arena,
                                     &f->diags, &file, &err),
                     OG_E_NOTFOUND);
    assert_error(&err, OG_E_NOTFOUND, "criteria/x.yaml");
    memory_add(&f->files, "criteria/x.yaml", "a: [\n");
    assert_int_equal(model_file_read(&f->files.source, OG_STR("criteria/x.yaml"), &arena,
                                     &f->diags, &file, &err),
                     OG_E_INVALID);
    og_error_done(&err);
    og_arena_done(&arena);
    register_free(f);
}

/* The same, wherever it was loaded from; order of keys and layout do not count. */
static void test_same(void **state)
{
    (void)state;
    register_fixture *a = register_new(), *b = register_new();
    register_good(a);
    memory_add(&b->files, "releases/2021-11.yaml", "# moved\n" RELEASE_TEXT "note: ~\n");
    register_good(b);
    assert_true(model_record_same(release_of(a), release_of(b)));
    memory_add(&b->files, "releases/2021-11.yaml", RELEASE_TEXT "note: x\n");
    register_good(b);
    assert_false(model_record_same(release_of(a), release_of(b)));
    memory_add(&b->files, "modifications/MP105.yaml", "modification: MP105\ntitle: x\n");
    memory_add(&b->files, "releases/2021-11.yaml", RELEASE_TEXT);
    og_str text =
        og_buf_str(&b->files.texts[memory_at(&b->files, "releases/2021-11.yaml")]);
    memcpy(strstr((char *)text.p, "MP090"), "MP105", 5);
    register_good(b);
    assert_false(model_record_same(release_of(a), release_of(b)));
    register_free(a);
    register_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),         cmocka_unit_test(test_no_config),
        cmocka_unit_test(test_config),       cmocka_unit_test(test_calendar_exceptions),
        cmocka_unit_test(test_fields),       cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_references),   cmocka_unit_test(test_owned),
        cmocka_unit_test(test_places),       cmocka_unit_test(test_bad_names_and_bytes),
        cmocka_unit_test(test_policy),       cmocka_unit_test(test_lint_parses_all),
        cmocka_unit_test(test_file_read),    cmocka_unit_test(test_same),
        cmocka_unit_test(test_policy_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
