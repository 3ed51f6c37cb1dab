#include "report/section_map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const wks_dossier_series *first_local(const wks_page *page)
{
    for (size_t i = 0; i < page->dossier->n_series; i++) {
        if (wks_page_is_local(page, &page->dossier->series[i])) return &page->dossier->series[i];
    }
    return NULL;
}

static bool is_leefbaarheid(const wks_page *page, const wks_dossier_series *series)
{
    return strcmp(wks_dossier_text(page->dossier, series->indicator), "leefbaarheid") == 0;
}

/* Bounds and colours of the still maps: the same for all of them. */
typedef struct classes {
    double bound[WKS_MAP_MAX_CLASSES - 1];
    size_t n_bounds;
    const char *const *colour;
    wks_notation_format format;
} classes;

static void add_swatch(wks_page *page, const char *colour)
{
    wks_page_rawf(page, "<li><svg class=\"swatch\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path d=\"M0 0h14v14H0z\" fill=\"%s\"/></svg>", colour);
}

static void write_legend(wks_page *page, const classes *legend, bool is_nine)
{
    wks_page_raw(page, "<ul class=\"swatches\">");
    for (size_t i = 0; i <= legend->n_bounds; i++) {
        add_swatch(page, legend->colour[i]);
        if (is_nine) {
            wks_page_text(page, wks_map_leefbaarheid_class[page->lang][i]);
        } else if (i == 0) {
            wks_page_raw(page, "&lt;&#8201;");
            wks_notation_value(page->lang, legend->format, legend->bound[0], &page->html);
        } else {
            wks_page_raw(page, "&#8805;&#8201;");
            wks_notation_value(page->lang, legend->format, legend->bound[i - 1], &page->html);
        }
        wks_page_raw(page, "</li>");
    }
    add_swatch(page, wks_map_grey);
    wks_page_say(page, "minder dan 10 huishoudens</li></ul>\n", "fewer than 10 households</li></ul>\n");
}

/* Means of one scenario at one tick; false when there is none. */
static bool take_values(const wks_page *page, const wks_dossier_series *series, size_t scenario, int32_t tick, double *value, bool *few)
{
    bool any = false;
    for (size_t a = 0; a < page->dossier->n_areas; a++) {
        wks_dossier_key key = wks_dossier_key_of(page->dossier, series, scenario);
        key.area = page->dossier->area[a];
        key.tick = tick;
        const wks_dossier_level *row = wks_dossier_level_at(page->dossier, key);
        value[a] = row == NULL ? NAN : row->mean;
        few[a] = row != NULL && wks_dossier_is_few(page->dossier, key);
        any = any || row != NULL;
    }
    return any;
}

static void make_legend(const wks_page *page, const wks_dossier_series *series, const double *value, classes *out)
{
    double sorted[4096], largest = 0.0;
    size_t n = 0;
    for (size_t a = 0; a < page->dossier->n_areas && n < 4096; a++) {
        if (!isfinite(value[a])) continue;
        sorted[n++] = value[a];
        largest = fmax(largest, fabs(value[a]));
    }
    out->format = wks_notation_choose(wks_page_unit(page, series->indicator), largest);
    if (is_leefbaarheid(page, series)) {
        memcpy(out->bound, wks_map_leefbaarheid_bound, sizeof wks_map_leefbaarheid_bound);
        out->n_bounds = WKS_MAP_MAX_CLASSES - 1;
        out->colour = wks_map_nine;
    } else {
        out->n_bounds = wks_map_bounds(sorted, n, out->bound);
        out->colour = wks_map_sequential;
    }
}

static void still_title(const wks_page *page, const wks_dossier_series *series, size_t scenario, int32_t tick, wks_text *out)
{
    wks_page_series(page, series, out);
    wks_text_add(out, ", ");
    wks_text_add(out, page->dossier->scenario[scenario].title);
    wks_text_add(out, ", ");
    wks_page_month(page, tick, out);
}

static void draw_one(wks_page *page, const wks_map *map, const wks_dossier_series *series, size_t scenario, int32_t tick, const double *value,
                     const bool *few, const classes *legend)
{
    wks_text title = WKS_TEXT_INIT;
    still_title(page, series, scenario, tick, &title);
    wks_map_still still = {title.data != NULL ? title.data : "", value, few, NULL, legend->bound, legend->n_bounds, legend->colour};
    wks_page_raw(page, "<figure><figcaption>");
    wks_page_text(page, still.title);
    wks_page_raw(page, "</figcaption>");
    wks_map_draw_still(page->dossier, map, &still, &page->html);
    wks_page_raw(page, "</figure>\n");
    wks_text_free(&title);
}

