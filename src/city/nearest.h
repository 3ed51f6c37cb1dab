/* The six nearest scored buurten of each, by centre: neighbours for Moran's I as it is published of the Leefbaarometer. */
#ifndef WKS_CITY_NEAREST_H
#define WKS_CITY_NEAREST_H

#include "city/folder.h"

enum { WKS_NEAREST_N = 6 };

/** Fills city->has_scores, city->near_x, near_y, near_start and near: of every scored buurt with a place the six others like it that are nearest (all there are when
 *  fewer), nearest first, the lower code among equals; none of the others. Its centre is the mean of the corners of its polygon: so the published figures
 *  were computed [D1]; without polygon x_m, y_m. O(n log n) (num/points.h). WKS_ERR_NOMEM. */
wks_status wks_nearest_fill(wks_city *city, wks_err *err);

/** Whether a buurt counts in figures over scored buurten: its score is published; in a city without any published score, it is inhabited. */
bool wks_nearest_is_scored(const wks_city *city, int32_t buurt_row);

#endif
