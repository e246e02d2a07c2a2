/* The bundle that files were held against, as text and as JSON. */
#include "render/report_bundle.h"

#include <assert.h>

#include "render/members.h"

/* ORDER: render_signed */
static const char *const signature_words[] = {"not signed", "not checked", "checked"};
static_assert(sizeof signature_words / sizeof signature_words[0] == RENDER_CHECKED + 1,
              "words for each");

static void put_age(const render_bundle *b, og_buf *out)
{
    char day[11];

    og_date_format(b->day, day);
    og_buf_printf(out, ", as of %s", day);
    if (b->day > b->today)
        og_buf_puts(out, " (ahead of today)");
    else if (b->day < b->today)
        og_buf_printf(out, " (%d day%s ago)", (int)(b->today - b->day),
                      b->today - b->day == 1 ? "" : "s");
}

void render_bundle_text(const render_bundle *bundle, og_buf *out)
{
    if (!bundle)
        return;
    og_buf_puts(out, "bundle sha256:");
    og_buf_put_shown(out, bundle->sha256);
    og_buf_puts(out, ", commit ");
    og_buf_put_shown(out, og_str_slice(bundle->commit, 0, 12));
    put_age(bundle, out);
    switch (bundle->signature) {
    case RENDER_UNSIGNED:
        og_buf_puts(out, ", not signed\n");
        break;
    case RENDER_UNCHECKED:
        og_buf_puts(out, ", signature not checked\n");
        break;
    case RENDER_CHECKED:
        og_buf_puts(out, ", signed by ");
        og_buf_put_shown(out, bundle->signer);
        og_buf_putc(out, '\n');
        break;
    }
}

void render_after_bundle(bool after, og_buf *out)
{
    if (after)
        og_buf_puts(out, "  dated after the bundle: a newer version may be in force; ask "
                         "for a new bundle\n");
}

og_value render_bundle_json(members_maker *k, const render_bundle *bundle)
{
    members m = members_of(k);

    if (!bundle)
        return og_absent();
    members_text(&m, "sha256", bundle->sha256);
    members_text(&m, "commit", bundle->commit);
    members_text(&m, "policy", bundle->policy);
    members_text(&m, "register", bundle->title);
    members_instant(&m, "at", bundle->at);
    if (bundle->day <= bundle->today)
        members_number(&m, "age_days", (size_t)(bundle->today - bundle->day));
    members_text(&m, "signature", og_str_from(signature_words[bundle->signature]));
    members_text(&m, "signer", bundle->signer);
    return members_end(&m);
}
