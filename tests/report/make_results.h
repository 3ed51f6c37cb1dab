/* Makes a plausible results folder for tests of the report: figures from a small generator of its own, in the columns of the real files.
 * Nothing here is a result of the model. Included by one test program a time. */
#ifndef WKS_TESTS_REPORT_MAKE_RESULTS_H
#define WKS_TESTS_REPORT_MAKE_RESULTS_H

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "city/geometry.h"
#include "support/check.h"
#include "support/folder.h"

typedef struct make_results_plan {
    int n_areas;     /* buurten; laid out as a jittered grid */
    int n_years;     /* city rows every month, buurt rows every year */
    int n_scenarios; /* 1: a single run */
    bool with_map, with_codebook, with_queue, with_losers, with_compliance, with_theories;
    const char *title;     /* of scenario 1 (of the run, when there is one); NULL: a plain one */
    const char *area_name; /* of the first buurt; NULL: a plain one */
    const char *people;    /* manifest; NULL: synthetic */
    int n_pairs;           /* in contrasts.csv and summary.csv; 0: MAKE_RESULTS_REPLICATIONS */
    bool without_success;  /* no success rate of the first group */
    double growth_of_d;    /* D at the end over that at the start; 0: a plain one */
} make_results_plan;

enum { MAKE_RESULTS_REPLICATIONS = 20, MAKE_RESULTS_MAX_SCENARIOS = 4, MAKE_RESULTS_N_GROUPS = 4 };

static const char *const make_results_scenario[MAKE_RESULTS_MAX_SCENARIOS] = {"reference", "cap-12", "lottery", "support"};
static const char *const make_results_title[MAKE_RESULTS_MAX_SCENARIOS] = {"Huidige regels", "Maximaal 12 procent per buurt",
                                                                           "Loting voor de helft", "Meer begeleiding, zelfde geld"};
static const char *const make_results_group[MAKE_RESULTS_N_GROUPS] = {"verwezen", "jong", "laag_inkomen", "ggz"};

/* name, group rows (0 none, 1 also by group, 2 only by group), scale, level, start, end, sd, effect of each scenario at the end */
static const struct make_results_city {
    const char *indicator;
    int by_group;
    const char *scale;
    double start, end, sd, effect[3];
} make_results_city[] = {
    {"households", 0, "", 30250, 31980, 45, {3, -6, 12}},
    {"persons", 0, "", 62810, 66020, 90, {5, -11, 20}},
    {"moves", 0, "", 296, 304, 16, {-0.8, 1.2, 0.4}},
    {"lettings", 0, "", 71, 73, 7, {-0.4, 0.3, 0.1}},
    {"vacancies_social", 0, "", 88, 92, 9, {5.1, 0.4, -0.3}},
    {"vacancies_market", 0, "", 214, 220, 14, {-1.2, 0.3, 0.2}},
    {"registered", 0, "", 41200, 44850, 160, {62, -48, 10}},
    {"active", 0, "", 13900, 14820, 120, {84, -35, 4}},
    {"reactions_per_advert", 0, "", 128, 139, 8, {2.4, 7.9, -0.2}},
    {"refusals_per_letting", 1, "", 1.41, 1.38, 0.09, {0.085, 0.141, -0.012}},
    {"wait_mean_months", 1, "", 84.1, 87.6, 3.1, {1.9, -16.2, 0.2}},
    {"wait_p50_months", 0, "", 78.5, 81.9, 3.6, {2.3, -21.4, 0.1}},
    {"search_p50_months", 0, "", 26.2, 27.4, 1.7, {0.4, 1.9, -0.1}},
    {"success_rate", 1, "", 0.0612, 0.0593, 0.0031, {-0.0012, 0.0004, 0.0001}},
    {"starters_share", 0, "", 0.481, 0.476, 0.012, {0.002, 0.064, 0.001}},
    {"unhoused", 2, "", 1180, 1265, 31, {22, -14, 3}},
    {"rent_burden", 0, "", 0.312, 0.318, 0.0021, {0.0004, -0.0011, 0.0001}},
    {"evictions", 0, "", 2.1, 2.3, 1.2, {0.05, 0.01, -0.31}},
    {"D", 2, "buurt", 0.284, 0.301, 0.006, {-0.041, -0.008, 0.001}},
    {"H", 2, "buurt", 0.071, 0.077, 0.003, {-0.016, -0.003, 0.0004}},
    {"xPx", 2, "buurt", 0.122, 0.134, 0.004, {-0.019, -0.004, 0.0006}},
    {"D_baseline", 2, "buurt", 0.041, 0.042, 0.001, {0.0001, 0.0001, 0.0001}},
    {"leefbaarheid", 0, "", 0.012, 0.004, 0.004, {0.0009, -0.0002, 0.0096}},
    {"leefbaarheid_gap", 0, "", 0.188, 0.201, 0.007, {-0.0064, -0.0011, -0.0133}},
    {"load", 0, "", 0.92, 1.04, 0.03, {0.006, 0.002, -0.138}},
};
enum { MAKE_RESULTS_N_CITY = sizeof make_results_city / sizeof make_results_city[0] };

