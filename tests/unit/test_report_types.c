/* Every type of Table Schema 2.0 with every constraint, then every format and property of
 * each type: cells that are fine and cells that are not. */
#include "report_check.h"

#include <stdio.h>

#include "report/column.h"

/* ---- Type by constraint ---- */

typedef struct type_row {
    const char *type;
    const char *low, *high; /* values; high is more, longer, and of another pattern */
    const char *none;       /* not a value; NULL: all texts are */
    bool bounds, lengths;
    unsigned low_length; /* where there are lengths; high's is more */
    const char *pattern; /* low's; NULL: the type has none */
    bool json;
} type_row;

static const type_row types[] = {
    {"string", "ab", "bcd", NULL, false, true, 2, "a.*", false},
    {"number", "1.5", "10.25", "x", true, false, 0, "1\\.5", false},
    {"integer", "2", "10", "2.5", true, false, 0, "2", false},
    {"boolean", "false", "true", "yes", false, false, 0, NULL, false},
    {"object", "{\"a\":1}", "{\"a\":1,\"b\":2}", "[1]", false, true, 1, NULL, true},
    {"array", "[1]", "[1,2]", "{}", false, true, 1, NULL, true},
    {"list", "a", "a,b", NULL, false, true, 1, NULL, false},
    {"datetime", "2021-10-05T17:00:00Z", "2021-10-05T17:00:00-01:00", "2021-10-05", true,
     false, 0, NULL, false},
    {"date", "2021-10-05", "2021-11-04", "2021-02-29", true, false, 0, NULL, false},
    {"time", "09:00:00", "10:00:00", "9:00", true, false, 0, NULL, false},
    {"year", "2021", "2022", "21", true, false, 0, NULL, false},
    {"yearmonth", "2021-09", "2021-10", "2021-13", true, false, 0, NULL, false},
    {"duration", "PT90S", "PT2M", "2M", true, false, 0, NULL, false},
    {"geopoint", "0, 1", "90.50,45.50", "0, 91", false, false, 0, NULL, false},
    {"geojson", "{\"type\":\"Point\",\"coordinates\":[0,1]}",
     "{\"type\":\"Point\",\"coordinates\":[2,1]}", "{\"type\":\"Pt\"}", false, false, 0,
     NULL, false},
    {"any", "ab", "bcd", NULL, true, true, 2, "a.*", true},
};

/* One field with the constraint; the value quoted as YAML. NULL: no such constraint, and
 * the layout must say so. */
static void check_constraint(const type_row *t, const char *constraint, const char *value,
                             const char *cell, const char *expected)
{
    char yaml[512], file[256];

    snprintf(yaml, sizeof yaml,
             "schema: {fields: [{name: f, type: %s, constraints: {%s: %s}}]}\n"
             "dialect: {header: false, delimiter: '|', quoteChar: null}\n",
             t->type, constraint, value);
    snprintf(file, sizeof file, "%s\n", cell);
    check_file(yaml, file, expected);
}

static void check_refused(const type_row *t, const char *constraint, const char *value)
{
    og_arena arena = {0};
    report_layout layout;
    char yaml[512];

    snprintf(yaml, sizeof yaml,
             "schema: {fields: [{name: f, type: %s, constraints: {%s: %s}}]}\n", t->type,
             constraint, value);
    const char *code = read_layout(&arena, yaml, &layout);
    if (!code || strcmp(code, "report-constraint") != 0)
        fail_msg("%s with %s: %s", t->type, constraint, code ? code : "is let pass");
    og_arena_done(&arena);
}

static const char *quoted(const char *value)
{
    static char text[2][128];
    static int turn;

    turn = !turn;
    snprintf(text[turn], sizeof text[turn], "'%s'", value);
    return text[turn];
}

static void check_bounds(const type_row *t)
{
    static const struct {
        const char *name;
        bool at_low; /* the bound is the low value */
        const char *low, *high;
    } rows[] = {{"minimum", true, "", ""},
                {"minimum", false, "minimum@1.1", ""},
                {"maximum", true, "", "maximum@1.1"},
                {"maximum", false, "", ""},
                {"exclusiveMinimum", true, "minimum@1.1", ""},
                {"exclusiveMaximum", false, "", "maximum@1.1"}};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *bound = quoted(rows[i].at_low ? t->low : t->high);
        if (!t->bounds) {
            check_refused(t, rows[i].name, bound);
            continue;
        }
        check_constraint(t, rows[i].name, bound, t->low, rows[i].low);
        check_constraint(t, rows[i].name, bound, t->high, rows[i].high);
    }
}

