#include "process/timeline_jobs.h"

#include <stdlib.h>
#include <string.h>

#include "process/buffer_slots.h"
#include "process/timeline_kind.h"

/* Employers and supervision take half a year to have all places filled: assumption. */
enum { FILL_MONTHS = 6 };

typedef struct candidate {
    uint64_t key;
    double lot;
    int32_t spell_month, row;
} candidate;

static int first_asked(const void *left, const void *right)
{
    const candidate *a = left, *b = right;

    if (a->spell_month != b->spell_month) return a->spell_month < b->spell_month ? -1 : 1;
    if (a->lot < b->lot || a->lot > b->lot) return a->lot < b->lot ? -1 : 1;
    return a->key < b->key ? -1 : a->key > b->key;
}

static int32_t count_taken(const wks_household_table *household, uint64_t programme)
{
    int32_t n = 0;

    for (int32_t i = 0; i < household->base.n_rows; i++)
        n += household->key[i] != 0 && wks_rare_u64(&household->job, i) == programme;
    return n;
}

/* Two draws a household and programme, for life: whether it would accept, and its lot. */
static double draws_of(const wks_world *world, int32_t i, uint64_t programme, int32_t k)
{
    uint32_t word[4];

    wks_rng_four(&world->seed, wks_rng_pair_key(world->household.key[i], programme), 0, WKS_RNG_JOB, word);
    return wks_rng_unit(word[k]);
}

/* On a benefit, at home in the areas, willing. */
static bool may_be_asked(const wks_world *world, const uint8_t *is_area, uint64_t programme, double accept, int32_t i)
{
    const wks_household_table *household = &world->household;

    if (household->key[i] == 0 || wks_rare_u64(&household->job, i) != 0 || household->income_source[i] != WKS_INCOME_BENEFIT) return false;
    if (household->place[i] != WKS_PLACE_HOUSED || !is_area[wks_world_buurt_of(world, i)]) return false;
    return draws_of(world, i, programme, 0) < accept;
}

static wks_status fill(wks_tick *tick, const uint8_t *is_area, uint64_t programme, int32_t n_free, double accept, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    wks_household_table *household = &world->household;
    int32_t n = 0;
    candidate *asked = wks_tick_buffer(tick, WKS_SLOT_ITEMS, (size_t)household->base.n_rows, sizeof *asked);

    if (asked == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for candidates of wijkbasisbanen");
    for (int32_t i = 0; i < household->base.n_rows; i++) {
        if (!may_be_asked(world, is_area, programme, accept, i)) continue;
        asked[n++] = (candidate){household->key[i], draws_of(world, i, programme, 1), household->spell_month[i], i};
    }
    if (n > 0) qsort(asked, (size_t)n, sizeof *asked, first_asked);
    for (int32_t k = 0; k < n && k < n_free; k++) {
        wks_rare_set_u64(&household->job, asked[k].row, programme);
        world->ledger.jobs_begun++;
    }
out:
    return rc;
}

wks_status wks_timeline_jobs_run(wks_tick *tick, const wks_event *event, int32_t places, double accept, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t a_month = (places + FILL_MONTHS - 1) / FILL_MONTHS;
    uint8_t *is_area = wks_tick_buffer(tick, WKS_SLOT_BUURT_A, (size_t)world->buurt.base.n_rows, 1);
    int32_t all = 0;

    if (is_area == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the areas of wijkbasisbanen");
    memset(is_area, 0, (size_t)world->buurt.base.n_rows);
    for (int32_t b = wks_timeline_next_area(world, event, -1); b >= 0; b = wks_timeline_next_area(world, event, b)) {
        const int32_t here = wks_timeline_part_of(world, event, places, b);
        is_area[b] = 1;
        world->buurt.job_places[b] += here;
        all += here;
    }
    if (all == 0) goto out;
    const int32_t n_free = all - count_taken(&world->household, event->key);
    if (n_free > 0) WKS_TRY(fill(tick, is_area, event->key, n_free < a_month ? n_free : a_month, accept, err));
out:
    return rc;
}

void wks_timeline_jobs_end(wks_tick *tick, const wks_event *event)
{
    wks_household_table *household = &tick->world->household;

    for (int32_t i = 0; i < household->base.n_rows; i++) {
        if (household->key[i] == 0 || wks_rare_u64(&household->job, i) != event->key) continue;
        wks_rare_set_u64(&household->job, i, WKS_JOB_ENDED);
        tick->world->ledger.jobs_ended++;
    }
}
