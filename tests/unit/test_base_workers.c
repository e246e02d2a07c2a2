/* Threads run every task once, in whatever order they are waited for. */
#include "unit.h"

#include "base/workers.h"

enum {
    TASKS = 500
};

typedef struct square {
    og_task task;
    int number, result, runs;
} square;

static void run(og_task *task)
{
    square *s = (square *)task;

    s->result = s->number * s->number;
    s->runs++;
}

static void check(size_t threads, bool backwards)
{
    static square all[TASKS];
    og_workers *w = NULL;
    og_error err = {0};

    assert_int_equal(og_workers_new(threads, &w, &err), OG_OK);
    for (int i = 0; i < TASKS; i++) {
        all[i] = (square){.task.run = run, .number = i};
        og_workers_give(w, &all[i].task);
    }
    for (int i = 0; i < TASKS; i++) {
        const square *s = &all[backwards ? TASKS - 1 - i : i];
        og_workers_wait(w, &s->task);
        assert_int_equal(s->result, s->number * s->number);
        assert_int_equal(s->runs, 1);
    }
    og_workers_free(w);
}

static void test_all(void **state)
{
    (void)state;
    for (size_t threads = 0; threads < 6; threads++) {
        check(threads, false);
        check(threads, true);
    }
}

/* What was given runs even when nobody waits for it. */
static void test_end(void **state)
{
    static square all[TASKS];
    og_workers *w = NULL;
    og_error err = {0};

    (void)state;
    og_workers_free(NULL);
    assert_int_equal(og_workers_new(2, &w, &err), OG_OK);
    for (int i = 0; i < TASKS; i++) {
        all[i] = (square){.task.run = run, .number = i};
        og_workers_give(w, &all[i].task);
    }
    og_workers_free(w);
    for (int i = 0; i < TASKS; i++)
        assert_int_equal(all[i].runs, 1);
}

static int attempt(void *context)
{
    og_workers *w = NULL;
    og_error err = {0};

    (void)context;
    int rc = og_workers_new(2, &w, &err);
    og_workers_free(w);
    return rc;
}

static void test_memory(void **state)
{
    (void)state;
    unit_fail_each(attempt, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all),
                                       cmocka_unit_test(test_end),
                                       cmocka_unit_test(test_memory)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
