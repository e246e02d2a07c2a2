/* opsgate's use cases, one call each: what the commands do, without a terminal.
 *
 * The library neither prints nor exits, reads no clock and no environment of its own: the
 * caller says what time it is and how to look a variable up. A call returns everything
 * there is to show in an opsgate_result, with the exit code that belongs to it. Calls
 * share no state; one thread a call. Strings are UTF-8 and NUL-terminated. */
#ifndef OPSGATE_OPSGATE_H
#define OPSGATE_OPSGATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Exit codes: a contract with scripts, stable. */
typedef enum opsgate_exit {
    OPSGATE_EXIT_GO = 0,         /* go, or go with work-off; nothing wrong */
    OPSGATE_EXIT_NO_GO = 1,      /* no_go; findings; a test case that failed */
    OPSGATE_EXIT_USAGE = 2,      /* usage; repository, register, revision not found */
    OPSGATE_EXIT_INVALID = 3,    /* invalid register, criteria or configuration */
    OPSGATE_EXIT_UNDECIDED = 4,  /* not assessable; history missing; output failed */
    OPSGATE_EXIT_NOTHING = 5,    /* nothing to judge */
    OPSGATE_EXIT_LEDGER = 6,     /* ledger integrity */
    OPSGATE_EXIT_UNDELIVERED = 7 /* all well but not delivered; replaces only 0 */
} opsgate_exit;

/* What the process knows and the library must not ask for itself. Borrowed for the
 * call. */
typedef struct opsgate_settings {
    const char *cwd;     /* absolute path: where to look for repository and register */
    int64_t now_seconds; /* since 1970-01-01T00:00:00Z */
    int32_t now_nanos;   /* 0 to 999,999,999 */
    /* The value of an environment variable, or NULL. Used for secrets and URLs that sinks
     * name, and for CURL_CA_BUNDLE and SSL_CERT_FILE. */
    const char *(*lookup)(void *context, const char *name);
    void *lookup_context;
    uint32_t trace_mask; /* og_trace topics; 0: none */
    int trace_fd;
    bool colour_out;      /* ANSI colour in text documents */
    bool colour_messages; /* and in messages */
} opsgate_settings;

/* Which register, at which revision, judged by whom. NULL: the default. */
typedef struct opsgate_place {
    const char *repo;         /* default: the repository of cwd */
    const char *register_dir; /* default: the nearest opsgate.yaml upward from cwd */
    const char *rev;          /* default: HEAD */
    const char *policy_rev;   /* default: rev judges itself (policy: self) */
    bool worktree;            /* the files as they lie instead of rev */
} opsgate_place;

typedef struct opsgate_document {
    const char *format; /* as asked for */
    char *text;         /* owned */
    size_t size;        /* bytes */
} opsgate_document;

typedef struct opsgate_result { /* zeroed before the call */
    opsgate_exit exit_code;
    opsgate_document *documents; /* one for each format asked for, in that order */
    size_t document_count;
    char *messages; /* for stderr: findings with file:line:column, notices; may be NULL */
    char *summary;  /* one line, without newline; may be NULL */
} opsgate_result;

void opsgate_result_done(opsgate_result *result);

typedef struct opsgate_assess_request {
    const char *subject; /* id of a release, a decommissioning, a report change */
    const char *gate;    /* NULL: the next gate not yet passed */
    const char *at; /* YYYY-MM-DD (the end of that day in the register's zone) or an RFC
                            3339 date-time; NULL: now */
    const char *const *formats; /* of opsgate_formats() */
    size_t format_count;
    bool post;    /* send the verdict to the policy revision's webhooks */
    bool dry_run; /* with post: show what would be sent, send nothing */
} opsgate_assess_request;

/* Judges one subject at one gate. */
void opsgate_assess(const opsgate_settings *settings, const opsgate_place *place,
                    const opsgate_assess_request *request, opsgate_result *ret);

/* Why one criterion came out as it did: operands, failing elements, evidence with path
 * and line. As opsgate_assess; `criterion` is its id. */
