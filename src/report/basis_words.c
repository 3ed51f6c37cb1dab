#include "report/basis_words.h"

#include <string.h>

static const char *const words[][2] = {
    {"Huisvestingswet 2014, art. 4 and 10 (huisvestingsverordening)", "Huisvestingswet 2014, art. 4 en 10 (huisvestingsverordening)"},
    {"Huisvestingswet 2014, art. 12 and 28; regional agreements", "Huisvestingswet 2014, art. 12 en 28; regionale afspraken"},
    {"agreements of corporaties and care organisations; Huisvestingswet 2014, art. 11",
     "afspraken van corporaties en zorgorganisaties; Huisvestingswet 2014, art. 11"},
    {"Woningwet art. 46 and 48; Regeling toegelaten instellingen volkshuisvesting",
     "Woningwet art. 46 en 48; Regeling toegelaten instellingen volkshuisvesting"},
    {"huisvestingsverordening; conditions of the regional portal", "huisvestingsverordening; voorwaarden van het regionale portaal"},
    {"Huisvestingswet 2014, art. 11; BW 7:274c and 274d", "Huisvestingswet 2014, art. 11; BW 7:274c en 274d"},
    {"Huisvestingswet 2014, art. 10 and 12; regional agreements", "Huisvestingswet 2014, art. 10 en 12; regionale afspraken"},
    {"the by-law or agreement that the basis of the rule set names", "de verordening of afspraak die de grondslag van de regels noemt"},
    {"Huisvestingswet 2014, art. 7 to 10", "Huisvestingswet 2014, art. 7 tot en met 10"},
    {"Wet bijzondere maatregelen grootstedelijke problematiek, art. 5 and 8; Huisvestingswet 2014, art. 7",
     "Wet bijzondere maatregelen grootstedelijke problematiek, art. 5 en 8; Huisvestingswet 2014, art. 7"},
    {"Wet bijzondere maatregelen grootstedelijke problematiek, art. 5, 10a and 10b; Huisvestingswet 2014, art. 7",
     "Wet bijzondere maatregelen grootstedelijke problematiek, art. 5, 10a en 10b; Huisvestingswet 2014, art. 7"},
    {"Huisvestingswet 2014, art. 12 and 13", "Huisvestingswet 2014, art. 12 en 13"},
    {"huisvestingsverordening (as in the region Arnhem-Nijmegen)", "huisvestingsverordening (zoals in de regio Arnhem-Nijmegen)"},
    {"Wet bijzondere maatregelen grootstedelijke problematiek, art. 5 and 9",
     "Wet bijzondere maatregelen grootstedelijke problematiek, art. 5 en 9"},
    {"huisvestingsverordening (as in the Amsterdam region since 2023)", "huisvestingsverordening (zoals in de regio Amsterdam sinds 2023)"},
    {"agreements of gemeente and corporaties (prestatieafspraken); within the Algemene wet gelijke behandeling",
     "prestatieafspraken van gemeente en corporaties; binnen de Algemene wet gelijke behandeling"},
    {"agreements of gemeente, corporaties and care organisations (prestatieafspraken); within the Algemene wet gelijke behandeling",
     "prestatieafspraken van gemeente, corporaties en zorgorganisaties; binnen de Algemene wet gelijke behandeling"},
    {"Huisvestingswet 2014, art. 28 and 29 (taakstelling); regional agreements on contingents",
     "Huisvestingswet 2014, art. 28 en 29 (taakstelling); regionale afspraken over contingenten"},
    {"agreements of corporaties and care organisations; within the Algemene wet gelijke behandeling",
     "afspraken van corporaties en zorgorganisaties; binnen de Algemene wet gelijke behandeling"},
    {"prestatieafspraken (Woningwet art. 44); Woningwet art. 27 (sale); Wet betaalbare huur (WWS points decide the segment)",
     "prestatieafspraken (Woningwet art. 44); Woningwet art. 27 (verkoop); Wet betaalbare huur (WWS-punten bepalen het segment)"},
    {"huisvestingsverordening (Huisvestingswet 2014, art. 11: precedence by kind of dwelling)",
     "huisvestingsverordening (Huisvestingswet 2014, art. 11: voorrang naar soort woning)"},
    {"Woningwet art. 46 lid 2 (passend toewijzen) leaves the corporatie free to lower a rent for who needs it",
     "Woningwet art. 46 lid 2 (passend toewijzen) laat de corporatie vrij een huur te verlagen voor wie dat nodig heeft"},
    {"huisvestingsverordening or rules of the portal", "huisvestingsverordening of regels van het portaal"},
    {"rules of the portal", "regels van het portaal"},
};

const char *wks_basis_words_dutch(const char *basis)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], basis) == 0) return words[i][1];
    return basis;
}
