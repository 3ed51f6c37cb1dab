#include "import/choice.h"

#include "made.h"
#include "support/chaos.h"

#define HEADER    "gwb_code;gm_naam;recs;a_inw\n"
#define PROEFSTAD "GM9999;Proefstad;Gemeente;10\nWK999901;Proefstad;Wijk;10\nBU99990101;Proefstad;Buurt;10\n"
#define ANDERDORP "BU88880000;Anderdorp;Buurt;100\n"
#define EENZAAM   "GM7777;Eenzaam;Gemeente;5\n"

typedef struct chosen {
    made m;
    wks_choice choice;
} chosen;

static wks_status make(chosen *c, const char *text, const char *const *asked, size_t n)
{
    assert_ok(made_read(&c->m, text), &c->m.err);
    assert_ok(wks_sources_link(&c->m.sources, &c->m.report, &c->m.problems, &c->m.err), &c->m.err);
    return wks_choice_make(&c->m.sources, asked, n, &c->choice, &c->m.problems, &c->m.err);
}

static void end(chosen *c)
{
    wks_choice_free(&c->choice);
    made_free(&c->m);
}

/* The codes that were chosen, with a space behind each. */
static void assert_chosen(const chosen *c, const char *expected)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, "");
    for (int32_t i = 0; i < c->choice.n; i++)
        if (c->choice.is_chosen[i]) wks_text_addf(&text, "%s ", c->choice.code[i]);
    assert_string_equal(text.data != NULL ? text.data : "", expected);
    wks_text_free(&text);
}

static void gemeenten_are_listed_from_any_row(void **state)
{
    (void)state;
    static const char *const asked[] = {"Anderdorp"};
    chosen c;
    assert_ok(make(&c, HEADER PROEFSTAD ANDERDORP EENZAAM "NL00;Nederland;Land;100\n", asked, 1), &c.m.err);
    assert_int_equal(c.choice.n, 3);
    assert_string_equal(c.choice.code[1], "GM8888"); /* it has no row of its own */
    assert_string_equal(c.choice.name[1], "Anderdorp");
    assert_true(c.choice.has_buurten[0] && c.choice.has_buurten[1]);
    assert_false(c.choice.has_buurten[2]);
    assert_false(c.choice.is_all);
    end(&c);
}

static void names_are_chosen_without_what_stands_around_them(void **state)
{
    (void)state;
    static const char text[] = HEADER "BU00010000;Hengelo (O.);Buurt;5\nBU00020000;Bergen (L.);Buurt;5\nBU00030000;Bergen (NH.);Buurt;5\n"
                                      "BU00040000;Utrecht;Buurt;5\n";
    static const struct {
        const char *asked, *chosen;
    } cases[] = {{"hengelo", "GM0001 "}, {"Utrecht (gemeente)", "GM0004 "}, {"gemeente Utrecht", "GM0004 "}, {"Bergen (L.)", "GM0002 "}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        chosen c;
        assert_ok(make(&c, text, &cases[i].asked, 1), &c.m.err);
        assert_chosen(&c, cases[i].chosen);
        end(&c);
    }
    static const char *const several[] = {"Bergen"};
    chosen c;
    assert_status(make(&c, text, several, 1), WKS_ERR_DATA, &c.m.err);
    made_assert_problem(&c.m, "2 gemeenten are called 'Bergen': Bergen (L.) (GM0002), Bergen (NH.) (GM0003); expected one of these codes");
    end(&c);
}

static void the_only_one_with_buurten_is_taken_unasked(void **state)
{
    (void)state;
    chosen c;
    assert_ok(make(&c, HEADER PROEFSTAD EENZAAM, NULL, 0), &c.m.err);
    assert_chosen(&c, "GM9999 ");
    end(&c);
}

