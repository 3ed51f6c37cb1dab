#include "import/regions.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define S58          "published mean inschrijfduur at letting in 2020 [S58, S59]"
#define WEST_BRABANT "published mean inschrijfduur at letting in West-Brabant in 2023 [S60]"

static const wks_regions_figure figures[] = {
    {"GM0014", 59.0 / 12.0, S58},  /* Groningen: 4 years and 11 months */
    {"GM0344", 133.0 / 12.0, S58}, /* Utrecht: 11 years and 1 month */
    {"GM0363", 166.0 / 12.0, S58}, /* Amsterdam: 13 years and 10 months */
    {"GM0599", 2.0, S58},          /* Rotterdam: about 2 years */
    {"GM0772", 7.0, S58},          /* Eindhoven: more than 7 years */
    {"GM0758", 6.9, WEST_BRABANT}, /* Breda */
    {"GM1674", 6.9, WEST_BRABANT}, /* Roosendaal */
    {"GM0748", 6.9, WEST_BRABANT}, /* Bergen op Zoom */
    {"GM0826", 6.9, WEST_BRABANT}, /* Oosterhout */
    {"GM0777", 6.9, WEST_BRABANT}, /* Etten-Leur */
};

const wks_regions_figure *wks_regions_find(const char *gemeente)
{
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (strcmp(figures[i].gemeente, gemeente) == 0) return &figures[i];
    return NULL;
}

static double hundredths(double x)
{
    return floor(100.0 * x + 0.5) / 100.0;
}

void wks_regions_fill(wks_draft *draft, double asked)
{
    double sum = 0.0, weight = 0.0;
    draft->inschrijfduur_years = asked > 0.0 ? asked : 0.0;
    snprintf(draft->inschrijfduur_source, sizeof draft->inschrijfduur_source, "given with --inschrijfduur");
    for (int32_t g = 0; !(asked > 0.0) && g < draft->n_gemeenten; g++) {
        const wks_regions_figure *figure = wks_regions_find(draft->gemeente[g].code);
        const double persons = draft->gemeente[g].value[WKS_CITY_persons];
        if (figure == NULL || !isfinite(persons)) return;
        sum += figure->years * persons;
        weight += persons;
        snprintf(draft->inschrijfduur_source, sizeof draft->inschrijfduur_source, "%s", figure->source);
    }
    if (weight > 0.0) draft->inschrijfduur_years = hundredths(sum / weight);
}
