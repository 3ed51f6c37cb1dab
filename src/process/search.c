#include "process/search.h"

#include <string.h>

#include "base/par.h"
#include "num/math.h"
#include "process/buffer_slots.h"
#include "process/search_activation.h"
#include "process/search_odds.h"
#include "process/tick_list.h"
#include "rules/conduct.h"
#include "world/belief.h"
#include "world/relations.h"

static const wks_param params[WKS_SEARCH_N_PARAMS] = {
    [WKS_SEARCH_P_START] = {"start", WKS_PARAM_REAL, "-", 1.1, 0, 20, NULL, false, "assumption",
                            "factor from the yearly share that moved within its gemeente by age [S87] to the hazard of starting to look"},
    [WKS_SEARCH_P_PRESSED_SOCIAL] = {"pressed_social", WKS_PARAM_REAL, "-", 9, 0, 50, NULL, false, "assumption",
                                     "further factor on beginning to look in earnest for a social home: most who try do not succeed"},
    [WKS_SEARCH_P_ORIENTED_SOCIAL] = {"oriented_social", WKS_PARAM_REAL, "-", 24, 0, 50, NULL, false,
                                      "assumption, so that about one registered household in three reacts [S57b, S60]",
                                      "the same factor, for registered households, on beginning to look now and then"},
    [WKS_SEARCH_P_LEAVE] = {"leave", WKS_PARAM_REAL, "-", 1, 0, 10, NULL, false, "assumption",
                            "factor on the yearly share that moved to another gemeente by age [S87]"},
    [WKS_SEARCH_P_GIVE_UP] = {"give_up", WKS_PARAM_REAL, "1/yr", 0.07, 0, 1, NULL, false, "assumption", "housed seekers who stop looking"},
    [WKS_SEARCH_P_CALM] = {"calm", WKS_PARAM_REAL, "1/yr", 0.4, 0, 1, NULL, false,
                           "assumption: one in five active seekers is in trouble without quick success [S57b]",
                           "pressed seekers with a home and without urgency who look now and then from now on"},
    [WKS_SEARCH_P_PRESS_MORE] = {"press_more", WKS_PARAM_REAL, "-", 1, 0, 20, NULL, false, "assumption",
                                 "factor on becoming pressed for who is oriented already"},
    [WKS_SEARCH_P_OUTSIDE_PRESSED] = {"outside_pressed", WKS_PARAM_REAL, "share", 0.6, 0, 1, NULL, false, "assumption",
                                      "seekers from elsewhere who are pressed"},
    [WKS_SEARCH_P_LATENT_PRESS] = {"latent_press", WKS_PARAM_REAL, "1/yr", 0.4, 0, 1, NULL, false, "assumption",
                                   "seekers at their parents who become pressed"},
    [WKS_SEARCH_P_SOCIAL] = {"social", WKS_PARAM_REAL, "-", 0.2, 0, 10, NULL, false, "assumption", "factor on starting for social tenants"},
    [WKS_SEARCH_P_PRIVATE_RENT] = {"private_rent", WKS_PARAM_REAL, "-", 0.75, 0, 10, NULL, false,
                                   "assumption, fitted to persons who move within the gemeente by age [S87] on modelstad",
                                   "factor for private tenants"},
    [WKS_SEARCH_P_ROOM] = {"room", WKS_PARAM_REAL, "-", 0.9, 0, 10, NULL, false,
                           "assumption, fitted to persons who move within the gemeente by age [S87] on modelstad",
                           "factor for who lives in a room"},
    [WKS_SEARCH_P_STUDENT] = {"student", WKS_PARAM_REAL, "-", 0.025, 0, 10, NULL, false,
                              "assumption: a student with a home stays until the study ends; fitted as `room`",
                              "further factor on starting for students who have a home"},
    [WKS_SEARCH_P_OWNER] = {"owner", WKS_PARAM_REAL, "-", 0.55, 0, 10, NULL, false,
                            "assumption, fitted to persons who move within the gemeente by age [S87] on modelstad",
                            "factor for owner-occupiers"},
    [WKS_SEARCH_P_OWNER_SOCIAL] = {"owner_social", WKS_PARAM_REAL, "-", 0.5, 0, 10, NULL, false,
                                   "assumption: half of those who get a home leave none behind [S1c], so few leave one they own",
                                   "further factor for owner-occupiers on looking for a social home"},
    [WKS_SEARCH_P_DURATION] = {"duration", WKS_PARAM_REAL, "yr", 2.5, 0.5, 100, NULL, false,
                               "assumption, fitted with the floor: 42 % of new tenants had left within 5 years [S112], turnover 7 % [S3]",
                               "scale at which the hazard falls with years at the address"},
    [WKS_SEARCH_P_FLOOR] = {"duration_floor", WKS_PARAM_REAL, "share", 0.3, 0, 1, NULL, false, "assumption, fitted as `duration`",
                            "what is left of the hazard after a long stay"},
    [WKS_SEARCH_P_MISFIT] = {"misfit", WKS_PARAM_REAL, "-", 2.5, 1, 20, NULL, false, "assumption: household change moves people [S112]",
                             "factor when there are more persons than rooms"},
    [WKS_SEARCH_P_CHANGE] =
        {"change", WKS_PARAM_REAL, "-", 1.3, 1, 20, NULL, false,
         "assumption: household change moves people, a rise of income hardly does [S112]; fitted to moves at age 0 [S87]",
         "factor on starting in the months after a birth, a couple formed or parted, a death or a child that left"},
    [WKS_SEARCH_P_CHANGE_MONTHS] = {"change_months", WKS_PARAM_INT, "months", 12, 0, 120, NULL, false, "assumption",
                                    "how long a change of the household makes it look"},
    [WKS_SEARCH_P_COST] =
        {"cost", WKS_PARAM_REAL, "-", 0.25, 0, 5, NULL, false, "assumption",
         "tenants: starting rises by this share for every tenth of income by which net rent exceeds `cost_from` (at most three)"},
    [WKS_SEARCH_P_COST_FROM] = {"cost_from", WKS_PARAM_REAL, "share", 0.30, 0, 1, NULL, false, "assumption",
                                "net rent over income that is felt as too much"},
    [WKS_SEARCH_P_LEEFBAARHEID] = {"b_leefbaarheid", WKS_PARAM_REAL, "-", 0.10, 0, 0.4, NULL, false, "assumption",
                                   "leaving rises by exp(b) when leefbaarheid is 0.14 below the city's mean"},
    [WKS_SEARCH_P_TIPPING] =
        {"tipping", WKS_PARAM_REAL, "-", 0, 0, 2, NULL, false,
         "assumption, off: thresholds in [S25], none in [S26]; their strength is not told",
         "starting and leaving rise by this share for each of the bounds 6/7 and 7/8 below which leefbaarheid fell since "
         "the start"},
    [WKS_SEARCH_P_KIN] = {"kin", WKS_PARAM_REAL, "-", 0.7, 0, 1, NULL, false,
                          "assumption: living near family strongly lowers moving [S115]",
                          "factor on starting and leaving with close kin in the same buurt"},
    [WKS_SEARCH_P_LEAVE_KIN] = {"leave_kin", WKS_PARAM_REAL, "-", 0.85, 0, 1, NULL, false, "assumption [S115]",
                                "factor on leaving with close kin elsewhere in the city"},
    [WKS_SEARCH_P_CHILDREN] = {"leave_children", WKS_PARAM_REAL, "-", 0.65, 0, 1, NULL, false,
                               "assumption: families move over shorter distances",
                               "factor on leaving the region for households with children"},
    [WKS_SEARCH_P_RISE] =
        {"rise", WKS_PARAM_REAL, "-", 1, 1, 5, NULL, false,
         "assumption: a rise of income hardly moves tenants [S112], but who leaves such areas more often rose [S79]; 1 to 2",
         "factor on starting and leaving in the year after a spell of low income ended, in buurten where half of the homes or more are "
         "social"},
    [WKS_SEARCH_P_SETTLED] =
        {"settled", WKS_PARAM_REAL, "-", 1, 1, 5, NULL, false,
         "off; 1.5: naturalised immigrants leave concentration areas 50 % more often [S80], length of stay stands in for it",
         "the same for who came from abroad during the run and is in the region for settled_years or more"},
    [WKS_SEARCH_P_SETTLED_YEARS] = {"settled_years", WKS_PARAM_REAL, "yr", 5, 0, 40, NULL, false,
                                    "assumption: the term of naturalisation (general knowledge)", "stay from which `settled` counts"},
    [WKS_SEARCH_P_BELIEF_FLOOR] = {"belief_floor", WKS_PARAM_REAL, "share", 0.35, 0, 1, NULL, false,
                                   "assumption: who has little inschrijfduur postpones reacting [S57b]",
                                   "share that begins to look for a social home without any hope of success"},
    [WKS_SEARCH_P_BELIEF_FULL] = {"belief_full", WKS_PARAM_REAL, "1/yr", 0.25, 0.01, 1, NULL, false, "assumption",
                                  "chance of success in a year at which nobody postpones"},
    [WKS_SEARCH_P_POINTS_PULL] = {"points_pull", WKS_PARAM_REAL, "share", 0.5, 0, 1, NULL, false,
                                  "assumption, with 21 % more active seekers a year after points in the Amsterdam region [S1c]",
                                  "of those who postpone, the share that does not when reacting earns points"},
    [WKS_SEARCH_P_LATENT_LOOK] = {"latent_look", WKS_PARAM_REAL, "1/yr", 0.75, 0, 1, NULL, false, "assumption",
                                  "latent units at parents that begin to look, now and then at first"},
    [WKS_SEARCH_P_MARKET_INCOME] = {"market_income", WKS_PARAM_REAL, "-", 0.8, 0, 3, NULL, false, "assumption",
                                    "income over the DAEB limit from which a housed household looks on the market as well"},
    [WKS_SEARCH_P_STUDENT_LEAVE] = {"student_leave", WKS_PARAM_REAL, "-", 0.3, 0, 1, NULL, false,
                                    "assumption: moves between gemeenten at 18-24 are to the place of study",
                                    "factor on leaving for students with a home here"},
    [WKS_SEARCH_P_URGENT_FAMILY] = {"urgent_family", WKS_PARAM_REAL, "1/mo", 0.12, 0, 1, NULL, false,
                                    "assumption, so that about one regular letting in ten goes to urgents [S44]",
                                    "families without a home of their own that get social urgency"},
    [WKS_SEARCH_P_URGENT_SINGLE] = {"urgent_single", WKS_PARAM_REAL, "1/mo", 0.01, 0, 1, NULL, false,
                                    "assumption: most spoedzoekers get none",
                                    "others in shelter or with an ex-partner that get social urgency"},
    [WKS_SEARCH_P_URGENT_MEDICAL] = {"urgent_medical", WKS_PARAM_REAL, "1/mo", 0.003, 0, 1, NULL, false, "assumption",
                                     "frail households in a home that is not accessible that get medical urgency"},
    [WKS_SEARCH_P_URGENT_MONTHS] = {"urgent_months", WKS_PARAM_INT, "months", 12, 1, 120, NULL, false,
                                    "usual in huisvestingsverordeningen; assumption as a default", "months until urgency expires"},
};

