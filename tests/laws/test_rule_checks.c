/* What `check` says of rule sets made of the real parts: contradictions without people, and what the law of their months says. Each message
 * has a case that gives it and one that does not. */
#include "support/check.h"

#include "scenario/read.h"
#include "scenario/ruleset_law.h"
#include "sim/everything.h"

static const char basis[] = "Huisvestingswet 2014, huisvestingsverordening";
static const char channels[] = "{ part = \"advertised\"; name = \"aanbod\"; share = 1.0; }";
static const char filters[] = "{ part = \"registered\"; }, { part = \"income_limit\"; }, { part = \"passend\"; }";

/* A scenario by its pieces; NULL: as above. `top` stands before the rules, `period` in the rule set. */
typedef struct pieces {
    const char *top, *ouderen, *basis, *period, *channels, *filters, *order, *spreiding, *conduct;
} pieces;

static const char *or_else(const char *text, const char *otherwise)
{
    return text == NULL ? otherwise : text;
}

/* Everything said, as lines; free it. */
static char *said_of(const pieces *p)
{
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_scenario scenario = {0};
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_text text = WKS_TEXT_INIT, out = WKS_TEXT_INIT;
    wks_err err = WKS_ERR_INIT;

    /* A key may stand once: what `top` names is left out. */
    const char *top = or_else(p->top, "");
    wks_text_addf(&text, "%s%s\n", strstr(top, "start") == NULL ? "start = \"2024-12\"; " : "",
                  strstr(top, "ticks") == NULL ? "ticks = 24;" : "");
    wks_text_addf(&text,
                  "groups = ( { name = \"ouderen\"; where = \"%s\"; use = [ \"rule\" ]; },\n"
                  "  { name = \"verwezen\"; where = \"referral != none\"; use = [ \"rule\" ]; } );\n"
                  "%s\n"
                  "rules = ( { name = \"regio\"; basis = \"%s\"; %s\n"
                  "  channels = ( %s );\n  filters = ( %s );\n  order = ( %s );\n  spreiding = ( %s );\n"
                  "  conduct = ( %s ); } );\n",
                  or_else(p->ouderen, "age_years >= 65"), top, or_else(p->basis, basis), or_else(p->period, ""),
                  or_else(p->channels, channels), or_else(p->filters, filters), or_else(p->order, "{ part = \"urgency\"; }"),
                  or_else(p->spreiding, ""), or_else(p->conduct, ""));
    const wks_status rc =
        wks_read_scenario_text("c.cfg", text.data, text.length, &options, wks_everything_catalogue(), &scenario, &problems, &err);
    if (rc == WKS_OK) wks_ruleset_law_check(&scenario, &problems);
    wks_text_add(&out, "");
    wks_problems_print(&problems, &out);
    wks_text_free(&text);
    wks_problems_free(&problems);
    wks_scenario_free(&scenario);
    return out.data == NULL ? strdup("") : out.data;
}

static void assert_says(pieces p, const char *expected)
{
    char *said = said_of(&p);

    if (expected[0] == '\0' ? said[0] != '\0' : strstr(said, expected) == NULL) fail_msg("said:\n%s\nexpected:\n%s", said, expected);
    free(said);
}

static void assert_silent(pieces p)
{
    assert_says(p, "");
}

#define SAYS(expected, ...) assert_says((pieces){__VA_ARGS__}, expected)
#define SILENT(...)         assert_silent((pieces){__VA_ARGS__})
#define WHERE(name, where)  "{ part = \"where\"; name = \"" name "\"; where = \"" where "\"; }"
#define NORMS               "{ part = \"income_limit\"; }, { part = \"passend\"; }, "

static void rule_set_in_order_is_silent(void **state)
{
    (void)state;
    SILENT(.top = "");
    SILENT(.spreiding = "{ part = \"cap_share\"; group = \"ouderen\"; max_share = 0.3; }");
}

