#include "process/market_look.h"

#include <float.h>

#include "base/vector.h"
#include "num/draw.h"
#include "process/market_bid.h"
#include "process/market_choice.h"

/* Seekers and pairs of seeker and home at once: what fits in the nearest cache. With a sample of 64 of three kinds three seekers. */
enum { SEEKERS = 48, PAIRS = 720, WORDS = 2 * PAIRS / WKS_MARKET_KINDS + 8 * SEEKERS };

/* What one option may be worth: the systematic part and, until it is needed exactly, a taste between two bounds. */
typedef struct option {
    double systematic, low, high;
    uint32_t word;
    int32_t pair; /* -1: waiting */
} option;

typedef struct looker {
    wks_market_seeker seeker;
    uint64_t from; /* key of its sample */
    option best, waiting;
    double most;  /* over its pairs, what the utility cannot be above, */
    int32_t pair; /* and which pair that is; -1: it meets nothing within its means */
} looker;

/* Pairs of one seeker with homes of one kind, first .. end. */
typedef struct run {
    int32_t first, end;
} run;

typedef struct crowd {
    looker who[SEEKERS];
    int32_t n, n_pairs;
    uint64_t key[PAIRS]; /* of the pair */
    uint32_t word[PAIRS], lot[PAIRS];
    int32_t item[PAIRS + 1];                /* one more: for what is written and not kept */
    uint8_t by[PAIRS + 1], kind[PAIRS + 1]; /* in order of kind, of seeker, of the sample */
    double most[PAIRS];
    run run[WKS_MARKET_KINDS * SEEKERS];
    int32_t n_runs;
} crowd;

void wks_market_look_bounds(wks_market_pass *pass)
{
    static const double ROOM = 1e-9; /* a logarithm may be off by its last bit */

    for (uint32_t bin = 0; bin < WKS_MARKET_TASTE_BINS; bin++)
        pass->taste_bound[bin + 1] = wks_draw_gumbel(bin << 24 | 0xffffffu) + ROOM;
    pass->taste_bound[0] = wks_draw_gumbel(0) - ROOM;
    wks_market_choice_bounds(pass);
}

/* False when even the cheapest vacancy of a kind is beyond its means: most seekers need not look at homes for sale. */
static bool is_within_reach(const wks_market_pass *pass, const wks_market_seeker *seeker, int32_t kind)
{
    return wks_market_vacancy_cheapest(&pass->ring[kind], seeker->region) <= seeker->means_eur[kind] &&
           wks_market_choice_is_for(seeker, kind);
}

/* The homes of a kind that one seeker meets at the points of its sample, word[k * stride] of its stream, and that are within its means. Written always and
 * kept or not: no jump that cannot be foreseen. */
static void meet(const wks_market_ring *ring, int32_t kind, crowd *self, int32_t by, const uint32_t *word, int32_t stride, int32_t sample)
{
    const double means = self->who[by].seeker.means_eur[kind];
    const int32_t region = self->who[by].seeker.region;
    int32_t last = WKS_NONE, n = self->n_pairs;

    for (int32_t k = 0; k < sample; k++) {
        const uint64_t point = (uint64_t)word[(2 * k + 1) * stride] << 32 | word[2 * k * stride];
        const int32_t item = wks_market_vacancy_at(ring, region, point);
        self->item[n] = item;
        self->by[n] = (uint8_t)by;
        self->kind[n] = (uint8_t)kind;
        n += (int32_t)(item != last) & (int32_t)(ring->spot[item].reserve_eur <= means);
        last = item;
    }
    self->run[self->n_runs] = (run){self->n_pairs, n};
    self->n_runs += n > self->n_pairs;
    if (n > self->n_pairs) self->who[by].pair = self->n_pairs;
    self->n_pairs = n;
}