static void look_at_households(int64_t begin, int64_t end, int64_t block, void *context)
{
    const wks_search_pass *self = context;
    (void)block;
    wks_search_activation_decide(self, (int32_t)begin, (int32_t)end);
}

static wks_status register_one(wks_world *world, int32_t row, wks_err *err)
{
    int32_t person = world->household.first_person_row[row];
    while (person >= 0 && world->month - world->person.birth_month[person] < 18 * 12)
        person = world->person.next_row[person];
    if (person < 0 || world->person.registration_row[person] >= 0) return WKS_OK;
    return wks_relations_register(world, person, world->month, err);
}

typedef struct wks_search_active {
    const wks_world *world;
    int64_t (*count)[WKS_BELIEF_TYPES][WKS_BELIEF_DURATIONS]; /* a table a block */
} active_pass;

static void count_active(int64_t begin, int64_t end, int64_t block, void *context)
{
    active_pass *self = context;
    const wks_household_table *household = &self->world->household;

    memset(self->count[block], 0, sizeof self->count[block]);
    for (int64_t i = begin; i < end; i++) {
        if (household->key[i] == 0 || (household->search[i] != WKS_SEARCH_SOCIAL && household->search[i] != WKS_SEARCH_BOTH)) continue;
        const int32_t type = (int32_t)wks_household_type_of(household, (int32_t)i);
        self->count[block][type][wks_belief_class(wks_world_registered_months(self->world, (int32_t)i))]++;
    }
}

