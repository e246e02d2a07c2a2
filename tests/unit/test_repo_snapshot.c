/* Snapshots of commits and of the work tree: what is listed, in which order, what is read
 * and what is refused. */
#include "base/limits.h"
#include "git_fixture.h"

/* One of each kind, names that sort differently as paths and as tree entries, and a file
 * that only the work tree has. */
static int set_up(void **state)
{
    int code = fixture_up(state);
    if (code < 0)
        return code;
    (void)sh("git init -q -b trunk base && cd base && mkdir -p reg/a reg/sub/deep && "
             "printf one > reg/a/x && printf two > reg/a.b && printf three > reg/a0 && "
             "printf '' > reg/empty && printf run > reg/run && chmod +x reg/run && "
             "ln -s /etc/passwd reg/link && printf d > reg/sub/deep/er && "
             "printf o > outside && "
             "git add . && "
             "git update-index --add --cacheinfo "
             "160000,1111111111111111111111111111111111111111,reg/module && "
             "git commit -q -m one && printf new > reg/untracked");
    return 0;
}

typedef struct opened {
    repo *repo;
    repo_commit commit;
    og_arena arena;
    repo_snapshot snapshot;
} opened;

static opened open_snapshot(const char *where, const char *dir, bool work_tree)
{
    opened o = {.repo = open_ok(where)};
    og_error err = {0};
    if (!work_tree)
        o.commit = resolve_ok(o.repo, "HEAD");
    if (repo_snapshot_make(o.repo, work_tree ? NULL : &o.commit, og_str_from(dir),
                           &o.arena, &o.snapshot, &err) < 0)
        fail_msg("%s", og_error_text(&err));
    return o;
}

static void done(opened *o)
{
    og_arena_done(&o->arena);
    repo_free(o->repo);
}

static void assert_entry(const repo_snapshot *s, size_t index, const char *path,
                         repo_kind kind)
{
    if (!s->entries || index >= s->count) {
        fail_msg("there is no entry %zu for '%s'", index, path);
        return;
    }
    assert_string_equal(s->entries[index].path.p, path);
    assert_string_equal(repo_kind_name(s->entries[index].kind), repo_kind_name(kind));
}

static void commit_lists_everything_in_order(void **state)
{
    (void)state;
    opened o = open_snapshot("base", "reg", false);
    assert_int_equal(o.snapshot.count, 8);
    assert_entry(&o.snapshot, 0, "a.b", REPO_FILE);
    assert_entry(&o.snapshot, 1, "a/x", REPO_FILE);
    assert_entry(&o.snapshot, 2, "a0", REPO_FILE);
    assert_entry(&o.snapshot, 3, "empty", REPO_FILE);
    assert_entry(&o.snapshot, 4, "link", REPO_SYMLINK);
    assert_entry(&o.snapshot, 5, "module", REPO_SUBMODULE);
    assert_entry(&o.snapshot, 6, "run", REPO_EXECUTABLE);
    assert_entry(&o.snapshot, 7, "sub/deep/er", REPO_FILE);
    assert_string_equal(o.snapshot.tree, sh("git -C base rev-parse HEAD:reg"));
    assert_string_equal(o.snapshot.entries[0].blob,
                        sh("git -C base rev-parse HEAD:reg/a.b"));
    done(&o);
}

static void work_tree_lists_what_lies_there(void **state)
{
    (void)state;
    opened o = open_snapshot("base", "reg", true);
    assert_int_equal(o.snapshot.count, 8);
    assert_entry(&o.snapshot, 1, "a/x", REPO_FILE);
    assert_entry(&o.snapshot, 4, "link", REPO_SYMLINK);
    assert_entry(&o.snapshot, 5, "run", REPO_EXECUTABLE);
    assert_entry(&o.snapshot, 7, "untracked", REPO_FILE);
    assert_int_equal(o.snapshot.entries[7].size, 3);
    assert_string_equal(o.snapshot.entries[7].blob, "");
    assert_string_equal(o.snapshot.tree, "");
    done(&o);
}

static void root_leaves_git_out(void **state)
{
    (void)state;
    opened o = open_snapshot("base", "", true);
    assert_int_equal(o.snapshot.count, 9);
    assert_entry(&o.snapshot, 0, "outside", REPO_FILE);
    done(&o);
    o = open_snapshot("base", "", false);
    assert_int_equal(o.snapshot.count, 9);
    assert_entry(&o.snapshot, 0, "outside", REPO_FILE);
    done(&o);
}