static void filters_that_nobody_passes_errors(void **state)
{
    (void)state;
    SAYS("c.cfg:7:15: error: filter 'a' lets nobody through: no age_years meets it; expected a condition somebody meets",
         .filters = WHERE("a", "age_years > 70 and age_years < 30"));
    SAYS("error: nobody can pass filters 'a' and 'b' together: no age_years meets both; expected filters that leave somebody",
         .filters = WHERE("a", "age_years > 70") ", " WHERE("b", "age_years < 30"));
    SILENT(.filters = NORMS WHERE("a", "age_years > 30") ", " WHERE("b", "age_years < 70"));
}

static void targets_that_filters_shut_out_are_found(void **state)
{
    const char direct[] =
        "{ part = \"advertised\"; share = 0.8; }, { part = \"direct\"; name = \"bemiddeling\"; share = 0.2; group = \"verwezen\"; }";

    (void)state;
    SAYS("error: channel 'bemiddeling' could house nobody it is for: filter 'a' lets none of them through (referral)", .channels = direct,
         .filters = WHERE("a", "referral = none"));
    SILENT(.channels = direct, .filters = NORMS WHERE("a", "referral != ex_detainee"));
    SAYS("error: channel 'direct' could house nobody it is for: filter 'a' lets none of them through (referral)",
         .channels = "{ part = \"advertised\"; share = 0.8; }, { part = \"direct\"; share = 0.2; referral = \"care_leaver\"; }",
         .filters = WHERE("a", "referral in (none, statushouder)"));
    SAYS("warning: 'cap_share' can never matter: filter 'a' lets nobody of its group through (age_years)",
         .spreiding = "{ part = \"cap_share\"; group = \"ouderen\"; max_share = 0.3; }", .filters = NORMS WHERE("a", "age_years < 65"));
    SILENT(.spreiding = "{ part = \"cap_share\"; group = \"ouderen\"; max_share = 0.3; }", .filters = NORMS WHERE("a", "age_years <= 65"));
}

static void labels_that_no_channel_lets_are_found(void **state)
{
    const char senior[] = "{ part = \"advertised\"; name = \"senioren\"; share = 0.5; label = \"senior\"; }, "
                          "{ part = \"advertised\"; name = \"rest\"; share = 0.5; label = \"none\"; }";

    (void)state;
    SAYS("error: no channel of 'regio' lets dwellings without a label, so they would stay vacant; expected a channel for them",
         .channels = "{ part = \"advertised\"; share = 1.0; label = \"senior\"; }");
    SAYS("warning: no channel of 'regio' lets dwellings with label 'campus', so these would stay vacant", .channels = senior);
    SAYS("warning: filter 'a' can never matter: no channel lets dwellings with label 'campus'", .channels = senior,
         .filters = NORMS "{ part = \"where\"; name = \"a\"; where = \"is_student\"; label = \"campus\"; }");
    SAYS("warning: nobody can pass the filters for dwellings with label 'senior' (age_years) while the label is asked for",
         .channels = senior, .filters = NORMS "{ part = \"age_label\"; }, " WHERE("a", "age_years < 50"));
    SILENT(.filters = NORMS "{ part = \"age_label\"; }, " WHERE("a", "age_years < 50"));
}

static void parts_that_others_make_useless_warn(void **state)
{
    const char ties[] = NORMS "{ part = \"ties\"; share = 0.3; years = 6.0; }";

    (void)state;
    SAYS("warning: order key 'ties_first' can never matter: at the same vacancies filter 'ties' lets only residents in", .filters = ties,
         .order = "{ part = \"urgency\"; }, { part = \"ties_first\"; share = 0.3; }");
    SILENT(.filters = ties, .order = "{ part = \"urgency\"; }, { part = \"ties_first\"; share = 0.4; }");
    SAYS("warning: 'b' can never matter: 'a' is at least as strict for the same group",
         .spreiding = "{ part = \"cap_share\"; name = \"a\"; group = \"ouderen\"; max_share = 0.2; }, "
                      "{ part = \"cap_share\"; name = \"b\"; group = \"ouderen\"; max_share = 0.3; }");
    SILENT(.spreiding = "{ part = \"cap_share\"; name = \"a\"; group = \"ouderen\"; max_share = 0.2; }, "
                        "{ part = \"cap_share\"; name = \"b\"; group = \"ouderen\"; max_share = 0.3; scale = \"complex\"; }");
}

