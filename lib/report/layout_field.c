/* One field of a Table Schema: type, format, constraints, code lists. */
#include <assert.h>

#include "report/layout_member.h"

enum { /* constraints of v2.0, by type */
    LENGTHS = 1,
    BOUNDS = 2,
    PATTERN = 4,
    SCHEMA = 8
};

/* ORDER: report_type. Formats: a list with '|'; "*" allows any. */
static const struct {
    const char *name, *formats;
    unsigned constraints;
} type_rows[] = {
    {"string", "default|email|uri|binary|uuid", LENGTHS | PATTERN},
    {"number", "default", BOUNDS | PATTERN},
    {"integer", "default", BOUNDS | PATTERN},
    {"boolean", "default", 0},
    {"object", "default", LENGTHS | SCHEMA},
    {"array", "default", LENGTHS | SCHEMA},
    {"list", "default", LENGTHS},
    {"datetime", "*", BOUNDS},
    {"date", "*", BOUNDS},
    {"time", "*", BOUNDS},
    {"year", "default", BOUNDS},
    {"yearmonth", "default", BOUNDS},
    {"duration", "default", BOUNDS},
    {"geopoint", "default|array|object", 0},
    {"geojson", "default|topojson", 0},
    {"any", "default", LENGTHS | BOUNDS | PATTERN | SCHEMA},
};
static_assert(sizeof type_rows / sizeof type_rows[0] == REPORT_TYPE_COUNT,
              "a row for each");

typedef struct field_nodes { /* members as written, beside the field itself */
    report_field field;      /* first: members are read into it */
    og_str type;
    const og_node *constraints;
    bool has_type, has_format, has_categories, has_true, has_false;
    bool has_decimal, has_group, has_bare, has_item_type, has_delimiter;
} field_nodes;

#define FIELD(member) offsetof(field_nodes, field.member)
static const member_row field_rows[] = {
    {"name", MEMBER_TEXT, FIELD(name), 0},
    {"type", MEMBER_TEXT, offsetof(field_nodes, type), offsetof(field_nodes, has_type)},
    {"format", MEMBER_TEXT, FIELD(format), offsetof(field_nodes, has_format)},
    {"title", MEMBER_TEXT, FIELD(title), 0},
    {"description", MEMBER_TEXT, FIELD(description), 0},
    {"unit", MEMBER_TEXT, FIELD(unit), 0},
    {"rdfType", MEMBER_TEXT, FIELD(rdf_type), 0},
    {"example", MEMBER_NOTED, FIELD(noted), 0},
    {"examples", MEMBER_NOTED, FIELD(noted), 0},
    {"constraints", MEMBER_NODE, offsetof(field_nodes, constraints), 0},
    {"missingValues", MEMBER_WORDS, FIELD(missing), FIELD(own_missing)},
    {"categories", MEMBER_WORDS, FIELD(categories),
     offsetof(field_nodes, has_categories)},
    {"categoriesOrdered", MEMBER_BOOL, FIELD(categories_ordered), 0},
    {"trueValues", MEMBER_WORDS, FIELD(true_values), offsetof(field_nodes, has_true)},
    {"falseValues", MEMBER_WORDS, FIELD(false_values), offsetof(field_nodes, has_false)},
    {"decimalChar", MEMBER_CHAR, FIELD(decimal_char), offsetof(field_nodes, has_decimal)},
    {"groupChar", MEMBER_CHAR, FIELD(group_char), offsetof(field_nodes, has_group)},
    {"bareNumber", MEMBER_BOOL, FIELD(bare_number), offsetof(field_nodes, has_bare)},
    {"delimiter", MEMBER_CHAR, FIELD(delimiter), offsetof(field_nodes, has_delimiter)},
    {"itemType", MEMBER_TEXT, FIELD(item_type), offsetof(field_nodes, has_item_type)},
    {0}};

