/* Revisions: every way of writing one, and what is said when it is not there. */
#include "git_fixture.h"

/* Three commits on trunk, tags light and annotated, a branch with a '/'. */
static int set_up(void **state)
{
    int code = fixture_up(state);
    if (code < 0)
        return code;
    (void)sh("git init -q -b trunk base && cd base && echo one > f && git add f && "
             "git commit -q -m one && echo two > f && git commit -q -a -m two && "
             "git tag light && git tag -a -m x annotated && "
             "git branch what-if/severity-2-open HEAD~1 && "
             "echo three > f && git commit -q -a -m three && cd .. && "
             "git clone -q --depth 1 file://$PWD/base shallow");
    return 0;
}

static void fails(const char *where, const char *rev, og_code code, const char *first,
                  const char *second)
{
    repo *r = open_ok(where);
    repo_commit commit;
    og_error err = {0};
    assert_error(repo_resolve(r, rev, &commit, &err), code, &err, first, second, NULL);
    repo_free(r);
}

static void every_way_of_writing(void **state)
{
    (void)state;
    repo *r = open_ok("base");
    char two[41];
    snprintf(two, sizeof two, "%s", sh("git -C base rev-parse HEAD~1"));
    char prefix[9] = {0};
    memcpy(prefix, two, 8);
    const char *revs[] = {"light", "annotated", "refs/tags/light", "HEAD~1", "trunk^",
                          two,     prefix,      "HEAD^{commit}~1"};
    for (size_t i = 0; i < sizeof revs / sizeof *revs; i++)
        assert_string_equal(resolve_ok(r, revs[i]).id, two);
    repo_free(r);
}

static void commit_tells_tree_and_time(void **state)
{
    (void)state;
    repo *r = open_ok("base");
    repo_commit commit = resolve_ok(r, "what-if/severity-2-open");
    assert_string_equal(commit.tree, sh("git -C base rev-parse HEAD~2^{tree}"));
    assert_int_equal(commit.time, 1631016000);
    repo_free(r);
}

static void unknown_name_suggests(void **state)
{
    (void)state;
    fails("base", "what-if/severity-2-opne", OG_E_NOTFOUND, "unknown revision",
          "did you mean 'what-if/severity-2-open'?");
    fails("base", "ligt", OG_E_NOTFOUND, "'ligt'", "'light'");
    fails("base", "zzz", OG_E_NOTFOUND, "unknown revision 'zzz'", "git tag");
}

static void branch_only_on_the_remote(void **state)
{
    (void)state;
    (void)sh("git clone -q base clone");
    fails("clone", "what-if/severity-2-open", OG_E_NOTFOUND, "unknown revision",
          "did you mean 'origin/what-if/severity-2-open'?");
}

static void ancestor_that_never_was(void **state)
{
    (void)state;
    fails("base", "light~7", OG_E_NOTFOUND, "'light~7'", "'light' is there");
}

static void not_a_revision(void **state)
{
    (void)state;
    fails("base", "light..trunk", OG_E_NOTFOUND, "'light..trunk'", "");
    fails("base", "", OG_E_NOTFOUND, "''", "");
    fails("base", ":/one", OG_E_NOTFOUND, "':/one'", "not a commit");
    fails("base", "trunk^{/one}", OG_E_NOTFOUND, "trunk", "not a commit");
    fails("base", "light-3-gdeadbee", OG_E_NOTFOUND, "light-3-gdeadbee", "unknown");
    fails("base", "deadbeef", OG_E_NOTFOUND, "deadbeef", "unknown");
    fails("base", "trunk:f", OG_E_NOTFOUND, "'trunk:f'", "not a commit");
}

