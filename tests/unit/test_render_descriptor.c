/* Frictionless descriptors: what is translated, left out and refused, and that the
 * version file written says what the descriptor said. */
#include <stdio.h>

#include "unit.h"

#include "descriptor_fixture.h"

static void import(descriptor_trip *t, const char *text)
{
    og_error err = {0};

    if (trip_import(t, og_str_from(text), NULL, &err) != OG_OK || t->diags.errors > 0)
        fail_msg("%s: %s", text,
                 t->diags.count ? t->diags.items[0].text.p : og_error_text(&err));
    if (trip_write(t, &err) != OG_OK)
        fail_msg("%s: %s", text, og_error_text(&err));
    const char *differs = trip_differs(t);
    if (differs)
        fail_msg("%s: %s:\n%s", text, differs, t->text.p);
}

/* Each is a field without its braces. */
static const char *const fields[] = {
    "\"type\": \"string\", \"format\": \"email\", \"title\": \"T: #1\", "
    "\"unit\": \"kWh\"",
    "\"type\": \"string\", \"constraints\": {\"required\": true, \"unique\": true, "
    "\"minLength\": 0, \"maxLength\": 18446744073709551615, "
    "\"pattern\": \"[^,\\\\\\\"{}]*\\\\x41?\", "
    "\"enum\": [\"null\", \"~\", \"\", \" \", "
    "\"no\", \"0x1F\", \"1e5\", \"- a\", \"a: b\", \"#c\", \"\\u0001\\t\\r\\n\"]}",
    "\"type\": \"string\", \"categories\": [{\"value\": \"1\", \"label\": \"one\"}], "
    "\"categoriesOrdered\": true, \"missingValues\": [\"-\", \"NULL\"]",
    "\"type\": \"string\", \"description\": \"\\u0085\\u2028\\u2029\\ufeff\\uffff\\u007f"
    "\\ud83d\\ude00 \\u202e\"",
    "\"type\": \"number\", \"decimalChar\": \",\", \"groupChar\": \" \", "
    "\"bareNumber\": false, \"constraints\": {\"minimum\": -1.50e-3, "
    "\"exclusiveMaximum\": \"1E400\", \"enum\": [1, 2.50]}",
    "\"type\": \"integer\", \"groupChar\": \"'\", \"constraints\": {\"minimum\": -0, "
    "\"maximum\": 99999999999999999999999}",
    "\"type\": \"boolean\", \"trueValues\": [\"yes\", \"on\"], \"falseValues\": [\"n\"]",
    "\"type\": \"object\", "
    "\"constraints\": {\"jsonSchema\": {\"a\": [null, true, {}, []]}}",
    "\"type\": \"array\", \"constraints\": {\"minLength\": 1}",
    "\"type\": \"list\", \"delimiter\": \";\", \"itemType\": \"date\"",
    "\"type\": \"datetime\", \"format\": \"%d.%m.%Y %H:%M\", \"constraints\": "
    "{\"minimum\": \"01.02.2021 00:00\"}",
    "\"type\": \"date\", \"format\": \"any\"",
    "\"type\": \"time\"",
    "\"type\": \"year\", \"constraints\": {\"exclusiveMinimum\": 2000}",
    "\"type\": \"yearmonth\", \"constraints\": {\"maximum\": \"2021-11\"}",
    "\"type\": \"duration\", \"example\": \"P1D\", \"rdfType\": \"http://x.invalid/#d\"",
    "\"type\": \"geopoint\", \"format\": \"object\"",
    "\"type\": \"geojson\", \"format\": \"topojson\"",
    "\"type\": \"any\", \"x:own\": {\"deep\": [{\"a b\": 0.1}]}",
};

static const char *const dialects[] = {
    "{}",
    "{\"delimiter\": \"\\t\", \"quoteChar\": null, \"header\": false}",
    "{\"delimiter\": \"|\", \"quoteChar\": \"'\", \"doubleQuote\": false, "
    "\"escapeChar\": \"\\\\\", \"commentChar\": \"#\", \"nullSequence\": \"\\\\N\", "
    "\"skipInitialSpace\": true, \"lineTerminator\": \"\\r\\n\"}",
    "{\"headerRows\": [3], \"commentRows\": [1, 2], \"x-own\": 1}",
};