static void strange_files_of_a_work_tree(void **state)
{
    (void)state;
    (void)sh(
        "git init -q odd && cd odd && mkfifo pipe && git init -q inner && touch inner/f");
    opened o = open_snapshot("odd", "", true);
    assert_int_equal(o.snapshot.count, 2);
    assert_entry(&o.snapshot, 0, "inner", REPO_SUBMODULE);
    assert_entry(&o.snapshot, 1, "pipe", REPO_SPECIAL);
    done(&o);
}

static void find_by_path(void **state)
{
    (void)state;
    opened o = open_snapshot("base", "reg", false);
    assert_ptr_equal(repo_snapshot_find(&o.snapshot, OG_STR("a0")),
                     &o.snapshot.entries[2]);
    assert_null(repo_snapshot_find(&o.snapshot, OG_STR("a")));
    assert_null(repo_snapshot_find(&o.snapshot, OG_STR("")));
    done(&o);
}

static void read_the_same_either_way(void **state)
{
    (void)state;
    for (int work_tree = 0; work_tree < 2; work_tree++) {
        opened o = open_snapshot("base", "reg", work_tree);
        repo_entry *x = repo_snapshot_find(&o.snapshot, OG_STR("a/x"));
        repo_entry *empty = repo_snapshot_find(&o.snapshot, OG_STR("empty"));
        og_error err = {0};
        og_str text;
        assert_int_equal(repo_snapshot_read(&o.snapshot, x, 3, &o.arena, &text, &err),
                         OG_OK);
        assert_string_equal(text.p, "one");
        assert_int_equal(x->size, 3);
        assert_string_equal(x->blob, sh("git -C base rev-parse HEAD:reg/a/x"));
        assert_int_equal(repo_snapshot_read(&o.snapshot, empty, 0, &o.arena, &text, &err),
                         OG_OK);
        assert_int_equal(text.n, 0);
        assert_string_equal(empty->blob, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
        done(&o);
    }
}

static void read_refuses(void **state)
{
    (void)state;
    for (int work_tree = 0; work_tree < 2; work_tree++) {
        opened o = open_snapshot("base", "reg", work_tree);
        og_error err = {0};
        og_str text;
        repo_entry *x = repo_snapshot_find(&o.snapshot, OG_STR("a/x"));
        assert_error(repo_snapshot_read(&o.snapshot, x, 2, &o.arena, &text, &err),
                     OG_E_LIMIT, &err, "'a/x' has 3 bytes, the limit is 2", NULL);
        repo_entry *link = repo_snapshot_find(&o.snapshot, OG_STR("link"));
        assert_error(repo_snapshot_read(&o.snapshot, link, 99, &o.arena, &text, &err),
                     OG_E_USAGE, &err, "'link' is a symbolic link", NULL);
        done(&o);
    }
}

/* A loose object whose header promises 1 GB: zlib's frame around one stored block. */
static void forge_huge_blob(const char *path)
{
    static const char data[] = "blob 1073741824\0zeros";
    unsigned char head[] = {0x78, 0x01, 0x01, sizeof data, 0, (unsigned char)~sizeof data,
                            0xff};
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(head, 1, sizeof head, file), sizeof head);
    assert_int_equal(fwrite(data, 1, sizeof data, file), sizeof data);
    assert_int_equal(fclose(file), 0);
}

static void huge_blob_is_not_inflated(void **state)
{
    (void)state;
    (void)sh("git init -q -b trunk huge && cd huge && mkdir -p .git/objects/ab");
    forge_huge_blob("huge/.git/objects/ab/ababababababababababababababababababab");
    (void)sh("cd huge && git update-index --add --cacheinfo "
             "100644,abababababababababababababababababababab,big && "
             "tree=$(git write-tree --missing-ok) && "
             "git update-ref HEAD $(git commit-tree -m one $tree)");
    opened o = open_snapshot("huge", "", false);
    og_error err = {0};
    og_str text;
    assert_error(repo_snapshot_read(&o.snapshot, &o.snapshot.entries[0], OG_LIMIT_FILE,
                                    &o.arena, &text, &err),
                 OG_E_LIMIT, &err, "'big' has 1073741824 bytes, the limit is 16777216",
                 NULL);
    done(&o);
}

