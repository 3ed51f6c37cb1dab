#include "import/own_mapping.h"

#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/mem.h"

enum { MAX_UNKNOWN_WORDS = 200, FEW = 10 };

void wks_own_mapping_free(wks_own_mapping *mapping)
{
    free(mapping->path);
    for (int f = 0; f < WKS_OWN_TERMS_N_FILES; f++) {
        for (int i = 0; i < WKS_OWN_TERMS_MAX_FIELDS; i++)
            free(mapping->column[f][i].name);
    }
    for (size_t i = 0; i < mapping->n_words; i++)
        free(mapping->word[i].theirs);
    free(mapping->word);
    *mapping = (wks_own_mapping){0};
}

int32_t wks_own_mapping_kind(wks_own_terms_file file, int32_t field)
{
    if (file == WKS_OWN_TERMS_SEEKERS) {
        if (field == WKS_OWN_TERMS_S_PERSONS) return WKS_OWN_TERMS_PERSONS;
        return field == WKS_OWN_TERMS_S_URGENCY ? (int32_t)WKS_OWN_TERMS_URGENCY : -1;
    }
    switch (field) {
    case WKS_OWN_TERMS_D_TYPE: return WKS_OWN_TERMS_TYPE;
    case WKS_OWN_TERMS_D_LABEL: return WKS_OWN_TERMS_LABEL;
    case WKS_OWN_TERMS_D_SEGMENT: return WKS_OWN_TERMS_SEGMENT;
    case WKS_OWN_TERMS_D_ACCESSIBLE: return WKS_OWN_TERMS_ACCESSIBLE;
    default: return -1;
    }
}

int32_t wks_own_mapping_word_of(const wks_own_mapping *mapping, wks_own_terms_word word, const char *cell)
{
    for (size_t i = 0; i < mapping->n_words; i++) {
        if (mapping->word[i].word == word && wks_own_terms_same(mapping->word[i].theirs, cell)) return mapping->word[i].ours;
    }
    return wks_own_terms_word_of(word, cell);
}

/* ---- reading ---- */

typedef struct reading {
    wks_own_mapping *mapping;
    wks_problems *problems;
    wks_err *err;
} reading;

static void problem(const reading *rd, const wks_config_node *node, const char *text)
{
    wks_problems_error(rd->problems, node->file, node->value_line > 0 ? node->value_line : node->line,
                       node->value_column > 0 ? node->value_column : node->column, "%s", text);
}

static void unknown(const reading *rd, const wks_config_node *node, const char *const *name, size_t n)
{
    char near[160];

    wks_problems_error(rd->problems, node->file, node->line, node->column, "unknown key '%s'%s", node->name == NULL ? "" : node->name,
                       wks_problems_nearest(node->name == NULL ? "" : node->name, name, n, near));
}

static wks_status read_column(const reading *rd, wks_own_terms_file file, int32_t field, const wks_config_node *node)
{
    wks_own_mapping_column *column = &rd->mapping->column[file][field];

    if (node->type != WKS_CONFIG_STRING || node->string[0] == '\0') {
        problem(rd, node, "is no name; expected the name of a column in quotes");
        return WKS_OK;
    }
    const char *why = wks_own_terms_refusal(file, node->string);
    if (why != NULL) {
        wks_problems_error(rd->problems, node->file, node->value_line, node->value_column,
                           "column '%s' is never read, because it would hold %s; expected another column, or leave %s out", node->string,
                           why, node->name);
        return WKS_OK;
    }
    column->name = wks_mem_string(node->string);
    column->line = node->value_line;
    column->position = node->value_column;
    return column->name != NULL ? WKS_OK : wks_err_set(rd->err, WKS_ERR_NOMEM, "no memory for the mapping");
}

static wks_status read_file(const reading *rd, wks_own_terms_file file, const wks_config_node *group)
{
    wks_status rc = WKS_OK;
    const char *name[WKS_OWN_TERMS_MAX_FIELDS];
    int32_t n;
    const wks_own_terms_field *field = wks_own_terms_fields(file, &n);

    if (group->type != WKS_CONFIG_GROUP) {
        problem(rd, group, "is no group; expected { id = \"...\"; ... };");
        return WKS_OK;
    }
    rd->mapping->has_file[file] = true;
    for (int32_t f = 0; f < n; f++)
        name[f] = field[f].name;
    for (size_t i = 0; i < group->n_children; i++) {
        const wks_config_node *node = group->child[i];
        int32_t found = -1;
        for (int32_t f = 0; f < n; f++) {
            if (strcmp(field[f].name, node->name) == 0) found = f;
        }
        if (found < 0) {
            unknown(rd, node, name, (size_t)n);
        } else {
            WKS_TRY(read_column(rd, file, found, node));
        }
    }
out:
    return rc;
}

