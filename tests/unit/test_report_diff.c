/* Every sort of difference, in both directions and for both ways of reading: exactly the
 * rules expected, and their mirrors the other way round. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/mem.h"
#include "report/diff.h"
#include "report_text.h"

#define FIELD(members) "schema: {fields: [{name: a, " members "}]}"
#define BOUND(type, members) FIELD("type: " type ", constraints: {" members "}")
#define FIELDS(list) "schema: {fields: [" list "]}"
#define A "{name: a}"
#define B "{name: b}"
#define C "{name: c}"
#define D "{name: d}"
#define KEYS(members) "schema: {fields: [" A ", " B ", " C "], " members "}"
#define DIALECT(members) "dialect: {" members "}"

typedef struct change {
    const char *before, *after;
    const char *rules;     /* in order of the alphabet, with blanks between */
    const char *from, *to; /* a rename; NULL: none */
    const char *back;      /* where it is not the mirrors; NULL: they are */
} change;

static const change changes[] = {
    /* fields */
    {FIELDS(A ", " B), FIELDS(A ", " B ", " C), "field-added-last", 0, 0, 0},
    {FIELDS(A ", " B), FIELDS(A ", " B ", " C ", " D),
     "field-added-last field-added-last", 0, 0, 0},
    {FIELDS(A ", " B), FIELDS(A ", " C ", " B), "field-added-inside", 0, 0, 0},
    {FIELDS(A ", " B), FIELDS(C ", " A ", " B), "field-added-inside", 0, 0, 0},
    {FIELDS(A ", " B), FIELDS(A ", " C), "field-added-last field-removed-last", 0, 0, 0},
    {FIELDS(A ", " B), FIELDS(C ", " B), "field-added-inside field-removed-inside", 0, 0,
     0},
    {FIELDS(A ", " B), FIELDS(A ", " C), "field-renamed", "b", "c", 0},
    {FIELDS(A ", " B), FIELDS(C ", " A), "field-moved field-renamed", "b", "c", 0},
    {FIELDS(A ", " B), FIELDS(B ", " A), "field-moved", 0, 0, 0},
    {FIELDS(A ", " B ", " C ", " D), FIELDS(D ", " A ", " B ", " C), "field-moved", 0, 0,
     0},
    {FIELDS(A ", " B ", " C ", " D), FIELDS(B ", " C ", " D), "field-removed-inside", 0,
     0, 0},
    {KEYS("fieldsMatch: exact"), KEYS("fieldsMatch: [equal]"), "fields-match-loosened", 0,
     0, 0},
    {KEYS("fieldsMatch: subset"), KEYS("fieldsMatch: partial"), "fields-match-loosened",
     0, 0, 0},
    {KEYS("fieldsMatch: subset"), KEYS("fieldsMatch: superset"), "fields-match-changed",
     0, 0, 0},
    /* type and format */
    {FIELD("type: integer"), FIELD("type: number"), "type-widened", 0, 0, 0},
    {FIELD("type: date"), FIELD("type: string"), "type-widened", 0, 0, 0},
    {FIELD("type: string"), FIELD("type: any"), "type-widened", 0, 0, 0},
    {FIELD("type: year"), FIELD("type: integer"), "type-widened", 0, 0, 0},
    {FIELD("type: date"), FIELD("type: datetime"), "type-changed", 0, 0, 0},
    {FIELD("type: date"), FIELD("type: string, format: email"), "type-changed", 0, 0, 0},
    {FIELD("type: object"), FIELD("type: geojson"), "type-narrowed", 0, 0, 0},
    {FIELD("type: boolean"), FIELD("type: geojson"), "type-changed", 0, 0, 0},
    {FIELD("type: array"), FIELD("type: object"), "type-changed", 0, 0, 0},
    /* members of one type say nothing beside another type */
    {FIELD("type: integer"), FIELD("type: number, decimalChar: ','"), "type-widened", 0,
     0, 0},
    {FIELD("type: integer, groupChar: ','"), FIELD("type: string"), "type-widened", 0, 0,
     0},
    {FIELD("type: list, delimiter: ';'"), FIELD("type: string"), "type-widened", 0, 0, 0},
    {FIELD("type: boolean, trueValues: [y]"), FIELD("type: string"), "type-widened", 0, 0,
     0},
    {FIELD("type: time"), FIELD("type: time, format: any"), "format-widened", 0, 0, 0},
    {FIELD("type: datetime"), FIELD("type: datetime, format: any"), "format-widened", 0,
     0, 0},
    {FIELD("type: boolean"), FIELD("type: integer"), "type-changed", 0, 0, 0},
    {FIELD("type: string, format: email"), FIELD("type: string"), "format-widened", 0, 0,
     0},
    {FIELD("type: date"), FIELD("type: date, format: any"), "format-widened", 0, 0, 0},
    {FIELD("type: date"), FIELD("type: date, format: '%d/%m/%Y'"), "format-changed", 0, 0,
     0},
    {FIELD("type: string, format: uri"), FIELD("type: string, format: email"),
     "format-changed", 0, 0, 0},
    {FIELD("type: number"), FIELD("type: number, decimalChar: ','"),
     "decimal-char-changed", 0, 0, 0},
    {FIELD("type: integer"), FIELD("type: integer, groupChar: ','"), "group-char-changed",
     0, 0, 0},
    {FIELD("type: number"), FIELD("type: number, bareNumber: false"), "affix-allowed", 0,
     0, 0},
    {FIELD("type: list"), FIELD("type: list, delimiter: ';'"), "list-delimiter-changed",
     0, 0, 0},
    {FIELD("type: list"), FIELD("type: list, itemType: integer"), "item-type-changed", 0,
     0, 0},
    /* constraints */
    {BOUND("string", ""), BOUND("string", "required: true"), "required-added", 0, 0, 0},
    {BOUND("string", ""), BOUND("string", "unique: true"), "unique-added", 0, 0, 0},
    {BOUND("integer", "minimum: 9"), BOUND("integer", "minimum: 10"), "minimum-raised", 0,
     0, 0},
    {BOUND("integer", ""), BOUND("integer", "minimum: 10"), "minimum-raised", 0, 0, 0},
    {BOUND("number", "minimum: 1"), BOUND("number", "exclusiveMinimum: 1"),
     "minimum-raised", 0, 0, 0},
    {BOUND("number", "minimum: 5"), BOUND("number", "minimum: 5, exclusiveMinimum: 3"),
     "", 0, 0, 0},
    {BOUND("number", "minimum: 1"), BOUND("number", "minimum: 1.0"), "", 0, 0, 0},
    {BOUND("date", "maximum: 2021-12-31"), BOUND("date", "maximum: 2020-12-31"),
     "maximum-lowered", 0, 0, 0},
    {BOUND("number", ""), BOUND("number", "exclusiveMaximum: 7"), "maximum-lowered", 0, 0,
     0},
    {BOUND("number", "maximum: 7"), BOUND("number", "exclusiveMaximum: 7"),
     "maximum-lowered", 0, 0, 0},
    {FIELD("type: date, format: '%d/%m/%Y', constraints: {maximum: 31/12/2020}"),
     FIELD("type: date, format: '%d/%m/%Y', constraints: {maximum: 01/01/2021}"),
     "bound-changed", 0, 0, 0},
    {BOUND("datetime", "minimum: '2021-01-01T12:00:00+02:00'"),
     BOUND("datetime", "minimum: '2021-01-01T11:30:00+01:00'"), "bound-changed", 0, 0, 0},
    {BOUND("datetime", "minimum: '2021-01-01T11:30:00Z'"),
     BOUND("datetime", "minimum: '2021-01-01T12:00:00Z'"), "minimum-raised", 0, 0, 0},
    {BOUND("time", "minimum: '11:30:00'"), BOUND("time", "minimum: '12:00:00'"),
     "minimum-raised", 0, 0, 0},
    {BOUND("date", "maximum: 2021-12-31"),
     BOUND("datetime", "maximum: '2021-12-31T00:00:00'"), "bound-changed type-changed", 0,
     0, 0},
    {FIELD("type: date, constraints: {maximum: 2020-12-31}"),
     FIELD("type: date, format: '%Y/%m/%d', constraints: {maximum: 2021/12/31}"),
     "bound-changed format-changed", 0, 0, 0},
    {BOUND("duration", "maximum: P1D"), BOUND("duration", "maximum: P2D"),
     "bound-changed", 0, 0, 0},
    {BOUND("string", "minLength: 1"), BOUND("string", "minLength: 2"),
     "min-length-raised", 0, 0, 0},
    {BOUND("string", ""), BOUND("string", "maxLength: 2"), "max-length-lowered", 0, 0, 0},
    {BOUND("string", ""), BOUND("string", "minLength: 0"), "", 0, 0, 0},
    {BOUND("string", ""), BOUND("string", "pattern: x+"), "pattern-added", 0, 0, 0},
    {BOUND("string", "pattern: x*"), BOUND("string", "pattern: x+"), "pattern-changed", 0,
     0, 0},
    {BOUND("object", ""), BOUND("object", "jsonSchema: {type: object}"),
     "json-schema-added", 0, 0, 0},
    {BOUND("object", "jsonSchema: {}"), BOUND("object", "jsonSchema: {type: object}"),
     "json-schema-changed", 0, 0, 0},
    /* codes */
    {BOUND("string", ""), BOUND("string", "enum: [x]"), "code-list-added", 0, 0, 0},
    {BOUND("string", "enum: [x]"), BOUND("string", "enum: [x, y, z]"),
     "code-added code-added", 0, 0, 0},
    {BOUND("string", "enum: [x, y]"), BOUND("string", "enum: [x, z]"),
     "code-added code-removed", 0, 0, 0},
    {BOUND("string", "enum: [x, y]"), BOUND("string", "enum: [y, x]"), "codes-reordered",
     0, 0, 0},
    {BOUND("string", "enum: [a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12, "
                     "a13, a14, a15, a16, a17, a18]"),
     BOUND("string", "enum: [a02, a01, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12, "
                     "a13, a14, a15, a16, a17, a19]"),
     "code-added code-removed", 0, 0, 0},
    {FIELD("type: string, categories: [x]"),
     FIELD("type: string, categories: [x, {value: y, label: Y}]"), "code-added", 0, 0, 0},
    {FIELD("type: string, categories: [{value: x, label: X}, y]"),
     FIELD("type: string, categories: [y, {value: x, label: Z}]"),
     "code-label-changed codes-reordered", 0, 0, 0},
    {FIELD("type: string, categories: [x]"),
     FIELD("type: string, categories: [{value: x, label: X}]"), "code-label-changed", 0,
     0, 0},
    {FIELD("type: string, categories: [x, y], categoriesOrdered: true"),
     FIELD("type: string, categories: [y, x], categoriesOrdered: true"),
     "code-order-changed", 0, 0, 0},
    {FIELD("type: string, categories: [x, y]"),
     FIELD("type: string, categories: [x, y], categoriesOrdered: true"),
     "code-order-changed", 0, 0, 0},
    {FIELD("type: string, categories: [x, y], categoriesOrdered: true"),
     FIELD("type: string, categories: [y, x]"), "code-order-changed codes-reordered", 0,
     0, 0},
    {FIELD("type: boolean, trueValues: [y]"), FIELD("type: boolean, trueValues: [y, Y]"),
     "boolean-value-added", 0, 0, 0},
    {FIELD("type: boolean, falseValues: [n]"),
     FIELD("type: boolean, falseValues: [n, N]"), "boolean-value-added", 0, 0, 0},
    {FIELD("type: boolean, trueValues: [y], falseValues: [n]"),
     FIELD("type: boolean, trueValues: [n], falseValues: [y]"),
     "boolean-value-added boolean-value-added boolean-value-removed "
     "boolean-value-removed",
     0, 0, 0},
    /* missing values */
    {KEYS("missingValues: ['']"), KEYS("missingValues: ['', n/a]"), "missing-value-added",
     0, 0, 0},
    {FIELD("type: string"), FIELD("type: string, missingValues: ['', '-']"),
     "missing-value-added", 0, 0, 0},
    {FIELD("type: string"), FIELD("type: string, missingValues: ['']"), "", 0, 0, 0},
    /* meaning */
    {FIELD("type: number"), FIELD("type: number, unit: kW"), "unit-added", 0, 0, 0},
    {FIELD("type: number, unit: kW"), FIELD("type: number, unit: kWh"), "unit-changed", 0,
     0, 0},
    {FIELD("rdfType: 'http://x/y'"), FIELD("rdfType: 'http://x/z'"), "rdf-type-changed",
     0, 0, 0},
    {FIELD("type: string"), FIELD("type: string, description: the device"),
     "description-changed", 0, 0, 0},
    {"definition: as of midnight", "definition: as of noon", "definition-changed", 0, 0,
     0},
    {FIELD("type: string"), FIELD("type: string, 'x:colour': red"), "property-changed", 0,
     0, 0},
    {FIELD("type: string"), FIELD("type: string, title: T"), "field-title-changed", 0, 0,
     0},
    {FIELD("type: string, example: p"), FIELD("type: string, example: q"), "note-changed",
     0, 0, 0},
    {KEYS("missingValues: ['']"), KEYS("description: as of midnight"),
     "definition-changed", 0, 0, 0},
    {KEYS("title: p, name: q"), KEYS("name: q, title: r"), "note-changed", 0, 0, 0},
    {KEYS("title: p, name: q"), KEYS("name: q, title: p"), "", 0, 0, 0},
    /* keys */
    {KEYS("missingValues: ['']"), KEYS("primaryKey: a"), "primary-key-added", 0, 0, 0},
    {KEYS("primaryKey: a"), KEYS("primaryKey: b"), "primary-key-changed", 0, 0, 0},
    {KEYS("primaryKey: [a, b]"), KEYS("primaryKey: [b, a]"), "primary-key-reordered", 0,
     0, 0},
    {"schema: {fields: [" A "], primaryKey: a}",
     "schema: {fields: [" B "], primaryKey: b}", "field-renamed", "a", "b", 0},
    {KEYS("uniqueKeys: [[a]]"), KEYS("uniqueKeys: [[a], [b, c]]"), "unique-key-added", 0,
     0, 0},
    {KEYS("uniqueKeys: [[a, b]]"), KEYS("uniqueKeys: [[b, a]]"), "", 0, 0, 0},
    {KEYS("missingValues: ['']"),
     KEYS("foreignKeys: [{fields: a, reference: {resource: x, fields: y}}]"),
     "foreign-key-added", 0, 0, 0},
    /* header and dialect */
    {DIALECT("header: false"), DIALECT("header: true"), "header-added", 0, 0, 0},
    {DIALECT("headerRows: [1]"), DIALECT("headerRows: [2]"), "header-row-changed", 0, 0,
     0},
    {DIALECT("delimiter: ','"), DIALECT("delimiter: ';'"), "delimiter-changed", 0, 0, 0},
    {DIALECT("quoteChar: '\"'"), DIALECT("quoteChar: \"'\""), "quote-changed", 0, 0, 0},
    {DIALECT("quoteChar: '\"'"), DIALECT("quoteChar: null"), "quote-changed", 0, 0, 0},
    {DIALECT("quoteChar: null"), DIALECT("quoteChar: '\"', doubleQuote: false"),
     "quote-changed", 0, 0, 0},
    {DIALECT("doubleQuote: true"), DIALECT("doubleQuote: false"), "double-quote-changed",
     0, 0, 0},
    {DIALECT("header: true"), DIALECT("escapeChar: '\\'"), "escape-changed", 0, 0, 0},
    {DIALECT("header: true"), DIALECT("commentChar: '#'"), "comment-changed", 0, 0, 0},
    {DIALECT("header: true"), DIALECT("commentRows: [3, 4]"), "comment-changed", 0, 0, 0},
    {DIALECT("header: true"), DIALECT("nullSequence: '\\N'"), "null-sequence-changed", 0,
     0, 0},
    {DIALECT("header: true"), DIALECT("skipInitialSpace: true"), "initial-space-changed",
     0, 0, 0},
    {DIALECT("header: true"), DIALECT("'x:ours': 1"), "dialect-property-changed", 0, 0,
     0},
    {DIALECT("header: true"), DIALECT("caseSensitiveHeader: false"),
     "dialect-property-changed", 0, 0, 0},
    {KEYS("missingValues: ['']"), KEYS("'x:ours': 1"), "dialect-property-changed", 0, 0,
     0},
    {DIALECT("header: true"), DIALECT("name: ours"), "note-changed", 0, 0, 0},
    {DIALECT("header: true"), DIALECT("delimiter: ','"), "", 0, 0, 0},
    /* the file */
    {"file: {name: x.csv, encoding: US-ASCII}", "file: {name: x.csv, encoding: UTF8}",
     "encoding-widened", 0, 0, 0},
    {"file: {name: x.csv, encoding: us-ascii}",
     "file: {name: x.csv, encoding: iso-8859-1}", "encoding-widened", 0, 0, 0},
    {"file: {name: x.csv, encoding: us-ascii}", "file: {name: x.csv, encoding: utf-16}",
     "encoding-changed", 0, 0, 0},
    {"file: {name: x.csv}", "file: {name: x.csv, encoding: utf-16}", "encoding-changed",
     0, 0, 0},
    {"file: {name: x.csv}", "file: {name: x.csv, line_ending: crlf}",
     "line-ending-changed", 0, 0, 0},
    {"file: {name: x.csv}", "file: {name: y.csv}", "file-name-changed", 0, 0, 0},
    {"file: {name: x.csv}", "file: {name: x.csv, encoding: utf-8, line_ending: lf}", "",
     0, 0, 0},
    {"owner: DCC", "sorted_by: [a]", "sort-added", 0, 0, 0},
    {"sorted_by: [a]", "sorted_by: [a, -b]", "sort-refined", 0, 0, 0},
    {"sorted_by: [b]\n" FIELDS(A ", " B), "sorted_by: [a]\n" FIELDS(A),
     "field-removed-last sort-changed", 0, 0, 0},
    {"sorted_by: [a]", "sorted_by: [-a]", "sort-changed", 0, 0, 0},
    {"reading: positional", "reading: by_name", "reading-changed", 0, 0, 0},
    {"frequency: weekly", "frequency: daily", "frequency-changed", 0, 0, 0},
    {"owner: DCC", "transport: SFTP", "transport-changed", 0, 0, 0},
    /* terms */
    {"recipients: [{role: dno}]", "recipients: [{role: dno}, {role: gdn}]",
     "recipient-added", 0, 0, 0},
    {"owner: DCC", "owner: SECAS", "owner-changed", 0, 0, 0},
    {"owner: DCC", "consult: TBDG", "consult-changed", 0, 0, 0},
    {"notice: {breaking: 20 working_days, compatible: 10 working_days}",
     "notice: {breaking: 30 working_days, compatible: 10 working_days}",
     "notice-lengthened", 0, 0, 0},
    {"notice: {breaking: 20 working_days, compatible: 10 working_days}",
     "notice: {breaking: 20 days, compatible: 20 days}", "notice-changed notice-changed",
     0, 0, 0},
    {"served_by: {breaking: transport}", "served_by: {breaking: ack}",
     "proof-strengthened", 0, 0, 0},
    {"served_by: {compatible: transport}", "served_by: {compatible: ack}",
     "proof-strengthened", 0, 0, 0},
    {"served_by: {breaking: ack}", "served_by: {compatible: transport}", "", 0, 0, 0},
    {"title: One", "title: Another", "title-changed", 0, 0, 0},
    {"owner: DCC", "note: a remark", "note-changed", 0, 0, 0},
    {"version: 1.0.0", "version: 2.0.0", "", 0, 0, 0},
};

