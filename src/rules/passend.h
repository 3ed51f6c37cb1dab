/* Passend toewijzen (Woningwet art. 46 lid 2): who counts as a low income, and up to which rent it may be let to. Shared by the filter, two rents and the
 * landlord's yearly decision. */
#ifndef WKS_RULES_PASSEND_H
#define WKS_RULES_PASSEND_H

#include "scenario/law.h"
#include "world/world.h"

typedef enum wks_passend_class { WKS_PASSEND_OTHER, WKS_PASSEND_LOW_CAP, WKS_PASSEND_HIGH_CAP } wks_passend_class;

/** Low incomes by size and age (pension age from 67): one and two persons the low aftoppingsgrens, more the high one; others no limit. */
wks_passend_class wks_passend_class_by(const wks_law *law, double income_eur, int32_t n_persons, int32_t age);
wks_passend_class wks_passend_class_of(const wks_law *law, const wks_world *world, int32_t household_row);
/** Highest rent (EUR a month) of a class; infinite for who has no low income. */
double wks_passend_cap_eur(const wks_law *law, wks_passend_class class);

#endif
