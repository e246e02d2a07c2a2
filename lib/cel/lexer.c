/* Source text to tokens, one at a time, as langdef.md's lexical grammar has it:
 *
 *   IDENT      ::= [_a-zA-Z][_a-zA-Z0-9]*          ESC_IDENT ::= ` [a-zA-Z0-9_.\-/ ]+ `
 *   NUMBER     ::= INT_LIT | UINT_LIT | FLOAT_LIT
 *   STRING_LIT ::= [rR]? ( "…" | '…' | """…""" | '''…''' )     BYTES_LIT ::= [bB]
 * STRING_LIT COMMENT    ::= // to the end of the line
 *
 * What is wrong is reported where it is seen, and lexing goes on after it, so that one
 * pass finds every mistake. */
#include "cel/lexer.h"

#include "base/utf8.h"
#include "cel/issue.h"

static const char *const token_names[] = {
    /* ORDER: cel_token_kind */
    "the end",  "an unknown character",
    "a name",   "a quoted name",
    "a number", "a string",
    "'?'",      "':'",
    "'||'",     "'&&'",
    "'<'",      "'<='",
    "'>'",      "'>='",
    "'=='",     "'!='",
    "'+'",      "'-'",
    "'*'",      "'/'",
    "'%'",      "'!'",
    "'.'",      "','",
    "'('",      "')'",
    "'['",      "']'",
    "'{'",      "'}'"};
_Static_assert(sizeof token_names / sizeof *token_names == CEL_TOK_COUNT, "ORDER");

const char *cel_token_what(cel_token_kind kind)
{
    return token_names[kind];
}

static bool in_words(const char *const *words, size_t count, og_str word)
{
    for (size_t i = 0; i < count; i++)
        if (word.n > 0 && word.p[0] == words[i][0] && og_str_is(word, words[i]))
            return true;
    return false;
}

bool cel_word_reserved(og_str word)
{
    static const char *const words[] = {
        "as",        "break",  "const",  "continue", "else", "for",
        "function",  "if",     "import", "let",      "loop", "package",
        "namespace", "return", "var",    "void",     "while"};
    return in_words(words, sizeof words / sizeof *words, word);
}

bool cel_word_keyword(og_str word)
{
    static const char *const words[] = {"true", "false", "null", "in"};
    return in_words(words, sizeof words / sizeof *words, word);
}

/* ---- Characters ---- */

static char peek(const cel_lexer *l, uint32_t ahead)
{
    return (size_t)l->at + ahead < l->source.n ? l->source.p[l->at + ahead] : '\0';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static void skip_blank(cel_lexer *l)
{
    while (l->at < l->source.n) {
        char c = l->source.p[l->at];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
            l->at++;
        } else if (c == '/' && peek(l, 1) == '/') {
            while (l->at < l->source.n && l->source.p[l->at] != '\n')
                l->at++;
        } else {
            return;
        }
    }
}

static cel_token finish(const cel_lexer *l, cel_token_kind kind, uint32_t begin)
{
    return (cel_token){.kind = kind,
                       .begin = begin,
                       .end = l->at,
                       .text = og_str_slice(l->source, begin, l->at)};
}

static cel_issue *report(cel_lexer *l, uint32_t begin, uint32_t end, const char *message)
{
    return cel_issue_at(l->issues, l->source, begin, end, CEL_CODE_SYNTAX, "%s", message);
}

/* ---- Numbers ---- */

static void skip_digits(cel_lexer *l)
{
    while (is_digit(peek(l, 0)))
        l->at++;
}

/* INT_LIT ::= -? DIGIT+ | -? 0x HEXDIGIT+;  UINT_LIT ::= INT_LIT [uU]
 * FLOAT_LIT ::= -? DIGIT* . DIGIT+ EXPONENT? | -? DIGIT+ EXPONENT */
static cel_token lex_number(cel_lexer *l)
{
    uint32_t begin = l->at;
    if (peek(l, 0) == '0' && (peek(l, 1) == 'x' || peek(l, 1) == 'X')) {
        l->at += 2;
        while (is_hex(peek(l, 0)))
            l->at++;
    } else {
        skip_digits(l);
        if (peek(l, 0) == '.' && is_digit(peek(l, 1))) {
            l->at++;
            skip_digits(l);
        }
        uint32_t sign = peek(l, 1) == '+' || peek(l, 1) == '-' ? 1 : 0;
        if ((peek(l, 0) == 'e' || peek(l, 0) == 'E') && is_digit(peek(l, 1 + sign))) {
            l->at += 1 + sign;
            skip_digits(l);
        }
    }
    /* A suffix, and whatever else hangs on it: the decoder judges the whole word. */
    while (is_letter(peek(l, 0)) || is_digit(peek(l, 0)))
        l->at++;
    return finish(l, CEL_TOK_NUMBER, begin);
}

