/* The cases of bench/cel with this tree's library; compare.mjs says what is asked.
 * Parsing alone has no place in the library's interface and is taken from lib/cel. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cel/parse.h"
#include "opsgate/cel.h"

#define MAX_CASES 16
#define MAX_LINE 1000

typedef struct bench_case {
    char source[MAX_LINE];
    opsgate_cel_program *program;
    opsgate_cel_activation *now;
} bench_case;

static opsgate_cel_env *env;
static const opsgate_cel_record *person, *project, *release, *phase, *defect;

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "cel_ours: %s\n", what);
    exit(1);
}

/* ---- What is evaluated ---- */

static void declare(void)
{
    static const opsgate_cel_field person_fields[] = {{"name", "string"}};
    static const opsgate_cel_field project_fields[] = {{"owner", "person"}};
    static const opsgate_cel_field release_fields[] = {{"project", "project"}};
    static const opsgate_cel_field phase_fields[] = {{"id", "string"},
                                                     {"status", "string"}};
    static const opsgate_cel_field defect_fields[] = {
        {"id", "string"}, {"severity", "int"}, {"state", "enum(open, closed)"}};
    env = opsgate_cel_env_new();
    must(env, "no memory");
    person = opsgate_cel_env_record(env, "person", person_fields, 1);
    project = opsgate_cel_env_record(env, "project", project_fields, 1);
    release = opsgate_cel_env_record(env, "release", release_fields, 1);
    phase = opsgate_cel_env_record(env, "phase", phase_fields, 2);
    defect = opsgate_cel_env_record(env, "defect", defect_fields, 3);
    opsgate_cel_env_variable(env, "passed", "int");
    opsgate_cel_env_variable(env, "planned", "int");
    opsgate_cel_env_variable(env, "release", "release");
    opsgate_cel_env_variable(env, "name", "string");
    opsgate_cel_env_variable(env, "at", "timestamp");
    opsgate_cel_env_variable(env, "phases", "list(phase)");
    opsgate_cel_env_variable(env, "defects", "list(defect)");
}

static opsgate_cel_value make_id(opsgate_cel_arena *a, char letter, size_t i)
{
    char text[32];
    snprintf(text, sizeof text, "%c-%zu", letter, i);
    return opsgate_cel_string(a, text);
}

static opsgate_cel_value make_phases(opsgate_cel_arena *a, size_t count)
{
    opsgate_cel_value *items = calloc(count + 1, sizeof *items);
    must(items, "no memory");
    for (size_t i = 0; i < count; i++) {
        opsgate_cel_value fields[] = {make_id(a, 'P', i),
                                      opsgate_cel_string(a, "complete")};
        items[i] = opsgate_cel_make_record(a, phase, fields, 2);
    }
    opsgate_cel_value list = opsgate_cel_list(a, items, count);
    free(items);
    return list;
}

static opsgate_cel_value make_defects(opsgate_cel_arena *a, size_t count)
{
    opsgate_cel_value *items = calloc(count + 1, sizeof *items);
    must(items, "no memory");
    for (size_t i = 0; i < count; i++) {
        opsgate_cel_value fields[] = {make_id(a, 'D', i),
                                      opsgate_cel_int(1 + (int64_t)(i % 4)),
                                      opsgate_cel_string(a, "closed")};
        items[i] = opsgate_cel_make_record(a, defect, fields, 3);
    }
    opsgate_cel_value list = opsgate_cel_list(a, items, count);
    free(items);
    return list;
}

/* Half of the elements are phases, half defects. */
static opsgate_cel_activation *make_activation(size_t elements)
{
    opsgate_cel_activation *now = opsgate_cel_activation_new(env);
    must(now, "no memory");
    opsgate_cel_arena *a = opsgate_cel_inputs(now);
    opsgate_cel_value name = opsgate_cel_string(a, "ada");
    opsgate_cel_value owner = opsgate_cel_make_record(a, person, &name, 1);
    opsgate_cel_value of = opsgate_cel_make_record(a, project, &owner, 1);
    opsgate_cel_set(now, "passed", opsgate_cel_int(95));
    opsgate_cel_set(now, "planned", opsgate_cel_int(100));
    opsgate_cel_set(now, "release", opsgate_cel_make_record(a, release, &of, 1));
    opsgate_cel_set(now, "name", opsgate_cel_string(a, "SIT-2021-0042"));
    opsgate_cel_set(now, "at", opsgate_cel_timestamp(1633392000, 0));
    opsgate_cel_set(now, "phases", make_phases(a, elements / 2));
    opsgate_cel_set(now, "defects", make_defects(a, elements / 2));
    return now;
}