static model_kinds kinds;
static og_arena kinds_arena;
static bool covered[REPORT_RULE_COUNT];

static void read_whole(og_arena *arena, const char *text, report_layout *ret)
{
    og_diags diags = {0};
    const model_record *r = read_version(arena, &kinds, text, &diags);

    if (r)
        assert_int_equal(report_layout_read(r, arena, &diags, ret, NULL), OG_OK);
    if (!r || diags.errors > 0) {
        for (size_t i = 0; i < diags.count; i++)
            printf("%.*s\n", OG_FMT(diags.items[i].text));
        fail_msg("unreadable: %s", text);
    }
    og_diags_done(&diags);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void join_sorted(const char **ids, size_t count, char *out)
{
    qsort(ids, count, sizeof *ids, by_text);
    *out = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            strcat(out, " ");
        strcat(out, ids[i]);
    }
}

/* What the mirrors of the rules named would read. */
static void mirror_of(const char *rules, char *out)
{
    char copy[512];
    const char *ids[16];
    size_t count = 0;

    snprintf(copy, sizeof copy, "%s", rules);
    for (char *id = strtok(copy, " "); id; id = strtok(NULL, " "))
        for (size_t i = 0; i < REPORT_RULE_COUNT; i++)
            if (!strcmp(report_rules[i].id, id))
                ids[count++] = report_rules[report_rules[i].mirror].id;
    join_sorted(ids, count, out);
}

