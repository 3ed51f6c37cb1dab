/* From files to one tree: the chain of `base`, names of list elements, --set and the options of the command line. */
#ifndef WKS_SCENARIO_TREE_H
#define WKS_SCENARIO_TREE_H

#include "scenario/read.h"

/** What the file of a node begins with that --set wrote; the text as it was given follows between single quotes. */
#define WKS_TREE_SET "--set "

/** Reads a file and, first, the scenario it is based on (paths relative to the file; cycles and chains above 16 are problems), merged.
 *  @return WKS_OK or WKS_ERR_DATA / _IO / _NOMEM; *out_root is NULL after an error. A decimal comma is a problem, but no end: WKS_OK. */
wks_status wks_tree_load(const char *path, wks_config_node **out_root, wks_problems *problems, wks_err *err);
/** The same from text, which may not have a base. */
wks_status wks_tree_parse(const char *name, const char *text, size_t n, wks_config_node **out_root, wks_problems *problems, wks_err *err);
/** Applies --set and the numeric options. Mistakes are problems; @return WKS_OK or WKS_ERR_NOMEM. */
wks_status wks_tree_apply(wks_config_node *root, const wks_read_options *options, wks_problems *problems, wks_err *err);

#endif