static const struct make_results_local {
    const char *indicator;
    bool by_group;
    double start, spread, end, sd, effect[3];
} make_results_local[] = {
    {"households", false, 760, 420, 1.05, 6, {0.3, -0.4, 0.5}},
    {"share", true, 0.11, 0.09, 1.06, 0.006, {-0.022, -0.003, 0.001}},
    {"leefbaarheid", false, -0.01, 0.15, 0.6, 0.006, {0.004, -0.001, 0.012}},
    {"leefbaarheid_won", false, 0.01, 0.05, 1, 0.002, {0.001, 0, 0.001}},
    {"leefbaarheid_fys", false, 0, 0.04, 1, 0.001, {0, 0, 0}},
    {"leefbaarheid_vrz", false, 0.01, 0.09, 1, 0.001, {0, 0, 0}},
    {"leefbaarheid_soc", false, -0.01, 0.05, 0.8, 0.003, {0.001, 0, 0.006}},
    {"leefbaarheid_onv", false, -0.02, 0.09, 0.7, 0.004, {0.002, -0.001, 0.005}},
    {"lettings", false, 21, 12, 1.02, 2.4, {-0.2, 0.1, 0}},
    {"vacancies", false, 7.4, 4, 1.04, 1.1, {0.1, 0, 0}},
    {"price_index", false, 1, 0.12, 1.01, 0.011, {0.001, 0, 0.002}},
    {"wait", false, 80, 19, 1.04, 6, {2, -20, 0.2}},
};
enum { MAKE_RESULTS_N_LOCAL = sizeof make_results_local / sizeof make_results_local[0] };

static inline make_results_plan make_results_usual(void)
{
    return (make_results_plan){.n_areas = 40, .n_years = 10, .n_scenarios = 3, .with_map = true, .with_codebook = true, .with_queue = true};
}

/* ---- a generator of its own ---- */

static uint64_t make_results_state;

static double make_results_uniform(void)
{
    make_results_state = make_results_state * 6364136223846793005u + 1442695040888963407u;
    return ((double)(make_results_state >> 33) + 0.5) / 2147483648.0;
}

/* About normal: the sum of four uniforms, mean 0, sd 1. */
static double make_results_noise(void)
{
    double sum = 0.0;
    for (int i = 0; i < 4; i++)
        sum += make_results_uniform();
    return (sum - 2.0) * 1.7320508;
}

/* The same number for the same name and area: the character of a buurt. */
static double make_results_trait(const char *name, int area)
{
    char key[120];
    (void)snprintf(key, sizeof key, "%s/%d", name, area);
    make_results_state = wks_text_hash(key);
    double trait = make_results_noise();
    return trait;
}

/* ---- rows ---- */

typedef struct make_results_row {
    const char *scenario, *theory, *indicator, *group, *scale, *level, *area;
    int tick;
    double reference, mean, sd; /* sd over replications */
    int n_pairs;
} make_results_row;

static void make_results_date(int tick, char *out)
{
    (void)snprintf(out, 16, "%d-%02d", 2025 + tick / 12, tick % 12 + 1);
}

static void make_results_numbers(wks_text *out, const double *value, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        wks_text_add_char(out, ',');
        wks_text_add_number(out, value[i]);
    }
}

