#include "measure/compliance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/month.h"
#include "rules/area_count.h"
#include "scenario/settings.h"

enum { PENSION_AGE = 67 };
static const double HALF_A_CENT = 0.005; /* rents are kept as float */

/* Of so many lettings, so many are as the norm counts them. */
typedef struct tally {
    int64_t part, whole;
} tally;

typedef enum norm { PASSEND, DAEB, DAEB_MIDDLE, DAEB_FREE, TIES, ART8, N_NORMS } norm;
static const char *const norm_name[N_NORMS] = {"passend", "daeb", "daeb_middle", "daeb_free", "ties", "art8"};

typedef struct owner_tally {
    int32_t number, row; /* row -1: all owners */
    tally of[N_NORMS];
} owner_tally;

/* Lettings of the year under a spreiding part that limits inflow. */
typedef struct inflow {
    const wks_settings *part;
    int32_t rule_set;
    wks_area_count count;
} inflow;

struct wks_compliance {
    const wks_scenario *scenario;
    owner_tally *owner; /* all first, then corporaties by number */
    int32_t n_owners;
    inflow *inflow;
    int32_t n_inflow;
    double owed;
    int64_t housed;
    wks_compliance_row *row;
    int32_t n_rows, capacity;
};

/* ---- which spreiding parts are judged, and how ---- */

static bool is_inflow(const wks_settings *part)
{
    return strcmp(part->spec->name, "cap_inflow") == 0;
}

/* A group's share of the households in an area may not pass max_share. */
static bool is_share(const wks_settings *part)
{
    return strcmp(part->spec->name, "cap_share") == 0;
}

static wks_area_count_scale scale_of(const wks_settings *part)
{
    return (wks_area_count_scale)(int32_t)wks_part_value(part, "scale", WKS_AREA_COUNT_BUURT);
}

static int32_t group_of(const wks_settings *part)
{
    return (int32_t)wks_part_value(part, "group", 0);
}