static void ambiguous_prefix(void **state)
{
    (void)state;
    /* Two blobs whose ids begin with 41b6, found by search. */
    (void)sh(
        "cd base && for i in $(seq 1 1500); do echo blob; echo data $(echo $i | wc -c); "
        "echo $i; done | git fast-import --quiet --force");
    const char *prefix = sh("cd base && git cat-file --batch-all-objects --batch-check | "
                            "cut -c1-4 | sort | uniq -d | head -1");
    char text[8];
    snprintf(text, sizeof text, "%s", prefix);
    assert_int_equal(strlen(text), 4);
    fails("base", text, OG_E_CONFLICT, "ambiguous", "more digits");
}

static void tag_in_the_place_of_a_branch(void **state)
{
    (void)state;
    (void)sh("git clone -q base clash && cd clash && git tag trunk HEAD~1");
    fails("clash", "trunk", OG_E_CONFLICT, "'refs/tags/trunk'", "'refs/heads/trunk'");
    fails("clash", "trunk~1", OG_E_CONFLICT, "ambiguous", "refs/heads/trunk");
    repo *r = open_ok("clash");
    assert_string_equal(resolve_ok(r, "refs/heads/trunk").id,
                        sh("git -C base rev-parse trunk"));
    repo_free(r);
    (void)sh("git -C clash tag -f trunk refs/heads/trunk");
    r = open_ok("clash");
    (void)resolve_ok(r, "trunk");
    repo_free(r);
}

static void branch_without_commit(void **state)
{
    (void)state;
    (void)sh("git init -q unborn");
    fails("unborn", "HEAD", OG_E_NOTFOUND, "no commit yet", "--worktree");
}

static void shallow_clone_says_what_to_fetch(void **state)
{
    (void)state;
    fails("shallow", "HEAD~1", OG_E_INCOMPLETE, "shallow",
          "git fetch --unshallow origin");
    fails("shallow", "light", OG_E_NOTFOUND, "unknown revision", "git fetch --unshallow");
}

static void commit_by_id(void **state)
{
    (void)state;
    char id[41];
    repo_commit commit;
    og_error err = {0};
    snprintf(id, sizeof id, "%s", sh("git -C base rev-parse light"));
    repo *r = open_ok("base");
    assert_int_equal(repo_commit_read(r, og_str_from(id), &commit, &err), OG_OK);
    assert_string_equal(commit.id, id);
    assert_error(repo_commit_read(r, OG_STR("abc"), &commit, &err), OG_E_USAGE, &err,
                 "'abc'", "40 hex", NULL);
    assert_error(repo_commit_read(r, og_str_from(commit.tree), &commit, &err),
                 OG_E_NOTFOUND, &err, "is a tree, not a commit", NULL);
    assert_error(repo_commit_read(r, OG_STR("00000000000000000000000000000000000000aa"),
                                  &commit, &err),
                 OG_E_INCOMPLETE, &err, "00aa", "git fetch REMOTE 0000", NULL);
    repo_free(r);
    r = open_ok("shallow");
    assert_error(repo_commit_read(r, og_str_from(id), &commit, &err), OG_E_INCOMPLETE,
                 &err, "shallow clone", "git fetch --unshallow origin",
                 "git fetch origin", NULL);
    repo_free(r);
    /* And what it says to run does bring it. */
    (void)sh("git -C shallow fetch -q --unshallow origin");
    r = open_ok("shallow");
    assert_int_equal(repo_commit_read(r, og_str_from(id), &commit, &err), OG_OK);
    repo_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_of_writing),
        cmocka_unit_test(commit_tells_tree_and_time),
        cmocka_unit_test(unknown_name_suggests),
        cmocka_unit_test(branch_only_on_the_remote),
        cmocka_unit_test(ancestor_that_never_was),
        cmocka_unit_test(not_a_revision),
        cmocka_unit_test(ambiguous_prefix),
        cmocka_unit_test(tag_in_the_place_of_a_branch),
        cmocka_unit_test(branch_without_commit),
        cmocka_unit_test(shallow_clone_says_what_to_fetch),
        cmocka_unit_test(commit_by_id),
    };
    return cmocka_run_group_tests(tests, set_up, fixture_down);
}
