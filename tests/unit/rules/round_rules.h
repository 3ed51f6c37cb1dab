/* Random rule sets for the tests of the round: every part of the registry, in random combinations, with random settings. The same number gives
 * the same rules. */
#ifndef WKS_TESTS_RULES_ROUND_RULES_H
#define WKS_TESTS_RULES_ROUND_RULES_H

#include "unit/rules/round_case.h"

typedef struct rules_maker {
    wks_rng_seed seed;
    wks_rng rng;
    wks_text text;
    bool may_ignore; /* caps with when_nobody = "ignore_cap" too */
} rules_maker;

static inline int32_t rules_below(rules_maker *m, int32_t n)
{
    return case_below(&m->rng, n);
}

static inline const char *rules_one(rules_maker *m, const char *const *choice, int32_t n)
{
    return choice[rules_below(m, n)];
}

/* ` key = value;` with a value of tenths. */
static inline void rules_tenths(rules_maker *m, const char *key, int32_t low, int32_t high)
{
    const int32_t tenths = low + rules_below(m, high - low + 1);

    wks_text_addf(&m->text, " %s = %d.%d;", key, tenths / 10, tenths % 10);
}

static inline void rules_whole(rules_maker *m, const char *key, int32_t low, int32_t high)
{
    const int32_t value = low + rules_below(m, high - low + 1);

    wks_text_addf(&m->text, " %s = %d;", key, value);
}

static inline void rules_choice(rules_maker *m, const char *key, const char *const *choice, int32_t n)
{
    const char *one = rules_one(m, choice, n);

    wks_text_addf(&m->text, " %s = \"%s\";", key, one);
}

#define RULES_CHOICE(m, key, ...) \
    rules_choice(m, key, (const char *const[]){__VA_ARGS__}, (int32_t)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)))

/* Whole numbers that matter in these worlds: some homes, some months. */
static const struct rules_range {
    const char *name;
    int32_t low, high;
} rules_range[] = {
    {"term_years", 1, 3},
    {"then_after", 1, 3},
    {"relax_after", 1, 3},
    {"turn_lost_months", 0, 2},
    {"min_persons_4_rooms", 1, 3},
    {"min_persons_5_rooms", 1, 3},
    {"max_persons_over_rooms", 1, 3},
    {"sell_after", 1, 2},
    {"number", 0, 4},
    {"period", 1, 14},
    {"quota", 0, 60},
    {"ahead", 1, 2},
    {"guidance", 0, 1},
    {"years", 2, 15},
};

static inline void rules_number(rules_maker *m, const wks_param *p)
{
    if (p->type == WKS_PARAM_REAL && p->high <= 1.0) {
        rules_tenths(m, p->name, 1, (int32_t)(10.0 * p->high));
        return;
    }
    for (size_t i = 0; i < sizeof rules_range / sizeof rules_range[0]; i++) {
        if (strcmp(p->name, rules_range[i].name) == 0) rules_whole(m, p->name, rules_range[i].low, rules_range[i].high);
    }
}

/* A value of every parameter that may have one in these worlds; those left out keep their defaults. */
static inline void rules_value(rules_maker *m, const wks_param *p)
{
    switch (p->type) {
    case WKS_PARAM_BOOL: wks_text_addf(&m->text, " %s = %s;", p->name, rules_below(m, 2) == 0 ? "true" : "false"); return;
    case WKS_PARAM_CHOICE: {
        if (p->choice == wks_part_when_nobody_name && !m->may_ignore) {
            RULES_CHOICE(m, p->name, "leave_vacant", "next_channel", "sell", "liberalise");
            return;
        }
        int32_t n = 0;
        while (p->choice[n] != NULL)
            n++;
        rules_choice(m, p->name, p->choice, n);
        return;
    }
    case WKS_PARAM_GROUP: RULES_CHOICE(m, p->name, "verwezen", "arm", "jong", "ieder"); return;
    case WKS_PARAM_AREAS: RULES_CHOICE(m, p->name, "buurt-0", "buurt-1", "wijk-0", "buurt-3"); return;
    case WKS_PARAM_MONTH: RULES_CHOICE(m, p->name, "2015-01", "2020-11", "2024-06", "2025-02"); return;
    case WKS_PARAM_WHERE:
        RULES_CHOICE(m, p->name, "n_persons <= 3", "age_years < 40", "income_eur < 30000 or is_starter", "n_minors > 0");
        return;
    case WKS_PARAM_NUMBER:
        RULES_CHOICE(m, p->name, "years_registered + 5 * is_starter", "10 * (n_minors > 0) - age_years / 8", "points");
        return;
    case WKS_PARAM_REAL:
    case WKS_PARAM_INT: break;
    case WKS_PARAM_TEXT: return; /* `then` is given by rules_channels */
    }
    rules_number(m, p);
}

/* One element of a list. Numbers whose range says nothing of use keep their defaults. */
static inline void rules_part(rules_maker *m, const wks_spec *spec)
{
    wks_text_addf(&m->text, "{ part = \"%s\";", spec->name);
    for (int32_t p = 0; p < spec->n_params; p++) {
        const bool is_given = spec->param[p].is_required || rules_below(m, 2) == 0;
        if (strcmp(spec->name, "social_ceiling") == 0 && strcmp(spec->param[p].name, "max_share") == 0)
            rules_tenths(m, "max_share", 6, 10); /* these worlds are all social: a low ceiling leaves nothing to let */
        else if (is_given)
            rules_value(m, &spec->param[p]);
    }
    wks_text_add(&m->text, " }");
}

