/* A version of a report as a layout: schema, dialect, file. */
#include "report/layout.h"

#include "base/limits.h"
#include "csv/charset.h"
#include "model/register.h"
#include "report/layout_member.h"

typedef struct schema_nodes {
    report_layout *layout;
    report_words match, missing, primary_key;
    og_str description, noted;
    bool has_missing;
    const og_node *fields, *unique_keys, *foreign_keys;
} schema_nodes;

#define SCHEMA(member) offsetof(schema_nodes, member)
static const member_row schema_rows[] = {
    {"fields", MEMBER_NODE, SCHEMA(fields), 0},
    {"fieldsMatch", MEMBER_WORDS, SCHEMA(match), 0},
    {"missingValues", MEMBER_WORDS, SCHEMA(missing), SCHEMA(has_missing)},
    {"primaryKey", MEMBER_WORDS, SCHEMA(primary_key), 0},
    {"uniqueKeys", MEMBER_NODE, SCHEMA(unique_keys), 0},
    {"foreignKeys", MEMBER_NODE, SCHEMA(foreign_keys), 0},
    {"$schema", MEMBER_NOTED, SCHEMA(noted), 0},
    {"name", MEMBER_NOTED, SCHEMA(noted), 0},
    {"title", MEMBER_NOTED, SCHEMA(noted), 0},
    {"description", MEMBER_TEXT, SCHEMA(description), 0},
    {"homepage", MEMBER_NOTED, SCHEMA(noted), 0},
    {"version", MEMBER_NOTED, SCHEMA(noted), 0},
    {"created", MEMBER_NOTED, SCHEMA(noted), 0},
    {"keywords", MEMBER_NOTED, SCHEMA(noted), 0},
    {"contributors", MEMBER_NOTED, SCHEMA(noted), 0},
    {"examples", MEMBER_NOTED, SCHEMA(noted), 0},
    {0}};

static const og_str empty_text[] = {{"", 0}};

static int read_fields(const layout_reader *r, const og_node *node, report_layout *l,
                       og_error *err)
{
    size_t count = node->kind == OG_NODE_SEQ ? node->count : 0;

    if (count == 0)
        layout_error(r, node, "report-shape", "'fields' must be a list of fields");
    if (count > OG_LIMIT_CSV_COLUMNS)
        return og_fail(err, OG_E_LIMIT, "%zu fields: the limit is %u", count,
                       OG_LIMIT_CSV_COLUMNS);
    report_field *fields = OG_ARRAY(r->arena, count, report_field);
    if (!fields)
        return og_nomem(err);
    l->fields = fields;
    l->field_count = count;
    for (size_t i = 0; i < count; i++) {
        int rc = layout_read_field(r, node->items[i], &fields[i], err);
        if (rc != OG_OK)
            return rc;
        int added = og_map_add(&l->by_name, fields[i].name, &fields[i]);
        if (added == 0 && fields[i].name.n > 0)
            layout_error(r, node->items[i], "report-repeat",
                         "there are two fields '%.*s'", OG_FMT(fields[i].name));
        if (added < 0)
            return og_nomem(err);
        if (!fields[i].own_missing)
            fields[i].missing = l->missing;
    }
    return OG_OK;
}

static int read_unique_keys(const layout_reader *r, const og_node *node, report_layout *l,
                            og_error *err)
{
    if (node->kind != OG_NODE_SEQ) {
        layout_error(r, node, "report-shape", "'uniqueKeys' must be a list of lists");
        return OG_OK;
    }
    report_words *keys = OG_ARRAY(r->arena, node->count, report_words);
    if (!keys)
        return og_nomem(err);
    for (size_t i = 0; i < node->count; i++) {
        int rc = layout_words(r, node->items[i], "uniqueKeys", &keys[i], err);
        if (rc != OG_OK)
            return rc;
        layout_check_names(r, node->items[i], l, &keys[i], "uniqueKeys", false);
    }
    l->unique_keys = keys;
    l->unique_key_count = node->count;
    return OG_OK;
}

static void check_match(const layout_reader *r, const og_node *node,
                        const schema_nodes *s, report_layout *l)
{
    static const og_str known[] = {
        {"exact", 5}, {"equal", 5}, {"subset", 6}, {"superset", 8}, {"partial", 7}};
    const report_words words = {known, 5};

    if (s->match.count == 0)
        return;
    if (s->match.count > 1 || !layout_has_word(&words, s->match.items[0]))
        layout_error(r, og_node_get(node, OG_STR("fieldsMatch")), "report-word",
                     "'fieldsMatch' is exact, equal, subset, superset or partial");
    else
        l->fields_match = s->match.items[0];
}

static int read_schema(const layout_reader *r, const og_node *node, report_layout *l,
                       og_error *err)
{
    schema_nodes s = {.layout = l};

    int rc = layout_members(r, node, schema_rows, "a schema", false, &s, &l->other, err);
    if (rc != OG_OK || node->kind != OG_NODE_MAP)
        return rc;
    l->description = s.description;
    l->noted = s.noted;
    check_match(r, node, &s, l);
    if (s.has_missing)
        l->missing = s.missing;
    if (!s.fields)
        layout_error(r, node, "report-required", "the schema has no 'fields'");
    else
        rc = read_fields(r, s.fields, l, err);
    if (rc != OG_OK)
        return rc;
    l->primary_key = s.primary_key;
    layout_check_names(r, og_node_get(node, OG_STR("primaryKey")), l, &l->primary_key,
                       "primaryKey", false);
    if (s.unique_keys)
        rc = read_unique_keys(r, s.unique_keys, l, err);
    return rc == OG_OK && s.foreign_keys
               ? layout_read_references(r, s.foreign_keys, l, err)
               : rc;
}