static void what_is_written_reads_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        for (size_t k = 0; k < sizeof dialects / sizeof dialects[0]; k++) {
            descriptor_trip t = {0};
            og_buf text = {0};
            og_buf_printf(&text,
                          "{\"resources\": [{\"path\": \"d/F_20211118.csv\", \"schema\": "
                          "{\"fields\": [{\"name\": \"a, b\", %s}]}, \"dialect\": %s}]}",
                          fields[i], dialects[k]);
            import(&t, text.p);
            assert_non_null(strstr(t.text.p, "file: {name: \"F_%Y%m%d.csv\""));
            trip_done(&t);
            og_buf_done(&text);
        }
}

static void keys_are_written(void **state)
{
    descriptor_trip t = {0};

    (void)state;
    import(&t, "{\"fields\": [{\"name\": \"a\"}, {\"name\": \"b\"}], "
               "\"fieldsMatch\": \"superset\", \"missingValues\": [], "
               "\"primaryKey\": [\"a\", \"b\"], \"uniqueKeys\": [[\"b\"]], "
               "\"foreignKeys\": [{\"fields\": [\"a\"], \"reference\": "
               "{\"resource\": \"x\", \"fields\": [\"y\"]}}], \"title\": \"no place\"}");
    assert_int_equal(t.after.unique_key_count, 1);
    assert_int_equal(t.after.missing.count, 0);
    assert_int_equal(t.after.foreign_keys.count, 1);
    assert_int_equal(t.descriptor.name.n, 0);
    trip_done(&t);
}

/* YAML has more ways to write a value than JSON; each reads back as itself. */
static void yaml_reads_back(void **state)
{
    descriptor_trip t = {0};

    (void)state;
    import(&t,
           "fields:\n"
           "  - {name: 2021-10, type: string, constraints: {enum: [0x1F, '0x2F', 007,\n"
           "     -.5, +1, 'on', off, ~x, '-', 1:2, \"a\\nb\", 'it''s', <<, =]}}\n"
           "  - &a {name: ~b, own: [null, ~, '', .5, 0o17, true, 'true', -1e3, 1_0]}\n"
           "  - name: |\n      long\n\n    own: {x y: *a, \"z\": []}\n"
           "missingValues: ['~', '', x]\n"
           "primaryKey: 2021-10\n");
    assert_str(t.after.fields[0].enumerated.items[2], "007");
    assert_str(t.after.fields[0].enumerated.items[8], "-");
    trip_done(&t);
}

/* ---- Translation ---- */

