#include "process/encounter_live.h"

#include <string.h>

#include "base/par.h"
#include "process/buffer_slots.h"
#include "process/sieve.h"

typedef struct wks_encounter_live_pass {
    const wks_encounter_live *with;
    wks_world *world;
    const double *contacts; /* by buurt, and in shelter: per adult per week */
    int32_t *beyond;        /* of homes.apart */
    wks_encounter_lonely_bounds bounds;
} pass;

/* Rate in public of a buurt, per adult per week. */
static double public_of(const wks_world *world, int32_t buurt)
{
    return world->buurt.contacts_start[buurt] * world->buurt.contacts_public[buurt];
}

static void nobody_near(wks_household_table *household, int32_t i)
{
    household->contacts[i] = 0;
    household->lonely[i] = 0;
}

/* What its draw does not tell by itself. */
static void decide(const pass *self, int32_t i, double contacts, bool is_new)
{
    if (self->with->has_lonely)
        wks_encounter_lonely_step(self->with->lonely, self->world, i, contacts, self->with->is_start || is_new);
    else
        self->world->household.lonely[i] = 0;
}

/* Who is met inside the complex or portiek counts too. Returns light contacts of its adults beyond those in public, in steps. */
static int32_t live_apart(const pass *self, int32_t i, uint32_t word)
{
    const wks_encounter_live *with = self->with;
    wks_world *world = self->world;
    wks_household_table *household = &world->household;
    const int32_t buurt = world->dwelling.buurt_row[world->unit.dwelling_row[household->unit_row[i]]];
    const double factor = wks_encounter_gemengd_factor(world, with->rates, with->mix, i, &household->mixed[i]);
    const double contacts = self->contacts[buurt] * factor;
    const bool is_new = !(household->contacts[i] > 0);

    household->contacts[i] = (float)contacts;
    if (is_new || wks_encounter_lonely_may_change(&self->bounds, world, i, contacts, word)) decide(self, i, contacts, is_new);
    return household->n_adults[i] * (int32_t)((factor - 1) * WKS_ENCOUNTER_LIVE_STEPS + (factor < 1 ? -0.5 : 0.5));
}

/* `word`: the high words of their draws. Who had no light contacts before (above 0 once counted) is new: formed, or come to the city. Returns how many of the
 * rows are apart. */
static int32_t live_rows(const pass *self, int64_t begin, int64_t end, const uint32_t *word, int32_t *beyond)
{
    wks_household_table *household = &self->world->household;
    const int32_t *const buurt = self->with->homes->buurt;
    const double *const contacts = self->contacts;
    const uint8_t *const lonely = household->lonely;
    const uint32_t last[2] = {self->bounds.onset_any, self->bounds.recover};
    float *const now = household->contacts;
    int32_t n_apart = 0;

    memset(&household->mixed[begin], 0, (size_t)(end - begin));
    for (int64_t i = begin; i < end; i++) {
        const int32_t b = buurt[i];
        if (b >= 0) {
            const bool is_new = !(now[i] > 0);
            now[i] = (float)contacts[b];
            if (is_new || word[i - begin] <= last[lonely[i] != 0]) {
                if (is_new || wks_encounter_lonely_may_change(&self->bounds, self->world, (int32_t)i, contacts[b], word[i - begin]))
                    decide(self, (int32_t)i, contacts[b], is_new);
            }
        } else if (b == WKS_ENCOUNTER_HOMES_APART) {
            beyond[n_apart++] = live_apart(self, (int32_t)i, word[i - begin]);
        } else if (b == WKS_ENCOUNTER_HOMES_ELSEWHERE) {
            nobody_near(household, (int32_t)i);
        }
    }
    return n_apart;
}

static void live_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    const wks_world *world = self->world;
    uint32_t word[WKS_SIEVE_ROWS] = {0};
    int32_t *beyond = self->beyond + begin;

    (void)block;
    for (int64_t first = begin; first < end; first += WKS_SIEVE_ROWS) {
        const int64_t last = end - first < WKS_SIEVE_ROWS ? end : first + WKS_SIEVE_ROWS;
        uint32_t *const out[4] = {NULL, word, NULL, NULL};
        if (self->with->has_lonely)
            wks_rng_rows(&world->seed, &world->household.key[first], (int32_t)(last - first), (uint32_t)world->tick, WKS_RNG_LONELY, out);
        beyond += live_rows(self, first, last, word, beyond);
    }
}

static void add_beyond(const pass *self)
{
    const wks_world *world = self->world;
    const wks_encounter_homes *homes = self->with->homes;

    for (int64_t k = 0; k < homes->n_blocks; k++) {
        const int64_t first = k * homes->block_size;
        for (int64_t j = first; j < first + homes->n_apart[k]; j++) {
            const int32_t unit = world->household.unit_row[homes->apart[j]];
            homes->sum[world->dwelling.buurt_row[world->unit.dwelling_row[unit]]].beyond += self->beyond[j];
        }
    }
}

wks_status wks_encounter_live_month(wks_tick *tick, const wks_encounter_live *with, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t n = world->household.base.n_rows, n_buurten = world->buurt.base.n_rows;
    double *contacts = wks_tick_buffer(tick, WKS_SLOT_BUURT_A, (size_t)n_buurten + 1, sizeof *contacts);
    pass self = {.with = with, .world = world, .contacts = contacts};

    self.beyond = wks_tick_buffer(tick, WKS_SLOT_ROWS_D, (size_t)n, sizeof *self.beyond);
    if (contacts == NULL || self.beyond == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for contacts of %d households", n);
    for (int32_t b = 0; b < n_buurten; b++)
        contacts[b] = public_of(world, b);
    contacts[n_buurten] = with->lonely->base;
    if (with->has_lonely && !with->is_start)
        wks_encounter_lonely_bound(with->lonely, contacts, n_buurten + 1, &self.bounds);
    else
        wks_encounter_lonely_unbound(&self.bounds);
    wks_par_for(n, with->homes->block_size, world->threads, live_block, &self);
    add_beyond(&self);
out:
    return rc;
}
