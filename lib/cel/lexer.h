/* Inside lib/cel: source text to tokens. */
#ifndef OG_CEL_LEXER_H
#define OG_CEL_LEXER_H

#include "cel/cel.h"
#include "value/value.h"

typedef enum cel_token_kind { /* ORDER: token texts in lexer.c */
    CEL_TOK_END,
    CEL_TOK_BAD,    /* reported already */
    CEL_TOK_IDENT,  /* reserved words too: where one may stand depends on the place */
    CEL_TOK_QUOTED, /* `any-name`: text is without the backticks */
    CEL_TOK_NUMBER, /* INT, UINT, FLOAT, decoded later, because -2^63 needs its sign */
    CEL_TOK_STRING, /* STRING, BYTES: value */
    CEL_TOK_QUESTION,
    CEL_TOK_COLON,
    CEL_TOK_OR,
    CEL_TOK_AND,
    CEL_TOK_LT,
    CEL_TOK_LE,
    CEL_TOK_GT,
    CEL_TOK_GE,
    CEL_TOK_EQ,
    CEL_TOK_NE,
    CEL_TOK_PLUS,
    CEL_TOK_MINUS,
    CEL_TOK_STAR,
    CEL_TOK_SLASH,
    CEL_TOK_PERCENT,
    CEL_TOK_NOT,
    CEL_TOK_DOT,
    CEL_TOK_COMMA,
    CEL_TOK_LPAREN,
    CEL_TOK_RPAREN,
    CEL_TOK_LBRACKET,
    CEL_TOK_RBRACKET,
    CEL_TOK_LBRACE,
    CEL_TOK_RBRACE,
    CEL_TOK_COUNT
} cel_token_kind;

typedef struct cel_token {
    cel_token_kind kind;
    uint32_t begin, end; /* bytes in the source */
    og_str text;         /* the bytes; QUOTED: the name */
    og_value value;      /* STRING */
} cel_token;

typedef struct cel_lexer {
    og_str source; /* valid UTF-8; outlives the tokens */
    uint32_t at;
    og_arena *arena; /* for decoded strings */
    cel_issues *issues;
    int failed; /* OG_E_NOMEM */
} cel_lexer;

cel_token cel_lexer_next(cel_lexer *lexer);
/* "'+'", "a name", "end of expression"; static. */
const char *cel_token_what(cel_token_kind kind);
/* as, break, const, …: not allowed as the name of a variable or function. */
bool cel_word_reserved(og_str word);
/* true, false, null, in: have a meaning of their own. */
bool cel_word_keyword(og_str word);

/* Decodes a NUMBER with the sign written before it. Reports and gives false when it is
 * out of range or malformed. literal.c */
bool cel_literal_number(cel_lexer *lexer, const cel_token *token, bool negative,
                        og_value *ret);
/* Decodes what stands between the quotes. [begin, end) are the bytes between them.
 * False when a bad escape was reported. literal.c */
bool cel_literal_string(cel_lexer *lexer, uint32_t begin, uint32_t end, bool raw,
                        bool bytes, og_value *ret);

#endif
