/* Which files of a register are criteria sets, and which are their test cases. */
#include "app/app.h"

/* NAME of "<directory>NAME.yaml"; empty when the path is not one of these. */
static og_str name_in(og_str path, og_str directory)
{
    const og_str end = OG_STR(".yaml");

    if (!og_str_starts(path, directory) || !og_str_ends(path, end) ||
        path.n <= directory.n + end.n)
        return (og_str){0};
    og_str name = og_str_slice(path, directory.n, path.n - end.n);
    return og_str_find(name, '/') == name.n ? name : (og_str){0};
}

int app_each_criteria_file(const model_source *source, bool tests,
                           app_criteria_file *each, void *context, og_error *err)
{
    og_str directory = tests ? OG_STR("criteria/tests/") : OG_STR("criteria/");
    int rc = OG_OK;

    for (size_t i = 0; i < source->count && rc == OG_OK; i++) {
        const model_entry *entry = &source->entries[i];
        og_str name = name_in(entry->path, directory);
        if (name.n > 0 && entry->kind == MODEL_ENTRY_FILE)
            rc = each(context, entry->path, name, err);
    }
    return rc;
}