static void check_lengths(const type_row *t)
{
    char same[16], more[16];

    snprintf(same, sizeof same, "%u", t->low_length);
    snprintf(more, sizeof more, "%u", t->low_length + 1);
    if (!t->lengths) {
        check_refused(t, "minLength", "1");
        check_refused(t, "maxLength", "1");
        return;
    }
    check_constraint(t, "minLength", same, t->low, "");
    check_constraint(t, "minLength", more, t->low, "min-length@1.1");
    check_constraint(t, "minLength", more, t->high, "");
    check_constraint(t, "maxLength", same, t->low, "");
    check_constraint(t, "maxLength", same, t->high, "max-length@1.1");
}

static void check_rest(const type_row *t)
{
    char file[256], one[128];

    check_constraint(t, "required", "false", t->low, "");
    check_constraint(t, "required", "true", t->low, "");
    snprintf(one, sizeof one, "[%s]", quoted(t->low));
    check_constraint(t, "enum", one, t->low, "");
    check_constraint(t, "enum", one, t->high, "enum@1.1");
    snprintf(file, sizeof file, "%s\n%s\n%s", t->low, t->high, t->low);
    check_constraint(t, "unique", "true", file, "unique@3.1");
    check_constraint(t, "unique", "false", file, "");
    if (t->none)
        check_constraint(t, "unique", "false", t->none, "type@1.1");
    if (t->pattern) {
        check_constraint(t, "pattern", quoted(t->pattern), t->low, "");
        check_constraint(t, "pattern", quoted(t->pattern), t->high, "pattern@1.1");
    } else {
        check_refused(t, "pattern", "a");
    }
    if (t->json)
        check_constraint(t, "jsonSchema", "{}", t->low,
                         " unchecked: constraints in JSON Schema");
    else
        check_refused(t, "jsonSchema", "{}");
}

static void test_constraints(void **state)
{
    (void)state;
    assert_int_equal(sizeof types / sizeof types[0], REPORT_TYPE_COUNT);
    for (size_t i = 0; i < REPORT_TYPE_COUNT; i++) {
        char yaml[256];
        assert_string_equal(types[i].type, report_type_name((report_type)i));
        check_bounds(&types[i]);
        check_lengths(&types[i]);
        check_rest(&types[i]);
        snprintf(yaml, sizeof yaml,
                 "schema: {fields: [{name: f, type: %s, constraints: {required: true}},\n"
                 "                  {name: g}]}\n",
                 types[i].type);
        check_file(yaml, "f,g\n,x\n", "required@2.1");
    }
}

/* ---- Formats and properties ---- */

/* The rule the cell breaks; "missing"; or "fine". */
static const char *outcome(const char *field, const char *cell)
{
    og_arena arena = {0};
    report_layout layout;
    column c;
    column_work work = {.arena = &arena};
    verify_rule rule = VERIFY_FINE;
    bool missing = false;
    cell_value value;
    char yaml[512];

    snprintf(yaml, sizeof yaml, "schema: {fields: [{name: f, %s}]}\n", field);
    const char *wrong = read_layout(&arena, yaml, &layout);
    if (wrong)
        fail_msg("%s: %s", field, wrong);
    assert_int_equal(column_make(&layout.fields[0], &layout.dialect, &arena, &c, NULL),
                     OG_OK);
    assert_int_equal(
        column_check(&c, &work, og_str_from(cell), &rule, &missing, &value, NULL), OG_OK);
    column_work_done(&work);
    og_arena_done(&arena);
    return rule == VERIFY_FINE && missing ? "missing" : verify_rule_name(rule);
}

