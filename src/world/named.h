/* Lists of named things, X(name, label_nl, label_en): kinds of support (support.h), payers and items of programmes (purse.h). */
#ifndef WKS_WORLD_NAMED_H
#define WKS_WORLD_NAMED_H

/** Use on a list: its names, each followed by a comma. */
#define WKS_NAMED_TEXT(name, label_nl, label_en) #name,

#endif