static void group_that_can_hold_for_nobody_warns(void **state)
{
    (void)state;
    SAYS("warning: group 'ouderen' can hold for nobody: no age_years meets it", .ouderen = "age_years > 65 and age_years < 60");
}

static void basis_unknown_warns_with_the_nearest(void **state)
{
    (void)state;
    SAYS("c.cfg:5:29: warning: rule set 'regio' has no known legal basis; expected a law", .basis = "");
    SAYS("or the word assumption; nearest is 'huisvestingsverordening'", .basis = "Huisvestingverordening Breda");
    SAYS("warning: rule set 'regio' has no known legal basis", .basis = "because the director says so");
    SAYS("warning: the legal basis of rule set 'regio' is an assumption", .basis = "assumption: what a region might agree");
    SILENT(.basis = "convenant passend wonen 2023");
    SILENT(.basis = "Woningwet");
}

static void basis_on_a_bill_warns_unless_it_counts_as_law(void **state)
{
    (void)state;
    SAYS("warning: rule set 'regio' rests on a bill (Wet versterking regie volkshuisvesting), which is no law; expected bills = ( { name = "
         "\"versterking_regie\"; ... } )",
         .basis = "Wet versterking regie (bill)");
    SAYS("that counts as law from 2026-07 only; expected from = \"2026-07\" or a basis for the months before",
         .basis = "Wet versterking regie (bill)", .top = "bills = ( { name = \"versterking_regie\"; } );");
    SILENT(.basis = "Wet versterking regie (bill)", .top = "bills = ( { name = \"versterking_regie\"; from = \"2025-01\"; } );");
}

static void bills_counted_as_law_and_rules_against_them_warn(void **state)
{
    const char regie[] = "bills = ( { name = \"versterking_regie\"; } );",
               ban[] = "bills = ( { name = \"priority_ban\"; from = \"2026-01\"; } );";
    const char direct[] =
        "{ part = \"advertised\"; share = 0.8; }, { part = \"direct\"; name = \"coa\"; share = 0.2; referral = \"statushouder\"; }";

    (void)state;
    SAYS("warning: bill 'versterking_regie' counts as law from 2026-07 and makes urgency compulsory, but rule set 'regio' does not order "
         "by it",
         .top = regie, .order = "{ part = \"inschrijfduur\"; }");
    SILENT(.top = regie);
    SILENT(.order = "{ part = \"inschrijfduur\"; }");
    SAYS("channel 'coa' then houses only statushouders", .top = ban, .ouderen = "referral = statushouder",
         .channels = "{ part = \"advertised\"; share = 0.8; }, { part = \"direct\"; name = \"coa\"; share = 0.2; group = \"ouderen\"; }");
    SAYS("warning: bill 'priority_ban' counts as law from 2026-01: channel 'coa' then houses only statushouders who are urgent on other "
         "grounds",
         .top = ban, .channels = direct);
    SILENT(.channels = direct);
}

static void wbmgp_beyond_its_designation_is_found(void **state)
{
    const char art8[] = NORMS "{ part = \"art8\"; areas = [ \"BU99010101\" ]; }",
               law[] = "Huisvestingswet 2014; Wbmgp, designation of 2024";

    (void)state;
    SAYS("warning: part 'art8' rests on the Wbmgp, which the basis of rule set 'regio' does not name", .filters = art8);
    SILENT(.filters = art8, .basis = law);
    SILENT(.filters = art8, .basis = law, .top = "ticks = 48;");
    SAYS("warning: part 'art8' holds for 49 months; a designation of the Wbmgp lasts 48 and has to be extended (at most 240 in all)",
         .filters = art8, .basis = law, .top = "ticks = 49;");
    SAYS("error: part 'art8' holds for 241 months; a designation of the Wbmgp lasts 48 and with all extensions 240; expected until = "
         "\"2045-01\"",
         .filters = art8, .basis = law, .top = "ticks = 241;");
}