/* Cells with a space between; "|" before those that break `type`. */
static const struct {
    const char *field, *cells;
} formats[] = {
    {"type: string, format: email", "a@b.example | a@b a"},
    {"type: string, format: uri", "https://a.example/b urn:x:y | a/b //x"},
    {"type: string, format: binary", "aGk= aGkh | aGk a*b="},
    {"type: string, format: uuid",
     "95ecc380-afe9-11e4-9b6c-751b66dd541e | 95ecc380afe911e49b6c751b66dd541e"},
    {"type: number",
     "-1.23 12678967.543233 +100000.00 210 .5 5. 1E5 1e-3 NaN nan INF -inf"
     " | 1,5 1e 1.2.3 $5 5% +NaN"},
    {"type: number, decimalChar: ',', groupChar: '.'", "1.234,5 1,5 | 1,234.5 .1 1..2"},
    {"type: number, groupChar: ','", "100,000 1,0 100,000.5 | 1,,0 ,1 1,"},
    {"type: number, bareNumber: false", "95% EUR95.5 $-3 | none %"},
    {"type: integer", "0 -7 +7 007 123456789012345678901234567890 | 1.0 1e3 1_000 0x1"},
    {"type: integer, groupChar: ' '", "1 | 1.0"},
    {"type: integer, groupChar: ','", "100,000 1 | 1,,0"},
    {"type: integer, bareNumber: false", "95% | none"},
    {"type: boolean", "true True TRUE 1 false False FALSE 0 | yes tRUE t 2"},
    {"type: boolean, trueValues: [y], falseValues: [n]", "y n | true 1 Y"},
    {"type: object", "{} {\"a\":{}} | [] {a:1} null 1"},
    {"type: array", "[] [1,{}] | {} [1,] null"},
    {"type: list", "a a,b , |"},
    {"type: list, delimiter: ;, itemType: integer", "1 1;2 | 1,2 1; x"},
    {"type: list, itemType: number", "1,2.5 | 1,x"},
    {"type: list, itemType: boolean", "true,0 | true,yes"},
    {"type: list, itemType: date", "2021-10-05,2021-10-06 | 2021-10-05,2021-10-32"},
    {"type: list, itemType: time", "09:00:00 | 09:00"},
    {"type: list, itemType: datetime", "2021-10-05T09:00:00Z | 2021-10-05"},
    {"type: list, itemType: string", "a,1 |"},
    {"type: datetime", "2024-01-26T15:00:00 2024-01-26T15:00:00.300-05:00"
                       " 2024-01-26T15:00:00Z | 2024-01-26 2024-01-26t15:00:00"
                       " 2024-01-26T15:00 2024-01-26T15:00:00-0500 2024-02-30T15:00:00"},
    {"type: datetime, format: '%d/%m/%Y_%H:%M:%S'",
     "12/11/2018_09:15:32 | 2018-11-12T09:15:32 12/13/2018_09:15:32"},
    {"type: datetime, format: 'fmt:%d/%m/%Y_%H:%M'", "12/11/2018_09:15 | fmt:12"},
    {"type: datetime, format: any", "2024-01-26T15:00:00 | 26/01/2024"},
    {"type: date", "2024-01-26 2024-02-29 | 2023-02-29 2024-1-26 26/01/2024 20240126"},
    {"type: date, format: '%d/%m/%y'", "26/01/24 | 26/01/2024 2024-01-26"},
    {"type: date, format: any", "2024-01-26 | January"},
    {"type: time", "15:00:00 00:00:00 | 15:00 24:00:00 15:00:00Z 15:00:00.5 15:60:00"},
    {"type: time, format: '%H%M'", "1500 | 15:00"},
    {"type: time, format: any", "15:00:00 | noon"},
    {"type: year", "2021 0001 -0044 | 21 20211 +2021 MMXXI"},
    {"type: yearmonth", "2021-10 | 2021 2021-1 2021-00 2021-10-05"},
    {"type: duration", "P1Y2M3DT10H30M1.5S -P120D PT0S | P P1YT P1S 1Y P1M2Y P2W P-1Y"},
    {"type: geopoint", "90.50,45.50 -180,90 | 181,0 0,91 [90,45] 90 a,b 1,2,3"},
    {"type: geopoint, format: array",
     "[90.50,45.50] | 90,45 [1] [1,2,3] [1,\"2\"] [181,0]"},
    {"type: geopoint, format: object",
     "{\"lon\":90.5,\"lat\":45} | [90,45] {\"lon\":1} {\"lon\":1,\"lat\":2,\"x\":3}"
     " {\"lon\":1,\"lat\":\"2\"} {\"lon\":1,\"lat\":91}"},
    {"type: any", "a 1 {} |"},
    {"title: no type", "a 1 {} |"},
};

static void test_formats(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        const char *expected = "fine";
        char cells[512], *rest = NULL;
        snprintf(cells, sizeof cells, "%s", formats[i].cells);
        for (char *cell = strtok_r(cells, " ", &rest); cell;
             cell = strtok_r(NULL, " ", &rest)) {
            if (!strcmp(cell, "|"))
                expected = "type";
            else if (strcmp(outcome(formats[i].field, cell), expected) != 0)
                fail_msg("%s: '%s' is not %s: %s", formats[i].field, cell, expected,
                         outcome(formats[i].field, cell));
        }
    }
}

