#include "study/outcome_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "city/synth_world.h"
#include "measure/observe.h"
#include "scenario/model.h"
#include "scenario/read.h"
#include "scenario/settings.h"
#include "sim/replication.h"

/* Names that are told in full where nothing is near. */
enum { MOST_TOLD = 12 };

typedef struct wks_outcome_rows {
    const wks_scenario *scenario;
    const wks_city *city;
    wks_series city_rows, buurt_rows;
    wks_problems *problems;
    const char **name; /* room for one name a row, area or indicator */
} rows;

/* ---- which rows there are ---------------------------------------------------------------------------------------------------- */

/* Nothing happens between the first tick and the last: only the names of rows are looked at. */
static wks_status observe_nobody(rows *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = self->scenario;
    wks_observe *observe = NULL;
    wks_world world;

    wks_world_init(&world);
    WKS_TRY(wks_synth_world_nobody(self->city, scenario->start_month, &world, err));
    WKS_TRY(wks_observe_create(scenario, &world, &observe, err));
    WKS_TRY(wks_observe_tick(observe, &world, err));
    world.tick = scenario->n_ticks;
    world.month = scenario->start_month + scenario->n_ticks;
    if (world.tick > 0) WKS_TRY(wks_observe_tick(observe, &world, err));
    if (scenario->output.city) WKS_TRY(wks_observe_city(observe, &world, &self->city_rows, err));
    if (scenario->output.buurt || scenario->output.wijk) WKS_TRY(wks_observe_buurt(observe, &world, &self->buurt_rows, err));
out:
    wks_observe_destroy(observe);
    wks_world_free(&world);
    return rc;
}

static wks_status keep_rows(const wks_replication_view *view, void *context, wks_err *err)
{
    rows *self = context;

    for (int32_t i = 0; i < view->city->n; i++) {
        const wks_series_row *row = &view->city->row[i];
        const wks_status rc = wks_series_add(&self->city_rows, row->indicator, row->group, row->scale, row->level, row->area_row, 0, err);
        if (rc != WKS_OK) return rc;
    }
    if (view->world->tick > 0) return wks_err_set(err, WKS_ERR_STOPPED, "seen");
    return WKS_OK;
}

/* The first ticks: some models have rows over a time only. */
static wks_status observe_model(rows *self, wks_err *err)
{
    wks_scenario scenario = *self->scenario;
    wks_err seen = WKS_ERR_INIT;
    uint64_t hash = 0;
    const wks_replication_options options = {
        .number = scenario.first_replication, .threads = 1, .observer = keep_rows, .observer_context = self};

    scenario.output.city_every = 1;
    const wks_status rc = wks_replication_run(&scenario, NULL, &options, &hash, &seen);
    return rc == WKS_OK || rc == WKS_ERR_STOPPED ? WKS_OK : wks_err_set(err, rc, "%s", seen.message);
}

/* ---- what matches ------------------------------------------------------------------------------------------------------------ */

static const char *code_of(const rows *self, const wks_series_row *row)
{
    if (row->area_row < 0 || self->city == NULL) return "";
    return strcmp(row->level, "wijk") == 0 ? self->city->wijk[row->area_row].code : self->city->buurt[row->area_row].code;
}

static bool is_place(const rows *self, const wks_outcome_rows_want *want, const wks_series_row *row)
{
    if (strcmp(row->indicator, want->indicator) != 0 || (want->area[0] == '\0') != (row->area_row < 0)) return false;
    if (want->area[0] == '\0') return true;
    return (want->level == NULL || strcmp(row->level, want->level) == 0) && strcmp(code_of(self, row), want->area) == 0;
}

/* How many rows the place has; with `group` or `scale` not NULL those of them only. */
static int32_t count(const rows *self, const wks_outcome_rows_want *want, const char *group, const char *scale)
{
    const wks_series *const table[] = {&self->city_rows, &self->buurt_rows};
    int32_t n = 0;

    for (int t = 0; t < 2; t++) {
        for (int32_t i = 0; i < table[t]->n; i++) {
            const wks_series_row *row = &table[t]->row[i];
            if (!is_place(self, want, row)) continue;
            n += (group == NULL || strcmp(row->group, group) == 0) && (scale == NULL || strcmp(row->scale, scale) == 0);
        }
    }
    return n;
}

