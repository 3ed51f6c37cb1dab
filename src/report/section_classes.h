/* Of section 5: the level of every buurt as a dot with its interval, and how often a buurt ends in another class. */
#ifndef WKS_REPORT_SECTION_CLASSES_H
#define WKS_REPORT_SECTION_CLASSES_H

#include "report/classes.h"
#include "report/page.h"

/** A strip of the reference (of the run) for a series by buurt, in the order given; nothing where no interval is told. */
wks_status wks_section_classes_levels(wks_page *page, const wks_dossier_series *series, const size_t *order, wks_err *err);
/** A table of buurten that ended in another class in some replication. Nothing without classes. */
void wks_section_classes_write(wks_page *page, const wks_classes *classes, const size_t *order);

#endif
