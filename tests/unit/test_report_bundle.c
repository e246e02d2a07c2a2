/* Bundles: what is written, that it reads as the register does, and that nothing that was
 * cut, changed or made up passes. */
#include "unit.h"

#include <stdio.h>

#include "report/bundle.h"
#include "report/diff.h"
#include "report_text.h"

#define COMMIT "0123456789abcdef0123456789abcdef01234567"

static const char *const versions_text[] = {
    "recipients: [{category: electricity_networks}]\n"
    "file: {name: 'R1_%Y.csv', encoding: UTF-8, line_ending: crlf}\n"
    "title: \"A \\\"report\\\" \\u2028 of\\ttabs\"\n"
    "definition: |\n  first line\n  second line\n"
    "sorted_by: [a, -b]\n"
    "reading: by_name\n"
    "dialect: {delimiter: ';', header: true, quoteChar: null}\n"
    "schema:\n"
    "  missingValues: ['', n/a, ~x]\n"
    "  primaryKey: a\n"
    "  fields:\n"
    "    - {name: a, type: string, constraints: {enum: [01, 02, no, \"null\", 1e5]}}\n"
    "    - {name: b, type: number, constraints: {minimum: 1.50, maximum: 0x1F}}\n"
    "    - {name: c, type: boolean, trueValues: [True, Y], falseValues: [False, N]}\n"
    "    - {name: d, type: object, constraints: {jsonSchema: {type: object,\n"
    "       minProperties: 1, extra: [1.50, '1.5', true, 'true', null]}}}\n",
    "version: 1.1.0\neffective_from: 2021-11-18\nnote: &n said twice\n"
    "definition: *n\nconsult: TBDG E&A Forum\nserved_by: {breaking: ack}\n",
};

typedef struct made {
    og_arena arena;
    const model_record *versions[2];
    size_t count;
    og_buf payload;
} made;

static model_kinds kinds;
static og_arena kinds_arena;

static int load_kinds(void **state)
{
    og_diags diags = {0};

    (void)state;
    return model_kinds_load(&kinds_arena, NULL, 0, &diags, &kinds, NULL);
}

static int free_kinds(void **state)
{
    (void)state;
    og_arena_done(&kinds_arena);
    return 0;
}

static const model_record *version_of(made *m, const char *text)
{
    og_diags diags = {0};
    const model_record *r = read_version(&m->arena, &kinds, text, &diags);

    if (!r)
        fail_msg("%.*s", OG_FMT(diags.items[0].text));
    og_diags_done(&diags);
    return r;
}

static report_bundle head(bool is_signed)
{
    return (report_bundle){.title = OG_STR("A \"register\""),
                           .commit = OG_STR(COMMIT),
                           .policy = OG_STR("self"),
                           .time_zone = OG_STR("Europe/London"),
                           .at = {1636538400, 0},
                           .is_signed = is_signed};
}

static int write_made(made *m, bool is_signed, og_error *err)
{
    const report_bundle b = head(is_signed);

    return report_bundle_write(&b, m->versions, m->count, &m->payload, err);
}

static void make(made *m, bool is_signed)
{
    og_error err = {0};

    *m = (made){.count = 2};
    for (size_t i = 0; i < 2; i++)
        m->versions[i] = version_of(m, versions_text[i]);
    if (write_made(m, is_signed, &err) != OG_OK)
        fail_msg("%s", og_error_text(&err));
}

static void unmake(made *m)
{
    og_buf_done(&m->payload);
    og_arena_done(&m->arena);
}

