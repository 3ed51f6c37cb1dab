/* What owners receive and pay: one list, in whole cents, so that sums do not depend on their order and balance exactly. Only corporaties have an
 * account (process stock, docs/odd.md); owners without one hold zeros. */
#ifndef WKS_WORLD_MONEY_H
#define WKS_WORLD_MONEY_H

#include <stdint.h>

/* Y(X, name, sign, help, label_nl, label_en): items of a calendar year. cash = cash at the start of the year + sum of sign x item. */
/* clang-format off */
#define WKS_MONEY_ITEMS(Y, X)                                                                                                           \
    Y(X, rent,       +1, "rent received by contracts",                               "huur volgens contract",          "rent by contract")             \
    Y(X, sales,      +1, "proceeds of dwellings sold",                               "opbrengst van verkoop",          "proceeds of sales")            \
    Y(X, loans,      +1, "borrowed",                                                 "nieuwe leningen",                "new loans")                    \
    Y(X, upkeep,     -1, "upkeep of dwellings",                                      "onderhoud",                      "upkeep")                       \
    Y(X, operations, -1, "management, levies and taxes",                             "beheer, heffingen en belasting", "management, levies and taxes") \
    Y(X, interest,   -1, "interest on debt",                                         "rente",                          "interest")                     \
    Y(X, building,   -1, "building cost, paid when ordered",                         "nieuwbouw",                      "building")                     \
    Y(X, renovation, -1, "renovation",                                               "renovatie",                      "renovation")                   \
    Y(X, demolition, -1, "demolition",                                               "sloop",                          "demolition")                   \
    Y(X, relocation, -1, "moving allowances of tenants who must move",               "verhuiskosten van bewoners",     "moving allowances")            \
    Y(X, leefbaarheid, -1, "their part of social programmes that corporaties pay",   "sociale programma's",            "social programmes")
/* clang-format on */

typedef enum wks_money_item {
#define WKS_MONEY_ENUM(X, name, sign, help, label_nl, label_en) WKS_MONEY_##name,
    WKS_MONEY_ITEMS(WKS_MONEY_ENUM, ) WKS_MONEY_N
#undef WKS_MONEY_ENUM
} wks_money_item;

#define WKS_MONEY_COLUMN(X, name, sign, help, label_nl, label_en) X(int64_t, name##_cent, "cent", help " in this calendar year")

/* Columns of the table of owners: X(type, name, unit, help). */
#define WKS_MONEY_COLUMNS(X)                                                                                      \
    X(int64_t, cash_cent, "cent", "money in hand")                                                                \
    X(int64_t, debt_cent, "cent", "loans")                                                                        \
    X(int64_t, cash_start_cent, "cent", "money in hand when the calendar year began")                             \
    X(int64_t, debt_start_cent, "cent", "loans when the calendar year began (or the account was opened)")         \
    X(int64_t, room_build_cent, "cent", "set apart for building and not ordered yet; below 0: ordered beyond it") \
    X(int64_t, room_renovate_cent, "cent", "the same for renovation")                                             \
    X(int64_t, rent_lost_cent, "cent", "asked rent of vacant homes, not received in this calendar year")          \
    X(int64_t, due_cent, "cent", "proceeds of dwellings sold by the rules, not booked yet")                       \
    X(int32_t, n_due, "dwellings", "how many these are")                                                          \
    X(int64_t, asked_cent, "cent", "its part of what social programmes cost this month (process timeline)")       \
    X(int64_t, overspent_cent, "cent", "ordered beyond the room in this calendar year")                           \
    WKS_MONEY_ITEMS(WKS_MONEY_COLUMN, X)                                                                          \
    X(int32_t, n_halves, "count", "half homes let: two a self-contained one, one a room, this month")             \
    X(int32_t, n_ordered, "dwellings", "ordered in this calendar year")                                           \
    X(int32_t, n_sold, "dwellings", "sold in this calendar year")                                                 \
    X(uint8_t, has_account, "-", "1 when its money is kept")

#endif