static void make_results_level(wks_text *out, const make_results_row *row)
{
    char date[16];
    double half = 2.093 * row->sd / 4.4721, p = 1.2816 * row->sd;
    const double values[] = {row->mean, row->sd, row->mean - half, row->mean + half, row->mean - p, row->mean, row->mean + p};
    make_results_date(row->tick, date);
    wks_text_addf(out, "%s,%s,%d,%s,%s,%s,%s,%s,%s", row->scenario, row->theory, row->tick, date, row->indicator, row->group, row->scale,
                  row->level, row->area);
    make_results_numbers(out, values, 7);
    wks_text_addf(out, ",%d\n", row->n_pairs);
}

static void make_results_pair(wks_text *out, const make_results_row *row)
{
    char date[16];
    double difference = row->mean - row->reference, half = 2.093 * row->sd / 4.4721 / 2.2;
    bool is_last = row->area[0] == '\0';
    double values[] = {row->reference, row->mean, difference, difference - half, difference + half};
    make_results_date(row->tick, date);
    wks_text_addf(out, "reference,%s,%d,%s,%s,%s,%s,%s,%s,%d", row->scenario, row->tick, date, row->indicator, row->group, row->scale,
                  row->level, row->area, row->n_pairs);
    make_results_numbers(out, values, 5);
    wks_text_addf(out, ",t,%s,%s,%s,%s\n", is_last ? "0.02" : "", row->sd > 0.0 ? "9.7" : "", row->theory,
                  fabs(difference) > half ? "interval excludes zero" : "interval includes zero");
}

static void make_results_emit(wks_text *levels, wks_text *pairs, const make_results_plan *plan, make_results_row *row, double start,
                              double end, double sd, const double *effect, double progress, double weight)
{
    row->n_pairs = plan->n_pairs > 0 ? plan->n_pairs : MAKE_RESULTS_REPLICATIONS;
    row->reference = start + (end - start) * progress + make_results_noise() * sd * 0.2;
    for (int s = 0; s < plan->n_scenarios; s++) {
        row->scenario = make_results_scenario[s];
        double grown = progress < 0.1 ? 0.0 : progress;
        row->mean = row->reference + (s == 0 ? 0.0 : effect[s - 1] * weight * grown + make_results_noise() * sd * 0.03 * (progress > 0.0));
        row->sd = progress > 0.0 ? sd : 0.0;
        make_results_level(levels, row);
        if (s > 0) make_results_pair(pairs, row);
    }
}

static void make_results_city_rows(wks_text *levels, wks_text *pairs, const make_results_plan *plan, const char *theory)
{
    for (int tick = 0; tick <= 12 * plan->n_years; tick++) {
        for (int i = 0; i < MAKE_RESULTS_N_CITY; i++) {
            const struct make_results_city *one = &make_results_city[i];
            for (int g = one->by_group == 2 ? 0 : -1; g < (one->by_group > 0 ? MAKE_RESULTS_N_GROUPS : 0); g++) {
                make_results_row row = {NULL, theory, one->indicator, g < 0 ? "" : make_results_group[g], one->scale, "", "", tick, 0, 0,
                                        0,    0};
                bool is_without = plan->without_success && g == 0 && strcmp(one->indicator, "success_rate") == 0;
                double factor = is_without ? NAN : (g < 0 ? 1.0 : 1.0 + 0.17 * g);
                const bool is_set = plan->growth_of_d > 0.0 && strcmp(one->indicator, "D") == 0;
                const double end = is_set ? one->start * plan->growth_of_d : one->end;
                make_results_emit(levels, pairs, plan, &row, one->start * factor, end * factor, one->sd, one->effect,
                                  tick / (12.0 * plan->n_years), g == 2 ? -0.6 : 1.0);
            }
        }
    }
}

