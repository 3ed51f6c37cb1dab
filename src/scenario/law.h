/* Law as dated tables: limits per calendar year with source and status. Years beyond the last are indexed by a yearly factor. */
#ifndef WKS_SCENARIO_LAW_H
#define WKS_SCENARIO_LAW_H

#include <stdbool.h>
#include <stdint.h>

/* X(name, unit, help): one row of limits a year. */
#define WKS_LAW_LIMITS(X)                                                                                       \
    X(income_single_eur, "EUR/yr", "DAEB income limit, one person")                                             \
    X(income_multi_eur, "EUR/yr", "DAEB income limit, more persons")                                            \
    X(income_middle_eur, "EUR/yr", "upper limit of lower middle incomes; 0: no such band")                      \
    X(rent_limit_eur, "EUR/mo", "liberalisatiegrens")                                                           \
    X(rent_cap_low_eur, "EUR/mo", "lage aftoppingsgrens (1-2 persons)")                                         \
    X(rent_cap_high_eur, "EUR/mo", "hoge aftoppingsgrens (3 and more)")                                         \
    X(rent_quality_eur, "EUR/mo", "kwaliteitskortingsgrens")                                                    \
    X(passend_single_eur, "EUR/yr", "low income for passend toewijzen, one person")                             \
    X(passend_multi_eur, "EUR/yr", "idem, more persons")                                                        \
    X(passend_single_old_eur, "EUR/yr", "idem, one person of pension age")                                      \
    X(passend_multi_old_eur, "EUR/yr", "idem, more persons of pension age")                                     \
    X(middle_rent_limit_eur, "EUR/mo", "upper limit of regulated rent: middenhuur where there is one")          \
    X(wws_social_points, "points", "highest WWS points of the social segment")                                  \
    X(wws_middle_points, "points", "highest WWS points of middenhuur")                                          \
    X(huurtoeslag_base_eur, "EUR/mo", "basishuur: own part of the rent")                                        \
    X(rent_rise_social, "share/yr", "largest rise of a sitting tenant's rent in the year: social segment")      \
    X(rent_rise_middle, "share/yr", "idem, middenhuur; before mid-2024 that of free rent")                      \
    X(rent_rise_free, "share/yr", "idem, free rent; without a bound before 2021: 1")                            \
    X(aow_months, "months", "AOW age, in months")                                                               \
    X(loan_quote_low, "share", "largest mortgage payment over income at 0.6 of the DAEB limit of one person")   \
    X(loan_quote_middle, "share", "the same at 1.2 of that limit")                                              \
    X(loan_quote_high, "share", "the same at 2.2 of that limit and above")                                      \
    X(loan_second_share, "share", "part of the second income that counts for the payment norm of a couple")     \
    X(loan_to_value_max, "share", "largest mortgage over the value of the home")                                \
    X(transfer_tax, "share", "overdrachtsbelasting of who will live there, over the price")                     \
    X(transfer_free_eur, "EUR", "price up to which starters below 35 years pay none; 0: no such exemption")     \
    X(daeb_share_min, "share", "least share of a corporatie's lettings of a year to incomes up to the limit")   \
    X(daeb_middle_max, "share", "largest share to lower middle incomes")                                        \
    X(daeb_free_max, "share", "largest share to all other incomes")                                             \
    X(daeb_free_agreed_max, "share", "idem by agreement in prestatieafspraken")                                 \
    X(passend_share_min, "share", "least share of low incomes that pay up to their aftoppingsgrens")            \
    X(ties_share_max, "share", "largest share of vacancies with precedence for economic, social or local ties") \
    X(ties_local_max, "share", "idem for ties with the gemeente or a part of it alone")

/** Limits of a calendar year. Money moves with law_index beyond the table; points and shares stay; rises are law_index, one point more for middle and
 *  free rent (as the law adds to inflation or wages: assumption that both are law_index); AOW starts at 67 and three months from 2028. */
typedef struct wks_law {
    int32_t year;
#define WKS_LAW_FIELD(name, unit, help) double name;
    WKS_LAW_LIMITS(WKS_LAW_FIELD)
#undef WKS_LAW_FIELD
    const char *status; /* "in force", then "; assumption: " and the fields not found published; or "indexed" */
    const char *source;
} wks_law;

