#include "rules/round_adverts.h"

#include <stdlib.h>
#include <string.h>

#include "base/par.h"
#include "rules/round_kinds.h"
#include "rules/round_utility.h"
#include "rules/spreiding_two_rents.h"

/* Most units are occupied: that is looked at first. */
static bool is_on_offer(const wks_world *world, int32_t u)
{
    if (world->unit.household_row[u] >= 0 || world->unit.key[u] == 0 || world->unit.lettable_month[u] > world->month) return false;
    const int32_t dwelling = world->unit.dwelling_row[u];
    return world->dwelling.tenure[dwelling] == WKS_TENURE_SOCIAL && world->dwelling.to_demolish[dwelling] == 0;
}

wks_advert wks_round_adverts_of_unit(const wks_world *world, int32_t u)
{
    const int32_t dwelling = world->unit.dwelling_row[u], complex_row = world->dwelling.complex_row[dwelling];
    const int32_t lettable = world->unit.lettable_month[u];
    uint32_t word[4];

    wks_rng_four(&world->seed, world->unit.key[u], (uint32_t)lettable, WKS_RNG_ALLOC_ADVERT, word);
    return (wks_advert){
        .unit_row = u,
        .dwelling_row = dwelling,
        .buurt_row = world->dwelling.buurt_row[dwelling],
        .wijk_row = world->buurt.wijk_row[world->dwelling.buurt_row[dwelling]],
        .complex_row = complex_row,
        .owner_row = world->complex.owner_row[complex_row],
        .rent_eur = world->unit.rent_eur[u],
        .rooms = world->unit.kind[u] == WKS_UNIT_ROOM ? 1 : world->dwelling.rooms[dwelling],
        .type = world->dwelling.type[dwelling],
        .label = world->dwelling.label[dwelling],
        .accessible = world->dwelling.accessible[dwelling],
        .date_key = (uint64_t)((uint32_t)lettable ^ UINT32_C(0x80000000)) << 32 | word[0],
    };
}

bool wks_round_adverts_applies(const wks_round_month *month, const wks_advert *advert, int32_t c)
{
    const wks_round_channel *channel = &month->rules->channel[c];

    if (!wks_part_label_fits(channel->label, advert->label)) return false;
    return channel->areas_param < 0 || wks_part_in_areas(month->world, channel->settings, channel->areas_param, advert->buurt_row);
}

/* Which of a unit's own draws decides about channels that take a label (0: the other channels, WKS_FILTER_TIES_DRAW: ties). */
enum { LABEL_DRAW = 3 };

static int32_t drawn_channel(const wks_round_month *month, const wks_advert *advert)
{
    const int32_t n = month->rules->set->n_channels;
    double sum = 0.0, reached = 0.0;
    int32_t last = WKS_NONE;

    for (int32_t c = 0; c < n; c++) {
        if (!wks_round_adverts_applies(month, advert, c)) continue;
        if (month->rules->channel[c].part->takes_label) {
            if (wks_part_unit_draw(month->world, advert->unit_row, LABEL_DRAW) < month->rules->channel[c].share) return c;
        } else {
            sum += month->rules->channel[c].share;
        }
    }
    const double wanted = wks_part_unit_draw(month->world, advert->unit_row, 0) * sum;
    for (int32_t c = 0; c < n; c++) {
        if (!(month->rules->channel[c].share > 0.0) || month->rules->channel[c].part->takes_label ||
            !wks_round_adverts_applies(month, advert, c))
            continue;
        last = c;
        reached += month->rules->channel[c].share;
        if (wanted < reached) return c;
    }
    return last;
}

/* The first channel by lot that applies; -1 if there is none. */
static int32_t lot_channel(const wks_round_month *month, const wks_advert *advert)
{
    for (int32_t c = 0; c < month->rules->set->n_channels; c++) {
        const wks_round_channel *channel = &month->rules->channel[c];
        if (channel->part->is_advertised && channel->ranking == WKS_PART_BY_LOT && channel->share > 0.0 &&
            wks_round_adverts_applies(month, advert, c))
            return c;
    }
    return WKS_NONE;
}

int32_t wks_round_adverts_channel(const wks_round_month *month, const wks_advert *advert)
{
    const uint64_t key = month->world->unit.key[advert->unit_row];

    for (int32_t i = 0; i < month->round->n_sent; i++) {
        if (month->round->sent[i].unit_key == key) return month->round->sent[i].channel;
    }
    const int32_t drawn = drawn_channel(month, advert);
    if (!month->world->complex.by_lot[advert->complex_row]) return drawn;
    /* What goes to direct mediation stays there: the landlord chooses between list and lot only. */
    const int32_t lot = drawn >= 0 && month->rules->channel[drawn].part->is_advertised ? lot_channel(month, advert) : WKS_NONE;
    return lot >= 0 ? lot : drawn;
}

