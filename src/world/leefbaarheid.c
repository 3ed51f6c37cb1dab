#include "world/leefbaarheid.h"

#include <math.h>

#include "num/math.h"

const char *const wks_leefbaarheid_name[WKS_LEEFBAARHEID_N] = {
#define NAME(name, low, high) #name,
    WKS_LEEFBAARHEID_DIMENSIONS(NAME)
#undef NAME
};
const char *const wks_leefbaarheid_class_name[WKS_LEEFBAARHEID_CLASSES] = {"class_1", "class_2", "class_3", "class_4", "class_5",
                                                                           "class_6", "class_7", "class_8", "class_9"};

/* Read off BZK's open layer lbm3:buurtscore24 [D1]: all scored buurten of the six cities are in their published class; of 11,227 in the country six
 * that lie within 0.0004 of a bound are not, and four of 56,135 dimensions. */
const double wks_leefbaarheid_bound[WKS_LEEFBAARHEID_CLASSES - 1] = {-0.428, -0.354, -0.2815, -0.1640, -0.1030, 0.0102, 0.0896, 0.1680};
const double wks_leefbaarheid_dimension_bound[WKS_LEEFBAARHEID_CLASSES - 1] = {-0.2352, -0.1568, -0.0784, -0.0392,
                                                                               0.0392,  0.0784,  0.1568,  0.2352};

static const double limit[WKS_LEEFBAARHEID_N][2] = {
#define LIMITS(name, low, high) {low, high},
    WKS_LEEFBAARHEID_DIMENSIONS(LIMITS)
#undef LIMITS
};

static int32_t class_by(const double *bound, double value)
{
    int32_t class = 1;

    if (isnan(value)) return 0;
    while (class < WKS_LEEFBAARHEID_CLASSES && value >= bound[class - 1])
        class ++;
    return class;
}

int32_t wks_leefbaarheid_class(double total)
{
    return class_by(wks_leefbaarheid_bound, total);
}

int32_t wks_leefbaarheid_dimension_class(double score)
{
    return class_by(wks_leefbaarheid_dimension_bound, score);
}

double wks_leefbaarheid_within(wks_leefbaarheid_dimension dimension, double target, double start)
{
    const double low = limit[dimension][0] < start ? limit[dimension][0] : start;
    const double high = limit[dimension][1] > start ? limit[dimension][1] : start;

    return wks_math_clamp(target, low, high);
}

double wks_leefbaarheid_start(const wks_world *world, int32_t b)
{
    const wks_buurt_table *buurt = &world->buurt;

    /* In the order of wks_world_leefbaarheid: without change the difference is exactly 0. */
    return buurt->won_start[b] + buurt->fys_start[b] + buurt->vrz_start[b] + buurt->soc_start[b] + buurt->onv_start[b];
}