/* ---- Strings ---- */

/* Moves to the closing quote (l->at stands on it), or reports and gives false. */
static bool find_quote(cel_lexer *l, uint32_t begin, char quote, bool triple, bool raw)
{
    while (l->at < l->source.n) {
        char c = l->source.p[l->at];
        if (c == quote && (!triple || (peek(l, 1) == quote && peek(l, 2) == quote)))
            return true;
        if (!triple && (c == '\n' || c == '\r'))
            break;
        l->at += c == '\\' && !raw && l->at + 1 < l->source.n ? 2 : 1;
    }
    cel_issue *item = report(l, begin, l->at, "the string has no closing quote");
    if (!triple && l->at < l->source.n)
        cel_issues_hint(l->issues, item, "a string over several lines stands in %s",
                        "'''");
    return false;
}

static cel_token lex_string(cel_lexer *l, uint32_t begin, bool raw, bool bytes)
{
    char quote = peek(l, 0);
    bool triple = peek(l, 1) == quote && peek(l, 2) == quote;
    uint32_t width = triple ? 3 : 1;
    l->at += width;
    uint32_t from = l->at;
    if (!find_quote(l, begin, quote, triple, raw))
        return finish(l, CEL_TOK_BAD, begin);
    og_value value = og_string(OG_STR(""));
    bool good = cel_literal_string(l, from, l->at, raw, bytes, &value);
    l->at += width;
    cel_token token = finish(l, good ? CEL_TOK_STRING : CEL_TOK_BAD, begin);
    token.value = value;
    return token;
}

/* [bB]? [rR]? before a quote; gives false when it is only a name that starts so. */
static bool string_prefix(const cel_lexer *l, uint32_t *ret_length, bool *ret_raw,
                          bool *ret_bytes)
{
    uint32_t n = 0;
    *ret_bytes = peek(l, n) == 'b' || peek(l, n) == 'B';
    n += *ret_bytes ? 1 : 0;
    *ret_raw = peek(l, n) == 'r' || peek(l, n) == 'R';
    n += *ret_raw ? 1 : 0;
    *ret_length = n;
    return peek(l, n) == '"' || peek(l, n) == '\'';
}

/* ---- Names ---- */

static cel_token lex_name(cel_lexer *l)
{
    uint32_t begin = l->at;
    while (is_letter(peek(l, 0)) || is_digit(peek(l, 0)))
        l->at++;
    return finish(l, CEL_TOK_IDENT, begin);
}

/* ESC_IDENT ::= ` [a-zA-Z0-9_.\-/ ]+ ` */
static cel_token lex_quoted(cel_lexer *l)
{
    uint32_t begin = l->at++;
    for (;; l->at++) {
        char c = peek(l, 0);
        if (!is_letter(c) && !is_digit(c) && c != '.' && c != '-' && c != '/' && c != ' ')
            break;
    }
    if (peek(l, 0) != '`' || l->at == begin + 1) {
        report(l, begin, l->at,
               "a quoted name is letters, digits, '_', '.', '-', '/' and blanks between "
               "backticks");
        return finish(l, CEL_TOK_BAD, begin);
    }
    l->at++;
    cel_token token = finish(l, CEL_TOK_QUOTED, begin);
    token.text = og_str_slice(l->source, begin + 1, l->at - 1);
    return token;
}

/* ---- Operators ---- */

