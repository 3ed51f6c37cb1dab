#include "study/test_function.h"

#include <math.h>
#include <string.h>

#include "base/rng.h"
#include "base/text.h"
#include "num/draw.h"

#define PI 3.14159265358979323846

int32_t wks_test_function_dimension(const char *function)
{
    return strcmp(function, "ishigami") == 0 ? 3 : 0;
}

int32_t wks_test_function_output(const wks_study *study, const char *indicator)
{
    if (strcmp(indicator, "y") == 0) return 0;
    for (int32_t i = 0; i < study->n_parameters; i++) {
        if (strcmp(study->parameter[i].name, indicator) == 0) return i + 1;
    }
    return -1;
}

/* Sine by its series after reduction to [-pi/2, pi/2]: + - * / only, so the same everywhere; error below 1e-15 near the arguments of use. */
static double sine(double x)
{
    double sum = 0, term;

    x -= 2 * PI * floor(x / (2 * PI) + 0.5);
    if (x > PI / 2) x = PI - x;
    if (x < -PI / 2) x = -PI - x;
    term = x;
    for (int k = 1; k <= 25; k += 2) {
        sum += term;
        term *= -x * x / ((k + 1) * (k + 2));
    }
    return sum;
}

static double sobol_g(const double *x, int32_t n)
{
    static const double a[] = {0, 1, 4.5, 9};
    double product = 1;
    for (int32_t i = 0; i < n; i++) {
        const double own = i < 4 ? a[i] : 99;
        product *= (fabs(4 * x[i] - 2) + own) / (1 + own);
    }
    return product;
}

double wks_test_function_value(const char *function, const double *x, int32_t n)
{
    double sum = 0;

    if (strcmp(function, "ishigami") == 0) {
        const double first = sine(x[0]), second = sine(x[1]);
        return first + 7 * second * second + 0.1 * x[2] * x[2] * x[2] * x[2] * first;
    }
    if (strcmp(function, "sobol_g") == 0) return sobol_g(x, n);
    for (int32_t i = 0; i < n; i++)
        sum += (i + 1) * x[i];
    return sum;
}

static uint64_t key_of(const double *point, int32_t n)
{
    uint64_t key = 0, bits;
    for (int32_t i = 0; i < n; i++) {
        memcpy(&bits, &point[i], sizeof bits);
        key = wks_rng_pair_key(key, bits);
    }
    return key;
}

wks_status wks_test_function_trial(const double *point, int32_t replication, double *out, void *context, wks_err *err)
{
    const wks_study *study = context;
    const wks_rng_seed seed = wks_rng_seed_make((uint64_t)study->seed, (uint64_t)replication);
    const uint64_t key = key_of(point, study->n_parameters);
    (void)err;

    for (int32_t i = 0; i < study->n_outcomes; i++) {
        const int32_t which = wks_test_function_output(study, study->outcome[i].indicator);
        wks_rng rng = wks_rng_open(&seed, key, (uint32_t)which, WKS_RNG_STUDY);
        const double noise = study->noise > 0 ? study->noise * wks_draw_normal(&rng) : 0;
        out[i] = noise + (which == 0 ? wks_test_function_value(study->function, point, study->n_parameters) : point[which - 1]);
    }
    return WKS_OK;
}