static void test_single(void **state)
{
    static const struct {
        const char *field, *cell, *expected;
    } rows[] = {
        {"type: geopoint", "90.50, 45.50", "fine"},
        {"type: integer, groupChar: ' '", "1 000 000", "fine"},
        {"type: integer", " 1", "type"},
        {"type: integer", "", "missing"},
        {"type: integer, missingValues: []", "", "type"},
        {"type: string, missingValues: []", "", "fine"},
        {"type: integer, missingValues: [n/a, '-99']", "-99", "missing"},
        {"type: integer, missingValues: [n/a, '-99']", "", "type"},
        {"type: integer, missingValues: [{value: '-99', label: REFUSED}]", "-99",
         "missing"},
        {"type: integer, missingValues: [n/a], constraints: {required: true}", "n/a",
         "required"},
        {"type: string, categories: [a, b]", "a", "fine"},
        {"type: string, categories: [a, b]", "c", "enum"},
        {"type: integer, categories: [{value: 0, label: no}, {value: 1}]", "01", "fine"},
        {"type: integer, categories: [{value: 0, label: no}, {value: 1}]", "2", "enum"},
        {"type: integer, categories: [0, 1, 2], constraints: {enum: [1, 2]}", "0",
         "enum"},
        {"type: boolean, constraints: {enum: ['true']}", "1", "fine"},
        {"type: boolean, constraints: {enum: ['true']}", "0", "enum"},
        {"type: number, constraints: {enum: [1.50]}", "1.5", "fine"},
        {"type: string, constraints: {maxLength: 2}", "\xc3\xa4\xc3\xb6", "fine"},
        {"type: list, constraints: {minLength: 3}", "a,b,", "fine"},
        {"type: date, format: '%d/%m/%Y', constraints: {minimum: 02/01/2021}",
         "01/02/2021", "fine"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_string_equal(outcome(rows[i].field, rows[i].cell), rows[i].expected);
}

/* ---- GeoJSON ---- */

static void test_geojson(void **state)
{
    static const struct {
        const char *cell;
        bool geo, topo;
    } rows[] = {
        {"{'type':'Point','coordinates':[1,2]}", true, false},
        {"{'type':'Point','coordinates':[1,2,3.5],'bbox':[]}", true, false},
        {"{'type':'Point','coordinates':[1]}", false, false},
        {"{'type':'Point','coordinates':['1',2]}", false, false},
        {"{'type':'Point'}", false, false},
        {"{'coordinates':[1,2]}", false, false},
        {"{'type':'MultiPoint','coordinates':[[1,2],[3,4]]}", true, false},
        {"{'type':'LineString','coordinates':[[1,2]]}", false, false},
        {"{'type':'LineString','coordinates':[[1,2],[3,4]]}", true, false},
        {"{'type':'MultiLineString','coordinates':[[[1,2],[3,4]]]}", true, false},
        {"{'type':'Polygon','coordinates':[[[0,0],[1,0],[1,1],[0,0]]]}", true, false},
        {"{'type':'Polygon','coordinates':[[[0,0],[1,0],[1,1],[0,1]]]}", false, false},
        {"{'type':'Polygon','coordinates':[[[0,0],[1,0],[0,0]]]}", false, false},
        {"{'type':'MultiPolygon','coordinates':[[[[0,0],[1,0],[1,1],[0,0]]]]}", true,
         false},
        {"{'type':'GeometryCollection','geometries':[]}", true, false},
        {"{'type':'GeometryCollection','geometries':[{'type':'Feature'}]}", false, false},
        {"{'type':'Feature','geometry':null,'properties':{}}", true, false},
        {"{'type':'Feature','geometry':null}", false, false},
        {"{'type':'Feature','geometry':{},'properties':null}", false, false},
        {"{'type':'FeatureCollection','features':[{'type':'Feature',"
         "'geometry':{'type':'Point','coordinates':[0,0]},'properties':null}]}",
         true, false},
        {"{'type':'FeatureCollection'}", false, false},
        {"[1,2]", false, false},
        {"no JSON", false, false},
        {"{'type':'Topology','objects':{},'arcs':[]}", false, true},
        {"{'type':'Topology','objects':{'a':{'type':'LineString','arcs':[0]}},"
         "'arcs':[[[0,0],[1,1]]]}",
         false, true},
        {"{'type':'Topology','objects':{'a':{'type':'GeometryCollection','geometries':"
         "[{'type':null},{'type':'Point','coordinates':[0,0]}]}},'arcs':[]}",
         false, true},
        {"{'type':'Topology','objects':{'a':{'type':'LineString'}},'arcs':[]}", false,
         false},
        {"{'type':'Topology','objects':{'a':[]},'arcs':[]}", false, false},
        {"{'type':'Topology','objects':{}}", false, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char cell[256];
        snprintf(cell, sizeof cell, "%s", rows[i].cell);
        for (char *p = cell; *p; p++)
            *p = *p == '\'' ? '"' : *p;
        const char *geo = outcome("type: geojson", cell);
        const char *topo = outcome("type: geojson, format: topojson", cell);
        if (strcmp(geo, rows[i].geo ? "fine" : "type") != 0 ||
            strcmp(topo, rows[i].topo ? "fine" : "type") != 0)
            fail_msg("%s: %s as GeoJSON, %s as TopoJSON", cell, geo, topo);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_constraints), cmocka_unit_test(test_formats),
        cmocka_unit_test(test_single), cmocka_unit_test(test_geojson)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
