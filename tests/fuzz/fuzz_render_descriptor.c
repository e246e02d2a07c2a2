/* Any bytes as a Frictionless descriptor in JSON or YAML: what is imported without an
 * error is written as a version file that says the same, and is a layout as any other
 * (layout_property.h). */
#include "../unit/descriptor_fixture.h"
#include "layout_property.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    descriptor_trip t = {0};
    og_error err = {0};
    og_str text = {size ? (const char *)data : "", size};

    int rc = trip_import(&t, text, NULL, &err);
    property(rc == OG_OK || rc == OG_E_INVALID || rc == OG_E_USAGE || rc == OG_E_LIMIT,
             og_error_text(&err));
    property(rc != OG_E_INVALID || t.diags.errors > 0, "it is invalid without a finding");
    if (rc == OG_OK && t.diags.errors == 0) {
        rc = trip_write(&t, &err);
        property(rc == OG_OK || rc == OG_E_LIMIT, og_error_text(&err));
        const char *differs = rc == OG_OK ? trip_differs(&t) : NULL;
        property(!differs, differs ? differs : "");
        property_valid(&t.before, &t.arena);
    }
    og_error_done(&err);
    trip_done(&t);
    return 0;
}
