/*
 * Times whole processes: interleave N COMMAND... [-- COMMAND...]...
 *
 * Runs the commands in turn, N rounds, so that what disturbs the machine disturbs all
 * alike, and prints for each the least and the median wall-clock time in milliseconds and
 * the median as a multiple of the first command's. Their output is thrown away; a command
 * that does not exit with 0 or 1 ends the measurement.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static double run(char **command, posix_spawn_file_actions_t *silent)
{
    double start = now_ms();
    pid_t child;
    int status;
    int code = posix_spawnp(&child, command[0], silent, NULL, command, environ);
    if (code != 0) {
        fprintf(stderr, "interleave: start '%s': %s\n", command[0], strerror(code));
        exit(2);
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    double end = now_ms();
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
        fprintf(stderr, "interleave: '%s' failed with status %d\n", command[0], status);
        exit(2);
    }
    return end - start;
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
    double *times[MOST_COMMANDS];
    for (size_t c = 0; c < count; c++) {
        times[c] = malloc((size_t)rounds * sizeof **times);
        if (!times[c])
            return 2;
    }
    for (long round = 0; round < rounds; round++)
        for (size_t c = 0; c < count; c++)
            times[c][round] = run(commands[c], &silent);

    double first = 0;
    printf("%8s %8s %7s  command\n", "least", "median", "times");
    for (size_t c = 0; c < count; c++) {
        qsort(times[c], (size_t)rounds, sizeof **times, by_value);
        double median = times[c][rounds / 2];
        if (c == 0)
            first = median;
        printf("%8.2f %8.2f %6.1fx  ", times[c][0], median, median / first);
        show(commands[c]);
        free(times[c]);
    }
    posix_spawn_file_actions_destroy(&silent);
    return 0;
}
