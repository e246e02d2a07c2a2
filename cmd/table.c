/* The table of verbs. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "verbs.h"

static const cmd_option no_options[] = {{0}};

static const cmd_option assess_options[] = {
    {"gate", 0, "GATE", "the gate to judge (default: the next one not yet passed)",
     CMD_TEXT, offsetof(cmd_assess_values, gate)},
    {"at", 0, "DATE", "judge as of the end of this day, or at this RFC 3339 time",
     CMD_TEXT, offsetof(cmd_assess_values, at)},
    CMD_PLACE_OPTIONS,
    {"output", 'o', "FORMAT[=PATH]", "text or json, to stdout or a file; may be repeated",
     CMD_LIST, offsetof(cmd_common, output)},
    {"post", 0, NULL, "send the verdict to the policy revision's webhooks", CMD_FLAG,
     offsetof(cmd_assess_values, post)},
    {"dry-run", 0, NULL, "with --post: show what would be sent, send nothing", CMD_FLAG,
     offsetof(cmd_assess_values, dry_run)},
    {0}};

static const cmd_option explain_options[] = {
    {"gate", 0, "GATE", "the gate to judge (default: the next one not yet passed)",
     CMD_TEXT, offsetof(cmd_assess_values, gate)},
    {"at", 0, "DATE", "judge as of the end of this day, or at this RFC 3339 time",
     CMD_TEXT, offsetof(cmd_assess_values, at)},
    CMD_PLACE_OPTIONS,
    {"output", 'o', "FORMAT[=PATH]", "text or json, to stdout or a file; may be repeated",
     CMD_LIST, offsetof(cmd_common, output)},
    {0}};

static const cmd_option status_options[] = {
    {"at", 0, "DATE", "as of the end of this day, or at this RFC 3339 time", CMD_TEXT,
     offsetof(cmd_status_values, at)},
    CMD_PLACE_OPTIONS,
    {"output", 'o', "FORMAT[=PATH]", "text or json, to stdout or a file; may be repeated",
     CMD_LIST, offsetof(cmd_common, output)},
    {0}};

static const cmd_option lint_options[] = {
    {"at", 0, "DATE", "what is overdue as of the end of this day (default: now)",
     CMD_TEXT, offsetof(cmd_lint_values, at)},
    CMD_PLACE_OPTIONS,
    {"output", 'o', "FORMAT[=PATH]", "text or json, to stdout or a file; may be repeated",
     CMD_LIST, offsetof(cmd_common, output)},
    {0}};

static const cmd_option import_ids_options[] = {
    {"kind", 0, "KIND", "modification or action; may be repeated (default: both)",
     CMD_LIST, offsetof(cmd_import_values, kinds)},
    {"out", 'o', "FILE", "where the repaired file goes (default: stdout)", CMD_TEXT,
     offsetof(cmd_import_values, out)},
    CMD_PLACE_OPTIONS,
    {0}};

static const cmd_option import_descriptor_options[] = {
    {"resource", 0, "NAME", "of a data package with several: this one", CMD_TEXT,
     offsetof(cmd_import_descriptor_values, resource)},
    {"report", 0, "ID", "identifier of the report", CMD_TEXT,
     offsetof(cmd_import_descriptor_values, report)},
    {"version", 0, "V", "version of the report (default: the package's, if any)",
     CMD_TEXT, offsetof(cmd_import_descriptor_values, version)},
    {"out", 'o', "FILE", "where the version file goes (default: stdout)", CMD_TEXT,
     offsetof(cmd_import_descriptor_values, out)},
    {0}};

static const cmd_option report_verify_options[] = {
    {"date", 0, "DATE", "the day the files are of (default: by their names, else today)",
     CMD_TEXT, offsetof(cmd_report_verify_values, date)},
    {"show", 0, "N", "findings shown in full for each file (default: 20)", CMD_TEXT,
     offsetof(cmd_report_verify_values, show)},
    {"jobs", 0, "N", "threads that check a large file; 'auto': one a core (default: 1)",
     CMD_TEXT, offsetof(cmd_report_verify_values, jobs)},
    {"bundle", 0, "FILE", "definitions from 'report export', instead of a register",
     CMD_TEXT, offsetof(cmd_report_verify_values, bundle)},
    {"signers", 0, "FILE", "use the bundle only if signed by one of these SSH keys",
     CMD_TEXT, offsetof(cmd_report_verify_values, signers)},
    CMD_PLACE_OPTIONS,
    {"output", 'o', "FORMAT[=PATH]", "text or json, to stdout or a file; may be repeated",
     CMD_LIST, offsetof(cmd_common, output)},
    {0}};

static const cmd_option report_diff_options[] = {
    {"rename", 0, "OLD=NEW",
     "take a field for the same under a new name; may be repeated", CMD_LIST,
     offsetof(cmd_report_diff_values, renames)},
    CMD_PLACE_OPTIONS,
    {"output", 'o', "FORMAT[=PATH]", "text or json, to stdout or a file; may be repeated",
     CMD_LIST, offsetof(cmd_common, output)},
    {0}};

static const cmd_option report_check_options[] = {
    {"at", 0, "DATE", "versions in force by the end of this day are fixed (default: now)",
     CMD_TEXT, offsetof(cmd_report_list_values, at)},
    CMD_PLACE_OPTIONS,
    {"output", 'o', "FORMAT[=PATH]", "text or json, to stdout or a file; may be repeated",
     CMD_LIST, offsetof(cmd_common, output)},
    {0}};

static const cmd_option report_impact_options[] = {
    {"party", 0, "ID", "the party whose view it is", CMD_TEXT,
     offsetof(cmd_report_impact_values, party)},
    {"at", 0, "DATE", "what takes effect after this day is coming (default: now)",
     CMD_TEXT, offsetof(cmd_report_impact_values, at)},
    CMD_PLACE_OPTIONS,
    {"output", 'o', "FORMAT[=PATH]", "text or json, to stdout or a file; may be repeated",
     CMD_LIST, offsetof(cmd_common, output)},
    {0}};

static const cmd_option report_list_options[] = {
    {"at", 0, "DATE", "what is in force at the end of this day (default: now)", CMD_TEXT,
     offsetof(cmd_report_list_values, at)},
    CMD_PLACE_OPTIONS,
    {"output", 'o', "FORMAT[=PATH]", "text or json, to stdout or a file; may be repeated",
     CMD_LIST, offsetof(cmd_common, output)},
    {0}};

static const cmd_option report_identify_options[] = {
    {"date", 0, "DATE", "the day the files are of (default: by their names, else today)",
     CMD_TEXT, offsetof(cmd_report_identify_values, date)},
    {"bundle", 0, "FILE", "definitions from 'report export', instead of a register",
     CMD_TEXT, offsetof(cmd_report_identify_values, bundle)},
    {"signers", 0, "FILE", "use the bundle only if signed by one of these SSH keys",
     CMD_TEXT, offsetof(cmd_report_identify_values, signers)},
    CMD_PLACE_OPTIONS,
    {"output", 'o', "FORMAT[=PATH]", "text or json, to stdout or a file; may be repeated",
     CMD_LIST, offsetof(cmd_common, output)},
    {0}};

static const cmd_option report_export_options[] = {
    {"party", 0, "ID", "the reports that this party receives", CMD_TEXT,
     offsetof(cmd_report_export_values, party)},
    {"at", 0, "DATE", "as of when the bundle holds (default: the time of the commit)",
     CMD_TEXT, offsetof(cmd_report_export_values, at)},
    {"sign", 0, "KEY", "sign it with this SSH key, by ssh-keygen", CMD_TEXT,
     offsetof(cmd_report_export_values, sign)},
    {"out", 'o', "FILE", "where the bundle goes (default: stdout)", CMD_TEXT,
     offsetof(cmd_report_export_values, out)},
    CMD_PLACE_OPTIONS,
    {0}};

static const cmd_option place_options[] = {CMD_PLACE_OPTIONS, {0}};

const cmd_verb cmd_verbs[] = {
    {"assess", "decide", "judge a release or report change at a gate, with its reasons",
     "SUBJECT", 1, 1, assess_options,
     "The verdict goes to stdout, everything else to stderr, and the exit code says it:\n"
     "0 go, 1 no_go, 4 not assessable, 5 nothing to judge (see 'opsgate help').\n"
     "Without --policy-rev the revision judges itself and the verdict says so.",
     cmd_assess, sizeof(cmd_assess_values)},
    {"explain", "decide", "say why one criterion came out as it did", "SUBJECT CRITERION",
     2, 2, explain_options,
     "Shows the operands of the comparisons that decided, the elements that failed and\n"
     "the evidence read, with path and line. Exits 0 when it could explain.",
     cmd_explain, sizeof(cmd_assess_values)},
    {"status", "decide", "show all subjects at a glance", "", 0, 0, status_options,
     "For each subject its next gate, the Working Days left, the verdict as of now and\n"
     "the criteria that block; then actions overdue and meetings coming. Exits 0\n"
     "whatever the verdicts are, 3 or 4 when a subject could not be judged.",
     cmd_status, sizeof(cmd_status_values)},
    {"init", "prepare", "write a small register to start from", "[DIR]", 0, 1, no_options,
     "Writes a commented register with copies of the shipped criteria, and says which\n"
     "commands come next. Refuses to write over anything.",
     cmd_init, sizeof(cmd_common)},
    {"lint", "prepare", "show every finding in a register at once", "", 0, 0,
     lint_options,
     "Reads the work tree, unless --rev names a revision or the repository is bare.\n"
     "Exits 3 when there is an error among the findings; warnings alone exit 0.",
     cmd_lint, sizeof(cmd_lint_values)},
    {"test", "prepare", "run the criteria's own test cases", "", 0, 0, place_options,
     "Runs criteria/tests/*.yaml. Exits 1 when a case fails, 5 when there is none.",
     cmd_test, sizeof(cmd_common)},
    {"schema", "prepare", "print JSON Schema for editors", "KIND|register|verdict", 1, 1,
     place_options,
     "Of the files of a kind, of a whole register (an object from path to contents), or\n"
     "of the verdict record. YAML is held against it as its 1.2 core schema reads it.",
     cmd_schema, sizeof(cmd_common)},
    {"import ids", "prepare", "repair scanned identifiers in a file brought in", "FILE",
     1, 1, import_ids_options,
     "In the number of an identifier O is read as 0, and l, I and | as 1: SECMPO00O07\n"
     "is SECMP0007. Every repair is shown on stderr. Keys of the register stay as they\n"
     "are. Exits 1 when a word was left because it cannot be told what it was.",
     cmd_import_ids, sizeof(cmd_import_values)},
    {"import descriptor", "prepare", "draft a report from a Frictionless descriptor",
     "FILE", 1, 1, import_descriptor_options,
     "FILE is a data package, a data resource or a Table Schema, v1 or v2. A version\n"
     "file is written; what was translated or left out is shown on stderr. Exits 3 when\n"
     "the descriptor says what a report cannot be.",
     cmd_import_descriptor, sizeof(cmd_import_descriptor_values)},
    {"report list", "reports", "show the controlled reports and their versions", "", 0, 0,
     report_list_options, NULL, cmd_report_list, sizeof(cmd_report_list_values)},
    {"report diff", "reports", "show every difference between two versions of a report",
     "ID FROM TO", 3, 3, report_diff_options,
     "Each difference has a rule, a class (breaking, compatible, editorial) and a\n"
     "fingerprint by which a report change can approve it (docs/report-changes.md).\n"
     "Renames count only as the report change between the versions declares them, or as\n"
     "--rename says.",
     cmd_report_diff, sizeof(cmd_report_diff_values)},
    {"report check", "reports", "find changes to reports that were not controlled",
     "BASE..HEAD", 1, 1, report_check_options,
     "Every version of a report that the range adds or edits needs an approved change\n"
     "request, consultation, and notice in time to each party affected. Exits 1 with a\n"
     "finding, 0 with none; reads commits only, so it works in a bare repository.",
     cmd_report_check, sizeof(cmd_report_list_values)},
    {"report impact", "reports", "show what is coming for a party that receives reports",
     "", 0, 0, report_impact_options,
     "Each version to come of a report it receives: the differences that concern the\n"
     "fields it uses, what they are for it, and whether it was told in time.",
     cmd_report_impact, sizeof(cmd_report_impact_values)},
    {"report verify", "reports", "hold files against the layout in force", "ID FILE...",
     2, SIZE_MAX, report_verify_options,
     "Every finding is counted by rule, with row, column and value; the first ones are\n"
     "shown in full. FILE '-' is standard input. Exits 1 when a file does not conform,\n"
     "4 when one could not be read or not all that its layout asks can be checked.",
     cmd_report_verify, sizeof(cmd_report_verify_values)},
    {"report identify", "reports", "tell which version of which report a file is",
     "FILE...", 1, SIZE_MAX, report_identify_options,
     "A file is in force, early, late or unannounced: like the version in force on its\n"
     "day, one that takes effect later, one that was replaced, or none. Exits 1 when\n"
     "one is not in force. Files are read several times: a pipe has to be saved first.",
     cmd_report_identify, sizeof(cmd_report_identify_values)},
    {"report export", "reports", "write definitions for those who have no register",
     "[REPORT...]", 0, SIZE_MAX, report_export_options,
     "One file with every version of all reports, of those named, or of those that a\n"
     "party receives, for --bundle of 'report verify' and 'report identify'. The same\n"
     "commit gives the same bytes. docs/report-bundle.md is the manual.",
     cmd_report_export, sizeof(cmd_report_export_values)},
    {"report infer", "reports", "draft the definition of a report from a file", "FILE", 1,
     1, no_options,
     "Fields with types, the delimiter, line endings and short code lists, as the\n"
     "beginning of a version file. '-' is standard input. Exits 4 when it is no table.",
     cmd_report_infer, sizeof(cmd_common)},
    {"version", "about", "print the version", "", 0, 0, no_options, NULL, cmd_version,
     sizeof(cmd_common)},
    {"help", "about", "show this overview, or a command's options", "[COMMAND]", 0, 2,
     no_options, NULL, cmd_help, sizeof(cmd_common)},
    {0}};

/* How many of the words name the verb: 1 or 2; 0: they do not. */
static int words_of(const cmd_verb *verb, const char *const *words)
{
    size_t n = strcspn(verb->name, " ");

    if (!words[0] || strlen(words[0]) != n || strncmp(verb->name, words[0], n) != 0)
        return 0;
    if (!verb->name[n])
        return 1;
    return words[1] && !strcmp(verb->name + n + 1, words[1]) ? 2 : 0;
}