static void ties_beyond_the_law_of_the_month_errors(void **state)
{
    const char wijk[] = "{ part = \"urgency\"; }, { part = \"ties_first\"; share = 0.5; scale = \"wijk\"; }";

    (void)state;
    SILENT(.order = wijk); /* from 2024 all of the half may go to local ties */
    SAYS("error: 'ties_first' gives precedence by local ties at a share of 0.5 of the vacancies; in 2023-12 the law allows 0.25 "
         "(Huisvestingswet 2014, art. 14); expected at most that",
         .order = wijk, .top = "start = \"2023-11\";");
    SILENT(.order = "{ part = \"urgency\"; }, { part = \"ties_first\"; share = 0.5; }", .top = "start = \"2023-11\";");
    SAYS("warning: filter 'a' asks years_in_region at all vacancies; ties may decide at a share of 0.5 at most",
         .filters = NORMS WHERE("a", "years_in_region >= 6"));
    SILENT(.filters = NORMS "{ part = \"where\"; where = \"years_in_region >= 6\"; label = \"senior\"; }");
}

static void free_share_beyond_the_norm_warns(void **state)
{
#define FREE(share, rest) "{ part = \"passend\"; }, { part = \"income_limit\"; free_share = " share "; " rest " }"
    (void)state;
    SAYS("warning: free_share is 0.15; above 0.075 it takes prestatieafspraken, which the basis of rule set 'regio' does not name",
         .filters = FREE("0.15", ""));
    SILENT(.filters = FREE("0.15", ""), .basis = "Woningwet; prestatieafspraken 2025");
    SAYS("warning: free_share is 0.2; in 2026 the law allows at most 0.15, and that by agreement (Woningwet, art. 48)",
         .filters = FREE("0.2", ""), .basis = "prestatieafspraken 2025");
    SILENT(.filters = FREE("0.2", ""), .top = "start = \"2019-01\";"); /* 80-10-10 holds instead */
    SAYS("in 2019 the law allows at most 0.1", .filters = FREE("0.2", "norm = \"free_share\";"), .top = "start = \"2019-01\";");
}

static void norms_that_no_part_keeps_warn(void **state)
{
    (void)state;
    SAYS("warning: rule set 'regio' has no filter 'income_limit', so no part keeps the norm of 0.925 of lettings below the income limit",
         .filters = "{ part = \"passend\"; }");
    SAYS("warning: rule set 'regio' has no filter 'passend', so no part keeps the norm of 0.95 of low incomes in rents that fit",
         .filters = "{ part = \"income_limit\"; }");
}

static void channels_that_nothing_reaches_or_fits_warn(void **state)
{
#define ADVERT(name, rest) "{ part = \"advertised\"; name = \"" name "\"; " rest " }"
    (void)state;
    SAYS("c.cfg:6:64: warning: channel 'a' sends what it does not let to 'b', and that comes back to it; expected a last channel without "
         "then",
         .channels = ADVERT("a", "share = 0.5; then = \"b\";") ", " ADVERT("b", "share = 0.5; then = \"a\";"));
    SAYS("warning: channel 'a' sends what it does not let to 'c', and that comes back to it",
         .channels = ADVERT("a", "share = 0.5; then = \"c\";") ", " ADVERT("b", "share = 0.5; then = \"a\";") ", " ADVERT(
             "c", "share = 0.0; then = \"b\";"));
    SILENT(.channels = ADVERT("a", "share = 0.5; then = \"b\";") ", " ADVERT("b", "share = 0.5;"));
    SAYS("warning: channel 'a' sends nothing to 'b': that is for other labels; expected a channel for the same dwellings",
         .channels = ADVERT("c", "share = 0.0;") ", " ADVERT("a", "label = \"none\"; share = 0.5; then = \"b\";") ", " ADVERT(
             "b", "label = \"senior\"; share = 0.5;"));
    SAYS("warning: channel 'a' sends nothing to 'b': that is for other areas",
         .channels = ADVERT("c", "share = 1.0;") ", " ADVERT("a", "areas = [ \"WK990101\" ]; then = \"b\";") ", " ADVERT(
             "b", "areas = [ \"BU99010201\" ];"));
    SILENT(.channels = ADVERT("c", "share = 1.0;") ", " ADVERT("a", "areas = [ \"WK990101\" ]; then = \"b\";") ", " ADVERT(
               "b", "areas = [ \"BU99010101\" ];"));
    SAYS("warning: channel 'b' can never matter: its share is 0 and no other channel sends it anything",
         .channels = ADVERT("a", "share = 1.0;") ", " ADVERT("b", "share = 0.0;"));
    SILENT(.channels = "{ part = \"distribution\"; share = 1.0; }, " ADVERT("b", "share = 0.0;"));
    SILENT(.channels = ADVERT("a", "share = 1.0; then = \"b\";") ", " ADVERT("b", "share = 0.0;"));
}

