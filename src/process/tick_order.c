#include "process/tick_order.h"

#include <string.h>

#include "scenario/settings.h"

/* The draw belongs to the city as a whole: any constant will do as its key. */
static const uint64_t CITY = UINT64_C(0x6f726465722d6d6b);

static int32_t find(const wks_spec *const *spec, int32_t n, const char *name)
{
    for (int32_t i = 0; i < n; i++) {
        if (strcmp(spec[i]->name, name) == 0) return i;
    }
    return WKS_NONE;
}

static bool is_market_first(const wks_tick *tick, const wks_spec *const *spec, int32_t market)
{
    const int32_t param = wks_settings_param(spec[market], "first");
    const double share = param < 0 ? 0 : tick->process[market].value[param];
    const wks_world *world = tick->world;

    return share > 0 && wks_rng_once(&world->seed, CITY, (uint32_t)world->tick, WKS_RNG_TICK_ORDER) < share;
}

void wks_tick_order(const wks_tick *tick, const wks_spec *const *spec, int32_t n, int32_t *order)
{
    const int32_t allocation = find(spec, n, "allocation"), market = find(spec, n, "market");

    for (int32_t i = 0; i < n; i++)
        order[i] = i;
    if (allocation < 0 || market < allocation || !is_market_first(tick, spec, market)) return;
    for (int32_t i = market; i > allocation; i--)
        order[i] = order[i - 1];
    order[allocation] = market;
}
