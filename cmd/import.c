/* import ids, import descriptor: what comes from elsewhere, made ready to be entered. */
#include "verbs.h"

int cmd_import_ids(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_import_values *import = values;
    cmd_run run;

    (void)verb;
    int code = cmd_begin(&run, &import->common);
    if (code != 0)
        return code;
    const opsgate_import_request request = {.path = operands[0],
                                            .kinds = import->kinds.items,
                                            .kind_count = import->kinds.count};
    run.paths[0] = import->out;
    opsgate_import_ids(&run.settings, &run.place, &request, &run.result);
    return cmd_finish(&run);
}

int cmd_import_descriptor(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_import_descriptor_values *import = values;
    cmd_run run;

    (void)verb;
    int code = cmd_begin(&run, &import->common);
    if (code != 0)
        return code;
    const opsgate_descriptor_request request = {.path = operands[0],
                                                .resource = import->resource,
                                                .report = import->report,
                                                .version = import->version};
    run.paths[0] = import->out;
    opsgate_import_descriptor(&run.settings, &request, &run.result);
    return cmd_finish(&run);
}
