/* Judges a release again and again, after loading, and prints how long the loading, the
 * compiling of the criteria, and at least and in the median the judging took, in
 * milliseconds:
 *
 *     assess REPOSITORY REVISION RELEASE ROUNDS */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "assess/assess.h"
#include "repo/repo.h"

enum {
    MOST_ROUNDS = 1000
};

typedef struct judging {
    repo *repo;
    repo_commit commit;
    repo_snapshot snapshot;
    model_source source;
    model_register reg;
    model_criteria criteria;
    og_diags diags;
    og_arena arena;
    double load, compile, rounds[MOST_ROUNDS];
} judging;

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int load(judging *j, const char *path, const char *revision, og_error *err)
{
    double start = now_ms();
    int rc = repo_open(path, NULL, &j->repo, err);
    if (rc == OG_OK)
        rc = repo_resolve(j->repo, revision, &j->commit, err);
    if (rc == OG_OK)
        rc = repo_snapshot_make(j->repo, &j->commit, OG_STR(""), &j->arena, &j->snapshot,
                                err);
    if (rc == OG_OK)
        rc = repo_snapshot_source(&j->snapshot, &j->commit, &j->arena, &j->source, err);
    if (rc == OG_OK)
        rc = model_register_load(&j->reg, &j->source, NULL, 0, &j->diags, err);
    j->load = now_ms() - start;
    if (rc != OG_OK)
        return rc;
    start = now_ms();
    rc = model_criteria_load(&j->criteria, &j->reg, OG_STR("hundred"), &j->diags, err);
    j->compile = now_ms() - start;
    return rc;
}

static int judge(judging *j, const char *release, double *ret_ms, size_t *ret_met,
                 og_error *err)
{
    const model_kind *kind = j->criteria.subject;
    verdict v;
    og_arena arena = {0};
    assess_input in = {.claims = &j->reg,
                       .policy = &j->reg,
                       .policy_facts = &j->reg,
                       .criteria = &j->criteria,
                       .subject = model_find(&j->reg, kind, NULL, og_str_from(release)),
                       .at = {1633474799, 0}};
    if (!in.subject)
        return og_fail(err, OG_E_NOTFOUND, "there is no release '%s'", release);
    double start = now_ms();
    int rc = assess_run(&in, &arena, &j->diags, &v, err);
    *ret_ms = now_ms() - start;
    if (rc == OG_OK)
        *ret_met = v.tally[OUTCOME_MET];
    og_arena_done(&arena);
    return rc;
}

static int run(judging *j, char **argv, size_t rounds, og_error *err)
{
    size_t met = 0;
    int rc = load(j, argv[1], argv[2], err);
    for (size_t i = 0; rc == OG_OK && i < rounds; i++)
        rc = judge(j, argv[3], &j->rounds[i], &met, err);
    if (rc != OG_OK)
        return rc;
    qsort(j->rounds, rounds, sizeof *j->rounds, by_value);
    printf(
        "%zu criteria, %zu met: load %.1f, compile %.1f, judge %.1f (median %.1f) ms\n",
        j->criteria.count, met, j->load, j->compile, j->rounds[0], j->rounds[rounds / 2]);
    return OG_OK;
}

int main(int argc, char **argv)
{
    static judging j;
    og_error err = {0};
    size_t rounds = argc == 5 ? strtoul(argv[4], NULL, 10) : 0;
    if (rounds < 1 || rounds > MOST_ROUNDS) {
        fprintf(stderr, "usage: assess REPOSITORY REVISION RELEASE ROUNDS\n");
        return 2;
    }
    int rc = run(&j, argv, rounds, &err);
    if (rc != OG_OK)
        fprintf(stderr, "assess: %s\n", og_error_text(&err));
    return rc == OG_OK ? 0 : 2;
}
