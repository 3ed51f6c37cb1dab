#include "scenario/expr.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scenario/expr_words.h"
#include "scenario/parse.h"
#include "scenario/program.h"
#include "world/attribute.h"

enum { WORD_MAX = 96 };

typedef enum value_type { TYPE_WRONG, TYPE_NUMBER, TYPE_TRUTH, TYPE_CHOICE } value_type;

/* A checked operand: its type, and for a choice whose attribute's values it may be compared with. */
typedef struct operand {
    value_type type;
    int32_t attribute; /* TYPE_CHOICE: the attribute; NUMBER: one it is made of, for messages; -1 none */
} operand;

typedef struct compiler {
    const char *text;
    const char *file;
    int line, column;
    bool knowable_only, origin_allowed;
    bool is_number; /* wanted: a number, in which a condition counts as 1 or 0 */
    wks_parse_tree tree;
    wks_expr *expr;
    wks_problems *problems;
    size_t n_wrong;
    int32_t depth, depth_max;
} compiler;

static operand check(compiler *c, int32_t node);

/* ---- messages ---------------------------------------------------------------------------------------------------------------- */

static void place(const compiler *c, int32_t at, int *line, int *column)
{
    *line = c->line;
    *column = c->column > 0 ? c->column + at : 0;
    for (int32_t i = 0; i < at && c->line > 0; i++) {
        if (c->text[i] != '\n') continue;
        (*line)++;
        *column = at - i;
    }
}

/* Adds an error at byte `at`; where no line is known the message itself says at which character. */
static void wrong(compiler *c, int32_t at, const char *message)
{
    int line, column;

    c->n_wrong++;
    place(c, at, &line, &column);
    if (c->line > 0) {
        wks_problems_error(c->problems, c->file, line, column, "%s", message);
    } else {
        wks_problems_error(c->problems, c->file, 0, 0, "character %d of \"%.80s\": %s", at + 1, c->text, message);
    }
}

static void warn(compiler *c, int32_t at, const char *message)
{
    int line, column;

    place(c, at, &line, &column);
    wks_problems_warning(c->problems, c->file, line, column, "%s", message);
}

static void wrong_text(compiler *c, int32_t at, wks_text *message)
{
    wrong(c, at, message->failed || message->data == NULL ? "wrong predicate" : message->data);
    wks_text_free(message);
}

static void word_of(const compiler *c, const wks_token *token, char word[WORD_MAX])
{
    const size_t length = token->length < WORD_MAX ? (size_t)token->length : WORD_MAX - 1;

    memcpy(word, c->text + token->at, length);
    word[length] = '\0';
}

static void unknown_name(compiler *c, const wks_token *token)
{
    wks_text message = WKS_TEXT_INIT;
    char word[WORD_MAX];

    word_of(c, token, word);
    wks_expr_words_unknown_name(word, &message);
    wrong_text(c, token->at, &message);
}

static void unknown_choice(compiler *c, const wks_token *token, const wks_attribute *attribute)
{
    wks_text message = WKS_TEXT_INIT;
    char word[WORD_MAX];

    word_of(c, token, word);
    wks_expr_words_unknown_choice(word, attribute, &message);
    wrong_text(c, token->at, &message);
}

/* ---- emitting ---------------------------------------------------------------------------------------------------------------- */

static void emit(compiler *c, wks_program_op op, int32_t a, int32_t n, double value, int32_t effect)
{
    c->expr->code[c->expr->n_code++] = (wks_program_step){.op = op, .a = a, .n = n, .value = value};
    c->depth += effect;
    if (c->depth > c->depth_max) c->depth_max = c->depth;
}

/* ---- checking ---------------------------------------------------------------------------------------------------------------- */

static int32_t attribute_of(const compiler *c, const wks_parse_node *node)
{
    char word[WORD_MAX];

    if (node->kind != WKS_PARSE_NAME || node->token.length >= WORD_MAX) return -1;
    word_of(c, &node->token, word);
    return wks_attribute_find(word);
}

