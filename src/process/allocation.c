#include "process/allocation.h"

#include "process/allocation_conduct.h"
#include "process/landlord.h"
#include "world/belief.h"
#include "world/relations.h"

enum {
    P_REACTIONS,
    P_REACT,
    P_REACT_ORIENTED,
    P_CHOOSY,
    P_POSTPONE,
    P_BELIEF_FULL,
    P_EFFORT,
    P_ACCEPT_PENALTY,
    P_TASTE,
    P_W_RENT,
    P_W_SIZE,
    P_W_LEEFBAARHEID,
    P_W_STIGMA,
    P_W_DISTANCE,
    P_W_KIN,
    P_W_CONTACTS,
    P_ACCEPT,
    P_ACCEPT_WAIT,
    P_ACCEPT_URGENT,
    P_NO_SHOW,
    P_ONE_OFFER,
    P_ELSEWHERE,
    N_PARAMS
};

static const wks_param params[N_PARAMS] = {
    [P_REACTIONS] = {"reactions_per_round", WKS_PARAM_INT, "1/mo", 8, 1, 1000, NULL, false,
                     "assumption, so that dropping a cap of 3 nearly doubles reactions, as at Breda [S62]",
                     "own limit: most adverts an applicant reacts to in a month"},
    [P_REACT] = {"react", WKS_PARAM_REAL, "1/mo", 0.9, 0, 1, NULL, false, "assumption: who needs a home looks every month",
                 "chance that a pressed seeker looks at the adverts of a month"},
    [P_REACT_ORIENTED] = {"react_oriented", WKS_PARAM_REAL, "1/mo", 0.4, 0, 1, NULL, false,
                          "assumption: active is who reacted in the past year [S16], most of them now and then",
                          "the same for an oriented seeker"},
    [P_CHOOSY] = {"choosy", WKS_PARAM_REAL, "utility", 1.0, 0, 10, NULL, false, "assumption",
                  "how much better than staying an oriented seeker wants, in reacting and in accepting"},
    [P_POSTPONE] = {"postpone", WKS_PARAM_REAL, "utility", 1.0, 0, 10, NULL, false,
                    "assumption, with reactions to lots over others of 1.85 (Breda) and 2 (West-Brabant) [S9, S60]: little inschrijfduur "
                    "postpones [S57b]",
                    "what an advert ranked by inschrijfduur or points loses for who believes to have no chance there"},
    [P_BELIEF_FULL] = {"belief_full", WKS_PARAM_REAL, "1/yr", 0.25, 0.01, 1, NULL, false, "assumption",
                       "believed chance of success in a year at which it loses nothing"},
    [P_EFFORT] =
        {"points_effort", WKS_PARAM_REAL, "share", 0.8, 0, 1, NULL, false, "assumption",
         "pressed seekers who react every month, as often as earns points, while they can; of oriented ones react_oriented of that share"},
    [P_ACCEPT_PENALTY] = {"accept_penalty", WKS_PARAM_REAL, "log-odds", 1.0, 0, 20, NULL, false,
                          "assumption, with refusals of 8 and 3 before and after points in the Amsterdam region [S1c]",
                          "more when refusing costs points, inschrijfduur or a suspension"},
    [P_TASTE] = {"taste_sd", WKS_PARAM_REAL, "utility", 1, 0, 10, NULL, false, "assumption",
                 "spread of the taste of one applicant for one dwelling"},
    [P_W_RENT] = {"weight_rent", WKS_PARAM_REAL, "utility", 3, 0, 50, NULL, false, "assumption", "weight of net rent over income"},
    [P_W_SIZE] = {"weight_size", WKS_PARAM_REAL, "utility", 0.5, 0, 10, NULL, false, "assumption",
                  "weight of a room more, up to persons + 2"},
    [P_W_LEEFBAARHEID] = {"weight_leefbaarheid", WKS_PARAM_REAL, "utility", 0.5, 0, 10, NULL, false, "assumption",
                          "weight of leefbaarheid, per 0.14 Leefbaarometer units"},
    [P_W_STIGMA] = {"weight_stigma", WKS_PARAM_REAL, "utility", 0.1, 0, 1, NULL, false, "assumption; 0: it does not count",
                    "weight of the stigma of a designation, of the present home as of an advert"},
    [P_W_DISTANCE] = {"weight_distance", WKS_PARAM_REAL, "utility/km", 0.12, 0, 10, NULL, false, "assumption",
                      "weight of the distance to the present home"},
    [P_W_KIN] = {"weight_kin", WKS_PARAM_REAL, "utility", 0.5, 0, 10, NULL, false, "assumption: living near family [S115]",
                 "weight of close kin in the buurt, of the present home as of an advert"},
    [P_W_CONTACTS] = {"weight_contacts", WKS_PARAM_REAL, "utility", 0.1, 0, 2, NULL, false, "assumption; 0: contacts do not count",
                      "weight of a doubling of light contacts in the buurt since the start, of the present home as of an advert"},
    [P_ACCEPT] = {"accept", WKS_PARAM_REAL, "log-odds", 0.2, -10, 10, NULL, false,
                  "assumption, with refusals of 1.9 (loting) and 4.4 (inschrijfduur) at Breda [S9]",
                  "accepting an offer of average utility without seniority"},
    [P_ACCEPT_WAIT] = {"accept_wait", WKS_PARAM_REAL, "log-odds", 0.45, 0, 10, NULL, false,
                       "assumption: those sure of a next offer are choosy [S9]", "fall per multiple of the usual inschrijfduur at letting"},
    [P_ACCEPT_URGENT] = {"accept_urgent", WKS_PARAM_REAL, "log-odds", 2.4, 0, 20, NULL, false, "assumption: 0.9 for urgents with one offer",
                         "more when refusing ends urgency or the referral"},
    [P_NO_SHOW] = {"no_show", WKS_PARAM_REAL, "share", 0.15, 0, 1, NULL, false, "assumption", "offers that get no answer"},
    [P_ONE_OFFER] = {"urgent_one_offer", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false,
                     "common in huisvestingsverordeningen; assumption as a default", "refusing ends urgency"},
    [P_ELSEWHERE] = {"elsewhere", WKS_PARAM_REAL, "share", 0.2, 0, 1, NULL, false,
                     "assumption, with 74 % of lettings to residents and 13 % to the region at Breda [S62]",
                     "searches that look anywhere in the country, in a folder with regio = gemeente; without it not used"},
};

