/* Which indicators belong to which part of the report, and in what order; anything not named here comes after, as it is in the file. */
#ifndef WKS_REPORT_TOPIC_H
#define WKS_REPORT_TOPIC_H

#include <stdbool.h>

typedef enum wks_topic {
    WKS_TOPIC_SEEKERS = 1, /* who waits, who succeeds */
    WKS_TOPIC_SEGREGATION = 2,
    WKS_TOPIC_LEEFBAARHEID = 4,
    WKS_TOPIC_MONEY = 8,
    WKS_TOPIC_STOCK = 16,
    WKS_TOPIC_MAIN = 32,        /* among the key differences and the lines over time */
    WKS_TOPIC_MAP = 64,         /* may be shown per buurt */
    WKS_TOPIC_HEAD = 128,       /* in the verdict table of the first page */
    WKS_TOPIC_UNVALIDATED = 256 /* the model misses published figures: shown last, and marked */
} wks_topic;

/** Place of an indicator in the report (0 first); a large number when it is not known. */
int wks_topic_rank(const char *indicator);
/** Bits of wks_topic; an unknown indicator has WKS_TOPIC_MAIN | WKS_TOPIC_MAP. */
unsigned wks_topic_bits(const char *indicator);
/** Whether the indicator is named here at all. */
bool wks_topic_is_known(const char *indicator);
/** Groups that are never shown below wijk, told by their names, for those without a predicate (wks_dossier_is_private asks): mental health (ggz), intellectual disability (lvb), addiction, who comes out of care or
 *  detention. A handful of households a buurt, and nobody's business there. */
bool wks_topic_is_private_group(const char *group);

#endif
