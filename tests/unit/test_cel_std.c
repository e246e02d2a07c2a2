/* Corners of the built-in functions that the conformance suite leaves out. */
#include "cel_fixture.h"

static fixture f;

static int set_up(void **state)
{
    (void)state;
    fixture_init(&f, NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_done(&f);
    return 0;
}

static void arithmetic(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"9223372036854775807 + 1", "error: integer overflow"},
        {"-9223372036854775808 - 1", "error: integer overflow"},
        {"4611686018427387904 * 2", "error: integer overflow"},
        {"-9223372036854775808 / -1", "error: integer overflow"},
        {"-9223372036854775808 % -1", "error: integer overflow"},
        {"-(-9223372036854775808)", "error: integer overflow"},
        {"0u - 1u", "error: integer overflow"},
        {"-7 / 2", "-3"},
        {"-7 % 2", "-1"},
        {"1 % 0", "error: modulus by zero"},
        {"1u / 0u", "error: divide by zero"},
        {"0.0 / 0.0 == 0.0 / 0.0", "false"},
        {"0.0 / 0.0 != 0.0 / 0.0", "true"},
        {"[0.0 / 0.0] == [0.0 / 0.0]", "false"},
    };
    EXPECT(&f, rows);
}

/* Numbers of different types by value; with a double, as doubles (so the suite has it).
 */
static void compares_numbers(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"dyn(9007199254740993) == 9007199254740992.0", "true"},
        {"9223372036854775807 < 9223372036854775808.0", "false"},
        {"18446744073709551615u < 18446744073709551616.0", "false"},
        {"9223372036854775807 < 9223372036854777857.0", "true"},
        {"1 < 1.5 && 1.5 > 1 && 1u < 1.5 && 2 > 1.5", "true"},
        {"-1 < 0u && 0u > -1", "true"},
        {"-1.5 < -1 && -1 > -1.5", "true"},
        {"1 < double(\"NaN\") || 1 >= double(\"NaN\")", "false"},
        {"dyn(1) == 1u && dyn(1u) == 1.0", "true"},
        {"1 in [1.0, 2.0].map(x, dyn(x))", "true"},
        {"{1: \"a\"}[dyn(1u)]", "\"a\""},
        {"{1: \"a\"} == {dyn(1u): \"a\"}", "true"},
    };
    EXPECT(&f, rows);
}

static void durations(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"duration(\"1h30m\")", "5400s"},
        {"duration(\"-1.5h\")", "-5400s"},
        {"duration(\"1ms1us1ns\")", "0.001001001s"},
        {"duration(\".5s\")", "0.5s"},
        {"duration(\"0\")", "0s"},
        {"duration(\"1.0000000019s\")", "1.000000001s"},
        {"duration(\"9223372036s\")", "9223372036s"},
        {"string(duration(\"-0.25s\"))", "\"-0.25s\""},
        {"duration(\"1500ms\").getMilliseconds()", "500"},
        {"duration(\"-90m\").getHours()", "-1"},
        {"duration(\"9223372036s\") + duration(\"1s\")", "error: duration out of range"},
        {"timestamp(\"2021-11-04T17:00:00+01:00\")", "2021-11-04T16:00:00Z"},
        {"timestamp(-1).getSeconds()", "59"},
        {"timestamp(-1).getDate()", "31"},
        {"timestamp(0) - timestamp(\"1969-12-31T23:59:59.5Z\")", "0.5s"},
        {"timestamp(0) + duration(\"-1ns\") < timestamp(0)", "true"},
        {"timestamp(0).getHours(\"24:00\")", "error: unknown time zone '24:00'"},
        {"timestamp(253402300799).getHours(\"+01:00\")",
         "error: timestamp out of range: years 1 to 9999"},
    };
    EXPECT(&f, rows);
    static const char *const bad[] = {"",     "-",   "1",    "s",          "1d",
                                      "1.s.", "1 s", "--1s", "9223372037s"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char source[80];
        snprintf(source, sizeof source, "duration(\"%s\")", bad[i]);
        assert_non_null(strstr(fixture_run(&f, source), "is not a duration"));
    }
    static const char *const instants[] = {"2021-11-04", "2021-11-04T17:00:00",
                                           "2021-11-04T17:00Z", "2021-02-30T00:00:00Z",
                                           "2021-11-04T17:00:60Z"};
    for (size_t i = 0; i < sizeof instants / sizeof *instants; i++) {
        char source[80];
        snprintf(source, sizeof source, "timestamp(\"%s\")", instants[i]);
        assert_non_null(strstr(fixture_run(&f, source), "is not a timestamp"));
    }
}

