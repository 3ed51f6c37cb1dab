/* exp, log, pow of our own: the same bits on every processor and compiler (glibc picks other last bits on other processors).
 * All that feeds state, draws or results uses these and sqrt; libm's only in intervals of summaries. They consist of + - * / and bit moves
 * in a fixed order, so that only `-ffp-contract=off` and rounding to nearest must hold. Errors measured against 80-bit libm in
 * tests/unit/num/test_math.c are stated at each function in ulp (units in the last place of the true value). */
#ifndef WKS_NUM_MATH_H
#define WKS_NUM_MATH_H

#include <stddef.h>

/** e^x; 0 below -745.14, infinity above 709.79, NaN for NaN; gradual underflow. Error < 0.70 ulp (normal results). Cody-Waite reduction by
 *  ln 2, Taylor polynomial of degree 13 on |r| <= ln(2)/2. */
double wks_math_exp(double x);
/** Natural logarithm; -infinity at 0, NaN below 0 and for NaN, infinity at infinity; subnormal arguments count in full. Error < 0.90 ulp.
 *  x = 2^k m with m in [sqrt(1/2), sqrt 2), then the series of 2 atanh((m - 1)/(m + 1)). */
double wks_math_log(double x);
/** out[i] = exp / log / expm1 of x[i]: the same bits as the single functions, vectorised by the compiler. x and out must not overlap. */
void wks_math_exp_array(const double *restrict x, double *restrict out, size_t n);
void wks_math_log_array(const double *restrict x, double *restrict out, size_t n);
void wks_math_expm1_array(const double *restrict x, double *restrict out, size_t n);
/** x^y for x >= 0 (NaN below, and for a NaN argument unless the answer is 1): exp(y log x) with the logarithm in two doubles. Error < 0.80
 *  ulp (normal results). x^0 = 1 and 1^y = 1 always; 0^y is 0 for y > 0 and infinity for y < 0. */
double wks_math_pow(double x, double y);
/** exp(x) - 1 without cancellation near 0. Error < 3 ulp. */
double wks_math_expm1(double x);
/** log(1 + x) without cancellation near 0; -infinity at -1, NaN below. Error < 2 ulp. */
double wks_math_log1p(double x);
/** 1 / (1 + exp(-x)), in [0, 1]; relative error < 4e-16 on both sides of 0. */
double wks_math_logistic(double x);
/** Monthly probability that compounds to the yearly one exactly: 1 - (1 - p)^(1/12). 0 for 0, 1 for 1, NaN outside [0, 1]; small
 *  probabilities keep their relative precision. */
double wks_math_monthly(double yearly_probability);
/** x limited to [low, high] (low <= high); NaN stays NaN. */
double wks_math_clamp(double x, double low, double high);

#endif