static void set_defaults(report_layout *l, og_arena *arena)
{
    *l = (report_layout){.effective_from = INT32_MIN,
                         .encoding = OG_STR("utf-8"),
                         .line_ending = OG_STR("lf"),
                         .fields_match = OG_STR("exact"),
                         .missing = {empty_text, 1},
                         .dialect = layout_dialect_default()};
    og_map_init(&l->by_name, arena);
}

void layout_set_ending(report_layout *l)
{
    og_str terminator = l->dialect.line_terminator;

    if (terminator.n > 0)
        l->line_ending = terminator.n == 2 ? OG_STR("crlf") : OG_STR("lf");
}

int report_layout_read_descriptors(const og_document *doc, const og_node *schema,
                                   const og_node *dialect, og_arena *arena,
                                   og_diags *diags, report_layout *ret, og_error *err)
{
    const layout_reader r = {doc, arena, diags};

    set_defaults(ret, arena);
    ret->document = doc;
    int rc = read_schema(&r, schema, ret, err);
    if (rc == OG_OK && dialect && !og_node_is_null(dialect))
        rc = layout_read_dialect(&r, dialect, &ret->dialect, err);
    if (rc == OG_OK)
        layout_set_ending(ret);
    return rc;
}

/* By its one name, so that "UTF8" and "utf-8" are no difference. */
void layout_read_encoding(const layout_reader *r, const og_node *node, og_str text,
                          og_str *ret)
{
    const csv_charset *charset = csv_charset_named(text);

    if (text.n == 0)
        return;
    if (charset)
        *ret = og_str_from(charset->name);
    else
        layout_error(r, node, "report-encoding",
                     "'%.*s' is no encoding that is read here: it is %s", OG_FMT(text),
                     csv_charset_names());
}

static void read_file(const layout_reader *r, const og_node *root, const model_record *v,
                      report_layout *l)
{
    const model_record *file = model_record_sub(v, "file");

    if (!file)
        return;
    l->file_name = model_record_text(file, "name");
    og_str ending = model_record_text(file, "line_ending");
    if (ending.n > 0 && l->dialect.line_terminator.n > 0 &&
        !og_str_eq(ending, l->line_ending))
        layout_error(r, og_node_get(root, OG_STR("file")), "report-conflict",
                     "'line_ending' is %.*s, and 'lineTerminator' of the dialect is not",
                     OG_FMT(ending));
    if (ending.n > 0)
        l->line_ending = ending;
    const og_node *node = og_node_get(root, OG_STR("file"));
    layout_read_encoding(r, og_node_get(node, OG_STR("encoding")),
                         model_record_text(file, "encoding"), &l->encoding);
}

static og_str without_sign(og_str name)
{
    return name.n > 0 && name.p[0] == '-' ? og_str_slice(name, 1, name.n) : name;
}

static void check_sorted_once(const layout_reader *r, const og_node *node,
                              const report_words *names)
{
    for (size_t i = 1; i < names->count; i++)
        for (size_t j = 0; j < i; j++)
            if (og_str_eq(without_sign(names->items[i]), without_sign(names->items[j])))
                layout_error(r, node, "report-repeat",
                             "'%.*s' stands twice in 'sorted_by'",
                             OG_FMT(without_sign(names->items[i])));
}

static int read_sorting(const layout_reader *r, const og_node *root, report_layout *l,
                        og_error *err)
{
    const og_node *node = og_node_get(root, OG_STR("sorted_by"));

    if (!node)
        return OG_OK;
    int rc = layout_words(r, node, "sorted_by", &l->sorted_by, err);
    if (rc != OG_OK)
        return rc;
    layout_check_names(r, node, l, &l->sorted_by, "sorted_by", true);
    check_sorted_once(r, node, &l->sorted_by);
    return OG_OK;
}

static void read_texts(const model_record *v, report_layout *l)
{
    og_value from = model_record_get(v, "effective_from");

    l->record = v;
    l->report = model_record_text(v, "report");
    l->version = model_record_text(v, "version");
    l->title = model_record_text(v, "title");
    l->owner = model_record_text(v, "owner");
    l->definition = model_record_text(v, "definition");
    l->frequency = model_record_text(v, "frequency");
    l->transport = model_record_text(v, "transport");
    if (from.kind == OG_DATE)
        l->effective_from = (og_date)from.as.i;
    l->reading = og_str_is(model_record_text(v, "reading"), "by_name")
                     ? REPORT_BY_NAME
                     : REPORT_POSITIONAL;
}

int report_layout_read(const model_record *version, og_arena *arena, og_diags *diags,
                       report_layout *ret, og_error *err)
{
    const og_document *doc = &version->file->document;
    const layout_reader r = {doc, arena, diags};
    const og_node *root = doc->root;
    const og_node *schema = root ? og_node_get(root, OG_STR("schema")) : NULL;

    if (!schema)
        return og_fail(err, OG_E_INTERNAL, "a version of a report without a schema");
    int rc = report_layout_read_descriptors(
        doc, schema, og_node_get(root, OG_STR("dialect")), arena, diags, ret, err);
    if (rc != OG_OK)
        return rc;
    read_texts(version, ret);
    if (ret->reading == REPORT_BY_NAME && !ret->dialect.header)
        layout_error(&r, og_node_get(root, OG_STR("reading")), "report-conflict",
                     "'reading' is by_name, and the files have no header");
    read_file(&r, root, version, ret);
    return read_sorting(&r, root, ret, err);
}

int report_layout_index(const report_layout *layout, og_str name)
{
    const report_field *f = report_layout_field(layout, name);

    return f ? (int)(f - layout->fields) : -1;
}
