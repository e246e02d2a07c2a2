/* Every ceiling of the program, in one place. Over a limit and out of memory take the
 * same path: an error that names the limit, never a truncated success. */
#ifndef OG_BASE_LIMITS_H
#define OG_BASE_LIMITS_H

#define OG_MIB (1024u * 1024u)

#define OG_LIMIT_ARENA (4096ull * OG_MIB)
#define OG_LIMIT_BUFFER (256ull * OG_MIB)
#define OG_LIMIT_DIAGS 1000u                    /* findings kept; the rest are counted */
#define OG_LIMIT_FILE (16ull * OG_MIB)          /* one YAML file of a register */
#define OG_LIMIT_DATA_FILE (1024ull * OG_MIB)   /* one CSV, JSON or JUnit file */
#define OG_LIMIT_CSV_COLUMNS 4096u              /* cells of a CSV row */
#define OG_LIMIT_CSV_CELL (16ull * OG_MIB)      /* bytes of a CSV cell */
#define OG_LIMIT_CSV_ROW (32ull * OG_MIB)       /* bytes of a CSV row */
#define OG_LIMIT_GZIP (1024ull * 1024 * OG_MIB) /* bytes that gzip may inflate to */
#define OG_LIMIT_GZIP_RATIO 500u /* times as many as it had; counted from 16 MiB on */
#define OG_LIMIT_REGISTER (2048ull * OG_MIB) /* all files of a register */
#define OG_LIMIT_FILES 100000u               /* entries of a register's tree */
#define OG_LIMIT_BUNDLE (64ull * OG_MIB)     /* a bundle of report definitions */
#define OG_LIMIT_DEPTH 100u                  /* nesting in a YAML or JSON document */
#define OG_LIMIT_NODES 5000000u              /* nodes of one document, aliases expanded */
#define OG_LIMIT_ALIASES 1000u               /* alias uses in one document */
#define OG_LIMIT_RECORDS 2000000u            /* records of a register */
#define OG_LIMIT_ID 255u                     /* bytes of a record's id */
#define OG_LIMIT_CEL_SOURCE (64u * 1024u)    /* bytes of one condition */
#define OG_LIMIT_CEL_DEPTH 250u              /* nesting of one condition */
#define OG_LIMIT_CEL_NODES 100000u           /* nodes of one condition */
#define OG_LIMIT_CEL_ISSUES 100u             /* findings kept of one condition */
#define OG_LIMIT_CEL_ESTIMATE 1000000000000000000ull /* steps, estimated from sizes: */
#define OG_LIMIT_CEL_LIST 1000ull                    /* elements assumed of a list */
#define OG_LIMIT_CEL_TEXT 1000ull                    /* bytes assumed of text */
#define OG_LIMIT_CEL_COST 100000000ull        /* evaluation steps of one condition */
#define OG_LIMIT_CEL_MEMORY (256ull * OG_MIB) /* made by one evaluation */
#define OG_LIMIT_CEL_REASONS 1000u            /* parts of one explanation */
#define OG_LIMIT_REGEX_STEPS 1000000u         /* backtracking of one match */
#define OG_LIMIT_REGEX_MEMORY (8u * OG_MIB)   /* of one match */
#define OG_LIMIT_CRITERION_COST 100000000ull  /* steps, all elements together */
#define OG_LIMIT_CRITERION_MEMORY (1024ull * OG_MIB) /* made by them */
#define OG_LIMIT_REASONS 20u /* failing elements shown; the rest counted */

#endif
