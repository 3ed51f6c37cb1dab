/* Seekers of types who choose among dwellings as they come, after Arnosti and Shi (2020). odd.md, queue.4. */
#ifndef WKS_QUEUE_CHOICE_H
#define WKS_QUEUE_CHOICE_H

#include "queue/queue.h"

extern const wks_queue_kind wks_choice_kind;

/** The least value of a dwelling that a seeker takes, whose outside option is `outside` and who gets another offer before leaving with
 *  chance `again` in (0, 1]: the a in [outside, 1] with a = again (1 + a^2) / 2 + (1 - again) outside. */
double wks_choice_least(double again, double outside);
/** The share of seekers housed who accept a share `accepts` of offers and get each offer, the first included, with chance `again`. */
double wks_choice_housed(double again, double accepts);
/** In equilibrium: the chance of another offer at which as many are housed as dwellings come, at most `most`. By bisection to the last bit. */
double wks_choice_again(const wks_model *model, double most);

#endif