static void strings(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"\"abc\".replace(\"\", \"-\")", "\"-a-b-c-\""},
        {"\"abc\".replace(\"\", \"-\", 2)", "\"-a-bc\""},
        {"\"\".replace(\"\", \"-\")", "\"-\""},
        {"\"aaa\".replace(\"a\", \"b\", 0)", "\"aaa\""},
        {"\"a\u00e9b\".split(\"\")", "[\"a\", \"\u00e9\", \"b\"]"},
        {"\"abc\".split(\"\", 2)", "[\"a\", \"bc\"]"},
        {"\"\".split(\"\")", "[]"},
        {"\"\".split(\",\")", "[\"\"]"},
        {"\"a,b,\".split(\",\")", "[\"a\", \"b\", \"\"]"},
        {"\"a,b,c\".split(\",\", 2)", "[\"a\", \"b,c\"]"},
        {"\"abc\".lastIndexOf(\"abcd\")", "-1"},
        {"\"\".lastIndexOf(\"\")", "0"},
        {"\"abc\".indexOf(\"\", 3)", "3"},
        {"\"abc\".substring(3)", "\"\""},
        {"\"  \".trim()", "\"\""},
        {"[dyn(1)].join()", "error: no such overload: 'join' of a list with int in it"},
        {"\"abc\".matches(dyn(word))", "true"},
        {"\"abc\".matches(\"(\" + word)", "error: invalid pattern: missing closing "
                                          "parenthesis"},
    };
    EXPECT(&f, rows);
}

static void formats(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"\"%s\".format([b\"\\xff\\xfea\\xff\"])", "\"\xef\xbf\xbd\x61\xef\xbf\xbd\""},
        {"\"%s %s\".format([today, duration(\"90s\")])", "\"2021-10-05 90s\""},
        {"\"%d %d\".format([-9223372036854775807, 1.5])", "\"-9223372036854775807 1.5\""},
        {"\"%x %o %b\".format([-255, -8, -5])", "\"-ff -10 -101\""},
        {"\"%x\".format([-9223372036854775808])", "\"-8000000000000000\""},
        {"\"%.0e\".format([12345.0])", "\"1e+04\""},
        {"\"%\".format([])",
         "error: could not parse formatting clause: unexpected end of string"},
        {"\"%.\".format([1])",
         "error: could not parse formatting clause: unexpected end of string"},
        {"\"%.f\".format([1])",
         "error: could not parse formatting clause: a precision is 0 to 1000"},
        {"\"%.1001f\".format([1])",
         "error: could not parse formatting clause: a precision is 0 to 1000"},
        {"\"%s\".format([])", "error: index 0 out of range"},
        {"\"%s\".format([optional.none()])",
         "error: error during formatting: string clause can only be used on strings, "
         "bools, bytes, ints, doubles, maps, lists, types, durations, timestamps, dates "
         "and records, was given optional_type"},
        {"\"%s\".format([issues])", "\"[SIT-1, SIT-2, SIT-3]\""},
    };
    EXPECT(&f, rows);
}

