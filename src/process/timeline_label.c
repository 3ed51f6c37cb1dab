/* Event label: a landlord labels complexes of its stock, for what falls vacant there from then on. */
#include <stdlib.h>

#include "process/buffer_slots.h"
#include "process/timeline.h"
#include "process/timeline_kind.h"
#include "rules/part.h"

enum { L_AREAS, L_LABEL, L_SHARE, L_COMPLEXES, L_N };
static const char *const labels[] = {"none", "senior", "jongeren", "campus", "gemengd", NULL}; /* wks_label */
static const wks_param label_params[L_N] = {
    [L_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [L_LABEL] = {"label", WKS_PARAM_CHOICE, "-", 0, 0, WKS_LABEL_GEMENGD, labels, true, "scenario",
                 "for whom the complexes are from now on; none takes a label away"},
    [L_SHARE] = {"share", WKS_PARAM_REAL, "share", 1, 0, 1, NULL, false, "scenario",
                 "of the social homes of corporaties there without a label (with none: with one), in whole complexes: at least one"},
    [L_COMPLEXES] = {"complexes", WKS_PARAM_INT, "complexes", 0, 0, 100000, NULL, false, "scenario", "how many, in place of share"},
};

typedef struct wks_timeline_label_item {
    uint64_t key;
    double lot;
    int32_t row, n_homes;
} item;

static int by_lot(const void *a, const void *b)
{
    const item *x = a, *y = b;

    if (x->lot < y->lot || x->lot > y->lot) return x->lot < y->lot ? -1 : 1;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* Complexes that may get the label, each with a lot of its own for life, so that a larger share takes the same ones and more. */
static int32_t list_complexes(const wks_world *world, const wks_settings *settings, item *out)
{
    const wks_complex_table *complex = &world->complex;
    const bool takes_away = (int32_t)settings->value[L_LABEL] == WKS_LABEL_NONE;
    int32_t n = 0;

    for (int32_t c = 0; c < complex->base.n_rows; c++) {
        if (complex->key[c] == 0 || (complex->label[c] != WKS_LABEL_NONE) != takes_away) continue;
        if (world->owner.kind[complex->owner_row[c]] != WKS_OWNER_CORPORATIE) continue;
        if (!wks_part_in_areas(world, settings, L_AREAS, complex->buurt_row[c])) continue;
        out[n] = (item){.key = complex->key[c], .row = c};
        out[n++].lot = wks_rng_once(&world->seed, complex->key[c], 0, WKS_RNG_LABEL);
    }
    return n;
}

static void count_homes(const wks_world *world, item *list, int32_t n, int32_t *n_homes)
{
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++)
        if (world->dwelling.key[d] != 0 && world->dwelling.tenure[d] == WKS_TENURE_SOCIAL) n_homes[world->dwelling.complex_row[d]]++;
    for (int32_t i = 0; i < n; i++)
        list[i].n_homes = n_homes[list[i].row];
}

/* How many of the list, in order of lot; those without social homes are passed. */
static int32_t choose(item *list, int32_t n, const wks_settings *settings)
{
    int64_t all = 0, chosen = 0;
    int32_t n_with = 0, n_chosen = 0;

    for (int32_t i = 0; i < n; i++) {
        if (list[i].n_homes == 0) continue;
        all += list[i].n_homes;
        list[n_with++] = list[i];
    }
    qsort(list, (size_t)n_with, sizeof *list, by_lot);
    const int32_t most = (int32_t)settings->value[L_COMPLEXES];
    const double wanted = settings->value[L_SHARE] * (double)all;
    if (most > 0) return most < n_with ? most : n_with;
    while (n_chosen < n_with && wanted > 0) {
        if (n_chosen > 0 && (double)chosen + 0.5 * list[n_chosen].n_homes > wanted) break;
        chosen += list[n_chosen++].n_homes;
    }
    return n_chosen;
}

static wks_status happen(wks_tick *tick, const wks_event *event, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const size_t n_rows = (size_t)world->complex.base.n_rows;
    const uint8_t label = (uint8_t)event->settings.value[L_LABEL];
    item *list = wks_tick_buffer(tick, WKS_SLOT_ITEMS, n_rows, sizeof *list);
    int32_t *n_homes = wks_tick_buffer(tick, WKS_SLOT_AREAS, n_rows, sizeof *n_homes);

    if (list == NULL || n_homes == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu complexes", n_rows);
    for (size_t c = 0; c < n_rows; c++)
        n_homes[c] = 0;
    const int32_t n = list_complexes(world, &event->settings, list);
    count_homes(world, list, n, n_homes);
    const int32_t n_chosen = choose(list, n, &event->settings);
    for (int32_t i = 0; i < n_chosen; i++) {
        n_homes[list[i].row] = -1; /* chosen */
        world->complex.label[list[i].row] = label;
    }
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++)
        if (world->dwelling.key[d] != 0 && world->dwelling.tenure[d] == WKS_TENURE_SOCIAL && n_homes[world->dwelling.complex_row[d]] < 0)
            world->dwelling.label[d] = label;
out:
    return rc;
}

static const wks_timeline_kind kind = {.happen = happen};
const wks_spec wks_timeline_label_spec = {
    "label", "event", "labels complexes of corporaties, for what falls vacant there from then on", "", label_params, L_N, &kind};