const cmd_verb *cmd_find(const char *const *words, int *ret_used)
{
    for (const cmd_verb *v = cmd_verbs; v->name; v++) {
        int used = words_of(v, words);
        if (used > 0) {
            *ret_used = used;
            return v;
        }
    }
    return NULL;
}

bool cmd_is_group(const char *word)
{
    size_t n = strlen(word);

    for (const cmd_verb *v = cmd_verbs; v->name; v++)
        if (!strncmp(v->name, word, n) && v->name[n] == ' ')
            return true;
    return false;
}

void cmd_complain_unknown_verb(const char *const *words)
{
    og_str names[sizeof cmd_verbs / sizeof cmd_verbs[0]];
    size_t count = 0;
    bool group = cmd_is_group(words[0]);
    const char *word = group ? words[1] : words[0];

    if (!word) {
        cmd_complain(NULL, "'%s' needs another word", words[0]);
        fprintf(stderr, "  hint: 'opsgate help %s' lists its commands\n", words[0]);
        return;
    }
    for (const cmd_verb *v = cmd_verbs; v->name; v++) {
        const char *second = strchr(v->name, ' ');
        if (!group)
            names[count++] = og_str_from(v->name);
        else if (second && !strncmp(v->name, words[0], (size_t)(second - v->name)))
            names[count++] = og_str_from(second + 1);
    }
    og_str near = og_str_nearest(og_str_from(word), names, count);
    const char *first = group ? words[0] : "", *gap = group ? " " : "";
    cmd_complain("'opsgate help' lists the commands", "'%s%s%s' is not a command", first,
                 gap, word);
    if (near.n)
        fprintf(stderr, "  hint: did you mean '%s%s%.*s'?\n", first, gap, OG_FMT(near));
}
