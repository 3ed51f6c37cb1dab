#include "output/codebook.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "measure/household_fate.h"
#include "measure/monitor.h"

#define SIGNAL_NL(name, unit, from, help_nl, help_en) " " #name " [" from "], " unit ": " help_nl ";"
#define SIGNAL_EN(name, unit, from, help_nl, help_en) " " #name " [" from "], " unit ": " help_en ";"
#define SIGNALS_NL                                    WKS_MONITOR_SIGNALS(SIGNAL_NL)
#define SIGNALS_EN                                    WKS_MONITOR_SIGNALS(SIGNAL_EN)

const wks_codebook_column wks_codebook_columns[] = {
    {"*", "scenario", "-", "Scenario", "Scenario", "Naam van het scenario.", "Name of the scenario."},
    {"*", "replication", "-", "Herhaling", "Replication", "Nummer van de herhaling: zelfde nummer, zelfde toeval.",
     "Number of the replication: same number, same luck."},
    {"*", "tick", "months", "Maand", "Month", "Maanden sinds het begin (zonder stad: tikken); 0 is de begintoestand.",
     "Months since the start (without a city: ticks); 0 is the initial state."},
    {"*", "date", "-", "Datum", "Date", "Kalendermaand (jjjj-mm); standen aan het eind ervan. Leeg zonder stad.",
     "Calendar month (yyyy-mm); stocks at its end. Empty without a city."},
    {"*", "indicator", "-", "Indicator", "Indicator", "Naam van de indicator, zie de regels met een indicator hieronder.",
     "Name of the indicator, see the rows with an indicator below."},
    {"*", "group", "-", "Groep", "Group", "Groep uit het scenario; leeg is iedereen.", "Group of the scenario; empty is everybody."},
    {"*", "scale", "-", "Schaal", "Scale", "Gebieden die een segregatie-index vergelijkt.", "Areas that a segregation index compares."},
    {"*", "level", "-", "Niveau", "Level",
     "Soort gebied: buurt of wijk; leeg is de stad; in effects.csv ook areas: de genoemde buurten samen.",
     "Kind of area: buurt or wijk; empty is the city; in effects.csv also areas: the buurten named, together."},
    {"*", "area", "-", "Gebied", "Area", "CBS-code van het gebied.", "CBS code of the area."},
    {"*", "value", "-", "Waarde", "Value", "Waarde; leeg is niet gedefinieerd.", "Value; empty is not defined."},
    {"lettings.csv", "letting", "-", "Verhuring", "Letting", "Nummer, uniek binnen een herhaling.", "Number, unique in a replication."},
    {"lettings.csv", "unit", "-", "Eenheid", "Unit", "Sleutel van de woning of kamer (hex).", "Key of the home or room (hex)."},
    {"lettings.csv", "buurt", "-", "Buurt", "Buurt", "CBS-code.", "CBS code."},
    {"lettings.csv", "complex", "-", "Complex", "Complex", "Sleutel van het complex (hex).", "Key of the complex (hex)."},
    {"lettings.csv", "owner", "-", "Eigenaar", "Owner", "Corporatie.", "Corporatie."},
    {"lettings.csv", "channel", "-", "Kanaal", "Channel", "Onderdeel van de regels waarmee is verhuurd.", "Rule part by which it was let."},
    {"lettings.csv", "rent_eur", "EUR/month", "Huur", "Rent", "Netto huur.", "Net rent."},
    {"lettings.csv", "candidates", "households", "Kandidaten", "Candidates", "Huishoudens op de lijst.", "Households on the list."},
    {"lettings.csv", "rank", "-", "Rang", "Rank", "Plaats op de lijst van wie de woning kreeg.", "Place on the list of who was housed."},
    {"lettings.csv", "refusals", "offers", "Weigeringen", "Refusals", "Geweigerde aanbiedingen voor deze verhuring.",
     "Offers refused before this letting."},
    {"lettings.csv", "household", "-", "Huishouden", "Household", "Sleutel van het huishouden (hex).", "Key of the household (hex)."},
    {"lettings.csv", "months_registered", "months", "Inschrijfduur", "Registration time", "Maanden ingeschreven bij verhuring.",
     "Months registered at letting."},
    {"lettings.csv", "months_searching", "months", "Zoektijd", "Search time", "Maanden sinds het begin van het zoeken.",
     "Months since the search began."},
    {"lettings.csv", "income_eur", "EUR/year", "Inkomen", "Income", "Rekeninkomen.", "Income as the limits test it."},
    {"lettings.csv", "groups", "-", "Groepen", "Groups", "Groepen van het huishouden, gescheiden door ;",
     "Groups of the household, separated by ;"},
    {"lettings.csv", "urgency", "-", "Urgentie", "Urgency", "Soort urgentie.", "Kind of urgency."},
    {"lettings.csv", "from_area", "-", "Van gebied", "From area", "Buurt waar het huishouden woonde; leeg is van buiten.",
     "Buurt where the household lived; empty is from outside."},
    {"lettings.csv", "chain", "links", "Schakel", "Link", "Schakel in de verhuisketen; 0 is nieuwbouw of vertrek.",
     "Link of the vacancy chain; 0 is new build or departure."},
    {"lettings.csv", "reason", "-", "Reden", "Reason", "Via een lijst of door bemiddeling.", "By a list or by mediation."},
    {"lettings.csv", "order_key", "-", "Beslissende regel", "Deciding rule",
     "Volgorderegel die besliste tegen de volgende kandidaat; lot: de loting; wait: wie het langst wacht; leeg: niemand kwam erna.",
     "Ordering key that decided against the next candidate; lot: the draw; wait: who waits longest; empty: nobody came after."},
    {"lettings.csv", "excluded", "households", "Uitgesloten", "Excluded", "Zoekers per regel die hen uitsloot (onderdeel:aantal).",
     "Seekers by the rule that kept them out (part:count)."},
    {"compliance.csv", "year", "-", "Jaar", "Year", "Kalenderjaar; het eerste en laatste kunnen minder dan twaalf maanden zijn.",
     "Calendar year; the first and last may have fewer than twelve months."},
    {"compliance.csv", "owner", "-", "Eigenaar", "Owner", "Corporatie; leeg is alle eigenaren samen.",
     "Corporatie; empty is all owners together."},
    {"compliance.csv", "rule", "-", "Regel", "Rule",
     "passend: lage inkomens met een huur onder hun aftoppingsgrens; daeb: inkomens onder de grens; daeb_middle, daeb_free: "
     "middeninkomens, hogere (tot 2022); ties: voorbehouden aan ingezetenen; taakstelling: gehuisveste "
     "statushouders (personen); taakstelling_arrears: in een eerder halfjaar gekoppeld en nog bij het COA (personen); filters.<naam>, "
     "spreiding.<naam>, "
     "conduct.<naam>: wat dat onderdeel telt (docs/rules.md).",
     "passend: low incomes with a rent up to their aftoppingsgrens; daeb: incomes up to the limit; daeb_middle, daeb_free: middle "
     "incomes, higher ones (until 2022); ties: reserved for residents; taakstelling: statushouders housed "
     "(persons); taakstelling_arrears: linked in an earlier half-year and still at COA (persons); filters.<name>, spreiding.<name>, "
     "conduct.<name>: what "
     "that part counts (docs/rules.md)."},
    {"compliance.csv", "required", "-", "Vereist", "Required",
     "De norm: ten minste (passend, daeb, taakstelling, filters.<naam> met een aandeel) of ten hoogste (de andere).",
     "The norm: at least (passend, daeb, taakstelling, filters.<name> with a share) or at most (the others)."},
    {"compliance.csv", "achieved", "-", "Bereikt", "Achieved",
     "Over de verhuringen van het jaar; spreiding.<naam> van een "
     "plafond op de voorraad: stand aan het eind. Leeg: niets te toetsen.",
     "Over the lettings of the year; spreiding.<name> of a cap on the stock: at its end. Empty: nothing to judge."},
    {"compliance.csv", "met", "-", "Voldaan", "Met", "yes, no; leeg als er niets te toetsen is.",
     "yes, no; empty when there is nothing to judge."},
    {"budget.csv", "year", "-", "Jaar", "Year", "Kalenderjaar; het eerste en laatste kunnen minder dan twaalf maanden zijn.",
     "Calendar year; the first and last may have fewer than twelve months."},
    {"budget.csv", "owner", "-", "Eigenaar", "Owner",
     "Corporatie; leeg is alle corporaties samen. Van sociale programma's wie betaalt: gemeente, corporaties, rijk, zorg, of total voor "
     "allen.",
     "Corporatie; empty is all corporaties together. Of social programmes who pays: gemeente, corporaties, rijk, zorg, or total for all."},
    {"budget.csv", "item", "-", "Post", "Item", "Post van de rekening; elke post staat in docs/results.md.",
     "Item of the account; each is in docs/results.md."},
    {"budget.csv", "measured_in", "-", "Gemeten in", "Measured in", "Eenheid van het bedrag of aantal.", "Unit of the amount."},
    {"budget.csv", "amount", "see measured_in", "Bedrag", "Amount",
     "Inkomsten boven 0, uitgaven onder 0, in euro's van dat jaar; leeg: niet gedefinieerd of te weinig om te tonen.",
     "Income above 0, expenses below 0, in euros of that year; empty: not defined, or too few to be told."},
    {"flows.csv", "year", "-", "Jaar", "Year", "Kalenderjaar; het eerste en laatste kunnen minder dan twaalf maanden zijn.",
     "Calendar year; the first and last may have fewer than twelve months."},
    {"flows.csv", "from_area", "-", "Van gebied", "From area", "CBS-code van de wijk; outside: van elders; shelter: uit de opvang.",
     "CBS code of the wijk; outside: from elsewhere; shelter: from shelter."},
    {"flows.csv", "to_area", "-", "Naar gebied", "To area", "CBS-code van de wijk; outside: naar elders; shelter: naar de opvang.",
     "CBS code of the wijk; outside: to elsewhere; shelter: into shelter."},
    {"flows.csv", "moves", "households", "Verhuizingen", "Moves",
     "Huishoudens die van adres veranderden, ook wie bij anderen intrekt of met een partner gaat samenwonen; alleen paren met "
     "verhuizingen.",
     "Households that changed address, those who go to stay with others or join a partner included; pairs with moves only."},
    {"destinations.csv", "cause", "-", "Aanleiding", "Cause",
     "demolition, renovation: kreeg aanzegging; spreiding: een onderdeel spreiding hield het huishouden voor het eerst van een woning af "
     "toen het "
     "aan de beurt was; area_filter: een filter in genoemde gebieden deed dat voor het eerst (een advertentie per ronde geteld).",
     "demolition, renovation: got notice; spreiding: a spreiding part kept the household from a home for the first time when its turn "
     "came; area_filter: a filter of named areas did so for the first time (one advert a round counted)."},
    {"destinations.csv", "from_area", "-", "Van gebied", "From area",
     "Buurt van de oude woning, of van die waar het huishouden van werd afgehouden.",
     "Buurt of the old home, or of the one it was kept from."},
    {"destinations.csv", "destination", "-", "Bestemming", "Destination",
     "Eerste duurzame woning erna (same_buurt, city: sociale huur; other: anders), of wat er aan het eind was; stayed: sindsdien niet "
     "verhuisd; waiting: nog in de oude woning, bij het COA of elders.",
     "First lasting home after it (same_buurt, city: social rent; other: else), or what there was at the end; stayed: did not move "
     "since; waiting: still in the old home, at COA or elsewhere."},
    {"destinations.csv", "to_area", "-", "Naar gebied", "To area", "Buurt van die woning; leeg zonder.",
     "Buurt of that home; empty without."},
    {"destinations.csv", "distance", "-", "Afstand", "Distance", "Hemelsbreed tussen beide woningen; leeg zonder.",
     "As the crow flies between the two homes; empty without."},
    {"destinations.csv", "households", "households", "Huishoudens", "Households",
     "Elk huishouden (bij sloop en renovatie: elk geval) in precies een regel per aanleiding.",
     "Each household (of demolition and renovation: each case) in exactly one row of its cause."},
    {"destinations.csv", "leefbaarheid_change", "LBM", "Verandering leefbaarheid", "Change of leefbaarheid",
     "Score van de nieuwe buurt min die van de oude in de maand van verhuizen, gemiddeld.",
     "Score of the new buurt less that of the old in the month of the move, mean."},
    {"destinations.csv", "rent_change_eur", "EUR/month", "Verandering huur", "Change of rent",
     "Netto huur van de nieuwe woning min die van de oude, gemiddeld; zonder wie kocht.",
     "Net rent of the new home less that of the old, mean; without who bought."},
    {"monitor.csv", "quarter", "-", "Kwartaal", "Quarter", "Kalenderkwartaal (jjjj-Qn); standen aan het eind ervan.",
     "Calendar quarter (yyyy-Qn); stocks at its end."},
    {"monitor.csv", "signal", "-", "Signaal", "Signal",
     "Wat wordt gevolgd; [own]: te zien in eigen dossiers van corporatie of gemeente, [published]: in gepubliceerde cijfers, [model]: "
     "alleen in het model." SIGNALS_NL,
     "What is followed; [own]: can be seen in a corporatie's or gemeente's own files, [published]: in published figures, [model]: in the "
     "model only." SIGNALS_EN},
    {"monitor.csv", "value", "see signal", "Waarde", "Value", "Leeg: niet gedefinieerd of te weinig om te tonen.",
     "Empty: not defined, or too few to be told."},
    {"monitor.csv", "trend", "per year", "Trend", "Trend",
     "Helling van de laatste vier kwartalen (kleinste kwadraten), per jaar; leeg in het eerste jaar.",
     "Slope of the last four quarters (least squares), a year; empty in the first year."},
    {"monitor.csv", "alarm", "-", "Alarm", "Alarm",
     "Bij leefbaarheid: none; early_early en early: dalend door de grens van klasse 7/8 en 6/7; alarm: klasse 4 of lager en dalend. Bij "
     "load: alarm boven 1,5 keer die "
     "van de stad. Leeg: geen oordeel. De grenzen zijn aannamen (docs/odd.md, measure).",
     "For leefbaarheid: none; early_early and early: falling through the bound of class 7/8 and 6/7; alarm: class 4 or lower and falling. "
     "For load: alarm above 1.5 "
     "times the city's. Empty: not judged. The bounds are assumptions (docs/odd.md, measure)."},
    {"queue.csv", "registered", "households", "Ingeschreven", "Registered", "Ingeschreven huishoudens.", "Registered households."},
    {"queue.csv", "active", "households", "Actief", "Active", "Gemiddeld aantal actief woningzoekenden in twaalf maanden.",
     "Mean active seekers in twelve months."},
    {"queue.csv", "reactions", "reactions", "Reacties", "Reactions", "Reacties in twaalf maanden.", "Reactions in twelve months."},
    {"queue.csv", "housed", "lettings", "Gehuisvest", "Housed", "Verhuringen in twaalf maanden.", "Lettings in twelve months."},
    {"queue.csv", "success_rate", "share/year", "Slaagkans", "Success rate", "Gehuisvest gedeeld door actief.", "Housed over active."},
    {"queue.csv", "wait_p10", "months", "Inschrijfduur p10", "Registration time p10", "Bij verhuring.", "At letting."},
    {"queue.csv", "wait_p50", "months", "Inschrijfduur mediaan", "Registration time median", "Bij verhuring.", "At letting."},
    {"queue.csv", "wait_p90", "months", "Inschrijfduur p90", "Registration time p90", "Bij verhuring.", "At letting."},
    {"queue.csv", "search_p50", "months", "Zoektijd mediaan", "Search time median", "Bij verhuring.", "At letting."},
    {"summary.csv", "theory", "-", "Theorie", "Theory", "Theorie over leefbaarheid waaronder is gedraaid: T0, T1 of T2.",
     "Theory about leefbaarheid it was run under: T0, T1 or T2."},
    {"summary.csv", "mean", "-", "Gemiddelde", "Mean", "Over de herhalingen.", "Over replications."},
    {"summary.csv", "sd", "-", "Standaardafwijking", "Standard deviation", "Over de herhalingen.", "Over replications."},
    {"summary.csv", "ci_low", "-", "Ondergrens 95 %", "Lower bound 95 %", "Van het gemiddelde (t-verdeling).",
     "Of the mean (Student's t)."},
    {"summary.csv", "ci_high", "-", "Bovengrens 95 %", "Upper bound 95 %", "Van het gemiddelde (t-verdeling).",
     "Of the mean (Student's t)."},
    {"summary.csv", "p10", "-", "p10", "p10", "Een op de tien herhalingen ligt lager.", "One in ten replications is lower."},
    {"summary.csv", "p50", "-", "Mediaan", "Median", "Over de herhalingen.", "Over replications."},
    {"summary.csv", "p90", "-", "p90", "p90", "Een op de tien herhalingen ligt hoger.", "One in ten replications is higher."},
    {"summary.csv", "n", "-", "Aantal", "Number", "Herhalingen met een waarde.", "Replications with a value."},
    {"contrasts.csv", "reference", "-", "Referentie", "Reference", "Scenario waarmee is vergeleken.", "Scenario compared with."},
    {"contrasts.csv", "n_pairs", "-", "Paren", "Pairs", "Herhalingen met een waarde onder beide.", "Replications with a value under both."},
    {"contrasts.csv", "mean_reference", "-", "Gemiddelde referentie", "Mean of the reference", "Over de paren.", "Over pairs."},
    {"contrasts.csv", "mean_scenario", "-", "Gemiddelde scenario", "Mean of the scenario", "Over de paren.", "Over pairs."},
    {"contrasts.csv", "mean_difference", "-", "Verschil", "Difference", "Scenario min referentie, gemiddeld over de paren.",
     "Scenario less reference, mean over pairs."},
    {"contrasts.csv", "ci_low", "-", "Ondergrens 95 %", "Lower bound 95 %", "Van het verschil.", "Of the difference."},
    {"contrasts.csv", "ci_high", "-", "Bovengrens 95 %", "Upper bound 95 %", "Van het verschil.", "Of the difference."},
    {"contrasts.csv", "method", "-", "Methode", "Method",
     "Hoe het interval is gemaakt: gepaard t, of bootstrap (BCa) van aandelen, wachttijden en medianen.",
     "How the interval was made: paired t, or bootstrap (BCa) of shares, waits and medians."},
    {"contrasts.csv", "p_adjusted", "-", "p (Holm)", "p (Holm)",
     "p-waarde (gepaarde t-toets) na correctie over de vooraf genoemde uitkomsten; leeg elders.",
     "p value (paired t test) adjusted over the declared outcomes; empty elsewhere."},
    {"contrasts.csv", "variance_reduction", "-", "Winst door koppelen", "Gain by pairing",
     "Variantie van onafhankelijke verschillen gedeeld door die van gekoppelde.",
     "Variance of independent differences over that of paired ones."},
    {"contrasts.csv", "theory", "-", "Theorie", "Theory", "Theorie over leefbaarheid waaronder is gedraaid: T0, T1 of T2.",
     "Theory about leefbaarheid it was run under: T0, T1 or T2."},
    {"contrasts.csv", "verdict", "-", "Oordeel", "Verdict",
     "In woorden of het interval nul uitsluit, en hoe het verschil zich verhoudt tot de drempel die is gekozen.",
     "In words, whether the interval excludes zero, and how the difference stands to the threshold that was set."},
    {"precision.csv", "reference", "-", "Referentie", "Reference", "Leeg: van het gemiddelde van een run.", "Empty: of the mean of a run."},
    {"precision.csv", "theory", "-", "Theorie", "Theory", "Als in contrasts.csv.", "As in contrasts.csv."},
    {"precision.csv", "threshold", "-", "Drempel", "Threshold", "Kleinste verschil dat telt, zoals opgegeven; leeg: geen.",
     "Smallest difference that matters, as declared; empty: none."},
    {"precision.csv", "half_width_asked", "-", "Gevraagd half interval", "Half-width asked", "Leeg: niet gevraagd.", "Empty: not asked."},
    {"precision.csv", "half_width", "-", "Half interval", "Half-width", "Helft van het 95 %-interval dat is bereikt.",
     "Half the 95 % interval that was reached."},
    {"precision.csv", "method", "-", "Methode", "Method", "Als in contrasts.csv.", "As in contrasts.csv."},
    {"precision.csv", "n_pairs", "-", "Paren", "Pairs", "Paren, of herhalingen van een run.", "Pairs, or replications of a run."},
    {"precision.csv", "held_since", "-", "Geldt sinds", "Held since", "Vanaf zoveel herhalingen zonder onderbreking smal genoeg.",
     "From so many replications on narrow enough without a break."},
    {"precision.csv", "reached", "-", "Bereikt", "Reached", "yes: ook over de extra herhalingen van look_ahead.",
     "yes: over the further replications of look_ahead too."},
    {"precision.csv", "n_needed", "-", "Nodig", "Needed",
     "Geschat uit de spreiding: herhalingen voor het gevraagde interval, of om de drempel aan te tonen.",
     "Estimated from the spread: replications for the half-width asked, or to show a difference as large as the threshold."},
    {"breakeven.csv", "scenario_a", "-", "Scenario A", "Scenario A", "Het ene scenario van een paar.", "One scenario of a pair."},
    {"breakeven.csv", "scenario_b", "-", "Scenario B", "Scenario B", "Het andere; verschillen zijn B min A.",
     "The other; differences are B less A."},
    {"breakeven.csv", "n_pairs", "-", "Paren", "Pairs", "Herhalingen met een waarde onder beide en alle drie theorieën.",
     "Replications with a value under both and all three theories."},
    {"breakeven.csv", "difference_t0", "-", "Verschil onder T0", "Difference under T0", "B min A, gemiddeld over de paren.",
     "B less A, mean over pairs."},
    {"breakeven.csv", "low_t0", "-", "Ondergrens onder T0", "Lower bound under T0",
     "95 %-interval van het verschil; leeg onder tien paren.", "95 % interval of the difference; empty under ten pairs."},
    {"breakeven.csv", "high_t0", "-", "Bovengrens onder T0", "Upper bound under T0",
     "95 %-interval van het verschil; leeg onder tien paren.", "95 % interval of the difference; empty under ten pairs."},
    {"breakeven.csv", "difference_t1", "-", "Verschil onder T1", "Difference under T1", "B min A, gemiddeld over de paren.",
     "B less A, mean over pairs."},
    {"breakeven.csv", "low_t1", "-", "Ondergrens onder T1", "Lower bound under T1",
     "95 %-interval van het verschil; leeg onder tien paren.", "95 % interval of the difference; empty under ten pairs."},
    {"breakeven.csv", "high_t1", "-", "Bovengrens onder T1", "Upper bound under T1",
     "95 %-interval van het verschil; leeg onder tien paren.", "95 % interval of the difference; empty under ten pairs."},
    {"breakeven.csv", "difference_t2", "-", "Verschil onder T2", "Difference under T2", "B min A, gemiddeld over de paren.",
     "B less A, mean over pairs."},
    {"breakeven.csv", "low_t2", "-", "Ondergrens onder T2", "Lower bound under T2",
     "95 %-interval van het verschil; leeg onder tien paren.", "95 % interval of the difference; empty under ten pairs."},
    {"breakeven.csv", "high_t2", "-", "Bovengrens onder T2", "Upper bound under T2",
     "95 %-interval van het verschil; leeg onder tien paren.", "95 % interval of the difference; empty under ten pairs."},
    {"breakeven.csv", "strength_t1", "LBM per share", "Sterkte onder T1", "Strength under T1",
     "Verband tussen score en aandeel huishoudens met onvervulde steunvraag, a_v (1 + d_s), gemiddeld over de getrokken leden.",
     "Link between score and share of households with unmet support need, a_v (1 + d_s), mean over the members drawn."},
    {"breakeven.csv", "strength_t2", "LBM per share", "Sterkte onder T2", "Strength under T2",
     "Hetzelfde in de dwarsdoorsnede; onder T0 is het 0.", "The same in the cross-section; under T0 it is 0."},
    {"breakeven.csv", "breakeven", "LBM per share", "Omslagpunt", "Break-even value",
     "Sterkte van het verband waarbij de volgorde van A en B omslaat; leeg als zij dat niet doet.",
     "Strength of the link at which the order of A and B turns; empty when it does not."},
    {"breakeven.csv", "ci_low", "LBM per share", "Ondergrens", "Lower bound", "Vanaf deze sterkte is geen volgorde aangetoond.",
     "From this strength on no order is shown."},
    {"breakeven.csv", "ci_high", "LBM per share", "Bovengrens", "Upper bound", "Tot deze sterkte is geen volgorde aangetoond.",
     "Up to this strength no order is shown."},
    {"breakeven.csv", "verdict", "-", "Oordeel", "Verdict", "In woorden of en waar de volgorde omslaat.",
     "In words, whether the order turns and where."},
    {"effects.csv", "reference", "-", "Referentie", "Reference", "Scenario waarmee is vergeleken.", "Scenario compared with."},
    {"effects.csv", "theory", "-", "Theorie", "Theory", "Theorie over leefbaarheid waaronder is gedraaid: T0, T1 of T2.",
     "Theory about leefbaarheid it was run under: T0, T1 or T2."},
    {"effects.csv", "mean_difference", "-", "Verschil", "Difference", "Scenario min referentie aan het eind, gemiddeld over de paren.",
     "Scenario less reference at the end, mean over pairs."},
    {"effects.csv", "ci_low", "-", "Ondergrens 95 %", "Lower bound 95 %", "Van het verschil, niet gecorrigeerd voor het aantal uitkomsten.",
     "Of the difference, not adjusted for the number of outcomes."},
    {"effects.csv", "ci_high", "-", "Bovengrens 95 %", "Upper bound 95 %", "Van het verschil.", "Of the difference."},
    {"effects.csv", "eur_difference", "EUR", "Meer geld", "More money",
     "Wat sociale programma's over de hele looptijd meer kostten dan onder de referentie, alle betalers samen, gemiddeld over de paren.",
     "What social programmes cost more than under the reference over the whole run, all payers together, mean over pairs."},
    {"effects.csv", "hours_difference", "hours", "Meer uren", "More hours", "Hetzelfde in uren van personeel.", "The same in staff hours."},
    {"effects.csv", "per_million_eur", "indicator/1e6 EUR", "Effect per miljoen euro", "Effect per million euro",
     "Verschil gedeeld door het verschil in geld. Leeg: geen verschil in geld, of geen aangetoond effect (interval met 0, of minder dan "
     "tien paren).",
     "Difference over the difference in money. Empty: no difference in money, or no effect shown (0 in the interval, or fewer than ten "
     "pairs)."},
    {"effects.csv", "per_1000_hours", "indicator/1000 hours", "Effect per 1.000 uur", "Effect per 1,000 hours", "Hetzelfde voor uren.",
     "The same for hours."},
    {"effects.csv", "n_pairs", "-", "Paren", "Pairs", "Herhalingen met een waarde onder beide.", "Replications with a value under both."},
    {"losers.csv", "reference", "-", "Referentie", "Reference", "Scenario waarmee is vergeleken.", "Scenario compared with."},
    {"losers.csv", "theory", "-", "Theorie", "Theory", "Theorie over leefbaarheid waaronder is gedraaid: T0, T1 of T2.",
     "Theory about leefbaarheid it was run under: T0, T1 or T2."},
    {"losers.csv", "outcome", "-", "Uitkomst", "Outcome",
     "Wat per huishouden is vergeleken, zie de regels met een uitkomst hieronder; only_reference, only_scenario: huishoudens die er onder "
     "een van beide zijn.",
     "What is compared of each household, see the rows with an outcome below; only_reference, only_scenario: households that are there "
     "under one of the two."},
    {"losers.csv", "better", "households", "Beter", "Better", "Huishoudens die onder het scenario beter af zijn, alle herhalingen samen.",
     "Households better off under the scenario, all replications together."},
    {"losers.csv", "equal", "households", "Gelijk", "Equal", "Huishoudens met een verschil tot de drempel.",
     "Households with a difference up to the threshold."},
    {"losers.csv", "worse", "households", "Slechter", "Worse", "Huishoudens die onder het scenario slechter af zijn.",
     "Households worse off under the scenario."},
    {"losers.csv", "n", "households", "Aantal", "Number", "Beter, gelijk en slechter samen.", "Better, equal and worse together."},
    {"untouched.csv", "reference", "-", "Referentie", "Reference", "Scenario waarmee is vergeleken.", "Scenario compared with."},
    {"untouched.csv", "theory", "-", "Theorie", "Theory", "Theorie over leefbaarheid waaronder is gedraaid: T0, T1 of T2.",
     "Theory about leefbaarheid it was run under: T0, T1 or T2."},
    {"untouched.csv", "area", "-", "Gebied", "Area",
     "Leeg is de hele stad; inside en outside: binnen en buiten de gebieden waar het scenario op mikt, naar waar het huishouden onder de "
     "referentie woont.",
     "Empty is the whole city; inside and outside: in and out of the areas that the scenario aims at, by where the household lives under "
     "the reference."},
    {"untouched.csv", "households", "households", "Huishoudens", "Households",
     "Huishoudens die er in dezelfde herhaling onder beide zijn, alle herhalingen samen.",
     "Households that are there under both in the same replication, all replications together."},
    {"untouched.csv", "identical", "households", "Zelfde leven", "Same life",
     "Van hen: aan het eind van elk jaar tot nu toe in dezelfde toestand.", "Of those: in the same state at the end of every year so far."},
    {"untouched.csv", "share_identical", "share", "Aandeel met hetzelfde leven", "Share with the same life",
     "Dat aantal gedeeld door de huishoudens onder beide.", "That number over the households under both."},
    {"untouched.csv", "same_now", "households", "Nu gelijk", "Same now", "Van hen: nu in dezelfde toestand.",
     "Of those: in the same state now."},
    {"untouched.csv", "share_same_now", "share", "Aandeel dat nu gelijk is", "Share that is the same now",
     "Dat aantal gedeeld door de huishoudens onder beide.", "That number over the households under both."},
    {"untouched.csv", "only_reference", "households", "Alleen onder de referentie", "Under the reference only",
     "Huishoudens die er nu alleen onder de referentie zijn.", "Households that are there under the reference only now."},
    {"untouched.csv", "only_scenario", "households", "Alleen onder het scenario", "Under the scenario only",
     "Huishoudens die er nu alleen onder het scenario zijn.", "Households that are there under the scenario only now."},
    {"waterbed.csv", "reference", "-", "Referentie", "Reference", "Scenario waarmee is vergeleken.", "Scenario compared with."},
    {"waterbed.csv", "theory", "-", "Theorie", "Theory", "Theorie over leefbaarheid waaronder is gedraaid: T0, T1 of T2.",
     "Theory about leefbaarheid it was run under: T0, T1 or T2."},
    {"waterbed.csv", "band", "-", "Afstand", "Distance",
     "Afstand van de buurt tot het dichtstbijzijnde gebied waarop het verschil tussen de scenario's is gericht.",
     "Distance of the buurt to the nearest area that the difference between the scenarios aims at."},
    {"waterbed.csv", "n_pairs", "-", "Paren", "Pairs", "Herhalingen met een waarde onder beide.", "Replications with a value under both."},
    {"waterbed.csv", "mean_reference", "-", "Gemiddelde referentie", "Mean of the reference",
     "Van de buurten gewogen naar hun huishoudens in de referentie bij het begin; aantallen opgeteld.",
     "Of the buurten weighted by their households in the reference at the start; numbers added up."},
    {"waterbed.csv", "mean_scenario", "-", "Gemiddelde scenario", "Mean of the scenario", "Met dezelfde gewichten.",
     "With the same weights."},
    {"waterbed.csv", "mean_difference", "-", "Verschil", "Difference", "Scenario min referentie, gemiddeld over de paren.",
     "Scenario less reference, mean over pairs."},
    {"waterbed.csv", "ci_low", "-", "Ondergrens 95 %", "Lower bound 95 %", "Van het verschil.", "Of the difference."},
    {"waterbed.csv", "ci_high", "-", "Bovengrens 95 %", "Upper bound 95 %", "Van het verschil.", "Of the difference."},
    {"waterbed.csv", "verdict", "-", "Oordeel", "Verdict", "In woorden of het interval nul uitsluit.",
     "In words, whether the interval excludes zero."},
    {"waterbed.csv", "buurten", "buurten", "Buurten", "Buurten", "Buurten met huishoudens op deze afstand.",
     "Buurten with households at this distance."},
    {"waterbed.csv", "households", "households", "Huishoudens", "Households", "Hun huishoudens in de referentie bij het begin.",
     "Their households in the reference at the start."},
};
const int32_t wks_codebook_n_columns = sizeof wks_codebook_columns / sizeof *wks_codebook_columns;