/* Who was housed is no longer looking; urgency and referral are used up. */
static void close_searches(wks_world *world)
{
    wks_household_table *household = &world->household;
    for (int32_t i = 0; i < world->letting.n; i++) {
        const int32_t row = world->letting.item[i].household_row;
        if (household->key[row] != world->letting.item[i].household_key) continue;
        household->search[row] = WKS_SEARCH_STAY;
        household->search_month[row] = WKS_NO_MONTH;
        household->urge[row] = WKS_URGE_NONE;
        household->n_reactions[row] = 0;
        household->n_refusals[row] = 0;
        household->urgency[row] = WKS_URGENCY_NONE;
        household->urgency_month[row] = WKS_NO_MONTH;
        /* A campus contract ends with the study (BW 7:274d). */
        if (world->dwelling.label[world->unit.dwelling_row[world->letting.item[i].unit_row]] == WKS_LABEL_CAMPUS)
            household->temporary[row] = 1;
    }
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *p = settings->value;
    const wks_round_behaviour behaviour = {
        .reactions_per_round = p[P_REACTIONS],
        .react_share = p[P_REACT],
        .react_oriented = p[P_REACT_ORIENTED],
        .choosy = p[P_CHOOSY],
        .postpone = p[P_POSTPONE],
        .belief_full = p[P_BELIEF_FULL],
        .points_effort = p[P_EFFORT],
        .accept_penalty = p[P_ACCEPT_PENALTY],
        .taste_sd = p[P_TASTE],
        .weight_rent = p[P_W_RENT],
        .weight_size = p[P_W_SIZE],
        .weight_leefbaarheid = p[P_W_LEEFBAARHEID],
        .weight_distance = p[P_W_DISTANCE],
        .weight_kin = p[P_W_KIN],
        .weight_stigma = p[P_W_STIGMA],
        .weight_contacts = p[P_W_CONTACTS],
        .accept_base = p[P_ACCEPT],
        .accept_wait = p[P_ACCEPT_WAIT],
        .accept_urgent = p[P_ACCEPT_URGENT],
        .no_show_share = p[P_NO_SHOW],
        .elsewhere = p[P_ELSEWHERE],
        .urgent_one_offer = p[P_ONE_OFFER] != 0,
    };

    WKS_TRY(wks_round_run(tick->round, tick->world, &tick->law, &behaviour, err));
    wks_belief_take_lettings(tick->world);
    wks_landlord_take_lettings(tick);
    close_searches(tick->world);
    WKS_TRY(wks_allocation_conduct_month(tick, err));
out:
    return rc;
}

static wks_status start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    (void)settings;
    (void)err;
    wks_relations_meettijd_start(tick->world);
    return WKS_OK;
}

static const wks_process process = {run, start};
const wks_spec wks_allocation_spec = {
    "allocation", "process", "vacant social units are advertised, ranked and offered under the rule sets in force", "", params,
    N_PARAMS,     &process};
