#include "report/section_city.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "city/folder.h"
#include "city/geometry.h"
#include "report/dossier_files.h"
#include "report/margin_words.h"
#include "report/proof.h"
#include "report/study_page.h"

enum { N_CLASSES = 5, MOST_MISFITS = 40 };
/* One hue from light to dark, told apart in grey as well. */
static const char *const colours[N_CLASSES] = {"#eef3f7", "#c3d7e6", "#8fb3cf", "#5485ab", "#1f4e79"};
static const int bounds[N_CLASSES + 1] = {0, 5, 10, 20, 50, 100}; /* percent */

static const struct {
    const char *name, *nl, *en;
} origins[] = {{"published", "gepubliceerd", "published"}, {"rounded", "afgerond", "rounded"},
               {"wijk", "van de wijk", "of the wijk"},     {"gemeente", "van de gemeente", "of the gemeente"},
               {"national", "landelijk", "national"},      {"estimated", "geschat", "estimated"}};
enum { N_ORIGINS = sizeof origins / sizeof *origins, FIRST_FILLED = 2 };

static const struct {
    const char *name, *unit, *help;
} columns[] = {
#define CITY_COLUMN(name, unit, low, high, is_count, help) {#name, unit, help},
    WKS_CITY_COLUMNS(CITY_COLUMN)
#undef CITY_COLUMN
};

/* In the order of the columns. */
static const char *const columns_nl[] = {"inwoners op 1 januari",
                                         "mannen",
                                         "vrouwen",
                                         "0 tot en met 14 jaar",
                                         "15 tot en met 24 jaar",
                                         "25 tot en met 44 jaar",
                                         "45 tot en met 64 jaar",
                                         "65 jaar en ouder",
                                         "herkomst Nederland",
                                         "herkomst Europa buiten Nederland",
                                         "herkomst buiten Europa",
                                         "particuliere huishoudens",
                                         "eenpersoonshuishoudens",
                                         "meerpersoonshuishoudens zonder kinderen",
                                         "huishoudens met kinderen",
                                         "woningvoorraad",
                                         "niet bewoonde woningen",
                                         "eengezinswoningen",
                                         "koopwoningen",
                                         "huurwoningen van woningcorporaties",
                                         "huurwoningen van overige verhuurders",
                                         "woningen gebouwd vanaf 2000",
                                         "gemiddelde WOZ-waarde",
                                         "personen met bijstand",
                                         "personen met een arbeidsongeschiktheidsuitkering",
                                         "personen met een WW-uitkering",
                                         "gemiddeld inkomen per inwoner",
                                         "oppervlakte land",
                                         "omgevingsadressendichtheid",
                                         "Leefbaarometer: woningvoorraad",
                                         "Leefbaarometer: fysieke omgeving",
                                         "Leefbaarometer: voorzieningen",
                                         "Leefbaarometer: sociale samenhang",
                                         "Leefbaarometer: overlast en onveiligheid"};
_Static_assert(sizeof columns_nl / sizeof *columns_nl == WKS_CITY_N_COLUMNS, "a Dutch word for every column");

typedef struct tables {
    const wks_config_node *city;
    wks_csv buurten, quality, fit, inputs;
    wks_geometry geometry;
    size_t (*count)[N_ORIGINS]; /* of each buurt, values by origin */
    size_t by_column[WKS_CITY_N_COLUMNS][N_ORIGINS];
} tables;

static int column_of(const char *name)
{
    for (int i = 0; i < WKS_CITY_N_COLUMNS; i++)
        if (strcmp(columns[i].name, name) == 0) return i;
    return -1;
}

static int origin_of(const char *name)
{
    for (int i = 0; i < N_ORIGINS; i++)
        if (strcmp(origins[i].name, name) == 0) return i;
    return -1;
}

