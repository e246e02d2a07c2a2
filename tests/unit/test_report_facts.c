/* What is computed of a report change, as records: the same as the check says, for its
 * subject alone, and every allocation failing in turn. */
#include "register_fixture.h"

#include "report/facts.h"

#define REGISTERS OPSGATE_SOURCE_DIR "/tests/registers/"

static register_fixture *reg;
static model_list *lists;
static og_arena arena;

/* The example register on 7 October 2021, with the release that brings the change. */
static int set_up(void **state)
{
    static const char *const states[] = {"opsg-56", "opsg-58", "decision-2021-10-05",
                                         "notice-2021-10-07"};

    (void)state;
    reg = calloc(1, sizeof *reg);
    memory_init(&reg->files);
    for (size_t i = 0; i < 4; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s%s", REGISTERS, states[i]);
        memory_add_tree(&reg->files, path, "");
    }
    og_buf *change = &reg->files.texts[memory_at(&reg->files, "changes/RC-0007.yaml")];
    og_buf_puts(change, "release: 2021-11\n");
    register_good(reg);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    og_arena_done(&arena);
    register_free(reg);
    return 0;
}

static const model_record *subject(const char *kind, const char *id)
{
    const model_record *r =
        model_find(&reg->reg, kind_of(reg, kind), NULL, og_str_from(id));

    assert_non_null(r);
    return r;
}

static int compute(const model_record *of, const char *day, og_error *err)
{
    report_control control = {.base = &reg->reg, .head = &reg->reg};

    assert_true(og_date_parse(og_str_from(day), &control.today));
    og_arena_reset(&arena);
    lists = OG_ARRAY(&arena, reg->reg.kinds->count, model_list);
    return lists ? report_facts_of(&control, of, &arena, lists, err) : og_nomem(err);
}

static const model_list *list(const char *kind)
{
    return &lists[kind_of(reg, kind)->ordinal];
}

static bool flag(const model_record *r, const char *field)
{
    og_value v = model_record_get(r, field);

    assert_int_equal(v.kind, OG_BOOL);
    return v.as.b;
}

static void test_kinds(void **state)
{
    size_t computed = 0;

    (void)state;
    for (size_t k = 0; k < reg->reg.kinds->count; k++) {
        const model_kind *kind = reg->reg.kinds->list[k];
        assert_int_equal(kind->computed, report_facts_has(kind));
        computed += kind->computed;
    }
    assert_int_equal(computed, 3);
}

static void expect_told(const char *day, size_t told)
{
    og_error err = {0};
    size_t count = 0;

    assert_int_equal(compute(subject("report_change", "RC-0007"), day, &err), OG_OK);
    const model_list *parties = list("affected_party");
    assert_true(parties->known);
    assert_int_equal(parties->count, 6);
    for (size_t i = 0; i < parties->count; i++)
        count += flag(parties->records[i], "told");
    assert_int_equal(count, told);
}

/* What is dated later than the day judged is not there yet. */
static void test_told(void **state)
{
    (void)state;
    expect_told("2021-10-05", 0);
    expect_told("2021-10-06", 4);
    expect_told("2021-10-07", 6);
}

static void test_records(void **state)
{
    og_error err = {0};

    (void)state;
    assert_int_equal(compute(subject("report_change", "RC-0007"), "2021-10-07", &err),
                     OG_OK);
    const model_record *change = list("controlled_change")->records[0];
    assert_int_equal(list("controlled_change")->count, 1);
    assert_true(flag(change, "approved") && flag(change, "sound") &&
                flag(change, "consulted") && flag(change, "authority"));
    assert_false(flag(change, "emergency") || flag(change, "edited"));
    assert_true(og_str_is(model_record_id(change), "RC-0007"));
    assert_true(og_str_is(model_record_text(change, "before"), "SMKI-11/1.0.0"));

    const model_list *differences = list("report_difference");
    assert_int_equal(differences->count, 2);
    for (size_t i = 0; i < 2; i++) {
        const model_record *d = differences->records[i];
        assert_true(flag(d, "approved"));
        assert_string_equal(model_record_pos(d).path, "reports/SMKI-11/2.0.0.yaml");
    }
    const model_record *party = list("affected_party")->records[0];
    assert_true(og_str_is(model_record_id(party), "RC-0007/UKPN"));
    assert_string_equal(model_record_pos(party).path, "notices/N-2021-04.yaml");
    assert_int_equal(model_record_get(party, "given").as.i, 31);
    assert_int_equal(model_record_get(party, "needed").as.i, 30);
}

/* A release sees the changes it brings, a decommissioning none; neither is a guess. */
static void test_subjects(void **state)
{
    og_error err = {0};

    (void)state;
    assert_int_equal(compute(subject("release", "2021-11"), "2021-10-07", &err), OG_OK);
    assert_int_equal(list("affected_party")->count, 6);
    assert_int_equal(compute(subject("decommissioning", "TCoS"), "2021-10-07", &err),
                     OG_OK);
    assert_false(list("controlled_change")->known || list("affected_party")->known);
}

static int attempt(void *context)
{
    og_error err = {0};

    og_arena_done(&arena);
    arena = (og_arena){0};
    int rc = compute(context, "2021-10-07", &err);
    og_error_done(&err);
    return rc;
}

static void test_memory(void **state)
{
    (void)state;
    unit_fail_each(attempt, (void *)subject("report_change", "RC-0007"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),   cmocka_unit_test(test_told),
        cmocka_unit_test(test_records), cmocka_unit_test(test_subjects),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
