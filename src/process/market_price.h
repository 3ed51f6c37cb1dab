/* Prices: the city's level, relative prices of buurten, what is asked for a vacancy. A part of process market. */
#ifndef WKS_PROCESS_MARKET_PRICE_H
#define WKS_PROCESS_MARKET_PRICE_H

#include "process/market_state.h"

/** Each January: the city price level grows by price_index, and the own money of owner-occupiers by the gain on their whole home (the debt stays).
 *  O(units) in January. */
void wks_market_price_level(wks_world *world, double price_index);

/** What is left of the first asking price after `months` on offer: (1 - fall)^months, at least the floor. */
double wks_market_price_fallen(double fall, double floor, int32_t months);

/** Asking price in EUR of a home for sale / rent in EUR a month of a unit, offered for `months`. Rent is at most what the WWS points allow where
 *  the Wet betaalbare huur regulates a new contract. */
double wks_market_price_asked(const wks_world *world, const double *p, int32_t dwelling_row, int32_t months);
double wks_market_price_rent(const wks_tick *tick, const double *p, int32_t unit_row, int32_t months);

/** Relative prices of the next month from this month's applications and vacancies by buurt, leefbaarheid since tick 0 and stigma. The mean of their
 *  logarithm over households is 0 and none is further from 1 than price_range. `next` is room for one number a buurt. */
void wks_market_price_move(wks_world *world, const double *p, const int32_t *applications, const int32_t *vacancies, double *next);

#endif
