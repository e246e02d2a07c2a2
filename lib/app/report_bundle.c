/* Reading a bundle: its bytes, its signature, then and only then what it says. */
#include "app/report_bundle.h"

#include "app/report_version.h"
#include "app/ssh_signature.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"
#include "report/bundle.h"

typedef struct bundle_loader {
    app *a;
    const char *path, *signers;
    report_bundle_parts parts;
    render_bundle shown;
} bundle_loader;

/* ---- What was asked for ---- */

static int check_place(const opsgate_place *place, og_error *err)
{
    const struct {
        const char *name;
        bool given;
    } options[] = {{"--repo", place->repo != NULL},
                   {"--register", place->register_dir != NULL},
                   {"--rev", place->rev != NULL},
                   {"--policy-rev", place->policy_rev != NULL},
                   {"--worktree", place->worktree}};

    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (options[i].given)
            return og_fail(err, OG_E_USAGE,
                           "a bundle takes the place of a register: leave out '--bundle' "
                           "or '%s' (which may stand in the environment)",
                           options[i].name);
    return OG_OK;
}

/* ---- Bytes ---- */

static int read_bytes(bundle_loader *l, og_str *ret, og_error *err)
{
    app *a = l->a;
    og_buf bytes = {0};
    og_str path = l->path[0] == '/'
                      ? og_arena_str(&a->arena, og_str_from(l->path))
                      : og_arena_printf(&a->arena, "%s/%s", a->settings->cwd, l->path);

    if (!path.p)
        return og_nomem(err);
    int rc = og_file_read(path.p, OG_LIMIT_BUNDLE, true, &bytes, err);
    if (rc == OG_OK) {
        *ret = og_arena_str(&a->arena, bytes.n > 0 ? og_buf_str(&bytes) : OG_STR(""));
        rc = ret->p ? OG_OK : og_nomem(err);
    }
    og_buf_done(&bytes);
    return rc;
}

static int take_digest(bundle_loader *l, og_str bytes, og_error *err)
{
    unsigned char hash[OG_SHA256_SIZE];
    char hex[2 * OG_SHA256_SIZE + 1];

    og_sha256_of(bytes, hash);
    og_hex(hash, sizeof hash, hex);
    l->shown.sha256 = og_arena_str(&l->a->arena, og_str_from(hex));
    return l->shown.sha256.p ? OG_OK : og_nomem(err);
}

static int check_signature(bundle_loader *l, og_error *err)
{
    if (!l->signers) {
        l->shown.signature =
            l->parts.signature.n > 0 ? RENDER_UNCHECKED : RENDER_UNSIGNED;
        return OG_OK;
    }
    if (l->parts.signature.n == 0)
        return og_fail(err, OG_E_INVALID,
                       "it is not signed, and --signers asks for a signature: get a "
                       "signed one");
    l->shown.signature = RENDER_CHECKED;
    return ssh_signature_check(l->a, l->signers, l->parts.payload, l->parts.signature,
                               &l->shown.signer, err);
}

/* ---- Contents ---- */

static int read_contents(bundle_loader *l, og_error *err)
{
    app *a = l->a;
    const og_instant now = {a->settings->now_seconds, a->settings->now_nanos};
    og_diags diags = {0};
    report_bundle b = {0};

    a->claims.loaded = a->claims.bundle = true;
    int rc = report_bundle_read(&l->parts, l->path, &a->claims.reg, &diags, &b, err);
    app_show(a, &a->claims, &diags);
    og_diags_done(&diags);
    if (rc != OG_OK)
        return rc;
    l->shown.commit = b.commit;
    l->shown.policy = b.policy;
    l->shown.title = b.title;
    l->shown.at = b.at;
    l->shown.day = zone_date_at(a->claims.reg.zone, b.at);
    l->shown.today = zone_date_at(a->claims.reg.zone, now);
    return OG_OK;
}

static void say_unchecked(app *a, const char *path, render_signed signature)
{
    if (signature == RENDER_UNSIGNED)
        app_say(a, "bundle '%s' is not signed: anybody may have written it", path);
    else if (signature == RENDER_UNCHECKED)
        app_say(a,
                "the signature of bundle '%s' was not checked: name the keys it may be "
                "by with --signers",
                path);
}

static int load(bundle_loader *l, og_error *err)
{
    og_str bytes = {0};

    int rc = read_bytes(l, &bytes, err);
    if (rc == OG_OK)
        rc = take_digest(l, bytes, err);
    if (rc == OG_OK)
        rc = report_bundle_split(bytes, &l->parts, err);
    if (rc == OG_OK)
        rc = check_signature(l, err);
    if (rc == OG_OK)
        rc = read_contents(l, err);
    if (rc != OG_OK)
        return rc == OG_E_NOMEM ? rc : og_wrap(err, "bundle '%s'", l->path);
    say_unchecked(l->a, l->path, l->shown.signature);
    return OG_OK;
}

static int load_register(app *a, og_error *err)
{
    int rc = report_versions_load(a, err);

    if (rc == OG_E_NOTFOUND && !a->repo && !a->place->repo)
        app_say(a, "who has no register names the bundle that its keeper exported: "
                   "--bundle FILE");
    return rc;
}

int report_definitions_load(app *a, const char *bundle, const char *signers,
                            render_bundle *ret, og_error *err)
{
    bundle_loader l = {.a = a, .path = bundle, .signers = signers};

    *ret = (render_bundle){0};
    if (!bundle && signers)
        return og_fail(err, OG_E_USAGE,
                       "--signers is for the signature of a bundle: add --bundle");
    if (!bundle)
        return load_register(a, err);
    int rc = check_place(a->place, err);
    if (rc == OG_OK)
        rc = load(&l, err);
    if (rc == OG_OK)
        *ret = l.shown;
    return rc;
}