#define BOUND(member) offsetof(report_field, member)
static const member_row constraint_rows[] = {
    {"required", MEMBER_BOOL, BOUND(required), 0},
    {"unique", MEMBER_BOOL, BOUND(unique), 0},
    {"minLength", MEMBER_COUNT, BOUND(min_length), BOUND(has_min_length)},
    {"maxLength", MEMBER_COUNT, BOUND(max_length), BOUND(has_max_length)},
    {"minimum", MEMBER_TEXT, BOUND(minimum), 0},
    {"maximum", MEMBER_TEXT, BOUND(maximum), 0},
    {"exclusiveMinimum", MEMBER_TEXT, BOUND(exclusive_minimum), 0},
    {"exclusiveMaximum", MEMBER_TEXT, BOUND(exclusive_maximum), 0},
    {"pattern", MEMBER_TEXT, BOUND(pattern), 0},
    {"enum", MEMBER_WORDS, BOUND(enumerated), BOUND(has_enum)},
    {"jsonSchema", MEMBER_JSON, BOUND(json_schema), 0},
    {0}};

static const og_str true_words[] = {{"true", 4}, {"True", 4}, {"TRUE", 4}, {"1", 1}};
static const og_str false_words[] = {{"false", 5}, {"False", 5}, {"FALSE", 5}, {"0", 1}};

const char *report_type_name(report_type type)
{
    return type_rows[type].name;
}

static void read_type(const layout_reader *r, const og_node *node, field_nodes *f)
{
    og_str names[REPORT_TYPE_COUNT];

    f->field.type = REPORT_ANY;
    for (size_t i = 0; i < REPORT_TYPE_COUNT; i++) {
        names[i] = og_str_from(type_rows[i].name);
        if (og_str_eq(f->type, names[i])) {
            f->field.type = (report_type)i;
            return;
        }
    }
    if (!f->has_type)
        return;
    const og_node *at = og_node_get(node, OG_STR("type"));
    og_str near = og_str_nearest(f->type, names, REPORT_TYPE_COUNT);
    layout_error(r, at, "report-type", "'%.*s' is not a type of Table Schema%s%.*s%s",
                 OG_FMT(f->type), near.n ? ": did you mean '" : "", OG_FMT(near),
                 near.n ? "'?" : "");
}

static bool knows_format(const char *formats, og_str format)
{
    if (*formats == '*')
        return format.n > 0;
    for (;;) {
        size_t n = strcspn(formats, "|");
        if (format.n == n && !strncmp(formats, format.p, n))
            return true;
        if (!formats[n])
            return false;
        formats += n + 1;
    }
}

/* Version 0 wrote formats of dates as "fmt:%d/%m/%Y", and the standard still reads them.
 */
static void strip_format(report_field *f)
{
    bool date =
        f->type == REPORT_DATE || f->type == REPORT_TIME || f->type == REPORT_DATETIME;

    if (date && og_str_starts(f->format, OG_STR("fmt:")))
        f->format = og_str_slice(f->format, 4, f->format.n);
}

static void check_format(const layout_reader *r, const og_node *node,
                         const field_nodes *f)
{
    const report_field *field = &f->field;

    if (!f->has_format || knows_format(type_rows[field->type].formats, field->format))
        return;
    layout_error(r, og_node_get(node, OG_STR("format")), "report-format",
                 "'%.*s' is not a format of type %s: it has %s", OG_FMT(field->format),
                 report_type_name(field->type), type_rows[field->type].formats);
}

