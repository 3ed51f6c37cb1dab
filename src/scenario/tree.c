#include "scenario/tree.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "scenario/members.h"
#include "scenario/model.h"
#include "scenario/ruleset.h"
#include "scenario/settings.h"

enum { MAX_CHAIN = 16 };

/* ---- names of list elements -------------------------------------------------------------------------------------------------- */

/* "lot" as an element of a list of parts is short for { part = "lot"; }. */
static wks_status expand_text(wks_config_node *element, wks_err *err)
{
    wks_config_node *part;

    if (element->type != WKS_CONFIG_STRING) return WKS_OK;
    part = wks_config_new("part", WKS_CONFIG_STRING, element->file, element->value_line, element->value_column);
    if (part == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a rule part");
    part->value_line = element->value_line;
    part->value_column = element->value_column;
    part->string = element->string;
    element->string = NULL;
    element->type = WKS_CONFIG_GROUP;
    return wks_config_add_take(element, part, err);
}

static const char *text_of(const wks_config_node *element, const char *key)
{
    const wks_config_node *node = element->type == WKS_CONFIG_GROUP ? wks_config_get(element, key) : NULL;

    return node != NULL && node->type == WKS_CONFIG_STRING ? node->string : NULL;
}

/* How many elements of the list are named `name` or, without a name, are of that part. */
static size_t count_called(const wks_config_node *list, const char *name)
{
    size_t n = 0;

    for (size_t i = 0; i < list->n_children; i++) {
        const char *own = text_of(list->child[i], "name"), *part = text_of(list->child[i], "part");
        const char *called = own != NULL ? own : part;
        if (called != NULL && strcmp(called, name) == 0) n++;
    }
    return n;
}

/* Elements without name get that of their part where that is unique, so that a base and --set can be matched by it. */
static wks_status name_parts(wks_config_node *list, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (list->type != WKS_CONFIG_LIST) return WKS_OK;
    for (size_t i = 0; i < list->n_children; i++)
        WKS_TRY(expand_text(list->child[i], err));
    list->is_array = false;
    for (size_t i = 0; i < list->n_children; i++) {
        wks_config_node *element = list->child[i], *name;
        const char *part = text_of(element, "part");
        if (part == NULL || wks_config_get(element, "name") != NULL || count_called(list, part) != 1) continue;
        name = wks_config_new("name", WKS_CONFIG_STRING, "default", 0, 0);
        if (name == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a name");
        rc = wks_settings_set_text(name, part, err);
        if (rc != WKS_OK) {
            wks_config_free(name);
            goto out;
        }
        WKS_TRY(wks_config_add_take(element, name, err));
    }
out:
    return rc;
}

static wks_status name_all(wks_config_node *root, wks_err *err)
{
    wks_config_node *rules = wks_config_get(root, "rules");
    wks_status rc = WKS_OK;

    if (rules == NULL || rules->type != WKS_CONFIG_LIST) return WKS_OK;
    for (size_t i = 0; i < rules->n_children; i++) {
        for (int32_t list = 0; list < WKS_RULESET_N_LISTS && rules->child[i]->type == WKS_CONFIG_GROUP; list++) {
            wks_config_node *node = wks_config_get(rules->child[i], wks_ruleset_lists[list].key);
            if (node != NULL) WKS_TRY(name_parts(node, err));
        }
    }
out:
    return rc;
}

/* ---- the chain of bases ------------------------------------------------------------------------------------------------------ */

typedef struct chain {
    const char *path[MAX_CHAIN]; /* canonical */
    int32_t n;
} chain;

static wks_status load(const char *path, chain *above, wks_config_node **out_root, wks_problems *problems, wks_err *err);

static void drop_key(wks_config_node *root, const char *name)
{
    for (size_t i = 0; i < root->n_children; i++) {
        if (strcmp(root->child[i]->name, name) != 0) continue;
        wks_config_remove(root, i);
        return;
    }
}

static bool is_file(const char *path)
{
    return path != NULL && wks_file_exists(path) && !wks_file_is_folder(path);
}

/* A base is looked for from the folder of the file that names it; "scenarios/..." else among those that come with the program. malloc'ed. */
static char *find_base(const char *path, const char *name)
{
    char *folder = wks_file_folder(path), *own = folder == NULL ? NULL : wks_file_join(folder, name);
    char *data = is_file(own) || strncmp(name, "scenarios/", 10) != 0 ? NULL : wks_file_data_folder();
    char *shipped = data == NULL ? NULL : wks_file_join(data, name);
    const bool is_shipped = is_file(shipped);

    free(folder);
    free(data);
    free(is_shipped ? own : shipped);
    return is_shipped ? shipped : own;
}

/* The tree of the base with `root` laid over it replaces *root. */
static wks_status merge_base(const char *path, chain *above, wks_config_node **root, wks_problems *problems, wks_err *err)
{
    const wks_config_node *base = wks_config_get(*root, "base");
    wks_config_node *base_root = NULL;
    char *base_path = NULL;
    wks_status rc = WKS_OK;

    if (base == NULL) return WKS_OK;
    if (base->type != WKS_CONFIG_STRING || base->string[0] == '\0') {
        wks_problems_error(problems, base->file, base->value_line, base->value_column,
                           "base is %s; expected the path of a scenario between quotes",
                           base->type == WKS_CONFIG_STRING ? "empty" : wks_settings_type_text(base));
        WKS_FAIL(err, WKS_ERR_DATA, "%s: wrong base", path);
    }
    base_path = find_base(path, base->string);
    if (base_path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the path of %s", base->string);
    if (!is_file(base_path)) {
        wks_problems_error(
            problems, base->file, base->value_line, base->value_column,
            "base \"%s\" not found; expected a scenario file, its path relative to this file, or scenarios/NAME of the program",
            base->string);
        WKS_FAIL(err, WKS_ERR_DATA, "%s: base not found", path);
    }
    if (above->n >= MAX_CHAIN) {
        wks_problems_error(problems, base->file, base->value_line, base->value_column, "more than %d scenarios based on each other",
                           (int)MAX_CHAIN);
        WKS_FAIL(err, WKS_ERR_DATA, "%s: chain of bases too long", path);
    }
    rc = load(base_path, above, &base_root, problems, err);
    if (rc == WKS_ERR_USAGE) { /* a cycle: told here, where the key stands */
        wks_problems_error(problems, base->file, base->value_line, base->value_column,
                           "base \"%s\" leads back to a scenario that is based on this one; expected a chain that ends", base->string);
        *err = WKS_ERR_INIT;
        rc = wks_err_set(err, WKS_ERR_DATA, "%s: cycle of bases", path);
    }
    if (rc != WKS_OK) goto out;
    drop_key(*root, "base");
    WKS_TRY(wks_config_merge(base_root, *root, problems, err));
    wks_config_free(*root);
    *root = base_root;
    base_root = NULL;
out:
    wks_config_free(base_root);
    free(base_path);
    return rc;
}

/* Problems that did not hinder reading: the tree is read on, so that all problems are told; the count of errors ends it later. */
static bool is_mended(wks_status rc, const wks_config_node *root, wks_err *err)
{
    if (rc != WKS_ERR_DATA || root == NULL) return false;
    if (err != NULL) *err = WKS_ERR_INIT;
    return true;
}

static wks_status load(const char *path, chain *above, wks_config_node **out_root, wks_problems *problems, wks_err *err)
{
    wks_config_node *root = NULL;
    char *canonical = realpath(path, NULL);
    wks_status rc = WKS_OK;

    *out_root = NULL;
    for (int32_t i = 0; i < above->n && canonical != NULL; i++) {
        if (strcmp(above->path[i], canonical) == 0) WKS_FAIL(err, WKS_ERR_USAGE, "cycle");
    }
    rc = wks_config_read(path, &root, problems, err);
    if (rc != WKS_OK && !is_mended(rc, root, err)) goto out;
    WKS_TRY(name_all(root, err));
    above->path[above->n++] = canonical == NULL ? path : canonical;
    rc = merge_base(path, above, &root, problems, err);
    above->n--;
    if (rc != WKS_OK) goto out;
    *out_root = root;
    root = NULL;
out:
    wks_config_free(root);
    free(canonical);
    return rc;
}

wks_status wks_tree_load(const char *path, wks_config_node **out_root, wks_problems *problems, wks_err *err)
{
    chain above = {.n = 0};
    wks_err own = WKS_ERR_INIT;
    const wks_status rc = load(path, &above, out_root, problems, &own);

    if (rc != WKS_OK) wks_err_set(err, rc, "%s", own.message);
    return rc;
}

wks_status wks_tree_parse(const char *name, const char *text, size_t n, wks_config_node **out_root, wks_problems *problems, wks_err *err)
{
    wks_config_node *root = NULL;
    const wks_config_node *base;
    wks_status rc = WKS_OK;

    *out_root = NULL;
    rc = wks_config_parse(name, text, n, &root, problems, err);
    if (rc != WKS_OK && !is_mended(rc, root, err)) goto out;
    WKS_TRY(name_all(root, err));
    base = wks_config_get(root, "base");
    if (base != NULL) {
        wks_problems_error(problems, base->file, base->line, base->column, "base is only possible in a file; expected a complete scenario");
        drop_key(root, "base");
    }
    *out_root = root;
    root = NULL;
out:
    wks_config_free(root);
    return rc;
}

/* ---- the command line -------------------------------------------------------------------------------------------------------- */

/* Texts at the top need no quotes, whatever they look like (city=0344 is no number). */
static wks_status set_one(wks_config_node *root, const char *assignment, wks_problems *problems, wks_err *err)
{
    static const char *const texts[] = {"name", "title", "question", "city", "start"};
    const char *equals = strchr(assignment, '=');
    wks_text quoted = WKS_TEXT_INIT, origin = WKS_TEXT_INIT;
    wks_status rc = WKS_OK;

    wks_text_addf(&origin, "%s'%s'", WKS_TREE_SET, assignment);

    for (size_t i = 0; equals != NULL && i < sizeof texts / sizeof texts[0]; i++) {
        const size_t length = strlen(texts[i]);
        if ((size_t)(equals - assignment) != length || memcmp(assignment, texts[i], length) != 0) continue;
        if (strpbrk(equals + 1, "\"\\") != NULL) break; /* quoted already */
        wks_text_addf(&quoted, "%s=\"%s\"", texts[i], equals + 1);
    }
    if (quoted.failed || origin.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for --set");
    rc = wks_config_set(root, origin.data, quoted.data != NULL ? quoted.data : assignment, problems, err);
out:
    wks_text_free(&quoted);
    wks_text_free(&origin);
    return rc;
}

static wks_status set_number(wks_config_node *root, const char *path, int64_t value, const char *option, wks_problems *problems,
                             wks_err *err)
{
    char assignment[96];

    if (value < 0) return WKS_OK;
    snprintf(assignment, sizeof assignment, "%s=%lldL", path, (long long)value);
    return wks_config_set(root, option, assignment, problems, err);
}

/* A model without a city has no leefbaarheid. */
static bool has_neighbourhood(const wks_config_node *root)
{
    wks_problems ignored = WKS_PROBLEMS_INIT; /* told when the sections are read */
    const bool has_city = wks_model_find(root, &ignored) == WKS_MODEL_CITY;

    wks_problems_free(&ignored);
    return has_city;
}

/* A comparison of theories sets the theory; T1 then stands for its accepted set, unless the scenario names another. */
static wks_status set_theory(wks_config_node *root, const char *theory, wks_problems *problems, wks_err *err)
{
    char assignment[96];
    const wks_config_node *node = wks_config_get(root, "processes");
    wks_status rc = WKS_OK;

    if (theory == NULL || !has_neighbourhood(root)) return WKS_OK;
    (void)snprintf(assignment, sizeof assignment, "%s=\"%.8s\"", wks_members_theory_key, theory);
    WKS_TRY(wks_config_set(root, "--theories", assignment, problems, err));
    if (node != NULL && node->type == WKS_CONFIG_GROUP) node = wks_config_get(node, "neighbourhood");
    if (node != NULL && node->type == WKS_CONFIG_GROUP) node = wks_config_get(node, "members");
    if (strcmp(theory, "T1") != 0 || (node != NULL && (node->type != WKS_CONFIG_STRING || node->string[0] != '\0'))) goto out;
    (void)snprintf(assignment, sizeof assignment, "%s=\"%s\"", wks_members_key, wks_members_default);
    WKS_TRY(wks_config_set(root, "--theories", assignment, problems, err));
out:
    return rc;
}

wks_status wks_tree_apply(wks_config_node *root, const wks_read_options *options, wks_problems *problems, wks_err *err)
{
    const struct {
        const char *path;
        int64_t value;
        const char *option;
    } number[] = {{"seeds.dynamics", options->seed, "--seed"},
                  {"seeds.population", options->seed_population, "--seed-population"},
                  {"ticks", options->ticks, "--ticks"},
                  {"first_replication", options->first_replication, "--replications"},
                  {"replications", options->n_replications, "--replications"}};

    for (int32_t i = 0; i < options->n_set; i++) {
        wks_err own = WKS_ERR_INIT; /* a wrong --set is a problem beside others, no end */
        if (set_one(root, options->set[i], problems, &own) == WKS_ERR_NOMEM) return wks_err_set(err, WKS_ERR_NOMEM, "%s", own.message);
    }
    for (size_t i = 0; i < sizeof number / sizeof number[0]; i++) {
        wks_err own = WKS_ERR_INIT;
        if (set_number(root, number[i].path, number[i].value, number[i].option, problems, &own) == WKS_ERR_NOMEM) {
            return wks_err_set(err, WKS_ERR_NOMEM, "%s", own.message);
        }
    }
    wks_err own = WKS_ERR_INIT;
    if (set_theory(root, options->theory, problems, &own) == WKS_ERR_NOMEM) return wks_err_set(err, WKS_ERR_NOMEM, "%s", own.message);
    return name_all(root, err); /* --set may have written whole rule sets */
}
