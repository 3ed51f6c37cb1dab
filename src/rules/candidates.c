#include "rules/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/round_adverts.h"
#include "rules/round_kinds.h"
#include "scenario/settings.h"

/* Items that are alike to all filters, once each: vectors of words, and how many items have them. */
typedef struct kinds {
    uint64_t *word;
    int64_t *count;
    int32_t n, n_words;
} kinds;

static void free_kinds(kinds *self)
{
    free(self->word);
    free(self->count);
}

/* Takes n vectors together that are the same. */
static wks_status make_kinds(const uint64_t *word, int32_t n, int32_t n_words, kinds *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t *kind = wks_mem_array((size_t)n + 1, sizeof *kind), *table = wks_mem_array(wks_round_kinds_table(n), sizeof *table);

    out->n_words = n_words;
    out->word = wks_mem_array((size_t)n * (size_t)n_words + 1, sizeof *out->word);
    out->count = wks_mem_array((size_t)n + 1, sizeof *out->count);
    if (kind == NULL || table == NULL || out->word == NULL || out->count == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for candidates");
    out->n = n == 0 ? 0 : wks_round_kinds_assign(word, n, n_words, kind, out->word, table);
    for (int32_t i = 0; i < n; i++)
        out->count[kind[i]]++;
out:
    free(kind);
    free(table);
    return rc;
}

static bool is_seeker(const wks_part_context *context, const wks_settings *settings, const wks_channel_part *channel, int32_t row)
{
    const wks_household_table *household = &context->world->household;

    if (household->key[row] == 0) return false;
    return channel->is_candidate != NULL ? channel->is_candidate(context, settings, row) : household->search_month[row] != WKS_NO_MONTH;
}

/* One word a filter: the class of a seeker. Without filters one word of zeros, so that there is a kind. */
static wks_status list_seekers(const wks_part_context *context, const wks_settings *settings, kinds *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_channel_part *channel = settings->spec->implementation;
    const int32_t n_rows = context->world->household.base.n_rows, n_filters = context->rules->n_filters, width = n_filters + 1;
    uint64_t *word = NULL;
    int32_t n = 0;

    for (int32_t row = 0; row < n_rows; row++)
        n += is_seeker(context, settings, channel, row);
    word = wks_mem_array((size_t)n * (size_t)width + 1, sizeof *word);
    if (word == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for candidates");
    n = 0;
    for (int32_t row = 0; row < n_rows; row++) {
        if (!is_seeker(context, settings, channel, row)) continue;
        for (int32_t f = 0; f < n_filters; f++) {
            const wks_filter_part *part = context->rules->filter[f].spec->implementation;
            word[(size_t)n * (size_t)width + (size_t)f] = (uint64_t)part->applicant_class(context, &context->rules->filter[f], row);
        }
        n++;
    }
    rc = make_kinds(word, n, width, out, err);
out:
    free(word);
    return rc;
}

static bool is_let(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    const int32_t areas = wks_settings_param(settings->spec, "areas");

    if (!wks_part_label_fits(wks_part_value(settings, "label", 0), advert->label)) return false;
    return areas < 0 || wks_part_in_areas(context->world, settings, areas, advert->buurt_row);
}

static bool is_social(const wks_world *world, int32_t unit)
{
    const int32_t dwelling = world->unit.dwelling_row[unit];

    return world->unit.key[unit] != 0 && world->dwelling.tenure[dwelling] == WKS_TENURE_SOCIAL &&
           world->dwelling.to_demolish[dwelling] == 0;
}

/* One word a filter: the classes a unit accepts. */
static wks_status list_units(const wks_part_context *context, const wks_settings *settings, int32_t channel, kinds *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = context->world;
    const int32_t n_filters = context->rules->n_filters, width = n_filters + 1;
    uint64_t *word = NULL;
    int32_t n = 0;

    for (int32_t u = 0; u < world->unit.base.n_rows; u++)
        n += is_social(world, u);
    word = wks_mem_array((size_t)n * (size_t)width + 1, sizeof *word);
    if (word == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for candidates");
    n = 0;
    for (int32_t u = 0; u < world->unit.base.n_rows; u++) {
        if (!is_social(world, u)) continue;
        wks_advert advert = wks_round_adverts_of_unit(world, u);
        advert.channel = channel;
        if (!is_let(context, settings, &advert)) continue;
        for (int32_t f = 0; f < n_filters; f++) {
            const wks_filter_part *part = context->rules->filter[f].spec->implementation;
            word[(size_t)n * (size_t)width + (size_t)f] = part->advert_mask(context, &context->rules->filter[f], &advert);
        }
        n++;
    }
    rc = make_kinds(word, n, width, out, err);
out:
    free(word);
    return rc;
}

/* The first filter that a kind of seekers fails at a kind of units, n_filters when it fails none. */
static int32_t first_failing(const uint64_t *seeker, const uint64_t *unit, int32_t n_filters)
{
    for (int32_t f = 0; f < n_filters; f++) {
        if ((unit[f] >> seeker[f] & 1u) == 0) return f;
    }
    return n_filters;
}

static void match(const kinds *seekers, const kinds *units, int32_t n_filters, wks_candidates *out)
{
    int32_t furthest = -1;

    for (int32_t s = 0; s < seekers->n; s++) {
        int32_t best = -1;
        for (int32_t u = 0; u < units->n && best < n_filters; u++) {
            const int32_t f = first_failing(&seekers->word[(size_t)s * (size_t)seekers->n_words],
                                            &units->word[(size_t)u * (size_t)units->n_words], n_filters);
            best = f > best ? f : best;
        }
        furthest = best > furthest ? best : furthest;
        if (best == n_filters) out->n_passing += seekers->count[s];
    }
    out->emptied_by = out->n_passing > 0 ? -1 : furthest;
}

static int64_t total(const kinds *self)
{
    int64_t sum = 0;

    for (int32_t i = 0; i < self->n; i++)
        sum += self->count[i];
    return sum;
}

wks_status wks_candidates_count(const wks_part_context *context, int32_t channel, wks_candidates *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_settings *settings = &context->rules->channel[channel];
    kinds seekers = {0}, units = {0};

    *out = (wks_candidates){.emptied_by = -1};
    WKS_TRY(list_seekers(context, settings, &seekers, err));
    WKS_TRY(list_units(context, settings, channel, &units, err));
    out->n_seekers = total(&seekers);
    out->n_homes = total(&units);
    if (out->n_seekers > 0 && out->n_homes > 0) match(&seekers, &units, context->rules->n_filters, out);
out:
    free_kinds(&seekers);
    free_kinds(&units);
    return rc;
}

int64_t wks_candidates_labelled(const wks_world *world, uint8_t label)
{
    int64_t n = 0;

    for (int32_t u = 0; u < world->unit.base.n_rows; u++)
        n += is_social(world, u) && world->dwelling.label[world->unit.dwelling_row[u]] == label;
    return n;
}
