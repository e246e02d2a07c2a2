/* Reads what a verdict reads and does nothing with it: every blob of the tree of a
 * revision, through libgit2 linked as opsgate links it. read_files REPOSITORY REVISION */
#include <git2.h>

static int read_blob(const char *root, const git_tree_entry *entry, void *payload)
{
    (void)root;
    git_blob *blob = NULL;
    if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB)
        return 0;
    if (git_blob_lookup(&blob, payload, git_tree_entry_id(entry)) < 0)
        return -1;
    git_blob_free(blob);
    return 0;
}

int main(int argc, char **argv)
{
    git_repository *repository = NULL;
    git_object *commit = NULL, *tree = NULL;
    if (argc != 3 || git_libgit2_init() < 0 ||
        git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0) < 0 ||
        git_repository_open(&repository, argv[1]) < 0 ||
        git_revparse_single(&commit, repository, argv[2]) < 0 ||
        git_object_peel(&tree, commit, GIT_OBJECT_TREE) < 0 ||
        git_tree_walk((git_tree *)tree, GIT_TREEWALK_PRE, read_blob, repository) < 0)
        return 2;
    git_object_free(tree);
    git_object_free(commit);
    git_repository_free(repository);
    git_libgit2_shutdown();
    return 0;
}