static void check(const report_layout *from, const report_layout *to,
                  const report_renames *renames, const char *expected, const char *what)
{
    og_arena arena = {0};
    report_differences d;
    const char *ids[16];
    char found[512];

    assert_int_equal(report_compare(from, to, renames, &arena, &d, NULL), OG_OK);
    assert_true(d.count <= 16);
    for (size_t i = 0; i < d.count; i++) {
        const report_rule *rule = d.items[i].rule;
        ids[i] = rule->id;
        covered[rule - report_rules] = true;
        assert_int_equal(d.items[i].weight, rule->classes[from->reading]);
        assert_int_equal(strlen(d.items[i].fingerprint), 33);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(d.items[i].fingerprint, d.items[j].fingerprint);
    }
    join_sorted(ids, d.count, found);
    if (strcmp(found, expected) != 0)
        fail_msg("%s: '%s', expected '%s'", what, found, expected);
    og_arena_done(&arena);
}

static void matrix(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        const change *c = &changes[i];
        og_arena arena = {0};
        report_layout before, after;
        og_str from = og_str_from(c->from), to = og_str_from(c->to);
        report_renames forth = {&from, &to, c->from != NULL};
        report_renames back = {&to, &from, c->from != NULL};
        char mirrored[512];

        read_whole(&arena, c->before, &before);
        read_whole(&arena, c->after, &after);
        mirror_of(c->rules, mirrored);
        bool names_reading = before.reading != after.reading;
        for (int reading = 0; reading < 2; reading++) {
            if (!names_reading)
                before.reading = after.reading = (report_reading)reading;
            check(&before, &after, &forth, c->rules, c->after);
            check(&after, &before, &back, c->back ? c->back : mirrored, c->before);
            check(&before, &before, NULL, "", c->before);
        }
        og_arena_done(&arena);
    }
    for (size_t i = 0; i < REPORT_RULE_COUNT; i++)
        if (!covered[i])
            fail_msg("no change shows '%s'", report_rules[i].id);
}