/* Values of the column group that the program itself makes: kinds of being without a home, what became of the displaced, links of chains, types, tenures,
 * ages and distances, classes of a queue. */
static const char *const kinds[][3] = {
    {"class_1", "zeer onvoldoende", "zeer onvoldoende"},
    {"class_2", "ruim onvoldoende", "ruim onvoldoende"},
    {"class_3", "onvoldoende", "onvoldoende"},
    {"class_4", "zwak", "zwak"},
    {"class_5", "voldoende", "voldoende"},
    {"class_6", "ruim voldoende", "ruim voldoende"},
    {"class_7", "goed", "goed"},
    {"class_8", "zeer goed", "zeer goed"},
    {"class_9", "uitstekend", "uitstekend"},
    {"weak", "aan het begin zwak of lager", "zwak or lower at the start"},
    {"named", "door het scenario genoemd", "named by the scenario"},
    {"onv", "overlast en onveiligheid", "nuisance and unsafety"},
    {"at_parents", "bij ouders", "at parents"},
    {"ex_partner", "bij de ex-partner", "with an ex-partner"},
    {"hosted", "inwonend bij anderen", "hosted by others"},
    {"shelter", "in de opvang", "in shelter"},
    {"coa", "bij het COA", "at COA"},
    {"waiting", "wachtend op een woning", "waiting for a home"},
    {"wisselwoning", "in een wisselwoning", "in a wisselwoning"},
    {"same_buurt", "sociaal, zelfde buurt", "social, same buurt"},
    {"city", "sociaal, elders in de stad", "social, elsewhere in the city"},
    {"other", "anders", "other"},
    {"renovated", "terug in de gerenoveerde woning", "back in the renovated home"},
    {"joined", "ingetrokken bij anderen", "joined another household"},
    {"unhoused", "zonder woning", "without a home"},
    {"left", "vertrokken uit de stad", "left the city"},
    {"dissolved", "huishouden beëindigd", "household ended"},
    {"open", "nog open", "still open"},
    {"offered", "aangeboden", "offered"},
    {"returned", "teruggekeerd", "returned"},
    {"declined", "afgezien", "declined"},
    {"unmet", "geen passende woning", "no home that fits"},
    {"ended", "beëindigd", "ended"},
    {"new", "nieuwe woningen", "new homes"},
    {"first", "eerste schakel", "first link"},
    {"second", "tweede schakel", "second link"},
    {"third", "derde schakel", "third link"},
    {"new_outside", "nieuwe woningen, van buiten betrokken", "new homes, taken from outside"},
    {"first_outside", "eerste schakel, van buiten betrokken", "first link, taken from outside"},
    {"first_elsewhere", "eerste schakel, met elders achtergelaten woningen", "first link, with homes left elsewhere"},
    {"second_elsewhere", "tweede schakel, met elders achtergelaten woningen", "second link, with homes left elsewhere"},
    {"single", "alleenstaand", "single"},
    {"couple", "paar zonder kinderen", "couple"},
    {"couple_children", "paar met kinderen", "couple with children"},
    {"single_parent", "eenoudergezin", "single parent"},
    {"social", "sociale huur", "social rent"},
    {"corporatie_free", "vrije sector van corporaties", "free sector of corporaties"},
    {"private_rent", "particuliere huur", "private rent"},
    {"owner", "koop", "owner-occupied"},
    {"age_0_15", "0 tot 15 jaar", "0 to 15"},
    {"age_15_25", "15 tot 25 jaar", "15 to 25"},
    {"age_25_45", "25 tot 45 jaar", "25 to 45"},
    {"age_45_65", "45 tot 65 jaar", "45 to 65"},
    {"age_65_80", "65 tot 80 jaar", "65 to 80"},
    {"age_80_plus", "80 jaar en ouder", "80 and over"},
    {"under_500_m", "tot 500 m", "under 500 m"},
    {"500_m_1_km", "500 m tot 1 km", "500 m to 1 km"},
    {"1_2_km", "1 tot 2 km", "1 to 2 km"},
    {"2_5_km", "2 tot 5 km", "2 to 5 km"},
    {"over_5_km", "meer dan 5 km", "over 5 km"},
    {"any_vulnerability", "enige kwetsbaarheid", "any vulnerability"},
    {"entrants_low", "laag inkomen van wie er kwam", "low income of who came"},
    {"residents_low", "laag inkomen van wie er woont", "low income of who lives there"},
    {"stayers_rise", "inkomen gestegen van wie bleef", "income up of who stayed"},
    {"stayers_fall", "inkomen gedaald van wie bleef", "income down of who stayed"},
    {"leavers_rise", "inkomen gestegen van wie vertrok", "income up of who left"},
    {"leavers_fall", "inkomen gedaald van wie vertrok", "income down of who left"},
    {"low_exit", "uit een laag inkomen", "out of low income"},
    {"vulnerable_stay", "kwetsbaar en nog op hetzelfde adres", "vulnerable and still at the same address"},
    {"carriers", "dragers", "carriers"},
    {"askers", "vragers", "askers"},
    {"others", "anderen", "others"},
    {"carriers_queue", "dragers uit de gewone rij", "carriers from the regular queue"},
    {"carriers_other", "andere dragers", "other carriers"},
    {"wijkteam", "wijkteam", "district team"},
    {"ggz", "ggz-expertise", "ggz expertise"},
    {"beheerder", "beheerders", "caretakers"},
    {"presence", "presentie", "presence"},
    {"contact_point", "vindbaar meldpunt", "contact point"},
    {"language", "hulp in eigen taal", "help in own language"},
    {"priority", "met voorrang", "with priority"},
    {"regular", "zonder voorrang", "without priority"},
    /* Groups of the shipped scenarios; those that a user names stand as they are written. */
    {"verwezen", "verwezen", "referred (verwezen)"},
    {"uitkering", "uitkering", "on a benefit (uitkering)"},
    {"jongeren", "jongeren", "young (jongeren)"},
    {"gezinnen", "gezinnen", "families (gezinnen)"},
    {"ouderen", "ouderen", "older people (ouderen)"},
    {"kwetsbaar", "kwetsbaar", "vulnerable (kwetsbaar)"},
    {"uitstroom_zorg", "uitstroom uit zorg", "leaving care (uitstroom_zorg)"},
    {"ex_gedetineerden", "ex-gedetineerden", "ex-detainees (ex_gedetineerden)"},
    {"spoedzoekers", "spoedzoekers", "urgent seekers (spoedzoekers)"},
    {"werkenden", "werkenden", "working (werkenden)"},
    {"arbeidsmigranten", "arbeidsmigranten", "labour migrants (arbeidsmigranten)"},
};

