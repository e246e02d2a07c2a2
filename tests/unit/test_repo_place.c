/* Finding the register's directory: upward, given, bare, in a revision or the work tree.
 */
#include "git_fixture.h"

/* base: a register at reg/ and one at the root of branch `root`; drafts/ only in the work
 * tree. */
static int set_up(void **state)
{
    int code = fixture_up(state);
    if (code < 0)
        return code;
    (void)sh(
        "git init -q -b trunk base && cd base && mkdir -p reg/evidence other && "
        "touch reg/opsgate.yaml reg/evidence/x other/y && git add . && "
        "git commit -q -m one && git branch root && git branch none && "
        "mkdir drafts && touch drafts/opsgate.yaml && cd .. && "
        "git init -q -b trunk top && cd top && mkdir -p a/b && "
        "touch opsgate.yaml a/b/c && "
        "git add . && git commit -q -m one && cd .. && git clone -q --bare top top.git");
    return 0;
}

typedef struct question {
    const char *where, *given, *from, *rev; /* rev NULL: the work tree */
} question;

static int ask(question q, og_arena *arena, og_str *ret, og_error *err)
{
    repo *r = open_ok(q.where);
    repo_commit commit;
    if (q.rev)
        commit = resolve_ok(r, q.rev);
    int code =
        repo_find_register(r, q.given, q.from, q.rev ? &commit : NULL, arena, ret, err);
    repo_free(r);
    return code;
}

static void finds(question q, const char *want)
{
    og_arena arena = {0};
    og_error err = {0};
    og_str got;
    if (ask(q, &arena, &got, &err) < 0)
        fail_msg("%s", og_error_text(&err));
    assert_string_equal(got.p, want);
    og_arena_done(&arena);
}

static void fails(question q, og_code code, const char *first, const char *second)
{
    og_arena arena = {0};
    og_error err = {0};
    og_str got;
    assert_error(ask(q, &arena, &got, &err), code, &err, first, second, NULL);
    og_arena_done(&arena);
}

static void nearest_upward(void **state)
{
    (void)state;
    finds((question){"base", NULL, "base/reg", "HEAD"}, "reg");
    finds((question){"base", NULL, "base/reg/evidence", "HEAD"}, "reg");
    finds((question){"base", NULL, "base/reg/evidence", NULL}, "reg");
    finds((question){"top", NULL, "top/a/b", "HEAD"}, "");
    finds((question){"top", NULL, in("top/a/b"), NULL}, "");
}

static void given_from_where_we_stand(void **state)
{
    (void)state;
    finds((question){"base", "reg", "base", "HEAD"}, "reg");
    finds((question){"base", "../reg/", "base/other", "HEAD"}, "reg");
    finds((question){"base", "./reg/../reg", "base", NULL}, "reg");
    finds((question){"base", in("base/reg"), "base/other", "HEAD"}, "reg");
    finds((question){"top", ".", "top", "HEAD"}, "");
}

static void outside_the_work_tree_the_root_counts(void **state)
{
    (void)state;
    finds((question){"base", "reg", ".", "HEAD"}, "reg");
    finds((question){"top", NULL, ".", "HEAD"}, "");
}

static void bare_repository(void **state)
{
    (void)state;
    finds((question){"top.git", NULL, ".", "HEAD"}, "");
    fails((question){"top.git", "a", ".", "HEAD"}, OG_E_NOTFOUND, "'a/opsgate.yaml'",
          "--register");
    fails((question){"top.git", NULL, ".", NULL}, OG_E_USAGE, "bare", "--rev");
    fails((question){"top.git", "/etc", ".", "HEAD"}, OG_E_USAGE, "'/etc'",
          "relative to its root");
}

static void not_there(void **state)
{
    (void)state;
    fails((question){"base", NULL, "base/other", "HEAD"}, OG_E_NOTFOUND,
          "no opsgate.yaml in 'other' or above it in commit", "opsgate init");
    fails((question){"base", "other", "base", "HEAD"}, OG_E_NOTFOUND,
          "'other/opsgate.yaml'", "--register DIR");
    fails((question){"base", NULL, "base", NULL}, OG_E_NOTFOUND, "'.'", "the work tree");
}

static void only_in_the_work_tree(void **state)
{
    (void)state;
    fails((question){"base", "drafts", "base", "HEAD"}, OG_E_NOTFOUND,
          "in the work tree but not in commit", "--worktree");
    finds((question){"base", "drafts", "base", NULL}, "drafts");
}

static void out_of_the_repository(void **state)
{
    (void)state;
    fails((question){"base", "../top", "base", "HEAD"}, OG_E_USAGE, "'../top'",
          "out of the repository");
    fails((question){"base", in("top"), "base", "HEAD"}, OG_E_USAGE,
          "outside the repository", in("base/"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_upward),
        cmocka_unit_test(given_from_where_we_stand),
        cmocka_unit_test(outside_the_work_tree_the_root_counts),
        cmocka_unit_test(bare_repository),
        cmocka_unit_test(not_there),
        cmocka_unit_test(only_in_the_work_tree),
        cmocka_unit_test(out_of_the_repository),
    };
    return cmocka_run_group_tests(tests, set_up, fixture_down);
}
