/* Times the expression language: source to program, and evaluation of a comparison, a
 * field chain, strings with a pattern and a timestamp, and a condition over lists of
 * records. Prints nanoseconds (the best of several rounds), per evaluation and per
 * element. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cel/cel.h"

#define ROUNDS 7

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void must(int rc, og_error *err)
{
    if (rc == OG_OK)
        return;
    fprintf(stderr, "cel_bench: %s\n", og_error_text(err));
    exit(1);
}

/* ---- What is evaluated ---- */

enum {
    SLOT_X,
    SLOT_Y,
    SLOT_ISSUE,
    SLOT_DEFECTS,
    SLOT_PHASES,
    SLOT_NAME,
    SLOT_AT,
    SLOT_COUNT
};

static const og_str names[] = {
    {"id", 2}, {"severity", 8}, {"state", 5}, {"status", 6}, {"release", 7}};
static const og_shape shape = {{"record", 6}, 5, names};
static cel_object record_type;

static og_value make_record(og_arena *a, int64_t severity, const char *state,
                            og_value release)
{
    og_value *fields = OG_ARRAY(a, 5, og_value);
    og_object *o = OG_NEW(a, og_object);
    if (!fields || !o)
        exit(1);
    fields[0] = og_string(OG_STR("R-1"));
    fields[1] = og_int(severity);
    fields[2] = og_string(og_str_from(state));
    fields[3] = og_string(OG_STR("complete"));
    fields[4] = release;
    *o = (og_object){&shape, fields};
    return og_object_value(o);
}

static og_value make_list(og_arena *a, size_t count, int64_t severity, const char *state)
{
    og_value *items = OG_ARRAY(a, count, og_value);
    og_value list;
    if (!items)
        exit(1);
    for (size_t i = 0; i < count; i++)
        items[i] = make_record(a, severity + (int64_t)(i & 1), state, og_absent());
    if (og_list_make(a, items, count, &list) != OG_OK)
        exit(1);
    return list;
}

static cel_env *make_env(void)
{
    static const cel_field fields[] = {{{"id", 2}, &cel_string, false, {0}},
                                       {{"severity", 8}, &cel_int, false, {0}},
                                       {{"state", 5}, &cel_string, false, {0}},
                                       {{"status", 6}, &cel_string, false, {0}},
                                       {{"release", 7}, &record_type.type, true, {0}}};
    cel_object_init(&record_type, OG_STR("record"), OG_STR(""), fields, 5);
    og_error err = {0};
    cel_env *env;
    must(cel_env_new(NULL, NULL, &env, &err), &err);
    const cel_type *list = cel_type_list_of(cel_env_arena(env), &record_type.type);
    const struct {
        og_str name;
        const cel_type *type;
    } variables[SLOT_COUNT] = {{{"x", 1}, &cel_int},
                               {{"y", 1}, &cel_int},
                               {{"issue", 5}, &record_type.type},
                               {{"defects", 7}, list},
                               {{"phases", 6}, list},
                               {{"name", 4}, &cel_string},
                               {{"at", 2}, &cel_timestamp}};
    for (int i = 0; i < SLOT_COUNT; i++)
        must(cel_env_variable(env, variables[i].name, variables[i].type, (og_str){0},
                              NULL, &err),
             &err);
    return env;
}

/* ---- Timing ---- */

static double time_eval(const cel_program *program, const og_value *values, long turns)
{
    double best = 1e18;
    for (int round = 0; round < ROUNDS; round++) {
        og_arena arena = {0};
        og_error err = {0};
        og_value v;
        double start = now_ns();
        for (long i = 0; i < turns; i++) {
            must(cel_eval(program, values, &arena, NULL, &v, NULL, &err), &err);
            if (arena.used > 1 << 20)
                og_arena_reset(&arena);
        }
        double each = (now_ns() - start) / (double)turns;
        best = each < best ? each : best;
        og_arena_done(&arena);
    }
    return best;
}

static cel_program *compile(const cel_env *env, const char *source)
{
    cel_issues issues = {0};
    og_error err = {0};
    cel_program *program;
    must(cel_compile(env, og_str_from(source), NULL, &issues, &program, &err), &err);
    cel_issues_done(&issues);
    return program;
}

static double time_compile(const cel_env *env, const char *source)
{
    double best = 1e18;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now_ns();
        for (int i = 0; i < 200; i++)
            cel_program_free(compile(env, source));
        double each = (now_ns() - start) / 200;
        best = each < best ? each : best;
    }
    return best;
}

static void measure(const cel_env *env, const char *title, const char *source,
                    const og_value *values, size_t elements)
{
    cel_program *program = compile(env, source);
    long turns = elements > 1000 ? 20 : elements > 1 ? 2000 : 200000;
    double each = time_eval(program, values, turns);
    printf("%-34s %10.1f ns", title, each);
    if (elements > 0)
        printf(" %8.1f ns an element", each / (double)elements);
    printf("   compile %8.0f ns\n", time_compile(env, source));
    cel_program_free(program);
}

int main(void)
{
    static const char lists[] =
        "phases.all(p, p.status == \"complete\") && defects.filter(d, "
        "d.severity <= 2 && d.state == \"open\").size() == 0";
    cel_env *env = make_env();
    og_arena data = {0};
    og_value values[SLOT_COUNT] = {0};
    values[SLOT_X] = og_int(1);
    values[SLOT_Y] = og_int(2);
    values[SLOT_ISSUE] =
        make_record(&data, 2, "open", make_record(&data, 3, "fixed", og_absent()));
    values[SLOT_NAME] = og_string(OG_STR("SIT-2021-0042"));
    values[SLOT_AT] = og_timestamp((og_instant){1636045200, 0});
    values[SLOT_PHASES] = make_list(&data, 8, 1, "open");
    measure(env, "comparison", "x < y", values, 0);
    measure(env, "field chain", "issue.release.severity <= 3 && issue.state == \"open\"",
            values, 0);
    measure(env, "pattern and timestamp",
            "name.matches(\"^SIT-[0-9]{4}-[0-9]+$\") && name.startsWith(\"SIT\") && "
            "at < timestamp(\"2021-11-05T00:00:00Z\")",
            values, 0);
    static const size_t sizes[] = {10, 1000, 100000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char title[40];
        snprintf(title, sizeof title, "list of %zu records", sizes[i]);
        values[SLOT_DEFECTS] = make_list(&data, sizes[i], 1, "closed");
        measure(env, title, lists, values, sizes[i]);
    }
    og_arena_done(&data);
    cel_env_free(env);
    return 0;
}
