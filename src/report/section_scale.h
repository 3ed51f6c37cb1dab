/* Of section 5: segregation at every scale (complex, 100 m, buurt, wijk) beside what chance alone gives there. */
#ifndef WKS_REPORT_SECTION_SCALE_H
#define WKS_REPORT_SECTION_SCALE_H

#include "report/page.h"

/** A heading a group, a row a scale; nothing without the dissimilarity D at two scales or more. */
void wks_section_scale_write(wks_page *page);

/** A scale in the words of the page: "wooncomplex" of complex; what is unknown stays as it is. Borrowed. */
const char *wks_section_scale_word(const wks_page *page, const char *scale);

#endif