static void huge_file_is_not_read(void **state)
{
    (void)state;
    (void)sh("git init -q sparse && truncate -s 1G sparse/big");
    opened o = open_snapshot("sparse", "", true);
    og_error err = {0};
    og_str text;
    assert_error(repo_snapshot_read(&o.snapshot, &o.snapshot.entries[0], OG_LIMIT_FILE,
                                    &o.arena, &text, &err),
                 OG_E_LIMIT, &err, "'big' has 1073741824 bytes", NULL);
    done(&o);
}

static void damaged_blob(void **state)
{
    (void)state;
    (void)sh("git init -q -b trunk bad && cd bad && echo text > f && git add f && "
             "git commit -q -m one && o=.git/objects/$(git rev-parse HEAD:f | "
             "sed 's|..|&/|') && chmod +w $o && printf garbage > $o");
    opened o = open_snapshot("bad", "", false);
    og_error err = {0};
    og_str text;
    assert_error(repo_snapshot_read(&o.snapshot, &o.snapshot.entries[0], 99, &o.arena,
                                    &text, &err),
                 OG_E_IO, &err, "'f'", NULL);
    (void)sh("cd bad && rm -f .git/objects/$(git rev-parse HEAD:f | sed 's|..|&/|')");
    assert_error(repo_snapshot_read(&o.snapshot, &o.snapshot.entries[0], 99, &o.arena,
                                    &text, &err),
                 OG_E_IO, &err, "'f'", "git fsck", NULL);
    done(&o);
}

static void partial_clone_says_what_to_fetch(void **state)
{
    (void)state;
    (void)sh("git -C base config uploadpack.allowFilter true && "
             "git clone -q --no-checkout --filter=blob:none file://$PWD/base partial");
    opened o = open_snapshot("partial", "reg", false);
    og_error err = {0};
    og_str text;
    assert_error(repo_snapshot_read(&o.snapshot, &o.snapshot.entries[0], 99, &o.arena,
                                    &text, &err),
                 OG_E_INCOMPLETE, &err, "'a.b'", "git fetch --refetch --no-filter origin",
                 NULL);
    done(&o);
    (void)sh("git -C partial fetch -q --refetch --no-filter origin");
    o = open_snapshot("partial", "reg", false);
    assert_int_equal(repo_snapshot_read(&o.snapshot, &o.snapshot.entries[0], 99, &o.arena,
                                        &text, &err),
                     OG_OK);
    done(&o);
}

static void clone_without_trees(void **state)
{
    (void)state;
    (void)sh("git -C base config uploadpack.allowFilter true && "
             "git clone -q --no-checkout --filter=tree:0 file://$PWD/base treeless");
    repo *r = open_ok("treeless");
    repo_commit commit = resolve_ok(r, "HEAD");
    og_arena arena = {0};
    og_error err = {0};
    repo_snapshot s;
    og_str dir;
    assert_error(repo_snapshot_make(r, &commit, OG_STR("reg"), &arena, &s, &err),
                 OG_E_INCOMPLETE, &err, "git fetch --refetch --no-filter origin", NULL);
    assert_error(repo_snapshot_make(r, &commit, OG_STR(""), &arena, &s, &err),
                 OG_E_INCOMPLETE, &err, "git fetch --refetch", NULL);
    assert_error(repo_find_register(r, "reg", ".", &commit, &arena, &dir, &err),
                 OG_E_INCOMPLETE, &err, "git fetch --refetch", NULL);
    og_arena_done(&arena);
    repo_free(r);
}

static void no_such_directory(void **state)
{
    (void)state;
    repo *r = open_ok("base");
    repo_commit commit = resolve_ok(r, "HEAD");
    og_arena arena = {0};
    og_error err = {0};
    repo_snapshot s;
    assert_error(repo_snapshot_make(r, &commit, OG_STR("reg/none"), &arena, &s, &err),
                 OG_E_NOTFOUND, &err, "'reg/none'", NULL);
    assert_error(repo_snapshot_make(r, &commit, OG_STR("outside"), &arena, &s, &err),
                 OG_E_NOTFOUND, &err, "'outside' is a file", NULL);
    assert_error(repo_snapshot_make(r, &commit, OG_STR("reg/a/x/y"), &arena, &s, &err),
                 OG_E_NOTFOUND, &err, "'reg/a/x/y'", NULL);
    assert_error(repo_snapshot_make(r, NULL, OG_STR("reg/none"), &arena, &s, &err),
                 OG_E_NOTFOUND, &err, "'reg/none'", NULL);
    og_arena_done(&arena);
    repo_free(r);
}

