/* All rule parts, one file each: wks_<file>_spec in <file>.c. Order as in `describe rules`. */
#ifndef WKS_RULES_PART_LIST_H
#define WKS_RULES_PART_LIST_H

#include "scenario/catalogue.h"

/* clang-format off */
#define WKS_PART_LIST(X)        \
    X(channel_advertised)       \
    X(channel_first_reactor)    \
    X(channel_distribution)     \
    X(channel_direct)           \
    X(channel_gemengd)          \
    X(filter_income_limit)      \
    X(filter_passend)           \
    X(filter_occupancy)         \
    X(filter_registered)        \
    X(filter_age_label)         \
    X(filter_accessible)        \
    X(filter_referral)          \
    X(filter_ties)              \
    X(filter_where)             \
    X(filter_permit)            \
    X(filter_art8)              \
    X(filter_art10)             \
    X(order_urgency)            \
    X(order_inschrijfduur)      \
    X(order_kept_seniority)     \
    X(order_lot)                \
    X(order_reaction_time)      \
    X(order_ties_first)         \
    X(order_starter_first)      \
    X(order_doorstromer_first)  \
    X(order_senior_first)       \
    X(order_youth_first)        \
    X(order_label_first)        \
    X(order_where_first)        \
    X(order_art9)               \
    X(order_points)             \
    X(order_weighted)           \
    X(spreiding_cap_share)      \
    X(spreiding_cap_inflow)     \
    X(spreiding_dosing)         \
    X(spreiding_contingent)     \
    X(spreiding_target_mix)     \
    X(spreiding_social_ceiling) \
    X(spreiding_relabel)        \
    X(spreiding_two_rents)      \
    X(conduct_reaction_cap)     \
    X(conduct_search_points)    \
    X(conduct_situation_points) \
    X(conduct_start_points)     \
    X(conduct_refusal_penalty)  \
    X(conduct_renewal)
/* clang-format on */

#define WKS_PART_DECLARE(file) extern const wks_spec wks_##file##_spec;
WKS_PART_LIST(WKS_PART_DECLARE)
#undef WKS_PART_DECLARE

#endif
