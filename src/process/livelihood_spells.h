/* Income and work spells of households: work, benefit, study, pension, and spells of low income whose end depends on how long they last. */
#ifndef WKS_PROCESS_LIVELIHOOD_SPELLS_H
#define WKS_PROCESS_LIVELIHOOD_SPELLS_H

#include "base/rng.h"
#include "scenario/law.h"
#include "world/world.h"

/* How long a spell of low income or without work lasts: hazard a year of leaving it after y years is long + short exp(-y / scale_years). */
typedef struct wks_livelihood_spells_end {
    double long_rate, short_rate, scale_years;
} wks_livelihood_spells_end;

/* Yearly rates as in the parameter table of process livelihood. */
typedef struct wks_livelihood_spells_rates {
    double job_loss, distant_loss; /* the second: how many times as large the hazard is far from work */
    double turns_distant;          /* of who loses work, the share that is far from it from then on */
    double setback, relapse, graduate, low_limit;
    double between_jobs; /* hazard of returning to work of who is not far from it, whatever the length of the spell */
    wks_livelihood_spells_end without_work, low_in_work; /* the first: far from work */
    int32_t pension_age;                                 /* years; 0: as the law of the year says */
} wks_livelihood_spells_rates;

enum { WKS_LIVELIHOOD_SPELLS_MONTHS = 361, WKS_LIVELIHOOD_SPELLS_STUDIES = 5, WKS_LIVELIHOOD_SPELLS_AGES = 121 };
/* Kinds of spell that end: without work far from it, low income in work, without work between two jobs. */
enum {
    WKS_LIVELIHOOD_SPELLS_WITHOUT_WORK,
    WKS_LIVELIHOOD_SPELLS_LOW_IN_WORK,
    WKS_LIVELIHOOD_SPELLS_BETWEEN_JOBS,
    WKS_LIVELIHOOD_SPELLS_KINDS
};

/* The same for one month. */
typedef struct wks_livelihood_spells {
    const wks_law *law;
    double low_eur[2];                              /* limit of low income: one person, more */
    double loss[2][2][2], setback[2][2];            /* by distance from work, modest income, partner; by relapse, partner */
    double graduate[WKS_LIVELIHOOD_SPELLS_STUDIES]; /* by age */
    double end[WKS_LIVELIHOOD_SPELLS_KINDS][WKS_LIVELIHOOD_SPELLS_MONTHS]; /* by months of the spell */
    double growth[WKS_LIVELIHOOD_SPELLS_AGES];                             /* of income from work on the birthday, by the age reached */
    double turns_distant;
    int32_t pension_months;
} wks_livelihood_spells;

/** Rates of one month out of yearly ones. O(1). */
void wks_livelihood_spells_make(const wks_livelihood_spells_rates *rates, const wks_law *law, wks_livelihood_spells *out);

/* Programmes where it lives: hazards of leaving a spell are 1 + this times as large, from -1. */
typedef struct wks_livelihood_spells_boost {
    double without_work, low_in_work;
} wks_livelihood_spells_boost;

/** Careers: income from work follows the age profile on the birthday of the oldest, below pension age. Not for who has a wijkbasisbaan. Writes income_eur,
 *  usual_eur of its row. Call once a month, before the step. */
void wks_livelihood_spells_career(const wks_livelihood_spells *self, wks_world *world, int32_t row);
/** The same for the rows from first to before `after` that are alive and not outside. */
void wks_livelihood_spells_careers(const wks_livelihood_spells *self, wks_world *world, int32_t first, int32_t after);

/** One month of one household: writes income_source, is_student, spell_month, income_eur, usual_eur of its row. One word of the stream, more
 *  when something happens. Who has a wijkbasisbaan only comes to pension age. */
void wks_livelihood_spells_step(const wks_livelihood_spells *self, wks_world *world, int32_t row, int32_t age,
                                const wks_livelihood_spells_boost *boost, wks_rng *rng);

/** Another source of income from this month on. To work comes the usual income back, less what the spell cost, or one is drawn when none is known. */
void wks_livelihood_spells_change(const wks_livelihood_spells *self, wks_world *world, int32_t row, int32_t age, wks_income_source next,
                                  wks_rng *rng);

/** Whether a household counts in figures of low income (it has a home of its own and does not live on a study), and has one now. */
bool wks_livelihood_spells_is_counted(const wks_world *world, int32_t row);
bool wks_livelihood_spells_is_low(const wks_livelihood_spells *self, const wks_world *world, int32_t row);
/** The limit of low income as a float: the smallest that is not below it, so that comparing floats tells the same. `more`: more than one person. */
float wks_livelihood_spells_low_float(const wks_livelihood_spells *self, bool more);
/** Share of the households of the city on work or a benefit that are far from work (balance.distant); 0 without such households. */
double wks_livelihood_spells_distant(const wks_world *world);
/** Writes low_month, low_past and low_known of its row: call once a month, after all that changes its income. */
void wks_livelihood_spells_remember(const wks_livelihood_spells *self, wks_world *world, int32_t row);
/** The same at tick 0, when nothing is known of the past: those without work are low since their spell began, others since a quarter of it
 *  (assumption: spells of low income in work are short). */
void wks_livelihood_spells_start(const wks_livelihood_spells *self, wks_world *world);

#endif