static void network(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"string(ip(\"2001:0db8:0:0:1:0:0:1\"))", "\"2001:db8::1:0:0:1\""},
        {"string(ip(\"1:0:0:2:0:0:0:3\"))", "\"1:0:0:2::3\""},
        {"string(ip(\"1::\"))", "\"1::\""},
        {"string(ip(\"::\"))", "\"::\""},
        {"string(ip(\"1:2:3:4:5:6:7:8\"))", "\"1:2:3:4:5:6:7:8\""},
        {"string(ip(\"0:1:2:3:4:5:6:7\"))", "\"0:1:2:3:4:5:6:7\""},
        {"string(ip(\"::1.2.3.4\"))", "\"::102:304\""},
        {"string(ip(\"::ffff:102:304\"))", "\"::ffff:1.2.3.4\""},
        {"[\"1:2:3:4:5:6:7\", \":1\", \"1:\", \"1::2::3\", \"12345::\", \"1.2.3\", "
         "\"01.2.3.4\", \"256.1.1.1\", \"1.2.3.4.\", \"\", \":::\", "
         "\"1:2:3:4:5:6:7:8:9\", "
         "\"1:2:3:4:5:6:7:1.2.3.4\", \"::1:2:3:4:5:6:7:8\", \"g::\"].exists(s, isIP(s))",
         "false"},
        {"[\"10.0.0.0/33\", \"10.0.0.0\", \"10.0.0.0/\", \"10.0.0.0/08\", \"::/129\", "
         "\"10.0.0.0/+8\", \"/8\"].exists(s, isCIDR(s))",
         "false"},
        {"string(cidr(\"10.1.2.3/9\").masked())", "\"10.0.0.0/9\""},
        {"string(cidr(\"2001:db8:ffff::/33\").masked())", "\"2001:db8:8000::/33\""},
        {"cidr(\"0.0.0.0/0\").containsIP(\"255.1.1.1\")", "true"},
        {"cidr(\"10.0.0.0/8\").containsCIDR(\"10.0.0.0/7\")", "false"},
    };
    EXPECT(&f, rows);
}

static void others(void **state)
{
    (void)state;
    static const expectation rows[] = {
        {"sets.contains([1, 2, 3], [3.0, 1u].map(x, dyn(x)))", "true"},
        {"sets.equivalent([1, 1, 2], [2, 1])", "true"},
        {"sets.equivalent([1], [1, 2])", "false"},
        {"sets.intersects([1, 2], [3, 2])", "true"},
        {"sets.intersects([1], [])", "false"},
        {"base64.decode(\"a\")", "error: not base64"},
        {"base64.decode(\"aGk=aGk=\")", "error: not base64"},
        {"string(base64.decode(\"aGVsbG8\"))", "\"hello\""},
        {"math.greatest([])", "error: the list must not be empty"},
        {"math.greatest(1, 2.5, 2u)", "2.5"},
        {"math.least([3, 1, 2])", "1"},
        {"[1, 2].first().value() + [1, 2].last().value()", "3"},
        {"[].first().hasValue()", "false"},
        {"[optional.of(1), optional.none()].unwrapOpt()", "[1]"},
        {"optional.none().value()", "error: optional.none() dereference"},
        {"bool(\"yes\")", "error: type conversion error: 'yes' is not a bool"},
        {"int(\"12x\")", "error: type conversion error: '12x' is not an int"},
        {"[1, 2][5]", "error: index out of bounds: 5 in a list of 2"},
        {"[1, 2][dyn(1.5)]", "error: invalid list index of type double"},
        {"{\"a\": 1}[\"b\"]", "error: no such key: 'b'"},
        {"{\"a\": 1}.b", "error: no such key: 'b'"},
        {"{\"a\": 1, \"a\": 2}", "error: repeated map key"},
    };
    EXPECT(&f, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arithmetic), cmocka_unit_test(compares_numbers),
        cmocka_unit_test(durations),  cmocka_unit_test(strings),
        cmocka_unit_test(formats),    cmocka_unit_test(network),
        cmocka_unit_test(others),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
