#include "scenario/model_grid.h"

#include <math.h>
#include <string.h>

#include "scenario/keys.h"
#include "scenario/section.h"

/* ---- reading ----------------------------------------------------------------------------------------------------------------- */

/* A section that need not be there: without it its spec stays NULL. */
static wks_status read_optional(wks_config_node *parent, const wks_spec *spec, wks_problems *problems, wks_settings *out, wks_err *err)
{
    const wks_settings_context context = {.problems = problems};
    wks_config_node *node = NULL;
    wks_status rc = WKS_OK;

    if (wks_config_get(parent, spec->name) == NULL) return WKS_OK;
    WKS_TRY(wks_section_find(parent, spec->name, WKS_CONFIG_GROUP, problems, &node, err));
    if (node != NULL) rc = wks_settings_read(&context, node, spec, spec->name, NULL, 0, out, err);
out:
    return rc;
}

wks_status wks_model_grid_read(wks_config_node *root, wks_scenario *scenario, wks_problems *problems, wks_err *err)
{
    static const char *const forms[] = {"weights", "tolerance"};
    const wks_settings_context context = {.problems = problems};
    wks_model *model = &scenario->model;
    wks_config_node *grid, *relocation;
    wks_status rc = WKS_OK;

    WKS_TRY(wks_section_find(root, "grid", WKS_CONFIG_GROUP, problems, &grid, err));
    WKS_TRY(wks_section_find(root, "relocation", WKS_CONFIG_GROUP, problems, &relocation, err));
    if (grid != NULL) WKS_TRY(wks_settings_read(&context, grid, &wks_keys_grid, wks_keys_grid.name, NULL, 0, &model->settings, err));
    if (relocation == NULL) goto out;
    WKS_TRY(wks_settings_read(&context, relocation, &wks_keys_relocation, wks_keys_relocation.name, forms, 2, &model->relocation, err));
    WKS_TRY(read_optional(relocation, &wks_keys_weights, problems, &model->weights, err));
    WKS_TRY(read_optional(relocation, &wks_keys_tolerance, problems, &model->tolerance, err));
out:
    return rc;
}

/* ---- counts ------------------------------------------------------------------------------------------------------------------ */

int32_t wks_model_grid_cells(const wks_model *model)
{
    return (int32_t)(model->settings.value[WKS_KEYS_GRID_ROWS] * model->settings.value[WKS_KEYS_GRID_COLUMNS]);
}

/* To 1e-6 first, so that 0.145 * 100 (a little below 14.5 in binary) is rounded as it is written. */
static int32_t share_of(double share, int32_t whole)
{
    return (int32_t)floor(share * (double)whole + 0.5 + 1e-6);
}

int32_t wks_model_grid_agents(const wks_model *model)
{
    return share_of(model->settings.value[WKS_KEYS_GRID_DENSITY], wks_model_grid_cells(model));
}

int32_t wks_model_grid_group_a(const wks_model *model)
{
    return share_of(model->settings.value[WKS_KEYS_GRID_GROUP_SHARE], wks_model_grid_agents(model));
}

double wks_model_grid_seconds(const wks_scenario *scenario)
{
    static const double per_visit = 2e-8, per_pair = 1e-9;
    const wks_model *model = &scenario->model;
    const double agents = (double)wks_model_grid_agents(model), cells = (double)wks_model_grid_cells(model);
    const double ticks = (double)scenario->n_ticks * scenario->n_replications;

    return ticks * agents * (model->weights.spec != NULL ? per_visit + per_pair * cells : per_visit);
}

/* ---- checks ------------------------------------------------------------------------------------------------------------------ */

static const wks_config_node *key_of(const wks_scenario *scenario, const char *section, const char *key)
{
    return wks_config_get(wks_config_get(scenario->resolved, section), key);
}

static bool is_written(const wks_config_node *node)
{
    return node != NULL && strcmp(node->file, "default") != 0;
}

/* At the value of a key that was written, else at its section. */
static void tell(const wks_scenario *scenario, const char *section, const char *key, const char *message, wks_problems *problems)
{
    const wks_config_node *node = key_of(scenario, section, key);

    if (is_written(node)) {
        wks_problems_error(problems, node->file, node->value_line, node->value_column, "%s", message);
        return;
    }
    node = wks_config_get(scenario->resolved, section);
    if (is_written(node)) {
        wks_problems_error(problems, node->file, node->line, node->column, "%s", message);
    } else {
        wks_problems_error(problems, scenario->path, 0, 0, "%s", message);
    }
}

