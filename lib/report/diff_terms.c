/* What is promised about a report beside its files: recipients, notice, who answers. */
#include "model/register.h"
#include "report/differ.h"

static og_str text_of(const report_layout *l, const char *field)
{
    return l->record ? model_record_text(l->record, field) : OG_STR("");
}

/* ---- Recipients: "category electricity_networks", "party UKPN" ---- */

static og_str recipient_text(differ *d, const model_record *r)
{
    static const char *const names[] = {"category", "role", "party"};
    og_buf out = {0};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        og_str word = model_record_text(r, names[i]);
        if (word.n > 0)
            og_buf_printf(&out, "%s%s %.*s", out.n ? ", " : "", names[i], OG_FMT(word));
    }
    og_str text = og_arena_str(d->arena, out.n ? og_buf_str(&out) : OG_STR("nobody"));
    if (out.failed || !text.p)
        d->failed = OG_E_NOMEM;
    og_buf_done(&out);
    return text;
}

static report_words recipients_of(differ *d, const report_layout *l)
{
    og_value v = l->record ? model_record_get(l->record, "recipients") : og_absent();
    size_t count = v.kind == OG_LIST ? v.as.list->count : 0;
    og_str *items = OG_ARRAY(d->arena, count, og_str);

    if (!items) {
        d->failed = OG_E_NOMEM;
        return (report_words){0};
    }
    for (size_t i = 0; i < count; i++)
        items[i] = recipient_text(d, model_record_of(v.as.list->items[i].as.object));
    return (report_words){items, count};
}

/* ---- Notice ---- */

static og_value notice_of(const report_layout *l, const char *weight)
{
    const model_record *r = l->record ? model_record_sub(l->record, "notice") : NULL;

    return r ? model_record_get(r, weight) : og_absent();
}

static og_str period_text(differ *d, og_value v)
{
    if (v.kind != OG_PERIOD)
        return DIFFER_NONE;
    og_str s = og_arena_printf(d->arena, "%lld %s", (long long)v.as.i,
                               og_period_unit_name((og_period_unit)v.unit));
    if (!s.p)
        d->failed = OG_E_NOMEM;
    return s;
}

static void compare_notice(differ *d, const char *weight, const char *part)
{
    og_value old = notice_of(d->from, weight), new = notice_of(d->to, weight);

    if (old.kind != OG_PERIOD || new.kind != OG_PERIOD ||
        (old.unit == new.unit &&old.as.i == new.as.i))
        return;
    report_rule_id rule = old.unit != new.unit  ? REPORT_NOTICE_CHANGED
                          : new.as.i > old.as.i ? REPORT_NOTICE_LENGTHENED
                                                : REPORT_NOTICE_SHORTENED;
    differ_add(d, rule, part, period_text(d, old), period_text(d, new));
}

/* Left out: acknowledged for what breaks, else carried. */
static og_str proof_of(const report_layout *l, const char *weight, const char *usual)
{
    const model_record *r = l->record ? model_record_sub(l->record, "served_by") : NULL;
    og_str word = r ? model_record_text(r, weight) : OG_STR("");

    return word.n > 0 ? word : og_str_from(usual);
}

static void compare_proof(differ *d, const char *weight, const char *part,
                          const char *usual)
{
    og_str old = proof_of(d->from, weight, usual), new = proof_of(d->to, weight, usual);

    differ_text(d,
                og_str_is(new, "ack") ? REPORT_PROOF_STRENGTHENED : REPORT_PROOF_WEAKENED,
                part, old, new);
}

void differ_terms(differ *d)
{
    const report_layout *from = d->from, *to = d->to;
    const report_words before = recipients_of(d, from), after = recipients_of(d, to);

    differ_words(d, REPORT_RECIPIENT_ADDED, REPORT_RECIPIENT_REMOVED, NULL, &before,
                 &after);
    differ_text(d, REPORT_DEFINITION_CHANGED, NULL, from->definition, to->definition);
    differ_text(d, REPORT_DEFINITION_CHANGED, "schema", from->description,
                to->description);
    differ_text(d, REPORT_OWNER_CHANGED, NULL, from->owner, to->owner);
    differ_text(d, REPORT_CONSULT_CHANGED, NULL, text_of(from, "consult"),
                text_of(to, "consult"));
    compare_notice(d, "breaking", "notice.breaking");
    compare_notice(d, "compatible", "notice.compatible");
    compare_proof(d, "breaking", "served_by.breaking", "ack");
    compare_proof(d, "compatible", "served_by.compatible", "transport");
    differ_text(d, REPORT_TITLE_CHANGED, NULL, from->title, to->title);
    differ_text(d, REPORT_NOTE_CHANGED, NULL, text_of(from, "note"), text_of(to, "note"));
    differ_text(d, REPORT_NOTE_CHANGED, "schema", from->noted, to->noted);
    differ_text(d, REPORT_NOTE_CHANGED, "dialect", from->dialect.noted,
                to->dialect.noted);
}