static wks_status list_inflow(wks_compliance *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = self->scenario;
    int32_t n = 0;

    for (int32_t r = 0; r < scenario->n_rules; r++)
        n += scenario->rules[r].n_spreiding;
    self->inflow = wks_mem_array((size_t)n, sizeof *self->inflow);
    if (self->inflow == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the inflow of %d parts", n);
    for (int32_t r = 0; r < scenario->n_rules; r++) {
        for (int32_t s = 0; s < scenario->rules[r].n_spreiding; s++) {
            const wks_settings *part = &scenario->rules[r].spreiding[s];
            if (is_inflow(part)) self->inflow[self->n_inflow++] = (inflow){.part = part, .rule_set = r};
        }
    }
out:
    return rc;
}

wks_status wks_compliance_create(const wks_scenario *scenario, wks_compliance **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_compliance *self = wks_mem_array(1, sizeof *self);

    *out = self;
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the account of norms");
    self->scenario = scenario;
    WKS_TRY(list_inflow(self, err));
out:
    return rc;
}

void wks_compliance_destroy(wks_compliance *self)
{
    if (self == NULL) return;
    for (int32_t i = 0; i < self->n_inflow; i++)
        wks_area_count_free(&self->inflow[i].count);
    free(self->inflow);
    free(self->owner);
    free(self->row);
    free(self);
}

/* ---- counting ---- */

static int by_number(const void *left, const void *right)
{
    const owner_tally *a = left, *b = right;

    if ((a->row < 0) != (b->row < 0)) return a->row < 0 ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

static owner_tally *find_owner(wks_compliance *self, int32_t row)
{
    for (int32_t i = 0; i < self->n_owners; i++)
        if (self->owner[i].row == row) return &self->owner[i];
    return NULL;
}

/* Corporaties may come during the run (a new owner); they are few. */
static wks_status fit_owners(wks_compliance *self, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t before = self->n_owners;

    for (int32_t row = -1; row < world->owner.base.n_rows; row++) {
        if (row >= 0 && (world->owner.key[row] == 0 || world->owner.kind[row] != WKS_OWNER_CORPORATIE)) continue;
        if (find_owner(self, row) != NULL) continue;
        owner_tally *grown = wks_mem_resize(self->owner, (size_t)self->n_owners, (size_t)self->n_owners + 1, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the norms of an owner");
        self->owner = grown;
        self->owner[self->n_owners++] = (owner_tally){.number = row < 0 ? 0 : world->owner.number[row], .row = row};
    }
    if (self->n_owners > before) qsort(self->owner, (size_t)self->n_owners, sizeof *self->owner, by_number);
out:
    return rc;
}

static void add(tally *of, bool is_part)
{
    of->whole++;
    of->part += is_part;
}

static bool is_low_income(const wks_letting *letting, const wks_law *law)
{
    const bool is_old = letting->age >= PENSION_AGE;
    const double single = is_old ? law->passend_single_old_eur : law->passend_single_eur;
    const double multi = is_old ? law->passend_multi_old_eur : law->passend_multi_eur;

    return (double)letting->income_eur <= (letting->persons > 1 ? multi : single);
}

/* Where the rule set in force designates the buurt under Wbmgp art. 8: -1 no, else whether the household meets it. */
static int32_t meets_art8(const wks_compliance *self, const wks_world *world, const wks_letting *letting)
{
    const wks_rule_set *set = &self->scenario->rules[letting->rule_set];

    for (int32_t f = 0; f < set->n_filters; f++) {
        const wks_settings *filter = &set->filter[f];
        const int32_t areas = strcmp(filter->spec->name, "art8") == 0 ? wks_settings_param(filter->spec, "areas") : -1;
        if (areas < 0 || !wks_part_in_areas(world, filter, areas, letting->buurt_row)) continue;
        return letting->income_source == WKS_INCOME_WORK || letting->income_source == WKS_INCOME_PENSION ||
               letting->income_source == WKS_INCOME_STUDY || letting->region_months >= 12.0 * wks_part_value(filter, "years", 6);
    }
    return WKS_NONE;
}

static void count_letting(const wks_compliance *self, const wks_world *world, const wks_law *law, const wks_letting *letting,
                          owner_tally *out)
{
    const double limit = letting->persons > 1 ? law->income_multi_eur : law->income_single_eur, income = (double)letting->income_eur;
    const double cap = letting->persons > 2 ? law->rent_cap_high_eur : law->rent_cap_low_eur;
    const int32_t art8 = meets_art8(self, world, letting);

    /* Rooms: no huurtoeslag, so no passend toewijzen. */
    if (world->unit.kind[letting->unit_row] != WKS_UNIT_ROOM && is_low_income(letting, law))
        add(&out->of[PASSEND], (double)letting->rent_eur <= cap + HALF_A_CENT);
    add(&out->of[DAEB], income <= limit);
    add(&out->of[DAEB_MIDDLE], income > limit && income <= law->income_middle_eur);
    add(&out->of[DAEB_FREE], income > limit && income > law->income_middle_eur);
    add(&out->of[TIES], letting->for_ties != 0);
    if (art8 >= 0) add(&out->of[ART8], art8 > 0);
}

static wks_status count_inflow(wks_compliance *self, const wks_world *world, const wks_letting *letting, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t i = 0; i < self->n_inflow; i++) {
        inflow *this = &self->inflow[i];
        const wks_area_count_scale scale = scale_of(this->part);
        if (this->rule_set != letting->rule_set) continue;
        if (!wks_part_in_areas(world, this->part, wks_settings_param(this->part->spec, "areas"), letting->buurt_row)) continue;
        WKS_TRY(wks_area_count_fit(&this->count, world, scale, err));
        wks_area_count_add(&this->count, wks_area_count_of_unit(world, scale, letting->unit_row),
                           (letting->groups >> group_of(this->part) & 1u) != 0, 1);
    }
out:
    return rc;
}

wks_status wks_compliance_tick(wks_compliance *self, const wks_world *world, const wks_law *law, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(fit_owners(self, world, err));
    self->owed += world->taakstelling_owed;
    for (int32_t i = 0; i < world->letting.n; i++) {
        const wks_letting *letting = &world->letting.item[i];
        owner_tally *owner = find_owner(self, letting->owner_row);
        count_letting(self, world, law, letting, &self->owner[0]);
        if (owner != NULL) count_letting(self, world, law, letting, owner);
        if (letting->referral == WKS_REFERRAL_STATUSHOUDER && letting->from_place == WKS_PLACE_COA) self->housed += letting->persons;
        WKS_TRY(count_inflow(self, world, letting, err));
    }
out:
    return rc;
}

/* ---- rows ---- */

static wks_status add_row(wks_compliance *self, const wks_compliance_row *row, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (self->n_rows == self->capacity) {
        const size_t capacity = wks_mem_capacity((size_t)self->capacity, (size_t)self->n_rows + 1);
        wks_compliance_row *grown = wks_mem_resize(self->row, (size_t)self->capacity, capacity, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu norms", capacity);
        self->row = grown;
        self->capacity = (int32_t)capacity;
    }
    self->row[self->n_rows++] = *row;
out:
    return rc;
}

/* `at_most`: required is a maximum. A float's breadth is no breach. */
static wks_status judge(wks_compliance *self, wks_compliance_row row, bool at_most, wks_err *err)
{
    static const double HAIR = 1e-9;

    row.met = isnan(row.achieved) ? -1 : at_most ? row.achieved <= row.required + HAIR : row.achieved >= row.required - HAIR;
    return add_row(self, &row, err);
}

/* The DAEB norm: by law, or as low as the rule set's free share, which stands for the agreement with gemeente and tenants, may make it. */
static double daeb_required(const wks_law *law, const wks_rule_set *set)
{
    double required = law->daeb_share_min;

    if (law->daeb_middle_max > 0.0) return required;
    for (int32_t f = 0; set != NULL && f < set->n_filters; f++) {
        if (strcmp(set->filter[f].spec->name, "income_limit") != 0) continue;
        const bool is_agreed = wks_part_value(&set->filter[f], "norm", 0.0) > 1.5; /* of_year, free_share, agreement */
        const double share = is_agreed ? law->daeb_free_agreed_max : wks_part_value(&set->filter[f], "free_share", 0.0);
        required = fmin(required, 1.0 - fmin(law->daeb_free_agreed_max, share));
    }
    return required;
}

/* Reserved for who lives in a part of the gemeente only, or for the region's residents. */
static double ties_allowed(const wks_law *law, const wks_rule_set *set)
{
    for (int32_t f = 0; set != NULL && f < set->n_filters; f++)
        if (strcmp(set->filter[f].spec->name, "ties") == 0) return law->ties_share_max;
    for (int32_t p = 0; set != NULL && p < set->n_order; p++)
        if (strcmp(set->order[p].spec->name, "ties_first") == 0 && wks_part_value(&set->order[p], "scale", 0) > 0)
            return law->ties_local_max;
    return law->ties_share_max;
}

static bool may_tell(const wks_compliance *self, const wks_world *world, int32_t owner, norm of)
{
    if (!world->hides_few) return true;
    for (int32_t i = 0; i < self->n_owners; i++) {
        const tally *t = &self->owner[i].of[of];
        if ((owner == 0 || i == owner) && !wks_world_may_tell_part(world, (double)t->part, (double)t->whole)) return false;
    }
    return true;
}

static bool has_art8(const wks_rule_set *set)
{
    for (int32_t f = 0; set != NULL && f < set->n_filters; f++)
        if (strcmp(set->filter[f].spec->name, "art8") == 0) return true;
    return false;
}

static wks_status add_owner(wks_compliance *self, const wks_world *world, const wks_law *law, const wks_rule_set *set, int32_t owner,
                            wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t year = wks_month_year(world->month);
    const double required[N_NORMS] = {law->passend_share_min, daeb_required(law, set), law->daeb_middle_max,
                                      law->daeb_free_max,     ties_allowed(law, set),  1};

    for (norm n = PASSEND; n < N_NORMS; n++) {
        const tally *t = &self->owner[owner].of[n];
        const double share = t->whole > 0 && may_tell(self, world, owner, n) ? (double)t->part / (double)t->whole : NAN;
        if ((n == DAEB_MIDDLE || n == DAEB_FREE) && !(law->daeb_middle_max > 0.0)) continue; /* one share since 2022: the rest of daeb */
        if (n == ART8 && !has_art8(set)) continue;
        const wks_compliance_row row = {year, self->owner[owner].number, "", norm_name[n], required[n], share, 0};
        WKS_TRY(judge(self, row, n == DAEB_MIDDLE || n == DAEB_FREE || n == TIES, err));
    }
out:
    return rc;
}

static wks_status add_taakstelling(wks_compliance *self, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t year = wks_month_year(world->month);
    const double housed = (double)self->housed, late = (double)world->ledger.taakstelling_arrears;
    const wks_compliance_row owed = {year, 0, "", "taakstelling", floor(self->owed + 0.5), wks_world_may_tell(world, housed) ? housed : NAN,
                                     0};
    const wks_compliance_row arrears = {year, 0, "", "taakstelling_arrears", 0, wks_world_may_tell(world, late) ? late : NAN, 0};

    if (!(self->owed > 0)) return WKS_OK;
    WKS_TRY(judge(self, owed, false, err));
    WKS_TRY(judge(self, arrears, true, err));
out:
    return rc;
}

/* The largest share of the group in one of the areas of a part; NaN when they are all empty. `*out_area` is where. */
static double largest(const wks_world *world, const wks_settings *part, const wks_area_count *count, int32_t *out_area)
{
    const int32_t areas = wks_settings_param(part->spec, "areas");
    double most = NAN;

    *out_area = WKS_NONE;
    for (int32_t u = 0; u < world->unit.base.n_rows && count->n > 0; u++) {
        if (world->unit.key[u] == 0) continue;
        const int32_t area = wks_area_count_of_unit(world, scale_of(part), u);
        if (area >= count->n || count->total[area] == 0) continue;
        const double share = (double)count->group[area] / (double)count->total[area];
        if (share <= most || !wks_part_in_areas(world, part, areas, world->dwelling.buurt_row[world->unit.dwelling_row[u]])) continue;
        most = share;
        *out_area = area;
    }
    return most;
}

static wks_status add_cap(wks_compliance *self, const wks_world *world, const wks_settings *part, const wks_area_count *count, wks_err *err)
{
    int32_t area = WKS_NONE;
    double share = largest(world, part, count, &area);

    if (area >= 0 && !wks_world_may_tell_part(world, count->group[area], count->total[area])) share = NAN;
    const wks_compliance_row row = {
        wks_month_year(world->month), 0, "spreiding", part->name, wks_part_value(part, "max_share", 1), share, 0};
    return judge(self, row, true, err);
}

static wks_status add_caps(wks_compliance *self, const wks_world *world, const wks_rule_set *set, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_area_count stock = {0};

    for (int32_t s = 0; set != NULL && s < set->n_spreiding; s++) {
        const wks_settings *part = &set->spreiding[s];
        if (is_share(part)) {
            wks_area_count_free(&stock);
            WKS_TRY(wks_area_count_fit(&stock, world, scale_of(part), err));
            wks_area_count_stock(&stock, world, scale_of(part), self->scenario->group[group_of(part)].expr);
            WKS_TRY(add_cap(self, world, part, &stock, err));
        }
        for (int32_t i = 0; i < self->n_inflow; i++)
            if (self->inflow[i].part == part) WKS_TRY(add_cap(self, world, part, &self->inflow[i].count, err));
    }
out:
    wks_area_count_free(&stock);
    return rc;
}

static void begin_year(wks_compliance *self)
{
    for (int32_t i = 0; i < self->n_owners; i++)
        memset(self->owner[i].of, 0, sizeof self->owner[i].of);
    for (int32_t i = 0; i < self->n_inflow; i++)
        wks_area_count_clear(&self->inflow[i].count);
    self->owed = 0;
    self->housed = 0;
}

wks_status wks_compliance_rows(wks_compliance *self, const wks_world *world, const wks_law *law, const wks_compliance_row **out,
                               int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_rule_set *set = wks_part_rules_of(self->scenario, world->month);
    const bool is_due = wks_month_of_year(world->month) == 11 || world->tick == self->scenario->n_ticks;

    self->n_rows = 0;
    *out = NULL;
    *out_n = 0;
    if (!is_due || world->tick == 0) return WKS_OK;
    for (int32_t i = 0; i < self->n_owners && self->scenario->n_rules > 0; i++) {
        WKS_TRY(add_owner(self, world, law, set, i, err));
        if (i > 0) continue;
        WKS_TRY(add_taakstelling(self, world, err));
        WKS_TRY(add_caps(self, world, set, err));
    }
    begin_year(self);
    *out = self->row;
    *out_n = self->n_rows;
out:
    return rc;
}
