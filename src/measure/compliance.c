#include "measure/compliance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/month.h"
#include "rules/account.h"
#include "scenario/ruleset.h"

enum { PENSION_AGE = 67 };
static const double HALF_A_CENT = 0.005; /* rents are kept as float */

/* Of so many lettings, so many are as the norm counts them. */
typedef struct tally {
    int64_t part, whole;
} tally;

typedef enum norm { PASSEND, DAEB, DAEB_MIDDLE, DAEB_FREE, TIES, N_NORMS } norm;
static const char *const norm_name[N_NORMS] = {"passend", "daeb", "daeb_middle", "daeb_free", "ties"};

typedef struct owner_tally {
    int32_t number, row; /* row -1: all owners */
    tally of[N_NORMS];
} owner_tally;

/* A rule part that is a norm. */
typedef struct part_account {
    const wks_settings *part;
    const wks_account *account;
    const char *list;
    int32_t rule_set;
    void *state;
    char *name[WKS_ACCOUNT_MOST]; /* of its rows, as far as not the part's own; made when first told */
} part_account;

struct wks_compliance {
    const wks_scenario *scenario;
    owner_tally *owner; /* all first, then corporaties by number */
    int32_t n_owners;
    part_account *part;
    int32_t n_parts;
    double owed;
    int64_t housed;
    wks_compliance_row *row;
    int32_t n_rows, capacity;
};

/* ---- parts that are norms ---- */

