#include "report/topic.h"

#include <stddef.h>
#include <string.h>

enum { UNKNOWN_RANK = 1000 };

static const struct topic {
    const char *indicator;
    unsigned bits;
} topics[] = {
    {"wait_p50_months", WKS_TOPIC_SEEKERS | WKS_TOPIC_MAIN | WKS_TOPIC_HEAD},
    {"wait_mean_months", WKS_TOPIC_SEEKERS},
    {"success_rate", WKS_TOPIC_SEEKERS | WKS_TOPIC_MAIN | WKS_TOPIC_HEAD},
    {"starters_share", WKS_TOPIC_SEEKERS | WKS_TOPIC_MAIN | WKS_TOPIC_HEAD},
    {"reactions_per_advert", WKS_TOPIC_SEEKERS | WKS_TOPIC_MAIN},
    {"refusals_per_letting", WKS_TOPIC_SEEKERS | WKS_TOPIC_MAIN | WKS_TOPIC_HEAD},
    {"unhoused", WKS_TOPIC_SEEKERS | WKS_TOPIC_MAIN},
    {"rent_burden", WKS_TOPIC_MONEY | WKS_TOPIC_MAIN | WKS_TOPIC_HEAD},
    {"evictions", WKS_TOPIC_SEEKERS | WKS_TOPIC_MAIN},
    {"leefbaarheid", WKS_TOPIC_LEEFBAARHEID | WKS_TOPIC_MAIN | WKS_TOPIC_MAP | WKS_TOPIC_HEAD},
    {"leefbaarheid_gap", WKS_TOPIC_LEEFBAARHEID | WKS_TOPIC_MAIN | WKS_TOPIC_HEAD},
    {"load", WKS_TOPIC_LEEFBAARHEID | WKS_TOPIC_MAIN | WKS_TOPIC_MAP},
    {"D", WKS_TOPIC_SEGREGATION | WKS_TOPIC_MAIN | WKS_TOPIC_HEAD},
    {"alike_pooled", WKS_TOPIC_SEGREGATION | WKS_TOPIC_MAIN | WKS_TOPIC_HEAD},
    {"unhappy_share", WKS_TOPIC_SEGREGATION | WKS_TOPIC_MAIN | WKS_TOPIC_HEAD},
    {"D_baseline", WKS_TOPIC_SEGREGATION},
    {"ED_binom", WKS_TOPIC_SEGREGATION},
    {"Dmod_binom", WKS_TOPIC_SEGREGATION},
    {"ED_fixed", WKS_TOPIC_SEGREGATION},
    {"Dmod_fixed", WKS_TOPIC_SEGREGATION},
    {"G", WKS_TOPIC_SEGREGATION},
    {"eta2", WKS_TOPIC_SEGREGATION},
    {"gorard", WKS_TOPIC_SEGREGATION},
    {"H", WKS_TOPIC_SEGREGATION},
    {"xPx", WKS_TOPIC_SEGREGATION},
    {"moran_B", WKS_TOPIC_SEGREGATION},
    {"moran_W", WKS_TOPIC_SEGREGATION},
    {"moran_knn6", WKS_TOPIC_SEGREGATION},
    {"H_spatial", WKS_TOPIC_SEGREGATION},
    {"D_spatial", WKS_TOPIC_SEGREGATION},
    {"M", WKS_TOPIC_SEGREGATION},
    {"H_multi", WKS_TOPIC_SEGREGATION},
    {"D_multi", WKS_TOPIC_SEGREGATION},
    {"leefbaarheid_sd", WKS_TOPIC_LEEFBAARHEID},
    {"class_share", WKS_TOPIC_LEEFBAARHEID},
    {"soc_onv_correlation", WKS_TOPIC_LEEFBAARHEID},
    {"share", WKS_TOPIC_MAP},
    {"lettings", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN | WKS_TOPIC_MAP},
    {"wait", WKS_TOPIC_MAP},
    {"vacancies", WKS_TOPIC_STOCK | WKS_TOPIC_MAP},
    {"price_index", WKS_TOPIC_MAP},
    {"leefbaarheid_won", WKS_TOPIC_LEEFBAARHEID | WKS_TOPIC_MAP},
    {"leefbaarheid_fys", WKS_TOPIC_LEEFBAARHEID | WKS_TOPIC_MAP},
    {"leefbaarheid_vrz", WKS_TOPIC_LEEFBAARHEID | WKS_TOPIC_MAP},
    {"leefbaarheid_soc", WKS_TOPIC_LEEFBAARHEID | WKS_TOPIC_MAP},
    {"leefbaarheid_onv", WKS_TOPIC_LEEFBAARHEID | WKS_TOPIC_MAP},
    {"turnover", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN | WKS_TOPIC_MAP},
    {"units_social", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN | WKS_TOPIC_MAP},
    {"vacancies_social", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN | WKS_TOPIC_MAP},
    {"vacancies_market", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN | WKS_TOPIC_MAP},
    {"chain_mean", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN},
    {"moves", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN},
    {"registered", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN},
    {"active", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN},
    {"households", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN | WKS_TOPIC_MAP},
    {"homes_completed", WKS_TOPIC_STOCK},
    {"built_social", WKS_TOPIC_STOCK},
    {"built_middle", WKS_TOPIC_STOCK},
    {"built_cheap", WKS_TOPIC_STOCK},
    {"built_social_share", WKS_TOPIC_STOCK},
    {"built_affordable_share", WKS_TOPIC_STOCK},
    {"budget_not_built", WKS_TOPIC_STOCK},
    {"dwellings_sold", WKS_TOPIC_STOCK},
    {"dwellings_liberalised", WKS_TOPIC_STOCK},
    {"ceiling_kept", WKS_TOPIC_STOCK},
    {"ceiling_not_built", WKS_TOPIC_STOCK},
    {"displaced", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN},
    {"return_rights", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN},
    {"renovation", WKS_TOPIC_STOCK},
    {"demolition_waits", WKS_TOPIC_STOCK},
    {"removal_payments", WKS_TOPIC_STOCK},
    {"displaced_from", WKS_TOPIC_STOCK},
    {"displaced_to", WKS_TOPIC_STOCK},
    {"suspensions", WKS_TOPIC_SEEKERS},
    {"registrations_lapsed", WKS_TOPIC_SEEKERS},
    {"points_lost", WKS_TOPIC_SEEKERS},
    {"seekers_outside", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN},
    {"programme_eur_year", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN},
    {"programme_hours_year", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN},
    {"support_hours", WKS_TOPIC_LEEFBAARHEID | WKS_TOPIC_MAIN},
    {"need_met_share", WKS_TOPIC_LEEFBAARHEID | WKS_TOPIC_MAIN},
    {"need_known_share", WKS_TOPIC_LEEFBAARHEID},
    {"need_hours", WKS_TOPIC_LEEFBAARHEID},
    {"support_cases", WKS_TOPIC_LEEFBAARHEID},
    {"support_waiting", WKS_TOPIC_LEEFBAARHEID | WKS_TOPIC_MAIN},
    {"support_wait_months", WKS_TOPIC_LEEFBAARHEID},
    {"support_staffed", WKS_TOPIC_LEEFBAARHEID},
    {"support_asked", WKS_TOPIC_LEEFBAARHEID},
    {"price_level", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN},
    {"births", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN},
    {"deaths", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN},
    {"net_migration", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN},
    {"persons", WKS_TOPIC_STOCK},
    {"count", WKS_TOPIC_STOCK}, /* the same as share, per buurt */
    {"turnover_cbs", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN},
    {"tenancy_survival", WKS_TOPIC_STOCK | WKS_TOPIC_MAIN},
    {"vacancy_share", WKS_TOPIC_STOCK},
    {"persons_age", WKS_TOPIC_STOCK},
    {"households_type", WKS_TOPIC_STOCK},
    {"dwellings", WKS_TOPIC_STOCK},
    {"moves_within_share", WKS_TOPIC_STOCK},
    {"moves_in_share", WKS_TOPIC_STOCK},
    {"moves_abroad_share", WKS_TOPIC_STOCK},
    {"moves_out_share", WKS_TOPIC_STOCK},
    {"moves_between_share", WKS_TOPIC_STOCK},
    {"tenure_moves", WKS_TOPIC_STOCK},
    {"move_distance", WKS_TOPIC_STOCK},
    {"move_distance_random", WKS_TOPIC_STOCK},
    /* Of groups, vulnerable ones too: no map. */
    {"group_inflow", WKS_TOPIC_STOCK},
    {"group_outflow", WKS_TOPIC_STOCK},
    {"group_onset", WKS_TOPIC_STOCK},
    {"group_recovery", WKS_TOPIC_STOCK},
    {"group_other", WKS_TOPIC_STOCK},
    {"search_p50_months", WKS_TOPIC_SEEKERS | WKS_TOPIC_MAIN | WKS_TOPIC_UNVALIDATED},
};

static const struct topic *find(const char *indicator)
{
    for (size_t i = 0; i < sizeof topics / sizeof topics[0]; i++) {
        if (strcmp(topics[i].indicator, indicator) == 0) return &topics[i];
    }
    return NULL;
}

int wks_topic_rank(const char *indicator)
{
    const struct topic *topic = find(indicator);
    return topic == NULL ? UNKNOWN_RANK : (int)(topic - topics);
}

unsigned wks_topic_bits(const char *indicator)
{
    const struct topic *topic = find(indicator);
    return topic == NULL ? (unsigned)WKS_TOPIC_MAIN | WKS_TOPIC_MAP : topic->bits;
}

bool wks_topic_is_known(const char *indicator)
{
    return find(indicator) != NULL;
}

bool wks_topic_is_private_group(const char *group)
{
    static const char *const word[] = {"ggz", "lvb", "psych", "versla", "addict", "zorg", "care", "detin", "detain"};

    for (size_t i = 0; i < sizeof word / sizeof *word; i++) {
        if (strstr(group, word[i]) != NULL) return true;
    }
    return false;
}