static void gemengd_wonen_without_its_channel_warns(void **state)
{
#define MIX "{ part = \"target_mix\"; name = \"mix\"; askers = \"verwezen\"; }"
    const char advert[] = "{ part = \"advertised\"; share = 1.0; }, ";
    char beside[200];

    (void)state;
    SAYS(
        "warning: 'mix' steers complexes with label gemengd, but no channel of 'regio' selects people for them; expected channel 'gemengd'",
        .spreiding = MIX);
    (void)snprintf(beside, sizeof beside, "%s{ part = \"gemengd\"; askers = \"ouderen\"; }", advert);
    SAYS("warning: 'mix' counts group 'verwezen' as askers, while channel 'gemengd' proposes group 'ouderen'; expected the same group",
         .spreiding = MIX, .channels = beside);
    (void)snprintf(beside, sizeof beside, "%s{ part = \"gemengd\"; }", advert);
    SILENT(.spreiding = MIX, .channels = beside);
}

static void contingents_and_doses_without_anybody_are_found(void **state)
{
#define CONTINGENT "{ part = \"contingent\"; name = \"deel\"; group = \"verwezen\"; }"
#define DOSE(rest) "{ part = \"dosing\"; name = \"dosis\"; group = \"verwezen\"; " rest " }"
    const char direct[] = "{ part = \"advertised\"; share = 0.8; }, { part = \"direct\"; share = 0.2; group = \"verwezen\"; }";

    (void)state;
    SAYS("warning: 'deel' distributes group 'verwezen', but no channel of 'regio' proposes dwellings to it; expected channel 'direct' for "
         "that group",
         .spreiding = CONTINGENT);
    SILENT(.spreiding = CONTINGENT, .channels = direct);
    SILENT(.spreiding = CONTINGENT,
           .channels = "{ part = \"advertised\"; share = 0.8; }, { part = \"direct\"; share = 0.2; referral = \"care_leaver\"; }");
    SAYS("error: 'dosis' allows nobody of group 'verwezen' anywhere (number 0), while channel 'direct' must house that group",
         .spreiding = DOSE("number = 0;"), .channels = direct);
    SILENT(.spreiding = DOSE("number = 0; share = 0.1;"), .channels = direct);
    SILENT(.spreiding = DOSE("number = 1;"), .channels = direct);
}

#define EIGHT(n)                                                                                                         \
    WHERE("a" n, "n_persons > 0")                                                                                        \
    ", " WHERE("b" n, "n_persons > 0") ", " WHERE("c" n, "n_persons > 0") ", " WHERE("d" n, "n_persons > 0") ", " WHERE( \
        "e" n, "n_persons > 0") ", " WHERE("f" n, "n_persons > 0") ", " WHERE("g" n, "n_persons > 0") ", " WHERE("h" n, "n_persons > 0")

static void more_parts_than_a_letting_counts_errors(void **state)
{
    (void)state;
    SAYS("error: rule set 'regio' has 25 filters and spreiding parts together; expected at most 24",
         .filters = EIGHT("1") ", " EIGHT("2") ", " EIGHT("3"), .spreiding = "{ part = \"relabel\"; }");
    SAYS("", .filters = NORMS EIGHT("1") ", " EIGHT("2"));
}

static void labels_and_two_rents_that_nothing_asks_for_warn(void **state)
{
    const char relabel[] = "{ part = \"relabel\"; name = \"jong\"; label = \"jongeren\"; }";

    (void)state;
    SAYS("warning: 'jong' gives labels that nothing asks for; expected filter 'age_label' or order part 'label_first'",
         .spreiding = relabel);
    SILENT(.spreiding = relabel, .order = "{ part = \"urgency\"; }, { part = \"label_first\"; }");
    SAYS("warning: 'two_rents' lowers rents to aftoppingsgrenzen that no filter asks for; expected filter 'passend'",
         .spreiding = "{ part = \"two_rents\"; }", .filters = "{ part = \"income_limit\"; }");
    SILENT(.spreiding = "{ part = \"two_rents\"; }");
}

