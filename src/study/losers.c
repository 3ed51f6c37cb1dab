#include "study/losers.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/text.h"
#include "output/fates.h"

const char wks_losers_header[] = "reference,scenario,theory,group,outcome,better,equal,worse,n\n";

enum { CELLS = 3, EVERYBODY = WKS_SCENARIO_MAX_GROUPS, SLOTS };

/* Cells are better, equal, worse. */
typedef struct wks_losers_counts {
    int64_t cell[SLOTS][WKS_N_FATE_OUTCOMES][CELLS];
    int64_t only_reference[SLOTS], only_scenario;
} counts;

typedef struct wks_losers_sums {
    counts sum;
    bool is_hidden[SLOTS][WKS_N_FATE_OUTCOMES], is_hidden_reference[SLOTS], is_hidden_scenario;
} sums;

/* --- one replication ---------------------------------------------------------------------------------------------------- */

static void add_in(int64_t *slot, uint32_t groups, size_t step)
{
    for (int32_t g = 0; g < WKS_SCENARIO_MAX_GROUPS; g++)
        slot[(size_t)g * step] += groups >> g & 1u;
    slot[EVERYBODY * step]++;
}

static void count_both(counts *out, const wks_household_fate *reference, const wks_household_fate *scenario)
{
    for (int32_t o = 0; o < WKS_N_FATE_OUTCOMES; o++) {
        int sign = 0;
        if (!wks_household_fate_compare(reference, scenario, (wks_household_fate_outcome)o, &sign)) continue;
        add_in(&out->cell[0][o][1 - sign], reference->groups, (size_t)WKS_N_FATE_OUTCOMES * CELLS);
    }
}

static wks_status join(wks_fates_reader *reference, wks_fates_reader *scenario, counts *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    while (reference->has_item || scenario->has_item) {
        const bool in_reference = reference->has_item && (!scenario->has_item || reference->item.key <= scenario->item.key);
        const bool in_scenario = scenario->has_item && (!reference->has_item || scenario->item.key <= reference->item.key);
        if (in_reference && in_scenario && wks_household_fate_is_same(&reference->item, &scenario->item)) {
            count_both(out, &reference->item, &scenario->item);
        } else {
            if (in_reference) add_in(out->only_reference, reference->item.groups, 1);
            out->only_scenario += in_scenario;
        }
        if (in_reference) WKS_TRY(wks_fates_next(reference, err));
        if (in_scenario) WKS_TRY(wks_fates_next(scenario, err));
    }
out:
    return rc;
}

static wks_status count_replication(const wks_run_pair *pair, int32_t replication, counts *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_fates_reader reference = {0}, scenario = {0};
    char *path_a = wks_fates_path(pair->reference->store->folder, replication);
    char *path_b = wks_fates_path(pair->scenario->store->folder, replication);

    *out = (counts){0};
    if (path_a == NULL || path_b == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_fates_open(path_a, &reference, err));
    WKS_TRY(wks_fates_open(path_b, &scenario, err));
    WKS_TRY(join(&reference, &scenario, out, err));
out:
    wks_fates_close(&reference);
    wks_fates_close(&scenario);
    free(path_a);
    free(path_b);
    return rc;
}

/* --- all of them -------------------------------------------------------------------------------------------------------- */

static bool is_few(int64_t part, int64_t whole, bool is_everybody)
{
    return part < WKS_WORLD_FEW || (!is_everybody && whole - part < WKS_WORLD_FEW);
}

static void fold(sums *all, const counts *one)
{
    for (int32_t s = 0; s < SLOTS; s++) {
        for (int32_t o = 0; o < WKS_N_FATE_OUTCOMES; o++) {
            for (int32_t c = 0; c < CELLS; c++) {
                all->sum.cell[s][o][c] += one->cell[s][o][c];
                all->is_hidden[s][o] |= is_few(one->cell[s][o][c], one->cell[EVERYBODY][o][c], s == EVERYBODY);
            }
        }
        all->sum.only_reference[s] += one->only_reference[s];
        all->is_hidden_reference[s] |= is_few(one->only_reference[s], one->only_reference[EVERYBODY], s == EVERYBODY);
    }
    all->sum.only_scenario += one->only_scenario;
    all->is_hidden_scenario |= is_few(one->only_scenario, 0, true);
}

static wks_status count_pair(const wks_run_pair *pair, sums *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = pair->scenario->scenario;

    *out = (sums){0};
    for (int32_t r = 0; r < scenario->n_replications; r++) {
        const int32_t number = scenario->first_replication + r;
        counts one;
        if (!wks_store_has(pair->reference->store, number) || !wks_store_has(pair->scenario->store, number)) continue;
        WKS_TRY(count_replication(pair, number, &one, err));
        fold(out, &one);
    }
out:
    return rc;
}

static void begin_row(wks_text *out, const wks_run_pair *pair, const char *group, const char *outcome)
{
    const char *const field[] = {pair->reference->scenario->name, pair->scenario->scenario->name,
                                 wks_scenario_choice(pair->scenario->scenario, "neighbourhood", "theory"), group, outcome};

    for (size_t i = 0; i < sizeof field / sizeof *field; i++) {
        if (i > 0) wks_text_add_char(out, ',');
        wks_csv_add_field(out, field[i], ',');
    }
}

static void add_group(wks_text *out, const wks_run_pair *pair, const sums *all, int32_t slot, const char *group, bool hides)
{
    for (int32_t o = 0; o < WKS_N_FATE_OUTCOMES; o++) {
        const int64_t *cell = all->sum.cell[slot][o];
        begin_row(out, pair, group, wks_household_fate_outcomes[o].name);
        if (hides && all->is_hidden[slot][o]) {
            wks_text_add(out, ",,,,\n");
        } else {
            wks_text_addf(out, ",%lld,%lld,%lld,%lld\n", (long long)cell[0], (long long)cell[1], (long long)cell[2],
                          (long long)(cell[0] + cell[1] + cell[2]));
        }
    }
    begin_row(out, pair, group, "only_reference");
    wks_text_add(out, ",,,,");
    if (!hides || !all->is_hidden_reference[slot]) wks_text_addf(out, "%lld", (long long)all->sum.only_reference[slot]);
    wks_text_add_char(out, '\n');
}

static void add_pair(wks_text *out, const wks_run_pair *pair, const sums *all)
{
    const wks_scenario *reference = pair->reference->scenario;
    const bool hides = pair->reference->store->city->own.is_there || pair->scenario->store->city->own.is_there;

    add_group(out, pair, all, EVERYBODY, "", hides);
    begin_row(out, pair, "", "only_scenario");
    wks_text_add(out, ",,,,");
    if (!hides || !all->is_hidden_scenario) wks_text_addf(out, "%lld", (long long)all->sum.only_scenario);
    wks_text_add_char(out, '\n');
    for (int32_t g = 0; g < reference->n_groups; g++) {
        if (reference->group[g].measure) add_group(out, pair, all, g, reference->group[g].name, hides);
    }
}

wks_status wks_losers_write(const char *path, const wks_run_pair *pair, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    sums all;

    wks_text_add(&text, wks_losers_header);
    for (int32_t i = 0; i < n; i++) {
        WKS_TRY(count_pair(&pair[i], &all, err));
        add_pair(&text, &pair[i], &all);
    }
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", path);
    WKS_TRY(wks_file_write(path, text.data, text.length, err));
out:
    wks_text_free(&text);
    return rc;
}