static void tables_of_other_years_add_none(void **state)
{
    (void)state;
    chosen c;
    assert_ok(made_read(&c.m, HEADER PROEFSTAD), &c.m.err);
    assert_ok(made_add(&c.m, "older-2021.csv", HEADER ANDERDORP), &c.m.err);
    assert_ok(wks_sources_link(&c.m.sources, &c.m.report, &c.m.problems, &c.m.err), &c.m.err);
    assert_ok(wks_choice_make(&c.m.sources, NULL, 0, &c.choice, &c.m.problems, &c.m.err), &c.m.err);
    assert_int_equal(c.choice.n, 1);
    end(&c);
}

static void only_gemeente_needs_no_asking(void **state)
{
    (void)state;
    chosen c;
    assert_ok(make(&c, HEADER PROEFSTAD, NULL, 0), &c.m.err);
    assert_chosen(&c, "GM9999 ");
    end(&c);
}

static void gemeenten_are_chosen_by_name_or_code(void **state)
{
    (void)state;
    static const char *const one[] = {"anderdorp"}, *const two[] = {"Anderdorp", "GM9999"}, *const again[] = {"GM9999", "Proefstad"};
    chosen c;
    assert_ok(make(&c, HEADER PROEFSTAD ANDERDORP, one, 1), &c.m.err);
    assert_chosen(&c, "GM8888 ");
    end(&c);
    assert_ok(make(&c, HEADER PROEFSTAD ANDERDORP, two, 2), &c.m.err);
    assert_chosen(&c, "GM9999 GM8888 "); /* in the order of the table */
    end(&c);
    assert_ok(make(&c, HEADER PROEFSTAD ANDERDORP, again, 2), &c.m.err);
    assert_chosen(&c, "GM9999 ");
    end(&c);
}

static void all_takes_every_gemeente(void **state)
{
    (void)state;
    static const char *const all[] = {"Anderdorp", "ALL"};
    chosen c;
    assert_ok(make(&c, HEADER PROEFSTAD ANDERDORP EENZAAM, all, 2), &c.m.err);
    assert_chosen(&c, "GM9999 GM8888 GM7777 ");
    assert_true(c.choice.is_all);
    end(&c);
}

static void gemeenten_are_chosen_as_people_type_them(void **state)
{
    (void)state;
    static const char text[] = HEADER "BU19000101;Súdwest-Fryslân;Buurt;20\nBU07580101;Breda;Buurt;10\nBU08550101;Tilburg;Buurt;10\n"
                                      "BU08200101;Nuenen, Gerwen en Nederwetten;Buurt;10\n";
    static const struct {
        const char *asked, *chosen;
    } cases[] = {{"SUDWEST-FRYSLÂN", "GM1900 "},
                 {" Breda ", "GM0758 "},
                 {"758", "GM0758 "},
                 {"Breda, Tilburg", "GM0758 GM0855 "},
                 {"0855,Breda,", "GM0758 GM0855 "},
                 {"Nuenen, Gerwen en Nederwetten", "GM0820 "},
                 {"Nuenen,breda", "GM0758 GM0820 "},
                 {" ALL ", "GM1900 GM0758 GM0855 GM0820 "}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        chosen c;
        assert_ok(make(&c, text, &cases[i].asked, 1), &c.m.err);
        assert_chosen(&c, cases[i].chosen);
        end(&c);
    }
    static const char *const wrong = "Breda, Tilbur";
    chosen c;
    assert_status(make(&c, text, &wrong, 1), WKS_ERR_DATA, &c.m.err);
    made_assert_problem(&c.m,
                        "no gemeente 'Tilbur' in this file; expected the name or code of one of its 4 gemeenten; nearest valid name is "
                        "'Tilburg'");
    end(&c);
}

static void gemeente_without_a_name_is_called_by_its_code(void **state)
{
    (void)state;
    chosen c;
    assert_ok(make(&c, "gwb_code;recs;a_inw;a_hh\nBU99990101;Buurt;5;3\n", NULL, 0), &c.m.err);
    assert_string_equal(c.choice.name[0], "GM9999");
    end(&c);
}