/* Spreiding parts that round_reference.h recounts: another cannot be compared, and the tests say so. */
static inline bool rules_knows(const wks_spec *spec)
{
    static const char *const known[] = {"cap_share",  "cap_inflow",     "dosing",  "contingent",
                                        "target_mix", "social_ceiling", "relabel", "two_rents"};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(spec->name, known[i]) == 0) return true;
    }
    return strcmp(spec->kind, "spreiding") != 0;
}

static inline int32_t rules_specs(const char *kind, const wks_spec **out)
{
    int32_t n = 0;

    for (int32_t i = 0; i < wks_registry_n_parts; i++) {
        if (strcmp(wks_registry_parts[i]->kind, kind) == 0 && rules_knows(wks_registry_parts[i])) out[n++] = wks_registry_parts[i];
    }
    return n;
}

/* Parts of a kind in random order, each with this chance (in tenths). */
static inline void rules_list(rules_maker *m, const char *list, const char *kind, int32_t tenths)
{
    const wks_spec *spec[64];
    const int32_t n = rules_specs(kind, spec);
    int32_t n_written = 0;

    for (int32_t i = n - 1; i > 0; i--) {
        const int32_t k = rules_below(m, i + 1);
        const wks_spec *spare = spec[i];
        spec[i] = spec[k];
        spec[k] = spare;
    }
    wks_text_addf(&m->text, "\n%s = (", list);
    for (int32_t i = 0; i < n; i++) {
        if (rules_below(m, 10) >= tenths) continue;
        wks_text_add(&m->text, n_written++ > 0 ? ", " : " ");
        rules_part(m, spec[i]);
    }
    wks_text_add(&m->text, " );");
}

/* The share of a channel is beside those of the others. */
static inline bool rules_takes_label(const wks_spec *channel)
{
    const wks_channel_part *part = channel->implementation;

    return part->takes_label;
}

/* Parameters of channel `c` of n but its share. No areas, so that the shares can add up to 1; `is_last`: somebody must let what has no label. */
static inline void rules_channel(rules_maker *m, const wks_spec *of, int32_t c, int32_t n, bool is_last)
{
    for (int32_t p = 0; p < of->n_params; p++) {
        const wks_param *param = &of->param[p];
        const bool is_given = rules_below(m, 3) == 0;
        const int32_t other = rules_below(m, n);
        if (strcmp(param->name, "share") == 0 || param->type == WKS_PARAM_AREAS) continue;
        if (strcmp(param->name, "label") == 0 && is_last) continue;
        if (strcmp(param->name, "then") == 0 && other != c && is_given) wks_text_addf(&m->text, " then = \"k%d\";", other);
        if (is_given) rules_value(m, param);
    }
}

/* Channels; each may name another that gets what it does not let. One at least is for all labels. */
static inline void rules_channels(rules_maker *m)
{
    const wks_spec *spec[16], *of[4];
    const int32_t n_specs = rules_specs("channel", spec), n = 1 + rules_below(m, 4);
    int32_t left = 100, last = -1;

    for (int32_t c = 0; c < n; c++) {
        of[c] = spec[rules_below(m, n_specs)];
        if (!rules_takes_label(of[c])) last = c;
    }
    if (last < 0) of[last = n - 1] = spec[0];
    wks_text_add(&m->text, "channels = (");
    for (int32_t c = 0; c < n; c++) {
        const int32_t drawn = rules_below(m, (rules_takes_label(of[c]) ? 100 : left) + 1), share = c == last ? left : drawn;
        if (!rules_takes_label(of[c])) left -= share;
        wks_text_addf(&m->text, "%s { part = \"%s\"; name = \"k%d\"; share = %d.%02d;", c > 0 ? "," : "", of[c]->name, c, share / 100,
                      share % 100);
        rules_channel(m, of[c], c, n, c == last);
        wks_text_add(&m->text, " }");
    }
    wks_text_add(&m->text, " );");
}

static inline wks_text rules_draw(uint64_t number, bool may_ignore)
{
    rules_maker m = {.seed = wks_rng_seed_make(number, 11), .may_ignore = may_ignore};

    m.rng = wks_rng_open(&m.seed, number, 0, WKS_RNG_TEST);
    rules_channels(&m);
    rules_list(&m, "filters", "filter", 3);
    rules_list(&m, "order", "order", 3);
    rules_list(&m, "spreiding", "spreiding", 4);
    return m.text;
}

/** Rules as case_scenario wants them: drawn again while they contradict themselves. The caller frees the text. */
static inline wks_text rules_random(uint64_t number, bool may_ignore)
{
    wks_text text = WKS_TEXT_INIT;

    for (uint64_t attempt = 0; attempt < 100; attempt++) {
        text = rules_draw(number + 1000000 * attempt, may_ignore);
        wks_problems problems = WKS_PROBLEMS_INIT;
        wks_scenario scenario;
        const bool is_good = case_read(&scenario, text.data, &problems);
        wks_problems_free(&problems);
        wks_scenario_free(&scenario);
        if (is_good) return text;
        wks_text_free(&text);
    }
    fail_msg("no rules without contradictions for %d", (int)number);
    return text;
}

#endif
