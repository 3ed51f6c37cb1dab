#include "process/encounter.h"

/* Light contacts relative to the start follow meeting places, a tenth of the gap a month (assumption). */
static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_buurt_table *buurt = &tick->world->buurt;

    (void)settings;
    (void)err;
    for (int32_t b = 0; b < buurt->base.n_rows; b++)
        buurt->contacts[b] += 0.1 * (buurt->meeting[b] - buurt->contacts[b]);
    return WKS_OK;
}

static wks_status start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    (void)settings;
    (void)err;
    for (int32_t b = 0; b < tick->world->buurt.base.n_rows; b++)
        tick->world->buurt.contacts[b] = tick->world->buurt.meeting[b] = 1;
    return WKS_OK;
}

static const wks_process process = {run, start};
const wks_spec wks_encounter_spec = {"encounter", "process", "light contacts between neighbours", "", NULL, 0, &process};
