/* Reads what a verdict reads and does nothing with it: every blob of the tree of a
 * revision, through libgit2 linked as opsgate links it. With "parse", YAML files also go
 * through the bare event loop of libyaml: what no program that reads them can do without.
 * read_files REPOSITORY REVISION [parse] */
#include <git2.h>
#include <string.h>
#include <yaml.h>

typedef struct reading {
    git_repository *repository;
    int parse;
} reading;

static int parse_yaml(const unsigned char *text, size_t size)
{
    yaml_parser_t parser;
    yaml_event_t event;
    int last = 0;

    if (!yaml_parser_initialize(&parser))
        return -1;
    yaml_parser_set_input_string(&parser, text, size);
    while (!last && yaml_parser_parse(&parser, &event)) {
        last = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return last ? 0 : -1;
}

static int read_blob(const char *root, const git_tree_entry *entry, void *payload)
{
    const reading *r = payload;
    const char *name = git_tree_entry_name(entry);
    size_t length = strlen(name);
    git_blob *blob = NULL;
    int rc = 0;

    (void)root;
    if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB)
        return 0;
    if (git_blob_lookup(&blob, r->repository, git_tree_entry_id(entry)) < 0)
        return -1;
    if (r->parse && length > 5 && strcmp(name + length - 5, ".yaml") == 0)
        rc = parse_yaml(git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
    git_blob_free(blob);
    return rc;
}

int main(int argc, char **argv)
{
    reading r = {.parse = argc == 4 && strcmp(argv[3], "parse") == 0};
    git_object *commit = NULL, *tree = NULL;

    if (argc < 3 || git_libgit2_init() < 0 ||
        git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0) < 0 ||
        git_repository_open(&r.repository, argv[1]) < 0 ||
        git_revparse_single(&commit, r.repository, argv[2]) < 0 ||
        git_object_peel(&tree, commit, GIT_OBJECT_TREE) < 0 ||
        git_tree_walk((git_tree *)tree, GIT_TREEWALK_PRE, read_blob, &r) < 0)
        return 2;
    git_object_free(tree);
    git_object_free(commit);
    git_repository_free(r.repository);
    git_libgit2_shutdown();
    return 0;
}