int32_t wks_round_adverts_next_channel(const wks_round_month *month, const wks_advert *advert, int32_t channel, bool is_advertised)
{
    const int32_t n = month->rules->set->n_channels;

    for (int32_t step = 1; step < n; step++) {
        const int32_t c = (channel + step) % n;
        if (is_advertised && !month->rules->channel[c].part->is_advertised) continue;
        if (wks_round_adverts_applies(month, advert, c)) return c;
    }
    return WKS_NONE;
}

/* Unit keys decide between equal dates; they travel with the adverts while sorting. */
typedef struct dated {
    uint64_t date_key, unit_key;
    int32_t index;
} dated;

static int by_date(const void *left, const void *right)
{
    const dated *a = left, *b = right;

    if (a->date_key != b->date_key) return a->date_key < b->date_key ? -1 : 1;
    return (a->unit_key > b->unit_key) - (a->unit_key < b->unit_key);
}

static wks_status sort(wks_round_month *month, wks_advert *advert, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    dated *date = wks_round_buffer(month->round, WKS_ROUND_SLOT_RING, (size_t)n, sizeof *date, err);
    wks_advert *copy = wks_round_buffer(month->round, WKS_ROUND_SLOT_PLACES, (size_t)n, sizeof *copy, err);

    if (date == NULL || copy == NULL) return WKS_ERR_NOMEM;
    for (int32_t i = 0; i < n; i++) {
        date[i] = (dated){advert[i].date_key, month->world->unit.key[advert[i].unit_row], i};
        copy[i] = advert[i];
    }
    if (n > 1) qsort(date, (size_t)n, sizeof *date, by_date);
    for (int32_t i = 0; i < n; i++)
        advert[i] = copy[date[i].index];
    return rc;
}

/* Units on offer of a block of units, from its first row on. */
typedef struct offering {
    const wks_world *world;
    int32_t *row, *n_of_block;
} offering;

static void list_rows(int64_t begin, int64_t end, int64_t block, void *context)
{
    const offering *self = context;
    int32_t *const row = &self->row[begin], n = 0;

    for (int32_t u = (int32_t)begin; u < (int32_t)end; u++) {
        if (is_on_offer(self->world, u)) row[n++] = u;
    }
    self->n_of_block[block] = n;
}

/* The rows of all units on offer, in order. */
static wks_status list_units(wks_round_month *month, int32_t **out_row, int32_t *out_n, wks_err *err)
{
    const int32_t n_rows = month->world->unit.base.n_rows, n_blocks = (int32_t)wks_par_blocks(n_rows, 0);
    offering self = {.world = month->world};

    self.row = wks_round_buffer(month->round, WKS_ROUND_SLOT_ROWS, (size_t)n_rows, sizeof *self.row, err);
    self.n_of_block = wks_round_buffer(month->round, WKS_ROUND_SLOT_ROWS_OF_BLOCK, (size_t)n_blocks, sizeof *self.n_of_block, err);
    if (self.row == NULL || self.n_of_block == NULL) return WKS_ERR_NOMEM;
    wks_par_for(n_rows, 0, month->world->threads, list_rows, &self);
    *out_n = 0;
    for (int32_t b = 0; b < n_blocks; b++) {
        memmove(&self.row[*out_n], &self.row[(int64_t)b * WKS_PAR_BLOCK], (size_t)self.n_of_block[b] * sizeof *self.row);
        *out_n += self.n_of_block[b];
    }
    *out_row = self.row;
    return WKS_OK;
}

wks_status wks_round_adverts_list(wks_round_month *month, wks_advert **out, int32_t *out_n, int32_t *out_n_reserved, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = month->world;
    wks_advert *advert;
    int32_t *row = NULL, n_rows = 0, n = 0, n_reserved = 0, at = 0, at_reserved;

    WKS_TRY(list_units(month, &row, &n_rows, err));
    for (int32_t i = 0; i < n_rows; i++)
        n_reserved += wks_rare_i32(&world->unit.reserved_row, row[i]) >= 0;
    n = n_rows - n_reserved;
    advert = wks_round_buffer(month->round, WKS_ROUND_SLOT_ADVERTS, (size_t)n + (size_t)n_reserved, sizeof *advert, err);
    if (advert == NULL) return WKS_ERR_NOMEM;
    at_reserved = n;
    for (int32_t i = 0; i < n_rows; i++)
        advert[wks_rare_i32(&world->unit.reserved_row, row[i]) >= 0 ? at_reserved++ : at++] = wks_round_adverts_of_unit(world, row[i]);
    WKS_TRY(sort(month, advert, n, err));
    WKS_TRY(sort(month, advert + n, n_reserved, err));
    for (int32_t i = 0; i < n + n_reserved; i++) {
        advert[i].has_two_rents = wks_spreiding_two_rents_applies(world, month->rules->set, advert[i].dwelling_row);
        advert[i].channel = wks_round_adverts_channel(month, &advert[i]);
    }
    *out = advert;
    *out_n = n;
    *out_n_reserved = n_reserved;
out:
    return rc;
}