/* This month's active seekers, for what everybody will believe next month. */
static wks_status tell_belief(wks_tick *tick, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t n = world->household.base.n_rows;
    const int64_t n_blocks = wks_par_blocks(n, 0);
    int64_t total[WKS_BELIEF_TYPES][WKS_BELIEF_DURATIONS] = {{0}};
    active_pass self = {world, wks_tick_buffer(tick, WKS_SLOT_BLOCKS, (size_t)n_blocks, sizeof total)};

    if (self.count == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for counts of seekers");
    wks_par_for(n, 0, world->threads, count_active, &self);
    for (int64_t b = 0; b < n_blocks; b++) {
        for (int32_t t = 0; t < WKS_BELIEF_TYPES; t++) {
            for (int32_t d = 0; d < WKS_BELIEF_DURATIONS; d++)
                total[t][d] += self.count[b][t][d];
        }
    }
    wks_belief_take_active(world, (const int64_t(*)[WKS_BELIEF_DURATIONS])total);
out:
    return rc;
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t n = world->household.base.n_rows;
    double *pull = wks_tick_buffer(tick, WKS_SLOT_BUURT_A, (size_t)world->buurt.base.n_rows, sizeof *pull);
    wks_tick_item *item = NULL;
    int32_t n_items = 0;
    wks_conduct conduct;
    wks_search_pass self = {.world = world, .tick = tick, .p = settings->value, .flag = wks_tick_buffer(tick, WKS_SLOT_FLAG, (size_t)n, 1)};

    if (self.flag == NULL || pull == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d households", n);
    wks_conduct_of(wks_part_rules_of(tick->scenario, world->month), &conduct);
    self.earns = wks_conduct_earns(&conduct);
    self.is_regie = wks_scenario_is_law(tick->scenario, WKS_LAW_BILL_VERSTERKING_REGIE, world->month);
    self.is_ban = wks_scenario_is_law(tick->scenario, WKS_LAW_BILL_PRIORITY_BAN, world->month);
    wks_search_odds_prepare(&self, pull);
    wks_par_for(n, 0, world->threads, look_at_households, &self);
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, self.flag, world->household.key, n, &item, &n_items, err));
    for (int32_t k = 0; k < n_items; k++) {
        wks_tick_list_ask(world, item, k, n_items);
        WKS_TRY(register_one(world, item[k].row, err));
    }
    WKS_TRY(tell_belief(tick, err));
out:
    return rc;
}

