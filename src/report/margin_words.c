#include "report/margin_words.h"

#include <string.h>

#include "report/study_page.h"

static const char *const words[][3] = {
    {"persons", "personen", "persons"},
    {"all", "alle", "all"},
    {"age", "leeftijd", "age"},
    {"00_14", "0 tot en met 14 jaar", "0 to 14 years"},
    {"15_24", "15 tot en met 24 jaar", "15 to 24 years"},
    {"25_44", "25 tot en met 44 jaar", "25 to 44 years"},
    {"45_64", "45 tot en met 64 jaar", "45 to 64 years"},
    {"65_plus", "65 jaar en ouder", "65 years and over"},
    {"sex", "geslacht", "sex"},
    {"men", "mannen", "men"},
    {"women", "vrouwen", "women"},
    {"origin", "herkomst", "origin"},
    {"nl", "Nederland", "the Netherlands"},
    {"europe", "Europa buiten Nederland", "Europe outside the Netherlands"},
    {"outside_europe", "buiten Europa", "outside Europe"},
    {"household_type", "huishouden", "household"},
    {"one_person", "eenpersoons", "one person"},
    {"without_children", "zonder kinderen", "without children"},
    {"with_children", "met kinderen", "with children"},
    {"dwelling_type", "soort woning", "kind of dwelling"},
    {"apartment", "appartement", "apartment"},
    {"single_family", "eengezinswoning", "single-family house"},
    {"tenure", "eigendom", "tenure"},
    {"owner", "koop", "owner-occupied"},
    {"corporatie", "huur van een corporatie", "rented from a corporatie"},
    {"private_rent", "huur van een ander", "other rent"},
};

const char *wks_margin_words(const wks_page *page, const char *name)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], name) == 0) return wks_page_words(page, words[i][1], words[i][2]);
    return name;
}

void wks_margin_words_cells(wks_page *page, const wks_csv *fit, size_t row)
{
    wks_study_page_element(page, "td", wks_study_page_cell(fit, row, "level"));
    wks_study_page_element(page, "td", wks_study_page_cell(fit, row, "area"));
    wks_study_page_element(page, "td", wks_margin_words(page, wks_study_page_cell(fit, row, "margin")));
    wks_study_page_element(page, "td", wks_margin_words(page, wks_study_page_cell(fit, row, "category")));
}
