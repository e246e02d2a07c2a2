/* Lint rules, read, compiled and run over every record. */
#include "assess/lint.h"

#include "base/embedded.h"
#include "model/conditions.h"
#include "model/functions.h"
#include "value/yaml.h"

extern const og_embedded_file og_assess_rules[];
extern const size_t og_assess_rule_count;

typedef struct lint_rule {
    const model_record *record; /* as the form read it */
    const char *id;             /* NUL-terminated, static for the life of the findings */
    const model_kind *kind;
    og_level level;
    int slot; /* where the finding points; -1: at the record */
    cel_env *env;
    model_condition found, say;
} lint_rule;

typedef struct linter {
    const model_register *reg;
    og_instant at;
    og_diags *diags;
    og_arena arena;
    og_document doc; /* the rules */
    cel_env *env;
    model_common common;
    size_t element;      /* slot of the record judged */
    og_value *variables; /* [element + 1] */
    model_list *lists;   /* [kinds->count] */
    lint_rule *rules;
    size_t rule_count;
} linter;

/* ---- Reading the rules ---- */

static og_level level_named(og_str word)
{
    return og_str_is(word, "error")     ? OG_LEVEL_ERROR
           : og_str_is(word, "warning") ? OG_LEVEL_WARNING
                                        : OG_LEVEL_NOTE;
}

static int read_rules(linter *l, const model_record **ret, og_error *err)
{
    const og_embedded_file *file =
        og_embedded_find(og_assess_rules, og_assess_rule_count, "rules.yaml");
    model_record *record = NULL;

    l->doc = (og_document){.path = "criteria/lint/rules.yaml",
                           .source = {(const char *)file->data, file->size}};
    model_reader reader = {.arena = &l->arena,
                           .diags = l->diags,
                           .source = l->doc.source,
                           .zone = l->reg->zone};
    int rc = og_yaml_parse(&l->arena, &l->doc, l->diags, err);
    if (rc == OG_OK)
        rc = model_read_record(&reader, &l->doc, l->doc.root,
                               model_form(l->reg->kinds, "lint_rules"), NULL, NULL,
                               &record, err);
    *ret = record;
    return rc;
}

/* The level that the register sets; false: off. */
static bool set_level(const linter *l, lint_rule *rule)
{
    og_value levels = model_record_get(l->reg->config.record, "lint");
    og_value own = levels.kind == OG_MAP
                       ? og_map_find_str(levels.as.map, og_str_from(rule->id))
                       : og_absent();

    if (own.kind == OG_STRING)
        rule->level = level_named(og_text(own));
    return !(own.kind == OG_STRING && og_str_is(og_text(own), "off"));
}

static int compile_rule(linter *l, const og_node *node, lint_rule *rule, og_error *err)
{
    size_t slot;

    int rc = cel_env_new(l->env, NULL, &rule->env, err);
    if (rc == OG_OK)
        rc = model_conditions_declare(rule->env, rule->kind->name,
                                      cel_env_type(l->env, rule->kind->name),
                                      "the record looked at", &slot, err);
    if (rc == OG_OK)
        rc = model_condition_compile(rule->env, &l->doc, node, "found", &cel_bool,
                                     l->diags, &rule->found, err);
    return rc == OG_OK ? model_condition_compile(rule->env, &l->doc, node, "say",
                                                 &cel_string, l->diags, &rule->say, err)
                       : rc;
}

static int read_rule(linter *l, const model_record *record, const og_node *node,
                     og_error *err)
{
    lint_rule *rule = &l->rules[l->rule_count];
    og_str id = og_arena_str(&l->diags->arena, model_record_text(record, "id"));
    og_str field = model_record_text(record, "field");

    if (!id.p)
        return og_nomem(err);
    *rule = (lint_rule){
        .record = record,
        .id = id.p,
        .kind = model_kind_named(l->reg->kinds, model_record_text(record, "for")),
        .level = level_named(model_record_text(record, "level"))};
    rule->slot = field.n ? model_kind_slot(rule->kind, field) : -1;
    if (!set_level(l, rule))
        return OG_OK;
    l->rule_count++;
    return compile_rule(l, node, rule, err);
}

static bool is_rule(og_value rules, og_str id)
{
    for (size_t i = 0; i < rules.as.list->count; i++)
        if (og_str_eq(id, model_record_text(
                              model_record_of(rules.as.list->items[i].as.object), "id")))
            return true;
    return false;
}

/* Levels for rules that there are none of. */
static void check_levels(linter *l, og_value rules)
{
    const model_record *config = l->reg->config.record;
    og_value levels = model_record_get(config, "lint");

    for (size_t i = 0; levels.kind == OG_MAP && i < levels.as.map->count; i++) {
        og_str id = og_text(levels.as.map->keys[i]);
        if (is_rule(rules, id))
            continue;
        og_diag *d = og_diags_add(
            l->diags, OG_LEVEL_ERROR, "unknown-rule",
            model_record_field_pos(config, model_kind_slot(config->kind, OG_STR("lint"))),
            l->reg->config.file->text, "there is no lint rule '%.*s'", OG_FMT(id));
        og_diags_hint(l->diags, d, "docs/findings.md lists them");
    }
}

static int compile_rules(linter *l, og_error *err)
{
    const model_record *root = NULL;

    int rc = read_rules(l, &root, err);
    if (rc != OG_OK || !root)
        return rc;
    rc = model_conditions_new(l->reg, &l->arena, &l->env, &l->common, err);
    if (rc != OG_OK)
        return rc;
    l->element = cel_env_variable_count(l->env);
    og_value rules = model_record_get(root, "rules");
    const og_node *nodes = og_node_get(l->doc.root, OG_STR("rules"));
    l->rules = OG_ARRAY(&l->arena, rules.as.list->count, lint_rule);
    if (!l->rules)
        return og_nomem(err);
    check_levels(l, rules);
    for (size_t i = 0; rc == OG_OK && i < rules.as.list->count; i++)
        rc = read_rule(l, model_record_of(rules.as.list->items[i].as.object),
                       nodes->items[i], err);
    return rc;
}

