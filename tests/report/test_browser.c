/* Opens the report from disk in headless Chromium: no console message, every chart drawn, slider and scenario switch change the map. The
 * page's own policy forbids every request; a breach of it is a console message. Skipped where Chromium is not installed. */
#include "report/html.h"
#include "report/make_results.h"
#include "report/payload.h"
#include "report_assets.h"
#include "support/run.h"

static const char *browser(void)
{
    static const char *const paths[] = {"/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        if (wks_file_exists(paths[i])) return paths[i];
    }
    return NULL;
}

static bool may_run(void)
{
    if (browser() == NULL) {
        print_message("[  SKIPPED ] Chromium is not installed\n");
        return false;
    }
    if (wks_report_assets_count == 0) print_message("built without the chart programs: only the still charts are looked at\n");
    return true;
}

/* The data of the page for a budget in which some outcomes have fewer months on the map, in the place of its own. */
static void starve_map(const char *dir, wks_text *page)
{
    static const char opening[] = "<script type=\"application/json\" id=\"data\">";
    wks_dossier dossier = {0};
    wks_map map = {0};
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_text shapes = WKS_TEXT_INIT, data = WKS_TEXT_INIT, out = WKS_TEXT_INIT;
    wks_payload_left left;
    assert_ok(wks_dossier_read(dir, &dossier, &problems, &err), &err);
    const wks_page of = {.html = WKS_TEXT_INIT, .dossier = &dossier, .lang = WKS_NOTATION_NL};
    assert_ok(wks_map_draw_shapes(&dossier, &map, &shapes, &err), &err);
    for (size_t budget = 200000; budget > 2000; budget -= 2000) {
        wks_text_clear(&data);
        assert_ok(wks_payload_add(&of, &map, budget, &data, &left, &err), &err);
        if (left.n_coarse > 2) break;
    }
    assert_int_equal(left.n_out, 0);
    const char *at = strstr(page->data, opening);
    assert_non_null(at);
    at += strlen(opening);
    wks_text_add_bytes(&out, page->data, (size_t)(at - page->data));
    wks_text_add_bytes(&out, data.data, data.length);
    wks_text_add(&out, strstr(at, "</script>"));
    wks_text_free(page);
    *page = out;
    wks_text_free(&shapes);
    wks_text_free(&data);
    wks_map_free(&map);
    wks_dossier_free(&dossier);
}

/* Makes a report, of this scenario.cfg when it is not NULL, and appends a script of the test's own; returns the folder. */
static char *make_page(const make_results_plan *plan, const char *scenario, const char *lang, const char *script)
{
    char *dir = wks_folder_make();
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_text out = WKS_TEXT_INIT;
    make_results(dir, plan);
    if (scenario != NULL) free(wks_folder_put(dir, "scenario.cfg", scenario));
    assert_ok(wks_html_write(dir, lang, &problems, &err), &err);
    char *path = wks_folder_path(dir, "report.html"), *page = wks_folder_get(path);
    char *end = strstr(page, "</body>");
    for (char *next = end; next != NULL; next = strstr(next + 1, "</body>"))
        end = next;
    assert_non_null(end);
    wks_text_add_bytes(&out, page, (size_t)(end - page));
    wks_text_addf(&out, "<script>\n%s\n</script>\n", script);
    wks_text_add(&out, end);
    free(wks_folder_put(dir, "report.html", out.data));
    wks_text_free(&out);
    free(page);
    free(path);
    return dir;
}

/* The page as the browser leaves it after some seconds of its own time, console messages in `err`. */
static wks_run open_page(const char *dir)
{
    char profile[600], url[600];
    (void)snprintf(profile, sizeof profile, "--user-data-dir=%s/profile", dir);
    (void)snprintf(url, sizeof url, "file://%s/report.html", dir);
    const char *const arguments[] = {browser(),
                                     "--headless",
                                     "--no-sandbox",
                                     "--disable-gpu",
                                     "--disable-quic",
                                     "--no-first-run",
                                     "--disable-background-networking",
                                     "--disable-component-update",
                                     "--disable-sync",
                                     "--host-resolver-rules=MAP * ~NOTFOUND",
                                     "--enable-logging=stderr",
                                     "--window-size=1200,900",
                                     profile,
                                     "--virtual-time-budget=20000",
                                     "--dump-dom",
                                     url,
                                     NULL};
    return wks_run_program(arguments, NULL);
}

static void no_console_message(const wks_run *run)
{
    const char *found = strstr(run->err, "CONSOLE");
    if (found != NULL) fail_msg("%.400s", found);
}

/* Number after `name=` in the title the test's script leaves. */
static int probe(const wks_run *run, const char *name)
{
    const char *title = strstr(run->out, "<title>probe ");
    if (title == NULL) fail_msg("the test's script did not finish");
    const char *at = strstr(title, name);
    assert_non_null(at);
    return atoi(at + strlen(name) + 1);
}

