/* All rule parts, one file each: wks_<file>_spec in <file>.c. Order as in `describe rules`. */
#ifndef WKS_RULES_PART_LIST_H
#define WKS_RULES_PART_LIST_H

#include "scenario/catalogue.h"

/* clang-format off */
#define WKS_PART_LIST(X)        \
    X(channel_advertised)       \
    X(channel_direct)           \
    X(filter_income_limit)      \
    X(filter_passend)           \
    X(filter_occupancy)         \
    X(filter_registered)        \
    X(filter_age_label)         \
    X(filter_ties)              \
    X(filter_where)             \
    X(filter_art8)              \
    X(order_urgency)            \
    X(order_inschrijfduur)      \
    X(order_lot)                \
    X(order_ties_first)         \
    X(order_starter_first)      \
    X(order_doorstromer_first)  \
    X(order_points)             \
    X(spreiding_cap_share)      \
    X(spreiding_cap_inflow)     \
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
