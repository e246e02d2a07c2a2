/* Identifiers as scanners misread them: what is repaired, to what, and what is left. */
#include "unit.h"

#include <stdio.h>

#include "model/scanned_id.h"

/* Everything found in a text, as "line:column before → after", one a line; what cannot be
 * told has its readings joined by '/'. */
static const char *found(const char *text, unsigned kinds)
{
    static char out[1024];
    scanned_reader reader = {.text = og_str_from(text), .kinds = kinds};
    scanned_id id;
    size_t n = 0;

    out[0] = '\0';
    while (scanned_next(&reader, &id)) {
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%u:%u %.*s →", n ? "\n" : "",
                              id.line, id.column, (int)id.n, text + id.at);
        for (size_t i = 0; i < id.count; i++)
            n += (size_t)snprintf(out + n, sizeof out - n, "%s%s", i ? "/" : " ",
                                  id.readings[i]);
    }
    return out;
}

typedef struct sample {
    const char *text, *found;
} sample;

static void expect(const sample *samples, size_t count, unsigned kinds)
{
    for (size_t i = 0; i < count; i++)
        assert_string_equal(found(samples[i].text, kinds), samples[i].found);
}

#define EXPECT(samples, kinds) \
    expect((samples), sizeof(samples) / sizeof *(samples), kinds)

static void repairs_modifications(void **state)
{
    static const sample samples[] = {
        {"SECMPO00O07", "1:1 SECMPO00O07 → SECMP0007"},
        {"MPO090", "1:1 MPO090 → MP090"},
        {"MPO0O77", "1:1 MPO0O77 → MP077"},
        {"MPO77", "1:1 MPO77 → MP077"},
        {"MP77", "1:1 MP77 → MP077"},
        {"MPl05", "1:1 MPl05 → MP105"},
        {"MP|05", "1:1 MP|05 → MP105"},
        {"MP1I5", "1:1 MP1I5 → MP115"},
        {"DPO9O", "1:1 DPO9O → DP090"},
        {"MP1O2A", "1:1 MP1O2A → MP102A"},
        {"MP10I", "1:1 MP10I → MP101"},
        {"SECMP7", "1:1 SECMP7 → SECMP0007"},
        {"SECMP00007", "1:1 SECMP00007 → SECMP0007"},
    };

    (void)state;
    EXPECT(samples, SCANNED_MODIFICATION);
}

static void repairs_actions(void **state)
{
    static const sample samples[] = {
        {"53x/CO NFO1", "1:1 53x/CO NFO1 → 53x/CONF01"},
        {"53x/CONF O2", "1:1 53x/CONF O2 → 53x/CONF02"},
        {"53x/CONFOI", "1:1 53x/CONFOI → 53x/CONF01"},
        {"53x/CONF1", "1:1 53x/CONF1 → 53x/CONF01"},
        {"53x/C O N F 01", "1:1 53x/C O N F 01 → 53x/CONF01"},
        {"OPSG 52/O4", "1:6 52/O4 → 52/04"},
        {"56/OI", "1:1 56/OI → 56/01"},
        {"56/l0", "1:1 56/l0 → 56/10"},
    };

    (void)state;
    EXPECT(samples, SCANNED_ACTION);
}

static void leaves_what_is_none(void **state)
{
    static const char *const texts[] = {
        "",
        "SECMP0007 MP090 MP102A MP102O MP102I DP090",
        "53x/CONF01 52/04 56/12 56/100",
        "24/7 1/2 07/09/2021 2021/O4 5/II and/or I/O 5/I",
        "MPO MPOO DPI SECMP MP DP MPs MPA 9",
        "XMP9 _MP9 MP9x MP9_ SECMP0o07 aMPO90 1234/O5",
        "|MP090| |52/04|",
        "53x/CO NF 53x/CON 01 x/CONF01",
        "scanned_as: 53x/CO NFO1",
        "- {action: 53x/CONF01, scanned_as: \"53x/CO NFO1\"}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(found(texts[i], SCANNED_MODIFICATION | SCANNED_ACTION), "");
}

static void tells_what_cannot_be_read(void **state)
{
    static const sample samples[] = {
        {"MPO10I", "1:1 MPO10I → MP101/MP010I"},
        {"MPO10O", "1:1 MPO10O → MP100/MP010O"},
        {"MPO77|", "1:1 MPO77| → MP771/MP077"},
        {"56/1|", "1:1 56/1| → 56/11/56/01"},
        {"MP1234", "1:1 MP1234 →"},
        {"SECMP99999999999999999999", "1:1 SECMP99999999999999999999 →"},
        {"MP000", "1:1 MP000 →"},
        {"MPO0", "1:1 MPO0 →"},
        {"56/O0", "1:1 56/O0 →"},
    };

    (void)state;
    EXPECT(samples, SCANNED_MODIFICATION | SCANNED_ACTION);
}

static void says_where(void **state)
{
    (void)state;
    assert_string_equal(found("é MPO90,MPO91\r\n\n  \xff MPO92", SCANNED_MODIFICATION),
                        "1:3 MPO90 → MP090\n1:9 MPO91 → MP091\n3:5 MPO92 → MP092");
}

static void looks_for_the_kinds_asked_for(void **state)
{
    const char *both = "MPO90 53x/CO NFO1";

    (void)state;
    assert_string_equal(found(both, SCANNED_MODIFICATION), "1:1 MPO90 → MP090");
    assert_string_equal(found(both, SCANNED_ACTION), "1:7 53x/CO NFO1 → 53x/CONF01");
    assert_string_equal(found(both, 0), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repairs_modifications),
        cmocka_unit_test(repairs_actions),
        cmocka_unit_test(leaves_what_is_none),
        cmocka_unit_test(tells_what_cannot_be_read),
        cmocka_unit_test(says_where),
        cmocka_unit_test(looks_for_the_kinds_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