static void link_to_a_directory_is_not_entered(void **state)
{
    (void)state;
    (void)sh(
        "git init -q way && mkdir way/real && touch way/real/f && ln -s real way/link");
    repo *r = open_ok("way");
    og_arena arena = {0};
    og_error err = {0};
    repo_snapshot s;
    int code = repo_snapshot_make(r, NULL, OG_STR("link"), &arena, &s, &err);
    assert_error(code, OG_E_NOTFOUND, &err, "'link'", NULL);
    og_arena_done(&arena);
    repo_free(r);
}

static void tree_out_of_order(void **state)
{
    (void)state;
    /* Written as bytes: git mktree would sort. */
    (void)sh("git init -q -b trunk forged && cd forged && "
             "b=$(printf x | git hash-object -w --stdin) && "
             "raw=$(echo $b | sed 's/../\\\\x&/g') && "
             "t=$(/usr/bin/printf \"100644 b\\\\0${raw}100644 a\\\\0${raw}\" | "
             "git hash-object -t tree --literally -w --stdin) && "
             "git update-ref HEAD $(git commit-tree -m one $t)");
    repo *r = open_ok("forged");
    repo_commit commit = resolve_ok(r, "HEAD");
    og_arena arena = {0};
    og_error err = {0};
    repo_snapshot s;
    assert_error(repo_snapshot_make(r, &commit, OG_STR(""), &arena, &s, &err), OG_E_IO,
                 &err, "damaged", "git fsck", NULL);
    og_arena_done(&arena);
    repo_free(r);
}

static void too_deep(void **state)
{
    (void)state;
    (void)sh("git init -q -b trunk deep && cd deep && "
             "d=$(seq -s / 1 105) && mkdir -p $d && touch $d/f && git add . && "
             "git commit -q -m one");
    repo *r = open_ok("deep");
    repo_commit commit = resolve_ok(r, "HEAD");
    og_arena arena = {0};
    og_error err = {0};
    repo_snapshot s;
    assert_error(repo_snapshot_make(r, &commit, OG_STR(""), &arena, &s, &err), OG_E_LIMIT,
                 &err, "levels deep", NULL);
    assert_error(repo_snapshot_make(r, NULL, OG_STR(""), &arena, &s, &err), OG_E_LIMIT,
                 &err, "levels deep", NULL);
    og_arena_done(&arena);
    repo_free(r);
}

static void bare_has_no_work_tree(void **state)
{
    (void)state;
    (void)sh("git clone -q --bare base bare.git");
    repo *r = open_ok("bare.git");
    og_arena arena = {0};
    og_error err = {0};
    repo_snapshot s;
    repo_changes changes;
    assert_error(repo_snapshot_make(r, NULL, OG_STR(""), &arena, &s, &err), OG_E_USAGE,
                 &err, "bare", NULL);
    assert_int_equal(repo_uncommitted(r, OG_STR(""), &arena, &changes, &err), OG_OK);
    assert_int_equal(changes.count, 0);
    og_arena_done(&arena);
    repo_free(r);
}

static void as_a_source(void **state)
{
    (void)state;
    for (int work_tree = 0; work_tree < 2; work_tree++) {
        opened o = open_snapshot("base", "reg", work_tree);
        model_source source;
        og_error err = {0};
        og_str text;
        assert_int_equal(repo_snapshot_source(&o.snapshot, work_tree ? NULL : &o.commit,
                                              &o.arena, &source, &err),
                         OG_OK);
        assert_int_equal(source.count, 8);
        assert_int_equal(source.entries[4].kind, MODEL_ENTRY_SYMLINK);
        assert_string_equal(source.commit, o.commit.id);
        assert_string_equal(source.tree, o.snapshot.tree);
        assert_int_equal(source.read(source.context, 1, 99, &o.arena, &text, &err),
                         OG_OK);
        assert_string_equal(text.p, "one");
        assert_string_equal(source.entries[1].blob,
                            sh("git -C base rev-parse HEAD:reg/a/x"));
        done(&o);
    }
}