static bool may_read(compiler *c, const wks_parse_node *node, const wks_attribute *attribute)
{
    wks_text message = WKS_TEXT_INIT;

    if (attribute->is_origin ? c->origin_allowed : attribute->is_knowable || !c->knowable_only) return true;
    wks_expr_words_forbidden(attribute, &message);
    wrong_text(c, node->token.at, &message);
    return false;
}

static operand check_name(compiler *c, const wks_parse_node *node)
{
    const int32_t index = attribute_of(c, node);
    const wks_attribute *attribute;

    if (index < 0) {
        unknown_name(c, &node->token);
        return (operand){TYPE_WRONG, -1};
    }
    attribute = &wks_attribute_table[index];
    if (!may_read(c, node, attribute)) return (operand){TYPE_WRONG, -1};
    if (index < 64) c->expr->attributes |= (uint64_t)1 << index;
    if (attribute->type == WKS_ATTRIBUTE_BOOL) {
        emit(c, WKS_PROGRAM_LOAD_TRUTH, index, 0, 0.0, 1);
        return (operand){TYPE_TRUTH, index};
    }
    emit(c, WKS_PROGRAM_LOAD, index, 0, 0.0, 1);
    return (operand){attribute->type == WKS_ATTRIBUTE_CHOICE ? TYPE_CHOICE : TYPE_NUMBER, index};
}

static const char *const type_text[] = {"wrong", "a number", "true or false", "a choice"};

/* Tells that the operand that starts at `node` has another type than wanted. */
static void wrong_type(compiler *c, int32_t node, operand got, const char *wanted)
{
    wks_text message = WKS_TEXT_INIT;
    int32_t at = c->tree.node[node].token.at;

    for (int32_t i = node; i >= 0; i = c->tree.node[i].left) {
        if (c->tree.node[i].token.at < at) at = c->tree.node[i].token.at;
    }
    wks_expr_words_wrong_type(wanted, type_text[got.type], got.attribute < 0 ? NULL : &wks_attribute_table[got.attribute], &message);
    wrong_text(c, at, &message);
}

static bool want(compiler *c, int32_t node, operand got, value_type wanted, const char *text)
{
    if (got.type == TYPE_WRONG) return false;
    if (got.type == wanted) return true;
    if (c->is_number && wanted == TYPE_NUMBER && got.type == TYPE_TRUTH) return true;
    wrong_type(c, node, got, text);
    return false;
}

static wks_program_op opcode_of(wks_token_kind kind)
{
    switch (kind) {
    case WKS_TOKEN_EQ: return WKS_PROGRAM_EQ;
    case WKS_TOKEN_NE: return WKS_PROGRAM_NE;
    case WKS_TOKEN_LT: return WKS_PROGRAM_LT;
    case WKS_TOKEN_LE: return WKS_PROGRAM_LE;
    case WKS_TOKEN_GT: return WKS_PROGRAM_GT;
    case WKS_TOKEN_GE: return WKS_PROGRAM_GE;
    case WKS_TOKEN_PLUS: return WKS_PROGRAM_ADD;
    case WKS_TOKEN_MINUS: return WKS_PROGRAM_SUB;
    case WKS_TOKEN_TIMES: return WKS_PROGRAM_MUL;
    case WKS_TOKEN_DIVIDE: return WKS_PROGRAM_DIV;
    case WKS_TOKEN_AND: return WKS_PROGRAM_AND;
    default: return WKS_PROGRAM_OR;
    }
}

/* 30.000 compared with an amount of money: a Dutch reader may mean thirty thousand. 35 compared with a share: per cent. */
static void warn_number(compiler *c, const wks_parse_node *node, operand other)
{
    const char *unit = other.attribute < 0 ? "" : wks_attribute_table[other.attribute].unit;

    if (node->kind != WKS_PARSE_NUMBER) return;
    if (node->token.has_thousands && strncmp(unit, "EUR", 3) == 0)
        warn(c, node->token.at, "this number has a decimal point, not a thousands separator; write 30000 for thirty thousand");
    if (node->token.value >= 2.0 && strcmp(unit, "share") == 0)
        warn(c, node->token.at, "this is compared with a share, where 1 is the whole; write 0.35 for 35 per cent");
}

