/* import: what comes from elsewhere, made ready to be entered. */
#include <string.h>

#include "verbs.h"

int cmd_import(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_import_values *import = values;
    cmd_run run;

    (void)verb;
    if (strcmp(operands[0], "ids") != 0) {
        cmd_complain("write 'opsgate import ids FILE'", "import: cannot import '%s'",
                     operands[0]);
        return OPSGATE_EXIT_USAGE;
    }
    int code = cmd_begin(&run, &import->common);
    if (code != 0)
        return code;
    const opsgate_import_request request = {.path = operands[1],
                                            .kinds = import->kinds.items,
                                            .kind_count = import->kinds.count};
    run.paths[0] = import->out;
    opsgate_import_ids(&run.settings, &run.place, &request, &run.result);
    return cmd_finish(&run);
}
