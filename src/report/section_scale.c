#include "report/section_scale.h"

#include <math.h>
#include <string.h>

/* From small to large. */
static const struct scale_words {
    const char *scale, *nl, *en;
} scales[] = {{"complex", "wooncomplex", "housing complex"},
              {"100m", "vak van 100 meter", "square of 100 metres"},
              {"buurt", "buurt", "buurt"},
              {"wijk", "wijk", "wijk"}};
enum { N_SCALES = sizeof scales / sizeof *scales };

const char *wks_section_scale_word(const wks_page *page, const char *scale)
{
    for (size_t i = 0; i < N_SCALES; i++) {
        if (strcmp(scales[i].scale, scale) == 0) return wks_page_words(page, scales[i].nl, scales[i].en);
    }
    return scale;
}

/* D of a group at a scale in the city; NULL when the results lack it. */
static const wks_dossier_series *find(const wks_page *page, int32_t group, const char *scale)
{
    const wks_dossier *d = page->dossier;
    const int32_t indicator = wks_dossier_name(d, "D"), name = wks_dossier_name(d, scale);

    for (size_t i = 0; i < d->n_series; i++) {
        const wks_dossier_series *series = &d->series[i];
        if (series->indicator == indicator && series->group == group && series->scale == name && series->level == 0) return series;
    }
    return NULL;
}

static size_t count_scales(const wks_page *page, int32_t group)
{
    size_t n = 0;
    for (size_t i = 0; i < N_SCALES; i++)
        n += find(page, group, scales[i].scale) != NULL;
    return n;
}

static void write_row(wks_page *page, const wks_dossier_series *series, const struct scale_words *words)
{
    const wks_dossier *d = page->dossier;
    const wks_notation_format format = wks_notation_choose(wks_page_unit(page, series->indicator), 0.1);
    const wks_dossier_level *reference = wks_dossier_level_at(d, wks_dossier_key_of(d, series, 0));

    wks_page_raw(page, "<tr><td>");
    wks_page_text(page, wks_page_words(page, words->nl, words->en));
    wks_page_raw(page, "</td>");
    wks_page_value_cell(page, format, reference == NULL ? NAN : wks_page_chance(page, reference), false);
    for (size_t s = 0; s < d->n_scenarios; s++) {
        const wks_dossier_level *row = wks_dossier_level_at(d, wks_dossier_key_of(d, series, s));
        wks_page_value_cell(page, format, row == NULL ? NAN : row->mean, false);
        wks_page_interval_cell(page, format, row == NULL ? NAN : row->ci_low, row == NULL ? NAN : row->ci_high, false);
    }
    wks_page_raw(page, "</tr>\n");
}

static void write_group(wks_page *page, int32_t group)
{
    wks_page_rawf(page, "<tbody><tr class=\"group\"><th scope=\"rowgroup\" colspan=\"%zu\">", 2 + 2 * page->dossier->n_scenarios);
    wks_page_text(page, wks_page_group(page, group));
    wks_page_raw(page, "</th></tr>\n");
    for (size_t i = 0; i < N_SCALES; i++) {
        const wks_dossier_series *series = find(page, group, scales[i].scale);
        if (series != NULL) write_row(page, series, &scales[i]);
    }
    wks_page_raw(page, "</tbody>\n");
}

static void open_table(wks_page *page)
{
    wks_page_table(page, "contrasts scales",
                   wks_page_words(page, "Segregatie (dissimilariteit D) per schaal, aan het eind van de periode",
                                  "Segregation (dissimilarity D) by scale, at the end of the period"));
    wks_page_say(page, "<thead><tr><th scope=\"col\">Schaal</th><th scope=\"col\" class=\"n\">Bij toeval</th>",
                 "<thead><tr><th scope=\"col\">Scale</th><th scope=\"col\" class=\"n\">By chance</th>");
    for (size_t s = 0; s < page->dossier->n_scenarios; s++) {
        wks_page_raw(page, "<th scope=\"col\" class=\"n\" colspan=\"2\">");
        wks_page_scenario(page, s);
        wks_page_raw(page, "</th>");
    }
    wks_page_raw(page, "</tr></thead>\n");
}

static bool is_first_of_group(const wks_dossier *d, size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (d->series[i].indicator == d->series[row].indicator && d->series[i].group == d->series[row].group) return false;
    return true;
}

void wks_section_scale_write(wks_page *page)
{
    const wks_dossier *d = page->dossier;
    const int32_t indicator = wks_dossier_name(d, "D");
    size_t n = 0;

    for (size_t i = 0; i < d->n_series; i++) {
        if (d->series[i].indicator != indicator || !is_first_of_group(d, i) || count_scales(page, d->series[i].group) < 2) continue;
        if (n++ == 0) {
            wks_page_say(page, "<h3>Segregatie naar schaal</h3>\n", "<h3>Segregation by scale</h3>\n");
            open_table(page);
        }
        write_group(page, d->series[i].group);
    }
    if (n == 0) return;
    wks_page_table_end(page);
    wks_page_say(
        page,
        "<p class=\"note\">D: het deel van de groep dat zou moeten verhuizen om overal een even groot aandeel te krijgen. Hoe "
        "kleiner de gebieden en de groep, hoe hoger D al door toeval is: lees D naast de kolom ‘Bij toeval’ (ED_binom, in de referentie) "
        "en "
        "vergelijk geen schalen of groepen met elkaar.</p>\n",
        "<p class=\"note\">D: the part of the group that would have to move to have the same share everywhere. The smaller the areas "
        "and the group, the higher D is by chance alone: read D beside the column ‘By chance’ (ED_binom, in the reference), and "
        "do not compare scales or groups.</p>\n");
}
