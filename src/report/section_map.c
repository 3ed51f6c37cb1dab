#include "report/section_map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/areas.h"
#include "report/proof.h"
#include "world/leefbaarheid.h"

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

/* Bounds and colours of still maps: the same for all levels, and for all differences. */
typedef struct classes {
    double bound[WKS_MAP_MAX_CLASSES - 1];
    size_t n_bounds;
    const char *const *colour;
    wks_notation_format format;
    bool is_nine, is_difference;
} classes;

static void add_swatch(wks_page *page, const char *colour)
{
    wks_page_rawf(
        page, "<li><svg class=\"swatch\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path d=\"M0 0h14v14H0z\" fill=\"%s\"/></svg>", colour);
}

static void add_bound(wks_page *page, const classes *legend, double bound)
{
    wks_notation_format format = {legend->format.percent, wks_map_decimals(legend->format.percent ? bound * 100.0 : bound)};
    if (legend->is_difference) {
        wks_notation_difference(page->lang, format, bound, &page->html);
    } else {
        wks_notation_value(page->lang, format, bound, &page->html);
    }
}

static void write_too_few(wks_page *page)
{
    wks_page_say(page, "te weinig herhalingen (", "too few replications (");
    wks_proof_count(page, (size_t)wks_page_area_pairs(page), "pairs", NULL);
    wks_page_say(page, ") om ruis te bepalen", ") to tell noise");
}