/* Members that say something about some types only. */
static void check_members(const layout_reader *r, const og_node *node,
                          const field_nodes *f)
{
    report_type t = f->field.type;
    bool number = t == REPORT_NUMBER, numeric = number || t == REPORT_INTEGER;
    const struct {
        bool there, fits;
        const char *name;
    } rows[] = {
        {f->has_true, t == REPORT_BOOLEAN, "trueValues"},
        {f->has_false, t == REPORT_BOOLEAN, "falseValues"},
        {f->has_decimal, number, "decimalChar"},
        {f->has_group, numeric, "groupChar"},
        {f->has_bare, numeric, "bareNumber"},
        {f->has_delimiter, t == REPORT_LIST, "delimiter"},
        {f->has_item_type, t == REPORT_LIST, "itemType"},
        {f->has_categories, t == REPORT_STRING || t == REPORT_INTEGER, "categories"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].there && !rows[i].fits)
            layout_error(r, og_node_get(node, og_str_from(rows[i].name)), "report-member",
                         "a field of type %s has no '%s'", report_type_name(t),
                         rows[i].name);
}

static void check_constraints(const layout_reader *r, const og_node *node,
                              const report_field *f)
{
    static const struct {
        const char *name;
        unsigned bit;
    } rows[] = {{"minLength", LENGTHS},       {"maxLength", LENGTHS},
                {"minimum", BOUNDS},          {"maximum", BOUNDS},
                {"exclusiveMinimum", BOUNDS}, {"exclusiveMaximum", BOUNDS},
                {"pattern", PATTERN},         {"jsonSchema", SCHEMA}};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const og_node *at = og_node_get(node, og_str_from(rows[i].name));
        if (at && !(type_rows[f->type].constraints & rows[i].bit))
            layout_error(r, at, "report-constraint",
                         "a field of type %s has no constraint '%s'",
                         report_type_name(f->type), rows[i].name);
    }
    if (f->has_enum && f->enumerated.count == 0)
        layout_error(r, og_node_get(node, OG_STR("enum")), "report-constraint",
                     "'enum' is empty: no value could ever be right");
    if (f->has_min_length && f->has_max_length && f->min_length > f->max_length)
        layout_error(r, og_node_get(node, OG_STR("maxLength")), "report-constraint",
                     "'maxLength' is less than 'minLength': no value could be right");
}

static int check_repeats(const layout_reader *r, const og_node *node, const char *name,
                         const report_words *words, og_error *err)
{
    og_map seen;

    og_map_init(&seen, r->arena);
    for (size_t i = 0; i < words->count; i++) {
        int added = og_map_add(&seen, words->items[i], &seen);
        if (added < 0)
            return og_nomem(err);
        if (added > 0)
            continue;
        layout_error(r, node, "report-repeat", "'%.*s' stands twice in '%s'",
                     OG_FMT(words->items[i]), name);
        break;
    }
    return OG_OK;
}

/* What each category is called; a text for each, as empty as it may be. */
static int read_labels(const layout_reader *r, const og_node *node, report_field *f,
                       og_error *err)
{
    size_t count = f->categories.count;
    og_str *labels = OG_ARRAY(r->arena, count, og_str);

    if (!labels)
        return og_nomem(err);
    for (size_t i = 0; node->kind == OG_NODE_SEQ && i < count; i++) {
        const og_node *item = node->items[i];
        const og_node *label =
            item->kind == OG_NODE_MAP ? og_node_get(item, OG_STR("label")) : NULL;
        labels[i] = (og_str){"", 0};
        if (label && label->kind == OG_NODE_SCALAR)
            labels[i] = label->text;
    }
    f->labels = (report_words){labels, count};
    return OG_OK;
}

static report_field field_default(void)
{
    return (report_field){.format = OG_STR("default"),
                          .true_values = {true_words, 4},
                          .false_values = {false_words, 4},
                          .decimal_char = OG_STR("."),
                          .bare_number = true,
                          .delimiter = OG_STR(","),
                          .item_type = OG_STR("string")};
}

/* ---- Numbers as numbers ----
 *
 * A bound or a code that is written as a number, without quotes, is that number; one in
 * quotes is as cells have it. They differ where cells have another decimal point. */

static bool is_native(const og_node *node)
{
    return node && node->kind == OG_NODE_SCALAR && node->style == OG_STYLE_PLAIN &&
           og_str_find(node->text, '.') < node->text.n && og_double_syntax(node->text);
}

