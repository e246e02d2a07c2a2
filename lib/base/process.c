/* Child processes: started with posix_spawn, fed and read with poll. */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum {
    IN,
    OUT,
    ERR,
    STREAMS
};

typedef struct child {
    pid_t pid;
    int ours[STREAMS];   /* our ends of the pipes; -1: closed */
    int theirs[STREAMS]; /* the child's ends, until it runs */
    sigset_t mask;       /* the caller's, given to the child */
} child;

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void close_pipes(child *c)
{
    for (int i = 0; i < STREAMS; i++) {
        close_fd(&c->ours[i]);
        close_fd(&c->theirs[i]);
    }
}

/* Our ends do not block and are not inherited. The child's ends are numbered above the
 * standard streams, so that dup2 in the child never meets one of them half way. */
static bool open_pipes(child *c)
{
    for (int i = 0; i < STREAMS; i++) {
        int ends[2];
        if (pipe(ends) != 0)
            return false;
        c->ours[i] = ends[i == IN];
        c->theirs[i] = ends[i != IN];
        int moved = fcntl(c->theirs[i], F_DUPFD_CLOEXEC, STREAMS);
        if (moved < 0)
            return false;
        close(c->theirs[i]);
        c->theirs[i] = moved;
        if (fcntl(c->ours[i], F_SETFD, FD_CLOEXEC) < 0 ||
            fcntl(c->ours[i], F_SETFL, O_NONBLOCK) < 0)
            return false;
    }
    return true;
}

static int spawn(child *c, const char *const *argv, const char *const *env)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t pipe_signal;
    int e = posix_spawn_file_actions_init(&actions);
    if (e != 0)
        return e;
    e = posix_spawnattr_init(&attributes);
    if (e != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return e;
    }
    for (int i = 0; i < STREAMS && e == 0; i++)
        e = posix_spawn_file_actions_adddup2(&actions, c->theirs[i], i);
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &pipe_signal);
    posix_spawnattr_setsigmask(&attributes, &c->mask);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    if (e == 0) /* posix_spawnp takes char *const[], and changes neither */
        e = posix_spawnp(&c->pid, argv[0], &actions, &attributes, (char *const *)argv,
                         env ? (char *const *)env : environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return e;
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Writes what the pipe takes; a child that stopped listening is no failure. */
static void feed(child *c, og_str *input)
{
    ssize_t n = input->n > 0 ? write(c->ours[IN], input->p, input->n) : 0;
    if (n > 0)
        *input = og_str_slice(*input, (size_t)n, input->n);
    if (input->n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        close_fd(&c->ours[IN]);
}

static void drain(int *fd, og_buf *to)
{
    char bytes[16384];
    ssize_t n = read(*fd, bytes, sizeof bytes);
    if (n > 0)
        og_buf_put(to, (og_str){bytes, (size_t)n});
    else if (n == 0 || (errno != EAGAIN && errno != EINTR))
        close_fd(fd);
}

/* Until both outputs are at their end. */
static int converse(child *c, og_str input, int64_t deadline, og_process_result *r,
                    og_error *err)
{
    feed(c, &input);
    while (c->ours[OUT] >= 0 || c->ours[ERR] >= 0) {
        struct pollfd fds[STREAMS] = {
            [IN] = {c->ours[IN], POLLOUT, 0},
            [OUT] = {c->ours[OUT], POLLIN, 0},
            [ERR] = {c->ours[ERR], POLLIN, 0},
        };
        int64_t left = deadline < 0 ? -1 : deadline - now_ms();
        if (deadline >= 0 && left <= 0)
            return og_fail(err, OG_E_IO, "timed out");
        int n = poll(fds, STREAMS, (int)left);
        if (n < 0 && errno != EINTR)
            return og_fail_os(err, OG_E_IO, errno, "poll");
        if (n <= 0)
            continue;
        if (fds[IN].revents)
            feed(c, &input);
        if (fds[OUT].revents)
            drain(&c->ours[OUT], &r->out);
        if (fds[ERR].revents)
            drain(&c->ours[ERR], &r->errout);
        if (r->out.failed || r->errout.failed)
            return og_buf_check(r->out.failed ? &r->out : &r->errout, err);
    }
    return OG_OK;
}

static int reap(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* SIGPIPE is blocked while we write to the child; one that arrived is taken back. */
static void block_sigpipe(sigset_t *ret_old, bool *ret_pending)
{
    sigset_t set;
    sigpending(&set);
    *ret_pending = sigismember(&set, SIGPIPE) == 1;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, ret_old);
}

static void restore_sigpipe(const sigset_t *old, bool was_pending)
{
    sigset_t set;
    struct timespec none = {0, 0};
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    if (!was_pending)
        while (sigtimedwait(&set, NULL, &none) < 0 && errno == EINTR)
            continue;
    pthread_sigmask(SIG_SETMASK, old, NULL);
}

static int run(child *c, const char *const *argv, const char *const *env, og_str input,
               int timeout_ms, og_process_result *r, og_error *err)
{
    int64_t deadline = timeout_ms > 0 ? now_ms() + timeout_ms : -1;
    if (!open_pipes(c))
        return og_fail_os(err, OG_E_IO, errno, "run '%s'", argv[0]);
    int e = spawn(c, argv, env);
    if (e != 0)
        return og_fail_os(err, e == ENOENT ? OG_E_NOTFOUND : OG_E_IO, e, "run '%s'",
                          argv[0]);
    for (int i = 0; i < STREAMS; i++)
        close_fd(&c->theirs[i]);
    int code = converse(c, input, deadline, r, err);
    if (code != OG_OK)
        kill(c->pid, SIGKILL);
    close_pipes(c);
    r->status = reap(c->pid);
    if (code != OG_OK)
        return err ? og_wrap(err, "run '%s'", argv[0]) : code;
    if (r->status < 0)
        return og_fail(err, OG_E_IO, "run '%s': its exit status is not to be had",
                       argv[0]);
    return OG_OK;
}

int og_process_run(const char *const *argv, const char *const *env, og_str input,
                   int timeout_ms, og_process_result *ret, og_error *err)
{
    child c = {.ours = {-1, -1, -1}, .theirs = {-1, -1, -1}};
    og_process_result result = {.out.limit = ret->out.limit,
                                .errout.limit = ret->errout.limit};
    bool pending;
    block_sigpipe(&c.mask, &pending);
    int code = run(&c, argv, env, input, timeout_ms, &result, err);
    restore_sigpipe(&c.mask, pending);
    close_pipes(&c);
    if (code != OG_OK) {
        og_process_result_done(&result);
        return code;
    }
    og_process_result_done(ret);
    *ret = result;
    return OG_OK;
}

void og_process_result_done(og_process_result *r)
{
    og_buf_done(&r->out);
    og_buf_done(&r->errout);
    r->status = 0;
}