/* attribute = choice, in either order; returns false if this comparison is none of choices. */
static bool check_choice_comparison(compiler *c, const wks_parse_node *node, operand *out)
{
    const wks_parse_node *left = &c->tree.node[node->left], *right = &c->tree.node[node->right], *value = NULL;
    const int32_t a = attribute_of(c, left), b = attribute_of(c, right);
    const bool left_is = a >= 0 && wks_attribute_table[a].type == WKS_ATTRIBUTE_CHOICE;
    const bool right_is = b >= 0 && wks_attribute_table[b].type == WKS_ATTRIBUTE_CHOICE;
    const wks_token_kind kind = node->token.kind;
    char word[WORD_MAX];
    operand got;
    int32_t choice;

    if (left_is && right->kind == WKS_PARSE_NAME) value = right;
    if (value == NULL && right_is && left->kind == WKS_PARSE_NAME) value = left;
    if (value == NULL) return false;
    *out = (operand){TYPE_WRONG, -1};
    got = check_name(c, value == right ? left : right);
    if (got.type == TYPE_WRONG) return true;
    word_of(c, &value->token, word);
    choice = wks_expr_words_choice(&wks_attribute_table[got.attribute], word);
    if (choice < 0) {
        unknown_choice(c, &value->token, &wks_attribute_table[got.attribute]);
        return true;
    }
    if (kind != WKS_TOKEN_EQ && kind != WKS_TOKEN_NE) {
        wrong(c, node->token.at, "choices have no order; expected = or !=");
        return true;
    }
    emit(c, kind == WKS_TOKEN_EQ ? WKS_PROGRAM_CONST_EQ : WKS_PROGRAM_CONST_NE, 0, 0, (double)choice, 0);
    out->type = TYPE_TRUTH;
    return true;
}

static operand check_comparison(compiler *c, const wks_parse_node *node)
{
    const wks_parse_node *right = &c->tree.node[node->right];
    const wks_program_op op = opcode_of(node->token.kind);
    operand out = {TYPE_WRONG, -1}, a, b;

    if (check_choice_comparison(c, node, &out)) return out;
    a = check(c, node->left);
    if (right->kind == WKS_PARSE_NUMBER && a.type == TYPE_NUMBER) {
        warn_number(c, right, a);
        emit(c, (wks_program_op)(WKS_PROGRAM_CONST_EQ + (op - WKS_PROGRAM_EQ)), 0, 0, right->token.value, 0);
        return (operand){TYPE_TRUTH, -1};
    }
    b = check(c, node->right);
    if (a.type == TYPE_WRONG || b.type == TYPE_WRONG) return out;
    if (a.type == TYPE_CHOICE || b.type == TYPE_CHOICE) {
        wrong_type(c, a.type == TYPE_CHOICE ? node->right : node->left, a.type == TYPE_CHOICE ? b : a, "the name of a choice");
        return out;
    }
    if (a.type != b.type) {
        wrong_type(c, node->right, b, type_text[a.type]);
        return out;
    }
    if (a.type == TYPE_TRUTH && op != WKS_PROGRAM_EQ && op != WKS_PROGRAM_NE) {
        wrong(c, node->token.at, "true and false have no order; expected = or !=");
        return out;
    }
    warn_number(c, &c->tree.node[node->left], b);
    emit(c, op, 0, 0, 0.0, -1);
    return (operand){TYPE_TRUTH, -1};
}

/* A constant in an `in` list: a number (maybe with minus) or a choice of the attribute. */
static bool item_value(compiler *c, int32_t item, operand left, double *out)
{
    const wks_parse_node *node = &c->tree.node[item];
    double sign = 1.0;
    char word[WORD_MAX];

    if (left.type == TYPE_CHOICE) {
        const wks_attribute *attribute = &wks_attribute_table[left.attribute];
        int32_t choice;
        if (node->kind != WKS_PARSE_NAME) {
            wrong(c, node->token.at, "expected the name of a choice here");
            return false;
        }
        word_of(c, &node->token, word);
        choice = wks_expr_words_choice(attribute, word);
        if (choice < 0) unknown_choice(c, &node->token, attribute);
        *out = (double)choice;
        return choice >= 0;
    }
    while (node->kind == WKS_PARSE_UNARY && node->token.kind == WKS_TOKEN_MINUS) {
        sign = -sign;
        node = &c->tree.node[node->left];
    }
    if (node->kind != WKS_PARSE_NUMBER) {
        wrong(c, node->token.at, "expected a number here; in tests membership of a list of fixed values");
        return false;
    }
    warn_number(c, node, left);
    *out = sign * node->token.value;
    return true;
}