/* Words that stand in a column of a table about who and where: file, column, word, nl, en. */
static const char *const words[][5] = {
    {"waterbed.csv", "band", "inside", "in het gebied", "inside"},
    {"waterbed.csv", "band", "touching", "grenzend", "touching"},
    {"waterbed.csv", "band", "under_1_km", "tot 1 km", "up to 1 km"},
    {"waterbed.csv", "band", "1_2_km", "1 tot 2 km", "1 to 2 km"},
    {"waterbed.csv", "band", "2_4_km", "2 tot 4 km", "2 to 4 km"},
    {"waterbed.csv", "band", "over_4_km", "meer dan 4 km", "over 4 km"},
    {"destinations.csv", "cause", "demolition", "sloop", "demolition"},
    {"destinations.csv", "cause", "renovation", "renovatie", "renovation"},
    {"destinations.csv", "cause", "spreiding", "van een woning afgehouden door een plafond of mix", "kept from a home by a cap or mix"},
    {"destinations.csv", "cause", "area_filter", "buiten aangewezen gebieden gehouden", "kept out of designated areas"},
    {"destinations.csv", "destination", "same_buurt", "sociale huur, zelfde buurt", "social rent, same buurt"},
    {"destinations.csv", "destination", "city", "sociale huur, elders in de stad", "social rent, elsewhere in the city"},
    {"destinations.csv", "destination", "other", "koop of andere huur", "bought or other rent"},
    {"destinations.csv", "destination", "renovated", "terug in de gerenoveerde woning", "back in the renovated home"},
    {"destinations.csv", "destination", "stayed", "niet verhuisd", "did not move"},
    {"destinations.csv", "destination", "waiting", "wacht nog", "still waiting"},
    {"destinations.csv", "destination", "wisselwoning", "in een wisselwoning", "in a wisselwoning"},
    {"destinations.csv", "destination", "joined", "ingetrokken bij een ander huishouden", "joined another household"},
    {"destinations.csv", "destination", "unhoused", "zonder eigen woning", "without a home of its own"},
    {"destinations.csv", "destination", "left", "vertrokken uit de stad", "left the city"},
    {"destinations.csv", "destination", "stopped", "was elders en zoekt hier niet meer", "was elsewhere and looks here no more"},
    {"destinations.csv", "destination", "dissolved", "huishouden beëindigd", "household ended"},
    {"destinations.csv", "distance", "same_home", "zelfde woning", "same home"},
    {"destinations.csv", "distance", "same_complex", "zelfde complex", "same complex"},
    {"destinations.csv", "distance", "same_buurt", "zelfde buurt", "same buurt"},
    {"destinations.csv", "distance", "under_1_km", "tot 1 km", "up to 1 km"},
    {"destinations.csv", "distance", "1_2_km", "1 tot 2 km", "1 to 2 km"},
    {"destinations.csv", "distance", "2_5_km", "2 tot 5 km", "2 to 5 km"},
    {"destinations.csv", "distance", "over_5_km", "meer dan 5 km", "over 5 km"},
    {"compliance.csv", "rule", "passend", "passend toewijzen", "passend toewijzen"},
    {"compliance.csv", "rule", "daeb", "DAEB: onder de inkomensgrens", "DAEB: incomes up to the limit"},
    {"compliance.csv", "rule", "daeb_middle", "DAEB: middeninkomens", "DAEB: middle incomes"},
    {"compliance.csv", "rule", "daeb_free", "DAEB: vrije ruimte", "DAEB: free share"},
    {"compliance.csv", "rule", "ties", "binding met de regio", "ties to the region"},
    {"compliance.csv", "rule", "taakstelling", "taakstelling statushouders", "taakstelling of statushouders"},
    {"compliance.csv", "rule", "taakstelling_arrears", "taakstelling: achterstand", "taakstelling: arrears"},
    {"compliance.csv", "rule", "filters.income_limit", "inkomensgrens (regel)", "income limit (rule part)"},
    {"compliance.csv", "rule", "spreiding.cap_share", "plafond op het aandeel van een groep", "cap on the share of a group"},
    {"compliance.csv", "rule", "spreiding.cap_inflow", "plafond op de instroom van een groep", "cap on the inflow of a group"},
    {"compliance.csv", "rule", "spreiding.contingent", "verdeelsleutel voor een contingent", "key of a contingent"},
    {"compliance.csv", "rule", "spreiding.dosing", "dosering van een groep", "dosing of a group"},
    {"untouched.csv", "area", "inside", "in het gebied", "inside"},
    {"untouched.csv", "area", "outside", "buiten het gebied", "outside"},
    {"losers.csv", "outcome", "only_reference", "alleen onder de referentie aanwezig", "there under the reference only"},
    {"losers.csv", "outcome", "only_scenario", "alleen onder het scenario aanwezig", "there under the scenario only"},
};