/* The sample of each kind has its own place in the seeker's stream: a cheaper vacancy elsewhere must not shift the samples that follow. */
static void sample_kind(const wks_market_pass *pass, crowd *self, int32_t kind)
{
    const wks_world *world = pass->world;
    const int32_t sample = (int32_t)pass->p[WKS_MARKET_P_SAMPLE], first = 2 * sample * kind, skip = first % 4;
    uint64_t from[SEEKERS];
    uint32_t word[WORDS];
    int32_t by[SEEKERS], n = 0;

    for (int32_t i = 0; i < self->n; i++) {
        if (!is_within_reach(pass, &self->who[i].seeker, kind)) continue;
        from[n] = self->who[i].from;
        by[n++] = i;
    }
    for (int32_t block = 0; 4 * block < skip + 2 * sample; block++) {
        uint32_t *const out[4] = {&word[4 * block * n], &word[(4 * block + 1) * n], &word[(4 * block + 2) * n], &word[(4 * block + 3) * n]};
        wks_rng_rows_at(&world->seed, from, n, (uint32_t)world->tick, pass->round == 0 ? WKS_RNG_MARKET_SAMPLE : WKS_RNG_MARKET_ORDER,
                        (uint32_t)(first / 4 + block), out);
    }
    const int32_t before = self->n_pairs;
    for (int32_t i = 0; i < n; i++)
        meet(&pass->ring[kind], kind, self, by[i], &word[skip * n + i], n, sample);
    for (int32_t k = before; k < self->n_pairs; k++)
        self->key[k] = wks_rng_pair_key(self->who[self->by[k]].seeker.key, pass->ring[kind].spot[self->item[k]].key);
}

static option option_of(const wks_market_pass *pass, double systematic, uint32_t word, int32_t pair)
{
    static const double ROOM = 2e-9; /* the bin below ends with that of its own */
    const double *bound = &pass->taste_bound[word >> 24];

    return (option){systematic, systematic + bound[0] - ROOM, systematic + bound[1], word, pair};
}

static double exact(option *self)
{
    return self->low = self->high = self->systematic + wks_draw_gumbel(self->word);
}

/* Of equal ones that met first, and waiting before all. Two logarithms only where the bounds do not tell. */
static bool beats(option *self, option *best)
{
    if (self->high <= best->low) return false;
    if (self->low > best->high) return true;
    const double own = exact(self), other = exact(best);
    if (own > other || own < other) return own > other;
    return self->pair < best->pair;
}

/* Waiting another month has a taste of its own in each round. */
static void wait_all(const wks_market_pass *pass, crowd *self)
{
    const wks_world *world = pass->world;
    uint64_t key[SEEKERS];
    uint32_t word[SEEKERS];
    uint32_t *out[4] = {NULL, NULL, NULL, NULL};
    int32_t n = 0, at = 0;

    for (int32_t i = 0; i < self->n; i++) {
        if (self->who[i].pair >= 0) key[n++] = wks_rng_pair_key(self->who[i].seeker.key, 1 + (uint64_t)(pass->round / 4));
    }
    out[pass->round & 3] = word;
    wks_rng_rows(&world->seed, key, n, (uint32_t)world->tick, WKS_RNG_MARKET_TASTE, out);
    for (int32_t i = 0; i < self->n; i++) {
        looker *who = &self->who[i];
        if (who->pair < 0) continue;
        const double stay = pass->p[who->seeker.has_home ? WKS_MARKET_P_STAY : WKS_MARKET_P_STAY_LATENT];
        who->best = who->waiting = option_of(pass, stay, word[at++], WKS_NONE);
    }
}

/* What each pair cannot be above; the highest of each seeker is weighed first, so that most others need not be. */
static void bound_all(const wks_market_pass *pass, crowd *self)
{
    for (int32_t r = 0; r < self->n_runs; r++) {
        const int32_t first = self->run[r].first, end = self->run[r].end, kind = self->kind[first];
        const wks_market_vacancy *item = pass->ring[kind].item;
        looker *who = &self->who[self->by[first]];
        const wks_market_eye eye = wks_market_choice_eye(pass, &who->seeker, kind);
        double highest = who->most;
        int32_t pair = who->pair;
        for (int32_t k = first; k < end; k++) {
            const double most = wks_market_choice_most(&eye, &item[self->item[k]]) + pass->taste_bound[(self->word[k] >> 24) + 1];
            self->most[k] = most;
            pair = most > highest ? k : pair;
            highest = most > highest ? most : highest;
        }
        who->most = highest;
        who->pair = pair;
    }
}

static void weigh(const wks_market_pass *pass, crowd *self, int32_t pair)
{
    looker *who = &self->who[self->by[pair]];
    const wks_market_vacancy *vacancy = &pass->ring[self->kind[pair]].item[self->item[pair]];
    double systematic;

    if (!wks_market_choice_utility(pass, &who->seeker, self->kind[pair], vacancy, &systematic)) return;
    option here = option_of(pass, systematic, self->word[pair], pair);
    if (beats(&here, &who->best)) who->best = here;
}