static wks_status list_parts(wks_compliance *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = self->scenario;
    int32_t most = 0, n;

    for (int32_t r = 0; r < scenario->n_rules; r++)
        for (int32_t list = 0; list < WKS_RULESET_N_LISTS; list++)
            most += (wks_ruleset_parts(&scenario->rules[r], list, &n), n);
    self->part = wks_mem_array((size_t)most, sizeof *self->part);
    if (self->part == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the account of %d parts", most);
    for (int32_t r = 0; r < scenario->n_rules; r++) {
        for (int32_t list = 0; list < WKS_RULESET_N_LISTS; list++) {
            const wks_settings *part = wks_ruleset_parts(&scenario->rules[r], list, &n);
            for (int32_t i = 0; i < n; i++) {
                const wks_account *account = wks_account_of(&part[i]);
                if (account == NULL) continue;
                self->part[self->n_parts++] =
                    (part_account){.part = &part[i], .account = account, .list = wks_ruleset_lists[list].key, .rule_set = r};
            }
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
    WKS_TRY(list_parts(self, err));
out:
    return rc;
}

void wks_compliance_destroy(wks_compliance *self)
{
    if (self == NULL) return;
    for (int32_t i = 0; i < self->n_parts; i++) {
        self->part[i].account->close(self->part[i].state);
        for (int32_t k = 0; k < WKS_ACCOUNT_MOST; k++)
            free(self->part[i].name[k]);
    }
    free(self->part);
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

static void count_letting(const wks_world *world, const wks_law *law, const wks_letting *letting, owner_tally *out)
{
    const double limit = letting->persons > 1 ? law->income_multi_eur : law->income_single_eur, income = (double)letting->income_eur;
    const double cap = letting->persons > 2 ? law->rent_cap_high_eur : law->rent_cap_low_eur;

    /* Rooms: no huurtoeslag, so no passend toewijzen. */
    if (world->unit.kind[letting->unit_row] != WKS_UNIT_ROOM && is_low_income(letting, law))
        add(&out->of[PASSEND], (double)letting->rent_eur <= cap + HALF_A_CENT);
    add(&out->of[DAEB], income <= limit);
    add(&out->of[DAEB_MIDDLE], income > limit && income <= law->income_middle_eur);
    add(&out->of[DAEB_FREE], income > limit && income > law->income_middle_eur);
    add(&out->of[TIES], letting->for_ties != 0);
}

static wks_part_context context_of(const wks_compliance *self, const wks_world *world, const wks_law *law, int32_t rule_set)
{
    return (wks_part_context){.world = world, .scenario = self->scenario, .rules = &self->scenario->rules[rule_set], .law = law};
}

/* Parts of the rule set in force count the month and its lettings. */
static wks_status count_parts(wks_compliance *self, const wks_world *world, const wks_law *law, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_rule_set *set = wks_part_rules_of(self->scenario, world->month);

    for (int32_t i = 0; i < self->n_parts; i++) {
        part_account *this = &self->part[i];
        const wks_part_context context = context_of(self, world, law, this->rule_set);
        if (context.rules != set) continue;
        WKS_TRY(this->account->month(&context, this->part, &this->state, err));
        for (int32_t k = 0; k < world->letting.n && this->account->letting != NULL; k++)
            if (world->letting.item[k].rule_set == this->rule_set)
                this->account->letting(&context, this->part, this->state, &world->letting.item[k]);
    }
out:
    return rc;
}

wks_status wks_compliance_tick(wks_compliance *self, const wks_world *world, const wks_law *law, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(fit_owners(self, world, err));
    self->owed += world->taakstelling_owed;
    self->housed += world->ledger.statushouders_housed_persons + world->ledger.statushouders_joined; /* by whatever way */
    for (int32_t i = 0; i < world->letting.n; i++) {
        const wks_letting *letting = &world->letting.item[i];
        owner_tally *owner = find_owner(self, letting->owner_row);
        count_letting(world, law, letting, &self->owner[0]);
        if (owner != NULL) count_letting(world, law, letting, owner);
    }
    WKS_TRY(count_parts(self, world, law, err));
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

static wks_status add_owner(wks_compliance *self, const wks_world *world, const wks_law *law, const wks_rule_set *set, int32_t owner,
                            wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t year = wks_month_year(world->month);
    const double required[N_NORMS] = {law->passend_share_min, daeb_required(law, set), law->daeb_middle_max, law->daeb_free_max,
                                      ties_allowed(law, set)};

    for (norm n = PASSEND; n < N_NORMS; n++) {
        const tally *t = &self->owner[owner].of[n];
        const double share = t->whole > 0 && may_tell(self, world, owner, n) ? (double)t->part / (double)t->whole : NAN;
        if ((n == DAEB_MIDDLE || n == DAEB_FREE) && !(law->daeb_middle_max > 0.0)) continue; /* one share since 2022: the rest of daeb */
        const wks_compliance_row row = {year, self->owner[owner].number, "", norm_name[n], required[n], share, 0, 0};
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
                                     0,    0};
    const wks_compliance_row arrears = {year, 0, "", "taakstelling_arrears", 0, wks_world_may_tell(world, late) ? late : NAN, 0, 0};

    if (!(self->owed > 0)) return WKS_OK;
    WKS_TRY(judge(self, owed, false, err));
    WKS_TRY(judge(self, arrears, true, err));
out:
    return rc;
}

static bool is_told(const wks_world *world, const wks_account_verdict *verdict)
{
    if (isnan(verdict->part)) return true;
    return isnan(verdict->whole) ? wks_world_may_tell(world, verdict->part) : wks_world_may_tell_part(world, verdict->part, verdict->whole);
}

/* Of all owners together only what may be told of each. */
static bool may_tell_verdict(const wks_compliance *self, const part_account *this, const wks_part_context *context, int32_t owner,
                             int32_t k)
{
    wks_account_verdict verdict[WKS_ACCOUNT_MOST];

    for (int32_t i = owner; i < self->n_owners && context->world->hides_few; i++) {
        const int32_t n = this->account->judge(context, this->part, this->state, self->owner[i].row, verdict);
        if (k < n && !is_told(context->world, &verdict[k])) return false;
        if (owner > 0) break;
    }
    return true;
}

/* "name", or "name.what". */
static wks_status name_of(part_account *this, int32_t k, const char *what, const char **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;

    *out = what[0] == '\0' ? this->part->name : this->name[k];
    if (*out != NULL) return WKS_OK;
    wks_text_addf(&text, "%s.%s", this->part->name, what);
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the name of a norm");
    *out = this->name[k] = text.data;
    text = WKS_TEXT_INIT;
out:
    wks_text_free(&text);
    return rc;
}

static wks_status add_parts(wks_compliance *self, const wks_world *world, const wks_law *law, const wks_rule_set *set, int32_t owner,
                            wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_account_verdict verdict[WKS_ACCOUNT_MOST];

    for (int32_t i = 0; i < self->n_parts; i++) {
        part_account *this = &self->part[i];
        const wks_part_context context = context_of(self, world, law, this->rule_set);
        if (context.rules != set || this->state == NULL) continue;
        const int32_t n = this->account->judge(&context, this->part, this->state, self->owner[owner].row, verdict);
        for (int32_t k = 0; k < n; k++) {
            wks_compliance_row row = {wks_month_year(world->month),
                                      self->owner[owner].number,
                                      this->list,
                                      "",
                                      verdict[k].required,
                                      may_tell_verdict(self, this, &context, owner, k) ? verdict[k].achieved : (double)NAN,
                                      verdict[k].is_met,
                                      0};
            if (isnan(row.achieved)) row.met = -1;
            WKS_TRY(name_of(this, k, verdict[k].what, &row.rule, err));
            WKS_TRY(add_row(self, &row, err));
        }
    }
out:
    return rc;
}

/* Months of this calendar year with lettings so far: tick 0 has none. */
static int32_t months_of(const wks_world *world)
{
    const int32_t month = wks_month_of_year(world->month) + 1;

    return world->tick < month ? world->tick : month;
}

static void add_months(wks_compliance *self, const wks_world *world)
{
    enum { YEAR = 12 };
    const int32_t months = months_of(world);
    const bool is_whole = wks_month_of_year(world->month) == YEAR - 1 && months >= YEAR - 1;

    for (int32_t i = 0; i < self->n_rows; i++) {
        self->row[i].months = months;
        if (!is_whole) self->row[i].met = -1;
    }
}

static void begin_year(wks_compliance *self)
{
    for (int32_t i = 0; i < self->n_owners; i++)
        memset(self->owner[i].of, 0, sizeof self->owner[i].of);
    for (int32_t i = 0; i < self->n_parts; i++)
        if (self->part[i].state != NULL && self->part[i].account->year != NULL) self->part[i].account->year(self->part[i].state);
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
        if (i == 0) WKS_TRY(add_taakstelling(self, world, err));
        WKS_TRY(add_parts(self, world, law, set, i, err));
    }
    add_months(self, world);
    begin_year(self);
    *out = self->row;
    *out_n = self->n_rows;
out:
    return rc;
}

/* ---- carried over ------------------------------------------------------------------------------------------------------------------ */

static void carry_owner(owner_tally *owner, bool is_first, int32_t n_owners, wks_carry *carry)
{
    wks_carry_i32(carry, &owner->number);
    wks_carry_i32(carry, &owner->row);
    for (int32_t i = 0; i < N_NORMS; i++) {
        wks_carry_i64(carry, &owner->of[i].part);
        wks_carry_i64(carry, &owner->of[i].whole);
    }
    wks_carry_must(carry, is_first ? owner->row == WKS_NONE : owner->row >= 0 && owner->row < n_owners, "an account of no owner");
}

wks_status wks_compliance_carry(wks_compliance *self, const wks_world *world, wks_carry *carry, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t n = self->n_owners;

    wks_carry_tag(carry, "compliance");
    wks_carry_double(carry, &self->owed);
    wks_carry_i64(carry, &self->housed);
    wks_carry_count(carry, &n, 2 * sizeof(int32_t));
    self->owner = wks_carry_room(carry, self->owner, (size_t)self->n_owners, (size_t)n, sizeof *self->owner);
    WKS_TRY(wks_carry_status(carry, err));
    self->n_owners = n;
    for (int32_t i = 0; i < n; i++)
        carry_owner(&self->owner[i], i == 0, world->owner.base.n_rows, carry);
    wks_carry_same(carry, self->n_parts, "rule sets with another number of norms");
    for (int32_t i = 0; i < self->n_parts; i++) {
        part_account *this = &self->part[i];
        const wks_part_context context = context_of(self, world, NULL, this->rule_set);
        wks_carry_same(carry, (int64_t)wks_text_hash(this->part->spec->name), "rule sets with other norms");
        WKS_TRY(wks_carry_status(carry, err));
        WKS_TRY(this->account->carry(&context, this->part, &this->state, carry, err));
    }
    rc = wks_carry_status(carry, err);
out:
    return rc;
}