static void write_legend(wks_page *page, const classes *legend)
{
    wks_page_raw(page, "<ul class=\"swatches\">");
    for (size_t i = 0; i <= legend->n_bounds; i++) {
        add_swatch(page, legend->colour[i]);
        if (legend->is_nine) {
            wks_page_text(page, wks_map_leefbaarheid_class[page->lang][i]);
        } else if (legend->n_bounds > 0) {
            wks_page_raw(page, i == 0 ? "&lt;&#8201;" : "&#8805;&#8201;");
            add_bound(page, legend, legend->bound[i == 0 ? 0 : i - 1]);
        }
        wks_page_raw(page, "</li>");
    }
    if (legend->is_difference && wks_page_area_pairs(page) < WKS_DOSSIER_LEAST_PAIRS) {
        wks_page_raw(page, "<li>");
        write_too_few(page);
        wks_page_raw(page, "</li>");
    } else if (legend->is_difference) {
        wks_page_raw(page, "<li><svg class=\"swatch\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path class=\"hatch\" d=\"M0 7L7 0M0 "
                           "14L14 0M7 14L14 7\"/></svg>");
        wks_page_say(page, "binnen de ruis</li>", "within the noise</li>");
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

/* Differences of one scenario at one tick, and where their interval includes zero or is not known (nowhere when the whole map has too few pairs);
 * false when there is none. */
static bool take_differences(const wks_page *page, const wks_dossier_series *series, size_t scenario, int32_t tick, double *value,
                             bool *hatched)
{
    bool any = false, tells_noise = wks_page_area_pairs(page) >= WKS_DOSSIER_LEAST_PAIRS;
    for (size_t a = 0; a < page->dossier->n_areas; a++) {
        wks_dossier_key key = wks_dossier_key_of(page->dossier, series, scenario);
        key.area = page->dossier->area[a];
        key.tick = tick;
        const wks_dossier_contrast *row = wks_dossier_contrast_at(page->dossier, key);
        value[a] = row == NULL ? NAN : row->mean;
        hatched[a] = tells_noise && row != NULL && isfinite(row->mean) && !(row->ci_low > 0.0 || row->ci_high < 0.0);
        any = any || row != NULL;
    }
    return any;
}

static double largest_of(const double *value, size_t n)
{
    double largest = 0.0;
    for (size_t i = 0; i < n; i++) {
        if (isfinite(value[i]) && fabs(value[i]) > largest) largest = fabs(value[i]);
    }
    return largest;
}

/* Leaves the finite values at the front; returns how many. */
static size_t finite_part(double *value, size_t n)
{
    size_t n_finite = 0;
    for (size_t i = 0; i < n; i++) {
        if (isfinite(value[i])) value[n_finite++] = value[i];
    }
    return n_finite;
}

/* Classes of levels; `value` is used up. */
static classes level_classes(const wks_page *page, const wks_dossier_series *series, double *value)
{
    classes made = {.is_nine = is_leefbaarheid(page, series), .colour = wks_map_sequential};
    size_t n = finite_part(value, page->dossier->n_areas);
    made.format = wks_notation_choose(wks_page_unit(page, series->indicator), largest_of(value, n));
    if (made.is_nine) {
        memcpy(made.bound, wks_leefbaarheid_bound, sizeof wks_leefbaarheid_bound);
        made.n_bounds = WKS_MAP_MAX_CLASSES - 1;
        made.colour = wks_map_nine;
    } else {
        made.n_bounds = wks_map_bounds(value, n, made.bound);
    }
    return made;
}

static classes difference_classes(const wks_page *page, const wks_dossier_series *series, double largest)
{
    classes made = {.is_difference = true, .colour = wks_map_diverging};
    made.format = wks_notation_choose(wks_page_unit(page, series->indicator), largest);
    made.n_bounds = wks_map_bounds_around_zero(largest, made.bound);
    return made;
}

static void still_title(const wks_page *page, const wks_dossier_series *series, size_t scenario, int32_t tick, bool is_difference,
                        wks_text *out)
{
    wks_page_series(page, series, out);
    wks_text_add(out, is_difference ? wks_page_words(page, ", verschil: ", ", difference: ") : ", ");
    wks_text_add(out, page->dossier->scenario[scenario].title);
    wks_text_add(out, ", ");
    wks_page_month(page, tick, out);
}

/* Values of the areas being drawn, reused from map to map. */
typedef struct sheet {
    double *value, *spare;
    bool *few, *hatched;
} sheet;

static void draw_one(wks_page *page, const wks_map *map, const wks_dossier_series *series, size_t scenario, int32_t tick, const sheet *on,
                     const classes *legend)
{
    wks_text title = WKS_TEXT_INIT;
    still_title(page, series, scenario, tick, legend->is_difference, &title);
    wks_map_still still = {title.data != NULL ? title.data : "",
                           on->value,
                           on->few,
                           legend->is_difference ? on->hatched : NULL,
                           legend->bound,
                           legend->n_bounds,
                           legend->colour};
    wks_page_raw(page, "<figure><figcaption>");
    wks_page_text(page, still.title);
    wks_page_raw(page, "</figcaption>");
    wks_map_draw_still(page->dossier, map, &still, &page->html);
    wks_page_raw(page, "</figure>\n");
    wks_text_free(&title);
}

/* The series in the reference at its first and last tick. */
static void draw_levels(wks_page *page, const wks_map *map, const wks_dossier_series *series, int32_t first, int32_t last, const sheet *on)
{
    if (!take_values(page, series, 0, last, on->value, on->few)) return;
    memcpy(on->spare, on->value, page->dossier->n_areas * sizeof *on->value);
    classes legend = level_classes(page, series, on->spare);
    wks_page_raw(page, "<div class=\"stills\">\n");
    if (first < last && take_values(page, series, 0, first, on->value, on->few)) draw_one(page, map, series, 0, first, on, &legend);
    take_values(page, series, 0, last, on->value, on->few);
    draw_one(page, map, series, 0, last, on, &legend);
    wks_page_raw(page, "</div>\n");
    write_legend(page, &legend);
}

/* The differences of the other scenarios at the last tick, in the same classes. */
static void draw_differences(wks_page *page, const wks_map *map, const wks_dossier_series *series, int32_t last, const sheet *on)
{
    double largest = 0.0;
    for (size_t s = 1; s < page->dossier->n_scenarios; s++) {
        take_differences(page, series, s, last, on->value, on->hatched);
        largest = fmax(largest, largest_of(on->value, page->dossier->n_areas));
    }
    if (!(largest > 0.0)) return;
    classes legend = difference_classes(page, series, largest);
    wks_page_raw(page, "<div class=\"stills\">\n");
    for (size_t s = 1; s < page->dossier->n_scenarios; s++) {
        take_values(page, series, 0, last, on->value, on->few);
        if (take_differences(page, series, s, last, on->value, on->hatched)) draw_one(page, map, series, s, last, on, &legend);
    }
    wks_page_raw(page, "</div>\n");
    write_legend(page, &legend);
}

static wks_status write_stills(wks_page *page, const wks_map *map, const wks_dossier_series *series, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier *d = page->dossier;
    sheet on = {wks_mem_array(d->n_areas, sizeof(double)), wks_mem_array(d->n_areas, sizeof(double)),
                wks_mem_array(d->n_areas, sizeof(bool)), wks_mem_array(d->n_areas, sizeof(bool))};
    wks_dossier_key key = wks_dossier_key_of(d, series, 0);
    size_t n = 0;

    if (on.value == NULL || on.spare == NULL || on.few == NULL || on.hatched == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a map");
    key.area = d->area[0];
    const wks_dossier_level *row = wks_dossier_levels(d, key, &n);
    if (n == 0) goto out;
    draw_levels(page, map, series, row[0].key.tick, row[n - 1].key.tick, &on);
    draw_differences(page, map, series, row[n - 1].key.tick, &on);
out:
    free(on.value);
    free(on.spare);
    free(on.few);
    free(on.hatched);
    return rc;
}

/* Empty controls that the script fills and shows. */
static void write_controls(wks_page *page)
{
    wks_page_raw(page, "<div class=\"controls\" id=\"map-controls\" hidden>\n");
    wks_page_say(page, "<label>Uitkomst <select id=\"map-indicator\"></select></label>\n",
                 "<label>Outcome <select id=\"map-indicator\"></select></label>\n");
    wks_page_say(page, "<label>Laat zien <select id=\"map-view\"></select></label>\n",
                 "<label>Show <select id=\"map-view\"></select></label>\n");
    wks_page_say(page, "<label class=\"slider\">Maand ", "<label class=\"slider\">Month ");
    wks_page_raw(page, "<input type=\"range\" id=\"map-tick\" min=\"0\" value=\"0\" step=\"1\"> <output id=\"map-when\" "
                       "for=\"map-tick\"></output></label>\n</div>\n");
}

static void write_how_to_read(wks_page *page)
{
    wks_page_say(page, "<p>Gemiddelde over de herhalingen. Grijs: minder dan 10 huishoudens. ",
                 "<p>Mean over replications. Grey: fewer than 10 households. ");
    const int32_t pairs = wks_page_area_pairs(page);
    if (pairs > 0 && pairs < WKS_DOSSIER_LEAST_PAIRS) {
        wks_page_say(page, "In een verschilkaart is niets gearceerd: ", "In a map of differences nothing is hatched: ");
        write_too_few(page);
        wks_page_raw(page, ".</p>\n");
        return;
    }
    wks_page_say(page,
                 "In een verschilkaart is gearceerd wat binnen de ruis valt: het 95 %-interval van het verschil bevat daar nul.</p>\n",
                 "In a map of differences hatching marks what lies within the noise: there the 95% interval of the difference includes "
                 "zero.</p>\n");
}

wks_status wks_section_map_write(wks_page *page, const wks_map *map, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier_series *series = first_local(page);

    wks_page_section(page, "kaart", "Kaart", "Map");
    if (map->n_shapes == 0 || series == NULL) {
        wks_page_say(page, "<p>Er is geen kaart: de resultaten hebben geen map.gpkg of geen uitkomsten per buurt.</p>\n",
                     "<p>There is no map: the results have no map.gpkg or no outcomes by buurt.</p>\n");
        wks_page_section_end(page);
        return WKS_OK;
    }
    write_how_to_read(page);
    write_controls(page);
    wks_page_raw(page, "<div id=\"map\">\n");
    WKS_TRY(write_stills(page, map, series, err));
    wks_page_raw(page, "</div>\n<div id=\"map-legend\"></div>\n<p id=\"map-says\" class=\"note\" aria-live=\"polite\"></p>\n");
    if (map->n_shapes < page->dossier->n_areas) {
        wks_page_say(page, "<p class=\"note\">Niet op de kaart, want zonder grens in map.gpkg: ",
                     "<p class=\"note\">Not on the map, for want of a polygon in map.gpkg: ");
        for (size_t a = 0, n = 0; a < page->dossier->n_areas; a++) {
            if (map->has_shape[a]) continue;
            if (n++ > 0) wks_page_raw(page, ", ");
            wks_areas_name_and_code(page, a);
        }
        wks_page_raw(page, ".</p>\n");
    }
    wks_page_section_end(page);
out:
    return rc;
}
