#include "process/timeline_cost.h"

#include <math.h>

#include "base/month.h"
#include "scenario/settings.h"

const char *const wks_timeline_cost_payer[] = {
#define NAME(name, label_nl, label_en) #name,
    WKS_PURSE_PAYERS(NAME)
#undef NAME
        NULL};

/* The part of a yearly whole that falls in this month. */
static int64_t twelfth(double year, int32_t month)
{
    const int64_t whole = (int64_t)floor(year + 0.5), m = wks_month_year(month) * 12 <= month ? month % 12 : 0;
    return whole * (m + 1) / 12 - whole * m / 12;
}

static double value_of(const wks_settings *settings, const char *name)
{
    const int32_t param = wks_settings_param(settings->spec, name);
    return param < 0 ? 0 : settings->value[param];
}

void wks_timeline_cost_month(wks_tick *tick, const wks_event *event)
{
    const wks_settings *settings = &event->settings;
    const wks_timeline_kind *kind = settings->spec->implementation;
    const wks_purse_payer payer = (wks_purse_payer)(int32_t)value_of(settings, "payer");
    const int32_t month = tick->world->month;

    const wks_purse_item item = kind->item_of == NULL ? kind->item : kind->item_of(settings);
    wks_purse_book(&tick->world->purse, payer, item, twelfth(100 * value_of(settings, "eur_year"), month),
                   twelfth(520 * value_of(settings, "hours_week"), month));
}
