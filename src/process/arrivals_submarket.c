#include "process/arrivals_submarket.h"

#include "base/month.h"
#include "num/math.h"
#include "process/arrivals_profile.h"

/* Ages, origins and benefits of both kinds: assumptions. */
static wks_arrivals_profile draw_labour(const wks_settings *settings, double u_type, double u_source, wks_rng *rng)
{
    wks_arrivals_profile out = wks_arrivals_profile_single(WKS_CAME_AS_LABOUR, WKS_PLACE_OUTSIDE, WKS_INCOME_WORK);
    (void)settings, (void)u_type, (void)u_source;
    out.age = 20 + (int32_t)wks_rng_below(rng, 30);
    out.origin = WKS_ORIGIN_EUROPE;
    return out;
}

static wks_arrivals_profile draw_student(const wks_settings *settings, double u_type, double u_source, wks_rng *rng)
{
    wks_arrivals_profile out = wks_arrivals_profile_single(WKS_CAME_AS_STUDENT, WKS_PLACE_OUTSIDE, WKS_INCOME_STUDY);
    (void)settings, (void)u_type, (void)u_source;
    out.age = 18 + (int32_t)wks_rng_below(rng, 5);
    out.origin = wks_arrivals_profile_origin(rng, 0.74, 0.13);
    out.student = true;
    return out;
}

static const wks_arrivals_profile_kind labour = {"arrivals/labour", draw_labour}, student = {"arrivals/student", draw_student};

static bool may_be_labour(const wks_world *world, int32_t i)
{
    const wks_household_table *household = &world->household;
    const int32_t age = wks_month_age(household->head_birth_month[i], world->month);

    return household->key[i] != 0 && household->place[i] == WKS_PLACE_HOUSED && household->n_persons[i] == 1 && !household->is_student[i] &&
           household->origin[i] == WKS_ORIGIN_EUROPE && household->income_source[i] == WKS_INCOME_WORK && age >= 20 && age < 55 &&
           wks_world_tenure_of(world, i) == WKS_TENURE_PRIVATE_RENT;
}

/* Which households are labour migrants is not published: a draw among those who may be. */
static void mark_labour(wks_world *world, const wks_settings *settings)
{
    const double wanted = settings->value[WKS_ARRIVALS_P_LABOUR_START] * (double)world->start_households;
    int64_t n = 0;

    for (int32_t i = 0; i < world->household.base.n_rows; i++)
        n += may_be_labour(world, i);
    for (int32_t i = 0; i < world->household.base.n_rows; i++) {
        if (!may_be_labour(world, i)) continue;
        if (wks_rng_once(&world->seed, world->household.key[i], 0, WKS_RNG_LABOUR_START) * (double)n < wanted)
            world->household.came_as[i] = WKS_CAME_AS_LABOUR;
    }
}

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

wks_status wks_arrivals_submarket_start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *p = settings->value;
    const wks_world *world = tick->world;
    const int32_t since = (wks_month_of_year(world->month) + 13 - (int32_t)p[WKS_ARRIVALS_P_STUDENT_MONTH]) % 12;
    const int32_t n = (int32_t)(0.5 * p[WKS_ARRIVALS_P_STUDENTS] * (double)world->start_students * wks_math_pow(0.9, since));
    wks_arrivals_profile_made made;

    mark_labour(tick->world, settings);
    /* Of who came at the last start of the academic year, those who look still: half found a room at once, and a tenth of the others stops each month. */
    for (int32_t i = 0; i < n; i++) {
        WKS_TRY(wks_arrivals_profile_make(tick, settings, &student, i, &made, err));
        tick->world->household.search_month[made.row] = wks_month_cell(world->month - since);
    }
out:
    return rc;
}
