/* Styles of layers as QGIS keeps them in a GeoPackage: QML for QGIS, SLD for others. Rules with a colour, hatched ones for what is not known. */
#ifndef WKS_EXPORT_MAP_STYLE_H
#define WKS_EXPORT_MAP_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

typedef enum wks_map_style_fill { WKS_MAP_STYLE_PLAIN, WKS_MAP_STYLE_HATCHED, WKS_MAP_STYLE_OUTLINE } wks_map_style_fill;

/** A rule: features for which all of this holds. */
typedef struct wks_map_style_rule {
    char label[96];
    const char *column; /* NULL: every feature */
    const char *equals; /* the column's text; NULL: `is_null`, or low <= column < high (last: <=) */
    bool is_null, is_last;
    double low, high;
    unsigned colour; /* 0xRRGGBB */
    wks_map_style_fill fill;
} wks_map_style_rule;

typedef struct wks_map_style {
    const char *name, *title;
    const wks_map_style_rule *rule;
    size_t n_rules;
    const char *where[3][2]; /* column and text that hold for every rule; NULL ends them */
    const char *date;        /* column for QGIS' temporal controller; NULL: none */
} wks_map_style;

void wks_map_style_qml(const wks_map_style *style, wks_text *out);
void wks_map_style_sld(const wks_map_style *style, wks_text *out);

#endif