static void make_results_local_rows(wks_text *levels, wks_text *pairs, const make_results_plan *plan, const char *theory)
{
    for (int tick = 0; tick <= 12 * plan->n_years; tick += 12) {
        for (int i = 0; i < MAKE_RESULTS_N_LOCAL; i++) {
            const struct make_results_local *one = &make_results_local[i];
            for (int g = one->by_group ? 0 : -1; g < (one->by_group ? MAKE_RESULTS_N_GROUPS : 0); g++) {
                for (int a = 0; a < plan->n_areas; a++) {
                    char code[32], name[80];
                    (void)snprintf(code, sizeof code, "BU9999%04d", a + 1);
                    (void)snprintf(name, sizeof name, "%s%d", one->indicator, g);
                    double trait = make_results_trait(name, a), start = one->start + one->spread * trait,
                           weight = make_results_trait("w", a);
                    if (strcmp(one->indicator, "households") == 0) start = a == 7 ? 4.0 : fmax(start, 120.0);
                    if (strcmp(one->indicator, "share") == 0) start = fmax(start, 0.002);
                    make_results_state = wks_text_hash(name) + (uint64_t)(a * 1000 + tick);
                    make_results_row row = {NULL, theory, one->indicator, g < 0 ? "" : make_results_group[g], "", "buurt", code, tick, 0, 0,
                                            0,    0};
                    make_results_emit(levels, pairs, plan, &row, start, start * one->end, one->sd, one->effect,
                                      tick / (12.0 * plan->n_years), weight);
                }
            }
        }
    }
}

static void make_results_tables(const char *dir, const make_results_plan *plan)
{
    wks_text levels = WKS_TEXT_INIT, pairs = WKS_TEXT_INIT;
    static const char *const theories[] = {"T0", "T1", "T2"};
    wks_text_add(&levels, "scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,p10,p50,p90,n\n");
    wks_text_add(
        &pairs, "reference,scenario,tick,date,indicator,group,scale,level,area,n_pairs,mean_reference,mean_scenario,mean_difference,ci_low,"
                "ci_high,method,p_adjusted,variance_reduction,theory,verdict\n");
    for (int t = plan->with_theories ? 0 : 1; t < (plan->with_theories ? 3 : 2); t++) {
        make_results_state = 42;
        make_results_city_rows(&levels, &pairs, plan, theories[t]);
        make_results_local_rows(&levels, &pairs, plan, theories[t]);
    }
    free(wks_folder_put(dir, "summary.csv", levels.data));
    if (plan->n_scenarios > 1) free(wks_folder_put(dir, "contrasts.csv", pairs.data));
    wks_text_free(&levels);
    wks_text_free(&pairs);
}

/* ---- other files ---- */

static void make_results_queue(const char *dir, const make_results_plan *plan)
{
    static const char *const groups[] = {"", "verwezen", "jong", "laag_inkomen"};
    for (int s = 0; s < plan->n_scenarios; s++) {
        wks_text out = WKS_TEXT_INIT;
        char name[80];
        wks_text_add(
            &out,
            "scenario,replication,tick,date,group,registered,active,reactions,housed,success_rate,wait_p10,wait_p50,wait_p90,search_p50\n");
        for (int r = 1; r <= MAKE_RESULTS_REPLICATIONS; r++) {
            for (int tick = 12; tick <= 12 * plan->n_years; tick += 12) {
                for (int g = 0; g < 4; g++) {
                    char date[16];
                    make_results_state = (uint64_t)(r * 1000003 + tick * 101 + g);
                    double luck = make_results_noise(), own = make_results_noise() * 0.4;
                    double effect = s == 0 ? 0.0 : make_results_city[11].effect[s - 1] * (g == 2 ? -0.4 : 1.0) + own;
                    double active = 14000.0 / (1 << g),
                           rate = 0.06 + 0.01 * g + 0.002 * luck + (s == 0 ? 0.0 : make_results_city[13].effect[s - 1] + 0.0003 * own);
                    const double values[] = {rate, 31.0 + luck, 80.0 - 9.0 * g + 3.0 * luck + effect, 160.0 + 4.0 * luck + effect,
                                             27.0 - 2.0 * g + luck + effect * 0.1};
                    make_results_date(tick, date);
                    wks_text_addf(&out, "%s,%d,%d,%s,%s,%d,%.0f,9000,%.0f", make_results_scenario[s], r, tick, date, groups[g], 44000 >> g,
                                  active, active * rate);
                    make_results_numbers(&out, values, 5);
                    wks_text_add(&out, "\n");
                }
            }
        }
        (void)snprintf(name, sizeof name, "%s%squeue.csv", plan->n_scenarios > 1 ? make_results_scenario[s] : "",
                       plan->n_scenarios > 1 ? "/" : "");
        free(wks_folder_put(dir, name, out.data));
        wks_text_free(&out);
    }
}