static void unknown_gemeenten_errors(void **state)
{
    (void)state;
    static const char *const wrong[] = {"Proefstat", "Nergens", "GM0001"};
    chosen c;
    assert_status(make(&c, HEADER PROEFSTAD ANDERDORP, wrong, 3), WKS_ERR_DATA, &c.m.err);
    made_assert_problem(&c.m,
                        "no gemeente 'Proefstat' in this file; expected the name or code of one of its 2 gemeenten; nearest valid name "
                        "is 'Proefstad'");
    made_assert_problem(&c.m, "no gemeente 'Nergens'");
    made_assert_problem(&c.m, "no gemeente 'GM0001' in this file; expected the name or code of one of its 2 gemeenten\n");
    end(&c);
    assert_status(make(&c, HEADER PROEFSTAD, wrong, 1), WKS_ERR_DATA, &c.m.err);
    made_assert_problem(&c.m, "no gemeente 'Proefstat' in this file; it holds only Proefstad (GM9999)");
    end(&c);
}

static void merged_gemeente_is_explained_errors(void **state)
{
    (void)state;
    static const char *const asked[] = {"weesp", "Den Haag"};
    chosen c;
    assert_status(make(&c, HEADER PROEFSTAD ANDERDORP, asked, 1), WKS_ERR_DATA, &c.m.err);
    made_assert_problem(&c.m, "no gemeente 'weesp' in this file: it went into Amsterdam on 1 January 2022; expected 'Amsterdam'");
    end(&c);
    assert_ok(make(&c, HEADER "BU05180101;'s-Gravenhage;Buurt;10\nBU05180102;'s-Gravenhage;Buurt;10\n", &asked[1], 1), &c.m.err);
    assert_chosen(&c, "GM0518 ");
    end(&c);
}

static void several_gemeenten_and_nothing_asked_errors(void **state)
{
    (void)state;
    chosen c;
    assert_status(make(&c, HEADER PROEFSTAD ANDERDORP, NULL, 0), WKS_ERR_DATA, &c.m.err);
    made_assert_problem(&c.m, "holds 2 gemeenten, among them Proefstad; expected one, or --gemeente NAME");
    end(&c);
}

static wks_status choose_again(void *context, wks_err *err)
{
    static const char *const asked[] = {"Proefstad, GM8888"};
    const chosen *c = context;
    wks_choice choice = {0};
    wks_problems problems = WKS_PROBLEMS_INIT;
    const wks_status rc = wks_choice_make(&c->m.sources, asked, 1, &choice, &problems, err);
    wks_choice_free(&choice);
    wks_problems_free(&problems);
    return rc;
}

static void choice_without_memory_errors(void **state)
{
    (void)state;
    chosen c;
    assert_status(make(&c, HEADER PROEFSTAD ANDERDORP, NULL, 0), WKS_ERR_DATA, &c.m.err);
    assert_true(wks_chaos_run(choose_again, &c) > 4);
    end(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_chosen_without_what_stands_around_them),
        cmocka_unit_test(the_only_one_with_buurten_is_taken_unasked),
        cmocka_unit_test(gemeenten_are_listed_from_any_row),
        cmocka_unit_test(tables_of_other_years_add_none),
        cmocka_unit_test(only_gemeente_needs_no_asking),
        cmocka_unit_test(gemeenten_are_chosen_by_name_or_code),
        cmocka_unit_test(all_takes_every_gemeente),
        cmocka_unit_test(gemeenten_are_chosen_as_people_type_them),
        cmocka_unit_test(gemeente_without_a_name_is_called_by_its_code),
        cmocka_unit_test(unknown_gemeenten_errors),
        cmocka_unit_test(merged_gemeente_is_explained_errors),
        cmocka_unit_test(several_gemeenten_and_nothing_asked_errors),
        cmocka_unit_test(choice_without_memory_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