static void add_row(wks_text *out, const char *const *field, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0) wks_text_add_char(out, ',');
        wks_csv_add_field(out, field[i], ',');
    }
    wks_text_add_char(out, '\n');
}

/* Behind the indicators: an outcome can have the name of one. */
static void add_effects(wks_text *out)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *const row[] = {words[i][0], words[i][1], words[i][2], "", words[i][3], words[i][4], "", ""};
        add_row(out, row, 8);
    }
    for (int32_t i = 0; i < WKS_N_FATE_OUTCOMES; i++) {
        const wks_household_fate_outcome_spec *s = &wks_household_fate_outcomes[i];
        const char *const row[] = {"losers.csv", "outcome",   s->name,           s->unit,
                                   s->label_nl,  s->label_en, s->explanation_nl, s->explanation_en};
        add_row(out, row, 8);
    }
}

void wks_codebook_add(const wks_catalogue *catalogue, bool has_city, wks_text *out)
{
    wks_text_add(out, "file,column,indicator,unit,label_nl,label_en,explanation_nl,explanation_en\n");
    for (int32_t i = 0; i < wks_codebook_n_columns; i++) {
        const wks_codebook_column *c = &wks_codebook_columns[i];
        const char *const row[] = {c->file, c->name, "", c->unit, c->label_nl, c->label_en, c->explanation_nl, c->explanation_en};
        add_row(out, row, 8);
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *const row[] = {"city.csv", "group", kinds[i][0], "", kinds[i][1], kinds[i][2], "", ""};
        add_row(out, row, 8);
    }
    for (int32_t i = 0; i < catalogue->n_indicators; i++) {
        const wks_indicator_spec *s = &catalogue->indicator[i];
        const bool is_model = strcmp(s->level, "model") == 0 || strcmp(s->level, "grid") == 0;
        const bool is_city = strcmp(s->level, "city") == 0 || is_model;
        if (is_model == has_city) continue; /* names are unique in each of the two only */
        const char *file = is_city ? "city.csv" : strcmp(s->level, "buurt") == 0 ? "buurt.csv" : "city.csv;buurt.csv";
        const char *const row[] = {file, "value", s->name, s->unit, s->label_nl, s->label_en, s->explanation_nl, s->explanation_en};
        add_row(out, row, 8);
    }
    if (has_city) add_effects(out);
}

wks_status wks_codebook_write(const char *folder, const wks_catalogue *catalogue, bool has_city, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    char *path = wks_file_join(folder, "codebook.csv");

    wks_codebook_add(catalogue, has_city, &text);
    if (path == NULL || text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the codebook");
    WKS_TRY(wks_file_write(path, text.data, text.length, err));
out:
    free(path);
    wks_text_free(&text);
    return rc;
}
