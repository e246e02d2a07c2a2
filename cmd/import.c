/* import: what comes from elsewhere, made ready to be entered. */
#include <string.h>

#include "verbs.h"

int cmd_import(const cmd_verb *verb, const char *const *operands, void *values)
{
    const cmd_import_values *import = values;
    opsgate_settings settings = {0};
    opsgate_result result = {0};
    const char *const paths[] = {import->out};

    (void)verb;
    if (strcmp(operands[0], "ids") != 0) {
        cmd_complain("write 'opsgate import ids FILE'", "import: cannot import '%s'",
                     operands[0]);
        return OPSGATE_EXIT_USAGE;
    }
    int code = cmd_settings(&settings);
    if (code != 0)
        return code;
    opsgate_place place = cmd_place(&import->common);
    const opsgate_import_request request = {.path = operands[1],
                                            .kinds = import->kinds.items,
                                            .kind_count = import->kinds.count};
    opsgate_import_ids(&settings, &place, &request, &result);
    return cmd_finish(&result, paths);
}