/** The limits of a year; beyond the table the last (or first) year times (1 + index)^years. */
wks_law wks_law_of_year(int32_t year, double yearly_index);
/** Whether the field of that name ("rent_quality_eur") was not found published for that year: it stands in the status behind "assumption:". */
bool wks_law_is_assumed(const wks_law *law, const char *field);
/** Monthly huurtoeslag in EUR; 0 when there is no right to it or an input is NaN. O(1).
 *  own part    n(Y) = a Y^2 + b Y above the minimum-inkomensijkpunt, constant below it (four kinds of household: one or more persons, younger
 *              or pension age); a, b and the pivots as published for 2023 (Stcrt. 2022, 30535, art. 3 and 4)
 *  other years Y is moved by passend_single(2023) / passend_single(year); n is base(year) + (n - 225.54) quality(year) / 452.20: an assumption
 *  allowance   100 % of the rent from n to the kwaliteitskortingsgrens, 65 % up to the aftoppingsgrens (low for 1-2 persons), 40 % up to
 *              the liberalisatiegrens for one person and for pension age, 0 for others
 *  limits      before 2026 no allowance above the liberalisatiegrens (below 23 years: above the kwaliteitskortingsgrens); from 2026 the rent is
 *              cut off there instead, and all are full from 21 years
 *  incomes     to 2019 none above the income limits of passend toewijzen, which were those of the huurtoeslag (abolished 1-1-2020)
 *  Left out (assumption): the test of own capital, service costs, children or accessible homes that lift the youth limit. Exact for 2023 under
 *  these limits (test_law.c); elsewhere an approximation. */
double wks_law_huurtoeslag(const wks_law *law, double income_eur, double rent_eur, int32_t n_persons, int32_t age_head);
/** The allowance of one household as a function of the rent, for who looks at many rents: the same bits as wks_law_huurtoeslag. */
typedef struct wks_law_benefit {
    double own_eur;                       /* own part of the rent */
    double quality_eur, cap_eur, top_eur; /* 100 %, 65 % and top_share of the rent up to these */
    double top_share;
    double limit_eur; /* above it nothing, or (is_capped_only) no more; 0: no right to any */
    bool is_capped_only;
} wks_law_benefit;
wks_law_benefit wks_law_benefit_of(const wks_law *law, double income_eur, int32_t n_persons, int32_t age_head);

static inline double wks_law_benefit_between(double rent, double low, double high)
{
    if (high <= low || rent <= low) return 0.0;
    return (rent < high ? rent : high) - low;
}

static inline double wks_law_benefit_at(const wks_law_benefit *b, double rent_eur)
{
    if (!(rent_eur > 0.0) || (rent_eur > b->limit_eur && (!b->is_capped_only || b->limit_eur <= 0.0))) return 0.0;
    const double rent = rent_eur > b->limit_eur ? b->limit_eur : rent_eur;
    return wks_law_benefit_between(rent, b->own_eur, b->quality_eur) +
           0.65 * wks_law_benefit_between(rent, b->own_eur > b->quality_eur ? b->own_eur : b->quality_eur, b->cap_eur) +
           b->top_share * wks_law_benefit_between(rent, b->own_eur > b->cap_eur ? b->own_eur : b->cap_eur, b->top_eur);
}

/** Minimum-inkomensijkpunt of the huurtoeslag, EUR a year of rekeninkomen: what the law takes for the income of who has only the social minimum, below
 *  pension age. 19,375 for one person and 25,225 for more in 2023 (Stcrt. 2022, 30535); other years move with passend_single (assumption). O(1). */
double wks_law_social_minimum(const wks_law *law, int32_t n_persons);

/** Maximum monthly rent in EUR by WWS points (zelfstandige woningen): points of the table of 1-1-2026 (Huurcommissie), linear between them (within
 *  0.4 EUR), proportional below 40 points (assumption), the last slope above 218; other years scaled with the liberalisatiegrens, which is the
 *  rent of 143 points (gives the published 1184.82 for 186 points in 2025). */
double wks_law_wws_rent(const wks_law *law, double points);

/* law_table.c: one row a year without gaps, oldest first. */
extern const wks_law wks_law_table[];
extern const int32_t wks_law_table_size;

#endif
