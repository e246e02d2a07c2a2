/* Threads that run tasks. Tasks begin in the order given; whoever gave them waits for
 * each, in whatever order, and makes of the results what one thread would have made.
 *
 * A task has its memory to itself, or shares what nobody changes meanwhile. */
#ifndef OG_BASE_WORKERS_H
#define OG_BASE_WORKERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum {
    OG_WORKERS_MAX = 256
};

typedef struct og_task { /* part of what it works on */
    void (*run)(struct og_task *self);
    /* The rest is private. */
    struct og_task *next;
    bool done;
} og_task;

typedef struct og_workers og_workers;

/* count: threads, at most OG_WORKERS_MAX, started as tasks come, one for each. 0, or
 * where the system starts none: tasks run when they are given. OG_E_NOMEM. */
int og_workers_new(size_t count, og_workers **ret, og_error *err);
/* The task stays where it is until it was waited for. */
void og_workers_give(og_workers *w, og_task *task);
void og_workers_wait(og_workers *w, const og_task *task);
/* Runs what was given to its end. NULL is fine. */
void og_workers_free(og_workers *w);

#endif