/* Searches that were under way at tick 0: their intensity, and the first reaction of the registration. */
static void take_up_search(const wks_search_pass *self, int32_t i)
{
    wks_world *world = self->world;
    const int32_t registration = wks_part_registration(world, i), began = world->household.search_month[i];

    world->household.urge[i] = (uint8_t)wks_search_activation_first_urge(self, i);
    if (registration < 0) return;
    const int32_t since = world->registration.since_month[registration];
    world->registration.first_month[registration] = wks_month_cell(began > since ? began : since);
}

/* Until there are lettings to learn from, the usual inschrijfduur at letting is 1.3 times that of who is looking (what the model itself settles at). */
static wks_status start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    double *pull = wks_tick_buffer(tick, WKS_SLOT_BUURT_A, (size_t)world->buurt.base.n_rows, sizeof *pull);
    wks_search_pass self = {.world = world, .tick = tick, .p = settings->value};
    int64_t months = 0, n = 0;

    if (pull == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d buurten", world->buurt.base.n_rows);
    wks_search_odds_prepare(&self, pull);
    wks_search_activation_balance(&self);
    for (int32_t i = 0; i < world->household.base.n_rows; i++) {
        if (world->household.key[i] == 0 || world->household.search_month[i] == WKS_NO_MONTH) continue;
        take_up_search(&self, i);
        if (world->household.registered_month[i] == WKS_NO_MONTH) continue;
        months += world->month - world->household.registered_month[i];
        n++;
    }
    world->belief.wait_p50_months = n > 0 ? 1.0 * (double)months / (double)n : 0;
out:
    return rc;
}

static const wks_process process = {run, start};
const wks_spec wks_search_spec = {
    "search", "process", "each household draws once: stay, look for social or market homes, or leave the region",
    "",       params,    WKS_SEARCH_N_PARAMS,
    &process};