static const struct {
    const char *text, *written, *said;
} translated[] = {
    {"{\"fields\": [{\"name\": \"a\"}], \"primaryKey\": \"a\"}", "primaryKey: [a]",
     "'primaryKey' is a list in v2"},
    {"{\"fields\": [{\"name\": \"a\", \"type\": \"date\", \"format\": "
     "\"fmt:%d/%m/%Y\"}]}",
     "format: \"%d/%m/%Y\"", "written without 'fmt:'"},
    {"{\"fields\": [{\"name\": \"a\"}], \"foreignKeys\": [{\"fields\": \"a\", "
     "\"reference\": {\"resource\": \"\", \"fields\": \"a\"}}]}",
     "foreignKeys: [{fields: [a], reference: {fields: [a]}}]",
     "a reference to the table itself"},
    {"{\"fields\": [{\"name\": \"a\"}], \"profile\": \"x\"}",
     "fields:", "'profile' is left out"},
    {"{\"fields\": [{\"name\": \"a\"}], \"missingValue\": \"-\"}", "missingValues: \"-\"",
     "'missingValue' is 'missingValues' in v2"},
    {"{\"path\": \"x.csv\", \"schema\": {\"fields\": [{\"name\": \"a\"}]}, \"dialect\": "
     "{\"csvddfVersion\": 1.0, \"dialect\": {\"quotechar\": \"'\", \"lineterminator\": "
     "\"\\r\\n\"}}}",
     "dialect: {quoteChar: \"'\", lineTerminator: \"\\r\\n\"}",
     "the members of 'dialect' are the dialect's own"},
    {"{\"path\": \"x.csv\", \"schema\": {\"fields\": [{\"name\": \"a\"}]}, \"dialect\": "
     "{\"csv\": {\"delimiter\": \";\"}}}",
     "dialect: {delimiter: \";\"}", "the members of 'csv' are the dialect's own"},
    {"{\"path\": \"x.csv\", \"schema\": {\"fields\": [{\"name\": \"a\"}]}, \"dialect\": "
     "{\"caseSensitiveHeader\": false}}",
     "dialect: {}", "'caseSensitiveHeader' is left out"},
    {"{\"path\": \"x.tsv\", \"format\": \"tsv\", \"schema\": {\"fields\": [{\"name\": "
     "\"a\"}]}}",
     "dialect: {delimiter: \"\\t\"}", "a tab as delimiter"},
    {"{\"path\": [\"x.csv\"], \"licenses\": [], \"schema\": {\"fields\": [{\"name\": "
     "\"a\"}]}}",
     "name: \"x.csv\"", "no place for these of the resource: 'licenses'"},
    {"{\"path\": \"https://x.invalid/d/x.csv\", \"schema\": {\"fields\": [{\"name\": "
     "\"a\"}]}}",
     "name: \"x.csv\"", "'path' is an address"},
    {"{\"path\": \"50%_20211118.csv\", \"schema\": {\"fields\": [{\"name\": \"a\"}]}}",
     "name: \"50%%_%Y%m%d.csv\"", "no line ending is said"},
    {"{\"fields\": [{\"name\": \"a\"}]}", "NAME_%Y%m%d.csv", "no line ending is said"},
};

static bool says(const og_diags *diags, const char *text)
{
    for (size_t i = 0; i < diags->count; i++)
        if (strstr(diags->items[i].text.p, text))
            return true;
    return false;
}

static void older_words_are_translated(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof translated / sizeof translated[0]; i++) {
        descriptor_trip t = {0};
        import(&t, translated[i].text);
        if (!strstr(t.text.p, translated[i].written))
            fail_msg("%s: not written: %s\n%s", translated[i].text, translated[i].written,
                     t.text.p);
        if (!says(&t.diags, translated[i].said))
            fail_msg("%s: nothing says: %s", translated[i].text, translated[i].said);
        trip_done(&t);
    }
}

/* ---- What is wrong ---- */

#define TABLE "\"schema\": {\"fields\": [{\"name\": \"a\"}]}"

