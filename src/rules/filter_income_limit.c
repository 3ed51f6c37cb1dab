#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/month.h"
#include "rules/part.h"
#include "rules/part_list.h"

enum { P_FREE_SHARE, P_NORM, N_PARAMS };
enum { CLASS_BELOW, CLASS_MIDDLE, CLASS_ABOVE, N_CLASSES };
enum { NORM_OF_YEAR, NORM_FREE_SHARE };

static const char *const norms[] = {"of_year", "free_share", NULL};

static const wks_param params[N_PARAMS] = {
    [P_FREE_SHARE] = {"free_share", WKS_PARAM_REAL, "share", 0.075, 0, 1, NULL, false,
                      "Woningwet art. 48: 92.5 % below the limit, by local agreement down to 85 % [S15]",
                      "largest share of a corporatie's lettings of a calendar year, at any moment of it, to incomes above the limit"},
    [P_NORM] =
        {"norm", WKS_PARAM_CHOICE, "-", NORM_OF_YEAR, 0, 1, norms, false, "BTIV art. 16: 80-10-10 until 2021 [S15]",
         "of_year: before 2022 one share for lower middle and one for higher incomes, as the law of the year says, and free_share from "
         "2022; free_share: free_share in every year"},
};

/* Lettings of this calendar year by owner: the norm is each corporatie's own, and holds at every letting, so that there is no December cliff. */
typedef struct quota {
    int32_t year, n_owners;
    int32_t *given; /* owner * N_CLASSES + class */
    int32_t *total;
} quota;

/* Until 2021 the law had a band between two limits. */
static bool has_middle(const wks_part_context *context, const wks_settings *settings)
{
    return (int32_t)settings->value[P_NORM] == NORM_OF_YEAR && context->law->daeb_middle_max > 0.0;
}

/* Largest share of a class: of this year's law where it has two bands. */
static double share_of(const wks_part_context *context, const wks_settings *settings, int32_t class)
{
    if (class == CLASS_BELOW) return 1.0;
    if (!has_middle(context, settings)) return settings->value[P_FREE_SHARE];
    return class == CLASS_MIDDLE ? context->law->daeb_middle_max : context->law->daeb_free_max;
}

static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const wks_law *law = context->law;
    const double limit = wks_part_persons(context->world, household_row) > 1 ? law->income_multi_eur : law->income_single_eur;
    const double income = (double)context->world->household.income_eur[household_row];

    if (!(income > limit)) return CLASS_BELOW;
    return has_middle(context, settings) && income <= law->income_middle_eur ? CLASS_MIDDLE : CLASS_ABOVE;
}

static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    uint64_t mask = 0;

    (void)advert;
    for (int32_t class = 0; class < N_CLASSES; class ++) {
        if (share_of(context, settings, class) > 0.0) mask |= UINT64_C(1) << class;
    }
    return mask;
}

static void close_quota(void *state)
{
    quota *self = state;

    if (self == NULL) return;
    free(self->given);
    free(self->total);
    free(self);
}

static wks_status grow(quota *self, int32_t n_owners, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t *given, *total;

    if (n_owners <= self->n_owners) return WKS_OK;
    given = wks_mem_resize(self->given, (size_t)self->n_owners * N_CLASSES, (size_t)n_owners * N_CLASSES, sizeof *given);
    if (given == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the quota of %d owners", n_owners);
    self->given = given;
    total = wks_mem_resize(self->total, (size_t)self->n_owners, (size_t)n_owners, sizeof *total);
    if (total == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the quota of %d owners", n_owners);
    self->total = total;
    self->n_owners = n_owners;
out:
    return rc;
}

static wks_status open_quota(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    wks_status rc = WKS_OK;
    quota *self = *state;
    const int32_t year = wks_month_year(context->world->month);

    (void)settings;
    if (self == NULL) {
        self = wks_mem_array(1, sizeof *self);
        if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a quota");
        *state = self;
    }
    WKS_TRY(grow(self, context->world->owner.base.n_rows, err));
    if (self->year == year) goto out;
    self->year = year;
    memset(self->given, 0, (size_t)self->n_owners * N_CLASSES * sizeof *self->given);
    memset(self->total, 0, (size_t)self->n_owners * sizeof *self->total);
out:
    return rc;
}

static bool allows(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                   const wks_advert *advert)
{
    const quota *self = state;
    const int32_t owner = advert->owner_row, class = class_of(context, settings, household_row);

    if (class == CLASS_BELOW) return true;
    return wks_part_allow(context, self->given[owner * N_CLASSES + class] + 1, share_of(context, settings, class), self->total[owner] + 1);
}

static void commit(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row,
                   const wks_advert *advert)
{
    quota *self = state;

    self->total[advert->owner_row]++;
    self->given[advert->owner_row * N_CLASSES + class_of(context, settings, household_row)]++;
}

static const wks_spreiding_part norm = {open_quota, allows, commit, close_quota};
static const wks_filter_part filter = {class_of, mask_of, &norm};
const wks_spec wks_filter_income_limit_spec = {"income_limit",
                                               "filter",
                                               "incomes up to the DAEB limit of the year by household size, and a paced share above it",
                                               "Woningwet art. 46 and 48; Regeling toegelaten instellingen volkshuisvesting",
                                               params,
                                               N_PARAMS,
                                               &filter};
