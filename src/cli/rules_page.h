/* The page docs/rules.md: every part of the rules of woonruimteverdeling, for who decides about them. */
#ifndef WKS_CLI_RULES_PAGE_H
#define WKS_CLI_RULES_PAGE_H

#include "base/text.h"

/** Adds the page as Markdown, made from the registry of parts. */
void wks_rules_page_add(wks_text *out);

#endif