void opsgate_explain(const opsgate_settings *settings, const opsgate_place *place,
                     const opsgate_assess_request *request, const char *criterion,
                     opsgate_result *ret);

/* Every subject (of each kind that opsgate.yaml names a criteria set for) judged at its
 * next gate, actions overdue and meetings coming, as of `at` (as in
 * opsgate_assess_request). Exit code 0 whatever the verdicts; 3 or 4 when a subject could
 * not be judged, which is then shown as such. */
void opsgate_status(const opsgate_settings *settings, const opsgate_place *place,
                    const char *at, const char *const *formats, size_t format_count,
                    opsgate_result *ret);

/* Every finding in a register and its criteria, at once, as of `at` (as in
 * opsgate_assess_request). Exit code 3 with errors, 0 with none (warnings alone do not
 * fail). Formats: text, json. */
void opsgate_lint(const opsgate_settings *settings, const opsgate_place *place,
                  const char *at, const char *const *formats, size_t format_count,
                  opsgate_result *ret);

/* Runs the criteria's own test cases (criteria/tests). Exit code 1 when one fails, 5 when
 * there is none. */
void opsgate_test(const opsgate_settings *settings, const opsgate_place *place,
                  opsgate_result *ret);

/* JSON Schema of the files of a kind, of a whole `register` (an object: path to
 * contents) or of the `verdict` record. Outside a register the built-in kinds are
 * known. */
void opsgate_schema(const opsgate_settings *settings, const opsgate_place *place,
                    const char *name, opsgate_result *ret);

typedef struct opsgate_import_request {
    const char *path;         /* of the file brought in; relative to cwd */
    const char *const *kinds; /* "modification", "action" */
    size_t kind_count;        /* 0: both */
} opsgate_import_request;

/* Repairs identifiers that a scanner misread (docs/import.md): one document, the file as
 * repaired; each repair stands in the messages. Keys of the register around here, if
 * there is one, are not touched. Exit code 1 when some word was left because it cannot be
 * told what it was. */
void opsgate_import_ids(const opsgate_settings *settings, const opsgate_place *place,
                        const opsgate_import_request *request, opsgate_result *ret);

typedef struct opsgate_descriptor_request {
    const char *path;     /* of the descriptor; relative to cwd */
    const char *resource; /* name of one in a data package; NULL: the only one */
    const char *report;   /* id for the version file; NULL: left to be added */
    const char *version; /* of the report; NULL: the package's, if it has one that fits */
} opsgate_descriptor_request;

/* Drafts the definition of a report from a Frictionless data package, data resource or
 * Table Schema, v1 or v2 (docs/import.md): one document, YAML. What is translated or has
 * no place stands in the messages. Exit code 3 when it says what a report cannot be. */
void opsgate_import_descriptor(const opsgate_settings *settings,
                               const opsgate_descriptor_request *request,
                               opsgate_result *ret);

typedef struct opsgate_report_verify_request {
    const char *report;       /* id of a report */
    const char *const *paths; /* of files, relative to cwd; "-": standard input */
    size_t path_count;        /* at least 1 */
    const char *date; /* YYYY-MM-DD, the day the files are of; NULL: by their names,
                         else today */
    const char *show; /* findings to show in full for each file; NULL: 20 */
    const char *jobs; /* threads that check a file: "1" to "256", or "auto" ("0"), one a
                         core; NULL: 1. The result is the same */
    /* A bundle (relative to cwd) that takes the place of the register, and the allowed
     * signers it must be signed by; NULL: none; its signature is not checked. */
    const char *bundle, *signers;
    const char *const *formats;
    size_t format_count;
} opsgate_report_verify_request;

/* Holds files against the version of a report that was in force on their day. Exit code 1
 * when one does not conform; else 4 when one could not be read, or its layout asks what
 * is not checked here; 3 when the bundle is not to be used. */
void opsgate_report_verify(const opsgate_settings *settings, const opsgate_place *place,
                           const opsgate_report_verify_request *request,
                           opsgate_result *ret);

/* Writes a small register to start from into a directory (NULL: cwd; made where it is not
 * there), with dates ahead of now and copies of the shipped criteria. One document: the
 * files and the commands that come next. Exit code 2, and nothing is written, when one of
 * the files is there already. */