static operand check_in(compiler *c, const wks_parse_node *node)
{
    const operand left = check(c, node->left);
    const int32_t first = c->expr->n_constants;
    bool good = left.type != TYPE_WRONG;

    if (left.type == TYPE_TRUTH) {
        wrong_type(c, node->left, left, "a number or a choice");
        return (operand){TYPE_WRONG, -1};
    }
    for (int32_t item = node->right; item >= 0 && left.type != TYPE_WRONG; item = c->tree.node[item].next) {
        double value = 0.0;
        if (!item_value(c, item, left, &value)) {
            good = false;
            continue;
        }
        c->expr->constant[c->expr->n_constants++] = value;
    }
    if (!good) return (operand){TYPE_WRONG, -1};
    emit(c, node->is_negated ? WKS_PROGRAM_NOT_IN : WKS_PROGRAM_IN, first, c->expr->n_constants - first, 0.0, 0);
    return (operand){TYPE_TRUTH, -1};
}

static operand check_binary(compiler *c, const wks_parse_node *node)
{
    const wks_token_kind kind = node->token.kind;
    const bool is_logic = kind == WKS_TOKEN_AND || kind == WKS_TOKEN_OR;
    const value_type wanted = is_logic ? TYPE_TRUTH : TYPE_NUMBER;
    const char *text = is_logic ? "a condition" : "a number";
    operand a, b;
    bool good;

    if (kind >= WKS_TOKEN_EQ && kind <= WKS_TOKEN_GE) return check_comparison(c, node);
    a = check(c, node->left);
    b = check(c, node->right);
    good = want(c, node->left, a, wanted, text);
    if (!want(c, node->right, b, wanted, text)) good = false;
    if (!good) return (operand){TYPE_WRONG, -1};
    emit(c, opcode_of(kind), 0, 0, 0.0, -1);
    return (operand){wanted, is_logic ? -1 : (a.attribute >= 0 ? a.attribute : b.attribute)};
}

static operand check_unary(compiler *c, const wks_parse_node *node)
{
    const bool is_not = node->token.kind == WKS_TOKEN_NOT;
    const operand a = check(c, node->left);

    if (!want(c, node->left, a, is_not ? TYPE_TRUTH : TYPE_NUMBER, is_not ? "a condition" : "a number")) return (operand){TYPE_WRONG, -1};
    emit(c, is_not ? WKS_PROGRAM_NOT : WKS_PROGRAM_NEG, 0, 0, 0.0, 0);
    return (operand){a.type, is_not ? -1 : a.attribute};
}

static operand check(compiler *c, int32_t index)
{
    const wks_parse_node *node = &c->tree.node[index];

    switch (node->kind) {
    case WKS_PARSE_NUMBER: emit(c, WKS_PROGRAM_CONST, 0, 0, node->token.value, 1); return (operand){TYPE_NUMBER, -1};
    case WKS_PARSE_TRUTH:
        emit(c, WKS_PROGRAM_CONST, 0, 0, node->token.kind == WKS_TOKEN_TRUE ? 1.0 : 0.0, 1);
        return (operand){TYPE_TRUTH, -1};
    case WKS_PARSE_NAME: return check_name(c, node);
    case WKS_PARSE_UNARY: return check_unary(c, node);
    case WKS_PARSE_BINARY: return check_binary(c, node);
    default: return check_in(c, node);
    }
}