/* Groups (or scales, of `group` when it is not NULL) that rows of this place have, each once; returns how many. */
static size_t names_of(const rows *self, const wks_outcome_rows_want *want, bool is_scale, const char *group)
{
    const wks_series *const table[] = {&self->city_rows, &self->buurt_rows};
    size_t n = 0;

    for (int t = 0; t < 2; t++) {
        for (int32_t i = 0; i < table[t]->n; i++) {
            const wks_series_row *row = &table[t]->row[i];
            const char *name = is_scale ? row->scale : row->group;
            bool is_known = !is_place(self, want, row) || (group != NULL && strcmp(row->group, group) != 0);
            for (size_t k = 0; k < n && !is_known; k++)
                is_known = strcmp(self->name[k], name) == 0;
            if (!is_known) self->name[n++] = name;
        }
    }
    return n;
}

static const wks_indicator_spec *spec_of(const wks_scenario *scenario, const char *indicator)
{
    for (int32_t i = 0; i < scenario->catalogue->n_indicators; i++) {
        if (strcmp(scenario->catalogue->indicator[i].name, indicator) == 0) return &scenario->catalogue->indicator[i];
    }
    return NULL;
}

/* ---- words ------------------------------------------------------------------------------------------------------------------- */

/* At the key where it stands, else at the group that asks. */
static void tell(const rows *self, const wks_outcome_rows_want *want, const char *key, const wks_text *text)
{
    const wks_config_node *at = wks_config_get(want->node, key);
    const bool has_place = at != NULL && at->value_line > 0;

    if (!has_place) at = want->node;
    wks_problems_error(self->problems, at->file, has_place ? at->value_line : at->line, has_place ? at->value_column : at->column, "%s",
                       text->data == NULL ? "" : text->data);
}

/* "; expected 'a', 'b' or none" when they are few, and the nearest. */
static void add_expected(const rows *self, const char *wrong, size_t n, wks_text *out)
{
    const char *near = wrong[0] == '\0' ? NULL : wks_text_nearest(wrong, self->name, n);
    bool has_none = false;
    size_t n_told = 0;

    for (size_t i = 0; i < n; i++)
        has_none = has_none || self->name[i][0] == '\0';
    wks_text_add(out, "; expected ");
    for (size_t i = 0; i < n && n_told < MOST_TOLD; i++) {
        if (self->name[i][0] == '\0') continue;
        wks_text_addf(out, "%s'%s'", n_told == 0 ? "" : ", ", self->name[i]);
        n_told++;
    }
    if (n - has_none > n_told) wks_text_add(out, ", ...");
    if (has_none) wks_text_add(out, n_told == 0 ? "none" : " or none");
    if (near != NULL && near[0] != '\0') wks_text_addf(out, "; nearest valid name is '%s'", near);
}

static bool has_area(const wks_city *city, const wks_outcome_rows_want *want, bool is_wijk)
{
    if (want->level != NULL && (strcmp(want->level, "wijk") == 0) != is_wijk) return false;
    for (int32_t i = 0; i < (is_wijk ? city->n_wijken : city->n_buurten); i++) {
        if (strcmp((is_wijk ? city->wijk : city->buurt)[i].code, want->area) == 0) return true;
    }
    return false;
}

/* True when the area is there, or none is asked. */
static bool check_area(const rows *self, const wks_outcome_rows_want *want)
{
    const wks_city *city = self->city;
    char near[WKS_SETTINGS_HINT] = "";
    wks_text text = WKS_TEXT_INIT;
    size_t n = 0;

    if (want->area[0] == '\0') return true;
    if (city == NULL) {
        wks_text_addf(&text, "area '%s' in a model without a city; expected none", want->area);
    } else {
        if (has_area(city, want, false) || has_area(city, want, true)) return true;
        for (int32_t i = 0; i < city->n_buurten && (want->level == NULL || strcmp(want->level, "buurt") == 0); i++)
            self->name[n++] = city->buurt[i].code;
        for (int32_t i = 0; i < city->n_wijken && (want->level == NULL || strcmp(want->level, "wijk") == 0); i++)
            self->name[n++] = city->wijk[i].code;
        (void)wks_settings_hint(want->area, self->name, n, near);
        wks_text_addf(&text, "'%s' is no %s of city '%s'%s%s", want->area, want->level == NULL ? "buurt or wijk" : want->level, city->name,
                      strncmp(near, "; expected", 10) == 0 ? "" : "; expected the code of one", near);
    }
    tell(self, want, "area", &text);
    wks_text_free(&text);
    return false;
}

