/* Leefbaarheid as the Leefbaarometer 3.0 tells it: five dimensions that add up, in deviation from the national mean of the base year, and their classes.
 * The national mean stays that of the base year: a score can be compared with BZK's of that year, and with itself later. */
#ifndef WKS_WORLD_LEEFBAARHEID_H
#define WKS_WORLD_LEEFBAARHEID_H

#include "world/world.h"

enum { WKS_LEEFBAARHEID_CLASSES = 9 };

/* X(name, lowest, highest): the dimensions in the order of the instrument, and what occurs among 11,227 buurten in 2024, rounded outward [D1].
 * A modelled dimension stays within; where a city's own start lies beyond, that start is the limit. */
#define WKS_LEEFBAARHEID_DIMENSIONS(X) \
    X(won, -0.54, 0.31)                \
    X(fys, -0.56, 0.37)                \
    X(vrz, -0.32, 0.46)                \
    X(soc, -0.18, 0.39)                \
    X(onv, -0.34, 0.16)

typedef enum wks_leefbaarheid_dimension {
#define WKS_LEEFBAARHEID_ENUM(name, low, high) WKS_LEEFBAARHEID_##name,
    WKS_LEEFBAARHEID_DIMENSIONS(WKS_LEEFBAARHEID_ENUM) WKS_LEEFBAARHEID_N
#undef WKS_LEEFBAARHEID_ENUM
} wks_leefbaarheid_dimension;

extern const char *const wks_leefbaarheid_name[WKS_LEEFBAARHEID_N];
extern const char *const wks_leefbaarheid_class_name[WKS_LEEFBAARHEID_CLASSES]; /* class_1 to class_9 */
/* Lowest score of classes 2 to 9, of the total and of one dimension. */
extern const double wks_leefbaarheid_bound[WKS_LEEFBAARHEID_CLASSES - 1], wks_leefbaarheid_dimension_bound[WKS_LEEFBAARHEID_CLASSES - 1];

/** Class 1 (zeer onvoldoende) to 9 (uitstekend) of a total in LBM; 0 for NaN. A bound belongs to the class above it. */
int32_t wks_leefbaarheid_class(double total);
/** The same of one dimension: 5 is within 0.0392 of the national mean. */
int32_t wks_leefbaarheid_dimension_class(double score);
/** `target` within the limits of a dimension, or as far as `start` where that lies beyond them. */
double wks_leefbaarheid_within(wks_leefbaarheid_dimension dimension, double target, double start);
/** Sum of the five dimensions of a buurt at tick 0; now: wks_world_leefbaarheid. */
double wks_leefbaarheid_start(const wks_world *world, int32_t buurt_row);

#endif