static const struct {
    const char *text, *code;
    unsigned line, column; /* 0: any */
} wrong[] = {
    {"[]", "descriptor-unknown", 1, 1},
    {"{\"delimiter\": \";\"}", "descriptor-unknown", 1, 1},
    {"{\"resources\": {}}", "descriptor-shape", 1, 15},
    {"{\"resources\": []}", "descriptor-shape", 1, 15},
    {"{\"resources\": [1]}", "descriptor-shape", 1, 16},
    {"{\"path\": \"x.csv\"}", "descriptor-no-schema", 1, 1},
    {"{\"path\": \"x.csv\",\n \"schema\": \"https://x.invalid/s.json\"}",
     "descriptor-remote", 2, 12},
    {"{\"path\": \"x.csv\", \"schema\": \"../s.json\"}", "descriptor-path", 0, 0},
    {"{\"path\": \"x.csv\", \"schema\": \"/s.json\"}", "descriptor-path", 0, 0},
    {"{\"path\": \"x.csv\", \"schema\": \"a/./s.json\"}", "descriptor-path", 0, 0},
    {"{\"path\": \"x.csv\", \"schema\": \"a\\\\s.json\"}", "descriptor-path", 0, 0},
    {"{\"path\": \"x.csv\", \"schema\": \"\"}", "descriptor-path", 0, 0},
    {"{\"path\": [\"x.csv\", \"y.csv\"], " TABLE "}", "descriptor-unsupported", 1, 10},
    {"{\"path\": {}, " TABLE "}", "descriptor-shape", 0, 0},
    {"{\"data\": [], " TABLE "}", "descriptor-unsupported", 0, 0},
    {"{\"path\": \"x.xlsx\", \"format\": \"xlsx\", " TABLE "}", "descriptor-unsupported",
     0, 0},
    {"{\"path\": \"x\", \"type\": \"json\", " TABLE "}", "descriptor-unsupported", 0, 0},
    {"{\"path\": \"x\", \"encoding\": [], " TABLE "}", "descriptor-shape", 0, 0},
    {"{\"path\": \"x\", \"dialect\": {\"sheetName\": \"x\"}, " TABLE "}",
     "report-unsupported", 0, 0},
    {"{\"path\": \"x\", \"dialect\": {\"property\": \"x\"}, " TABLE "}",
     "report-unsupported", 0, 0},
    {"{\"path\": \"x\", \"dialect\": {\"table\": \"x\"}, " TABLE "}",
     "report-unsupported", 0, 0},
    {"{\"path\": \"x\", \"dialect\": [], " TABLE "}", "report-shape", 0, 0},
    {"{\"path\": \"x\", \"dialect\": {\"quotechar\": \"'\", \"quoteChar\": \"'\"}, " TABLE
     "}",
     "descriptor-both", 0, 0},
    {"{\"path\": \"x\", \"dialect\": {\"delimiter\": \";\", \"csv\": {\"delimiter\": "
     "\"|\"}}, " TABLE "}",
     "descriptor-both", 0, 0},
    {"{\"fields\": [{\"name\": \"a\",\n  \"type\": \"strnig\"}]}", "report-type", 2, 11},
    {"{\"fields\": [{\"name\": \"a\", \"constraints\": {\"pattern\": \"(\"}}]}",
     "report-value", 1, 13},
    {"{\"fields\": []}", "report-shape", 0, 0},
    {"{\"path\": \"x\", \"schema\": []}", "report-shape", 0, 0},
    {"{\"fields\": 1, \"foreignKeys\": 2, \"primaryKey\": {}}", "report-shape", 0, 0},
};

static const og_diag *first_error(const og_diags *diags)
{
    for (size_t i = 0; i < diags->count; i++)
        if (diags->items[i].level == OG_LEVEL_ERROR)
            return &diags->items[i];
    return NULL;
}

static void what_a_report_cannot_be_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        descriptor_trip t = {0};
        assert_int_equal(trip_import(&t, og_str_from(wrong[i].text), NULL, NULL), OG_OK);
        const og_diag *d = first_error(&t.diags);
        if (!d || strcmp(d->code, wrong[i].code) != 0)
            fail_msg("%s: %s, expected %s", wrong[i].text, d ? d->code : "nothing",
                     wrong[i].code);
        if (wrong[i].line > 0 &&
            (d->pos.line != wrong[i].line || d->pos.column != wrong[i].column))
            fail_msg("%s: at %u:%u", wrong[i].text, d->pos.line, d->pos.column);
        trip_done(&t);
    }
}

/* ---- Which resource ---- */

static const char package[] =
    "{\"title\": \"P\", \"version\": \"1.0.0\", \"resources\": [{\"name\": \"a\", "
    "\"path\": \"a.csv\", " TABLE "}, {\"name\": \"b\", \"path\": \"b.csv\", \"title\": "
    "\"B\", " TABLE "}, {\"name\": \"b\"}]}";

