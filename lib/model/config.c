/* opsgate.yaml: read by its form, then what a form cannot say: that the zone and the
 * jurisdiction exist, that sinks differ and have one address and one secret each. */
#include "model/load.h"

typedef struct config_check {
    register_loader *l;
    const model_config *config;
} config_check;

static og_diag *finding(config_check *c, const model_record *record, const char *field,
                        const char *code, const char *text)
{
    int slot = model_kind_slot(record->kind, og_str_from(field));
    return og_diags_add(c->l->diags, OG_LEVEL_ERROR, code,
                        model_record_field_pos(record, slot), c->config->file->text, "%s",
                        text);
}

/* The records of a list(record) field; *ret_count 0 when nothing was written. */
static const og_value *records_of(const model_record *record, const char *field,
                                  size_t *ret_count)
{
    og_value v = record ? model_record_get(record, field) : og_absent();
    *ret_count = v.kind == OG_LIST ? v.as.list->count : 0;
    return *ret_count ? v.as.list->items : NULL;
}

/* A failure that is the file's fault becomes a finding; others stay failures. */
static int as_finding(config_check *c, const model_record *record, const char *field,
                      const char *code, int rc, og_error *local, og_error *err)
{
    if (rc == OG_E_NOTFOUND || rc == OG_E_CONFLICT || rc == OG_E_INVALID ||
        rc == OG_E_UNSUPPORTED) {
        finding(c, record, field, code, og_error_text(local));
        rc = OG_OK;
    } else if (rc != OG_OK) {
        rc = og_fail(err, rc, "%s", og_error_text(local));
    }
    og_error_done(local);
    return rc;
}

static int open_zone(config_check *c, og_error *err)
{
    og_str name = c->config->time_zone;
    og_error local = {0};
    if (name.n == 0)
        return OG_OK;
    int rc = zone_open(name, &c->l->reg->zone, &local);
    return as_finding(c, c->config->record, "time_zone", "unknown-zone", rc, &local, err);
}

static int add_exceptions(config_check *c, const model_record *settings, const char *list,
                          bool working, og_error *err)
{
    size_t count;
    const og_value *items = records_of(settings, list, &count);
    for (size_t i = 0; i < count; i++) {
        const model_record *day = model_record_of(items[i].as.object);
        og_value date = model_record_get(day, "date");
        og_error local = {0};
        if (date.kind != OG_DATE)
            continue;
        calendar *days = c->l->reg->calendar;
        int rc = working ? cal_add_working(days, (og_date)date.as.i, &local)
                         : cal_add_holiday(days, (og_date)date.as.i,
                                           model_record_text(day, "title"), &local);
        rc = as_finding(c, day, "date", "duplicate-day", rc, &local, err);
        if (rc != OG_OK)
            return rc;
    }
    return OG_OK;
}

static int open_calendar(config_check *c, og_error *err)
{
    const model_record *settings = model_record_sub(c->config->record, "calendar");
    og_error local = {0};
    int rc = cal_new(c->config->jurisdiction, &c->l->reg->calendar, &local);
    if (rc != OG_OK)
        return as_finding(c, settings ? settings : c->config->record, "jurisdiction",
                          "unknown-jurisdiction", rc, &local, err);
    rc = add_exceptions(c, settings, "holidays", false, err);
    return rc == OG_OK ? add_exceptions(c, settings, "working", true, err) : rc;
}

/* url: TEXT, or {env: NAME} and nothing else. */
static void check_url(config_check *c, const model_record *sink)
{
    og_value url = model_record_get(sink, "url");
    if (url.kind == OG_MAP && url.as.map->count == 1 &&
        og_map_find_str(url.as.map, OG_STR("env")).kind == OG_STRING)
        return;
    if (url.kind == OG_STRING && (og_str_starts(og_text(url), OG_STR("https://")) ||
                                  og_str_starts(og_text(url), OG_STR("http://"))))
        return;
    if (url.kind == OG_ABSENT)
        return;
    og_diag *d = finding(c, sink, "url", "bad-url", "this is no web address");
    og_diags_hint(c->l->diags, d,
                  "https://..., or {env: NAME} for an address in the "
                  "environment");
}

