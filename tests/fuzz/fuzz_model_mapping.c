/* A batch and the file its records stand in: up to the first NUL the lines under
 * `records:`, after it the file. Loading refuses with findings, each in a file that is
 * there, or gives records of that file. The batch is of testing issues, or of test phases
 * where the lines begin with `junit`. */
#include "../unit/memory_source.h"
#include "model/register.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void add_batch(memory_source *files, og_str lines)
{
    bool junit = og_str_starts(lines, OG_STR("junit"));
    og_buf text = {0};
    og_buf_printf(&text,
                  "kind: %s\nrelease: 2021-11\nseries: s\nas_of: 2021-10-04\n"
                  "source: s\nsupplied_by: DCC\nrecords:\n  ",
                  junit ? "test_phase" : "testing_issue");
    for (size_t i = 0; i < lines.n; i++) {
        og_buf_putc(&text, lines.p[i]);
        if (lines.p[i] == '\n')
            og_buf_puts(&text, "  ");
    }
    memory_add_bytes(files, "evidence/a.yaml", og_buf_str(&text));
    og_buf_done(&text);
}

static void fill(memory_source *files, og_str lines, og_str file)
{
    memory_add(files, "opsgate.yaml", "opsgate: 1\ntitle: T\ntime_zone: Europe/London\n");
    memory_add(files, "releases/2021-11.yaml",
               "release: 2021-11\ntitle: T\ncycle: scheduled\nassessed_by: A\n"
               "decided_by: D\nscope: [{modification: MP090}]\n"
               "milestones: [{milestone: go_live, planned: 2021-11-04}]\n");
    memory_add(files, "modifications/MP090.yaml", "modification: MP090\ntitle: T\n");
    memory_add_bytes(files, "evidence/data", file);
    add_batch(files, lines);
}

static void check_batch(const model_batch *batch)
{
    for (size_t i = 0; i < batch->record_count; i++) {
        const model_record *record = batch->records[i];
        check(record->batch == batch && record->line > 0);
        check(record->file == batch->file ||
              (batch->data_count > 0 && record->file == batch->data[0]));
        check(model_record_same(record, record));
    }
}

static void check_findings(const og_diags *diags, const memory_source *files)
{
    for (size_t i = 0; i < diags->count; i++) {
        const char *path = diags->items[i].pos.path;
        size_t at = path ? memory_at(files, path) : files->source.count;
        check(at < files->source.count && strcmp(files->paths[at], path) == 0);
        check(diags->items[i].text.n > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static memory_source files;
    model_register reg;
    og_diags diags = {0};
    og_error err = {0};
    og_str all = {size ? (const char *)data : "", size};
    og_str lines = og_str_slice(all, 0, og_str_find(all, '\0'));
    memory_init(&files);
    fill(&files, lines, og_str_slice(all, lines.n + 1, all.n));
    int rc = model_register_load(&reg, &files.source, NULL, 0, &diags, &err);
    check(rc == OG_OK ? og_diags_ok(&diags) : err.code == rc);
    check(rc == OG_OK || rc == OG_E_INVALID);
    check_findings(&diags, &files);
    for (size_t i = 0; i < reg.batch_count; i++)
        check_batch(reg.batches[i]);
    model_register_done(&reg);
    og_diags_done(&diags);
    og_error_done(&err);
    memory_done(&files);
    return 0;
}