static wks_status add_word(const reading *rd, wks_own_terms_word word, int32_t ours, const char *theirs)
{
    wks_own_mapping *mapping = rd->mapping;
    wks_own_mapping_word *grown = wks_mem_resize(mapping->word, mapping->n_words, mapping->n_words + 1, sizeof *grown);

    if (grown == NULL) return wks_err_set(rd->err, WKS_ERR_NOMEM, "no memory for the mapping");
    mapping->word = grown;
    grown[mapping->n_words] = (wks_own_mapping_word){word, ours, wks_mem_string(theirs)};
    if (grown[mapping->n_words].theirs == NULL) return wks_err_set(rd->err, WKS_ERR_NOMEM, "no memory for the mapping");
    mapping->n_words++;
    return WKS_OK;
}

/* { ours = "apartment"; theirs = [ "Galerijflat", ... ]; } */
static wks_status read_words(const reading *rd, wks_own_terms_word word, const wks_config_node *entry)
{
    wks_status rc = WKS_OK;
    const wks_own_terms_words *known = &wks_own_terms_word_table[word];
    const wks_config_node *ours = entry->type == WKS_CONFIG_GROUP ? wks_config_get(entry, "ours") : NULL;
    const wks_config_node *theirs = entry->type == WKS_CONFIG_GROUP ? wks_config_get(entry, "theirs") : NULL;
    int32_t number = -1, n_known = 0;
    char near[160];

    if (ours == NULL || theirs == NULL || ours->type != WKS_CONFIG_STRING || theirs->type != WKS_CONFIG_LIST || entry->n_children != 2) {
        problem(rd, entry, "is no pair; expected { ours = \"...\"; theirs = [ \"...\", \"...\" ]; }");
        return WKS_OK;
    }
    for (; known->ours[n_known] != NULL; n_known++) {
        if (ours->string[0] != '\0' && strcmp(known->ours[n_known], ours->string) == 0) number = n_known;
    }
    if (number < 0) {
        wks_problems_error(rd->problems, ours->file, ours->value_line, ours->value_column, "'%s' is none of our words for %s%s",
                           ours->string, known->name, wks_problems_nearest(ours->string, known->ours, (size_t)n_known, near));
        return WKS_OK;
    }
    for (size_t i = 0; i < theirs->n_children; i++) {
        if (theirs->child[i]->type != WKS_CONFIG_STRING) {
            problem(rd, theirs->child[i], "is no text; expected a word of your file in quotes");
        } else {
            WKS_TRY(add_word(rd, word, number, theirs->child[i]->string));
        }
    }
out:
    return rc;
}

static wks_status read_values(const reading *rd, const wks_config_node *group)
{
    wks_status rc = WKS_OK;
    const char *name[WKS_OWN_TERMS_N_WORDS];

    for (int w = 0; w < WKS_OWN_TERMS_N_WORDS; w++)
        name[w] = wks_own_terms_word_table[w].name;
    for (size_t i = 0; group->type == WKS_CONFIG_GROUP && i < group->n_children; i++) {
        const wks_config_node *list = group->child[i];
        int32_t word = -1;
        for (int w = 0; w < WKS_OWN_TERMS_N_WORDS; w++) {
            if (strcmp(name[w], list->name) == 0) word = w;
        }
        if (word < 0) {
            unknown(rd, list, name, WKS_OWN_TERMS_N_WORDS);
        } else if (list->type != WKS_CONFIG_LIST) {
            problem(rd, list, "is no list; expected ( { ours = \"...\"; theirs = [ \"...\" ]; }, ... );");
        } else {
            for (size_t k = 0; k < list->n_children; k++)
                WKS_TRY(read_words(rd, (wks_own_terms_word)word, list->child[k]));
        }
    }
out:
    return rc;
}

