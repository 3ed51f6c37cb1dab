#include "import/gemeenten.h"

#include <stddef.h>

#include "base/text.h"

static const wks_gemeenten_merger mergers[] = {
    {"Bernisse", "Nissewaard", 2015},
    {"Spijkenisse", "Nissewaard", 2015},
    {"Maasdonk", "'s-Hertogenbosch", 2015},
    {"Bergambacht", "Krimpenerwaard", 2015},
    {"Nederlek", "Krimpenerwaard", 2015},
    {"Ouderkerk", "Krimpenerwaard", 2015},
    {"Schoonhoven", "Krimpenerwaard", 2015},
    {"Vlist", "Krimpenerwaard", 2015},
    {"Graft-De Rijp", "Alkmaar", 2015},
    {"Schermer", "Alkmaar", 2015},
    {"Groesbeek", "Berg en Dal", 2015},
    {"Millingen aan de Rijn", "Berg en Dal", 2015},
    {"Ubbergen", "Berg en Dal", 2015},
    {"Bussum", "Gooise Meren", 2016},
    {"Muiden", "Gooise Meren", 2016},
    {"Naarden", "Gooise Meren", 2016},
    {"Zeevang", "Edam-Volendam", 2016},
    {"Schijndel", "Meierijstad", 2017},
    {"Sint-Oedenrode", "Meierijstad", 2017},
    {"Veghel", "Meierijstad", 2017},
    {"Franekeradeel", "Waadhoeke", 2018},
    {"het Bildt", "Waadhoeke", 2018},
    {"Menameradiel", "Waadhoeke", 2018},
    {"Littenseradiel", "Waadhoeke", 2018},
    {"Leeuwarderadeel", "Leeuwarden", 2018},
    {"Hoogezand-Sappemeer", "Midden-Groningen", 2018},
    {"Menterwolde", "Midden-Groningen", 2018},
    {"Slochteren", "Midden-Groningen", 2018},
    {"Bellingwedde", "Westerwolde", 2018},
    {"Vlagtwedde", "Westerwolde", 2018},
    {"Rijnwaarden", "Zevenaar", 2018},
    {"Haren", "Groningen", 2019},
    {"Ten Boer", "Groningen", 2019},
    {"Bedum", "Het Hogeland", 2019},
    {"De Marne", "Het Hogeland", 2019},
    {"Eemsmond", "Het Hogeland", 2019},
    {"Winsum", "Het Hogeland", 2019},
    {"Grootegast", "Westerkwartier", 2019},
    {"Leek", "Westerkwartier", 2019},
    {"Marum", "Westerkwartier", 2019},
    {"Zuidhorn", "Westerkwartier", 2019},
    {"Dongeradeel", "Noardeast-Fryslân", 2019},
    {"Ferwerderadiel", "Noardeast-Fryslân", 2019},
    {"Kollumerland en Nieuwkruisland", "Noardeast-Fryslân", 2019},
    {"Leerdam", "Vijfheerenlanden", 2019},
    {"Vianen", "Vijfheerenlanden", 2019},
    {"Zederik", "Vijfheerenlanden", 2019},
    {"Geldermalsen", "West Betuwe", 2019},
    {"Lingewaal", "West Betuwe", 2019},
    {"Neerijnen", "West Betuwe", 2019},
    {"Haarlemmerliede en Spaarnwoude", "Haarlemmermeer", 2019},
    {"Noordwijkerhout", "Noordwijk", 2019},
    {"Aalburg", "Altena", 2019},
    {"Werkendam", "Altena", 2019},
    {"Woudrichem", "Altena", 2019},
    {"Nuth", "Beekdaelen", 2019},
    {"Onderbanken", "Beekdaelen", 2019},
    {"Schinnen", "Beekdaelen", 2019},
    {"Binnenmaas", "Hoeksche Waard", 2019},
    {"Cromstrijen", "Hoeksche Waard", 2019},
    {"Korendijk", "Hoeksche Waard", 2019},
    {"Oud-Beijerland", "Hoeksche Waard", 2019},
    {"Strijen", "Hoeksche Waard", 2019},
    {"Giessenlanden", "Molenlanden", 2019},
    {"Molenwaard", "Molenlanden", 2019},
    {"Appingedam", "Eemsdelta", 2021},
    {"Delfzijl", "Eemsdelta", 2021},
    {"Loppersum", "Eemsdelta", 2021},
    {"Haaren", "Oisterwijk", 2021},
    {"Beemster", "Purmerend", 2022},
    {"Heerhugowaard", "Dijk en Waard", 2022},
    {"Langedijk", "Dijk en Waard", 2022},
    {"Boxmeer", "Land van Cuijk", 2022},
    {"Cuijk", "Land van Cuijk", 2022},
    {"Grave", "Land van Cuijk", 2022},
    {"Mill en Sint Hubert", "Land van Cuijk", 2022},
    {"Sint Anthonis", "Land van Cuijk", 2022},
    {"Landerd", "Maashorst", 2022},
    {"Uden", "Maashorst", 2022},
    {"Weesp", "Amsterdam", 2022},
    {"Brielle", "Voorne aan Zee", 2023},
    {"Hellevoetsluis", "Voorne aan Zee", 2023},
    {"Westvoorne", "Voorne aan Zee", 2023},
};

const wks_gemeenten_merger *wks_gemeenten_merged(const char *name)
{
    for (size_t i = 0; i < sizeof mergers / sizeof *mergers; i++)
        if (wks_text_equal_nocase(name, mergers[i].old_name)) return &mergers[i];
    return NULL;
}

const char *wks_gemeenten_official(const char *name)
{
    static const char *const pairs[][2] = {{"Den Haag", "'s-Gravenhage"},
                                           {"Den Bosch", "'s-Hertogenbosch"},
                                           {"Nuenen", "Nuenen, Gerwen en Nederwetten"},
                                           {"Friese Meren", "De Fryske Marren"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (wks_text_equal_nocase(name, pairs[i][0])) return pairs[i][1];
    return name;
}
