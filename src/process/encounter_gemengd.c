#include "process/encounter_gemengd.h"

#include <string.h>

#include "num/math.h"
#include "process/buffer_slots.h"
#include "process/encounter_contacts.h"

typedef wks_encounter_gemengd_count count;

static void add(const wks_world *world, int32_t household, bool is_mixed, count *out)
{
    out->referred += wks_household_is_referred(&world->household, household);
    if (!is_mixed) return;
    out->mixed++;
    out->carriers += wks_household_is_carrier(&world->household, household);
    out->askers += wks_household_is_asker(&world->household, household);
}

static void add_apart(const wks_world *world, int32_t household, wks_encounter_gemengd *out)
{
    const int32_t d = world->unit.dwelling_row[world->household.unit_row[household]];
    const bool is_mixed = world->dwelling.label[d] == WKS_LABEL_GEMENGD;

    add(world, household, is_mixed, &out->portiek[world->dwelling.portiek[d]]);
    if (is_mixed) add(world, household, true, &out->complex[world->dwelling.complex_row[d]]);
}

wks_status wks_encounter_gemengd_take(wks_tick *tick, const wks_encounter_homes *homes, wks_encounter_gemengd *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const size_t n_complexes = (size_t)world->complex.base.n_rows + 1, n_portieken = (size_t)world->n_portieken + 1;
    int64_t n_apart = 0;

    out->complex = wks_tick_buffer(tick, WKS_SLOT_ENCOUNTER_COMPLEX, n_complexes, sizeof *out->complex);
    out->portiek = wks_tick_buffer(tick, WKS_SLOT_ENCOUNTER_PORTIEK, n_portieken, sizeof *out->portiek);
    if (out->complex == NULL || out->portiek == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu portieken", n_portieken);
    memset(out->complex, 0, n_complexes * sizeof *out->complex);
    memset(out->portiek, 0, n_portieken * sizeof *out->portiek);
    for (int64_t k = 0; k < homes->n_blocks; k++) {
        for (int32_t j = 0; j < homes->n_apart[k]; j++)
            add_apart(world, homes->apart[k * homes->block_size + j], out);
        n_apart += homes->n_apart[k];
    }
    for (int32_t i = 0; i < world->household.base.n_rows && n_apart > 0; i++)
        out->portiek[homes->portiek[i]].all++;
out:
    return rc;
}

/* Whole tenths of an hour by complex: the order of complexes does not matter. */
static void carry(wks_world *world, const wks_encounter_gemengd_rates *rates, const wks_encounter_gemengd *self)
{
    const wks_complex_table *complex = &world->complex;

    for (int32_t b = 0; b < world->buurt.base.n_rows; b++)
        world->buurt.carried[b] = 0;
    for (int32_t c = 0; c < complex->base.n_rows; c++) {
        if (complex->key[c] == 0 || self->complex[c].askers == 0) continue;
        world->buurt.carried[complex->buurt_row[c]] += (int32_t)(10 * rates->hours * complex->mixed[c] * self->complex[c].carriers + 0.5);
    }
}

void wks_encounter_gemengd_start(wks_world *world, const wks_encounter_gemengd_rates *rates, const wks_encounter_gemengd *self)
{
    for (int32_t c = 0; c < world->complex.base.n_rows; c++) {
        if (world->complex.key[c] == 0 || self->complex[c].mixed == 0) continue;
        world->complex.mixed_month[c] = world->month;
        world->complex.mixed[c] = rates->residual;
    }
    carry(world, rates, self);
}

/* From 1 in the first month, frequent at the start, to what is left without guidance or more with it. */
static void step_mixed(wks_world *world, const wks_encounter_gemengd_rates *rates, int32_t c, bool is_mixed)
{
    wks_complex_table *complex = &world->complex;
    const double guidance = world->buurt.guidance[complex->buurt_row[c]];
    const double target = rates->residual + (1 - rates->residual) * guidance;

    if (!is_mixed) {
        if (complex->label[c] != WKS_LABEL_GEMENGD) complex->mixed_month[c] = 0;
        complex->mixed[c] = 0;
        return;
    }
    if (complex->mixed_month[c] == 0) {
        complex->mixed_month[c] = world->month;
        complex->mixed[c] = 1;
        return;
    }
    complex->mixed[c] = wks_encounter_contacts_follow(complex->mixed[c], target, rates->grow, rates->fade);
}

void wks_encounter_gemengd_step(wks_world *world, const wks_encounter_gemengd_rates *rates, const wks_encounter_gemengd *self)
{
    wks_complex_table *complex = &world->complex;

    for (int32_t c = 0; c < complex->base.n_rows; c++) {
        if (complex->key[c] == 0) continue;
        const double shared = wks_math_clamp(complex->shared[c], WKS_ENCOUNTER_CONTACTS_LEAST - 1, WKS_ENCOUNTER_CONTACTS_MOST - 1);
        complex->contacts[c] = wks_encounter_contacts_follow(complex->contacts[c], shared, rates->rise, rates->fall);
        step_mixed(world, rates, c, self->complex[c].mixed > 0);
    }
    carry(world, rates, self);
}

/* Share of others among the neighbours, the own household left out. */
static double share(int32_t others, int32_t all)
{
    return all > 1 ? (double)others / (all - 1) : 0;
}

/* Carriers around an asker, askers around a carrier: near ones count for more. */
static double around(const wks_encounter_gemengd_rates *rates, const count *complex, const count *portiek, bool is_asker)
{
    const double far = share(is_asker ? complex->carriers : complex->askers, complex->mixed);

    if (portiek == NULL || portiek->all <= 1) return far;
    const double near = share(is_asker ? portiek->carriers : portiek->askers, portiek->all);
    return far + rates->scatter * (near - far);
}

double wks_encounter_gemengd_factor(const wks_world *world, const wks_encounter_gemengd_rates *rates, const wks_encounter_gemengd *self,
                                    int32_t household_row, uint8_t *out_mixed)
{
    const int32_t d = world->unit.dwelling_row[world->household.unit_row[household_row]], c = world->dwelling.complex_row[d];
    const count *portiek = world->dwelling.portiek[d] > 0 ? &self->portiek[world->dwelling.portiek[d]] : NULL;
    const double inside = 1 + world->complex.contacts[c];
    const bool is_asker = wks_household_is_asker(&world->household, household_row);

    *out_mixed = 0;
    if (world->dwelling.label[d] != WKS_LABEL_GEMENGD) {
        if (portiek == NULL || portiek->referred <= 1 || !wks_household_is_referred(&world->household, household_row)) return inside;
        const double apart = 1 - rates->scatter * share(portiek->referred - 1, portiek->all);
        /* Nobody with neighbours is without any contact: 0 is who is new. */
        return inside * (apart > WKS_ENCOUNTER_CONTACTS_LEAST ? apart : WKS_ENCOUNTER_CONTACTS_LEAST);
    }
    if (!is_asker && !wks_household_is_carrier(&world->household, household_row)) return inside;
    const double met = world->complex.mixed[c] * around(rates, &self->complex[c], portiek, is_asker);
    if (is_asker) *out_mixed = (uint8_t)(100 * met + 0.5);
    return inside * (1 + rates->gain * met);
}