static bool is_listed(const wks_scenario *scenario, const char *indicator)
{
    for (int32_t i = 0; i < scenario->output.n_indicators; i++) {
        if (strcmp(scenario->output.indicator[i], indicator) == 0) return true;
    }
    return scenario->output.n_indicators == 0;
}

/* Another indicator that has rows at this place. */
static void add_nearest_indicator(const rows *self, const wks_outcome_rows_want *want, wks_text *out)
{
    char near[WKS_SETTINGS_HINT];
    size_t n = 0;

    for (int32_t i = 0; i < self->scenario->catalogue->n_indicators; i++) {
        wks_outcome_rows_want other = *want;
        other.indicator = self->scenario->catalogue->indicator[i].name;
        if (count(self, &other, NULL, NULL) > 0) self->name[n++] = other.indicator;
    }
    wks_text_add(out, wks_settings_hint(want->indicator, self->name, n, near));
}

/* The place has no row of the indicator at all: why. */
static void tell_no_indicator(const rows *self, const wks_outcome_rows_want *want, const wks_indicator_spec *spec)
{
    const wks_scenario *scenario = self->scenario;
    const wks_output *output = &scenario->output;
    const bool is_of_city = strcmp(spec->level, "model") != 0 && strcmp(spec->level, "grid") != 0;
    const bool is_area = want->area[0] != '\0', is_wijk = is_area && self->city != NULL && has_area(self->city, want, true);
    const char *key = "indicator";
    wks_text text = WKS_TEXT_INIT;

    wks_text_addf(&text, "indicator '%s' has no row%s%s in scenario '%s'", want->indicator, is_area ? " of area " : "", want->area,
                  scenario->name);
    if (is_of_city != (self->city != NULL)) {
        wks_text_addf(&text, ", which has %s; expected an indicator of %s", self->city == NULL ? "no city" : "a city",
                      self->city == NULL ? "its model" : "a city");
        add_nearest_indicator(self, want, &text);
    } else if (is_area && strcmp(spec->level, "city") == 0) {
        key = "area";
        wks_text_add(&text, ": it is of the city only; expected no area");
    } else if (!is_area && strcmp(spec->level, "buurt") == 0) {
        wks_text_add(&text, " without area: it is of buurten; expected area = \"<code of a buurt>\"");
    } else if (!is_listed(scenario, want->indicator)) {
        wks_text_add(&text, ", whose output.indicators does not list it; expected it there");
    } else if (is_area ? !(is_wijk ? output->wijk : output->buurt) : !output->city) {
        const char *what = !is_area ? "city" : is_wijk ? "wijk" : "buurt";
        key = is_area ? "area" : "indicator";
        wks_text_addf(&text, ", whose output.levels has no \"%s\"; expected it there", what);
    } else {
        key = is_wijk ? "area" : "indicator";
        wks_text_add(&text, is_wijk ? "; expected one that is told of wijken, or the code of a buurt" : "; expected another");
        add_nearest_indicator(self, want, &text);
    }
    tell(self, want, key, &text);
    wks_text_free(&text);
}

/* A group or a scale that no row of the place has; `group`: among rows of that group only. */
static void tell_name(const rows *self, const wks_outcome_rows_want *want, bool is_scale, const char *group)
{
    const char *wrong = is_scale ? want->scale : want->group, *key = is_scale ? "scale" : "group";
    wks_text text = WKS_TEXT_INIT;

    wks_text_addf(&text, "indicator '%s' has no row with%s %s%s%s%s", want->indicator, wrong[0] == '\0' ? "out" : "", key,
                  wrong[0] == '\0' ? "" : " '", wrong, wrong[0] == '\0' ? "" : "'");
    if (group != NULL && group[0] != '\0') wks_text_addf(&text, " for group '%s'", group);
    wks_text_addf(&text, " in scenario '%s'", self->scenario->name);
    add_expected(self, wrong, names_of(self, want, is_scale, group), &text);
    tell(self, want, wrong[0] == '\0' ? "indicator" : key, &text);
    wks_text_free(&text);
}

