/* Kind files: what is read from them and what is wrong with them. */
#include "cel/cel.h"
#include "register_fixture.h"

#define HEAD "kind: plan\nplural: plans\ndoc: A plan.\nkey: ref\n"
#define REF "fields:\n  ref: {type: string, required: true, doc: reference}\n"
#define PLAN "kinds/plan.yaml"

static void test_built_in(void **state)
{
    (void)state;
    og_arena arena = {0};
    og_diags diags = {0};
    og_error err = {0};
    model_kinds kinds;
    assert_int_equal(model_kinds_load(&arena, NULL, 0, &diags, &kinds, &err), OG_OK);
    assert_int_equal(diags.count, 0);
    for (size_t i = 0; i < kinds.count; i++) {
        const model_kind *kind = kinds.list[i];
        assert_int_equal(kind->ordinal, i);
        assert_true(kind->builtin && kind->key_count > 0);
        assert_ptr_equal(model_kind_plural(&kinds, kind->plural), kind);
    }
    const model_kind *issue = model_kind_named(&kinds, OG_STR("testing_issue"));
    assert_str(issue->belongs_to->name, "release");
    assert_int_equal(issue->owner_slot, issue->field_count);
    assert_str(issue->shape.names[issue->owner_slot], "release");
    assert_int_equal(issue->open_count, 2);
    const model_field *severity =
        model_kind_field(issue, (uint32_t)model_kind_slot(issue, OG_STR("severity")));
    assert_true(severity->has_min && severity->has_max && severity->max.as.i == 5);
    const model_kind *release = model_kind_named(&kinds, OG_STR("release"));
    int slot = model_kind_slot(release, OG_STR("scope"));
    const model_type *scope = &model_kind_field(release, (uint32_t)slot)->type;
    assert_int_equal(scope->base, MODEL_LIST);
    assert_str(scope->element->kind->name, "scope_item");
    assert_true(scope->element->kind->embedded);
    assert_true(model_kind_home_matches(release, OG_STR("releases/2021-11.yaml")));
    assert_false(model_kind_home_matches(release, OG_STR("releases/a/b.yaml")));
    assert_false(model_kind_home_matches(release, OG_STR("releases/a.yml")));
    static const char *const forms[] = {"config", "batch", "criteria_set",
                                        "criteria_tests", "csv_records"};
    for (size_t i = 0; i < 5; i++)
        assert_non_null(model_form(&kinds, forms[i]));
    og_arena_done(&arena);
    og_diags_done(&diags);
}

static void test_own(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    register_good(f);
    char before[65];
    memcpy(before, f->reg.kinds->digest, 65);
    memory_add(&f->files, PLAN,
               HEAD "belongs_to: release\n" REF "  agreed_on: {type: date, doc: when}\n"
                    "  steps:\n    type: list(record)\n    doc: steps\n    fields:\n"
                    "      id: {type: int, required: true, doc: number}\n"
                    "      words: {type: map(list(enum)), words: [a, b], doc: words}\n");
    register_good(f);
    const model_kind *plan = kind_of(f, "plan");
    assert_false(plan->builtin);
    assert_int_equal(plan->field_count, 4);
    const model_kind *step = plan->fields[2].type.element->kind;
    assert_str(step->name, "plan.steps");
    assert_true(step->inline_record);
    assert_str(step->shape.names[0], "");
    assert_int_equal(step->fields[1].word_count, 2);
    assert_string_not_equal(before, f->reg.kinds->digest);
    register_free(f);
}

/* What sha256sum over the kind files would give, line by line. */
static void test_digest(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, PLAN, HEAD REF);
    register_good(f);
    og_buf lines = {0};
    for (size_t i = 0; i < f->reg.kinds->count; i++) {
        const model_kind *kind = f->reg.kinds->list[i];
        char path[512], hex[65];
        og_buf text = {0};
        og_error err = {0};
        unsigned char hash[OG_SHA256_SIZE];
        snprintf(path, sizeof path, OPSGATE_SOURCE_DIR "/criteria/kinds/%.*s.yaml",
                 OG_FMT(kind->name));
        if (kind->builtin)
            assert_int_equal(og_file_read(path, OG_LIMIT_FILE, true, &text, &err), OG_OK);
        og_sha256_of(kind->builtin ? og_buf_str(&text) : OG_STR(HEAD REF), hash);
        og_hex(hash, sizeof hash, hex);
        og_buf_printf(&lines, "%s  %.*s\n", hex, OG_FMT(kind->name));
        og_buf_done(&text);
    }
    unsigned char hash[OG_SHA256_SIZE];
    char hex[65];
    og_sha256_of(og_buf_str(&lines), hash);
    og_hex(hash, sizeof hash, hex);
    assert_string_equal(hex, f->reg.kinds->digest);
    og_buf_done(&lines);
    register_free(f);
}