/* The text of a cell with the number of the node. */
static int as_cell(const layout_reader *r, const report_field *f, const og_node *node,
                   og_str *text, og_error *err)
{
    if (!is_native(node))
        return OG_OK;
    char *copy = og_arena_alloc(r->arena, node->text.n + 1);
    if (!copy)
        return og_nomem(err);
    memcpy(copy, node->text.p, node->text.n);
    copy[og_str_find(node->text, '.')] = f->decimal_char.p[0];
    *text = (og_str){copy, node->text.n};
    return OG_OK;
}

static int codes_as_cells(const layout_reader *r, const og_node *codes, report_field *f,
                          og_error *err)
{
    size_t count = f->enumerated.count;
    og_str *words = OG_ARRAY(r->arena, count, og_str);
    int rc = words ? OG_OK : og_nomem(err);

    for (size_t i = 0; i < count && rc == OG_OK; i++) {
        words[i] = f->enumerated.items[i];
        rc = as_cell(r, f, codes->items[i], &words[i], err);
    }
    if (rc == OG_OK)
        f->enumerated.items = words;
    return rc;
}

static int numbers_as_cells(const layout_reader *r, const og_node *node, report_field *f,
                            og_error *err)
{
    const struct {
        const char *name;
        og_str *text;
    } bounds[] = {{"minimum", &f->minimum},
                  {"maximum", &f->maximum},
                  {"exclusiveMinimum", &f->exclusive_minimum},
                  {"exclusiveMaximum", &f->exclusive_maximum}};
    const og_node *codes = og_node_get(node, OG_STR("enum"));
    int rc = OG_OK;

    if (f->decimal_char.n == 0 || f->decimal_char.p[0] == '.')
        return OG_OK;
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0] && rc == OG_OK; i++)
        rc = as_cell(r, f, og_node_get(node, og_str_from(bounds[i].name)), bounds[i].text,
                     err);
    if (rc == OG_OK && codes && codes->kind == OG_NODE_SEQ &&
        codes->count == f->enumerated.count)
        rc = codes_as_cells(r, codes, f, err);
    return rc;
}

/* ---- The whole ---- */

static int read_constraints(const layout_reader *r, const og_node *node, report_field *f,
                            og_error *err)
{
    og_str other;

    int rc =
        layout_members(r, node, constraint_rows, "constraints", true, f, &other, err);
    if (rc != OG_OK || node->kind != OG_NODE_MAP)
        return rc;
    check_constraints(r, node, f);
    if (f->has_enum)
        rc = check_repeats(r, og_node_get(node, OG_STR("enum")), "enum", &f->enumerated,
                           err);
    return rc == OG_OK && f->type == REPORT_NUMBER ? numbers_as_cells(r, node, f, err)
                                                   : rc;
}

int layout_read_field(const layout_reader *r, const og_node *node, report_field *ret,
                      og_error *err)
{
    field_nodes f = {.field = field_default()};

    f.field.node = node;
    f.field.pos = og_node_pos(r->doc, node);
    int rc =
        layout_members(r, node, field_rows, "a field", false, &f, &f.field.other, err);
    if (rc != OG_OK || node->kind != OG_NODE_MAP)
        return rc;
    if (f.field.name.n == 0)
        layout_error(r, node, "report-required", "the field has no 'name'");
    read_type(r, node, &f);
    strip_format(&f.field);
    check_format(r, node, &f);
    check_members(r, node, &f);
    if (f.has_categories) {
        const og_node *categories = og_node_get(node, OG_STR("categories"));
        rc = check_repeats(r, categories, "categories", &f.field.categories, err);
        if (rc == OG_OK)
            rc = read_labels(r, categories, &f.field, err);
    }
    if (rc == OG_OK && f.constraints)
        rc = read_constraints(r, f.constraints, &f.field, err);
    if (rc == OG_OK)
        *ret = f.field;
    return rc;
}