static void points_that_nothing_counts_or_earns_warn(void **state)
{
    const char earned[] = "{ part = \"search_points\"; }";

    (void)state;
    SAYS("warning: 'search_points' gives points that no part of 'regio' counts; expected order part 'points', or 'points' in the sum of "
         "'weighted'",
         .conduct = earned);
    SAYS("warning: 'start_points' gives points that no part of 'regio' counts", .order = "{ part = \"points\"; per_point = 0.0; }",
         .conduct = "{ part = \"start_points\"; where = \"is_student\"; }");
    SILENT(.conduct = earned, .order = "{ part = \"points\"; }");
    SILENT(.conduct = earned, .order = "{ part = \"weighted\"; sum = \"years_registered + points\"; }");
    SAYS("warning: 'points' counts points that nothing earns; expected search_points, situation_points or start_points in conduct",
         .order = "{ part = \"points\"; per_point = 2.0; }");
    SILENT(.order = "{ part = \"points\"; per_year_registered = 2.0; }");
}

static void conduct_that_does_nothing_warns(void **state)
{
    const char order[] = "{ part = \"points\"; }";

    (void)state;
    SAYS("warning: 'reaction_cap' can never matter: it allows 8 reactions, and nobody reacts more than 8 times a month",
         .conduct = "{ part = \"reaction_cap\"; most = 8; }");
    SILENT(.conduct = "{ part = \"reaction_cap\"; most = 7; }");
    SAYS("warning: nobody can earn 'search_points': it takes 4 reactions in a month, and 'reaction_cap' allows 3; expected at most that",
         .order = order, .conduct = "{ part = \"reaction_cap\"; most = 3; }, { part = \"search_points\"; }");
    SILENT(.order = order, .conduct = "{ part = \"reaction_cap\"; most = 4; }, { part = \"search_points\"; }");
    SAYS("warning: nobody can earn 'search_points': it takes 9 reactions in a month, and nobody reacts more than 8 times", .order = order,
         .conduct = "{ part = \"search_points\"; reactions = 9; }");
    SAYS("warning: 'refusal_penalty' costs nothing", .conduct = "{ part = \"refusal_penalty\"; }");
    SAYS("warning: 'refusal_penalty' takes search points, which nobody has; expected part 'search_points' in conduct",
         .conduct = "{ part = \"refusal_penalty\"; points = 1.0; }");
    SILENT(.conduct = "{ part = \"refusal_penalty\"; suspend_after = 2; }");
    SILENT(.order = order, .conduct = "{ part = \"search_points\"; }, { part = \"refusal_penalty\"; no_show_points = 1.0; }");
    SAYS("warning: 'renewal' ends no registration; expected unpaid_share or dormant_years above 0", .conduct = "{ part = \"renewal\"; }");
    SILENT(.conduct = "{ part = \"renewal\"; dormant_years = 5.0; }");
}

/* A second one would silently take the place of the first. */
static void conduct_parts_of_which_one_is_meant_errors(void **state)
{
    (void)state;
    SAYS("c.cfg:11:3: error: two parts 'refusal_penalty' in conduct of 'regio'; expected one, with all it asks",
         .conduct = "{ part = \"refusal_penalty\"; points = 1.0; },\n"
                    "  { part = \"refusal_penalty\"; name = \"b\"; suspend_after = 2; }");
    SAYS("error: two parts 'search_points' in conduct of 'regio'", .order = "{ part = \"points\"; }",
         .conduct = "{ part = \"search_points\"; }, { part = \"search_points\"; name = \"b\"; most = 10; }");
    SAYS("error: two parts 'renewal' in conduct of 'regio'",
         .conduct = "{ part = \"renewal\"; dormant_years = 5.0; }, { part = \"renewal\"; name = \"b\"; unpaid_share = 0.1; }");
    SILENT(.conduct = "{ part = \"reaction_cap\"; most = 4; }, { part = \"reaction_cap\"; name = \"b\"; most = 3; }");
}

