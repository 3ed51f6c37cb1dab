/* All that an observer is told of a tick as bytes, so that two runs can be laid side by side: every row, and the lettings and moves that files are made of. Header
 * only, as fixture_tick.h. */
#ifndef WKS_TESTS_SUPPORT_FIXTURE_VIEW_H
#define WKS_TESTS_SUPPORT_FIXTURE_VIEW_H

#include "sim/replication.h"

static inline void wks_fixture_view_series(wks_bytes *out, const wks_series *series)
{
    wks_bytes_put_i32(out, series->n);
    for (int32_t i = 0; i < series->n; i++) {
        const wks_series_row *row = &series->row[i];
        wks_bytes_put_string(out, row->indicator);
        wks_bytes_put_string(out, row->group);
        wks_bytes_put_string(out, row->scale);
        wks_bytes_put_string(out, row->level);
        wks_bytes_put_i32(out, row->area_row);
        wks_bytes_put_u64(out, wks_columns_bits(row->value));
    }
}

static inline void wks_fixture_view_queue(wks_bytes *out, const wks_replication_view *view)
{
    for (int32_t i = 0; i < view->n_queue; i++) {
        const wks_observe_queue *row = &view->queue[i];
        const double value[] = {row->success_rate, row->wait_p10, row->wait_p50, row->wait_p90, row->search_p50};
        wks_bytes_put_string(out, row->group);
        wks_bytes_put_i64(out, row->registered);
        wks_bytes_put_i64(out, row->active);
        wks_bytes_put_i64(out, row->reactions);
        wks_bytes_put_i64(out, row->housed);
        for (size_t k = 0; k < sizeof value / sizeof value[0]; k++)
            wks_bytes_put_u64(out, wks_columns_bits(value[k]));
    }
}

static inline void wks_fixture_view_year(wks_bytes *out, const wks_replication_view *view)
{
    for (int32_t i = 0; i < view->n_compliance; i++) {
        const wks_compliance_row *row = &view->compliance[i];
        wks_bytes_put_i32(out, row->year);
        wks_bytes_put_i32(out, row->owner_number);
        wks_bytes_put_string(out, row->list);
        wks_bytes_put_string(out, row->rule);
        wks_bytes_put_u64(out, wks_columns_bits(row->required));
        wks_bytes_put_u64(out, wks_columns_bits(row->achieved));
        wks_bytes_put_i32(out, row->met);
    }
    for (int32_t i = 0; i < view->n_budget; i++) {
        const wks_budget_row *row = &view->budget[i];
        wks_bytes_put_i32(out, row->year);
        wks_bytes_put_i32(out, row->owner_number);
        wks_bytes_put_string(out, row->payer);
        wks_bytes_put_string(out, row->item);
        wks_bytes_put_u64(out, wks_columns_bits(row->amount));
    }
    for (int32_t i = 0; i < view->n_flows; i++) {
        const wks_flows_row *row = &view->flows[i];
        wks_bytes_put_i32(out, row->year);
        wks_bytes_put_i32(out, row->from_wijk_row);
        wks_bytes_put_i32(out, row->to_wijk_row);
        wks_bytes_put_string(out, row->group);
        wks_bytes_put_i64(out, row->moves);
    }
}

static inline void wks_fixture_view_others(wks_bytes *out, const wks_replication_view *view)
{
    for (int32_t i = 0; i < view->n_destinations; i++) {
        const wks_destination_row *row = &view->destinations[i];
        wks_bytes_put_i32(out, (int32_t)row->cause);
        wks_bytes_put_i32(out, (int32_t)row->band);
        wks_bytes_put_i32(out, row->from_buurt_row);
        wks_bytes_put_i32(out, row->to_buurt_row);
        wks_bytes_put_string(out, row->destination);
        wks_bytes_put_i64(out, row->households);
        wks_bytes_put_u64(out, wks_columns_bits(row->leefbaarheid_change));
        wks_bytes_put_u64(out, wks_columns_bits(row->rent_change_eur));
    }
    for (int32_t i = 0; i < view->n_monitor; i++) {
        const wks_monitor_row *row = &view->monitor[i];
        wks_bytes_put_i32(out, row->buurt_row);
        wks_bytes_put_i32(out, (int32_t)row->signal);
        wks_bytes_put_u64(out, wks_columns_bits(row->value));
        wks_bytes_put_u64(out, wks_columns_bits(row->trend));
        wks_bytes_put_i32(out, (int32_t)row->alarm);
    }
    for (int32_t i = 0; i < view->n_fates; i++)
        wks_bytes_put_block(out, &view->fate[i], sizeof view->fate[i]);
}

static inline void wks_fixture_view_letting(wks_bytes *out, const wks_letting *letting)
{
    wks_bytes_put_i64(out, letting->number);
    wks_bytes_put_u64(out, letting->unit_key);
    wks_bytes_put_u64(out, letting->household_key);
    wks_bytes_put_i32(out, letting->rule_set);
    wks_bytes_put_i32(out, letting->channel);
    wks_bytes_put_i32(out, letting->order_part);
    wks_bytes_put_i32(out, letting->candidates);
    wks_bytes_put_i32(out, letting->rank);
    wks_bytes_put_i32(out, letting->refusals);
    wks_bytes_put_i32(out, letting->months_registered);
    wks_bytes_put_i32(out, letting->months_searching);
    wks_bytes_put_double(out, (double)letting->rent_eur);
    wks_bytes_put_u64(out, letting->groups);
    wks_bytes_put_u64(out, letting->against);
    wks_bytes_put_numbers(out, letting->excluded, WKS_LETTING_MAX_PARTS, sizeof letting->excluded[0]);
}

/* Appends it. */
static inline void wks_fixture_view_put(wks_bytes *out, const wks_replication_view *view)
{
    const wks_world *world = view->world;

    wks_bytes_put_i32(out, world->tick);
    wks_bytes_put_u64(out, wks_world_hash(world));
    wks_fixture_view_series(out, view->city);
    wks_fixture_view_series(out, view->buurt);
    wks_fixture_view_queue(out, view);
    wks_fixture_view_year(out, view);
    wks_fixture_view_others(out, view);
    wks_bytes_put_i64(out, world->letting.n_adverts);
    wks_bytes_put_i64(out, world->letting.n_reactions);
    wks_bytes_put_i64(out, world->letting.n_refusals);
    for (int32_t i = 0; i < world->letting.n; i++)
        wks_fixture_view_letting(out, &world->letting.item[i]);
    for (int32_t i = 0; i < world->letting.n_passed; i++)
        wks_bytes_put_u64(out, world->letting.passed[i].household_key);
    for (int32_t i = 0; i < world->moves.n; i++) {
        wks_bytes_put_u64(out, world->moves.household[i].key);
        wks_bytes_put_i32(out, world->moves.household[i].from_buurt_row);
        wks_bytes_put_i32(out, world->moves.household[i].to_buurt_row);
    }
}

#endif
