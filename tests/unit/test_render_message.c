/* What a message carries of a verdict: the record shortened, the digest of the whole. */
#include "unit.h"

#include "base/digest.h"
#include "base/mem.h"
#include "render/render.h"
#include "value/json.h"

static const verdict_operand operands[] = {
    {.text = OG_STR("issue.severity"), .value = {.kind = OG_INT, .as.i = 2}}};
static const verdict_element elements[] = {{.id = OG_STR("TI-104"),
                                            .outcome = OUTCOME_UNMET,
                                            .because = OG_STR("TI-104 is open"),
                                            .path = OG_STR("evidence/issues.csv"),
                                            .line = 4,
                                            .operands = operands,
                                            .operand_count = 1}};
static const verdict_evidence evidence[] = {
    {.kind = OG_STR("testing_issue"), .path = OG_STR("evidence/issues.yaml")}};
static const verdict_criterion criteria[] = {{.id = OG_STR("LSC-07"),
                                              .title = OG_STR("No open Testing Issue"),
                                              .due = OG_STR("assessment"),
                                              .outcome = OUTCOME_UNMET,
                                              .evaluated = OUTCOME_UNMET,
                                              .counts = true,
                                              .elements = elements,
                                              .element_count = 1,
                                              .element_total = 1,
                                              .operands = operands,
                                              .operand_count = 1,
                                              .evidence = evidence,
                                              .evidence_count = 1}};
static const verdict sample = {.subject_kind = OG_STR("release"),
                               .subject = OG_STR("2021-11"),
                               .gate = OG_STR("assessment"),
                               .result = VERDICT_NO_GO,
                               .criteria = criteria,
                               .count = 1};

static bool has(const og_buf *text, const char *part)
{
    return strstr(text->p, part) != NULL;
}

static void leaves_out_what_was_read(void **state)
{
    og_arena arena = {0};
    og_buf out = {0};
    og_error err = {0};
    og_value message;

    (void)state;
    assert_int_equal(render_verdict_message(&sample, &arena, &message, &err), OG_OK);
    assert_int_equal(og_json_write(message, OG_JSON_COMPACT, &out, &err), OG_OK);
    assert_true(has(&out, "\"verdict\":\"no_go\""));
    assert_true(has(&out, "\"because\":\"TI-104 is open\""));
    assert_true(has(&out, "\"line\":4"));
    assert_false(has(&out, "\"evidence\""));
    assert_false(has(&out, "\"operands\""));
    og_buf_done(&out);
    og_arena_done(&arena);
}

static void pins_the_whole_record(void **state)
{
    og_arena arena = {0};
    og_buf out = {0};
    og_error err = {0};
    og_value message, record;
    unsigned char digest[OG_SHA256_SIZE];
    char hex[2 * OG_SHA256_SIZE + 1];

    (void)state;
    assert_int_equal(render_verdict_record(&sample, &arena, &record, &err), OG_OK);
    assert_int_equal(og_json_write(record, OG_JSON_COMPACT, &out, &err), OG_OK);
    assert_true(has(&out, "\"evidence\""));
    og_sha256_of(og_buf_str(&out), digest);
    og_hex(digest, sizeof digest, hex);
    assert_int_equal(render_verdict_message(&sample, &arena, &message, &err), OG_OK);
    og_value pinned = og_map_find_str(message.as.map, OG_STR("record_sha256"));
    assert_true(og_str_is(og_text(pinned), hex));
    og_buf_done(&out);
    og_arena_done(&arena);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
#ifdef OG_FAULT_INJECTION
    for (long n = 0;; n++) {
        og_arena arena = {0};
        og_error err = {0};
        og_value message;
        og_mem_fail_at(n);
        int code = render_verdict_message(&sample, &arena, &message, &err);
        bool failed = og_mem_failed();
        og_mem_fail_at(-1);
        assert_int_equal(code, failed ? OG_E_NOMEM : OG_OK);
        og_error_done(&err);
        og_arena_done(&arena);
        if (!failed)
            break;
    }
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_out_what_was_read),
        cmocka_unit_test(pins_the_whole_record),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