/* ---- Records ---- */

static int append(linter *l, model_list *list, const model_record *const *records,
                  size_t count, og_error *err)
{
    const model_record **all =
        OG_ARRAY(&l->arena, list->count + count, const model_record *);

    if (!all)
        return og_nomem(err);
    if (list->count)
        memcpy(all, list->records, list->count * sizeof *all);
    if (count)
        memcpy(all + list->count, records, count * sizeof *all);
    list->records = all;
    list->count += count;
    list->known = true;
    return OG_OK;
}

/* Live evidence of a kind, of every owner it belongs to. */
static int live_of_owners(linter *l, const model_kind *kind, model_list *list,
                          og_error *err)
{
    size_t owners = kind->belongs_to ? l->reg->list_counts[kind->belongs_to->ordinal] : 1;
    int rc = OG_OK;

    for (size_t i = 0; rc == OG_OK && i < owners; i++) {
        const model_record *owner =
            kind->belongs_to ? l->reg->lists[kind->belongs_to->ordinal][i] : NULL;
        model_list live = {0};
        rc = model_live(l->reg, kind, owner, l->at, &l->arena, l->diags, &live, err);
        if (rc == OG_E_CONFLICT) { /* a finding by now */
            og_error_done(err);
            rc = OG_OK;
        }
        if (rc == OG_OK && live.known)
            rc = append(l, list, live.records, live.count, err);
    }
    return rc;
}

static int gather(linter *l, const model_kind *kind, og_error *err)
{
    size_t k = kind->ordinal;
    model_list *list = &l->lists[k];

    int rc = l->reg->list_counts[k] > 0
                 ? append(l, list, l->reg->lists[k], l->reg->list_counts[k], err)
                 : OG_OK;
    if (rc == OG_OK && kind->home.n == 0 && !kind->embedded)
        rc = live_of_owners(l, kind, list, err);
    if (rc == OG_OK)
        rc = model_list_value(list, kind, &l->arena, &l->variables[l->common.kinds[k]],
                              err);
    return rc;
}

static int gather_all(linter *l, og_error *err)
{
    const model_kinds *kinds = l->reg->kinds;

    l->lists = OG_ARRAY(&l->arena, kinds->count, model_list);
    l->variables = OG_ARRAY(&l->arena, l->element + 1, og_value);
    if (!l->lists || !l->variables)
        return og_nomem(err);
    l->variables[l->common.now] = og_timestamp(l->at);
    l->variables[l->common.today] = og_date_value(zone_date_at(l->reg->zone, l->at));
    for (size_t k = 0; k < kinds->count; k++) {
        int rc = gather(l, kinds->list[k], err);
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}

/* ---- Looking ---- */

static void report(linter *l, const lint_rule *rule, const model_record *record,
                   og_value text)
{
    og_str words = text.kind == OG_STRING ? og_text(text) : model_record_id(record);
    og_pos pos = rule->slot > 0 ? model_record_field_pos(record, rule->slot)
                                : model_record_pos(record);
    og_str source = record->file ? record->file->text : (og_str){0};
    og_diag *d =
        og_diags_add(l->diags, rule->level, rule->id, pos, source, "%.*s", OG_FMT(words));

    og_diags_hint(l->diags, d, "%.*s", OG_FMT(model_record_text(rule->record, "hint")));
}

static int look(linter *l, const lint_rule *rule, const model_record *record,
                og_error *err)
{
    og_arena scratch = {0};
    og_value found, text;

    l->variables[l->element] = og_object_value(&record->object);
    int rc =
        cel_eval(rule->found.program, l->variables, &scratch, NULL, &found, NULL, err);
    if (rc == OG_OK && found.kind == OG_BOOL && found.as.b) {
        rc = cel_eval(rule->say.program, l->variables, &scratch, NULL, &text, NULL, err);
        if (rc == OG_OK)
            report(l, rule, record, text);
    }
    if (rc == OG_OK && found.kind == OG_ERROR)
        og_diags_add(l->diags, OG_LEVEL_ERROR, "rule-failed", model_record_pos(record),
                     (og_str){0}, "lint rule '%s' failed: %.*s", rule->id,
                     OG_FMT(found.as.fault->message));
    og_arena_done(&scratch);
    return rc;
}

static int run_rules(linter *l, og_error *err)
{
    for (size_t i = 0; i < l->rule_count; i++) {
        const lint_rule *rule = &l->rules[i];
        const model_list *list = &l->lists[rule->kind->ordinal];
        for (size_t r = 0; rule->found.program && r < list->count; r++) {
            int rc = look(l, rule, list->records[r], err);
            if (rc != OG_OK)
                return rc;
        }
    }
    return OG_OK;
}

int assess_lint(const model_register *reg, og_instant at, og_diags *diags, og_error *err)
{
    linter l = {.reg = reg, .at = at, .diags = diags};

    int rc = compile_rules(&l, err);
    if (rc == OG_OK && l.env)
        rc = gather_all(&l, err);
    if (rc == OG_OK && l.variables)
        rc = run_rules(&l, err);
    for (size_t i = 0; i < l.rule_count; i++) {
        model_condition_done(&l.rules[i].found);
        model_condition_done(&l.rules[i].say);
        cel_env_free(l.rules[i].env);
    }
    cel_env_free(l.env);
    og_arena_done(&l.arena);
    return rc;
}
