#include "sim/replication_state.h"

#include "base/text.h"

/* ---- what must be alike ---------------------------------------------------------------------------------------------------------------- */

static int64_t names_of_rules(const wks_scenario *scenario)
{
    uint64_t hash = 0;

    for (int32_t i = 0; i < scenario->n_rules; i++)
        hash = wks_columns_mix(wks_columns_mix(hash, wks_text_hash(scenario->rules[i].name)),
                               (uint64_t)(int64_t)scenario->rules[i].from_month);
    return (int64_t)hash;
}

static int64_t names_of_groups(const wks_scenario *scenario)
{
    uint64_t hash = 0;

    for (int32_t i = 0; i < scenario->n_groups; i++)
        hash = wks_columns_mix(wks_columns_mix(hash, wks_text_hash(scenario->group[i].name)), wks_text_hash(scenario->group[i].where));
    return (int64_t)hash;
}

wks_status wks_replication_state_carry_shape(const wks_scenario *scenario, const wks_replication_options *options, wks_carry *carry,
                                             wks_err *err)
{
    wks_carry_tag(carry, "no state of a replication");
    wks_carry_same(carry, (int64_t)scenario->model.kind, "another kind of model");
    wks_carry_same(carry, (int64_t)scenario->seed_population, "another population seed");
    wks_carry_same(carry, (int64_t)scenario->seed_dynamics, "another dynamics seed");
    wks_carry_same(carry, options->number, "another replication");
    wks_carry_same(carry, scenario->start_month, "another start");
    wks_carry_same(carry, scenario->n_ticks, "another number of ticks");
    wks_carry_same(carry, names_of_groups(scenario), "other groups");
    wks_carry_same(carry, names_of_rules(scenario), "other rule sets");
    wks_carry_same(carry, scenario->n_processes, "other processes");
    wks_carry_same(carry, options->follow ? 1 : 0, "households that are followed in one of the two only");
    return wks_carry_status(carry, err);
}

/* ---- settings -------------------------------------------------------------------------------------------------------------------------- */

static wks_status carry_value(const wks_settings *settings, int32_t i, wks_carry *carry, wks_err *err)
{
    wks_status rc = WKS_OK;
    double value = settings->value[i];

    wks_carry_double(carry, &value);
    WKS_TRY(wks_carry_status(carry, err));
    if (wks_columns_bits(value) != wks_columns_bits(settings->value[i]))
        WKS_FAIL(err, WKS_ERR_DATA, "state: processes.%s.%s was %g, and is %g here", settings->spec->name, settings->spec->param[i].name,
                 value, settings->value[i]);
out:
    return rc;
}

static wks_status carry_process(const wks_settings *settings, bool is_enabled, wks_carry *carry, wks_err *err)
{
    wks_status rc = WKS_OK;
    bool was_enabled = is_enabled;

    wks_carry_same(carry, (int64_t)wks_text_hash(settings->spec->name), "other processes");
    wks_carry_same(carry, settings->spec->n_params, "a process with other parameters");
    wks_carry_bool(carry, &was_enabled);
    WKS_TRY(wks_carry_status(carry, err));
    if (was_enabled != is_enabled)
        WKS_FAIL(err, WKS_ERR_DATA, "state: process %s was %s, and is %s here", settings->spec->name, was_enabled ? "on" : "off",
                 is_enabled ? "on" : "off");
    for (int32_t i = 0; i < settings->spec->n_params; i++)
        WKS_TRY(carry_value(settings, i, carry, err));
out:
    return rc;
}

wks_status wks_replication_state_carry_settings(wks_running *run, wks_carry *carry, wks_err *err)
{
    wks_status rc = WKS_OK;

    wks_carry_tag(carry, "settings");
    wks_carry_same(carry, run->next_event, "another number of events in its past");
    for (int32_t i = 0; i < run->next_event; i++)
        wks_carry_same(carry, (int64_t)run->scenario->timeline[i].key, "other events in its past");
    WKS_TRY(wks_carry_status(carry, err));
    for (int32_t i = 0; i < run->scenario->n_processes; i++)
        WKS_TRY(carry_process(&run->tick.process[i], run->tick.is_enabled[i], carry, err));
out:
    return rc;
}

/* ---- rules and observers --------------------------------------------------------------------------------------------------------------- */

wks_status wks_replication_state_carry_memory(wks_running *run, wks_carry *carry, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_round_carry(run->tick.round, &run->world, carry, err));
    WKS_TRY(wks_observe_carry(run->observe, &run->world, carry, err));
    WKS_TRY(wks_compliance_carry(run->compliance, &run->world, carry, err));
    WKS_TRY(wks_monitor_carry(run->monitor, carry, err));
    if (run->fate != NULL) WKS_TRY(wks_household_fate_carry(run->fate, &run->world, carry, err));
    wks_carry_tag(carry, "end");
    rc = wks_carry_status(carry, err);
out:
    return rc;
}
