#include "import/gemeenten.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* ---- names as people type them ---- */

/* Code point at *s (UTF-8, or the byte itself where it is none), *s moved behind it. */
static unsigned next_point(const unsigned char **s)
{
    unsigned c = *(*s)++;
    unsigned n = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0, value = n == 0 ? c : c & (0x3FU >> n);
    for (unsigned i = 0; i < n && (**s & 0xC0) == 0x80; i++)
        value = value << 6 | (*(*s)++ & 0x3FU);
    return value;
}

static const char plain[] = "aaaaaaaceeeeiiiidnooooo?ouuuuytsaaaaaaaceeeeiiiidnooooo?ouuuuyty"; /* U+00C0 to U+00FF */

/* The next letter that counts: lower case without accent; 0 at the end. `*pending` holds the second letter of a ligature. */
static unsigned next_letter(const unsigned char **s, unsigned *pending)
{
    if (*pending != 0) {
        unsigned second = *pending;
        *pending = 0;
        return second;
    }
    while (**s != '\0') {
        unsigned c = next_point(s);
        if (c == ' ' || c == '\t' || c == '-' || c == 0xA0 || (c >= 0x2010 && c <= 0x2014)) continue;
        if (c >= 0x300 && c <= 0x36F) continue; /* combining accents */
        if (c == 0x2018 || c == 0x2019 || c == 0x60 || c == 0xB4) return '\'';
        if (c == 0x132 || c == 0x133) {
            *pending = 'j';
            return 'i';
        }
        if (c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7) return (unsigned char)plain[c - 0xC0];
        return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
    }
    return 0;
}

/* The name without a leading "gemeente " and a last part in brackets; cut at size - 1. */
static const char *bare(const char *name, char *out, size_t size)
{
    static const char word[] = "gemeente ";
    const size_t n_word = sizeof word - 1;
    while (*name == ' ')
        name++;
    bool has_word = strlen(name) > n_word;
    for (size_t i = 0; has_word && i < n_word; i++)
        has_word = (i + 1 < n_word ? name[i] | 0x20 : name[i]) == word[i];
    if (has_word) name += n_word;
    const char *bracket = strrchr(name, '(');
    size_t n = bracket != NULL && bracket > name ? (size_t)(bracket - name) : strlen(name);
    if (n > size - 1) n = size - 1;
    memcpy(out, name, n);
    out[n] = '\0';
    return out;
}

bool wks_gemeenten_alike(const char *a, const char *b)
{
    char x[128], y[128];
    return wks_gemeenten_equal(bare(a, x, sizeof x), bare(b, y, sizeof y));
}

char *wks_gemeenten_plain(const char *name, char *out, size_t size)
{
    const unsigned char *s = (const unsigned char *)name;
    size_t n = 0;
    while (*s != '\0' && n + 2 < size) {
        unsigned c = next_point(&s);
        if (c >= 0x300 && c <= 0x36F) continue; /* combining accents */
        if (c == 0x132 || c == 0x133) {
            out[n++] = 'i';
            c = 'j';
        }
        if (c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7) c = (unsigned char)plain[c - 0xC0];
        if (c >= 'A' && c <= 'Z') c = c - 'A' + 'a';
        out[n++] = c < 0x80 ? (char)c : ' ';
    }
    out[n] = '\0';
    return out;
}

bool wks_gemeenten_equal(const char *a, const char *b)
{
    const unsigned char *x = (const unsigned char *)a, *y = (const unsigned char *)b;
    unsigned pending_x = 0, pending_y = 0;
    for (;;) {
        unsigned left = next_letter(&x, &pending_x), right = next_letter(&y, &pending_y);
        if (left != right) return false;
        if (left == 0) return true;
    }
}

bool wks_gemeenten_parse_code(const char *asked, char out[WKS_AREA_CODE_SIZE])
{
    int number = 0, n = 0;
    while (*asked == ' ')
        asked++;
    if ((asked[0] == 'G' || asked[0] == 'g') && (asked[1] == 'M' || asked[1] == 'm')) asked += 2;
    for (; asked[n] >= '0' && asked[n] <= '9' && n < 5; n++)
        number = 10 * number + (asked[n] - '0');
    if (n == 0 || n > 4 || asked[n + (int)strspn(asked + n, " ")] != '\0') return false;
    snprintf(out, WKS_AREA_CODE_SIZE, "GM%04d", number);
    return true;
}

/* ---- mergers and everyday names ---- */

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
        if (wks_gemeenten_equal(name, mergers[i].old_name)) return &mergers[i];
    return NULL;
}

const char *wks_gemeenten_official(const char *name)
{
    static const char *const pairs[][2] = {{"Den Haag", "'s-Gravenhage"},
                                           {"Den Bosch", "'s-Hertogenbosch"},
                                           {"Nuenen", "Nuenen, Gerwen en Nederwetten"},
                                           {"Friese Meren", "De Fryske Marren"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (wks_gemeenten_equal(name, pairs[i][0])) return pairs[i][1];
    return name;
}