static void files_that_find_nobody_or_the_wrong_ones_warn(void **state)
{
#define FILE10(rest) NORMS "{ part = \"art10\"; areas = [ \"BU99010101\" ]; " rest " }"
    const char law[] = "Huisvestingswet 2014; Wbmgp, designation of 2024";

    (void)state;
    SAYS("warning: 'art10' keeps nobody out: its file tells of nobody (sensitivity 0)", .filters = FILE10("sensitivity = 0.0;"),
         .basis = law);
    SAYS("warning: the file of 'art10' tells of others as often as of those it means; expected false_share below sensitivity",
         .filters = FILE10("sensitivity = 0.1; false_share = 0.1;"), .basis = law);
    SILENT(.filters = FILE10("sensitivity = 0.5; false_share = 0.01;"), .basis = law);
}

static void passend_below_the_norm_errors(void **state)
{
#define FIT(share) "{ part = \"income_limit\"; }, { part = \"passend\"; compliance = " share "; }"
    (void)state;
    SAYS("error: compliance is 0.9; in 2025-01 the law asks 0.95 of the lettings to low incomes (Woningwet art. 46 lid 2); expected at "
         "least "
         "that",
         .filters = FIT("0.9"));
    SILENT(.filters = FIT("0.95"));
}

static void designations_outside_the_run_warn(void **state)
{
#define PERMIT(month) NORMS "{ part = \"permit\"; where = \"n_persons > 1\"; designated = \"" month "\"; }"
    (void)state;
    SAYS(
        "warning: part 'permit' can never matter: its designation lasts from 2019-01 until 2023-01, outside the months of rule set 'regio'",
        .filters = PERMIT("2019-01"));
    SAYS("outside the months of rule set 'regio'", .filters = PERMIT("2027-01"));
    SILENT(.filters = PERMIT("2024-01"));
}

/* A rule set outside the months of the run is nobody's. */
static void rule_set_that_never_holds_is_silent(void **state)
{
    (void)state;
    SILENT(.period = "until = \"2027-01\"; channels = ( \"advertised\" ); filters = ( \"income_limit\", \"passend\" ); }, { name = "
                     "\"later\"; from = \"2027-01\"; basis = \"\"; ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_set_in_order_is_silent),
        cmocka_unit_test(filters_that_nobody_passes_errors),
        cmocka_unit_test(targets_that_filters_shut_out_are_found),
        cmocka_unit_test(labels_that_no_channel_lets_are_found),
        cmocka_unit_test(parts_that_others_make_useless_warn),
        cmocka_unit_test(group_that_can_hold_for_nobody_warns),
        cmocka_unit_test(basis_unknown_warns_with_the_nearest),
        cmocka_unit_test(basis_on_a_bill_warns_unless_it_counts_as_law),
        cmocka_unit_test(bills_counted_as_law_and_rules_against_them_warn),
        cmocka_unit_test(wbmgp_beyond_its_designation_is_found),
        cmocka_unit_test(ties_beyond_the_law_of_the_month_errors),
        cmocka_unit_test(free_share_beyond_the_norm_warns),
        cmocka_unit_test(norms_that_no_part_keeps_warn),
        cmocka_unit_test(channels_that_nothing_reaches_or_fits_warn),
        cmocka_unit_test(gemengd_wonen_without_its_channel_warns),
        cmocka_unit_test(contingents_and_doses_without_anybody_are_found),
        cmocka_unit_test(more_parts_than_a_letting_counts_errors),
        cmocka_unit_test(labels_and_two_rents_that_nothing_asks_for_warn),
        cmocka_unit_test(points_that_nothing_counts_or_earns_warn),
        cmocka_unit_test(conduct_that_does_nothing_warns),
        cmocka_unit_test(conduct_parts_of_which_one_is_meant_errors),
        cmocka_unit_test(files_that_find_nobody_or_the_wrong_ones_warn),
        cmocka_unit_test(passend_below_the_norm_errors),
        cmocka_unit_test(designations_outside_the_run_warn),
        cmocka_unit_test(rule_set_that_never_holds_is_silent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
