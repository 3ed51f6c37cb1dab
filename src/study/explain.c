#include "study/explain.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "output/letting_rows.h"
#include "output/tables.h"
#include "scenario/read.h"
#include "sim/everything.h"
#include "sim/replication.h"

/* What letting looks like without any rule but one. */
static const char *const plain_text[WKS_EXPLAIN_PLAIN] = {
    "name = \"list\"; rules = ( { name = \"list\"; channels = ( { part = \"advertised\"; } ); order = ( { part = \"inschrijfduur\"; } ); } "
    ");",
    "name = \"lot\"; rules = ( { name = \"lot\"; channels = ( { part = \"advertised\"; order = \"lot\"; } ); } );"};
static const char *const plain_name[WKS_EXPLAIN_PLAIN] = {"list", "lot"};

typedef struct follower {
    const wks_scenario *scenario;
    const wks_city *city;
    const wks_explain_options *options;
    wks_explain *out;
    wks_text month; /* rows of lettings.csv of a month */
} follower;

static wks_status read_plain(wks_explain *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_read_options read = WKS_READ_OPTIONS_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;

    for (int32_t i = 0; i < WKS_EXPLAIN_PLAIN; i++) {
        WKS_TRY(wks_read_scenario_text(plain_name[i], plain_text[i], strlen(plain_text[i]), &read, wks_everything_catalogue(),
                                       &out->plain[i], &problems, err));
        out->rival_name[out->trace.n_rivals] = plain_name[i];
        out->trace.rival[out->trace.n_rivals++] = &out->plain[i];
    }
out:
    wks_problems_free(&problems);
    return rc;
}

/* ---- the household, month by month ---- */

static int32_t row_of(const wks_world *world, uint64_t key)
{
    for (int32_t row = 0; row < world->household.base.n_rows; row++)
        if (world->household.key[row] == key) return row;
    return WKS_NONE;
}

/* A month to come; one that is past no longer matters. */
static int32_t later(int32_t month, int32_t now)
{
    return month != WKS_NO_MONTH && month > now ? month : WKS_NO_MONTH;
}

static wks_explain_state state_of(const wks_world *world, int32_t row)
{
    const wks_household_table *household = &world->household;
    wks_explain_state state = {.is_there = row >= 0};

    if (row < 0) return state;
    const int32_t unit = household->unit_row[row];
    state.place = household->place[row];
    state.search = household->search[row];
    state.urgency = household->urgency[row];
    state.referral = household->referral[row];
    state.tenure = (uint8_t)wks_world_tenure_of(world, row);
    state.registered_month = household->registered_month[row];
    state.buurt_row = wks_world_buurt_of(world, row);
    state.persons = wks_part_persons(world, row);
    state.income_eur = household->income_eur[row];
    state.unit_key = unit < 0 ? 0 : world->unit.key[unit];
    state.rent_eur = unit < 0 ? 0.0F : world->unit.rent_eur[unit];
    const int32_t registration = wks_part_registration(world, row);
    state.suspended_until =
        later(registration < 0 ? WKS_NO_MONTH : wks_rare_i32(&world->registration.suspended_until, registration), world->month);
    state.turn_month = later(wks_rare_i32(&household->turn_month, row), world->month);
    return state;
}

static bool has_changed(const wks_explain_state *a, const wks_explain_state *b)
{
    return a->is_there != b->is_there || a->place != b->place || a->search != b->search || a->urgency != b->urgency ||
           a->referral != b->referral || a->registered_month != b->registered_month || a->buurt_row != b->buurt_row ||
           a->persons != b->persons || a->unit_key != b->unit_key || a->tenure != b->tenure || a->suspended_until != b->suspended_until ||
           a->turn_month != b->turn_month;
}

static wks_status note_moment(wks_explain *out, const wks_world *world, uint64_t key, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_explain_state state = state_of(world, row_of(world, key));
    const bool is_last = world->tick > 0 && out->n_moments > 0 && !has_changed(&out->moment[out->n_moments - 1].state, &state);

    if (is_last || (out->n_moments == 0 && !state.is_there)) return WKS_OK;
    if (out->n_moments == out->moment_capacity) {
        const size_t capacity = wks_mem_capacity((size_t)out->moment_capacity, (size_t)out->n_moments + 1);
        wks_explain_moment *grown = wks_mem_resize(out->moment, (size_t)out->moment_capacity, capacity, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu moments", capacity);
        out->moment = grown;
        out->moment_capacity = (int32_t)capacity;
    }
    out->moment[out->n_moments++] = (wks_explain_moment){world->tick, world->month, state};
out:
    return rc;
}

/* ---- the run ---- */

static wks_status observe(const wks_replication_view *view, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    follower *self = context;
    wks_tables_prefix prefix;
    char household[17] = "";

    wks_tables_prefix_make(&prefix, self->scenario->name, view->replication);
    self->out->last_month = view->world->month;
    if (self->options->household_key != 0) {
        WKS_TRY(note_moment(self->out, view->world, self->options->household_key, err));
        (void)wks_text_key(self->options->household_key, household);
    }
    wks_text_clear(&self->month);
    wks_tables_add(WKS_TABLES_LETTINGS, self->scenario, self->city, view, &prefix, &self->month);
    if (self->month.length > 0) wks_letting_rows_pick(self->month.data, prefix.text, self->options->letting, household, &self->out->rows);
    if (self->month.failed || self->out->rows.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for rows of lettings");
out:
    return rc;
}

wks_status wks_explain_run(const wks_scenario *scenario, const wks_city *city, wks_world *population, const wks_explain_options *options,
                           wks_explain *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_scenario shorter = *scenario; /* borrowed: only what is measured and when it ends differs */
    follower self = {.scenario = &shorter, .city = city, .options = options, .out = out, .month = WKS_TEXT_INIT};
    uint64_t hash = 0;
    const wks_replication_options how = {.number = options->replication,
                                         .threads = options->threads,
                                         .observer = observe,
                                         .observer_context = &self,
                                         .take = population,
                                         .trace = &out->trace};

    *out = (wks_explain){.trace = WKS_ROUND_TRACE_INIT, .rows = WKS_TEXT_INIT};
    out->trace.letting = options->letting;
    out->trace.household_key = options->household_key;
    if (options->reference != NULL) {
        out->rival_name[0] = "reference";
        out->trace.rival[out->trace.n_rivals++] = options->reference;
    }
    WKS_TRY(read_plain(out, err));
    shorter.output.city = shorter.output.buurt = shorter.output.wijk = false;
    shorter.n_ticks = options->last_tick < scenario->n_ticks ? options->last_tick : scenario->n_ticks;
    WKS_TRY(wks_replication_run(&shorter, population, &how, &hash, err));
out:
    wks_text_free(&self.month);
    return rc;
}

void wks_explain_free(wks_explain *explain)
{
    wks_round_trace_free(&explain->trace);
    for (int32_t i = 0; i < WKS_EXPLAIN_PLAIN; i++)
        wks_scenario_free(&explain->plain[i]);
    wks_text_free(&explain->rows);
    free(explain->moment);
    *explain = (wks_explain){.trace = WKS_ROUND_TRACE_INIT, .rows = WKS_TEXT_INIT};
}
