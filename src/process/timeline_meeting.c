/* Event meeting: places and people that bring neighbours together (process encounter). */
#include "process/timeline.h"
#include "process/timeline_kind.h"
#include "rules/part.h"

enum { M_AREAS, M_KIND, M_FACTOR, M_LABEL, M_RUN, M_N = M_RUN + WKS_TIMELINE_N_RUN_PARAMS };
enum { KIND_PLACE, KIND_SHARED_SPACE, KIND_CONNECTOR };
static const char *const kinds[] = {"place", "shared_space", "connector", NULL};
static const wks_param meeting_params[M_N] = {
    [M_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [M_KIND] =
        {"kind", WKS_PARAM_CHOICE, "-", KIND_PLACE, 0, KIND_CONNECTOR, kinds, false, "scenario",
         "place: a meeting place or public space for everybody; shared_space: common rooms in complexes of corporaties, for who lives "
         "there; connector: officers who bring people to what there is"},
    [M_FACTOR] = {"factor", WKS_PARAM_REAL, "-", 1, 0, 5, NULL, true, "assumption: 1 to 2 is the defensible range",
                  "opportunities for light contacts, or with connector their use, relative to without"},
    [M_LABEL] = {"label", WKS_PARAM_CHOICE, "-", 0, 0, WKS_LABEL_GEMENGD + 1, wks_part_label_name, false, "scenario",
                 "shared_space: only in complexes with this label"},
    WKS_TIMELINE_RUN_PARAMS,
};

static void add_shared_space(wks_world *world, const wks_settings *settings)
{
    wks_complex_table *complex = &world->complex;

    for (int32_t c = 0; c < complex->base.n_rows; c++) {
        if (complex->key[c] == 0 || world->owner.kind[complex->owner_row[c]] != WKS_OWNER_CORPORATIE) continue;
        if (!wks_part_label_fits(settings->value[M_LABEL], complex->label[c])) continue;
        if (wks_part_in_areas(world, settings, M_AREAS, complex->buurt_row[c])) complex->shared[c] += settings->value[M_FACTOR] - 1;
    }
}

static wks_status run(wks_tick *tick, const wks_event *event, wks_err *err)
{
    const wks_settings *settings = &event->settings;
    const wks_buurt_table *buurt = &tick->world->buurt;
    const int32_t kind = (int32_t)settings->value[M_KIND];

    (void)err;
    if (kind == KIND_SHARED_SPACE) {
        add_shared_space(tick->world, settings);
        return WKS_OK;
    }
    wks_timeline_add(tick->world, event, kind == KIND_PLACE ? buurt->meeting : buurt->uptake, settings->value[M_FACTOR] - 1);
    return WKS_OK;
}

static const wks_timeline_kind kind = {.run = run, .item = WKS_PURSE_FOR_meeting};
const wks_spec wks_timeline_meeting_spec = {"meeting", "event", "meeting places, shared space and connecting officers", "", meeting_params,
                                            M_N,       &kind};
