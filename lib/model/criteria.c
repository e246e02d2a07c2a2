/* Criteria sets: the file as a whole. Gates, parameters, one criterion after another;
 * every finding is gathered before giving up. */
#include "model/criteria.h"

#include <stdlib.h>

#include "base/limits.h"
#include "model/criteria_set.h"
#include "value/yaml.h"

static const og_node *child(const og_node *map, const char *key)
{
    return map ? og_node_get(map, og_str_from(key)) : NULL;
}

static og_str text_of(const og_node *map, const char *key)
{
    const og_node *node = child(map, key);
    return node && node->kind == OG_NODE_SCALAR ? node->text : (og_str){0};
}

bool model_criteria_reads(const model_criteria *set, size_t slot)
{
    for (size_t i = 0; i < set->count; i++) {
        const model_criterion *c = &set->criteria[i];
        const model_condition *conditions[] = {&c->when, &c->each, &c->require,
                                               &c->because};
        for (size_t k = 0; k < 4; k++)
            if (model_condition_reads(conditions[k], slot))
                return true;
    }
    return false;
}

int model_criteria_gate(const model_criteria *set, og_str name)
{
    for (size_t i = 0; i < set->gate_count; i++)
        if (og_str_eq(set->gates[i], name))
            return (int)i;
    return -1;
}

/* ---- The file ---- */

static int compare_path(const void *key, const void *entry)
{
    return og_str_cmp(*(const og_str *)key, ((const model_entry *)entry)->path);
}

static int not_found(const model_register *policy, og_str path, og_str id, og_error *err)
{
    return og_fail(
        err, OG_E_NOTFOUND,
        "criteria set '%.*s': the register has no '%.*s'; put the set there, or "
        "name another one under 'criteria' in '%s'",
        OG_FMT(id), OG_FMT(path), policy->config.file->document.path);
}

/* Reads and parses criteria/ID.yaml into the set's arena. */
static int open_file(model_criteria *set, const model_register *policy, og_str id,
                     og_diags *diags, og_error *err)
{
    const model_source *source = policy->source;
    og_str path = og_arena_printf(&set->arena, "criteria/%.*s.yaml", OG_FMT(id));
    model_file *file = OG_NEW(&set->arena, model_file);
    if (!path.p || !file)
        return og_nomem(err);
    const model_entry *entry = source->count == 0
                                   ? NULL
                                   : bsearch(&path, source->entries, source->count,
                                             sizeof *source->entries, compare_path);
    if (!entry || entry->kind != MODEL_ENTRY_FILE)
        return not_found(policy, path, id, err);
    size_t index = (size_t)(entry - source->entries);
    int rc = source->read(source->context, index, OG_LIMIT_FILE, &set->arena, &file->text,
                          err);
    if (rc != OG_OK)
        return rc;
    file->path = path;
    memcpy(file->blob, entry->blob, sizeof file->blob);
    file->document = (og_document){.path = path.p, .source = file->text};
    set->file = file;
    return og_yaml_parse(&set->arena, &file->document, diags, err);
}

/* Holds the document against its form: keys, types, required ones. */
static int check_form(criteria_reader *r, og_error *err)
{
    model_record *record = NULL;
    model_reader reader = {.arena = &r->set->arena,
                           .diags = r->diags,
                           .file = r->set->file,
                           .source = r->set->file->text,
                           .zone = r->policy->zone};

    return model_read_record(&reader, r->doc, r->doc->root,
                             model_form(r->policy->kinds, "criteria_set"), NULL, NULL,
                             &record, err);
}

/* ---- Its head ---- */

static int read_subject(criteria_reader *r, const og_node *root)
{
    const og_node *node = child(root, "for");
    if (!node)
        return OG_OK; /* required: the form has said so */
    const model_kind *kind = model_kind_named(r->policy->kinds, node->text);
    if (!kind || kind->home.n == 0) {
        og_diag *d =
            CRITERIA_ERROR(r, node, "unknown-subject-kind",
                           "'%.*s' is not a kind of subject", OG_FMT(node->text));
        og_diags_hint(r->diags, d, "a set is for a kind with a file of its own: release");
        return OG_OK;
    }
    r->set->subject = kind;
    return OG_OK;
}