static void renames_must_hold(void **state)
{
    static const og_str from[] = {{"a", 1}, {"x", 1}, {"b", 1}};
    static const og_str to[] = {{"c", 1}, {"d", 1}, {"b", 1}};
    og_arena arena = {0};
    report_layout before, after;

    (void)state;
    read_whole(&arena, FIELDS(A ", " B), &before);
    read_whole(&arena, FIELDS(C ", " B), &after);
    report_renames good = {from, to, 1}, bad = {from, to, 3},
                   still = {from + 2, to + 2, 1};
    assert_true(report_renames_wrong(&good, &before, &after) == SIZE_MAX);
    assert_int_equal(report_renames_wrong(&bad, &before, &after), 1);
    assert_int_equal(report_renames_wrong(&still, &before, &after), 0);
    og_arena_done(&arena);
}

static const report_difference *only(const report_differences *d)
{
    assert_int_equal(d->count, 1);
    return &d->items[0];
}

static void compare_texts(og_arena *arena, const char *before, const char *after,
                          report_differences *ret)
{
    report_layout *l = og_arena_alloc(arena, 2 * sizeof *l);

    read_whole(arena, before, &l[0]);
    read_whole(arena, after, &l[1]);
    assert_int_equal(report_compare(&l[0], &l[1], NULL, arena, ret, NULL), OG_OK);
}

