/* Any bytes as one file of a register, its place chosen by the first byte: loading
 * refuses with findings, or gives records that can be asked for and compared. */
#include "../unit/memory_source.h"
#include "model/register.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const places[] = {
    "opsgate.yaml",          "kinds/plan.yaml",
    "releases/2021-11.yaml", "modifications/MP090.yaml",
    "meetings.yaml",         "parties.yaml",
    "waivers/W-1.yaml",      "decisions/D-1.yaml",
    "evidence/b.yaml",       "evidence/a.csv",
    "criteria/tests/x.yaml", "minutes/OPSG_56.yaml",
    "actions.yaml",          "reports/R/1.yaml",
};

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void fill(memory_source *files)
{
    memory_add(files, "opsgate.yaml", "opsgate: 1\ntitle: T\ntime_zone: Europe/London\n");
    memory_add(files, "releases/2021-11.yaml",
               "release: 2021-11\ntitle: T\ncycle: scheduled\nassessed_by: A\n"
               "decided_by: D\nscope: [{modification: MP090}]\n"
               "milestones: [{milestone: go_live, planned: 2021-11-04}]\n");
    memory_add(files, "modifications/MP090.yaml", "modification: MP090\ntitle: T\n");
    memory_add(files, "evidence/a.yaml",
               "kind: testing_issue\nrelease: 2021-11\nseries: s\nas_of: 2021-10-04\n"
               "source: s\nsupplied_by: DCC\nrecords: {csv: a.csv}\n");
    memory_add(files, "evidence/a.csv", "ref,severity,state\nTI-1,2,open\n");
}

static void ask(const model_register *reg, og_diags *diags)
{
    const og_instant at = {1700000000, 0};
    og_arena arena = {0};
    og_error err = {0};
    check(model_check_live(reg, at, diags, &err) == OG_OK);
    model_check_future(reg, at, diags);
    for (size_t k = 0; k < reg->kinds->count; k++) {
        for (size_t i = 0; i < reg->list_counts[k]; i++) {
            const model_record *record = reg->lists[k][i];
            model_list list;
            check(model_record_same(record, record));
            check(model_find(reg, record->kind, record->owner, model_record_id(record)) ==
                  record);
            int rc = model_live(reg, reg->kinds->list[k], record->owner, at, &arena,
                                diags, &list, &err);
            check(rc == OG_OK || rc == OG_E_CONFLICT);
            og_error_done(&err);
        }
    }
    og_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static memory_source files;
    model_register reg;
    og_diags diags = {0};
    og_error err = {0};
    if (size == 0)
        return 0;
    memory_init(&files);
    fill(&files);
    memory_add_bytes(&files, places[data[0] % (sizeof places / sizeof *places)],
                     (og_str){size > 1 ? (const char *)data + 1 : "", size - 1});
    int rc =
        model_register_load(&reg, &files.source, NULL, MODEL_LOAD_LINT, &diags, &err);
    check(rc == OG_OK ? og_diags_ok(&diags) : err.code == rc);
    check(rc == OG_OK || rc == OG_E_INVALID);
    if (rc == OG_OK)
        ask(&reg, &diags);
    og_buf shown = {0};
    og_diags_print(&diags, &shown, false);
    og_buf_done(&shown);
    model_register_done(&reg);
    og_diags_done(&diags);
    og_error_done(&err);
    memory_done(&files);
    return 0;
}
