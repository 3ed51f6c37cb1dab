#include "scenario/model_grid.h"

#include "scenario/keys.h"
#include "unit/scenario/catalogue.h"

#define GRID "grid = { rows = 10; columns = 10; };\n"

static wks_model model_of(double rows, double columns, double density, double group_share)
{
    wks_model model = {.kind = WKS_MODEL_GRID};
    const double value[WKS_KEYS_N_GRID] = {rows, columns, 0, density, group_share};

    memcpy(model.settings.value, value, sizeof value);
    return model;
}

/* As written in decimals: 0.145 * 100 and 0.35 * 10 are a little less in binary. */
static void counts_are_rounded_as_they_are_written(void **state)
{
    static const struct {
        double rows, columns, density, group_share;
        int32_t cells, agents, a;
    } known[] = {{51, 51, 0.95, 0.5, 2601, 2471, 1236},
                 {40, 40, 0.625, 0.5, 1600, 1000, 500},
                 {100, 100, 0.8, 0.5, 10000, 8000, 4000},
                 {10, 10, 0.145, 1, 100, 15, 15},
                 {1, 10, 0.35, 0, 10, 4, 0},
                 {4000, 4000, 1, 0.5, 16000000, 16000000, 8000000},
                 {1, 1, 0, 1, 1, 0, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const wks_model model = model_of(known[i].rows, known[i].columns, known[i].density, known[i].group_share);
        assert_int_equal(wks_model_grid_cells(&model), known[i].cells);
        assert_int_equal(wks_model_grid_agents(&model), known[i].agents);
        assert_int_equal(wks_model_grid_group_a(&model), known[i].a);
    }
}

static void what_is_not_written_has_its_default(void **state)
{
    reading r = read_text(GRID "relocation = { alike_share = 0.3; };\n");
    const wks_model *model = &r.scenario.model;

    (void)state;
    assert_problems(&r.problems, "");
    assert_int_equal(model->kind, WKS_MODEL_GRID);
    assert_close(model->settings.value[WKS_KEYS_GRID_TORUS], 1, 0, 0);
    assert_close(model->relocation.value[WKS_KEYS_RELOCATION_ALIKE_COUNT], -1, 0, 0);
    assert_close(model->relocation.value[WKS_KEYS_RELOCATION_ORDER], WKS_KEYS_ORDER_RANDOM, 0, 0);
    assert_null(model->weights.spec);
    assert_null(model->tolerance.spec);
    reading_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_rounded_as_they_are_written),
        cmocka_unit_test(what_is_not_written_has_its_default),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