static void check_want(const rows *self, const wks_outcome_rows_want *want)
{
    const wks_indicator_spec *spec = spec_of(self->scenario, want->indicator);
    wks_outcome_rows_want anywhere = *want;

    if (!check_area(self, want)) { /* of another area, so that group and scale are told too */
        for (int32_t i = 0; i < self->buurt_rows.n && spec != NULL && anywhere.area == want->area; i++) {
            const wks_series_row *row = &self->buurt_rows.row[i];
            if (strcmp(row->indicator, want->indicator) == 0 && (want->level == NULL || strcmp(row->level, want->level) == 0))
                anywhere.area = code_of(self, row);
        }
        if (anywhere.area == want->area) return;
    }
    if (spec == NULL || count(self, &anywhere, want->group, want->scale) > 0) return;
    if (count(self, &anywhere, NULL, NULL) == 0) {
        tell_no_indicator(self, want, spec);
        return;
    }
    const bool has_group = count(self, &anywhere, want->group, NULL) > 0, has_scale = count(self, &anywhere, NULL, want->scale) > 0;
    if (!has_group) tell_name(self, &anywhere, false, NULL);
    if (!has_scale || has_group) tell_name(self, &anywhere, true, has_group ? want->group : NULL);
}

wks_status wks_outcome_rows_check(const wks_scenario *scenario, const wks_city *city, const wks_outcome_rows_want *want, int32_t n,
                                  wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const bool has_city = wks_model_has_city(scenario);
    rows self = {.scenario = scenario, .city = has_city ? city : NULL, .problems = problems};

    if (n == 0) goto out;
    rc = has_city ? observe_nobody(&self, err) : observe_model(&self, err);
    if (rc != WKS_OK) goto out;
    const int32_t n_areas = has_city ? city->n_buurten + city->n_wijken : 0;
    self.name =
        wks_mem_array((size_t)(self.city_rows.n + self.buurt_rows.n + n_areas + scenario->catalogue->n_indicators), sizeof *self.name);
    if (self.name == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for outcomes");
    for (int32_t i = 0; i < n; i++)
        check_want(&self, &want[i]);
out:
    wks_series_free(&self.city_rows);
    wks_series_free(&self.buurt_rows);
    free(self.name);
    return rc;
}

/* ---- the list of a scenario -------------------------------------------------------------------------------------------------- */

size_t wks_outcome_rows_unknown(const wks_scenario *scenario)
{
    size_t n = 0;

    for (int32_t i = 0; i < scenario->n_outcomes; i++)
        n += spec_of(scenario, scenario->outcome[i].indicator) == NULL;
    return n;
}

wks_status wks_outcome_rows_check_declared(const wks_scenario *declares, const wks_scenario *scenario, const wks_city *city,
                                           bool asked_only, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_config_node *list = declares->resolved == NULL ? NULL : wks_config_get(declares->resolved, "outcomes");
    wks_outcome_rows_want *want = wks_mem_array((size_t)declares->n_outcomes, sizeof *want);
    int32_t n = 0;

    if (want == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for outcomes");
    for (int32_t i = 0; list != NULL && i < declares->n_outcomes && (size_t)i < list->n_children; i++) {
        const wks_outcome *outcome = &declares->outcome[i];
        if (asked_only && !(outcome->half_width > 0)) continue;
        want[n++] = (wks_outcome_rows_want){.indicator = outcome->indicator,
                                            .group = outcome->group,
                                            .scale = outcome->scale,
                                            .area = outcome->area,
                                            .node = list->child[i]};
    }
    rc = wks_outcome_rows_check(scenario, city, want, n, problems, err);
out:
    free(want);
    return rc;
}

static int by_text(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

wks_status wks_outcome_rows_check_areas(const wks_scenario *scenario, const wks_city *city, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = city->n_buurten + city->n_wijken;
    const char **code = wks_mem_array((size_t)n, sizeof *code);

    if (code == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for area codes");
    for (int32_t i = 0; i < n; i++)
        code[i] = i < city->n_buurten ? city->buurt[i].code : city->wijk[i - city->n_buurten].code;
    qsort(code, (size_t)n, sizeof *code, by_text);
    WKS_TRY(wks_read_check_areas(scenario, code, n, problems, err));
out:
    free(code);
    return rc;
}