static void check_secret(config_check *c, const model_record *sink)
{
    const model_record *secret = model_record_sub(sink, "secret");
    if (secret && (model_record_text(secret, "env").n > 0) ==
                      (model_record_text(secret, "file").n > 0))
        finding(c, sink, "secret", "bad-secret",
                "a secret is found in 'env' or in 'file', one of the two");
}

static void check_sinks(config_check *c)
{
    size_t count;
    const og_value *sinks = records_of(c->config->record, "sinks", &count);
    for (size_t i = 0; i < count; i++) {
        const model_record *sink = model_record_of(sinks[i].as.object);
        check_url(c, sink);
        check_secret(c, sink);
        for (size_t k = 0; k < i; k++) {
            const model_record *other = model_record_of(sinks[k].as.object);
            if (og_str_eq(model_record_text(sink, "id"), model_record_text(other, "id")))
                finding(c, sink, "id", "duplicate-id", "another sink has this id");
        }
    }
}

static void check_criteria(config_check *c)
{
    og_value sets = model_record_get(c->config->record, "criteria");
    for (size_t i = 0; sets.kind == OG_MAP && i < sets.as.map->count; i++) {
        og_str name = og_text(sets.as.map->keys[i]);
        const model_kind *kind = model_kind_named(c->l->reg->kinds, name);
        if (kind && kind->home.n)
            continue;
        og_diag *d = finding(c, c->config->record, "criteria", "unknown-kind",
                             "criteria are for kinds with files of their own");
        og_diags_hint(c->l->diags, d, "'%.*s' is none", OG_FMT(name));
    }
}

static void check_signers(config_check *c)
{
    size_t count;
    const og_value *bodies = records_of(c->config->record, "authorities", &count);
    for (size_t i = 0; i < count; i++) {
        const model_record *body = model_record_of(bodies[i].as.object);
        og_str path = model_record_text(body, "signers");
        if (path.n && register_entry(c->l->reg->source, path) == SIZE_MAX)
            finding(c, body, "signers", "missing-file", "the register has no such file");
    }
}

static int read_config(register_loader *l, const model_file *file, og_error *err)
{
    model_register *reg = l->reg;
    model_record *record;
    l->reader.file = file;
    l->reader.source = file->text;
    int rc =
        model_read_record(&l->reader, &file->document, file->document.root,
                          model_form(reg->kinds, "config"), NULL, NULL, &record, err);
    if (rc != OG_OK || !record)
        return rc;
    const model_record *days = model_record_sub(record, "calendar");
    og_str jurisdiction = days ? model_record_text(days, "jurisdiction") : (og_str){0};
    reg->config = (model_config){
        .record = record,
        .file = file,
        .title = model_record_text(record, "title"),
        .time_zone = model_record_text(record, "time_zone"),
        .jurisdiction = jurisdiction.n ? jurisdiction : OG_STR("england-and-wales")};
    config_check check = {l, &reg->config};
    check_sinks(&check);
    check_criteria(&check);
    check_signers(&check);
    rc = open_zone(&check, err);
    return rc == OG_OK ? open_calendar(&check, err) : rc;
}

int register_load_config(register_loader *l, og_error *err)
{
    const model_source *source = l->reg->source;
    size_t index = register_entry(source, OG_STR("opsgate.yaml"));
    const model_file *file;
    if (index == SIZE_MAX)
        return og_fail(err, OG_E_NOTFOUND,
                       "this is no register: it has no 'opsgate.yaml'");
    if (source->entries[index].kind != MODEL_ENTRY_FILE)
        return OG_OK; /* a finding of register_check_places */
    int rc = register_read_file(l, index, true, &file, err);
    return rc == OG_OK && file ? read_config(l, file, err) : rc;
}