static void values_are(const char *before, const char *after, const char *part,
                       const char *was, const char *is)
{
    og_arena arena = {0};
    report_differences d;

    compare_texts(&arena, before, after, &d);
    const report_difference *one = only(&d);
    assert_true(og_str_is(one->part, part));
    assert_int_equal(one->has_before, was != NULL);
    assert_int_equal(one->has_after, is != NULL);
    if ((was && !og_str_is(one->before, was)) || (is && !og_str_is(one->after, is)))
        fail_msg("'%.*s' and '%.*s'", OG_FMT(one->before), OG_FMT(one->after));
    og_arena_done(&arena);
}

/* What a finding says of before and after, and its fingerprint with it. */
static void says_what_was_and_what_is(void **state)
{
    (void)state;
    values_are(BOUND("number", "minimum: 1"), BOUND("number", "exclusiveMinimum: 2"), "",
               "1", "exclusive 2");
    values_are(BOUND("number", "exclusiveMaximum: 2"), BOUND("number", ""), "",
               "exclusive 2", NULL);
    values_are(BOUND("duration", "maximum: P1D"), BOUND("duration", "maximum: P2D"),
               "maximum", "P1D", "P2D");
    values_are(BOUND("string", ""), BOUND("string", "maxLength: 2"), "", NULL, "2");
    values_are("reading: positional", "reading: by_name", "", "positional", "by_name");
    values_are("recipients: [{category: gas_networks, role: dno}]",
               "recipients: [{category: gas_networks, role: dno}, {party: UKPN}]", "",
               NULL, "party UKPN");
    values_are("notice: {breaking: 20 working_days, compatible: 10 working_days}",
               "notice: {breaking: 30 working_days, compatible: 10 working_days}",
               "notice.breaking", "20 working_days", "30 working_days");
    values_are(FIELD("type: string, categories: [{value: x, label: X}]"),
               FIELD("type: string, categories: [x]"), "x", "X", NULL);
}