static void uncommitted_files(void **state)
{
    (void)state;
    (void)sh("git init -q -b trunk dirty && cd dirty && mkdir reg && echo a > reg/a && "
             "echo b > reg/b && echo c > c && echo '*.log' > .gitignore && git add . && "
             "git commit -q -m one");
    repo *r = open_ok("dirty");
    og_arena arena = {0};
    og_error err = {0};
    repo_changes changes;
    assert_int_equal(repo_uncommitted(r, OG_STR("reg"), &arena, &changes, &err), OG_OK);
    assert_int_equal(changes.count, 0);
    (void)sh("cd dirty && echo more >> c && touch reg/x.log");
    assert_int_equal(repo_uncommitted(r, OG_STR("reg"), &arena, &changes, &err), OG_OK);
    assert_int_equal(changes.count, 0);
    (void)sh(
        "cd dirty && echo more >> reg/b && rm reg/a && mkdir reg/new && touch reg/new/f");
    assert_int_equal(repo_uncommitted(r, OG_STR("reg"), &arena, &changes, &err), OG_OK);
    assert_int_equal(changes.count, 3);
    assert_string_equal(changes.first.p, "reg/a");
    assert_int_equal(repo_uncommitted(r, OG_STR(""), &arena, &changes, &err), OG_OK);
    assert_int_equal(changes.count, 4);
    og_arena_done(&arena);
    repo_free(r);
}

/* Opens, resolves, lists and reads; whichever allocation fails, that is what is said. */
static int whole_use(og_error *err)
{
    repo *r = NULL;
    og_arena arena = {0};
    repo_commit commit;
    repo_snapshot s;
    model_source source;
    og_str dir, text;
    int code = repo_open("base", NULL, &r, err);
    if (code == OG_OK)
        code = repo_resolve(r, "trunk", &commit, err);
    if (code == OG_OK)
        code = repo_find_register(r, "withreg", ".", &commit, &arena, &dir, err);
    if (code == OG_OK || code == OG_E_NOTFOUND) {
        og_error_done(err);
        code = repo_snapshot_make(r, &commit, OG_STR("reg"), &arena, &s, err);
    }
    if (code == OG_OK)
        code = repo_snapshot_source(&s, &commit, &arena, &source, err);
    if (code == OG_OK)
        code = source.read(source.context, 1, 99, &arena, &text, err);
    if (code == OG_OK)
        code = repo_snapshot_make(r, NULL, OG_STR("reg"), &arena, &s, err);
    if (code == OG_OK)
        code = repo_snapshot_read(&s, &s.entries[1], 99, &arena, &text, err);
    og_arena_done(&arena);
    repo_free(r);
    return code;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
#ifdef OG_FAULT_INJECTION
    for (long n = 0;; n++) {
        og_error err = {0};
        og_mem_fail_at(n);
        int code = whole_use(&err);
        bool failed = og_mem_failed();
        og_mem_fail_at(-1);
        og_error_done(&err);
        if (!failed) {
            assert_int_equal(code, OG_OK);
            break;
        }
        assert_true(code == OG_E_NOMEM || code == OG_OK);
    }
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commit_lists_everything_in_order),
        cmocka_unit_test(work_tree_lists_what_lies_there),
        cmocka_unit_test(root_leaves_git_out),
        cmocka_unit_test(strange_files_of_a_work_tree),
        cmocka_unit_test(find_by_path),
        cmocka_unit_test(read_the_same_either_way),
        cmocka_unit_test(read_refuses),
        cmocka_unit_test(huge_blob_is_not_inflated),
        cmocka_unit_test(huge_file_is_not_read),
        cmocka_unit_test(damaged_blob),
        cmocka_unit_test(partial_clone_says_what_to_fetch),
        cmocka_unit_test(clone_without_trees),
        cmocka_unit_test(no_such_directory),
        cmocka_unit_test(link_to_a_directory_is_not_entered),
        cmocka_unit_test(tree_out_of_order),
        cmocka_unit_test(too_deep),
        cmocka_unit_test(bare_has_no_work_tree),
        cmocka_unit_test(as_a_source),
        cmocka_unit_test(uncommitted_files),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, set_up, fixture_down);
}