/* Splits and reads; the error's text and the findings, if any, in `shown`. */
static int read_bundle(og_str bytes, og_buf *shown)
{
    report_bundle_parts parts;
    model_register reg = {0};
    report_bundle b;
    og_diags diags = {0};
    og_error err = {0};

    int rc = report_bundle_split(bytes, &parts, &err);
    if (rc == OG_OK)
        rc = report_bundle_read(&parts, "b", &reg, &diags, &b, &err);
    og_buf_clear(shown);
    if (rc != OG_OK)
        og_buf_printf(shown, "%s\n", og_error_text(&err));
    og_diags_print(&diags, shown, false);
    assert_int_equal(rc, err.code);
    model_register_done(&reg);
    og_diags_done(&diags);
    og_error_done(&err);
    return rc;
}

static void refuses(og_str bytes, const char *why)
{
    og_buf shown = {0};

    assert_int_equal(read_bundle(bytes, &shown), OG_E_INVALID);
    if (!strstr(shown.p, why))
        fail_msg("'%s' is not in %s", why, shown.p);
    og_buf_done(&shown);
}

/* The payload with its first `from` become `to`. */
static void refuses_edit(const char *from, const char *to, const char *why)
{
    made m;
    og_buf edited = {0};

    make(&m, false);
    const char *at = strstr(m.payload.p, from);
    if (!at)
        fail_msg("'%s' is not in %s", from, m.payload.p);
    og_buf_put(&edited, (og_str){m.payload.p, (size_t)(at - m.payload.p)});
    og_buf_puts(&edited, to);
    og_buf_puts(&edited, at + strlen(from));
    refuses(og_buf_str(&edited), why);
    og_buf_done(&edited);
    unmake(&m);
}

/* ---- Both ways ---- */

static void what_is_written(void **state)
{
    static const char *const there[] = {
        "\"format\": \"opsgate-report-bundle\"",
        "\"commit\": \"" COMMIT "\"",
        "\"at\": \"2021-11-10T10:00:00Z\"",
        "\"register\": \"A \\\"register\\\"\"",
        "\"signed\": false",
        "\"minimum\": 1.50",
        "\"maximum\": \"0x1F\"",
        "\"01\",",
        "\"no\",",
        "\"null\",",
        "\"True\",",
        "\"quoteChar\": null",
        "\"definition\": \"first line\\nsecond line\\n\"",
    };
    made m, again;

    (void)state;
    make(&m, false);
    make(&again, false);
    for (size_t i = 0; i < sizeof there / sizeof there[0]; i++)
        if (!strstr(m.payload.p, there[i]))
            fail_msg("'%s' is not in %s", there[i], m.payload.p);
    assert_null(strstr(m.payload.p, "recipients"));
    assert_null(strstr(m.payload.p, "electricity_networks"));
    assert_str(og_buf_str(&m.payload), again.payload.p);
    unmake(&m);
    unmake(&again);
}

static void reads_as_the_register_does(void **state)
{
    made m;
    report_bundle_parts parts;
    model_register reg;
    report_bundle b;
    og_diags diags = {0};
    og_error err = {0};

    (void)state;
    make(&m, false);
    assert_int_equal(report_bundle_split(og_buf_str(&m.payload), &parts, &err), OG_OK);
    assert_int_equal(report_bundle_read(&parts, "b", &reg, &diags, &b, &err), OG_OK);
    assert_str(b.commit, COMMIT);
    assert_str(b.title, "A \"register\"");
    assert_int_equal(b.at.seconds, 1636538400);
    assert_false(b.is_signed);
    assert_str(zone_name(reg.zone), "Europe/London");
    size_t kind = model_kind_named(reg.kinds, OG_STR("report"))->ordinal;
    assert_int_equal(reg.list_counts[kind], 2);
    for (size_t i = 0; i < 2; i++) {
        report_layout from, to;
        report_differences all;
        assert_int_equal(report_layout_read(m.versions[i], &m.arena, &diags, &from, &err),
                         OG_OK);
        assert_int_equal(
            report_layout_read(reg.lists[kind][i], &m.arena, &diags, &to, &err), OG_OK);
        assert_int_equal(report_compare(&from, &to, NULL, &m.arena, &all, &err), OG_OK);
        assert_int_equal(all.count, 1);
        assert_string_equal(all.items[0].rule->id, "recipient-removed");
    }
    assert_int_equal(diags.count, 0);
    model_register_done(&reg);
    og_diags_done(&diags);
    unmake(&m);
}

