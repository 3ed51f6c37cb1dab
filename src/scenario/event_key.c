#include "scenario/event_key.h"

#include "base/rng.h"
#include "base/text.h"

/* What says which event it is, beside kind and month. Areas in any order. */
static uint64_t words_of(const wks_settings *settings)
{
    uint64_t key = 0;

    for (int32_t i = 0; i < settings->spec->n_params; i++) {
        const wks_param_type type = settings->spec->param[i].type;
        uint64_t areas = 0;
        for (int32_t k = 0; k < settings->n_areas[i]; k++)
            areas += wks_text_hash(settings->area[i][k]);
        key = wks_rng_pair_key(key, areas);
        if (settings->text[i] != NULL) key = wks_rng_pair_key(key, wks_text_hash(settings->text[i]));
        if (type == WKS_PARAM_CHOICE || type == WKS_PARAM_GROUP) key = wks_rng_pair_key(key, (uint64_t)(int64_t)settings->value[i]);
    }
    return key;
}

uint64_t wks_event_key_of(const wks_event *event, const char *name)
{
    const uint64_t kind = wks_text_hash(event->settings.spec->name);

    if (name[0] != '\0') return wks_rng_pair_key(kind, wks_text_hash(name));
    return wks_rng_pair_key(wks_rng_pair_key(kind, (uint64_t)(int64_t)event->month), words_of(&event->settings));
}

static bool is_taken(const wks_event *event, int32_t n, uint64_t key)
{
    for (int32_t i = 0; i < n; i++)
        if (event[i].key == key) return true;
    return false;
}

void wks_event_key_part(wks_event *event, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        for (uint64_t again = 1; event[i].key == 0 || event[i].key == UINT64_MAX || is_taken(event, i, event[i].key); again++)
            event[i].key = wks_rng_pair_key(event[i].key, again);
}

const wks_event *wks_event_key_find(const wks_scenario *scenario, uint64_t key)
{
    for (int32_t i = 0; i < scenario->n_events; i++)
        if (scenario->timeline[i].key == key) return &scenario->timeline[i];
    return NULL;
}
