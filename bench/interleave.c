/*
 * Times whole processes: interleave N COMMAND... [-- COMMAND...]...
 *
 * Runs the commands in turn, N rounds, so that what disturbs the machine disturbs all
 * alike, and prints for each the least and the median wall-clock time in milliseconds,
 * the median as a multiple of the first command's, the median of the processor time, and
 * the most memory it held, in MiB. Their output is thrown away; a command that does not
 * exit with 0 or 1 ends the measurement.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum {
    MOST_COMMANDS = 16
};

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

typedef struct measured {
    double *wall, *cpu; /* milliseconds, a round each */
    long peak;          /* KiB */
} measured;

static double ms_of(struct timeval t)
{
    return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static void run(char **command, posix_spawn_file_actions_t *silent, long round,
                measured *ret)
{
    struct rusage used;
    double start = now_ms();
    pid_t child;
    int status;
    int code = posix_spawnp(&child, command[0], silent, NULL, command, environ);
    if (code != 0) {
        fprintf(stderr, "interleave: start '%s': %s\n", command[0], strerror(code));
        exit(2);
    }
    while (wait4(child, &status, 0, &used) < 0 && errno == EINTR) {
    }
    double end = now_ms();
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
        fprintf(stderr, "interleave: '%s' failed with status %d\n", command[0], status);
        exit(2);
    }
    ret->wall[round] = end - start;
    ret->cpu[round] = ms_of(used.ru_utime) + ms_of(used.ru_stime);
    ret->peak = used.ru_maxrss > ret->peak ? used.ru_maxrss : ret->peak;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The program's name without its directory, and its first argument. */
static void show(char **command)
{
    const char *slash = strrchr(command[0], '/');
    printf("%s %s\n", slash ? slash + 1 : command[0], command[1] ? command[1] : "");
}

int main(int argc, char **argv)
{
    char **commands[MOST_COMMANDS];
    size_t count = 0;
    long rounds = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
    for (int i = 2; i < argc; i++) {
        if (i > 2 && strcmp(argv[i - 1], "--") != 0)
            continue;
        if (count == MOST_COMMANDS || strcmp(argv[i], "--") == 0)
            rounds = 0;
        else
            commands[count++] = argv + i;
    }
    for (int i = 2; i < argc; i++)
        if (strcmp(argv[i], "--") == 0)
            argv[i] = NULL;
    if (rounds < 1 || count == 0) {
        fprintf(stderr, "usage: interleave ROUNDS COMMAND... [-- COMMAND...]...\n");
        return 2;
    }

    posix_spawn_file_actions_t silent;
    posix_spawn_file_actions_init(&silent);
    posix_spawn_file_actions_addopen(&silent, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&silent, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    measured of[MOST_COMMANDS] = {0};
    for (size_t c = 0; c < count; c++) {
        of[c].wall = malloc((size_t)rounds * sizeof(double));
        of[c].cpu = malloc((size_t)rounds * sizeof(double));
        if (!of[c].wall || !of[c].cpu)
            return 2;
    }
    for (long round = 0; round < rounds; round++)
        for (size_t c = 0; c < count; c++)
            run(commands[c], &silent, round, &of[c]);

    double first = 0;
    printf("%8s %8s %7s %8s %6s  command\n", "least", "median", "times", "cpu", "MiB");
    for (size_t c = 0; c < count; c++) {
        qsort(of[c].wall, (size_t)rounds, sizeof(double), by_value);
        qsort(of[c].cpu, (size_t)rounds, sizeof(double), by_value);
        double median = of[c].wall[rounds / 2];
        if (c == 0)
            first = median;
        printf("%8.2f %8.2f %6.1fx %8.2f %6.1f  ", of[c].wall[0], median, median / first,
               of[c].cpu[rounds / 2], (double)of[c].peak / 1024);
        show(commands[c]);
        free(of[c].wall);
        free(of[c].cpu);
    }
    posix_spawn_file_actions_destroy(&silent);
    return 0;
}