static wks_market_choice choice_of(const wks_market_pass *pass, const crowd *self, looker *who)
{
    const wks_market_seeker *seeker = &who->seeker;
    const int32_t pair = who->pair < 0 ? WKS_NONE : who->best.pair;
    wks_market_choice choice = {.household_key = seeker->key, .household_row = seeker->row, .item = WKS_NONE};

    if (pair < 0) return choice;
    choice.kind = self->kind[pair];
    choice.item = self->item[pair];
    const wks_market_vacancy *best = &pass->ring[choice.kind].item[choice.item];
    choice.bid = choice.kind == WKS_MARKET_OWNER ? wks_market_bid_for_sale(pass, seeker, best, exact(&who->best) - exact(&who->waiting))
                                                 : wks_market_bid_for_rent(seeker, choice.kind, best, self->lot[pair]);
    choice.is_valid = choice.kind != WKS_MARKET_OWNER || choice.bid >= best->reserve_eur;
    return choice;
}

/* Homes of seekers lie all over memory: they are asked for together. */
static void ask_for_homes(const wks_world *world, const int32_t *household_row, int32_t n)
{
    int32_t home[SEEKERS];

    for (int32_t i = 0; i < n; i++) {
        home[i] = world->household.unit_row[household_row[i]];
        if (home[i] < 0) continue;
        WKS_VECTOR_PREFETCH(&world->unit.dwelling_row[home[i]]);
        WKS_VECTOR_PREFETCH(&world->unit.kind[home[i]]);
    }
    for (int32_t i = 0; i < n; i++) {
        const int32_t dwelling = home[i] < 0 ? WKS_NONE : world->unit.dwelling_row[home[i]];
        if (dwelling < 0) continue;
        WKS_VECTOR_PREFETCH(&world->dwelling.x_m[dwelling]);
        WKS_VECTOR_PREFETCH(&world->dwelling.y_m[dwelling]);
        WKS_VECTOR_PREFETCH(&world->dwelling.tenure[dwelling]);
        if (world->by_gemeente) WKS_VECTOR_PREFETCH(&world->dwelling.buurt_row[dwelling]);
    }
}

static void begin_with(const wks_market_pass *pass, crowd *self, const int32_t *household_row, int32_t n)
{
    self->n = n;
    self->n_pairs = self->n_runs = 0;
    ask_for_homes(pass->world, household_row, n);
    for (int32_t i = 0; i < n; i++) {
        looker *who = &self->who[i];
        const uint64_t key = pass->world->household.key[household_row[i]];
        wks_market_choice_fill(pass, household_row[i], &who->seeker);
        who->from = pass->round < 2 ? key : wks_rng_pair_key(key, (uint64_t)pass->round); /* every round meets others */
        who->most = -DBL_MAX;
        who->pair = WKS_NONE;
    }
}

void wks_market_look_around(const wks_market_pass *pass, int32_t begin, int32_t end)
{
    const wks_world *world = pass->world;
    const int32_t fits = PAIRS / (WKS_MARKET_KINDS * (int32_t)pass->p[WKS_MARKET_P_SAMPLE]), at_once = fits < SEEKERS ? fits : SEEKERS;
    crowd self;

    for (int32_t first = begin; first < end; first += at_once) {
        begin_with(pass, &self, &pass->seeker[first], end - first < at_once ? end - first : at_once);
        for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++)
            sample_kind(pass, &self, kind);
        uint32_t *const out[4] = {self.word, self.lot, NULL, NULL};
        wks_rng_rows(&world->seed, self.key, self.n_pairs, (uint32_t)world->tick, WKS_RNG_MARKET_TASTE, out);
        wait_all(pass, &self);
        bound_all(pass, &self);
        for (int32_t i = 0; i < self.n; i++) {
            if (self.who[i].pair >= 0 && self.who[i].most > self.who[i].best.low) weigh(pass, &self, self.who[i].pair);
        }
        for (int32_t k = 0; k < self.n_pairs; k++) {
            const looker *who = &self.who[self.by[k]];
            if (self.most[k] > who->best.low && k != who->pair) weigh(pass, &self, k);
        }
        for (int32_t i = 0; i < self.n; i++)
            pass->choice[first + i] = choice_of(pass, &self, &self.who[i]);
    }
}