static void compile(compiler *c)
{
    const int32_t n = (int32_t)strlen(c->text);
    operand result;

    if (!wks_parse_text(c->text, n, &c->tree)) {
        wrong(c, c->tree.error_at, c->tree.error);
        return;
    }
    result = check(c, c->tree.root);
    (void)(c->is_number ? want(c, c->tree.root, result, TYPE_NUMBER, "a number")
                        : want(c, c->tree.root, result, TYPE_TRUTH, "a condition"));
    if (c->n_wrong == 0 && c->depth_max > WKS_PROGRAM_STACK) wrong(c, 0, "the predicate is nested too deep");
}

static wks_expr *compile_as(bool is_number, const char *text, bool knowable_only, bool origin_allowed, const char *file, int line,
                            int column, wks_problems *problems, wks_err *err)
{
    compiler c = {.text = text,
                  .file = file,
                  .line = line,
                  .column = column,
                  .knowable_only = knowable_only,
                  .origin_allowed = origin_allowed,
                  .is_number = is_number,
                  .problems = problems};

    if (strlen(text) > WKS_PARSE_MAX_TEXT) {
        c.text = "";
        wrong(&c, 0, "the predicate is longer than 8000 characters; split it over several groups");
        return NULL;
    }
    c.tree.node = wks_mem_array(WKS_PARSE_MAX_NODES, sizeof *c.tree.node);
    c.expr = wks_mem_array(1, sizeof *c.expr);
    /* Every node emits at most one wks_program_step and one constant. */
    if (c.expr != NULL) c.expr->code = wks_mem_array(WKS_PARSE_MAX_NODES, sizeof *c.expr->code);
    if (c.expr != NULL) c.expr->constant = wks_mem_array(WKS_PARSE_MAX_NODES, sizeof *c.expr->constant);
    if (c.tree.node == NULL || c.expr == NULL || c.expr->code == NULL || c.expr->constant == NULL) {
        wks_err_set(err, WKS_ERR_NOMEM, "no memory for a predicate");
        free(c.tree.node);
        wks_expr_free(c.expr);
        return NULL;
    }
    compile(&c);
    free(c.tree.node);
    if (c.n_wrong > 0) {
        wks_expr_free(c.expr);
        return NULL;
    }
    return c.expr;
}

wks_expr *wks_expr_compile(const char *text, bool knowable_only, bool origin_allowed, const char *file, int line, int column,
                           wks_problems *problems, wks_err *err)
{
    return compile_as(false, text, knowable_only, origin_allowed, file, line, column, problems, err);
}

wks_expr *wks_expr_compile_number(const char *text, bool knowable_only, bool origin_allowed, const char *file, int line, int column,
                                  wks_problems *problems, wks_err *err)
{
    return compile_as(true, text, knowable_only, origin_allowed, file, line, column, problems, err);
}

void wks_expr_free(wks_expr *expr)
{
    if (expr == NULL) return;
    free(expr->code);
    free(expr->constant);
    free(expr);
}

uint64_t wks_expr_attributes(const wks_expr *expr)
{
    return expr->attributes;
}

int32_t wks_expr_table(const wks_expr *expr, uint8_t out[WKS_ATTRIBUTE_BYTES_VALUES])
{
    int32_t attribute = WKS_NONE;

    for (int32_t i = 0; i < expr->n_code; i++) {
        if (expr->code[i].op != WKS_PROGRAM_LOAD && expr->code[i].op != WKS_PROGRAM_LOAD_TRUTH) continue;
        if (attribute != WKS_NONE && attribute != expr->code[i].a) return WKS_NONE;
        attribute = expr->code[i].a;
    }
    if (attribute == WKS_NONE || wks_attribute_bytes_of(attribute) == NULL) return WKS_NONE;
    wks_program_table(expr, out);
    return attribute;
}

void wks_expr_eval(const wks_expr *expr, const wks_world *world, const int32_t *rows, int32_t n, uint8_t *out)
{
    wks_program_run(expr, world, rows, n, out);
}

bool wks_expr_holds(const wks_expr *expr, const wks_world *world, int32_t row)
{
    uint8_t out = 0;

    wks_expr_eval(expr, world, &row, 1, &out);
    return out != 0;
}

double wks_expr_value(const wks_expr *expr, const wks_world *world, int32_t row)
{
    double out = 0.0;

    wks_program_values(expr, world, &row, 1, &out);
    return out;
}