/* A version that JSON cannot say is not written as something else. */
static void refuses_what_would_read_differently(void **state)
{
    made m = {.count = 1};
    og_error err = {0};

    (void)state;
    m.versions[0] = version_of(&m, "schema: {fields: [{name: a, type: object, "
                                   "constraints: {jsonSchema: {minProperties: 01}}}]}");
    assert_int_equal(write_made(&m, false, &err), OG_E_UNSUPPORTED);
    assert_error(&err, OG_E_UNSUPPORTED,
                 "'R-1/1.0.0' would read differently in a bundle");
    assert_int_equal(m.payload.n, 0);
    unmake(&m);
}

static void refuses_what_is_nested_too_deep(void **state)
{
    made m = {.count = 1};
    og_buf text = {0};
    og_error err = {0};

    (void)state;
    og_buf_puts(&text, "schema: {fields: [{name: a, deep: ");
    for (int i = 0; i < 95; i++)
        og_buf_putc(&text, '[');
    for (int i = 0; i < 95; i++)
        og_buf_putc(&text, ']');
    og_buf_puts(&text, "}]}");
    m.versions[0] = version_of(&m, text.p);
    assert_int_equal(write_made(&m, false, &err), OG_E_LIMIT);
    assert_error(&err, OG_E_LIMIT, "nested deeper than 100");
    og_buf_done(&text);
    unmake(&m);
}

/* ---- What must not pass ---- */

#define ARMOUR                           \
    "-----BEGIN SSH SIGNATURE-----\n"    \
    "U1NIU0lHAAAAAQAAADMAAAALc3NoLWVk\n" \
    "MjU1MTkAAAAgl9OgeGdAbaGwLeaLA0v4\n" \
    "c+/t/4N/NHhRRhhlmGvcwEYAAAAOb3Bz\n" \
    "-----END SSH SIGNATURE-----\n"

static void nothing_cut_off_passes(void **state)
{
    og_buf shown = {0};

    (void)state;
    for (int is_signed = 0; is_signed < 2; is_signed++) {
        made m;
        make(&m, is_signed);
        if (is_signed)
            og_buf_puts(&m.payload, ARMOUR);
        og_str whole = og_buf_str(&m.payload);
        assert_int_equal(read_bundle(whole, &shown), OG_OK);
        for (size_t n = 0; n < whole.n; n++)
            if (read_bundle(og_str_slice(whole, 0, n), &shown) != OG_E_INVALID)
                fail_msg("cut to %zu of %zu bytes it passes", n, whole.n);
        unmake(&m);
    }
    og_buf_done(&shown);
}

static void says_whether_it_is_signed(void **state)
{
    made m;

    (void)state;
    make(&m, true);
    refuses(og_buf_str(&m.payload), "the signature is gone");
    og_buf_puts(&m.payload, ARMOUR);
    og_buf_puts(&m.payload, "\n");
    refuses(og_buf_str(&m.payload), "its signature was cut off, or changed");
    unmake(&m);
    make(&m, false);
    og_buf_puts(&m.payload, ARMOUR);
    refuses(og_buf_str(&m.payload), "says that it is not signed");
    og_buf_puts(&m.payload, ARMOUR);
    refuses(og_buf_str(&m.payload), "its signature was cut off, or changed");
    unmake(&m);
}

static void only_one_place_can_end_the_payload(void **state)
{
    (void)state;
    refuses_edit("\"reports\"", "\n" ARMOUR "\"reports\"", "does not end in '}'");
    refuses_edit("}\n", "}\n-----BEGIN PGP SIGNATURE-----\n", "signature was cut off");
    refuses(OG_STR(""), "it is no bundle");
    refuses(OG_STR(ARMOUR), "it is no bundle");
    refuses(OG_STR("device_id,status\n"), "it is no bundle");
    refuses(OG_STR("{}\n"), "it is no bundle");
    refuses(OG_STR("{\"format\": [], \"schema_version\": {}}\n"), "it is no bundle");
}