static void make_results_scenarios(const char *dir, const make_results_plan *plan)
{
    for (int s = 0; s < plan->n_scenarios; s++) {
        wks_text out = WKS_TEXT_INIT;
        char name[80];
        bool is_named = plan->title != NULL && (s == 1 || plan->n_scenarios == 1);
        wks_text_addf(&out, "name = \"%s\";\ntitle = \"", make_results_scenario[s]);
        for (const char *c = is_named ? plan->title : make_results_title[s]; *c != '\0'; c++) {
            if (*c == '"' || *c == '\\') wks_text_add_char(&out, '\\');
            wks_text_add_char(&out, *c);
        }
        wks_text_add(&out, "\";\n");
        if (s == 1)
            wks_text_add(&out,
                         "question = \"Wat gebeurt er als een buurt niet meer dan 12 procent verwezen huishoudens mag huisvesten?\";\n");
        (void)snprintf(name, sizeof name, "%s%sscenario.cfg", plan->n_scenarios > 1 ? make_results_scenario[s] : "",
                       plan->n_scenarios > 1 ? "/" : "");
        free(wks_folder_put(dir, name, out.data));
        wks_text_free(&out);
    }
    if (plan->n_scenarios > 1) {
        free(wks_folder_put(dir, "differences.txt",
                            "[cap-12]\n  rules.regio.spreiding: nieuw, hoogstens 12 procent verwezen huishoudens per buurt\n[lottery]\n"
                            "  rules.regio.channels: de helft van het aanbod door loting (was: alles op inschrijfduur)\n"));
    }
}

static void make_results_manifest(const char *dir, const make_results_plan *plan)
{
    wks_text out = WKS_TEXT_INIT;
    wks_text_addf(
        &out, "{\n \"status\": \"complete\", \"kind\": \"%s\", \"version\": \"0.1.0\", \"commit\": \"0123abc\", \"city\": \"modelstad\",\n",
        plan->n_scenarios > 1 ? "compare" : "run");
    if (plan->people != NULL) wks_text_addf(&out, " \"people\": \"%s\",\n", plan->people);
    wks_text_add(
        &out,
        " \"command\": \"wijksim compare /home/user/reference.cfg cap-12.cfg -r 20 -o results/demo\",\n \"scenario_hash\": "
        "\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\",\n \"inputs\": [{\"path\": \"/home/user/cities/modelstad\", "
        "\"sha256\": \"60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752\"}],\n \"seeds\": {\"population\": 1, "
        "\"dynamics\": 7},\n "
        "\"replications\": [");
    for (int r = 1; r <= MAKE_RESULTS_REPLICATIONS; r++) {
        wks_text_addf(&out, "%s{\"number\": %d, \"status\": \"complete\", \"state_hash\": \"00000000000000aa\", \"wall_s\": 1.5}",
                      r > 1 ? ", " : "", r);
    }
    wks_text_add(
        &out,
        "],\n \"threads\": 2, \"compiler\": \"gcc 12.2.0\", \"started\": \"2026-01-05T09:00:00Z\", \"ended\": \"2026-01-05T09:00:48Z\", "
        "\"wall_s\": 48.2\n}\n");
    free(wks_folder_put(dir, "manifest.json", out.data));
    wks_text_free(&out);
}