static int read_gates(criteria_reader *r, const og_node *root, og_error *err)
{
    const og_node *node = child(root, "gates");
    if (!node || node->kind != OG_NODE_SEQ)
        return OG_OK;
    og_str *gates = OG_ARRAY(&r->set->arena, node->count, og_str);
    if (!gates)
        return og_nomem(err);
    r->set->gates = gates;
    for (uint32_t i = 0; i < node->count; i++) {
        if (model_criteria_gate(r->set, node->items[i]->text) >= 0)
            CRITERIA_ERROR(r, node->items[i], "duplicate-gate",
                           "gate '%.*s' is listed twice", OG_FMT(node->items[i]->text));
        gates[r->set->gate_count++] = node->items[i]->text;
    }
    if (node->count == 0)
        CRITERIA_ERROR(r, node, "no-gates", "a criteria set needs at least one gate");
    return OG_OK;
}

static int read_head(criteria_reader *r, og_str id, og_error *err)
{
    const og_node *root = r->doc->root;
    const og_node *name = child(root, "criteria_set");

    r->set->id = text_of(root, "criteria_set");
    r->set->version = text_of(root, "version");
    r->set->title = text_of(root, "title");
    if (name && !og_str_eq(name->text, id)) {
        og_diag *d = CRITERIA_ERROR(r, name, "set-name",
                                    "the set is called '%.*s', its file '%.*s.yaml'",
                                    OG_FMT(name->text), OG_FMT(id));
        og_diags_hint(r->diags, d, "give both the same name");
    }
    int rc = read_subject(r, root);
    return rc != OG_OK ? rc : read_gates(r, root, err);
}

/* ---- One criterion ---- */

static void read_due(criteria_reader *r, const og_node *node, model_criterion *c)
{
    const og_node *due = child(node, "due");
    if (!due)
        return;
    int gate = model_criteria_gate(r->set, due->text);
    if (gate >= 0) {
        c->due = (size_t)gate;
        return;
    }
    og_diag *d = CRITERIA_ERROR(r, due, "unknown-gate",
                                "'%.*s' is not a gate of this set", OG_FMT(due->text));
    og_str near = og_str_nearest(due->text, r->set->gates, r->set->gate_count);
    if (near.n)
        og_diags_hint(r->diags, d, "did you mean '%.*s'?", OG_FMT(near));
    else
        og_diags_hint(r->diags, d, "its gates stand under 'gates'");
}

static void read_element_name(criteria_reader *r, const og_node *node, model_criterion *c)
{
    const og_node *each = child(node, "each"), *as = child(node, "as");
    const og_node *when_empty = child(node, "when_empty");

    c->as = as ? as->text : (og_str){0};
    c->when_empty_met = when_empty && og_str_is(when_empty->text, "met");
    if (each && !as)
        og_diags_hint(r->diags,
                      CRITERIA_ERROR(r, each, "each-without-as",
                                     "'%.*s' judges element by element and names none",
                                     OG_FMT(c->id)),
                      "add 'as: NAME', the name of an element in 'require'");
    if (as && !each)
        CRITERIA_ERROR(r, as, "as-without-each",
                       "'as' goes with 'each', which is missing");
    if (when_empty && !each)
        CRITERIA_ERROR(r, when_empty, "when-empty-without-each",
                       "'when_empty' goes with 'each', which is missing");
}

static void read_max_age(criteria_reader *r, const og_node *node, model_criterion *c)
{
    const og_node *age = child(node, "max_age");

    (void)r; /* the form has reported what is not a period */
    c->has_max_age = age && og_period_parse(age->text, &c->max_age);
}

