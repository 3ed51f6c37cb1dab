/* The command `import cbs`: CBS key figures, polygons and Leefbaarometer scores into a city folder. */
#ifndef WKS_IMPORT_CBS_H
#define WKS_IMPORT_CBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problems.h"
#include "base/text.h"

/* Within what people look for a home (city.cfg: regio). By default the folder is one region; a country ("all") has one for each gemeente. */
typedef enum wks_cbs_regio { WKS_CBS_REGIO_DEFAULT, WKS_CBS_REGIO_STAD, WKS_CBS_REGIO_GEMEENTE } wks_cbs_regio;

typedef struct wks_cbs_options {
    const char *const *file;
    size_t n_files; /* tables, maps, scores: what each is, is found from content; at least one with inhabitants of buurten */
    const char *const *gemeente;
    size_t n_gemeenten; /* names or codes; "all" */
    const char *const *geometry;
    size_t n_geometries; /* maps of which only the polygons are read */
    const char *const *leefbaarometer;
    size_t n_leefbaarometers;
    const char *city;           /* folder to write */
    double inschrijfduur_years; /* 0: what regions.h has */
    wks_cbs_regio regio;
    int32_t year; /* 0: found in the files */
    bool force;
} wks_cbs_options;

/** Runs the import. `report`: what was understood and a short quality summary, for standard output (also partly filled on an error).
 *  All problems of all files are collected before anything is written. */
wks_status wks_cbs_import(const wks_cbs_options *options, wks_text *report, wks_problems *problems, wks_err *err);

#endif