static const char make_results_codebook[] =
    "file,column,indicator,unit,label_nl,label_en,explanation_nl,explanation_en\n"
    "city.csv,value,households,households,Huishoudens,Households,,\n"
    "city.csv,value,persons,persons,Inwoners,Inhabitants,,\n"
    "city.csv,value,moves,moves,Verhuizingen per maand,Moves a month,,\n"
    "city.csv,value,lettings,lettings,Verhuringen per maand,Lettings a month,,\n"
    "city.csv,value,vacancies_social,units,Leegstaande sociale huurwoningen,Vacant social units,,\n"
    "city.csv,value,vacancies_market,units,Leegstaande overige woningen,Other vacant units,,\n"
    "city.csv,value,registered,persons,Ingeschrevenen,Registered,,\n"
    "city.csv,value,active,persons,Actief zoekenden,Active seekers,,\n"
    "city.csv,value,reactions_per_advert,reactions,Reacties per advertentie,Reactions per advert,,\n"
    "city.csv,value,refusals_per_letting,-,Weigeringen per verhuring,Refusals per letting,,\n"
    "city.csv,value,wait_mean_months,months,Gemiddelde inschrijfduur bij toewijzing,Mean registration time at letting,,\n"
    "city.csv,value,wait_p50_months,months,Mediane inschrijfduur bij toewijzing,Median registration time at letting,,\n"
    "city.csv,value,search_p50_months,months,Mediane zoektijd,Median search time,,\n"
    "city.csv,value,success_rate,share,Slaagkans in 12 maanden,Chance of success in 12 months,,\n"
    "city.csv,value,starters_share,share,Aandeel starters in de verhuringen,Starters' share of lettings,,\n"
    "city.csv,value,unhoused,households,Zonder eigen woning,Without a home of their own,,\n"
    "city.csv,value,rent_burden,share,Netto huurquote,Net rent burden,,\n"
    "city.csv,value,evictions,households,Huisuitzettingen per maand,Evictions a month,,\n"
    "city.csv,value,D,index,Segregatie (D),Segregation (D),,\n"
    "city.csv,value,H,index,Segregatie (H),Segregation (H),,\n"
    "city.csv,value,xPx,index,Isolatie (xPx),Isolation (xPx),,\n"
    "city.csv,value,D_baseline,index,D bij toevallige spreiding,D under random allotment,,\n"
    "city.csv,value,leefbaarheid,LBM,Leefbaarheid,Leefbaarheid,,\n"
    "city.csv,value,leefbaarheid_gap,LBM,Achterstand aandachtsgebieden,Gap of focus areas,,\n"
    "city.csv,value,load,-,Belasting ten opzichte van draagkracht,Load over capacity,,\n"
    "buurt.csv,value,share,share,Aandeel,Share,,\n"
    "buurt.csv,value,leefbaarheid_won,LBM,Woningvoorraad,Housing stock,,\n"
    "buurt.csv,value,leefbaarheid_fys,LBM,Fysieke omgeving,Physical environment,,\n"
    "buurt.csv,value,leefbaarheid_vrz,LBM,Voorzieningen,Amenities,,\n"
    "buurt.csv,value,leefbaarheid_soc,LBM,Sociale samenhang,Cohesion,,\n"
    "buurt.csv,value,leefbaarheid_onv,LBM,Overlast en onveiligheid,Nuisance and insecurity,,\n"
    "buurt.csv,value,vacancies,units,Leegstaande woningen,Vacant units,,\n"
    "buurt.csv,value,price_index,index,Relatieve prijs,Relative price,,\n"
    "buurt.csv,value,wait,months,Inschrijfduur bij toewijzing,Registration time at letting,,\n"
    "city.csv,group,verwezen,,Verwezen huishoudens,Referred households,,\n"
    "city.csv,group,jong,,Jonger dan 27,Under 27,,\n"
    "city.csv,group,laag_inkomen,,Laag inkomen,Low income,,\n";

static void make_results_map(const char *dir, const make_results_plan *plan)
{
    enum { SIDES = 4 };
    int n = plan->n_areas, columns = 1;
    while (columns * columns * 3 < n * 4)
        columns++;
    size_t n_points = (size_t)n * (SIDES + 1);
    wks_err err = WKS_ERR_INIT;
    wks_geometry g = {.n_areas = n, .n_rings = n};
    char **codes = wks_mem_array((size_t)n, sizeof *codes), **names = wks_mem_array((size_t)n, sizeof *names);
    g.code = codes;
    g.ring_start = wks_mem_array((size_t)n + 1, sizeof *g.ring_start);
    g.point_start = wks_mem_array((size_t)n + 1, sizeof *g.point_start);
    g.is_hole = wks_mem_array((size_t)n, sizeof *g.is_hole);
    g.x = wks_mem_array(n_points, sizeof *g.x);
    g.y = wks_mem_array(n_points, sizeof *g.y);
    for (int a = 0; a < n; a++) {
        static const int corner[SIDES + 1][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}};
        char text[120];
        (void)snprintf(text, sizeof text, "BU9999%04d", a + 1);
        codes[a] = wks_mem_string(text);
        (void)snprintf(text, sizeof text, "%s %d", a % 3 == 0 ? "Oosterwijk" : a % 3 == 1 ? "De Meent" : "Havenkwartier-Noord", a / 3 + 1);
        names[a] = wks_mem_string(a == 0 && plan->area_name != NULL ? plan->area_name : text);
        g.ring_start[a + 1] = a + 1;
        g.point_start[a + 1] = (int64_t)(a + 1) * (SIDES + 1);
        for (int k = 0; k <= SIDES; k++) {
            int i = a % columns + corner[k][0], j = a / columns + corner[k][1];
            make_results_state = (uint64_t)(i * 7919 + j * 104729 + 1);
            g.x[a * (SIDES + 1) + k] = 130000.0 + 600.0 * i + 190.0 * make_results_noise();
            g.y[a * (SIDES + 1) + k] = 455000.0 + 500.0 * j + 150.0 * make_results_noise();
        }
    }
    char *path = wks_folder_path(dir, "map.gpkg");
    assert_ok(wks_geometry_write(path, "areas", &g, &(wks_geometry_labels){.name = (const char *const *)names}, &err), &err);
    free(path);
    for (int a = 0; a < n; a++)
        free(names[a]);
    free(names);
    wks_geometry_free(&g);
}

