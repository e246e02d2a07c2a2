/* Opens the repository given and reads the tree of HEAD: what libgit2 costs a short run.
 */
#include <git2.h>

int main(int argc, char **argv)
{
    git_repository *repository = NULL;
    git_object *tree = NULL;
    if (argc != 2 || git_libgit2_init() < 0 ||
        git_repository_open(&repository, argv[1]) < 0 ||
        git_revparse_single(&tree, repository, "HEAD^{tree}") < 0)
        return 2;
    git_object_free(tree);
    git_repository_free(repository);
    git_libgit2_shutdown();
    return 0;
}