/* Counts what was drawn, then drives the controls and counts what changed. */
static const char driver[] =
    "(function () {\n"
    "  function fills() { return Array.prototype.map.call(document.querySelectorAll('#map svg path[fill], #map .still use'), function (p) "
    "{ return p.getAttribute('fill'); }); }\n"
    "  function differ(a, b) { return a.filter(function (f, i) { return f !== b[i]; }).length + Math.abs(a.length - b.length); }\n"
    "  function later(f) { setTimeout(f, 1500); }\n"
    "  var out = {};\n"
    "  later(function () {\n"
    "    out.lines = document.querySelectorAll('.line-chart svg').length;\n"
    "    out.figures = document.querySelectorAll('.line-chart').length;\n"
    "    out.interactive = document.querySelectorAll('.line-chart .vega-embed svg').length;\n"
    "    out.grey = document.querySelectorAll('.line-chart .vega-embed .mark-rect path').length;\n"
    "    out.shapes = fills().length;\n"
    "    out.buttons = document.querySelectorAll('.save').length;\n"
    "    out.tables = document.querySelectorAll('table').length;\n"
    "    out.wide = document.documentElement.scrollWidth - innerWidth;\n"
    "    out.unlabelled = Array.prototype.filter.call(document.querySelectorAll('input, select'), function (e) { return e.labels.length "
    "=== 0; }).length;\n"
    "    out.mute = Array.prototype.filter.call(document.querySelectorAll('svg'), function (e) { return !e.closest('[aria-hidden]') && "
    "!e.getAttribute('aria-label'); }).length;\n"
    "    var before = fills(), slider = document.getElementById('map-tick');\n"
    "    function finish() { document.title = 'probe ' + Object.keys(out).map(function (k) { return k + '=' + out[k]; }).join(' '); }\n"
    "    if (!slider || out.interactive === 0) { finish(); return; }\n"
    "    slider.value = 1; slider.dispatchEvent(new Event('input'));\n"
    "    later(function () {\n"
    "      out.slid = differ(before, fills()); out.when = document.getElementById('map-when').textContent === 'januari 2026' ? 1 : 0;\n"
    "      before = fills();\n"
    "      var view = document.getElementById('map-view'); view.value = 'v:0'; view.dispatchEvent(new Event('change'));\n"
    "      later(function () {\n"
    "        out.switched = differ(before, fills());\n"
    "        var mode = document.querySelector('input[value=difference]'); if (mode) { mode.checked = true; mode.dispatchEvent(new "
    "Event('change', { bubbles: true })); }\n"
    "        Array.prototype.forEach.call(document.querySelectorAll('#scenarios details'), function (d) { d.open = true; });\n"
    "        later(function () {\n"
    "          out.again = document.querySelectorAll('.line-chart .vega-embed svg').length;\n"
    "          finish();\n"
    "        });\n"
    "      });\n"
    "    });\n"
    "  });\n"
    "}());";

static void comparison_in_a_browser_draws_and_answers(void **state)
{
    (void)state;
    if (!may_run()) return;
    make_results_plan plan = make_results_usual();
    char *dir = make_page(&plan, NULL, "nl", driver);
    wks_run run = open_page(dir);
    no_console_message(&run);
    int figures = probe(&run, "figures");
    assert_true(figures > 15);
    assert_int_equal(probe(&run, "lines"), figures);
    assert_true(probe(&run, "shapes") >= plan.n_areas);
    assert_int_equal(probe(&run, "buttons"), probe(&run, "tables"));
    assert_true(probe(&run, "wide") <= 0);
    assert_int_equal(probe(&run, "unlabelled"), 0);
    assert_int_equal(probe(&run, "mute"), 0);
    if (wks_report_assets_count > 0) {
        assert_true(probe(&run, "interactive") > 10);
        assert_int_equal(probe(&run, "grey"), 0);
        assert_true(probe(&run, "slid") > plan.n_areas / 2);
        assert_int_equal(probe(&run, "when"), 1);
        assert_true(probe(&run, "switched") > plan.n_areas / 2);
        assert_int_equal(probe(&run, "again"), figures);
    }
    wks_run_free(&run);
    wks_folder_remove(dir);
}

static void single_run_in_a_browser_draws(void **state)
{
    (void)state;
    if (!may_run()) return;
    make_results_plan plan = make_results_usual();
    plan.n_scenarios = 1;
    plan.n_years = 3;
    plan.title = "Titel met <tekens> & \"aanhalingstekens\"";
    plan.area_name = "'t <Zand>";
    char *dir = make_page(&plan, NULL, "en", driver);
    wks_run run = open_page(dir);
    no_console_message(&run);
    assert_int_equal(probe(&run, "lines"), probe(&run, "figures"));
    assert_true(probe(&run, "shapes") >= plan.n_areas);
    assert_int_equal(probe(&run, "mute"), 0);
    wks_run_free(&run);
    wks_folder_remove(dir);
}

