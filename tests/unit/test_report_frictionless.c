/* One file for each error of frictionless-py that a rule of ours stands for, and the
 * table of docs/report-verify.md that says which. */
#include "report_check.h"

#include <stdio.h>

#define ONE(constraints) \
    "schema: {fields: [{name: a, type: string, constraints: {" constraints "}}]}\n"

static const struct {
    const char *theirs, *ours, *layout, *file, *expected;
} rows[] = {
    {"format-error", "format", "schema: {fields: [{name: a}]}\n", "PK\003\004",
     "format@0.0 (not read on)"},
    {"encoding-error", "encoding", "schema: {fields: [{name: a}]}\n", "a\n\xff\n",
     "encoding@2.0 (not read on)"},
    {"blank-header", "blank-label", "schema: {fields: [{name: a}, {name: b}]}\n",
     ",\n1,2\n", "blank-label@1.0 (not read on)"},
    {"unmatched-header", "incorrect-label",
     "schema: {fieldsMatch: partial, fields: [{name: a}]}\n", "x\n1\n",
     "incorrect-label@1.0 (not read on)"},
    {"extra-label", "extra-label", "schema: {fields: [{name: a}]}\n", "a,b\n1,2\n",
     "extra-label@1.2"},
    {"missing-label", "missing-label", "schema: {fields: [{name: a}, {name: b}]}\n",
     "a\n1\n", "missing-label@1.2"},
    {"blank-label", "blank-label", "schema: {fields: [{name: a}, {name: b}]}\n",
     "a,\n1,2\n", "blank-label@1.2"},
    {"duplicate-label", "duplicate-label", "schema: {fields: [{name: a}, {name: b}]}\n",
     "a,a\n1,2\n", "duplicate-label@1.2"},
    {"incorrect-label", "incorrect-label", "schema: {fields: [{name: a}, {name: b}]}\n",
     "a,c\n1,2\n", "incorrect-label@1.2"},
    {"blank-row", "blank-row", "schema: {fields: [{name: a}, {name: b}]}\n", "a,b\n,\n",
     "blank-row@2.0"},
    {"primary-key", "primary-key", "schema: {primaryKey: a, fields: [{name: a}]}\n",
     "a\n1\n1\n", "primary-key@3.1"},
    {"foreign-key", "foreign-key",
     "schema:\n"
     "  fields: [{name: a}, {name: b}]\n"
     "  foreignKeys: [{fields: a, reference: {fields: b}}]\n",
     "a,b\n1,2\n", "foreign-key@2.1"},
    {"duplicate-row", "unique-key",
     "schema: {uniqueKeys: [[a, b]], fields: [{name: a}, {name: b}]}\n",
     "a,b\n1,2\n1,2\n", "unique-key@3.0"},
    {"extra-cell", "extra-cell", "schema: {fields: [{name: a}]}\n", "a\n1,2\n",
     "extra-cell@2.2"},
    {"missing-cell", "missing-cell", "schema: {fields: [{name: a}, {name: b}]}\n",
     "a,b\n1\n", "missing-cell@2.2"},
    {"type-error", "type", "schema: {fields: [{name: a, type: integer}]}\n", "a\nx\n",
     "type@2.1"},
    {"constraint-error", "required",
     "schema: {fields: [{name: a, constraints: {required: true}}, {name: b}]}\n",
     "a,b\n,1\n", "required@2.1"},
    {"constraint-error", "enum", ONE("enum: [x]"), "a\ny\n", "enum@2.1"},
    {"constraint-error", "pattern", ONE("pattern: '[x]+'"), "a\ny\n", "pattern@2.1"},
    {"constraint-error", "minimum",
     "schema: {fields: [{name: a, type: integer, constraints: {minimum: 2}}]}\n",
     "a\n1\n", "minimum@2.1"},
    {"constraint-error", "maximum",
     "schema: {fields: [{name: a, type: integer, constraints: {maximum: 2}}]}\n",
     "a\n3\n", "maximum@2.1"},
    {"constraint-error", "min-length", ONE("minLength: 2"), "a\ny\n", "min-length@2.1"},
    {"constraint-error", "max-length", ONE("maxLength: 2"), "a\nyyy\n", "max-length@2.1"},
    {"unique-error", "unique", ONE("unique: true"), "a\ny\ny\n", "unique@3.1"},
    {"ascii-value", "encoding", NULL, "a\n\xc3\xa9\n", "encoding@2.1"},
    {"forbidden-value", "pattern", ONE("pattern: '[^x]*'"), "a\nx\n", "pattern@2.1"},
    {"sequential-value", "order", "schema: {fields: [{name: a}]}\nsorted_by: a\n",
     "a\ny\nx\n", "order@3.1"},
};

static void test_errors(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_file_in(rows[i].layout ? rows[i].layout : "schema: {fields: [{name: a}]}\n",
                      rows[i].layout ? NULL : "us-ascii", og_str_from(rows[i].file),
                      rows[i].expected, NULL);
}

/* Each row above is one of the documented table, and the other way round. */
static void test_documented(void **state)
{
    FILE *f = fopen(OPSGATE_SOURCE_DIR "/docs/report-verify.md", "r");
    char line[512], begin[128];
    size_t found = 0, there = 0;

    (void)state;
    assert_non_null(f);
    while (fgets(line, sizeof line, f) && strcmp(line, "| theirs | ours |\n") != 0)
        continue;
    while (fgets(line, sizeof line, f) && line[0] == '|') {
        there += strstr(line, "` | `") != NULL;
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
            snprintf(begin, sizeof begin, "| `%s` | `%s`", rows[i].theirs, rows[i].ours);
            found += !strncmp(line, begin, strlen(begin));
        }
    }
    fclose(f);
    assert_int_equal(found, sizeof rows / sizeof rows[0]);
    assert_int_equal(there, found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_errors),
                                       cmocka_unit_test(test_documented)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