static wks_status make_kinds(wks_round_month *month, wks_round_board *board, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round *round = month->round;
    const int32_t n_filters = month->rules->set->n_filters, n_words = n_filters > 0 ? n_filters : 1;
    const size_t n = (size_t)board->n;
    uint64_t *word = wks_round_buffer(round, WKS_ROUND_SLOT_ADVERT_WORDS, n * (size_t)n_words, sizeof *word, err);
    uint64_t *mask = wks_round_buffer(round, WKS_ROUND_SLOT_ADVERT_KIND_WORDS, n * (size_t)n_words, sizeof *mask, err);
    int32_t *table = wks_round_buffer(round, WKS_ROUND_SLOT_ADVERT_TABLE, wks_round_kinds_table(board->n), sizeof *table, err);

    board->kind = wks_round_buffer(round, WKS_ROUND_SLOT_ADVERT_KIND, n, sizeof *board->kind, err);
    if (word == NULL || mask == NULL || table == NULL || board->kind == NULL) return WKS_ERR_NOMEM;
    for (int32_t i = 0; i < board->n; i++) {
        word[(size_t)i * (size_t)n_words] = 0;
        for (int32_t f = 0; f < n_filters; f++) {
            const wks_settings *settings = &month->rules->set->filter[f];
            const wks_filter_part *part = settings->spec->implementation;
            word[(size_t)i * (size_t)n_words + (size_t)f] = part->advert_mask(&month->context, settings, &board->advert[i]);
        }
    }
    board->n_kinds = wks_round_kinds_assign(word, board->n, n_words, board->kind, mask, table);
    board->mask = mask;
    board->kind_start = wks_round_buffer(round, WKS_ROUND_SLOT_KIND_START, (size_t)board->n_kinds + 1, sizeof *board->kind_start, err);
    board->kind_advert = wks_round_buffer(round, WKS_ROUND_SLOT_KIND_ADVERT, n, sizeof *board->kind_advert, err);
    if (board->kind_start == NULL || board->kind_advert == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for adverts");
out:
    return rc;
}

/* Lists the adverts of each kind, in date order within a kind. */
static void index_kinds(wks_round_board *board)
{
    for (int32_t k = 0; k <= board->n_kinds; k++)
        board->kind_start[k] = 0;
    for (int32_t i = 0; i < board->n; i++)
        board->kind_start[board->kind[i] + 1]++;
    for (int32_t k = 0; k < board->n_kinds; k++)
        board->kind_start[k + 1] += board->kind_start[k];
    for (int32_t i = board->n - 1; i >= 0; i--)
        board->kind_advert[--board->kind_start[board->kind[i] + 1]] = i;
    for (int32_t k = 0; k < board->n_kinds; k++)
        board->kind_start[k] = board->kind_start[k + 1];
    board->kind_start[board->n_kinds] = board->n;
}

wks_status wks_round_adverts_board(wks_round_month *month, const wks_advert *advert, int32_t n, wks_round_board *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    *out = (wks_round_board){.advert = advert, .n = n};
    out->place = wks_round_buffer(month->round, WKS_ROUND_SLOT_PLACES, (size_t)n, sizeof *out->place, err);
    out->home = wks_round_buffer(month->round, WKS_ROUND_SLOT_HOMES, (size_t)n, sizeof *out->home, err);
    if (out->place == NULL || out->home == NULL) return WKS_ERR_NOMEM;
    for (int32_t i = 0; i < n; i++) {
        wks_round_utility_advert(month->world, &advert[i], &out->place[i]);
        out->place[i].by_chance = month->rules->is_by_chance || month->rules->channel[advert[i].channel].ranking != WKS_PART_BY_RULES;
        wks_round_utility_weigh(month, &out->place[i], &out->home[i]);
    }
    WKS_TRY(make_kinds(month, out, err));
    index_kinds(out);
out:
    return rc;
}