static cel_token lex_bad(cel_lexer *l)
{
    uint32_t begin = l->at, point = 0;
    l->at += og_utf8_decode(l->source, l->at, &point);
    cel_issue *item = NULL;
    if (point < 0x20 || point == 0x7f)
        item = cel_issue_at(l->issues, l->source, begin, l->at, CEL_CODE_SYNTAX,
                            "control character U+%04X", (unsigned)point);
    else
        item = cel_issue_at(l->issues, l->source, begin, l->at, CEL_CODE_SYNTAX,
                            "'%.*s' means nothing here",
                            OG_FMT(og_str_slice(l->source, begin, l->at)));
    if (point == '=')
        cel_issues_hint(l->issues, item, "to compare, write ==");
    else if (point == '#')
        cel_issues_hint(l->issues, item, "a comment starts with //");
    else if (point == ';')
        cel_issues_hint(l->issues, item, "a condition is one expression, without an end");
    else if (point == '&' || point == '|')
        cel_issues_hint(l->issues, item, "write it twice: && or ||");
    else if (point == 0x201c || point == 0x201d || point == 0x2018 || point == 0x2019)
        cel_issues_hint(l->issues, item, "strings stand between plain quotes, \" or '");
    return finish(l, CEL_TOK_BAD, begin);
}

static cel_token_kind one_sign(char c)
{
    static const char signs[] = "?:<>+-*/%!.,()[]{}";
    static const uint8_t kinds[] = {CEL_TOK_QUESTION, CEL_TOK_COLON,  CEL_TOK_LT,
                                    CEL_TOK_GT,       CEL_TOK_PLUS,   CEL_TOK_MINUS,
                                    CEL_TOK_STAR,     CEL_TOK_SLASH,  CEL_TOK_PERCENT,
                                    CEL_TOK_NOT,      CEL_TOK_DOT,    CEL_TOK_COMMA,
                                    CEL_TOK_LPAREN,   CEL_TOK_RPAREN, CEL_TOK_LBRACKET,
                                    CEL_TOK_RBRACKET, CEL_TOK_LBRACE, CEL_TOK_RBRACE};
    for (size_t i = 0; i < sizeof kinds; i++)
        if (signs[i] == c)
            return (cel_token_kind)kinds[i];
    return CEL_TOK_BAD;
}

static cel_token_kind two_signs(char a, char b)
{
    if (a == '|' && b == '|')
        return CEL_TOK_OR;
    if (a == '&' && b == '&')
        return CEL_TOK_AND;
    if (b != '=')
        return CEL_TOK_BAD;
    switch (a) {
    case '<':
        return CEL_TOK_LE;
    case '>':
        return CEL_TOK_GE;
    case '=':
        return CEL_TOK_EQ;
    case '!':
        return CEL_TOK_NE;
    default:
        return CEL_TOK_BAD;
    }
}

/* What other languages write: reported with what it is here. */
static bool lex_foreign(cel_lexer *l)
{
    static const struct {
        char sign[4], here[4];
    } signs[] = {{"===", "=="}, {"!==", "!="}, {"<>", "!="},
                 {"=>", ">="},  {"=<", "<="},  {":=", "=="}};
    if (!strchr("=><", peek(l, 1)))
        return false;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        uint32_t n = (uint32_t)strlen(signs[i].sign), begin = l->at;
        if (begin + n > l->source.n || memcmp(l->source.p + begin, signs[i].sign, n) != 0)
            continue;
        l->at += n;
        cel_issue *item =
            cel_issue_at(l->issues, l->source, begin, l->at, CEL_CODE_SYNTAX,
                         "'%s' means nothing here", signs[i].sign);
        cel_issues_hint(l->issues, item, "write %s", signs[i].here);
        return true;
    }
    return false;
}

static cel_token lex_sign(cel_lexer *l)
{
    uint32_t begin = l->at;
    if (lex_foreign(l))
        return finish(l, CEL_TOK_BAD, begin);
    cel_token_kind kind = two_signs(peek(l, 0), peek(l, 1));
    if (kind != CEL_TOK_BAD) {
        l->at += 2;
        return finish(l, kind, begin);
    }
    kind = one_sign(peek(l, 0));
    if (kind == CEL_TOK_BAD)
        return lex_bad(l);
    l->at++;
    return finish(l, kind, begin);
}

cel_token cel_lexer_next(cel_lexer *l)
{
    skip_blank(l);
    if (l->at >= l->source.n)
        return finish(l, CEL_TOK_END, l->at);
    char c = l->source.p[l->at];
    if (is_digit(c) || (c == '.' && is_digit(peek(l, 1))))
        return lex_number(l);
    uint32_t begin = l->at, prefix = 0;
    bool raw = false, bytes = false;
    if (string_prefix(l, &prefix, &raw, &bytes)) {
        l->at += prefix;
        return lex_string(l, begin, raw, bytes);
    }
    if (is_letter(c))
        return lex_name(l);
    return c == '`' ? lex_quoted(l) : lex_sign(l);
}
