#include "cli/commands.h"

#include <stddef.h>

#define STUDY "seed seed-population replications part ticks threads set output resume max-time checkpoint-every verify force"

/* clang-format off */
const wks_command wks_commands_table[] = {
    { "demo", "", "the built-in city: a reference and two alternatives, compared",
      "Runs the built-in city under a reference and two alternatives with paired replications and writes a report. Needs no input. Without "
      "options: 20 replications of 120 months, in results/demo.",
      "  wijksim demo                          # about a minute; prints where the report is\n"
      "  wijksim demo -r 5 -t 24 -o try        # smaller\n",
      0, 0, "seed seed-population replications ticks threads output resume max-time checkpoint-every verify force progress lang quiet verbose", wks_cmd_demo_run },
    { "import", "cbs FILE... -o CITY | own CITY ...", "published figures, or a corporatie's own data, into a city folder",
      "`cbs` turns CBS key figures, geometry and Leefbaarometer scores into a city folder. `own` puts a corporatie's own dwellings and seekers "
      "into one, by a saved mapping of columns, under pseudonyms; from then on cells under 10 are hidden and lettings.csv is off. A program "
      "of its own (wijksim-import): `wijksim import cbs --help` and `wijksim import own --help` tell its options.",
      "  wijksim import cbs kwb-2023.xlsx --gemeente Utrecht -o utrecht\n"
      "  wijksim import own utrecht --dwellings vhe.csv --seekers zoekers.csv --mapping mapping.cfg\n", 0, WKS_OPTIONS_MAX_ARGUMENTS, "", NULL },
    { "synth", "CITY", "the synthetic population of a city as tables",
      "Makes the synthetic population of a city folder and writes households.csv, persons.csv, latent.csv, registrations.csv, units.csv and "
      "fit.csv.",
      "  wijksim synth modelstad -o people     # CITY: a folder, or a name in scenarios/cities\n",
      1, 1, "seed-population threads output force quiet verbose", wks_cmd_synth_run },
    { "new", "FILE", "writes a commented scenario from seven answers",
      "Writes a scenario that says in comments what each line does. On a terminal it asks seven questions (in Dutch, or --lang en) about what no option tells: city, rules in force, what to try, first month, months, groups "
      "that matter, replications; elsewhere, without --ask, what no option tells is the default. The file must not exist, unless --force. When the answers end early nothing is written. Where several rule sets follow each other, what is tried changes the first.",
      "  wijksim new mijn_plan.cfg\n"
      "  wijksim new plan.cfg --city modelstad --rules reference --try cap --groups uitkering,jongeren -t 120 -r 30\n",
      1, 1, "city rules try ticks groups replications ask force lang quiet", wks_cmd_new_run },
    { "check", "SCENARIO...", "validates a scenario and its city: every problem at once",
      "Reads a scenario and its city, lists every problem (exit code 3 when there are errors), and estimates memory and time; of several "
      "scenarios also what comparing them takes. With "
      "--population it also makes the people and checks what needs them: groups that are empty, caps that are broken at the start, channels whose filters leave nobody.",
      "  wijksim check scenarios/01_cap.cfg --population\n"
      "  wijksim check scenarios/00_reference.cfg scenarios/01_cap.cfg -j 2    # memory and time of a comparison\n",
      1, 64, "seed seed-population replications ticks threads set population json quiet verbose", wks_cmd_check_run },
    { "show", "SCENARIO", "the resolved settings with their origin",
      "Prints every setting with its value, its unit and where it was set: file:line, --set or default.",
      "  wijksim show scenarios/01_cap.cfg | grep max_share\n"
      "  wijksim show scenarios/01_cap.cfg --json >settings.json\n",
      1, 1, "seed seed-population replications ticks set json quiet", wks_cmd_show_run },
    { "diff", "A B", "what differs between two scenarios, in words",
      "Prints what differs between two scenarios, a sentence a line; nothing when they are the same. Names, seeds and output are left out.",
      "  wijksim diff scenarios/00_reference.cfg scenarios/01_cap.cfg --lang en\n", 2, 2, "set lang json quiet", wks_cmd_show_diff },
    { "run", "SCENARIO", "runs a scenario",
      "Runs a scenario and writes a run folder (default results/<name>). The folder must be new or empty, unless --resume, --force, or -r A-B "
      "that extends what is there. Ctrl-C ends it in good order (exit code 5): the month is finished, everything is kept, --resume goes on from there. "
      "Ctrl-C once more ends it at once.",
      "  wijksim run scenarios/01_cap.cfg -r 20 -t 120\n"
      "  wijksim run scenarios/01_cap.cfg --set rules.regio.spreiding.cap_share.max_share=0.12 -o results/cap-12\n"
      "  wijksim run scenarios/01_cap.cfg -r 21-40 -o results/plafond     # twenty more\n"
      "  wijksim run scenarios/01_cap.cfg -r 20 --resume                  # after Ctrl-C, a full disk or a power cut\n",
      1, 1, STUDY " precision max-replications dry-run progress quiet verbose", wks_cmd_run_run },
    { "compare", "BASE ALT...", "runs scenarios with paired replications and compares them",
      "Runs the same replications under each scenario and writes a run folder per scenario inside DIR plus summary.csv, contrasts.csv and "
      "report.html (default results/compare). BASE is what the others are held against. --set counts for all of them. With --theories the same under "
      "each theory about leefbaarheid, in DIR/<theory>/<scenario>; under T0,T1,T2 also breakeven.csv: at which strength of the disputed link "
      "the order of two scenarios turns. Months that a scenario shares with BASE, because they differ in later events only, are run once.",
      "  wijksim compare scenarios/00_reference.cfg scenarios/01_cap.cfg scenarios/02_loting.cfg -r 30 -o results/caps\n"
      "  wijksim compare scenarios/00_reference.cfg scenarios/01_cap.cfg --precision leefbaarheid=0.001 --max-replications 200\n"
      "  wijksim compare scenarios/00_reference.cfg scenarios/01_cap.cfg --theories T0,T1,T2 -r 20 -o results/theories\n",
      2, 64, STUDY " theories unbranched precision max-replications dry-run progress lang quiet verbose", wks_cmd_compare_run },
    { "sweep", "STUDY", "varies assumptions by a design and tells which ones matter",
      "Runs the scenarios of a study file at the points of its design (grid, Latin hypercube, Sobol, Morris, Saltelli), every point with the same replications, and writes "
      "outcomes and sensitivity indices with intervals, the luck of the runs kept apart (default results/<name>; docs/studies.md). Prints the ranking. Ctrl-C ends it in "
      "good order (exit code 5): what was run is kept, --resume goes on.",
      "  wijksim sweep scenarios/studies/01_cap_morris.cfg\n"
      "  wijksim sweep study.cfg --design-out design.csv                       # for SALib, OpenMOLE, R: the points only\n"
      "  wijksim sweep study.cfg --design-in design.csv --results-in y.csv     # analyse what another program computed\n",
      1, 1, "seed seed-population replications ticks threads set output resume max-time force dry-run progress design-in design-out results-in part quiet verbose",
      wks_cmd_sweep_run },
    { "calibrate", "STUDY", "fits parameters of a study to targets, and tells what is left",
      "Fits the parameters of a study file to its targets: history matching in waves (what is not ruled out), ABC rejection or SMC (a weighted posterior), or NLopt's "
      "BOBYQA, CRS or ISRES (one best point). Targets that are held out are reported, never fitted. Writes evaluations.csv, members.csv (the set that a scenario carries "
      "with members = \"members.csv\"), posterior.csv, targets.csv, calibration.csv, correlations.csv and steps.csv into DIR (default results/<name>), and a summary on "
      "standard output. --resume goes on with an interrupted one. How to read it: docs/calibration.md.",
      "  wijksim calibrate scenarios/studies/10_calibrate_matching.cfg -o results/match\n"
      "  wijksim compare scenarios/00_reference.cfg scenarios/01_cap.cfg --set members=results/match/members.csv -r 30 -o results/caps\n",
      1, 1, "seed seed-population replications ticks threads set output resume max-time force dry-run progress quiet verbose", wks_cmd_calibrate_run },
    { "merge", "OUT PART...", "joins the parts of a run, a comparison or a sweep that ran apart",
      "Joins folders that hold parts of one run, comparison or sweep into OUT: those of --part I/N, or of -r A-B in several folders. Every table gets the bytes "
      "that one process would have written; of a comparison the joint tables and the report are made. Tells everything that stands in the way (exit code 3): another "
      "scenario, seed, program or city, replications that are missing or there twice, a part that has not ended (with the command that goes on), a table that "
      "changed. OUT must be new or empty, unless --force. Replications that failed in a part are listed (exit code 4); half-widths that a scenario asks are judged here (exit code 6).",
      "  wijksim compare scenarios/00_reference.cfg scenarios/01_cap.cfg -r 64 --part 3/8 -o parts/3     # one of eight\n"
      "  wijksim merge results/caps parts/*\n",
      2, WKS_OPTIONS_MAX_ARGUMENTS, "force threads lang quiet verbose", wks_cmd_merge_run },
    { "measure", "TABLE.csv | CITY | DIR", "segregation indices of a table of counts, a city or a run",
      "Prints segregation indices as rows index,group,versus,area,value. TABLE.csv has a column with names of areas and a column of counts for each "
      "group (whole or fractional, 0 or more). group is the group an index is of (empty: all together), versus the second one of a pair, area an "
      "area (only when indices of areas are named: LQ, ls_area, E, I) or a level of --hierarchy. An undefined index is an empty cell (null). "
      "Without --indices all whose files are given are printed. --groups leaves out rows of other groups; everybody still counts. With --bootstrap "
      "or --permutations come ci_low,ci_high,p_value (--debiased: debiased,chance too). CITY: households of its synthetic population; --groups are groups of "
      "scenarios/00_reference.cfg, predicates, or one of origin, household_type, income_source; --level complex, 100m, buurt or wijk. DIR of a run: "
      "--groups and --tick that are in its buurt.csv, of one --replication (default the first). What each index means: wijksim describe indicators; "
      "files and conventions: docs/measure.md.",
      "  wijksim measure table.csv\n"
      "  wijksim measure table.csv --indices D,Dmod_fixed,M --groups kwetsbaar --bootstrap 1000\n"
      "  wijksim measure table.csv --coords coords.csv --contiguity links.csv --boundary lengths.csv --kernel exp:1:5\n"
      "  wijksim measure table.csv --hierarchy wijken.csv --against table-2030.csv --format json -o change.json\n"
      "  wijksim measure modelstad --groups 'old: age_years >= 75' --level 100m\n"
      "  wijksim measure results/plafond --tick 120 --groups kwetsbaar,verwezen\n",
      1, 1, "indices groups coords contiguity boundary kernel hierarchy against level tick replication scenario bootstrap permutations debiased seed seed-population "
      "threads format json output quiet verbose",
      wks_cmd_measure_run },
    { "report", "DIR", "report.html of any folder the program writes",
      "Writes report.html into the folder: one page that needs no network. Of a run, a comparison, a sweep (which assumptions matter), a calibration (what fits, what is missed), "
      "a city folder (where its figures come from) or what synth made of one (how well the population fits). With --sweep the report of a run or a comparison shows which assumptions "
      "matter too: bars of a sweep on the same reference and city, whose first scenario may differ in months, replications, seeds and what is varied only; any other is refused (exit code 3).",
      "  wijksim report results/caps --lang en\n"
      "  wijksim report results/caps --sweep results/cap-morris\n",
      1, 1, "lang sweep quiet verbose", wks_cmd_report_run },
    { "export", "DIR", "the tables of a results folder as xlsx, GeoPackage, SQLite or another CSV",
      "Writes every table of a results folder (a run, a comparison, a sweep, a calibration, a merge) and its codebook: xlsx with a sheet a table, sqlite with typed columns "
      "and indices, csv as RFC 4180 or for a Dutch Excel; gpkg has the map with results by area and month, differences by area and styles for QGIS. Into DIR/export.xlsx "
      "(gpkg, sqlite) or DIR/export-rfc4180/ and DIR/export-excel-nl/, which are replaced; another name that exists needs --force. Of a comparison also the tables "
      "of its scenarios, joined: one table a name, columns scenario and theory tell of which a row is. Lettings and rows of every replication make a file that Excel hardly opens: --tables leaves them out. Exit code 3 when DIR holds no results or a table is not whole. How to open them: docs/export.md.",
      "  wijksim export results/caps --to xlsx --tables summary,contrasts,losers\n"
      "  wijksim export results/caps -o caps.gpkg\n"
      "  wijksim export results/caps --to csv --csv-dialect excel-nl\n",
      1, 1, "to tables csv-dialect output force quiet verbose", wks_cmd_export_run },
    { "explain", "DIR", "the story of one letting or one household",
      "Reruns a replication of a run folder up to the letting and tells its story: the dwelling, who was kept out by which filter, the ranked "
      "list with who refused why and whom a cap stopped, and who would have been housed under the reference (DIR of a comparison), a plain list "
      "and a lottery. With --household: its registration, reactions, offers, refusals and lettings over the run. Exit code 7 when the rerun "
      "differs from lettings.csv (another version of the program or of the city). Not for runs with data of real people.",
      "  wijksim explain results/plafond --letting 41\n"
      "  wijksim explain results/caps --scenario plafond --replication 3 --letting 41 --json\n"
      "  wijksim explain results/plafond --household 1f0c5a77b2d94e03\n",
      1, 1, "letting household scenario replication threads json quiet verbose", wks_cmd_explain_run },
    { "verify", "DIR", "reruns replications of a results folder and tells every difference",
      "Reruns a replication from scenario.cfg and manifest.json in DIR (of a run, a comparison, a part or what merge made) and holds against it the state hash and its rows in every "
      "table; also the settings, inputs and tables against the hashes in the manifest. Without options: the lowest finished replication, of a comparison under every scenario. "
      "-r N: the first N, -r A-B: those numbers. Prints every difference with file, line, column, what was expected and what was found, and exits with code 7; code 0: identical. "
      "A city that lies elsewhere now: --set city=FOLDER. Of a sweep or calibration: makes every table again from the journal of trials and runs the first finished trial again; "
      "--point P, --replication and -r choose others. docs/verify.md.",
      "  wijksim verify results/plafond\n"
      "  wijksim verify results/caps --scenario plafond --replication 3 --json\n"
      "  wijksim verify results/caps -r 1-20                  # all of twenty\n"
      "  wijksim verify results/sweep --point 12 -r 5         # five trials of a study\n",
      1, 1, "scenario replication replications point set threads json quiet verbose", wks_cmd_verify_run },
    { "describe", "rules|groups|indicators|processes|keys|studies|law|results", "the catalogue of what a scenario can name",
      "Prints what a scenario can name, with unit, default, range and source; studies: the keys of a study file; law: limits by year, statutes and bills; results: every column of every result "
      "file. With --assumptions only what rests on one; of keys then also those of "
      "processes, events and rule parts.",
      "  wijksim describe rules\n  wijksim describe processes --assumptions --json\n", 1, 1, "assumptions json", wks_cmd_describe_run },
    { "manual", "bash|man|markdown|rules [DIR]", "completion, man pages, docs/commands.md and docs/rules.md from the program's tables",
      "For packagers: prints bash completion, or docs/commands.md; man writes a page a command into DIR.",
      "  wijksim manual bash > ~/.local/share/bash-completion/completions/wijksim\n", 1, 2, "", wks_cmd_manual_run },
};
/* clang-format on */

const int wks_commands_count = sizeof wks_commands_table / sizeof *wks_commands_table;
