/* Reading bundles. Whoever sent one may mean harm: every member is known, every value is
 * of its declared type, and what is cut off is told from what is whole. */
#include "report/bundle.h"

#include "base/limits.h"
#include "value/json_node.h"

#define ARMOUR_BEGIN "-----BEGIN SSH SIGNATURE-----\n"
#define ARMOUR_END "-----END SSH SIGNATURE-----\n"
#define ARMOUR_MAX 65536u /* bytes; a signature with a certificate has about 5,000 */

/* ---- Cutting it in two ---- */

static bool is_armour_byte(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           c == '+' || c == '/' || c == '=' || c == '\n';
}

static bool is_armour(og_str s)
{
    const size_t begin = sizeof ARMOUR_BEGIN - 1, end = sizeof ARMOUR_END - 1;

    if (s.n > ARMOUR_MAX || s.n < begin + 2 + end || !og_str_ends(s, OG_STR(ARMOUR_END)))
        return false;
    og_str body = og_str_slice(s, begin, s.n - end);
    for (size_t i = 0; i < body.n; i++)
        if (!is_armour_byte(body.p[i]))
            return false;
    return body.p[body.n - 1] == '\n';
}

/* Where a line begins that begins the armour, or s.n. Inside JSON there is none: a line
 * feed in a string is written \n. */
static size_t find_armour(og_str s)
{
    size_t at = 0;

    while (at < s.n && !og_str_starts(og_str_slice(s, at, s.n), OG_STR("-----")))
        at += og_str_find(og_str_slice(s, at, s.n), '\n') + 1;
    return at < s.n ? at : s.n;
}

int report_bundle_split(og_str bytes, report_bundle_parts *ret, og_error *err)
{
    size_t at = find_armour(bytes);
    og_str payload = og_str_slice(bytes, 0, at);
    og_str signature = og_str_slice(bytes, at, bytes.n);

    if (bytes.n > OG_LIMIT_BUNDLE)
        return og_fail(err, OG_E_LIMIT, "a bundle has at most %llu MiB",
                       (unsigned long long)(OG_LIMIT_BUNDLE / OG_MIB));
    if (!og_str_starts(payload, OG_STR("{")))
        return og_fail(err, OG_E_INVALID,
                       "it is no bundle: 'opsgate report export' writes one");
    if (!og_str_ends(payload, OG_STR("}\n")))
        return og_fail(err, OG_E_INVALID,
                       "it does not end in '}' and a line feed: it was cut off, or "
                       "changed; get it again");
    if (signature.n > 0 &&
        (!og_str_starts(signature, OG_STR(ARMOUR_BEGIN)) || !is_armour(signature)))
        return og_fail(err, OG_E_INVALID,
                       "its signature was cut off, or changed; get it again");
    *ret = (report_bundle_parts){payload, signature};
    return OG_OK;
}

/* ---- Reading the payload ---- */

typedef struct bundle_reader {
    model_register *reg;
    const report_bundle_parts *parts;
    model_file *file;
    const og_node *root;
    model_reader reader;
    og_map ids; /* of the versions so far */
} bundle_reader;

static int begin(bundle_reader *r, og_error *err)
{
    model_register *reg = r->reg;

    int rc =
        model_kinds_load(&reg->arena, NULL, 0, r->reader.diags, &reg->own_kinds, err);
    if (rc != OG_OK)
        return rc;
    reg->kinds = &reg->own_kinds;
    reg->lists = OG_ARRAY(&reg->arena, reg->kinds->count, const model_record **);
    reg->list_counts = OG_ARRAY(&reg->arena, reg->kinds->count, size_t);
    return reg->lists && reg->list_counts ? OG_OK : og_nomem(err);
}

static og_str text_at(const og_node *root, const char *key)
{
    const og_node *node = og_node_get(root, og_str_from(key));

    return node && node->kind == OG_NODE_SCALAR ? node->text : (og_str){0};
}

/* Before its members are looked at: those of a newer one may be others. */
static int check_format(const bundle_reader *r, og_error *err)
{
    og_str version = text_at(r->root, "schema_version");

    if (!og_str_is(text_at(r->root, "format"), "opsgate-report-bundle"))
        return og_fail(err, OG_E_INVALID,
                       "it is no bundle: 'opsgate report export' writes one");
    if (!og_str_is(version, "1"))
        return og_fail(err, OG_E_INVALID,
                       "its schema_version is '%.*s', and this opsgate reads 1: get a "
                       "newer opsgate",
                       OG_FMT(og_str_slice(version, 0, 20)));
    return OG_OK;
}

static og_diag *wrong(bundle_reader *r, const og_node *at, const char *code,
                      const char *text)
{
    return og_diags_add(r->reader.diags, OG_LEVEL_ERROR, code,
                        og_node_pos(&r->file->document, at), r->file->text, "%s", text);
}

static int open_zone(bundle_reader *r, og_str name, og_error *err)
{
    og_error local = {0};

    int rc = zone_open(name, &r->reg->zone, &local);
    if (rc == OG_E_NOTFOUND || rc == OG_E_INVALID) {
        wrong(r, og_node_get(r->root, OG_STR("time_zone")), "unknown-zone",
              og_error_text(&local));
        rc = OG_OK;
    } else if (rc != OG_OK) {
        rc = og_fail(err, rc, "%s", og_error_text(&local));
    }
    og_error_done(&local);
    return rc;
}

