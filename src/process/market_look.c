#include "process/market_look.h"

#include "num/draw.h"
#include "process/market_bid.h"
#include "process/market_choice.h"

/* Seekers and pairs of seeker and home at once: what fits in the nearest cache. With a sample of 64 of three kinds five seekers. */
enum { SEEKERS = 64, PAIRS = 1024, WORDS = 2 * PAIRS / WKS_MARKET_KINDS + 8 * SEEKERS };

/* One seeker and the best so far. */
typedef struct looker {
    wks_market_seeker seeker;
    double best_utility, waiting;
    uint64_t from; /* key of its sample */
    int32_t kind, item;
    bool meets; /* a home within its means */
} looker;

typedef struct crowd {
    looker who[SEEKERS];
    int32_t n, n_pairs;
    uint64_t key[PAIRS]; /* of the pair */
    uint32_t word[PAIRS];
    int32_t item[PAIRS];
    uint8_t by[PAIRS], kind[PAIRS]; /* in order of kind, of seeker, of the sample */
} crowd;

void wks_market_look_bounds(wks_market_pass *pass)
{
    for (uint32_t bin = 0; bin < WKS_MARKET_TASTE_BINS; bin++)
        pass->taste_bound[bin] = wks_draw_gumbel(bin << 24 | 0xffffffu);
}

/* False when even the cheapest vacancy of a kind is beyond its means: most seekers need not look at homes for sale. */
static bool is_within_reach(const wks_market_pass *pass, const wks_market_seeker *seeker, int32_t kind)
{
    const wks_market_ring *ring = &pass->ring[kind];

    return ring->n > 0 && ring->cheapest_eur <= seeker->means_eur[kind] && wks_market_choice_is_for(seeker, kind);
}

/* The homes of a kind that one seeker meets at the points of its sample: word[k * stride] of its stream. */
static void meet(const wks_market_ring *ring, int32_t kind, crowd *self, int32_t by, const uint32_t *word, int32_t stride, int32_t sample)
{
    looker *who = &self->who[by];
    int32_t last = WKS_NONE;

    for (int32_t k = 0; k < sample; k++) {
        const uint64_t point = (uint64_t)word[(2 * k + 1) * stride] << 32 | word[2 * k * stride];
        const int32_t item = wks_market_vacancy_at(ring, point);
        if (item == last) continue;
        last = item;
        if (ring->item[item].reserve_eur > who->seeker.means_eur[kind]) continue;
        who->meets = true;
        self->key[self->n_pairs] = wks_rng_pair_key(who->seeker.key, ring->item[item].key);
        self->item[self->n_pairs] = item;
        self->by[self->n_pairs] = (uint8_t)by;
        self->kind[self->n_pairs++] = (uint8_t)kind;
    }
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
    for (int32_t i = 0; i < n; i++)
        meet(&pass->ring[kind], kind, self, by[i], &word[skip * n + i], n, sample);
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
        if (self->who[i].meets) key[n++] = wks_rng_pair_key(self->who[i].seeker.key, 1 + (uint64_t)(pass->round / 4));
    }
    out[pass->round & 3] = word;
    wks_rng_rows(&world->seed, key, n, (uint32_t)world->tick, WKS_RNG_MARKET_TASTE, out);
    for (int32_t i = 0; i < self->n; i++) {
        looker *who = &self->who[i];
        if (!who->meets) continue;
        who->waiting = pass->p[who->seeker.has_home ? WKS_MARKET_P_STAY : WKS_MARKET_P_STAY_LATENT] + wks_draw_gumbel(word[at++]);
        who->best_utility = who->waiting;
    }
}

static void weigh(const wks_market_pass *pass, looker *who, int32_t kind, int32_t item, uint32_t word)
{
    const wks_market_vacancy *vacancy = &pass->ring[kind].item[item];
    const double most = pass->taste_bound[word >> 24];
    double systematic;

    if (wks_market_choice_most(pass, &who->seeker, kind, vacancy) + most <= who->best_utility) return; /* cannot win */
    if (!wks_market_choice_utility(pass, &who->seeker, kind, vacancy, &systematic)) return;
    if (systematic + most <= who->best_utility) return; /* spares two logarithms */
    const double utility = systematic + wks_draw_gumbel(word);
    if (utility <= who->best_utility) return;
    who->best_utility = utility;
    who->kind = kind;
    who->item = item;
}

static wks_market_choice choice_of(const wks_market_pass *pass, const looker *who)
{
    const wks_market_seeker *seeker = &who->seeker;
    wks_market_choice choice = {.household_key = seeker->key, .household_row = seeker->row, .kind = who->kind, .item = who->item};

    if (who->item < 0) return choice;
    const wks_market_vacancy *best = &pass->ring[who->kind].item[who->item];
    choice.bid = who->kind == WKS_MARKET_OWNER ? wks_market_bid_for_sale(pass, seeker, best, who->best_utility - who->waiting)
                                               : wks_market_bid_for_rent(pass, seeker, who->kind, best);
    choice.is_valid = who->kind != WKS_MARKET_OWNER || choice.bid >= best->reserve_eur;
    return choice;
}

static void begin_with(const wks_market_pass *pass, crowd *self, const int32_t *household_row, int32_t n)
{
    self->n = n;
    self->n_pairs = 0;
    for (int32_t i = 0; i < n; i++) {
        const uint64_t key = pass->world->household.key[household_row[i]];
        self->who[i] = (looker){.seeker = wks_market_choice_seeker(pass, household_row[i]),
                                .from = pass->round < 2 ? key : wks_rng_pair_key(key, (uint64_t)pass->round), /* every round meets others */
                                .item = WKS_NONE};
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
        uint32_t *const out[4] = {self.word, NULL, NULL, NULL};
        wks_rng_rows(&world->seed, self.key, self.n_pairs, (uint32_t)world->tick, WKS_RNG_MARKET_TASTE, out);
        wait_all(pass, &self);
        for (int32_t k = 0; k < self.n_pairs; k++)
            weigh(pass, &self.who[self.by[k]], self.kind[k], self.item[k], self.word[k]);
        for (int32_t i = 0; i < self.n; i++)
            pass->choice[first + i] = choice_of(pass, &self.who[i]);
    }
}