/* First and last tick of the first series for the reference; the last tick of the other scenarios. */
static wks_status write_stills(wks_page *page, const wks_map *map, const wks_dossier_series *series, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier *d = page->dossier;
    double *value = wks_mem_array(d->n_areas, sizeof *value);
    bool *few = wks_mem_array(d->n_areas, sizeof *few);
    wks_dossier_key key = wks_dossier_key_of(d, series, 0);
    size_t n = 0;
    classes legend;

    if (value == NULL || few == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a map");
    key.area = d->area[0];
    const wks_dossier_level *row = wks_dossier_levels(d, key, &n);
    if (n == 0) goto out;
    take_values(page, series, 0, row[n - 1].key.tick, value, few);
    make_legend(page, series, value, &legend);
    wks_page_raw(page, "<div class=\"stills\">\n");
    if (n > 1 && take_values(page, series, 0, row[0].key.tick, value, few)) {
        draw_one(page, map, series, 0, row[0].key.tick, value, few, &legend);
    }
    for (size_t s = 0; s < d->n_scenarios; s++) {
        if (take_values(page, series, s, row[n - 1].key.tick, value, few)) draw_one(page, map, series, s, row[n - 1].key.tick, value, few, &legend);
    }
    wks_page_raw(page, "</div>\n");
    write_legend(page, &legend, is_leefbaarheid(page, series));
out:
    free(value);
    free(few);
    return rc;
}

/* Empty controls that the script fills and shows. */
static void write_controls(wks_page *page)
{
    wks_page_raw(page, "<div class=\"controls\" id=\"map-controls\" hidden>\n");
    wks_page_say(page, "<label>Uitkomst <select id=\"map-indicator\"></select></label>\n", "<label>Outcome <select id=\"map-indicator\"></select></label>\n");
    wks_page_say(page, "<label>Laat zien <select id=\"map-view\"></select></label>\n", "<label>Show <select id=\"map-view\"></select></label>\n");
    wks_page_say(page,
                 "<label class=\"slider\">Maand <input type=\"range\" id=\"map-tick\" min=\"0\" value=\"0\" step=\"1\"> "
                 "<output id=\"map-when\" for=\"map-tick\"></output></label>\n",
                 "<label class=\"slider\">Month <input type=\"range\" id=\"map-tick\" min=\"0\" value=\"0\" step=\"1\"> "
                 "<output id=\"map-when\" for=\"map-tick\"></output></label>\n");
    wks_page_raw(page, "</div>\n");
}

wks_status wks_section_map_write(wks_page *page, const wks_map *map, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier_series *series = first_local(page);

    wks_page_section(page, "kaart", "3. Kaart", "3. Map");
    if (map->n_shapes == 0 || series == NULL) {
        wks_page_say(page, "<p>Er is geen kaart: de resultaten hebben geen map.gpkg of geen uitkomsten per buurt.</p>\n",
                     "<p>There is no map: the results have no map.gpkg or no outcomes by buurt.</p>\n");
        wks_page_section_end(page);
        return WKS_OK;
    }
    wks_page_say(page,
                 "<p>Gemiddelde over de herhalingen. Grijs: minder dan 10 huishoudens. In een verschilkaart is gearceerd wat binnen de ruis valt: "
                 "het 95 %-interval van het verschil bevat daar nul.</p>\n",
                 "<p>Mean over replications. Grey: fewer than 10 households. In a map of differences hatching marks what lies within the noise: "
                 "there the 95% interval of the difference includes zero.</p>\n");
    write_controls(page);
    wks_page_raw(page, "<div id=\"map\">\n");
    WKS_TRY(write_stills(page, map, series, err));
    wks_page_raw(page, "</div>\n<div id=\"map-legend\"></div>\n<p id=\"map-says\" class=\"note\" aria-live=\"polite\"></p>\n");
    if (map->n_shapes < page->dossier->n_areas) {
        wks_page_say(page, "<p class=\"note\">Niet op de kaart, want zonder grens in map.gpkg: ", "<p class=\"note\">Not on the map, for want of a polygon in map.gpkg: ");
        for (size_t a = 0, n = 0; a < page->dossier->n_areas; a++) {
            if (map->has_shape[a]) continue;
            if (n++ > 0) wks_page_raw(page, ", ");
            wks_page_text(page, page->dossier->area_name[a]);
        }
        wks_page_raw(page, ".</p>\n");
    }
    wks_page_section_end(page);
out:
    return rc;
}