static void findings_have_their_place(void **state)
{
    (void)state;
    refuses_edit("\"schema_version\": 1", "\"schema_version\": 2, \"more\": 1",
                 "schema_version is '2', and this opsgate reads 1");
    refuses_edit("\"at\": ", "\"ta\": 1,\n\"at\": ", "b:2:3: error: unknown key 'ta'");
    refuses_edit("\"policy\": \"self\"", "\"policy\": \"me\"", "[pattern]");
    refuses_edit("Europe/London", "Europe/Nowhere", "[unknown-zone]");
    refuses_edit("\"title\": ", "\"recipients\": [], \"title\": ",
                 "error: unknown key 'recipients'");
    refuses_edit("\"title\": \"A report\"", "\"title\": null", "'title' is required");
    refuses_edit("\"version\": \"1.1.0\"", "\"version\": \"1.0.0\"", "[duplicate-id]");
    refuses_edit("\"name\": \"R1_%Y.csv\"", "\"nama\": \"R1_%Y.csv\"",
                 "did you mean 'name'");
    refuses_edit("\"reports\": [", "\"reports\": [], \"x\": [", "unknown key 'x'");
    refuses_edit("\"2021-11-18\"", "\"2021-11-31\"", "[wrong-type]");
    refuses_edit("\"signed\": false", "\"signed\": 1", "[wrong-type]");
    refuses_edit("\"commit\": \"" COMMIT "\",", "", "'commit' is missing");
}

static void an_empty_list_is_no_bundle(void **state)
{
    (void)state;
    refuses(OG_STR("{\"format\": \"opsgate-report-bundle\", \"schema_version\": 1,\n"
                   "\"register\": \"r\", \"commit\": \"" COMMIT
                   "\", \"policy\": \"self\",\n"
                   "\"at\": \"2021-11-10T10:00:00Z\", \"time_zone\": \"UTC\",\n"
                   "\"signed\": false, \"reports\": []}\n"),
            "'reports' must be a list of versions");
}

/* ---- No memory ---- */

static int attempt_write(void *context)
{
    made *m = context;
    og_error err = {0};

    og_buf_done(&m->payload);
    int rc = write_made(m, false, &err);
    og_error_done(&err);
    return rc;
}

static int attempt_read(void *context)
{
    const made *m = context;
    report_bundle_parts parts;
    model_register reg = {0};
    report_bundle b;
    og_diags diags = {0};
    og_error err = {0};

    int rc = report_bundle_split(og_buf_str(&m->payload), &parts, &err);
    if (rc == OG_OK)
        rc = report_bundle_read(&parts, "b", &reg, &diags, &b, &err);
    model_register_done(&reg);
    og_diags_done(&diags);
    og_error_done(&err);
    return rc;
}

static void every_allocation_may_fail(void **state)
{
    made m;

    (void)state;
    make(&m, false);
    (void)unit_fail_each(attempt_read, &m);
    m.count = 1; /* a shorter one, as each run goes through all of it */
    (void)unit_fail_each(attempt_write, &m);
    unmake(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written),
        cmocka_unit_test(reads_as_the_register_does),
        cmocka_unit_test(refuses_what_would_read_differently),
        cmocka_unit_test(refuses_what_is_nested_too_deep),
        cmocka_unit_test(nothing_cut_off_passes),
        cmocka_unit_test(says_whether_it_is_signed),
        cmocka_unit_test(only_one_place_can_end_the_payload),
        cmocka_unit_test(findings_have_their_place),
        cmocka_unit_test(an_empty_list_is_no_bundle),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, load_kinds, free_kinds);
}
