#include "process/timeline_cost.h"

#include <math.h>
#include <string.h>

#include "process/buffer_slots.h"
#include "rules/part.h"
#include "scenario/settings.h"

static int64_t twelfth(double year, int32_t month)
{
    return wks_purse_twelfth((int64_t)floor(year + 0.5), month);
}

static double value_of(const wks_settings *settings, const char *name)
{
    const int32_t param = wks_settings_param(settings->spec, name);
    return param < 0 ? 0 : settings->value[param];
}

/* Rented homes of corporaties by owner, in the areas of an event (its parameter `areas`) or in the whole city. O(dwellings). */
static int64_t count_homes(const wks_world *world, const wks_settings *areas, int64_t *out)
{
    const int32_t param = areas == NULL ? -1 : wks_settings_param(areas->spec, "areas");
    int64_t n = 0;

    memset(out, 0, (size_t)world->owner.base.n_rows * sizeof *out);
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        const uint8_t tenure = world->dwelling.tenure[d];
        if (world->dwelling.key[d] == 0 || (tenure != WKS_TENURE_SOCIAL && tenure != WKS_TENURE_CORPORATIE_FREE)) continue;
        const int32_t owner = world->complex.owner_row[world->dwelling.complex_row[d]];
        if (owner < 0 || world->owner.kind[owner] != WKS_OWNER_CORPORATIE) continue;
        if (param >= 0 && !wks_part_in_areas(world, areas, param, world->dwelling.buurt_row[d])) continue;
        out[owner]++;
        n++;
    }
    return n;
}

/* The corporatie with the lowest number above `after`; -1: none. */
static int32_t next_corporatie(const wks_owner_table *owner, int32_t after)
{
    int32_t best = WKS_NONE;

    for (int32_t o = 0; o < owner->base.n_rows; o++) {
        if (owner->key[o] == 0 || owner->kind[o] != WKS_OWNER_CORPORATIE || owner->number[o] <= after) continue;
        if (best < 0 || owner->number[o] < owner->number[best]) best = o;
    }
    return best;
}

/* Corporaties pay by their homes in the areas; where none has homes, by those in the city. The parts add up to the whole, to the cent. */
static wks_status ask_corporaties(wks_tick *tick, const wks_settings *settings, int64_t cent, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    int64_t *homes = wks_tick_buffer(tick, WKS_SLOT_PAYERS, (size_t)world->owner.base.n_rows + 1, sizeof *homes), so_far = 0;

    if (homes == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the homes of %d owners", world->owner.base.n_rows);
    int64_t n = count_homes(world, settings, homes);
    if (n == 0) n = count_homes(world, NULL, homes);
    if (n == 0) world->purse.month_unplaced_cent += cent;
    for (int32_t o = next_corporatie(&world->owner, INT32_MIN); n > 0 && o >= 0;
         o = next_corporatie(&world->owner, world->owner.number[o])) {
        const int64_t paid = wks_timeline_cost_part(cent, so_far, n);
        so_far += homes[o];
        world->owner.asked_cent[o] += wks_timeline_cost_part(cent, so_far, n) - paid;
    }
out:
    return rc;
}

int64_t wks_timeline_cost_part(int64_t cent, int64_t part, int64_t whole)
{
    return cent / whole * part + cent % whole * part / whole;
}

wks_status wks_timeline_cost_month(wks_tick *tick, const wks_event *event, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_settings *settings = &event->settings;
    const wks_purse_payer payer = (wks_purse_payer)(int32_t)value_of(settings, "payer");
    const int32_t month = tick->world->month;
    const int64_t cent = twelfth(100 * value_of(settings, "eur_year"), month);

    const wks_timeline_kind *kind = settings->spec->implementation;
    const wks_purse_item item = kind->item_of == NULL ? kind->item : kind->item_of(settings);

    wks_purse_book(&tick->world->purse, payer, item, cent, twelfth(520 * value_of(settings, "hours_week"), month));
    if (payer == WKS_PURSE_corporaties && cent > 0) WKS_TRY(ask_corporaties(tick, settings, cent, err));
out:
    return rc;
}
