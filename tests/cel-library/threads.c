/* One environment, one program and one list of records, used by several threads at once:
 * each has an activation of its own and must get what one thread alone gets. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "opsgate/cel.h"

enum {
    THREADS = 8,
    ROUNDS = 300,
    RECORDS = 50
};

typedef struct shared {
    const opsgate_cel_env *env;
    const opsgate_cel_program *program;
    opsgate_cel_value records;
} shared;

typedef struct job {
    const shared *all;
    int64_t limit;
    unsigned wrong;
} job;

static opsgate_cel_value twice(opsgate_cel_call *call, const opsgate_cel_value *args,
                               size_t count)
{
    char text[64];
    opsgate_cel_text in = opsgate_cel_as_text(args[0]);
    (void)count;
    snprintf(text, sizeof text, "%.*s%.*s", (int)in.n, in.p, (int)in.n, in.p);
    return opsgate_cel_string(opsgate_cel_call_arena(call), text);
}

/* What the program must come to for a limit: state is "open" for every third record. */
static int64_t expected(int64_t limit)
{
    int64_t count = 0;
    for (int i = 0; i < RECORDS; i++)
        count += i <= limit && i % 3 == 0;
    return count;
}

static void *run(void *context)
{
    job *j = context;
    opsgate_cel_activation *now = opsgate_cel_activation_new(j->all->env);
    if (!now) {
        j->wrong = 1;
        return NULL;
    }
    opsgate_cel_set(now, "records", j->all->records);
    for (int i = 0; i < ROUNDS; i++) {
        int64_t limit = (j->limit + i) % RECORDS;
        opsgate_cel_value v;
        const opsgate_cel_reason *reason;
        opsgate_cel_program *own = NULL;
        opsgate_cel_set(now, "limit", opsgate_cel_int(limit));
        opsgate_cel_status status =
            i % 2 ? opsgate_cel_explain(j->all->program, now, &v, &reason)
                  : opsgate_cel_eval(j->all->program, now, &v);
        j->wrong += status != OPSGATE_CEL_OK || opsgate_cel_as_int(v) != expected(limit);
        if (i % 16 == 0) /* compiling, too, only reads the environment */
            j->wrong += opsgate_cel_compile(j->all->env, "limit + size(records) > 3",
                                            "bool", &own, NULL) != OPSGATE_CEL_OK;
        opsgate_cel_program_free(own);
    }
    opsgate_cel_activation_free(now);
    return NULL;
}

static opsgate_cel_value make_records(opsgate_cel_arena *arena,
                                      const opsgate_cel_record *type)
{
    opsgate_cel_value records[RECORDS];
    for (int i = 0; i < RECORDS; i++) {
        opsgate_cel_value fields[] = {
            opsgate_cel_int(i), opsgate_cel_string(arena, i % 3 ? "closed" : "open")};
        records[i] = opsgate_cel_make_record(arena, type, fields, 2);
    }
    return opsgate_cel_list(arena, records, RECORDS);
}

static unsigned run_all(const shared *all)
{
    pthread_t threads[THREADS];
    job jobs[THREADS];
    unsigned wrong = 0;
    for (int i = 0; i < THREADS; i++) {
        jobs[i] = (job){all, i * 7, 0};
        if (pthread_create(&threads[i], NULL, run, &jobs[i]) != 0)
            return 1;
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        wrong += jobs[i].wrong;
    }
    return wrong;
}

int main(void)
{
    static const opsgate_cel_field fields[] = {{"n", "int"}, {"state", "string"}};
    opsgate_cel_env *env = opsgate_cel_env_new();
    opsgate_cel_arena *arena = opsgate_cel_arena_new(0);
    opsgate_cel_program *program = NULL;
    opsgate_cel_issues *issues = NULL;
    if (!env || !arena)
        return 1;
    const opsgate_cel_record *type = opsgate_cel_env_record(env, "row", fields, 2);
    opsgate_cel_env_variable(env, "records", "list(row)");
    opsgate_cel_env_variable(env, "limit", "int");
    opsgate_cel_env_function(env, "string.twice(): string", twice, NULL);
    if (opsgate_cel_compile(env,
                            "records.filter(r, r.n <= limit && r.state.matches('^op.n$')"
                            " && r.state.twice() == 'openopen').size()",
                            "int", &program, &issues) != OPSGATE_CEL_OK) {
        printf("%s", issues ? opsgate_cel_issues_text(issues) : "no memory\n");
        return 1;
    }
    shared all = {env, program, make_records(arena, type)};
    unsigned wrong = run_all(&all);
    if (wrong)
        printf("%u results differ from those of one thread\n", wrong);
    opsgate_cel_program_free(program);
    opsgate_cel_arena_free(arena);
    opsgate_cel_env_free(env);
    return wrong != 0;
}
