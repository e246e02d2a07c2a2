/* One cell of a table as a value: the readers of Table Schema's types, and how values are
 * ordered and told apart. Pure functions of the text; what a field declares is put
 * together in column.h.
 *
 * Types and formats are those of Table Schema (https://specs.frictionlessdata.io/
 * table-schema/), version 2. Text is valid UTF-8. */
#ifndef OG_REPORT_CELL_H
#define OG_REPORT_CELL_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

typedef enum cell_form { /* what of a value counts */
    CELL_TEXT,           /* text, bytewise */
    CELL_SCALED,         /* whole * 10^-scale */
    CELL_DECIMAL,        /* more digits than fit an int64 */
    CELL_TIME            /* seconds and nanos, from an origin of the type's own */
} cell_form;

enum {
    CELL_DIGITS = 400, /* significant digits of a number */
    CELL_KEY_MAX = 256 /* bytes of a value's key */
};

/* 0.DIGITS * 10^point; sign 0 is nought. */
typedef struct cell_decimal {
    int sign; /* -2 -INF, -1, 0, 1, 2 INF, 3 NaN */
    int64_t point;
    og_str digits; /* without leading or trailing zeros */
} cell_decimal;

typedef struct cell_value {
    cell_form form;
    og_str text;          /* CELL_TEXT */
    int64_t whole;        /* CELL_SCALED; CELL_TIME: seconds */
    int32_t scale;        /* CELL_SCALED: 0 to 18, the least that is exact */
    int32_t nanos;        /* CELL_TIME: 0 to 999,999,999 */
    cell_decimal decimal; /* CELL_DECIMAL */
} cell_value;

/* Memory that a value of a long number borrows from: one a value that is kept. */
typedef struct cell_scratch {
    char digits[CELL_DIGITS];
} cell_scratch;

/* Of two values of one type: <0, 0, >0. NaN is equal to itself and above all else. */
int cell_order(const cell_value *a, const cell_value *b);
/* A key, in out, that two values of one type have in common exactly when they are equal.
 * A text of CELL_KEY_MAX bytes or more is known by its SHA-256. */
og_str cell_key(const cell_value *v, char out[CELL_KEY_MAX]);

/* ---- Numbers: cell_number.c ---- */

typedef struct cell_number_format {
    char decimal; /* '.' by default */
    char group;   /* between digits before the decimal character; 0: none */
    bool bare;    /* default; else what stands around the digits ("EUR 5", "95%") does
                     not count */
} cell_number_format;

/* Optional sign, digits; number: also a fraction, an exponent, INF, -INF and NaN in any
 * case. False:
 * it is none, or longer than CELL_DIGITS. */
bool cell_read_integer(og_str s, const cell_number_format *format, cell_scratch *scratch,
                       cell_value *ret);
bool cell_read_number(og_str s, const cell_number_format *format, cell_scratch *scratch,
                      cell_value *ret);

/* ---- Dates and times: cell_time.c, cell_pattern.c ---- */

/* YYYY-MM-DD */
bool cell_read_date(og_str s, cell_value *ret);
/* hh:mm:ss */
bool cell_read_time(og_str s, cell_value *ret);
/* A date, "T", a time, then an optional fraction and an optional Z or ±hh:mm. Without an
 * offset it is read as UTC, for order only. */
bool cell_read_datetime(og_str s, cell_value *ret);
/* Four digits; "-" may stand before them. */
bool cell_read_year(og_str s, cell_value *ret);
/* YYYY-MM */
bool cell_read_yearmonth(og_str s, cell_value *ret);
/* XML Schema's: P1Y2M3DT4H5M6.7S, with an optional minus. For order a month is a twelfth
 * of the Gregorian calendar's mean year: 2,629,746 seconds. */
bool cell_read_duration(og_str s, cell_value *ret);

/* A format as strptime knows it, in the C locale: %Y %y %m %d %j %H %I %M %S %f %p %b %B
 * %a %A %z %Z (UTC, GMT or Z) %%. Other characters stand for themselves. */
typedef struct cell_pattern {
    og_str text;
    bool has_date, has_time;
} cell_pattern;
/* Borrows text. OG_E_INVALID: it names no part of a date or time, one this does not
 * know, or a date that is not whole (a year, and a month and day or a day of the year).
 * `date`, `time`: what the type needs. */
int cell_pattern_make(og_str text, bool date, bool time, cell_pattern *ret,
                      og_error *err);
bool cell_read_pattern(og_str s, const cell_pattern *pattern, cell_value *ret);

/* ---- Text: cell_text.c ---- */

bool cell_is_email(og_str s);  /* local@domain, ASCII, at most 254 bytes */
bool cell_is_uri(og_str s);    /* RFC 3986, with a scheme */
bool cell_is_uuid(og_str s);   /* 8-4-4-4-12 hex digits */
bool cell_is_base64(og_str s); /* RFC 4648, padded */
/* "lon, lat" in degrees within ±180 and ±90. */
bool cell_is_geopoint(og_str s);

#endif
