/* A list of tasks, and threads that take from its front. */
#include "base/workers.h"

#include <pthread.h>
#include <signal.h>

#include "base/mem.h"

struct og_workers {
    pthread_mutex_t lock; /* of all that follows, and of each task's done and next */
    pthread_cond_t given, done;
    og_task *first, *last; /* not yet begun */
    bool closing;
    size_t count, most; /* threads: there are; there may be. For the giver only */
    pthread_t threads[];
};

static og_task *take(og_workers *w)
{
    while (!w->first && !w->closing)
        pthread_cond_wait(&w->given, &w->lock);
    og_task *task = w->first;
    if (task)
        w->first = task->next;
    return task;
}

static void *work(void *self)
{
    og_workers *w = self;
    og_task *task;

    pthread_mutex_lock(&w->lock);
    while ((task = take(w)) != NULL) {
        pthread_mutex_unlock(&w->lock);
        task->run(task);
        pthread_mutex_lock(&w->lock);
        task->done = true;
        pthread_cond_broadcast(&w->done);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

/* One more thread, unless there are enough or the system gives none. Signals are for the
 * thread that was there before. */
static void start(og_workers *w)
{
    sigset_t all, old;

    if (w->count == w->most)
        return;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    if (pthread_create(&w->threads[w->count], NULL, work, w) == 0)
        w->count++;
    else
        w->most = w->count;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
}

int og_workers_new(size_t count, og_workers **ret, og_error *err)
{
    count = count < OG_WORKERS_MAX ? count : OG_WORKERS_MAX;
    og_workers *w = og_alloc(sizeof *w + count * sizeof w->threads[0]);
    if (!w)
        return og_nomem(err);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->given, NULL);
    pthread_cond_init(&w->done, NULL);
    w->most = count;
    *ret = w;
    return OG_OK;
}

void og_workers_give(og_workers *w, og_task *task)
{
    task->next = NULL;
    task->done = false;
    start(w);
    if (w->count == 0) {
        task->run(task);
        task->done = true;
        return;
    }
    pthread_mutex_lock(&w->lock);
    if (w->first)
        w->last->next = task;
    else
        w->first = task;
    w->last = task;
    pthread_cond_signal(&w->given);
    pthread_mutex_unlock(&w->lock);
}

void og_workers_wait(og_workers *w, const og_task *task)
{
    pthread_mutex_lock(&w->lock);
    while (!task->done)
        pthread_cond_wait(&w->done, &w->lock);
    pthread_mutex_unlock(&w->lock);
}

void og_workers_free(og_workers *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->closing = true;
    pthread_cond_broadcast(&w->given);
    pthread_mutex_unlock(&w->lock);
    for (size_t i = 0; i < w->count; i++)
        pthread_join(w->threads[i], NULL);
    pthread_cond_destroy(&w->done);
    pthread_cond_destroy(&w->given);
    pthread_mutex_destroy(&w->lock);
    og_free(w);
}
