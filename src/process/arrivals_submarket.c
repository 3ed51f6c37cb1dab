#include "process/arrivals_submarket.h"

#include "base/month.h"
#include "num/math.h"
#include "process/arrivals_profile.h"

/* Ages, origins and benefits of both kinds: assumptions. */
static wks_arrivals_profile draw_labour(const wks_settings *settings, double u_type, double u_source, wks_rng *rng)
{
    wks_arrivals_profile out = wks_arrivals_profile_single(WKS_PLACE_OUTSIDE, WKS_INCOME_WORK);
    (void)settings, (void)u_type, (void)u_source;
    out.age = 20 + (int32_t)wks_rng_below(rng, 30);
    out.origin = WKS_ORIGIN_EUROPE;
    return out;
}

static wks_arrivals_profile draw_student(const wks_settings *settings, double u_type, double u_source, wks_rng *rng)
{
    wks_arrivals_profile out = wks_arrivals_profile_single(WKS_PLACE_OUTSIDE, WKS_INCOME_STUDY);
    (void)settings, (void)u_type, (void)u_source;
    out.age = 18 + (int32_t)wks_rng_below(rng, 5);
    out.origin = wks_arrivals_profile_origin(rng, 0.74, 0.13);
    out.student = true;
    return out;
}

static const wks_arrivals_profile_kind labour = {"arrivals/labour", draw_labour}, student = {"arrivals/student", draw_student};

wks_status wks_arrivals_submarket_run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *p = settings->value;
    const wks_world *world = tick->world;
    const bool is_student_month = wks_month_of_year(world->month) + 1 == (int32_t)p[WKS_ARRIVALS_P_STUDENT_MONTH];

    WKS_TRY(
        wks_arrivals_profile_make_many(tick, settings, &labour, p[WKS_ARRIVALS_P_LABOUR] * ((double)world->start_households / 12), err));
    if (is_student_month)
        WKS_TRY(wks_arrivals_profile_make_many(tick, settings, &student, p[WKS_ARRIVALS_P_STUDENTS] * (double)world->start_students, err));
out:
    return rc;
}

/* Of who came at the last start of the academic year, those who look still: half found a room at once, and a tenth of the others stops each month. */
wks_status wks_arrivals_submarket_start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *p = settings->value;
    const wks_world *world = tick->world;
    const int32_t since = (wks_month_of_year(world->month) + 13 - (int32_t)p[WKS_ARRIVALS_P_STUDENT_MONTH]) % 12;
    const int32_t n = (int32_t)(0.5 * p[WKS_ARRIVALS_P_STUDENTS] * (double)world->start_students * wks_math_pow(0.9, since));
    wks_arrivals_profile_made made;

    for (int32_t i = 0; i < n; i++) {
        WKS_TRY(wks_arrivals_profile_make(tick, settings, &student, i, &made, err));
        tick->world->household.search_month[made.row] = world->month - since;
    }
out:
    return rc;
}