void opsgate_init(const opsgate_settings *settings, const char *dir, opsgate_result *ret);

typedef struct opsgate_report_diff_request {
    const char *report, *from, *to; /* ids of a report and of two of its versions */
    /* "old=new": names of a field before and after, beside those a report change
     * declares. */
    const char *const *renames;
    size_t rename_count;
    const char *const *formats; /* of opsgate_formats() */
    size_t format_count;
} opsgate_report_diff_request;

/* Every difference between two versions of a report (docs/report-changes.md). Exit code 0
 * when it could be shown, whatever differs. */
void opsgate_report_diff(const opsgate_settings *settings, const opsgate_place *place,
                         const opsgate_report_diff_request *request, opsgate_result *ret);

typedef struct opsgate_report_check_request {
    const char *range; /* "BASE..HEAD"; place.rev and place.worktree are not used */
    /* As in opsgate_assess_request: versions in force by then are fixed. */
    const char *at;
    const char *const *formats;
    size_t format_count;
} opsgate_report_check_request;

/* Whether every change to a report between two revisions was asked for, approved,
 * consulted on and announced in time to each party affected (docs/report-check.md). Exit
 * code 1 with findings, 0 with none. */
void opsgate_report_check(const opsgate_settings *settings, const opsgate_place *place,
                          const opsgate_report_check_request *request,
                          opsgate_result *ret);

typedef struct opsgate_report_impact_request {
    const char *party; /* id of a party */
    const char *at;    /* as in opsgate_assess_request: what comes after it is coming */
    const char *const *formats;
    size_t format_count;
} opsgate_report_impact_request;

/* Which changes to its reports are coming for a party, what they are for it, and what it
 * was told. Exit code 0 when it could be shown. */
void opsgate_report_impact(const opsgate_settings *settings, const opsgate_place *place,
                           const opsgate_report_impact_request *request,
                           opsgate_result *ret);

/* The controlled reports and their versions, and which are in force at `at` (as in
 * opsgate_assess_request). */
void opsgate_report_list(const opsgate_settings *settings, const opsgate_place *place,
                         const char *at, const char *const *formats, size_t format_count,
                         opsgate_result *ret);

typedef struct opsgate_report_identify_request {
    const char *const *paths;            /* of files, relative to cwd */
    size_t path_count;                   /* at least 1 */
    const char *date, *bundle, *signers; /* as in opsgate_report_verify_request */
    const char *const *formats;
    size_t format_count;
} opsgate_report_identify_request;

/* Which version of which report files follow: in force on their day, early, late, or
 * unannounced. Exit code 1 when one is not in force, 4 when one could not be read. */
void opsgate_report_identify(const opsgate_settings *settings, const opsgate_place *place,
                             const opsgate_report_identify_request *request,
                             opsgate_result *ret);

typedef struct opsgate_report_export_request {
    const char *const *reports; /* ids; with party none */
    size_t report_count;        /* 0: all */
    const char *party;          /* those it receives; NULL: see reports */
    const char *at;   /* as in opsgate_assess_request, not ahead of today: as of when the
                         bundle holds; NULL: the time of the commit */
    const char *sign; /* file of an SSH key, relative to cwd; NULL: not signed */
} opsgate_report_export_request;

/* Writes the definitions of reports at a commit as a bundle (docs/report-bundle.md) for
 * those who have no register: one document. Exit code 4 when it could not be signed. */
void opsgate_report_export(const opsgate_settings *settings, const opsgate_place *place,
                           const opsgate_report_export_request *request,
                           opsgate_result *ret);

/* Drafts the definition of a report from one of its files (relative to cwd; "-": standard
 * input): one document, YAML. Exit code 4 when the file is no table. */
void opsgate_report_infer(const opsgate_settings *settings, const char *path,
                          opsgate_result *ret);

/* Formats of documents, NULL-terminated: "text", "json". */
const char *const *opsgate_formats(void);

/* "0.1.0"; static. */
const char *opsgate_version(void);

#ifdef __cplusplus
}
#endif

#endif
