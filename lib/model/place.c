/* What each path of a register is for, and findings about what is for nothing. The rules
 * are written down in docs/register.md. */
#include "model/load.h"

static bool below(og_str path, const char *directory)
{
    return og_str_starts(path, og_str_from(directory));
}

static bool has_extension(og_str path, const char *const *extensions, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (og_str_ends(path, og_str_from(extensions[i])))
            return true;
    return false;
}

/* Documentation, keys, and whatever hides behind a dot. */
static bool is_ignored(og_str path)
{
    if (below(path, "docs/") || below(path, "keys/"))
        return true;
    size_t name = 0;
    for (size_t i = 0; i < path.n; i++) {
        if (path.p[i] == '.' && i == name)
            return true;
        if (path.p[i] == '/')
            name = i + 1;
    }
    og_str last = og_str_slice(path, name, path.n);
    return og_str_starts(last, OG_STR("README"));
}

static bool is_kind_file(og_str path)
{
    og_str name = og_str_slice(path, 6, path.n);
    return below(path, "kinds/") && og_str_ends(path, OG_STR(".yaml")) &&
           og_str_find(name, '/') == name.n;
}

static bool is_criteria_file(og_str path)
{
    if (!below(path, "criteria/") || !og_str_ends(path, OG_STR(".yaml")))
        return false;
    og_str name = og_str_slice(path, below(path, "criteria/tests/") ? 15 : 9, path.n);
    return og_str_find(name, '/') == name.n;
}

register_place register_place_of(const model_kinds *kinds, og_str path,
                                 const model_kind **ret_kind)
{
    if (is_ignored(path))
        return PLACE_IGNORED;
    if (og_str_is(path, "opsgate.yaml"))
        return PLACE_CONFIG;
    if (below(path, "evidence/"))
        return og_str_ends(path, OG_STR(".yaml")) ? PLACE_EVIDENCE : PLACE_DATA;
    if (is_kind_file(path))
        return PLACE_KIND;
    if (is_criteria_file(path))
        return PLACE_CRITERIA;
    for (size_t i = 0; i < kinds->count; i++) {
        if (model_kind_home_matches(kinds->list[i], path)) {
            *ret_kind = kinds->list[i];
            return PLACE_HOME;
        }
    }
    return PLACE_UNKNOWN;
}

/* Whether something is read from the directory that the path lies in or below. */
static bool in_known_directory(const model_kinds *kinds, og_str path)
{
    if (below(path, "evidence/") || below(path, "kinds/") || below(path, "criteria/"))
        return true;
    for (size_t i = 0; i < kinds->count; i++) {
        og_str home = kinds->list[i]->home;
        size_t n = og_str_find(home, '/') + 1;
        if (n <= home.n && og_str_starts(path, og_str_slice(home, 0, n)))
            return true;
    }
    return false;
}

static og_diag *finding(register_loader *l, const model_entry *entry, og_level level,
                        const char *code, const char *text)
{
    og_pos pos = {.path = entry->path.p};
    return og_diags_add(l->diags, level, code, pos, (og_str){NULL, 0}, "%s", text);
}

static void report_entry(register_loader *l, const model_entry *entry, bool ignored)
{
    static const char *const words[] = {"a file", "a symbolic link", "a submodule",
                                        "neither file nor directory"};
    og_pos pos = {.path = entry->path.p};
    og_diag *d = og_diags_add(l->diags, ignored ? OG_LEVEL_WARNING : OG_LEVEL_ERROR,
                              "not-a-file", pos, (og_str){NULL, 0},
                              "this is %s, which is never followed", words[entry->kind]);
    if (!ignored)
        og_diags_hint(l->diags, d, "put the file itself into the register");
}

/* Whether the path lies in a directory that is named as a file to be read is, which would
 * then be missing without a word. */
static bool report_directory(register_loader *l, const model_entry *entry)
{
    og_str path = entry->path;
    for (size_t at = 0; at < path.n; at++) {
        og_str directory = og_str_slice(path, 0, at);
        const model_kind *kind;
        if (path.p[at] != '/' || !og_str_ends(directory, OG_STR(".yaml")))
            continue;
        register_place place = register_place_of(l->reg->kinds, directory, &kind);
        if (place == PLACE_UNKNOWN || place == PLACE_IGNORED)
            continue;
        og_pos pos = {.path = path.p};
        og_diag *d = og_diags_add(
            l->diags, OG_LEVEL_ERROR, "misplaced-file", pos, (og_str){NULL, 0},
            "'%.*s' is to be a file and is a directory", OG_FMT(directory));
        og_diags_hint(l->diags, d, "rename the directory");
        return true;
    }
    return false;
}

static void report_data(register_loader *l, const model_entry *entry)
{
    static const char *const misnamed[] = {".yml", ".YAML", ".YML", ".Yaml"};
    static const char *const prose[] = {".md", ".txt", ".pdf", ".eml", ".docx", ".msg"};
    og_diag *d;
    if (has_extension(entry->path, misnamed, 4)) {
        d = finding(l, entry, OG_LEVEL_ERROR, "wrong-extension",
                    "only files that end in .yaml are read");
        og_diags_hint(l->diags, d, "rename it");
    } else if (!has_extension(entry->path, prose, 6)) {
        d = finding(l, entry, OG_LEVEL_WARNING, "unreferenced-data-file",
                    "no batch names this file");
        og_diags_hint(l->diags, d,
                      "name it in a batch beside it, under 'records', or remove "
                      "it");
    }
}

static void report_unknown(register_loader *l, const model_entry *entry)
{
    static const char *const data[] = {".yaml", ".yml",  ".YAML", ".YML",
                                       ".csv",  ".json", ".xml",  ".gz"};
    if (!has_extension(entry->path, data, 8))
        return;
    bool known = in_known_directory(l->reg->kinds, entry->path);
    og_diag *d = finding(l, entry, known ? OG_LEVEL_ERROR : OG_LEVEL_WARNING,
                         known ? "misplaced-file" : "unknown-place",
                         known ? "no file of this name is read from here"
                               : "nothing is read from here");
    if (known && has_extension(entry->path, data + 1, 3))
        og_diags_hint(l->diags, d, "files end in .yaml: rename it");
    else
        og_diags_hint(l->diags, d,
                      "docs/register.md lists the places; what is not for "
                      "opsgate can lie under docs/");
}

void register_check_places(register_loader *l)
{
    const model_source *source = l->reg->source;
    for (size_t i = 0; i < source->count; i++) {
        const model_entry *entry = &source->entries[i];
        const model_kind *kind;
        register_place place = register_place_of(l->reg->kinds, entry->path, &kind);
        if (entry->kind != MODEL_ENTRY_FILE)
            report_entry(l, entry, place == PLACE_IGNORED);
        else if (l->named[i] || (l->flags & MODEL_LOAD_HOMES_ONLY))
            continue; /* read, or nothing is known of what batches name */
        else if (place == PLACE_DATA && !report_directory(l, entry))
            report_data(l, entry);
        else if (place == PLACE_UNKNOWN && !report_directory(l, entry))
            report_unknown(l, entry);
    }
}