static void run_in_is_grey_in_the_charts_of_the_script(void **state)
{
    (void)state;
    if (!may_run() || wks_report_assets_count == 0) return;
    make_results_plan plan = make_results_usual();
    plan.n_scenarios = 1;
    plan.n_years = 3;
    char *dir = make_page(&plan,
                          "name = \"reference\"; title = \"x\"; city = \"modelstad\"; start = \"2025-01\"; ticks = 36; warmup = 9;\n"
                          "processes = { allocation = { enabled = false; }; };\n",
                          "nl", driver);
    wks_run run = open_page(dir);
    no_console_message(&run);
    assert_true(probe(&run, "interactive") > 10);
    assert_int_equal(probe(&run, "grey"), probe(&run, "interactive"));
    wks_run_free(&run);
    wks_folder_remove(dir);
}

/* From an outcome with all months, a little back from the end, to one with some and back again: the slider says the month nearest to what it said. */
static const char chooser[] =
    "(function () {\n"
    "  var out = {}, data = JSON.parse(document.getElementById('data').textContent).map;\n"
    "  var slider = document.getElementById('map-tick'), choose = document.getElementById('map-indicator');\n"
    "  function later(f) { setTimeout(f, 1500); }\n"
    "  function fills() { return Array.prototype.map.call(document.querySelectorAll('#map svg path[fill]'), function (p) { return "
    "p.getAttribute('fill'); }).join(); }\n"
    "  function year() { return document.getElementById('map-when').textContent.replace(/[^0-9]/g, ''); }\n"
    "  function pick(i) { choose.value = i; choose.dispatchEvent(new Event('change')); }\n"
    "  function slide(t) { slider.value = t; slider.dispatchEvent(new Event('input')); }\n"
    "  var some = data.ind.map(function (item, i) { return item.ct ? i : -1; }).filter(function (i) { return i >= 0; })[0];\n"
    "  later(function () {\n"
    "    out.all = +slider.max; slide(+slider.max - 2);\n"
    "    later(function () {\n"
    "      out.before = year(); pick(some);\n"
    "      later(function () {\n"
    "        out.some = +slider.max; out.after = year(); var end = fills(); slide(0);\n"
    "        later(function () {\n"
    "          out.first = year(); out.slid = fills() !== end ? 1 : 0; pick(0);\n"
    "          later(function () {\n"
    "            out.again = +slider.max; out.back = year();\n"
    "            document.title = 'probe ' + Object.keys(out).map(function (k) { return k + '=' + out[k]; }).join(' ');\n"
    "          });\n"
    "        });\n"
    "      });\n"
    "    });\n"
    "  });\n"
    "}());";

static void slider_follows_an_outcome_with_fewer_months(void **state)
{
    (void)state;
    if (!may_run() || wks_report_assets_count == 0) return;
    make_results_plan plan = make_results_usual();
    plan.n_areas = 12;
    plan.n_years = 15;
    char *dir = make_page(&plan, NULL, "nl", chooser), *path = wks_folder_path(dir, "report.html"), *page = wks_folder_get(path);
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, page);
    starve_map(dir, &text);
    free(wks_folder_put(dir, "report.html", text.data));
    wks_run run = open_page(dir);
    no_console_message(&run);
    assert_int_equal(probe(&run, "all"), 15);
    assert_int_equal(probe(&run, "before"), 2038);
    assert_int_equal(probe(&run, "some"), 8); /* the first year, and every second from the last */
    assert_int_equal(probe(&run, "after"), 2038);
    assert_int_equal(probe(&run, "first"), 2025);
    assert_int_equal(probe(&run, "slid"), 1);
    assert_int_equal(probe(&run, "again"), 15);
    assert_int_equal(probe(&run, "back"), 2025);
    wks_run_free(&run);
    wks_text_free(&text);
    free(page);
    free(path);
    wks_folder_remove(dir);
}

/* The still charts are in the page for readers without scripts: a line for every figure and a shape for every buurt. */
static void report_without_scripts_has_still_charts(void **state)
{
    (void)state;
    char *dir = wks_folder_make();
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    make_results_plan plan = make_results_usual();
    make_results(dir, &plan);
    assert_ok(wks_html_write(dir, "nl", &problems, &err), &err);
    char *path = wks_folder_path(dir, "report.html"), *page = wks_folder_get(path);
    size_t n_figures = 0, n_plots = 0, n_shapes = 0;
    for (const char *at = page; (at = strstr(at, "<figure class=\"line-chart\"")) != NULL; at++)
        n_figures++;
    for (const char *at = page; (at = strstr(at, "<svg class=\"plot\"")) != NULL; at++)
        n_plots++;
    for (const char *at = page; (at = strstr(at, "<use href=\"#a")) != NULL; at++)
        n_shapes++;
    assert_true(n_figures > 15);
    assert_int_equal(n_plots, n_figures);
    assert_int_equal(n_shapes, plan.n_areas * (plan.n_scenarios + 1)); /* reference at two ticks, differences of the others */
    assert_non_null(strstr(page, "<use href=\"#h"));
    free(page);
    free(path);
    wks_folder_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparison_in_a_browser_draws_and_answers),  cmocka_unit_test(single_run_in_a_browser_draws),
        cmocka_unit_test(run_in_is_grey_in_the_charts_of_the_script), cmocka_unit_test(slider_follows_an_outcome_with_fewer_months),
        cmocka_unit_test(report_without_scripts_has_still_charts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
