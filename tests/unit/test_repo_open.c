/* Opening repositories of every shape, and being told why one cannot be opened. */
#include <sys/stat.h>

#include "git_fixture.h"

static void work_tree_is_found_from_below(void **state)
{
    (void)state;
    (void)sh("git init -q wt && mkdir -p wt/a/b");
    repo *r = open_ok("wt/a/b");
    assert_false(repo_is_bare(r));
    assert_false(repo_is_shallow(r));
    assert_string_equal(repo_work_tree(r), in("wt/"));
    assert_string_equal(repo_git_dir(r), in("wt/.git/"));
    repo_free(r);
}

static void null_path_is_the_current_directory(void **state)
{
    (void)state;
    (void)sh("git init -q cwd");
    assert_int_equal(chdir("cwd"), 0);
    repo *r = open_ok(NULL);
    assert_string_equal(repo_work_tree(r), in("cwd/"));
    repo_free(r);
    assert_int_equal(chdir(".."), 0);
}

static void bare_repository(void **state)
{
    (void)state;
    (void)sh("git init -q --bare bare.git");
    repo *r = open_ok("bare.git");
    assert_true(repo_is_bare(r));
    assert_null(repo_work_tree(r));
    repo_free(r);
}

static void linked_work_tree(void **state)
{
    (void)state;
    (void)sh("git init -q main && cd main && git commit -q --allow-empty -m one && "
             "git worktree add -q ../linked");
    repo *r = open_ok("linked");
    assert_string_equal(repo_work_tree(r), in("linked/"));
    assert_string_equal(repo_git_dir(r), in("main/.git/"));
    repo_free(r);
}

static void shallow_clone(void **state)
{
    (void)state;
    (void)sh("git init -q deep && cd deep && git commit -q --allow-empty -m one && "
             "git commit -q --allow-empty -m two && cd .. && "
             "git clone -q --depth 1 file://$PWD/deep shallow");
    repo *r = open_ok("shallow");
    assert_true(repo_is_shallow(r));
    repo_free(r);
}

static void partial_clone_opens(void **state)
{
    (void)state;
    (void)sh("git init -q whole && cd whole && git commit -q --allow-empty -m one && "
             "git config uploadpack.allowFilter true && cd .. && "
             "git clone -q --filter=blob:none file://$PWD/whole partial && "
             "git -C partial config core.repositoryformatversion 1 && "
             "git -C partial config extensions.partialClone origin");
    repo_free(open_ok("partial"));
}

static void not_a_repository(void **state)
{
    (void)state;
    repo *r = NULL;
    og_error err = {0};
    (void)sh("mkdir plain");
    assert_error(repo_open("plain", NULL, &r, &err), OG_E_NOTFOUND, &err, "'plain'",
                 "not in a git repository", "git init", "--repo", NULL);
    assert_null(r);
}

static void no_such_path(void **state)
{
    (void)state;
    repo *r = NULL;
    og_error err = {0};
    assert_error(repo_open("nowhere/at/all", NULL, &r, &err), OG_E_NOTFOUND, &err,
                 "'nowhere/at/all'", "No such file", NULL);
}

static void sha256_repository(void **state)
{
    (void)state;
    repo *r = NULL;
    og_error err = {0};
    (void)sh("git init -q --object-format=sha256 new");
    assert_error(repo_open("new", NULL, &r, &err), OG_E_UNSUPPORTED, &err, "'new'",
                 "SHA-256", NULL);
}

static void unknown_extension(void **state)
{
    (void)state;
    repo *r = NULL;
    og_error err = {0};
    (void)sh("git init -q ext && git -C ext config core.repositoryformatversion 1 && "
             "git -C ext config extensions.tomorrow true");
    assert_error(repo_open("ext", NULL, &r, &err), OG_E_UNSUPPORTED, &err, "'ext'",
                 "extensions.tomorrow", NULL);
}

static void damaged_repository(void **state)
{
    (void)state;
    repo *r = NULL;
    og_error err = {0};
    (void)sh("git init -q broken && rm broken/.git/HEAD");
    assert_error(repo_open("broken", NULL, &r, &err), OG_E_NOTFOUND, &err, "broken",
                 "not a valid one", NULL);
}

static void another_users_repository(void **state)
{
    (void)state;
    repo *r = NULL;
    og_error err = {0};
    if (geteuid() != 0)
        skip();
    (void)sh("git init -q theirs && chown -R 12345 theirs");
    assert_error(repo_open("theirs", NULL, &r, &err), OG_E_NOTFOUND, &err, "uid 12345",
                 "git config --global --add safe.directory", in("theirs"), "'*'", NULL);
    (void)sh("git config --global --add safe.directory $PWD/theirs");
    r = open_ok("theirs");
    repo_free(r);
    (void)sh("rm .gitconfig");
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
#ifdef OG_FAULT_INJECTION
    (void)sh("git init -q fault");
    for (long n = 0;; n++) {
        repo *r = NULL;
        og_error err = {0};
        og_mem_fail_at(n);
        int code = repo_open("fault", NULL, &r, &err);
        bool failed = og_mem_failed();
        og_mem_fail_at(-1);
        if (!failed) {
            assert_int_equal(code, OG_OK);
            repo_free(r);
            break;
        }
        assert_int_equal(code, OG_E_NOMEM);
        assert_null(r);
        og_error_done(&err);
    }
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_tree_is_found_from_below),
        cmocka_unit_test(null_path_is_the_current_directory),
        cmocka_unit_test(bare_repository),
        cmocka_unit_test(linked_work_tree),
        cmocka_unit_test(shallow_clone),
        cmocka_unit_test(partial_clone_opens),
        cmocka_unit_test(not_a_repository),
        cmocka_unit_test(no_such_path),
        cmocka_unit_test(sha256_repository),
        cmocka_unit_test(unknown_extension),
        cmocka_unit_test(damaged_repository),
        cmocka_unit_test(another_users_repository),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, fixture_up, fixture_down);
}