static void check_size(const wks_scenario *scenario, wks_problems *problems)
{
    const wks_model *model = &scenario->model;
    const double *grid = model->settings.value;
    const double cells = grid[WKS_KEYS_GRID_ROWS] * grid[WKS_KEYS_GRID_COLUMNS];
    const double least = fmin(grid[WKS_KEYS_GRID_ROWS], grid[WKS_KEYS_GRID_COLUMNS]),
                 radius = model->relocation.value[WKS_KEYS_RELOCATION_RADIUS];
    const int32_t most = model->weights.spec != NULL ? WKS_MODEL_GRID_MAX_WEIGHTED : WKS_MODEL_GRID_MAX_CELLS;
    const wks_config_node *node = key_of(scenario, "grid", "rows");

    if (cells > (double)most)
        wks_problems_error(problems, node->file, node->value_line, node->value_column, "%.0f x %.0f is %.0f cells; expected at most %d%s",
                           grid[WKS_KEYS_GRID_ROWS], grid[WKS_KEYS_GRID_COLUMNS], cells, (int)most,
                           model->weights.spec != NULL ? " with relocation.weights, because every agent counts for every cell" : "");
    if (grid[WKS_KEYS_GRID_TORUS] > 0.0 && 2.0 * radius + 1.0 > least && model->tolerance.spec == NULL)
        tell(scenario, "relocation", "radius",
             "on a torus so small a neighbour would be counted twice; expected 2 radius + 1 at most rows and columns, or torus = false",
             problems);
}

/* A key of plain relocation that another form does not read. */
static void refuse_plain(const wks_scenario *scenario, const char *form, wks_problems *problems)
{
    const double *value = scenario->model.relocation.value;
    const struct {
        const char *key;
        bool is_set;
    } plain[] = {{"alike_share", value[WKS_KEYS_RELOCATION_ALIKE_SHARE] > 0.0},
                 {"alike_count", value[WKS_KEYS_RELOCATION_ALIKE_COUNT] >= 0.0},
                 {"order", value[WKS_KEYS_RELOCATION_ORDER] > WKS_KEYS_ORDER_PASS},
                 {"destination", value[WKS_KEYS_RELOCATION_DESTINATION] > WKS_KEYS_DESTINATION_ANY},
                 {"lonely_unhappy", value[WKS_KEYS_RELOCATION_LONELY_UNHAPPY] > 0.0}};

    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        const wks_config_node *node = key_of(scenario, "relocation", plain[i].key);
        if (!plain[i].is_set) continue;
        if (strcmp(plain[i].key, "order") == 0) {
            wks_problems_error(problems, node->file, node->value_line, node->value_column,
                               "order \"%s\" does not go with %s; expected \"random\" or \"pass\"", node->string, form);
        } else {
            wks_problems_error(problems, node->file, node->line, node->column, "%s means nothing beside %s; expected one of them",
                               plain[i].key, form);
        }
    }
}

static void check_demand(const wks_scenario *scenario, wks_problems *problems)
{
    const wks_model *model = &scenario->model;
    const double *value = model->relocation.value;

    if (model->weights.spec != NULL && model->tolerance.spec != NULL)
        tell(scenario, "relocation", "tolerance", "both weights and tolerance are given; expected one of them", problems);
    if (model->weights.spec != NULL || model->tolerance.spec != NULL) {
        refuse_plain(scenario, model->weights.spec != NULL ? "weights" : "tolerance", problems);
        return;
    }
    if (!is_written(key_of(scenario, "relocation", "alike_share")) && !is_written(key_of(scenario, "relocation", "alike_count")))
        tell(scenario, "relocation", "alike_share",
             "relocation does not say when somebody is satisfied; expected alike_share, alike_count, weights or tolerance", problems);
    if (value[WKS_KEYS_RELOCATION_ALIKE_SHARE] > 0.0 && value[WKS_KEYS_RELOCATION_ALIKE_COUNT] >= 0.0)
        tell(scenario, "relocation", "alike_count", "both alike_share and alike_count are given; expected one of them", problems);
}

static void check_neighbourhood(const wks_scenario *scenario, wks_problems *problems)
{
    const wks_model *model = &scenario->model;

    if (model->tolerance.spec == NULL) return;
    if (model->tolerance.value[WKS_KEYS_TOLERANCE_ROWS] >= model->settings.value[WKS_KEYS_GRID_ROWS])
        tell(scenario, "relocation", "tolerance", "the neighbourhood takes all rows of the grid; expected tolerance.rows below grid.rows",
             problems);
}

static void check_movable(const wks_scenario *scenario, wks_problems *problems)
{
    const wks_config_node *node = key_of(scenario, "grid", "density");

    if (wks_model_grid_agents(&scenario->model) < wks_model_grid_cells(&scenario->model)) return;
    wks_problems_warning(problems, is_written(node) ? node->file : scenario->path, node->value_line, node->value_column,
                         "no cell is empty, so nobody can move; expected a lower density");
}

void wks_model_grid_check(const wks_scenario *scenario, wks_problems *problems)
{
    const wks_config_node *warmup = wks_config_get(scenario->resolved, "warmup");

    if (scenario->model.warmup > 0)
        wks_problems_error(problems, warmup->file, warmup->value_line, warmup->value_column,
                           "warmup means nothing in a scenario with grid; expected 0");
    check_size(scenario, problems);
    check_demand(scenario, problems);
    check_neighbourhood(scenario, problems);
    if (problems->n_errors == 0) check_movable(scenario, problems);
}