/* What quality.csv does not name counts as published. O(rows * buurten), rows of one buurt together in time of one look-up. */
static wks_status count_origins(tables *t, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t at = 0;

    t->count = wks_mem_array(t->buurten.n_rows + 1, sizeof *t->count);
    if (t->count == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for origins");
    for (size_t i = 0; i < t->buurten.n_rows; i++) {
        memset(t->count[i], 0, sizeof t->count[i]);
        t->count[i][0] = WKS_CITY_N_COLUMNS;
    }
    for (int c = 0; c < WKS_CITY_N_COLUMNS; c++)
        t->by_column[c][0] = t->buurten.n_rows;
    for (size_t row = 0; row < t->quality.n_rows; row++) {
        const char *area = wks_study_page_cell(&t->quality, row, "area");
        const int c = column_of(wks_study_page_cell(&t->quality, row, "column")),
                  o = origin_of(wks_study_page_cell(&t->quality, row, "origin"));
        if (at >= t->buurten.n_rows || strcmp(wks_study_page_cell(&t->buurten, at, "code"), area) != 0)
            for (at = 0; at < t->buurten.n_rows && strcmp(wks_study_page_cell(&t->buurten, at, "code"), area) != 0;)
                at++;
        if (at == t->buurten.n_rows || c < 0 || o <= 0) continue;
        t->count[at][0]--;
        t->count[at][o]++;
        t->by_column[c][0]--;
        t->by_column[c][o]++;
    }
out:
    return rc;
}

static double filled(const size_t *count)
{
    size_t all = 0, n = 0;
    for (int o = 0; o < N_ORIGINS; o++) {
        all += count[o];
        n += o >= FIRST_FILLED ? count[o] : 0;
    }
    return all > 0 ? (double)n / (double)all : NAN;
}

static void origin_header(wks_page *page, const char *nl, const char *en)
{
    wks_page_raw(page, "<thead><tr><th scope=\"col\">");
    wks_page_say(page, nl, en);
    wks_page_raw(page, "</th>");
    for (int o = 0; o < N_ORIGINS; o++) {
        wks_page_raw(page, "<th scope=\"col\" class=\"n\">");
        wks_page_say(page, origins[o].nl, origins[o].en);
        wks_page_raw(page, "</th>");
    }
    wks_page_say(page, "<th scope=\"col\" class=\"n\">niet van de buurt zelf</th></tr></thead><tbody>\n",
                 "<th scope=\"col\" class=\"n\">not of the buurt itself</th></tr></thead><tbody>\n");
}

/* `of` is a column of the city ("column") or a buurt ("area"). */
static void origin_cells(wks_page *page, const size_t *count, const char *of, const char *name)
{
    for (int o = 0; o < N_ORIGINS; o++) {
        wks_proof_open(page, count[o] > 0 ? "td class=\"n\"" : "td class=\"n unit\"", false, (double)count[o], "origins", of, name,
                       origins[o].name, NULL);
        wks_page_rawf(page, "%zu</td>", count[o]);
    }
    const double share = filled(count);
    wks_proof_open(page, "td class=\"n\"", true, share, "filled", of, name, NULL);
    wks_notation_value(page->lang, (wks_notation_format){true, 0}, share, &page->html);
    wks_page_raw(page, "</td>");
    wks_page_raw(page, "</tr>\n");
}

static void write_columns(wks_page *page, const tables *t)
{
    size_t all[N_ORIGINS] = {0};

    for (int c = 0; c < WKS_CITY_N_COLUMNS; c++)
        for (int o = 0; o < N_ORIGINS; o++)
            all[o] += t->by_column[c][o];
    wks_page_section(page, "herkomst", "Waar de cijfers vandaan komen", "Where the figures come from");
    wks_page_say(page, "<p class=\"subject\">", "<p class=\"subject\">");
    wks_proof_count(page, t->buurten.n_rows, "rows", "buurten.csv");
    wks_page_raw(page, " buurten; ");
    wks_proof_open(page, "span", true, filled(all), "filled", "all", NULL);
    wks_notation_value(page->lang, (wks_notation_format){true, 1}, filled(all), &page->html);
    wks_page_raw(page, "</span>");
    wks_page_say(
        page,
        " van de waarden is niet van de buurt zelf gepubliceerd, maar van de wijk, de gemeente of het land overgenomen, of geschat.</p>\n",
        " of the values was not published of the buurt itself, but taken from the wijk, the gemeente or the nation, or estimated.</p>\n");
    if (t->quality.n_columns == 0)
        wks_page_say(page, "<p class=\"warning\">Er is geen quality.csv: de herkomst is niet bekend en alles telt als gepubliceerd.</p>\n",
                     "<p class=\"warning\">There is no quality.csv: the origin is not known and everything counts as published.</p>\n");
    wks_page_table(page, "columns",
                   wks_page_words(page, "Buurten naar herkomst van de waarde, per kolom", "Buurten by origin of the value, by column"));
    origin_header(page, "Kolom", "Column");
    for (int c = 0; c < WKS_CITY_N_COLUMNS; c++) {
        wks_page_raw(page, "<tr><th scope=\"row\"><code>");
        wks_page_text(page, columns[c].name);
        wks_page_raw(page, "</code> <span class=\"unit\">");
        wks_page_say(page, columns_nl[c], columns[c].help);
        wks_page_raw(page, "</span></th>");
        origin_cells(page, t->by_column[c], "column", columns[c].name);
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    wks_page_section_end(page);
}

/* ---- the map ---- */

typedef struct frame {
    double x_low, y_high, scale, width, height;
} frame;

static frame frame_of(const wks_geometry *g)
{
    enum { WIDTH = 900, MARGIN = 4 };
    double x_low = INFINITY, x_high = -INFINITY, y_low = INFINITY, y_high = -INFINITY;

    for (int64_t p = 0; p < g->point_start[g->n_rings]; p++) {
        x_low = fmin(x_low, g->x[p]);
        x_high = fmax(x_high, g->x[p]);
        y_low = fmin(y_low, g->y[p]);
        y_high = fmax(y_high, g->y[p]);
    }
    const double scale = (WIDTH - 2 * MARGIN) / fmax(fmax(x_high - x_low, y_high - y_low), 1.0);
    return (frame){x_low - MARGIN / scale, y_high + MARGIN / scale, scale, (x_high - x_low) * scale + 2 * MARGIN,
                   (y_high - y_low) * scale + 2 * MARGIN};
}

/* A ring in whole tenths of a pixel; points that fall together are told once. */
static void add_ring(wks_text *out, const wks_geometry *g, int32_t ring, const frame *f)
{
    double last_x = NAN, last_y = NAN;

    for (int64_t p = g->point_start[ring]; p < g->point_start[ring + 1]; p++) {
        const double x = floor((g->x[p] - f->x_low) * f->scale * 10.0 + 0.5), y = floor((f->y_high - g->y[p]) * f->scale * 10.0 + 0.5);
        const bool is_first = p == g->point_start[ring];
        if (!is_first && fabs(x - last_x) < 5.0 && fabs(y - last_y) < 5.0) continue;
        wks_text_addf(out, "%s%.1f %.1f", is_first ? "M" : "L", x / 10.0, y / 10.0);
        last_x = x;
        last_y = y;
    }
    wks_text_add(out, "Z");
}

static void add_area(wks_page *page, const tables *t, int32_t area, const frame *f)
{
    const wks_geometry *g = &t->geometry;
    size_t row = 0;

    while (row < t->buurten.n_rows && strcmp(wks_study_page_cell(&t->buurten, row, "code"), g->code[area]) != 0)
        row++;
    if (row == t->buurten.n_rows) return;
    const double share = filled(t->count[row]);
    int class = 0;
    while (class + 1 < N_CLASSES && 100.0 * share >= bounds[class + 1])
        class ++;
    wks_page_rawf(page, "<path fill=\"%s\" d=\"", colours[class]);
    for (int32_t ring = g->ring_start[area]; ring < g->ring_start[area + 1]; ring++)
        add_ring(&page->html, g, ring, f);
    wks_page_raw(page, "\"><title>");
    wks_page_text(page, wks_study_page_cell(&t->buurten, row, "name"));
    wks_page_raw(page, ": ");
    wks_notation_value(page->lang, (wks_notation_format){true, 0}, share, &page->html);
    wks_page_raw(page, "</title></path>\n");
}

static void write_map(wks_page *page, const tables *t)
{
    if (t->geometry.n_areas == 0) {
        wks_page_say(page, "<p class=\"note\">Zonder buurten.gpkg is er geen kaart.</p>\n",
                     "<p class=\"note\">Without buurten.gpkg there is no map.</p>\n");
        return;
    }
    const frame f = frame_of(&t->geometry);
    wks_page_say(page,
                 "<figure class=\"wide\"><figcaption>Deel van de cijfers dat niet van de buurt zelf is gepubliceerd</figcaption>\n<ul "
                 "class=\"swatches\">\n",
                 "<figure class=\"wide\"><figcaption>Share of the figures not published of the buurt itself</figcaption>\n<ul "
                 "class=\"swatches\">\n");
    for (int c = 0; c < N_CLASSES; c++)
        wks_page_rawf(page,
                      "<li><svg class=\"swatch\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path fill=\"%s\" d=\"M0 "
                      "0h16v16H0z\"/></svg>%d&#8211;%d %%</li>\n",
                      colours[c], bounds[c], bounds[c + 1]);
    wks_page_rawf(
        page,
        "</ul>\n<svg class=\"still\" style=\"stroke-width:.5\" fill-rule=\"evenodd\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"",
        f.width, f.height);
    wks_page_say(page, "Kaart van de buurten", "Map of the buurten");
    wks_page_raw(page, "\">\n");
    for (int32_t a = 0; a < t->geometry.n_areas; a++)
        add_area(page, t, a, &f);
    wks_page_raw(page, "</svg></figure>\n");
}

static void write_buurten(wks_page *page, const tables *t)
{
    wks_page_section(page, "buurten", "Per buurt", "By buurt");
    write_map(page, t);
    wks_page_raw(page, "<details><summary>");
    wks_page_say(page, "Tabel van alle buurten", "Table of all buurten");
    wks_page_raw(page, "</summary>\n");
    wks_page_table(page, "areas",
                   wks_page_words(page, "Kolommen naar herkomst van de waarde, per buurt", "Columns by origin of the value, by buurt"));
    origin_header(page, "Buurt", "Buurt");
    for (size_t row = 0; row < t->buurten.n_rows; row++) {
        wks_page_raw(page, "<tr><th scope=\"row\">");
        wks_page_text(page, wks_study_page_cell(&t->buurten, row, "name"));
        wks_page_raw(page, " <span class=\"unit\">");
        wks_page_text(page, wks_study_page_cell(&t->buurten, row, "code"));
        wks_page_raw(page, "</span></th>");
        origin_cells(page, t->count[row], "area", wks_study_page_cell(&t->buurten, row, "code"));
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    wks_page_raw(page, "</details>\n");
    wks_page_section_end(page);
}

/* ---- the population made of it ---- */

typedef struct misfit {
    size_t row;
    double gap;
} misfit;

static int by_gap(const void *a, const void *b)
{
    const misfit *x = a, *y = b;
    if (x->gap > y->gap || x->gap < y->gap) return x->gap > y->gap ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static void count_cell(wks_page *page, double value)
{
    if (value > 0.0 && value < WKS_DOSSIER_FEW) {
        wks_page_raw(page, "<td class=\"n few\">&lt;&#8201;10</td>");
    } else {
        wks_page_value_cell(page, (wks_notation_format){false, 0}, value, false);
    }
}

static void fit_row(wks_page *page, const wks_csv *fit, size_t row)
{
    const double published = wks_study_page_number(fit, row, "published"), met = wks_study_page_number(fit, row, "met");
    const bool is_few = (published > 0.0 && published < WKS_DOSSIER_FEW) || (met > 0.0 && met < WKS_DOSSIER_FEW);

    wks_page_raw(page, "<tr>");
    wks_margin_words_cells(page, fit, row);
    count_cell(page, published);
    count_cell(page, wks_study_page_number(fit, row, "reconciled"));
    count_cell(page, met);
    if (is_few) {
        wks_page_raw(page, "<td class=\"n few\">&#8211;</td>"); /* the difference would tell the cell */
    } else {
        wks_proof_open(page, "td class=\"n\"", false, met - published, "misfit", wks_study_page_cell(fit, row, "level"),
                       wks_study_page_cell(fit, row, "area"), wks_study_page_cell(fit, row, "margin"),
                       wks_study_page_cell(fit, row, "category"), NULL);
        wks_notation_difference(page->lang, (wks_notation_format){false, 0}, met - published, &page->html);
        wks_page_raw(page, "</td>");
    }
    const int origin = origin_of(wks_study_page_cell(fit, row, "origin"));
    wks_study_page_element(page, "td", origin < 0 ? "" : wks_page_words(page, origins[origin].nl, origins[origin].en));
    wks_page_raw(page, "</tr>\n");
}

static wks_status write_fit(wks_page *page, const wks_csv *fit, wks_err *err)
{
    wks_status rc = WKS_OK;
    misfit *list = wks_mem_array(fit->n_rows + 1, sizeof *list);
    size_t n = 0, n_exact = 0, n_known = 0;

    if (list == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the fit");
    for (size_t row = 0; row < fit->n_rows; row++) {
        const double gap = fabs(wks_study_page_number(fit, row, "met") - wks_study_page_number(fit, row, "published"));
        if (!isfinite(gap)) continue;
        n_known++;
        n_exact += gap < 1.0;
        if (gap >= 1.0) list[n++] = (misfit){row, gap};
    }
    qsort(list, n, sizeof *list, by_gap);
    wks_page_section(page, "bevolking", "Hoe goed de gemaakte bevolking past", "How well the population made fits");
    wks_page_say(page, "<p>Van ", "<p>Of ");
    wks_proof_count(page, n_known, "margins", "all");
    wks_page_raw(page, " ");
    wks_page_say(page, "aantallen (buurt, wijk en gemeente) waarvan de bevolking is gemaakt worden er ",
                 "counts (buurt, wijk and gemeente) that the population was made of ");
    wks_proof_count(page, n_exact, "margins", "met");
    wks_page_raw(page, " ");
    wks_page_say(page, "op minder dan 1 gehaald.</p>\n", "are met within less than 1.</p>\n");
    if (n > 0) {
        wks_page_table(page, "misfits", wks_page_words(page, "De grootste verschillen", "The largest differences"));
        wks_page_say(
            page,
            "<thead><tr><th scope=\"col\">Niveau</th><th scope=\"col\">Gebied</th><th scope=\"col\">Kenmerk</th><th "
            "scope=\"col\">Klasse</th><th "
            "scope=\"col\" class=\"n\">gepubliceerd</th><th scope=\"col\" class=\"n\">kloppend gemaakt</th><th scope=\"col\" "
            "class=\"n\">bevolking</th><th scope=\"col\" class=\"n\">verschil</th><th scope=\"col\">herkomst</th></tr></thead><tbody>\n",
            "<thead><tr><th scope=\"col\">Level</th><th scope=\"col\">Area</th><th scope=\"col\">Margin</th><th "
            "scope=\"col\">Category</th><th "
            "scope=\"col\" class=\"n\">published</th><th scope=\"col\" class=\"n\">reconciled</th><th scope=\"col\" "
            "class=\"n\">population</th><th scope=\"col\" class=\"n\">difference</th><th scope=\"col\">origin</th></tr></thead><tbody>\n");
        for (size_t i = 0; i < n && i < MOST_MISFITS; i++)
            fit_row(page, fit, list[i].row);
        wks_page_raw(page, "</tbody>");
        wks_page_table_end(page);
        if (n > MOST_MISFITS) {
            wks_page_raw(page, "<p class=\"note\">");
            wks_proof_count(page, MOST_MISFITS, "listed", NULL);
            wks_page_raw(page, " ");
            wks_page_say(page, "van ", "of ");
            wks_proof_count(page, n, "margins", "missed");
            wks_page_raw(page, "; ");
            wks_page_say(page, "alle staan in fit.csv.</p>\n", "all are in fit.csv.</p>\n");
        }
    }
    wks_page_say(page, "<p class=\"note\">Aantallen onder 10 zijn niet getoond.</p>\n",
                 "<p class=\"note\">Counts under 10 are not shown.</p>\n");
    wks_page_section_end(page);
out:
    free(list);
    return rc;
}

/* ---- limits, account ---- */

static void write_limits(wks_page *page)
{
    wks_page_section(page, "grenzen", "Wat dit niet kan zeggen", "What this cannot say");
    wks_page_say(
        page,
        "<ul class=\"limits\">\n<li>Geschatte waarden zijn geen cijfers van het CBS en worden nergens als zodanig gepresenteerd.</li>\n"
        "<li>Dat de randtotalen kloppen, zegt niet dat de combinaties kloppen: welke huishoudens waar bij elkaar wonen is verzonnen.</li>\n"
        "<li>De cijfers gelden voor de datum van de stad; wat sindsdien is gebouwd of verhuisd, staat er niet in.</li>\n</ul>\n",
        "<ul class=\"limits\">\n<li>Estimated values are no figures of CBS and are nowhere presented as such.</li>\n"
        "<li>That the margins agree does not say that combinations do: which households live together where is made up.</li>\n"
        "<li>The figures are of the date of the city; what was built or who moved since is not in them.</li>\n</ul>\n");
    wks_page_section_end(page);
}

static void fact(wks_page *page, const char *name, const char *value)
{
    if (value[0] == '\0') return;
    wks_study_page_element(page, "dt", name);
    wks_study_page_element(page, "dd", value);
    wks_page_raw(page, "\n");
}

static void write_account(wks_page *page, const tables *t)
{
    wks_page_section(page, "verantwoording", "Verantwoording", "Account");
    wks_page_raw(page, "<dl class=\"facts\">\n");
    fact(page, wks_page_words(page, "Stad", "City"), wks_study_page_string(t->city, "title"));
    fact(page, wks_page_words(page, "Datum van de cijfers", "Date of the figures"), wks_study_page_string(t->city, "date"));
    fact(page, wks_page_words(page, "Bron", "Source"), wks_study_page_string(t->city, "source"));
    fact(page, wks_page_words(page, "Licentie van de gegevens", "Licence of the data"), wks_study_page_string(t->city, "licence"));
    wks_page_raw(page, "</dl>\n");
    if (t->inputs.n_rows > 0) {
        wks_page_table(page, "inputs", wks_page_words(page, "Gelezen bestanden en controlegetallen", "Files read and checksums"));
        wks_page_say(
            page, "<thead><tr><th scope=\"col\">Rol</th><th scope=\"col\">Bestand</th><th scope=\"col\">SHA-256</th></tr></thead><tbody>\n",
            "<thead><tr><th scope=\"col\">Role</th><th scope=\"col\">File</th><th scope=\"col\">SHA-256</th></tr></thead><tbody>\n");
        for (size_t row = 0; row < t->inputs.n_rows; row++) {
            wks_page_raw(page, "<tr>");
            wks_study_page_element(page, "td", wks_study_page_cell(&t->inputs, row, "role"));
            wks_study_page_element(page, "td", wks_study_page_cell(&t->inputs, row, "file"));
            wks_page_raw(page, "<td><code>");
            wks_page_text(page, wks_study_page_cell(&t->inputs, row, "sha256"));
            wks_page_raw(page, "</code></td></tr>\n");
        }
        wks_page_raw(page, "</tbody>");
        wks_page_table_end(page);
    }
    wks_page_section_end(page);
}

static wks_status read_tables(const wks_page *page, tables *t, wks_problems *problems, wks_err *err)
{
    static const char *const of_buurten[] = {"code", "name", NULL}, *const of_quality[] = {"area", "column", "origin", NULL};
    static const char *const of_fit[] = {"level", "area", "margin", "category", "published", "reconciled", "met", "origin", NULL};
    static const char *const of_inputs[] = {"role", "file", "sha256", NULL};
    wks_status rc = WKS_OK;
    char *path = wks_file_join(page->dossier->dir, "buurten.gpkg");

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_study_page_table(page, "buurten.csv", of_buurten, false, &t->buurten, problems, err));
    WKS_TRY(wks_study_page_table(page, "quality.csv", of_quality, false, &t->quality, problems, err));
    WKS_TRY(wks_study_page_table(page, "fit.csv", of_fit, false, &t->fit, problems, err));
    WKS_TRY(wks_study_page_table(page, "inputs.csv", of_inputs, false, &t->inputs, problems, err));
    if (wks_file_exists(path)) WKS_TRY(wks_dossier_files_lenient(wks_geometry_read(path, "buurten", &t->geometry, problems, err), err));
    WKS_TRY(wks_problems_status(problems, err));
out:
    free(path);
    return rc;
}

wks_status wks_section_city_write(wks_page *page, const wks_config_node *settings, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    tables t = {.city = settings};

    WKS_TRY(read_tables(page, &t, problems, err));
    WKS_TRY(count_origins(&t, err));
    if (t.buurten.n_columns > 0) {
        write_columns(page, &t);
        write_buurten(page, &t);
    }
    if (t.fit.n_columns > 0) WKS_TRY(write_fit(page, &t.fit, err));
    write_limits(page);
    if (settings != NULL || t.inputs.n_rows > 0) write_account(page, &t);
out:
    free(t.count);
    wks_csv_free(&t.buurten);
    wks_csv_free(&t.quality);
    wks_csv_free(&t.fit);
    wks_csv_free(&t.inputs);
    wks_geometry_free(&t.geometry);
    return rc;
}