static void the_resource_is_chosen(void **state)
{
    descriptor_trip t = {0};
    og_error err = {0};

    (void)state;
    trip_import(&t, og_str_from(package), NULL, &err);
    assert_error(&err, OG_E_USAGE, "3 resources: name one with --resource: a, b, b");
    trip_done(&t);
    trip_import(&t, og_str_from(package), "c", &err);
    assert_error(&err, OG_E_NOTFOUND, "no resource 'c'");
    trip_done(&t);
    trip_import(&t, OG_STR("{\"fields\": []}"), "c", &err);
    assert_error(&err, OG_E_USAGE, "leave --resource out");
    trip_done(&t);
    assert_int_equal(trip_import(&t, og_str_from(package), "a", &err), OG_OK);
    assert_str(t.before.title, "P");
    assert_str(t.descriptor.version, "1.0.0");
    assert_str(t.descriptor.file, "a.csv");
    trip_done(&t);
    assert_int_equal(trip_import(&t, og_str_from(package), "b", &err), OG_OK);
    assert_string_equal(first_error(&t.diags)->code, "descriptor-repeat");
    trip_done(&t);
}

/* However much there is to say, the message stays short. */
static void what_is_left_out_is_counted(void **state)
{
    descriptor_trip t = {0};
    og_buf text = {0};

    (void)state;
    og_buf_puts(&text, "{\"path\": \"x.csv\", " TABLE);
    for (int i = 0; i < 30; i++)
        og_buf_printf(&text, ", \"%0100d\": 1", i);
    og_buf_puts(&text, "}");
    assert_int_equal(trip_import(&t, og_buf_str(&text), NULL, NULL), OG_OK);
    assert_true(says(&t.diags, "0…' and 10 more"));
    for (size_t i = 0; i < t.diags.count; i++)
        assert_true(t.diags.items[i].text.n < 2000);
    trip_done(&t);
    og_buf_done(&text);
}

static void long_names_are_refused(void **state)
{
    descriptor_trip t = {0};
    og_error err = {0};
    og_buf text = {0};

    (void)state;
    og_buf_puts(&text, "{\"fields\": [{\"name\": \"a\", \"");
    for (size_t i = 0; i < DRAFT_KEY_MAX; i++)
        og_buf_putc(&text, 'x');
    og_buf_puts(&text, "\": 1}]}");
    assert_int_equal(trip_import(&t, og_buf_str(&text), NULL, &err), OG_OK);
    assert_int_equal(t.diags.errors, 0);
    assert_int_equal(trip_write(&t, &err), OG_OK);
    assert_null(trip_differs(&t));
    trip_done(&t);
    text.p[28] = '-'; /* now it is quoted, and longer */
    assert_int_equal(trip_import(&t, og_buf_str(&text), NULL, &err), OG_OK);
    trip_write(&t, &err);
    assert_error(&err, OG_E_LIMIT, "a member's name has 1002 bytes");
    trip_done(&t);
    og_buf_done(&text);
}

/* ---- No memory ---- */

static int attempt(void *context)
{
    descriptor_trip t = {0};
    int rc = trip_import(&t, og_str_from(context), NULL, NULL);

    if (rc == OG_OK)
        rc = trip_write(&t, NULL);
    trip_done(&t);
    return rc;
}

static void each_allocation_fails(void **state)
{
    static char text[] =
        "{\"resources\": [{\"path\": \"x.tsv\", \"format\": \"tsv\", \"x\": 1, "
        "\"encoding\": \"UTF-8\", "
        "\"dialect\": {\"csv\": {\"quotechar\": \"'\"}}, \"schema\": {\"primaryKey\": "
        "\"a\", \"foreignKeys\": [{\"fields\": \"a\", "
        "\"reference\": {\"resource\": \"\", "
        "\"fields\": \"a\"}}], \"fields\": [{\"name\": \"a\", \"type\": \"date\", "
        "\"format\": \"fmt:%Y-%m-%d\", \"own\": 1}]}}]}";

    (void)state;
    unit_fail_each(attempt, text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(keys_are_written),
        cmocka_unit_test(yaml_reads_back),
        cmocka_unit_test(older_words_are_translated),
        cmocka_unit_test(what_a_report_cannot_be_is_refused),
        cmocka_unit_test(the_resource_is_chosen),
        cmocka_unit_test(what_is_left_out_is_counted),
        cmocka_unit_test(long_names_are_refused),
        cmocka_unit_test(each_allocation_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