static wks_status read_root(const reading *rd, const wks_config_node *root)
{
    static const char *const name[] = {"dwellings", "seekers", "values"};
    wks_status rc = WKS_OK;

    for (size_t i = 0; i < root->n_children; i++) {
        const wks_config_node *node = root->child[i];
        if (strcmp(node->name, "values") == 0) {
            WKS_TRY(read_values(rd, node));
        } else if (strcmp(node->name, "dwellings") == 0) {
            WKS_TRY(read_file(rd, WKS_OWN_TERMS_DWELLINGS, node));
        } else if (strcmp(node->name, "seekers") == 0) {
            WKS_TRY(read_file(rd, WKS_OWN_TERMS_SEEKERS, node));
        } else {
            unknown(rd, node, name, 3);
        }
    }
out:
    return rc;
}

wks_status wks_own_mapping_read(const char *path, wks_own_mapping *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n_errors = problems->n_errors;
    const reading rd = {out, problems, err};
    wks_config_node *root = NULL;

    *out = (wks_own_mapping){0};
    out->path = wks_mem_string(path);
    if (out->path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the mapping");
    WKS_TRY(wks_config_read(path, &root, problems, err));
    WKS_TRY(read_root(&rd, root));
    if (problems->n_errors > n_errors) WKS_FAIL(err, WKS_ERR_DATA, "%s has problems", path);
out:
    wks_config_free(root);
    if (rc != WKS_OK) wks_own_mapping_free(out);
    return rc;
}

/* ---- a proposal ---- */

static bool is_mapped(const wks_own_mapping *mapping, wks_own_terms_file file, int32_t field, const char *column)
{
    return mapping != NULL && mapping->column[file][field].name != NULL && wks_own_terms_same(mapping->column[file][field].name, column);
}

bool wks_own_mapping_has_header(const wks_own_mapping *mapping, wks_own_terms_file file, const wks_sheet *sheet)
{
    int32_t n_fields, n = 0, rank;
    const wks_own_terms_field *field = wks_own_terms_fields(file, &n_fields);

    for (int32_t f = 0; f < n_fields; f++) {
        bool is_there = false;
        for (size_t j = 0; field[f].need == WKS_OWN_TERMS_NEEDED && j < sheet->n_columns; j++)
            is_there =
                is_there || wks_own_terms_recognise(file, sheet->header[j], &rank) == f || is_mapped(mapping, file, f, sheet->header[j]);
        n += is_there;
    }
    return n >= 2;
}

/* Nothing but a known name: what stands in brackets, before a point or in other letters counts for nothing in recognising it. */
static bool is_to_the_letter(const char *column)
{
    for (const char *s = column; *s != '\0'; s++) {
        if ((unsigned char)*s >= 0x80 || strchr(".([{<", *s) != NULL) return false;
    }
    return true;
}

wks_status wks_own_mapping_propose(wks_own_mapping *mapping, wks_own_terms_file file, const wks_sheet *sheet, wks_err *err)
{
    int32_t rank[WKS_OWN_TERMS_MAX_FIELDS];
    const bool has_header = wks_own_mapping_has_header(NULL, file, sheet);

    mapping->has_file[file] = true;
    for (size_t j = 0; j < sheet->n_columns; j++) {
        int32_t sure;
        const int32_t field = wks_own_terms_recognise(file, sheet->header[j], &sure);
        if (field < 0 || (!has_header && !is_to_the_letter(sheet->header[j]))) continue;
        wks_own_mapping_column *column = &mapping->column[file][field];
        if (column->name != NULL && rank[field] <= sure) continue;
        free(column->name);
        rank[field] = sure;
        column->name = wks_mem_string(sheet->header[j]);
        if (column->name == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the mapping");
    }
    return WKS_OK;
}

static void add_quoted(wks_text *out, const char *text)
{
    wks_text_add_char(out, '"');
    for (const char *s = text; *s != '\0'; s++) {
        if (*s == '"' || *s == '\\') wks_text_add_char(out, '\\');
        wks_text_add_char(out, (unsigned char)*s < ' ' ? ' ' : *s);
    }
    wks_text_add_char(out, '"');
}

static void write_file(const wks_own_mapping *mapping, wks_own_terms_file file, wks_text *out)
{
    int32_t n;
    const wks_own_terms_field *field = wks_own_terms_fields(file, &n);

    wks_text_addf(out, "%s = {\n", wks_own_terms_file_name[file]);
    for (int32_t f = 0; f < n; f++) {
        const char *name = mapping->column[file][f].name;
        wks_text_addf(out, "    %s%s = ", name == NULL ? "// " : "", field[f].name);
        add_quoted(out, name == NULL ? "" : name);
        wks_text_addf(out, ";  // %s%s\n",
                      name != NULL                            ? ""
                      : field[f].need == WKS_OWN_TERMS_NEEDED ? "NEEDED, not recognised: "
                      : field[f].need == WKS_OWN_TERMS_ONE_OF ? "this or the other: "
                                                              : "not found: ",
                      field[f].help);
    }
    wks_text_add(out, "};\n\n");
}

typedef struct unknown_words {
    const char *word[MAX_UNKNOWN_WORDS];
    int32_t n_rows[MAX_UNKNOWN_WORDS];
    size_t n, n_rare;
} unknown_words;

static void find_unknown(const wks_own_mapping *mapping, const wks_sheet *sheet, int32_t field, unknown_words *out)
{
    const int32_t kind = wks_own_mapping_kind(WKS_OWN_TERMS_DWELLINGS, field);
    const char *name = mapping->column[WKS_OWN_TERMS_DWELLINGS][field].name;
    const int column = kind < 0 || name == NULL ? -1 : wks_sheet_column(sheet, name);

    out->n = out->n_rare = 0;
    for (size_t i = 0; column >= 0 && i < sheet->n_rows; i++) {
        const char *cell = wks_sheet_cell(sheet, i, column);
        size_t k = 0;
        if (cell[0] == '\0' || wks_own_mapping_word_of(mapping, (wks_own_terms_word)kind, cell) >= 0) continue;
        while (k < out->n && !wks_own_terms_same(out->word[k], cell))
            k++;
        if (k == MAX_UNKNOWN_WORDS) continue;
        if (k == out->n) {
            out->word[out->n] = cell;
            out->n_rows[out->n++] = 0;
        }
        out->n_rows[k]++;
    }
    for (size_t k = 0; k < out->n; k++)
        out->n_rare += out->n_rows[k] < FEW;
}

/* Words of a column of the dwellings that nobody knows, as a line to fill in. One that stands in a few rows only may be somebody's name. */
static void write_unknown(const wks_own_mapping *mapping, const wks_sheet *sheet, int32_t field, wks_text *out)
{
    const int32_t kind = wks_own_mapping_kind(WKS_OWN_TERMS_DWELLINGS, field);
    unknown_words found;
    bool any = false;

    find_unknown(mapping, sheet, field, &found);
    if (found.n_rare < found.n) {
        wks_text_addf(out, "    // not known, give them a word of ours:\n    // %s = ( { ours = \"...\"; theirs = [ ",
                      wks_own_terms_word_table[kind].name);
        for (size_t k = 0; k < found.n; k++) {
            if (found.n_rows[k] < FEW) continue;
            wks_text_add(out, any ? ", " : "");
            add_quoted(out, found.word[k]);
            any = true;
        }
        wks_text_add(out, " ]; } );\n");
    }
    if (found.n_rare > 0)
        wks_text_addf(out, "    // %s: %zu rare words that are not known either are not shown (each in fewer than %d rows)\n",
                      wks_own_terms_word_table[kind].name, found.n_rare, FEW);
}

void wks_own_mapping_write(const wks_own_mapping *mapping, const wks_sheet *const sheet[WKS_OWN_TERMS_N_FILES], wks_text *out)
{
    wks_text_add(
        out, "// Which columns of your files hold what, proposed by `wijksim import own`. Check every line; see docs/import-own.md.\n\n");
    for (int file = 0; file < WKS_OWN_TERMS_N_FILES; file++) {
        if (mapping->has_file[file]) write_file(mapping, (wks_own_terms_file)file, out);
    }
    wks_text_add(
        out,
        "// Words of yours that are not known of old: type = ( { ours = \"apartment\"; theirs = [ \"Hofjeswoning\" ]; } );\nvalues = {\n");
    const wks_sheet *dwellings = sheet[WKS_OWN_TERMS_DWELLINGS];
    const bool has_header = dwellings != NULL && wks_own_mapping_has_header(mapping, WKS_OWN_TERMS_DWELLINGS, dwellings);
    for (int32_t f = 0; has_header && f < WKS_OWN_TERMS_D_N; f++)
        write_unknown(mapping, dwellings, f, out);
    wks_text_add(out, "};\n");
}
