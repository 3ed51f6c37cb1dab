/* Persons of a buurt by age, sex and origin so that their margins are met exactly. */
#ifndef WKS_CITY_SYNTH_PERSON_H
#define WKS_CITY_SYNTH_PERSON_H

#include "city/synth_plan.h"

/** Makes plan->person (sorted by age class, sex, origin): IPF of the national pattern to the buurt's margins, whole numbers, then single
 *  years inside the classes by the national age structure. 15 to 17 follow from the buurt's own number of children, so that what students
 *  add to 15-24 is 18 and over; they are fewer when the households of the buurt need the adults. */
wks_status wks_synth_person_make(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err);

/** Share of people of an age and sex who live with their parents. CBS 2021 for 18-30; beyond: assumption. */
double wks_synth_person_at_home(int32_t age, int32_t sex);

#endif