/** Writes the files into an existing folder; fails the test when it cannot. */
static void make_results(const char *dir, const make_results_plan *plan)
{
    make_results_tables(dir, plan);
    make_results_scenarios(dir, plan);
    make_results_manifest(dir, plan);
    if (plan->with_codebook) free(wks_folder_put(dir, "codebook.csv", make_results_codebook));
    if (plan->with_queue) make_results_queue(dir, plan);
    if (plan->with_map) make_results_map(dir, plan);
    if (plan->with_losers) {
        free(wks_folder_put(
            dir, "losers.csv",
            "reference,scenario,theory,group,outcome,better,equal,worse,n\nreference,cap-12,T1,verwezen,wait_p50_months,120,310,230,660\n"
            "reference,lottery,T1,jong,wait_p50_months,410,200,90,700\n"));
        free(wks_folder_put(
            dir, "untouched.csv",
            "reference,scenario,theory,tick,area,households,identical,share_identical,same_now,share_same_now,only_reference,only_"
            "scenario\n"
            "reference,cap-12,T1,12,,1000,987,0.987,989,0.989,3,4\nreference,cap-12,T1,12,inside,100,87,0.87,89,0.89,3,4\n"
            "reference,cap-12,T1,18,,1000,955,0.955,989,0.989,3,4\nreference,cap-12,T1,24,,1000,654,0.654,660,0.66,30,40\n"));
    }
    if (plan->with_losers) { /* with them the other tables about who and where */
        free(wks_folder_put(
            dir, "waterbed.csv",
            "reference,scenario,theory,tick,date,band,indicator,group,n_pairs,mean_reference,mean_scenario,mean_difference,ci_low,"
            "ci_high,verdict,buurten,households\n"
            "reference,cap-12,T1,12,2026-01,inside,share,verwezen,30,0.2,0.1,-0.1,-0.2,-0.05,lower,2,100\n"
            "reference,cap-12,T1,24,2027-01,inside,share,verwezen,30,0.2,0.1764,-0.0236,-0.03,-0.01,lower,2,100\n"
            "reference,cap-12,T1,24,2027-01,touching,share,verwezen,30,0.1,0.1123,0.0123,-0.01,0.03,within the noise,3,300\n"));
        free(wks_folder_put(
            dir, plan->n_scenarios > 1 ? "cap-12/destinations.csv" : "destinations.csv",
            "scenario,replication,cause,from_area,destination,to_area,distance,households,leefbaarheid_change,rent_change_eur\n"
            "cap-12,1,spreiding,BU1,city,BU2,1_2_km,60,0.01,12\ncap-12,1,spreiding,BU1,stayed,,,30,,\n"));
    }
    if (plan->with_compliance) {
        free(
            wks_folder_put(dir, plan->n_scenarios > 1 ? "reference/compliance.csv" : "compliance.csv",
                           "scenario,replication,year,owner,rule,required,achieved,met\nreference,1,2025,Corporatie A,passend,0.95,0.97,1\n"
                           "reference,1,2026,Corporatie A,passend,0.95,0.93,0\n"));
    }
}

#endif