static int read_criterion(criteria_reader *r, const og_node *node, model_criterion *c,
                          og_error *err)
{
    const og_node *provenance = child(node, "provenance");

    c->id = text_of(node, "id");
    c->title = text_of(node, "title");
    c->blocker = og_str_is(text_of(node, "blocker"), "true");
    c->advisory = og_str_is(text_of(node, "advisory"), "true");
    c->mark = text_of(provenance, "mark");
    c->note = text_of(provenance, "note");
    c->pos = og_node_pos(r->doc, node);
    read_due(r, node, c);
    read_element_name(r, node, c);
    read_max_age(r, node, c);
    return r->set->env ? criteria_compile(r, node, c, err) : OG_OK;
}

static int read_criteria(criteria_reader *r, og_error *err)
{
    const og_node *list = child(r->doc->root, "criteria");
    if (!list || list->kind != OG_NODE_SEQ)
        return OG_OK;
    model_criterion *criteria = OG_ARRAY(&r->set->arena, list->count, model_criterion);
    og_map ids;
    if (!criteria)
        return og_nomem(err);
    og_map_init(&ids, &r->set->arena);
    r->set->criteria = criteria;
    for (uint32_t i = 0; i < list->count; i++) {
        const og_node *node = list->items[i];
        if (node->kind != OG_NODE_MAP)
            continue; /* the form has said so */
        model_criterion *c = &criteria[r->set->count++];
        int rc = read_criterion(r, node, c, err);
        if (rc != OG_OK)
            return rc;
        rc = og_map_add(&ids, c->id, c);
        if (rc < 0)
            return og_nomem(err);
        if (rc == 0 && c->id.n > 0)
            CRITERIA_ERROR(r, og_node_get(node, OG_STR("id")), "duplicate-criterion",
                           "criterion '%.*s' is there already", OG_FMT(c->id));
    }
    if (list->count == 0)
        CRITERIA_ERROR(r, list, "no-criteria",
                       "a criteria set needs at least one criterion");
    return OG_OK;
}

static int read_set(criteria_reader *r, og_str id, og_error *err)
{
    const cel_type *params = NULL;

    int rc = check_form(r, err);
    if (rc == OG_OK)
        rc = read_head(r, id, err);
    if (rc == OG_OK)
        rc = criteria_read_params(r, child(r->doc->root, "params"), &params, err);
    if (rc == OG_OK && r->set->subject)
        rc = criteria_declare(r, params, err);
    if (rc == OG_OK)
        rc = read_criteria(r, err);
    return rc;
}

int model_criteria_load(model_criteria *ret, const model_register *policy, og_str id,
                        og_diags *diags, og_error *err)
{
    size_t errors = diags->errors;

    memset(ret, 0, sizeof *ret);
    int rc = open_file(ret, policy, id, diags, err);
    if (rc != OG_OK)
        return rc;
    criteria_reader r = {
        .set = ret, .policy = policy, .doc = &ret->file->document, .diags = diags};
    if (!r.doc->root || r.doc->root->kind != OG_NODE_MAP) {
        og_pos top = {.path = r.doc->path, .line = 1, .column = 1};
        og_diags_add(diags, OG_LEVEL_ERROR, "empty-file", top, r.doc->source,
                     "a criteria set is a mapping; this file holds %s",
                     r.doc->root ? og_node_what(r.doc->root) : "nothing");
    } else {
        rc = read_set(&r, id, err);
    }
    if (rc != OG_OK)
        return rc;
    return diags->errors == errors && !diags->failed ? OG_OK : og_diags_check(diags, err);
}

void model_criteria_done(model_criteria *set)
{
    for (size_t i = 0; i < set->count; i++) {
        model_criterion *c = (model_criterion *)&set->criteria[i];
        model_condition_done(&c->when);
        model_condition_done(&c->each);
        model_condition_done(&c->require);
        model_condition_done(&c->because);
        cel_env_free(c->element_env);
    }
    cel_env_free(set->env);
    og_arena_done(&set->arena);
    memset(set, 0, sizeof *set);
}