/* The same change under other words and numbers is the same; another value is not. */
static void fingerprints_follow_the_change(void **state)
{
    og_arena arena = {0};
    report_differences x, y, z, w;

    (void)state;
    compare_texts(&arena, BOUND("string", "enum: [p]"), BOUND("string", "enum: [p, q]"),
                  &x);
    compare_texts(&arena, "version: 3.0.0\n" BOUND("string", "enum: [p]"),
                  "version: 4.0.0\n" BOUND("string", "enum: [q, p]"), &y);
    compare_texts(&arena, BOUND("string", "enum: [p]"), BOUND("string", "enum: [p, r]"),
                  &z);
    compare_texts(&arena, "report: R-2\n" BOUND("string", "enum: [p]"),
                  BOUND("string", "enum: [p, q]"), &w);
    const char *print = only(&x)->fingerprint;
    assert_string_equal(print, only(&y)->fingerprint);
    assert_string_not_equal(print, only(&z)->fingerprint);
    assert_string_not_equal(print, only(&w)->fingerprint);
    assert_int_equal(print[0], 'f');
    assert_true(report_difference_is(&x.items[0], (og_str){print, 13}));
    assert_true(report_difference_is(&x.items[0], (og_str){print, 33}));
    assert_false(report_difference_is(&x.items[0], (og_str){print, 12}));
    assert_false(report_difference_is(&x.items[0], (og_str){print, 0}));
    og_arena_done(&arena);
}

