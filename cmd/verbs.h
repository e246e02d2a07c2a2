/* What the table runs: one file a verb. */
#ifndef OPSGATE_VERBS_H
#define OPSGATE_VERBS_H

#include "cmd.h"

typedef struct cmd_assess_values { /* of assess and explain */
    cmd_common common;             /* first */
    const char *gate, *at;
    bool post, dry_run;
} cmd_assess_values;

typedef struct cmd_lint_values {
    cmd_common common; /* first */
    const char *at;
} cmd_lint_values;

typedef struct cmd_status_values {
    cmd_common common; /* first */
    const char *at;
} cmd_status_values;

typedef struct cmd_import_values {
    cmd_common common; /* first */
    cmd_list kinds;
    const char *out;
} cmd_import_values;

typedef struct cmd_import_descriptor_values {
    cmd_common common; /* first */
    const char *resource, *report, *version, *out;
} cmd_import_descriptor_values;

typedef struct cmd_report_verify_values {
    cmd_common common; /* first */
    const char *date, *show, *jobs, *bundle, *signers;
} cmd_report_verify_values;

typedef struct cmd_report_list_values { /* of report list and report check */
    cmd_common common;                  /* first */
    const char *at;
} cmd_report_list_values;

typedef struct cmd_report_diff_values {
    cmd_common common; /* first */
    cmd_list renames;
} cmd_report_diff_values;

typedef struct cmd_report_identify_values {
    cmd_common common; /* first */
    const char *date, *bundle, *signers;
} cmd_report_identify_values;

typedef struct cmd_report_export_values {
    cmd_common common; /* first */
    const char *party, *at, *sign, *out;
} cmd_report_export_values;

typedef struct cmd_report_impact_values {
    cmd_common common; /* first */
    const char *party, *at;
} cmd_report_impact_values;

int cmd_assess(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_explain(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_status(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_init(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_lint(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_test(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_schema(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_import_ids(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_import_descriptor(const cmd_verb *verb, const char *const *operands,
                          void *values);
int cmd_report_verify(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_report_list(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_report_check(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_report_impact(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_report_diff(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_report_identify(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_report_export(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_report_infer(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_version(const cmd_verb *verb, const char *const *operands, void *values);
int cmd_help(const cmd_verb *verb, const char *const *operands, void *values);

#endif