static void test_names(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    EXPECT_FOUND(f, PLAN, "kind: release\nplural: plans\ndoc: d\nkey: ref\n" REF,
                 "kinds/plan.yaml:1:7: error: 'release' is a built-in kind's kind "
                 "[builtin-kind]");
    EXPECT_FOUND(f, PLAN, "kind: plan\nplural: releases\ndoc: d\nkey: ref\n" REF,
                 "kinds/plan.yaml:2:9: error: 'releases' is a built-in kind's plural "
                 "[builtin-kind]");
    EXPECT_FOUND(f, PLAN, "kind: plan\nplural: release\ndoc: d\nkey: ref\n" REF,
                 "kinds/plan.yaml:2:9: error: 'release' is the name of a kind "
                 "[reserved-name]");
    EXPECT_FOUND(
        f, PLAN, "kind: plan\nplural: params\ndoc: d\nkey: ref\n" REF,
        "kinds/plan.yaml:2:9: error: 'params' means something else in conditions "
        "[reserved-name]");
    EXPECT_FOUND(f, PLAN, "kind: Plan\nplural: as\ndoc: d\nkey: ref\n" REF,
                 "kinds/plan.yaml:1:7: error: 'Plan' is not a name [bad-name]",
                 "kinds/plan.yaml:2:9: error: 'as' is a word of the condition language "
                 "[reserved-name]");
    memory_add(&f->files, "kinds/zz.yaml",
               "kind: plan\nplural: zz\ndoc: d\nkey: ref\n" REF);
    EXPECT_FOUND(f, PLAN, HEAD REF,
                 "kinds/zz.yaml:1:7: error: there is a kind with kind 'plan' already "
                 "[duplicate-kind]");
    memory_remove(&f->files, "kinds/zz.yaml");
    EXPECT_FOUND(f, PLAN, "form: plan\n",
                 "kinds/plan.yaml:1:1: error: a register describes kinds, not forms "
                 "[unknown-key]");
    EXPECT_FOUND(f, PLAN, "- x\n",
                 "kinds/plan.yaml:1:1: error: a kind file is a mapping that begins with "
                 "'kind: NAME' [wrong-type]");
    register_free(f);
}

static void test_keys(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    EXPECT_FOUND(f, PLAN, "kind: plan\nplural: plans\nkye: ref\nfields: []\n",
                 "kinds/plan.yaml:1:1: error: 'doc' is missing [missing-key]",
                 "kinds/plan.yaml:1:1: error: 'key' is missing [missing-key]",
                 "kinds/plan.yaml:3:1: error: unknown key 'kye' [unknown-key]",
                 "kinds/plan.yaml:4:9: error: 'fields' must be a mapping, not a list "
                 "[wrong-type]");
    EXPECT_FOUND(f, PLAN,
                 "kind: plan\nplural: plans\ndoc: d\nkey: [rf, n]\n" REF
                 "  n: {type: double, doc: d}\n",
                 "kinds/plan.yaml:4:7: error: the key names no field of 'plan' "
                 "[unknown-field]",
                 "kinds/plan.yaml:4:11: error: 'n' cannot be part of a key: only string, "
                 "int, date, enum and ref(KIND) can [bad-key]",
                 "kinds/plan.yaml:4:11: error: 'n' is the first part of the key and not "
                 "required [bad-key]");
    EXPECT_FOUND(f, PLAN, HEAD REF "  id: {type: string, doc: d}\n",
                 "kinds/plan.yaml:4:6: error: a field 'id' must be the whole key, and a "
                 "string: '.id' of every record is its key [reserved-name]");
    EXPECT_FOUND(
        f, PLAN,
        HEAD "home: ../x.yaml\nbelongs_to: relase\n"
             "lifecycle: {field: ref, open: [x]}\n" REF,
        "kinds/plan.yaml:5:7: error: '../x.yaml' cannot be a home [bad-home]",
        "kinds/plan.yaml:6:13: error: there is no kind 'relase' [unknown-kind]",
        "kinds/plan.yaml:7:20: error: 'ref' must be a required enum field of 'plan' "
        "[bad-lifecycle]");
    assert_non_null(strstr(f->shown.p, "did you mean 'release'?"));
    EXPECT_FOUND(f, PLAN, HEAD "home: releases/*.yaml\n" REF,
                 "kinds/plan.yaml:5:7: error: 'releases/*.yaml' is the home of kind "
                 "'release' already [bad-home]");
    EXPECT_FOUND(f, PLAN,
                 HEAD "belongs_to: release\n" REF "  release: {type: string, doc: d}\n",
                 "kinds/plan.yaml:8:3: error: 'release' is added by 'belongs_to' and not "
                 "listed [duplicate-field]");
    register_free(f);
}

