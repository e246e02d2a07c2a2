/* A verdict as text and as the record: one of each thing a verdict can hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "render/render.h"
#include "value/json.h"

static const verdict_operand operands[] = {{.text = OG_STR("issue.severity"),
                                            .value = {.kind = OG_INT, .as.i = 2},
                                            .pos = {"criteria/live.yaml", 60, 14, 0}}};

static const verdict_element elements[] = {
    {.id = OG_STR("TI-104"),
     .outcome = OUTCOME_UNMET,
     .because = OG_STR("TI-104 is Severity 2 and open"),
     .path = OG_STR("evidence/issues.csv"),
     .blob = OG_STR("0123"),
     .line = 4,
     .column = 1,
     .operands = operands,
     .operand_count = 1},
    {.id = OG_STR("TI-1\033"),
     .outcome = OUTCOME_MISSING,
     .problem = OG_STR("issue.severity is not known")}};

static const verdict_evidence evidence[] = {{.kind = OG_STR("testing_issue"),
                                             .path = OG_STR("evidence/issues.yaml"),
                                             .blob = OG_STR("4567"),
                                             .data_path = OG_STR("evidence/issues.csv"),
                                             .data_blob = OG_STR("0123"),
                                             .series = OG_STR("issues"),
                                             .source = OG_STR("export"),
                                             .supplied_by = OG_STR("DCC"),
                                             .has_as_of = true,
                                             .as_of = {1633363200, 0},
                                             .as_of_date = 18904,
                                             .line = 2,
                                             .stale = true}};

static const og_str missing[] = {OG_STR("statements"), OG_STR("test_phases")};

static const verdict_criterion criteria[] = {
    {.id = OG_STR("LSC-01"),
     .title = OG_STR("Release scope equals the approved baseline"),
     .due = OG_STR("assessment"),
     .outcome = OUTCOME_MET,
     .evaluated = OUTCOME_MET,
     .again_at = OG_STR("go_live"),
     .counts = true,
     .pos = {"criteria/live.yaml", 20, 5, 0}},
    {.id = OG_STR("LSC-07"),
     .title = OG_STR("No open Testing Issue of Severity 1 or 2"),
     .due = OG_STR("assessment"),
     .outcome = OUTCOME_UNMET,
     .evaluated = OUTCOME_UNMET,
     .reason = REASON_REQUIRE_FALSE,
     .message = OG_STR("2 of 5 elements of each fail, the first TI-104"),
     .counts = true,
     .blocker = true,
     .elements = elements,
     .element_count = 2,
     .element_total = 5,
     .evidence = evidence,
     .evidence_count = 1,
     .mark = OG_STR("modelled"),
     .pos = {"criteria/live.yaml", 58, 5, 0}},
    {.id = OG_STR("LSC-10"),
     .title = OG_STR("Known issues are declared"),
     .due = OG_STR("assessment"),
     .outcome = OUTCOME_MISSING,
     .evaluated = OUTCOME_MISSING,
     .reason = REASON_EVIDENCE_MISSING,
     .message = OG_STR("no statements"),
     .counts = true,
     .missing = missing,
     .missing_count = 2}};

static const verdict_proposed proposed[] = {{.what = OG_STR("baseline"),
                                             .claimed = OG_STR("9f1c"),
                                             .path = OG_STR("releases/2021-11.yaml"),
                                             .line = 12,
                                             .column = 3}};
static const og_str warnings[] = {OG_STR("Working Days after 2028 are computed")};

static verdict sample(void)
{
    verdict v = {.subject_kind = OG_STR("release"),
                 .subject = OG_STR("2021-11"),
                 .title = OG_STR("November 2021 SEC Release"),
                 .gate = OG_STR("assessment"),
                 .at = {1633474799, 999999999},
                 .at_date = 18905,
                 .result = VERDICT_NO_GO,
                 .policy_self = true,
                 .register_commit = OG_STR("0123456789abcdef0123456789abcdef01234567"),
                 .register_tree = OG_STR("76543210fedcba9876543210fedcba9876543210"),
                 .policy_commit = OG_STR("0123456789abcdef0123456789abcdef01234567"),
                 .policy_tree = OG_STR("76543210fedcba9876543210fedcba9876543210"),
                 .criteria_set = OG_STR("live_services"),
                 .criteria_version = OG_STR("1.0.0"),
                 .criteria_path = OG_STR("criteria/live.yaml"),
                 .criteria_blob = OG_STR("89ab"),
                 .zone_name = OG_STR("Europe/London"),
                 .criteria = criteria,
                 .count = 3,
                 .proposed = proposed,
                 .proposed_count = 1,
                 .prior = {.gate = OG_STR("ready")},
                 .next_assessment = OG_STR("assessment on 2021-11-02, at OPSG_59"),
                 .warnings = warnings,
                 .warning_count = 1};

    v.tally[OUTCOME_MET] = v.tally[OUTCOME_UNMET] = v.tally[OUTCOME_MISSING] = 1;
    return v;
}

static void expect(og_buf *out, const char *text)
{
    og_error err = {0};

    assert_int_equal(og_buf_check(out, &err), OG_OK);
    assert_string_equal(out->p, text);
    og_buf_done(out);
}

static void page_shows_everything_in_order(void **state)
{
    const render_options options = {.width = 60};
    verdict v = sample();
    og_buf out = {0};
    og_error err = {0};

    (void)state;
    assert_int_equal(render_verdict_text(&v, &options, &out, &err), OG_OK);
    expect(&out, "November 2021 SEC Release (2021-11)\n"
                 "\n"
                 "  verdict      no go: LSC-07, LSC-10\n"
                 "  gate         assessment\n"
                 "  as of        2021-10-05, the end of the day\n"
                 "  gate before  ready, not passed: no decision stands\n"
                 "  register     0123456789ab\n"
                 "  policy       self: what is judged also supplies the\n"
                 "               criteria\n"
                 "  criteria     live_services 1.0.0\n"
                 "\n"
                 "criterion  outcome  next at  title\n"
                 "LSC-01     met      go_live  Release scope equals the\n"
                 "                             approved baseline\n"
                 "LSC-07     unmet             No open Testing Issue of\n"
                 "                             Severity 1 or 2\n"
                 "                             2 of 5 elements of each fail,\n"
                 "                             the first TI-104\n"
                 "LSC-10     missing           Known issues are declared\n"
                 "                             no statements\n"
                 "\n"
                 "1 unmet, 1 missing, 1 met; next at: the gate at which it is\n"
                 "judged next\n"
                 "\n"
                 "LSC-07 unmet: No open Testing Issue of Severity 1 or 2\n"
                 "  TI-104    TI-104 is Severity 2 and open\n"
                 "            evidence/issues.csv:4:1\n"
                 "            issue.severity = 2\n"
                 "  TI-1\\x1b  not known: issue.severity is not known\n"
                 "  and 3 more like these\n"
                 "  evidence read\n"
                 "    evidence/issues.yaml:2 with issues.csv, as of\n"
                 "      2021-10-04, stale, from DCC: export\n"
                 "\n"
                 "proposed: claimed here, not in force at the policy revision,\n"
                 "without effect\n"
                 "  baseline: claimed 9f1c; in force nothing;\n"
                 "    releases/2021-11.yaml:12:3\n"
                 "\n"
                 "next assessment: assessment on 2021-11-02, at OPSG_59\n"
                 "\n"
                 "warning: Working Days after 2028 are computed\n");
}

static void record_is_canonical_and_whole(void **state)
{
    verdict v = sample();
    og_arena arena = {0};
    og_buf out = {0};
    og_error err = {0};
    og_value record;

    (void)state;
    assert_int_equal(render_verdict_record(&v, &arena, &record, &err), OG_OK);
    assert_int_equal(og_json_write(record, OG_JSON_COMPACT, &out, &err), OG_OK);
    expect(&out,
           "{\"at\":\"2021-10-05T22:59:59.999999999Z\","
           "\"at_date\":\"2021-10-05\",\"criteria\":[{\"advisory\":false,"
           "\"again_at\":\"go_live\",\"blocker\":false,\"column\":5,"
           "\"counts\":true,\"due\":\"assessment\",\"element_total\":0,"
           "\"elements\":[],\"evaluated\":\"met\",\"evidence\":[],\"id\":\"LSC-01\","
           "\"line\":20,\"missing\":[],\"operands\":[],\"outcome\":\"met\","
           "\"path\":\"criteria/live.yaml\",\"reason\":\"require_true\","
           "\"title\":\"Release scope equals the approved baseline\"},{"
           "\"advisory\":false,\"blocker\":true,\"column\":5,\"counts\":true,"
           "\"due\":\"assessment\",\"element_total\":5,\"elements\":[{"
           "\"because\":\"TI-104 is Severity 2 and open\",\"blob\":\"0123\","
           "\"column\":1,\"id\":\"TI-104\",\"line\":4,\"operands\":[{\"column\":14,"
           "\"expression\":\"issue.severity\",\"line\":60,"
           "\"path\":\"criteria/live.yaml\",\"value\":\"2\"}],\"outcome\":\"unmet\","
           "\"path\":\"evidence/issues.csv\"},{\"id\":\"TI-1\\u001b\","
           "\"operands\":[],\"outcome\":\"missing\","
           "\"problem\":\"issue.severity is not known\"}],"
           "\"evaluated\":\"unmet\",\"evidence\":[{"
           "\"as_of\":\"2021-10-04T16:00:00Z\",\"blob\":\"4567\",\"data\":{"
           "\"blob\":\"0123\",\"path\":\"evidence/issues.csv\"},"
           "\"kind\":\"testing_issue\",\"line\":2,"
           "\"path\":\"evidence/issues.yaml\",\"series\":\"issues\","
           "\"source\":\"export\",\"stale\":true,\"supplied_by\":\"DCC\"}],"
           "\"id\":\"LSC-07\",\"line\":58,"
           "\"message\":\"2 of 5 elements of each fail, the first TI-104\","
           "\"missing\":[],\"operands\":[],\"outcome\":\"unmet\","
           "\"path\":\"criteria/live.yaml\",\"provenance\":{"
           "\"mark\":\"modelled\"},\"reason\":\"require_false\","
           "\"title\":\"No open Testing Issue of Severity 1 or 2\"},{"
           "\"advisory\":false,\"blocker\":false,\"counts\":true,"
           "\"due\":\"assessment\",\"element_total\":0,\"elements\":[],"
           "\"evaluated\":\"missing\",\"evidence\":[],\"id\":\"LSC-10\","
           "\"message\":\"no statements\",\"missing\":[\"statements\","
           "\"test_phases\"],\"operands\":[],\"outcome\":\"missing\","
           "\"reason\":\"evidence_missing\","
           "\"title\":\"Known issues are declared\"}],\"criteria_set\":{"
           "\"blob\":\"89ab\",\"id\":\"live_services\","
           "\"path\":\"criteria/live.yaml\",\"version\":\"1.0.0\"},\"digests\":{},"
           "\"gate\":\"assessment\",\"gate_before\":{\"gate\":\"ready\","
           "\"passed\":false},\"next_assessment\":\"assessment on 2021-11-02,"
           " at OPSG_59\",\"policy\":{"
           "\"commit\":\"0123456789abcdef0123456789abcdef01234567\","
           "\"self\":true,"
           "\"tree\":\"76543210fedcba9876543210fedcba9876543210\","
           "\"worktree\":false},\"proposed\":[{\"claimed\":\"9f1c\",\"column\":3,"
           "\"line\":12,\"path\":\"releases/2021-11.yaml\","
           "\"what\":\"baseline\"}],\"register\":{"
           "\"commit\":\"0123456789abcdef0123456789abcdef01234567\","
           "\"tree\":\"76543210fedcba9876543210fedcba9876543210\","
           "\"worktree\":false},\"schema_version\":1,\"semantics\":1,"
           "\"subject\":{\"id\":\"2021-11\",\"kind\":\"release\","
           "\"title\":\"November 2021 SEC Release\"},\"tally\":{\"error\":0,"
           "\"met\":1,\"missing\":1,\"not_applicable\":0,\"not_due\":0,"
           "\"stale\":0,\"unmet\":1,\"waived\":0},\"time_zone\":\"Europe/London\","
           "\"verdict\":\"no_go\",\"warnings\":["
           "\"Working Days after 2028 are computed\"]}");
    og_arena_done(&arena);
}

static void line_names_what_decided(void **state)
{
    verdict v = sample();
    og_buf out = {0};
    og_error err = {0};

    (void)state;
    assert_int_equal(render_verdict_line(&v, &out, &err), OG_OK);
    expect(&out, "no_go \xe2\x80\x94 LSC-07, LSC-10, gate ready not passed; "
                 "1 unmet, 1 missing, 1 met");
}

static void explanation_shows_conditions_and_evidence(void **state)
{
    const render_options options = {.width = 60};
    /* Only asked whether it is there. */
    const cel_program *program = (const cel_program *)(const void *)&options;
    const model_criterion written = {
        .id = OG_STR("LSC-07"),
        .require = {.program = program, .text = OG_STR("issue.severity > 2\n")}};
    verdict v = sample();
    og_buf out = {0};
    og_error err = {0};

    (void)state;
    assert_int_equal(render_explain_text(&v, 1, &written, &options, &out, &err), OG_OK);
    expect(&out, "LSC-07 No open Testing Issue of Severity 1 or 2\n"
                 "  unmet (require_false) for 2021-11 at assessment as of\n"
                 "  2021-10-05\n"
                 "  2 of 5 elements of each fail, the first TI-104\n"
                 "  due at assessment; a blocker: cannot be waived\n"
                 "  policy: self, what is judged also supplies the criteria\n"
                 "\n"
                 "elements that decided\n"
                 "  TI-104    TI-104 is Severity 2 and open\n"
                 "            evidence/issues.csv:4:1\n"
                 "            issue.severity = 2\n"
                 "  TI-1\\x1b  not known: issue.severity is not known\n"
                 "  and 3 more like these\n"
                 "\n"
                 "evidence read\n"
                 "  evidence/issues.yaml:2 with issues.csv, as of 2021-10-04,\n"
                 "    stale, from DCC: export\n"
                 "\n"
                 "as written in criteria/live.yaml:58\n"
                 "  require\n"
                 "    issue.severity > 2\n");
}

#ifdef OG_FAULT_INJECTION
/* Every allocation fails in turn: an error each time, never a text cut short. */
static void every_lack_of_memory_is_reported(void **state)
{
    const render_options options = {.colour = true};
    verdict v = sample();

    (void)state;
    for (long n = 0;; n++) {
        og_buf text = {0}, json = {0};
        og_error text_err = {0}, json_err = {0};
        og_mem_fail_at(n);
        int rc = render_verdict_text(&v, &options, &text, &text_err);
        if (rc == OG_OK)
            rc = render_verdict_json(&v, &json, &json_err);
        bool failed = og_mem_failed();
        og_mem_fail_at(-1);
        assert_int_equal(rc, failed ? OG_E_NOMEM : OG_OK);
        og_error_done(&text_err);
        og_error_done(&json_err);
        og_buf_done(&text);
        og_buf_done(&json);
        if (!failed)
            break;
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_shows_everything_in_order),
        cmocka_unit_test(record_is_canonical_and_whole),
        cmocka_unit_test(line_names_what_decided),
        cmocka_unit_test(explanation_shows_conditions_and_evidence),
#ifdef OG_FAULT_INJECTION
        cmocka_unit_test(every_lack_of_memory_is_reported),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