static opsgate_cel_program *compile(const char *source)
{
    opsgate_cel_program *program;
    opsgate_cel_issues *issues;
    if (opsgate_cel_compile(env, source, "bool", &program, &issues) != OPSGATE_CEL_OK)
        must(false, opsgate_cel_issues_text(issues));
    return program;
}

static size_t read_cases(const char *path, bench_case *cases)
{
    char line[MAX_LINE];
    size_t count = 0;
    FILE *file = fopen(path, "r");
    must(file, "the cases cannot be read");
    while (count < MAX_CASES && fgets(line, sizeof line, file)) {
        bench_case *c = &cases[count++];
        char *tab = strchr(line, '\t');
        must(tab, "a case is a name, a tab and an expression");
        line[strcspn(line, "\n")] = '\0';
        memcpy(c->source, tab + 1, strlen(tab));
        c->program = compile(c->source);
        c->now =
            make_activation(strstr(line, " elements\t") ? strtoul(line, NULL, 10) : 0);
    }
    fclose(file);
    return count;
}

/* ---- Phases ---- */

static void parse(const bench_case *c)
{
    static const cel_parse_limits limits = {
        .depth = 250, .nodes = 100000, .source = 65536};
    og_arena arena = {0};
    cel_issues issues = {0};
    cel_tree tree;
    must(cel_parse(og_str_from(c->source), &limits, &arena, &issues, &tree, NULL) ==
                 OG_OK &&
             issues.count == 0,
         "parsing failed");
    og_arena_done(&arena);
}

/* With linking: the program is ready. */
static void check(const bench_case *c)
{
    opsgate_cel_program_free(compile(c->source));
}

static void evaluate(const bench_case *c)
{
    opsgate_cel_value v;
    must(opsgate_cel_eval(c->program, c->now, &v) == OPSGATE_CEL_OK, "no memory");
}

static void from_source(const bench_case *c)
{
    opsgate_cel_value v;
    opsgate_cel_program *program = compile(c->source);
    must(opsgate_cel_eval(program, c->now, &v) == OPSGATE_CEL_OK, "no memory");
    opsgate_cel_program_free(program);
}

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double time_block(void (*run)(const bench_case *), const bench_case *c, long turns)
{
    double start = now_ns();
    for (long i = 0; i < turns; i++)
        run(c);
    return now_ns() - start;
}

/* Nanoseconds of one run: the least of ten blocks of about a millisecond, short enough
 * that some are not interrupted. */
static double measure(void (*run)(const bench_case *), const bench_case *c)
{
    long turns = 1;
    double least = time_block(run, c, turns);
    while (least < 1e6) {
        turns *= 2;
        least = time_block(run, c, turns);
    }
    for (int i = 0; i < 10; i++) {
        double ns = time_block(run, c, turns);
        least = ns < least ? ns : least;
    }
    return least / (double)turns;
}

static void answer(const char *phase_name, const bench_case *c)
{
    static const struct {
        const char *name;
        void (*run)(const bench_case *);
    } phases[] = {{"parse", parse},
                  {"check", check},
                  {"evaluate", evaluate},
                  {"source", from_source}};
    for (size_t i = 0; i < sizeof phases / sizeof *phases; i++)
        if (strcmp(phase_name, phases[i].name) == 0)
            printf("%.2f\n", measure(phases[i].run, c));
    if (strcmp(phase_name, "value") == 0) {
        char text[100];
        opsgate_cel_value v;
        must(opsgate_cel_eval(c->program, c->now, &v) == OPSGATE_CEL_OK, "no memory");
        opsgate_cel_show(v, text, sizeof text);
        printf("%s\n", text);
    }
    fflush(stdout);
}

int main(int argc, char **argv)
{
    static bench_case cases[MAX_CASES];
    char phase_name[16];
    size_t number;
    must(argc == 2, "usage: cel_ours CASES");
    declare();
    size_t count = read_cases(argv[1], cases);
    while (scanf("%15s %zu", phase_name, &number) == 2 && number < count)
        answer(phase_name, &cases[number]);
    for (size_t i = 0; i < count; i++) {
        opsgate_cel_program_free(cases[i].program);
        opsgate_cel_activation_free(cases[i].now);
    }
    opsgate_cel_env_free(env);
    return 0;
}