static void test_fields(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    EXPECT_FOUND(
        f, PLAN,
        HEAD REF "  a: {type: strng, doc: d}\n  b: {type: ref(relese), doc: d}\n"
                 "  c: {type: int, doc: d, pattern: x, min: 1.5}\n"
                 "  d: {type: enum, doc: d}\n  e: {type: record, doc: d}\n"
                 "  f: {type: string, doc: d, pattern: \"a(\"}\n"
                 "  g: {type: node, doc: d}\n  h: {type: string, requird: true}\n"
                 "  i: {type: enum, doc: d, words: [a, a]}\n  in: int\n"
                 "  j: {type: ref(testing_issue), doc: d}\n",
        "kinds/plan.yaml:7:13: error: 'strng' is not a type [unknown-type]",
        "kinds/plan.yaml:8:13: error: there is no kind 'relese' [unknown-kind]",
        "kinds/plan.yaml:9:26: error: 'pattern' says nothing about this type "
        "[misplaced-key]",
        "kinds/plan.yaml:9:43: error: 'min' must be a number of the field's type "
        "[wrong-type]",
        "kinds/plan.yaml:10:6: error: 'words' is missing [missing-key]",
        "kinds/plan.yaml:11:6: error: 'fields' is missing [missing-key]",
        "kinds/plan.yaml:12:39: error: missing closing parenthesis [bad-pattern]",
        "kinds/plan.yaml:13:13: error: 'node' is not a type [unknown-type]",
        "kinds/plan.yaml:14:6: error: 'doc' is missing [missing-key]",
        "kinds/plan.yaml:14:21: error: unknown key 'requird' [unknown-key]",
        "kinds/plan.yaml:15:38: error: 'a' is in the list twice [duplicate-word]",
        "kinds/plan.yaml:16:3: error: 'in' is a word of the condition language "
        "[reserved-name]",
        "kinds/plan.yaml:16:7: error: a field is a mapping, not a string "
        "[wrong-type]",
        "kinds/plan.yaml:17:13: error: records of 'testing_issue' come in batches "
        "and cannot be referred to [no-home]");
    register_free(f);
}

/* A broken kind is one finding, not one for each record; built-in kinds are still read.
 */
static void test_broken_kind_keeps_quiet(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    memory_add(&f->files, "evidence/p.yaml", "kind: plan\nrecords: [{ref: 1, x: 2}]\n");
    memory_add(&f->files, "modifications/MP1.yaml", "modification: MP001\n");
    EXPECT_FOUND(f, PLAN, HEAD REF "  x: {type: nit, doc: d}\n",
                 "kinds/plan.yaml:7:13: error: 'nit' is not a type [unknown-type]",
                 "modifications/MP1.yaml:1:1: error: 'title' is missing [missing-field]");
    register_free(f);
}

static void test_declare(void **state)
{
    (void)state;
    register_fixture *f = register_new();
    register_good(f);
    cel_env *env = NULL;
    og_error err = {0};
    assert_int_equal(cel_env_new(NULL, NULL, &env, &err), OG_OK);
    assert_int_equal(model_kinds_declare(f->reg.kinds, env, &err), OG_OK);
    const cel_type *release = cel_env_type(env, OG_STR("release"));
    assert_non_null(release);
    int slot = cel_object_slot(release->object, OG_STR("milestones"));
    assert_int_equal(slot, model_kind_slot(kind_of(f, "release"), OG_STR("milestones")));
    og_buf shown = {0};
    cel_type_show(release->object->fields[slot].type, &shown);
    assert_string_equal(shown.p, "list(milestone)");
    og_buf_done(&shown);
    slot = cel_object_slot(release->object, OG_STR("baseline"));
    assert_str(release->object->fields[slot].type->object->name, "release.baseline");
    assert_int_equal(cel_object_slot(release->object, OG_STR("id")), 0);
    cel_env_free(env);
    register_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_built_in),
        cmocka_unit_test(test_own),
        cmocka_unit_test(test_digest),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_broken_kind_keeps_quiet),
        cmocka_unit_test(test_declare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
