#include "base/text.h"
#include "rules/part.h"
#include "rules/part_list.h"

enum { P_SHARE, P_LABEL, P_AREAS, N_PARAMS };

static const char *const labels[] = {"none", "senior", "jongeren", NULL}; /* wks_label, as far as a landlord sets it for one letting */

static const wks_param params[N_PARAMS] = {
    [P_SHARE] = {"share", WKS_PARAM_REAL, "share", 0.3, 0, 1, NULL, false,
                 "assumption; Amsterdam 2021: all but 45 of 4,135 adverts gave some group precedence [S10]",
                 "share of the vacancies that get the label; which ones is drawn per unit and kept as long as it is vacant"},
    [P_LABEL] = {"label", WKS_PARAM_CHOICE, "-", WKS_LABEL_JONGEREN, 0, 2, labels, false, "practice of corporaties",
                 "the label for this letting; what it asks is the filter age_label's; none takes a label away"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "-", "only in these buurten or wijken; empty: everywhere"},
};

static wks_status open_relabel(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    (void)context;
    (void)settings;
    (void)state;
    (void)err;
    return WKS_OK;
}

static void close_relabel(void *state)
{
    (void)state;
}

/* Whom the label lets through is for the filter. */
static bool allows(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                   const wks_advert *advert)
{
    (void)context;
    (void)settings;
    (void)state;
    (void)household_row;
    (void)advert;
    return true;
}

static void commit(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row,
                   const wks_advert *advert)
{
    (void)context;
    (void)settings;
    (void)state;
    (void)household_row;
    (void)advert;
}

/* Two parts of this kind draw for themselves: by their names. Campus contracts and gemengd wonen are for the whole complex. */
static bool is_chosen(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    const wks_world *world = context->world;
    const uint64_t pair = wks_rng_pair_key(world->unit.key[advert->unit_row], wks_text_hash(settings->name));
    const uint8_t label = world->dwelling.label[advert->dwelling_row];

    if (label == WKS_LABEL_CAMPUS || label == WKS_LABEL_GEMENGD) return false;
    if (!wks_part_in_areas(world, settings, P_AREAS, advert->buurt_row)) return false;
    return wks_rng_once(&world->seed, pair, (uint32_t)world->unit.vacant_month[advert->unit_row], WKS_RNG_ALLOC_LABEL) <
           settings->value[P_SHARE];
}

static wks_part_vacancy vacancy(const wks_part_context *context, const wks_settings *settings, void *state, wks_advert *advert)
{
    (void)state;
    if (is_chosen(context, settings, advert)) advert->label = (uint8_t)settings->value[P_LABEL];
    return WKS_PART_LET;
}

static void tell(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                 const wks_advert *advert, wks_text *out)
{
    (void)state;
    (void)household_row;
    if (is_chosen(context, settings, advert))
        wks_text_addf(out, "labelled %s for this letting", labels[(int32_t)settings->value[P_LABEL]]);
    else
        wks_text_add(out, "keeps its own label");
}

static const wks_spreiding_part part = {
    .open = open_relabel, .allows = allows, .commit = commit, .close = close_relabel, .vacancy = vacancy, .tell = tell};
const wks_spec wks_spreiding_relabel_spec = {
    "relabel",
    "spreiding",
    "labelen: gives a share of the vacancies a label for the young or for seniors, or takes such labels away, to steer the mix",
    "huisvestingsverordening (Huisvestingswet 2014, art. 11: precedence by kind of dwelling)",
    params,
    N_PARAMS,
    &part};