static int read_head(bundle_reader *r, report_bundle *ret, og_error *err)
{
    model_record *head = NULL;

    int rc = model_read_record(&r->reader, &r->file->document, r->root,
                               model_form(r->reg->kinds, "report_bundle"), NULL, NULL,
                               &head, err);
    if (rc != OG_OK || !head || !og_diags_ok(r->reader.diags))
        return rc;
    *ret = (report_bundle){.title = model_record_text(head, "register"),
                           .commit = model_record_text(head, "commit"),
                           .policy = model_record_text(head, "policy"),
                           .time_zone = model_record_text(head, "time_zone"),
                           .at = og_instant_of(model_record_get(head, "at")),
                           .is_signed = model_record_get(head, "signed").as.b};
    return open_zone(r, ret->time_zone, err);
}

/* A version as if it stood in a file of its own: its node is the root, its place the
 * bundle's. */
static int read_version(bundle_reader *r, const og_node *node, const model_record **ret,
                        og_error *err)
{
    model_file *file = OG_NEW(&r->reg->arena, model_file);
    model_record *record = NULL;

    if (!file)
        return og_nomem(err);
    *file = *r->file;
    file->document.root = node;
    r->reader.file = file;
    int rc = model_read_record(&r->reader, &file->document, node,
                               model_kind_named(r->reg->kinds, OG_STR("report")), NULL,
                               NULL, &record, err);
    if (rc != OG_OK || !record)
        return rc;
    int added = og_map_add(&r->ids, model_record_id(record), record);
    if (added == 0)
        wrong(r, node, "duplicate-id", "this version stands here twice");
    *ret = record;
    return added < 0 ? og_nomem(err) : OG_OK;
}

static int read_versions(bundle_reader *r, og_error *err)
{
    model_register *reg = r->reg;
    const og_node *list = og_node_get(r->root, OG_STR("reports"));
    size_t kind = model_kind_named(reg->kinds, OG_STR("report"))->ordinal, kept = 0;

    if (list->kind != OG_NODE_SEQ || list->count == 0) {
        wrong(r, list, "wrong-type", "'reports' must be a list of versions");
        return OG_OK;
    }
    const model_record **versions =
        OG_ARRAY(&reg->arena, list->count, const model_record *);
    if (!versions)
        return og_nomem(err);
    r->reader.without = REPORT_BUNDLE_WITHOUT;
    for (uint32_t i = 0; i < list->count; i++) {
        int rc = read_version(r, list->items[i], &versions[kept], err);
        if (rc != OG_OK)
            return rc;
        kept += versions[kept] != NULL;
    }
    reg->lists[kind] = versions;
    reg->list_counts[kind] = kept;
    return OG_OK;
}

/* A bundle says itself whether it is signed, so that nobody can take its signature off.
 */
static int check_signed(const report_bundle *bundle, const report_bundle_parts *parts,
                        og_error *err)
{
    if (bundle->is_signed && parts->signature.n == 0)
        return og_fail(err, OG_E_INVALID,
                       "it was signed and the signature is gone: get it again");
    if (!bundle->is_signed && parts->signature.n > 0)
        return og_fail(err, OG_E_INVALID,
                       "it says that it is not signed, and a signature follows: get it "
                       "again");
    return OG_OK;
}

static int parse(bundle_reader *r, const char *path, og_error *err)
{
    r->file = OG_NEW(&r->reg->arena, model_file);
    if (!r->file)
        return og_nomem(err);
    r->file->path = og_str_from(path);
    r->file->text = r->parts->payload;
    r->file->document = (og_document){.path = path, .source = r->parts->payload};
    int rc =
        og_json_parse_nodes(&r->reg->arena, &r->file->document, r->reader.diags, err);
    if (rc != OG_OK)
        return rc;
    r->root = r->file->document.root;
    r->reader.file = r->file;
    r->reader.source = r->file->text;
    return OG_OK;
}

int report_bundle_read(const report_bundle_parts *parts, const char *path,
                       model_register *reg, og_diags *diags, report_bundle *ret,
                       og_error *err)
{
    report_bundle bundle = {0};

    *reg = (model_register){0};
    bundle_reader r = {
        .reg = reg, .parts = parts, .reader = {.arena = &reg->arena, .diags = diags}};
    og_map_init(&r.ids, &reg->arena);
    int rc = parse(&r, path, err);
    if (rc == OG_OK)
        rc = check_format(&r, err);
    if (rc == OG_OK)
        rc = begin(&r, err);
    if (rc == OG_OK)
        rc = read_head(&r, &bundle, err);
    if (rc == OG_OK && og_diags_ok(diags))
        rc = read_versions(&r, err);
    if (rc == OG_OK)
        rc = og_diags_check(diags, err);
    if (rc == OG_OK)
        rc = check_signed(&bundle, parts, err);
    if (rc == OG_OK)
        *ret = bundle;
    return rc;
}