static void touches_whom_it_concerns(void **state)
{
    static const og_str a[] = {{"a", 1}}, b[] = {{"b", 1}}, other[] = {{"d", 1}};
    const report_words uses_b = {b, 1};
    const report_renames a_to_b = {a, b, 1}, b_to_a = {b, a, 1}, a_to_d = {a, other, 1};
    report_layout before, after;
    og_arena arena = {0};
    report_differences d;

    (void)state;
    compare_texts(&arena, FIELDS(A ", " B), FIELDS(A ", " B ", " C), &d);
    assert_false(report_difference_touches(only(&d), &uses_b, REPORT_POSITIONAL));
    compare_texts(&arena, FIELDS(A ", " B), FIELDS(C ", " A ", " B), &d);
    assert_true(report_difference_touches(only(&d), &uses_b, REPORT_POSITIONAL));
    assert_false(report_difference_touches(only(&d), &uses_b, REPORT_BY_NAME));
    compare_texts(&arena, FIELDS(A ", " B), FIELDS(A), &d);
    assert_true(report_difference_touches(only(&d), &uses_b, REPORT_BY_NAME));
    compare_texts(&arena, "frequency: weekly", "frequency: daily", &d);
    assert_true(report_difference_touches(only(&d), &uses_b, REPORT_BY_NAME));
    compare_texts(&arena, KEYS("missingValues: ['']"), KEYS("missingValues: ['', x]"),
                  &d);
    assert_true(report_difference_touches(only(&d), &uses_b, REPORT_BY_NAME));
    compare_texts(&arena, FIELDS(A ", " B), FIELDS("{name: a, example: x}, " B), &d);
    assert_true(report_difference_touches(only(&d), &uses_b, REPORT_BY_NAME));
    /* under its old name as under its new one */
    read_whole(&arena, FIELDS(A ", " C), &before);
    read_whole(&arena, FIELDS(B ", " C), &after);
    assert_int_equal(report_compare(&before, &after, &a_to_b, &arena, &d, NULL), OG_OK);
    assert_true(report_difference_touches(only(&d), &uses_b, REPORT_BY_NAME));
    assert_int_equal(report_compare(&after, &before, &b_to_a, &arena, &d, NULL), OG_OK);
    assert_true(report_difference_touches(only(&d), &uses_b, REPORT_BY_NAME));
    read_whole(&arena, FIELDS(A ", " C), &before);
    read_whole(&arena, FIELDS(D ", " C), &after);
    assert_int_equal(report_compare(&before, &after, &a_to_d, &arena, &d, NULL), OG_OK);
    assert_false(report_difference_touches(only(&d), &uses_b, REPORT_BY_NAME));
    og_arena_done(&arena);
}

