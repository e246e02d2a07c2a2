/* What the use cases share: one run, from the place asked for to a result. Internal to
 * lib/app.
 *
 * A run opens the repository, loads what it needs into `app`, fills the result and is
 * taken down by app_finish. Steps return 0 or a negative og_code with `err` set; which
 * exit code that is depends on how far the run had come (app_stage). Findings are printed
 * into the messages by the step that made them. */
#ifndef OG_APP_APP_H
#define OG_APP_APP_H

#include "assess/assess.h"
#include "opsgate/opsgate.h"
#include "render/render.h"
#include "repo/repo.h"

typedef enum app_stage { /* ORDER: columns of the exit codes in result.c */
    APP_FINDING,         /* looking for repository, revision, register, subject */
    APP_READING          /* from there on */
} app_stage;
#define APP_STAGE_COUNT (APP_READING + 1)

typedef struct app_revision { /* a register as it stands somewhere */
    bool open;                /* source is there */
    bool loaded;              /* reg is to be done with, and usable */
    bool work_tree;
    bool bundle;        /* of a bundle of report definitions: no source, no commit */
    repo_commit commit; /* unless work_tree */
    repo_snapshot snapshot;
    model_source source;
    model_register reg;
} app_revision;

typedef struct app {
    const opsgate_settings *settings;
    const opsgate_place *place;
    opsgate_result *result;
    app_stage stage;
    og_trace trace;
    og_arena arena;  /* what lives as long as the run */
    og_buf messages; /* for stderr */
    og_buf summary;  /* one line */
    repo *repo;
    og_str dir; /* of the register, relative to the root of the repository */
    app_revision claims, policy, baseline;
    int claims_flags; /* of model_load_flags; MODEL_LOAD_ALL */
    model_criteria criteria;
    bool has_criteria;
    char revision_name[24]; /* see app_revision_name */
} app;

/* ---- result.c ---- */

/* Borrows everything. */
void app_init(app *a, const opsgate_settings *settings, const opsgate_place *place,
              opsgate_result *result);
/* rc 0: the exit code stands in the result; else it follows from rc and err, whose text
 * becomes the summary. Moves messages and summary into the result; frees the run and err.
 */
void app_finish(app *a, int rc, og_error *err);
/* Makes out[0 … count) the result's documents; each is emptied. */
int app_take_documents(app *a, const char *const *formats, og_buf *out, size_t count,
                       og_error *err);
/* Renders what a run has to show as text, or with options NULL as JSON. */
typedef int app_renderer(const void *shown, const render_options *options, og_buf *out,
                         og_error *err);
enum {               /* documents of one run, at most */
    APP_FORMATS = 2, /* text and JSON, each once */
    APP_OUTPUTS = 16
};
/* Makes a document of it for each format. OG_E_USAGE: more formats than `limit`. */
int app_make_documents(app *a, const char *const *formats, size_t count, size_t limit,
                       app_renderer *render, const void *shown, og_error *err);
/* The same of findings, in the order of their places. */
int app_make_findings(app *a, const char *const *formats, size_t count, og_diags *diags,
                      og_error *err);
/* A line of the messages: "opsgate: " and the text, escaped. */
void app_say(app *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Once a run, beside what it produced: a verdict that judged itself is no gate. */
void app_notice_self(app *a);
/* Prints findings, if any, under a line that says where they are from. */
void app_show(app *a, const app_revision *revision, og_diags *diags);
/* "commit 0123456789ab" or "the work tree"; kept until the next call. */
const char *app_revision_name(app *a, const app_revision *revision);

/* ---- context.c ---- */

int app_open_repo(app *a, og_error *err);
/* Opens the repository unless it is open, resolves the revisions and finds the register;
 * sources of claims and policy are open then. worktree: read the files as they lie. */
int app_open(app *a, bool worktree, og_error *err);
/* The register that supplies configuration, criteria and kinds. */
static inline const app_revision *app_policy(const app *a)
{
    return a->policy.open ? &a->policy : &a->claims;
}
/* Another commit's register, with the policy's kinds. */
int app_open_commit(app *a, const repo_commit *commit, app_revision *ret, og_error *err);
/* Says when files of the register are not committed and were not read. */
int app_notice_uncommitted(app *a, og_error *err);

/* ---- load.c ---- */

/* Loads policy and claims, shows their findings. OG_E_INVALID when there is an error. */
int app_load(app *a, og_error *err);
/* Loads one register on top of the policy (none: it is its own). Findings are added. */
int app_load_revision(app_revision *r, const model_register *policy, int flags,
                      og_diags *diags, og_error *err);
/* Id of the set that a policy's opsgate.yaml names for a kind of subject; empty: none. */
og_str app_criteria_for(const model_register *policy, og_str kind);
/* The criteria set that judges subjects of this kind (opsgate.yaml `criteria`). */
int app_load_criteria(app *a, og_str kind, og_error *err);
/* Those loaded, if any, so that others can be. */
void app_close_criteria(app *a);

/* ---- subject.c ---- */

/* "YYYY-MM-DD" (its end in the register's zone), an RFC 3339 time, or NULL: now. */
int app_judged_at(const app *a, const char *at, og_instant *ret, og_error *err);
/* The same in a given zone. */
int app_instant(const app *a, const zone *z, const char *at, og_instant *ret,
                og_error *err);
/* The release of that id among the claims, or the record of another kind that
 * opsgate.yaml names a criteria set for. OG_E_USAGE when two kinds have the id. */
int app_subject(app *a, const char *id, const model_record **ret, og_error *err);
/* Input for judging a subject at its next gate with the criteria that are loaded, not yet
 * complete. */
assess_input app_subject_input(const app *a, const model_record *subject, og_instant at);
/* The register at the commit that the subject, as far as it counts, names as its
 * baseline; *ret is left alone when it names none. It lives until the next call. */
int app_load_baseline(app *a, const model_record *subject, const model_register **ret,
                      og_error *err);
void app_close_baseline(app *a);
/* Adds what is not in the claims themselves: the baseline, and the records of computed
 * kinds that the criteria read, which live in the arena. */
int app_complete_input(app *a, assess_input *in, og_arena *arena, og_error *err);
/* What assess_run needs, all of it. */
int app_assess_input(app *a, const opsgate_assess_request *request, assess_input *ret,
                     og_error *err);

/* ---- criteria_files.c ---- */

/* Calls `each` for every file `criteria/NAME.yaml` (tests: `criteria/tests/NAME.yaml`) of
 * a source, in order of path, with NAME; stops at the first failure. */
typedef int app_criteria_file(void *context, og_str path, og_str name, og_error *err);
int app_each_criteria_file(const model_source *source, bool tests,
                           app_criteria_file *each, void *context, og_error *err);

/* ---- post.c ---- */

/* Sends the verdict to the sinks that want it; sets the exit code to 7 where it was 0 and
 * a sink did not get it. */
int app_post(app *a, const verdict *v, bool dry_run, og_error *err);

#endif
