/* From a sink as written to a target: URL and secret looked up outside the register. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "app/sink.h"

#include <limits.h>
#include <stdlib.h>

#include "base/file.h"

enum {
    SECRET_FILE_MAX = 4096
};

static bool list_has(og_value list, og_str word)
{
    if (list.kind != OG_LIST)
        return false;
    for (size_t i = 0; i < list.as.list->count; i++) {
        og_value item = list.as.list->items[i];
        if (item.kind == OG_STRING && og_str_eq(og_text(item), word))
            return true;
    }
    return false;
}

bool sink_wants(const model_record *sink, og_str event)
{
    og_value events = model_record_get(sink, "events");

    return events.kind == OG_ABSENT || list_has(events, event);
}

static const char *variable(const app *a, const char *name)
{
    const opsgate_settings *s = a->settings;

    return s->lookup ? s->lookup(s->lookup_context, name) : NULL;
}

/* A NUL-terminated copy of what the environment has under `name`. */
static int from_environment(app *a, og_str name, const char *what, og_str *ret,
                            og_error *err)
{
    og_str key = og_arena_str(&a->arena, name);
    if (!key.p)
        return og_nomem(err);
    const char *value = variable(a, key.p);
    if (!value || !*value)
        return og_fail(err, OG_E_INVALID,
                       "its %s is to be in the environment variable %s, which is not set",
                       what, key.p);
    *ret = og_arena_str(&a->arena, og_str_from(value));
    return ret->p ? OG_OK : og_nomem(err);
}

static int read_url(app *a, const model_record *sink, const char **ret, og_error *err)
{
    og_value url = model_record_get(sink, "url");
    og_value name =
        url.kind == OG_MAP ? og_map_find_str(url.as.map, OG_STR("env")) : og_absent();
    og_str text = {0};
    int rc = OG_OK;

    if (url.kind == OG_STRING) {
        text = og_arena_str(&a->arena, og_text(url));
        rc = text.p ? OG_OK : og_nomem(err);
    } else if (name.kind == OG_STRING && url.as.map->count == 1) {
        rc = from_environment(a, og_text(name), "url", &text, err);
    } else {
        rc = og_fail(err, OG_E_INVALID,
                     "its url is neither an address nor {env: NAME}: see docs/post.md");
    }
    if (rc == OG_OK)
        *ret = text.p;
    return rc;
}

/* The real path of `root` and `path` put together; false when there is no such file. */
static bool real_path(app *a, const char *root, og_str path, char ret[PATH_MAX])
{
    og_str joined = og_arena_printf(&a->arena, "%s%.*s", root, OG_FMT(path));

    return joined.p && realpath(joined.p, ret);
}

/* A relative path starts at the root of the work tree. */
static int secret_path(app *a, og_str path, char ret[PATH_MAX], og_error *err)
{
    const char *root = path.n > 0 && path.p[0] == '/' ? "" : repo_work_tree(a->repo);

    if (!root)
        return og_fail(err, OG_E_INVALID,
                       "its secret file '%.*s' is relative and the repository is bare: "
                       "write an absolute path",
                       OG_FMT(path));
    if (!real_path(a, root, path, ret))
        return og_fail(err, OG_E_INVALID, "its secret file '%.*s' cannot be found",
                       OG_FMT(path));
    return OG_OK;
}

/* A secret that lies among the files of the register is one commit from being published.
 */
static bool inside_register(app *a, const char *path)
{
    const char *root = repo_work_tree(a->repo);
    char directory[PATH_MAX];

    if (!root || !real_path(a, root, a->dir, directory))
        return false;
    size_t length = strlen(directory);
    return strncmp(path, directory, length) == 0 && path[length] == '/';
}

static int from_file(app *a, og_str file, og_str *ret, og_error *err)
{
    char path[PATH_MAX];
    og_buf text = {0};

    int rc = secret_path(a, file, path, err);
    if (rc == OG_OK && inside_register(a, path))
        return og_fail(
            err, OG_E_INVALID,
            "its secret file '%.*s' lies inside the register: move it out, and "
            "replace the secret if it was ever committed",
            OG_FMT(file));
    if (rc == OG_OK)
        rc = og_file_read(path, SECRET_FILE_MAX, true, &text, err);
    if (rc == OG_OK) {
        *ret = og_arena_str(&a->arena, og_str_trim(og_buf_str(&text)));
        rc = ret->p ? OG_OK : og_nomem(err);
    }
    og_buf_done(&text);
    return rc;
}

static int read_secret(app *a, const model_record *sink, og_str *ret, og_error *err)
{
    const model_record *secret = model_record_sub(sink, "secret");
    og_str env = secret ? model_record_text(secret, "env") : (og_str){0};
    og_str file = secret ? model_record_text(secret, "file") : (og_str){0};

    if ((env.n > 0) == (file.n > 0))
        return og_fail(err, OG_E_INVALID,
                       "its secret is to name one of {env: NAME} and {file: PATH}");
    return env.n > 0 ? from_environment(a, env, "secret", ret, err)
                     : from_file(a, file, ret, err);
}

/* The first of these variables that is set to something; names end with NULL. */
static const char *first_set(const app *a, const char *const *names)
{
    for (; *names; names++) {
        const char *value = variable(a, *names);
        if (value && *value)
            return value;
    }
    return NULL;
}

static post_network network(const app *a)
{
    static const char *const https[] = {"https_proxy", "HTTPS_PROXY", "all_proxy",
                                        "ALL_PROXY", NULL};
    static const char *const http[] = {"http_proxy", "all_proxy", "ALL_PROXY", NULL};
    static const char *const none[] = {"no_proxy", "NO_PROXY", NULL};
    static const char *const ca[] = {"CURL_CA_BUNDLE", "SSL_CERT_FILE", NULL};

    return (post_network){.https_proxy = first_set(a, https),
                          .http_proxy = first_set(a, http),
                          .no_proxy = first_set(a, none),
                          .ca_file = first_set(a, ca)};
}

int sink_target(app *a, const model_record *sink, post_target *ret, og_error *err)
{
    og_value allow = model_record_get(sink, "allow");
    og_str id = og_arena_str(&a->arena, model_record_text(sink, "id"));
    post_target target = {.name = id.p,
                          .allow_http = list_has(allow, OG_STR("http")),
                          .allow_private = list_has(allow, OG_STR("private_addresses")),
                          .network = network(a)};

    if (!id.p)
        return og_nomem(err);
    int rc = read_url(a, sink, &target.url, err);
    if (rc == OG_OK)
        rc = read_secret(a, sink, &target.secrets, err);
    if (rc != OG_OK)
        return rc == OG_E_NOMEM ? rc
                                : og_wrap(err, "sink '%s' cannot be told", target.name);
    *ret = target;
    return OG_OK;
}
