/* The legal basis of a rule part in Dutch, for the account: a reader who has to judge it is a Dutch lawyer. */
#ifndef WKS_REPORT_BASIS_WORDS_H
#define WKS_REPORT_BASIS_WORDS_H

/** The basis as it stands in the catalogue of rule parts or in a shipped rule set, in Dutch; itself where it is Dutch already, or another author's. */
const char *wks_basis_words_dutch(const char *basis);

#endif