static const char *wide(og_arena *arena, int columns, int stride)
{
    og_buf out = {0};

    og_buf_puts(&out, "schema:\n  fields:\n");
    for (int i = 0; i < columns; i++)
        og_buf_printf(&out,
                      "    - {name: column_%d, type: string, constraints: {enum: [p%d, "
                      "q%d, r], maxLength: %d}}\n",
                      i * stride % columns, i, i * stride, i + 10);
    og_str text = og_arena_str(arena, og_buf_str(&out));
    og_buf_done(&out);
    return text.p;
}

/* Nothing is quadratic: a thousand columns in another order with other constraints. */
static void wide_reports_are_quick(void **state)
{
    og_arena arena = {0};
    report_layout before, after;
    report_differences d;

    (void)state;
    read_whole(&arena, wide(&arena, 1000, 1), &before);
    read_whole(&arena, wide(&arena, 1000, 7), &after);
    clock_t start = clock();
    assert_int_equal(report_compare(&before, &after, NULL, &arena, &d, NULL), OG_OK);
    double ms = (double)(clock() - start) * 1e3 / CLOCKS_PER_SEC;
    assert_true(d.count > 3000);
    print_message("%zu differences in %.2f ms\n", d.count, ms);
    assert_true(ms < 100); /* a build with sanitizers, on a busy machine */
    og_arena_done(&arena);
}

/* Each allocation fails in turn: the failure is reported, and never a shorter list. */
static void lack_of_memory_is_reported(void **state)
{
    static const char *const texts[] = {
        "recipients: [{role: dno}]\ntransport: SFTP\n" KEYS(
            "primaryKey: [a], uniqueKeys: [[b]]"),
        "recipients: [{role: gdn}]\nsorted_by: [c]\n" KEYS(
            "primaryKey: [b], missingValues: [x]")};
    og_arena layouts = {0};
    report_layout before, after;
    size_t expected = 0, failures = 0;
    int rc = OG_E_NOMEM;

    (void)state;
    read_whole(&layouts, texts[0], &before);
    read_whole(&layouts, texts[1], &after);
    for (long n = -1; n <= 0 || rc != OG_OK; n++) {
        og_arena arena = {0};
        report_differences d = {0};
        og_error err = {0};
        og_mem_fail_at(n);
        rc = report_compare(&before, &after, NULL, &arena, &d, &err);
        og_mem_fail_at(-1);
        if (n == -1)
            expected = d.count;
        if (rc == OG_OK)
            assert_int_equal(d.count, expected);
        else
            assert_int_equal(rc, OG_E_NOMEM);
        og_error_done(&err);
        og_arena_done(&arena);
        assert_true(n < 10000);
        failures += rc != OG_OK;
    }
    assert_true(expected > 4 && failures > 10);
    og_arena_done(&layouts);
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matrix),
        cmocka_unit_test(renames_must_hold),
        cmocka_unit_test(says_what_was_and_what_is),
        cmocka_unit_test(fingerprints_follow_the_change),
        cmocka_unit_test(touches_whom_it_concerns),
        cmocka_unit_test(lack_of_memory_is_reported),
        cmocka_unit_test(wide_reports_are_quick),
    };
    return cmocka_run_group_tests(tests, load_kinds, free_kinds);
}
