/* Completion, man pages and documentation from the tables of commands and options. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/rules_page.h"
#include "version.h"

/* ---- bash ---- */

static void add_options(const wks_command *command, wks_text *out)
{
    wks_options_info info;
    for (int i = 0; i < wks_options_count; i++) {
        if (!wks_options_info_at(command, i, &info)) continue;
        wks_text_addf(out, " --%s", info.name);
        if (info.letter != '\0') wks_text_addf(out, " -%c", info.letter);
    }
}

static void add_bash(wks_text *out)
{
    wks_text_add(out, "# bash completion of wijksim, written by `wijksim manual bash`\n"
                      "_wijksim() {\n"
                      "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                      "    COMPREPLY=()\n"
                      "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                      "        COMPREPLY=($(compgen -W \"--help --version");
    for (int i = 0; i < wks_commands_count; i++)
        wks_text_addf(out, " %s", wks_commands_table[i].name);
    wks_text_add(
        out, "\" -- \"$word\"))\n"
             "        return\n"
             "    fi\n"
             "    case $before in\n"
             "        --lang) COMPREPLY=($(compgen -W \"nl en\" -- \"$word\")); return ;;\n"
             "        --format) COMPREPLY=($(compgen -W \"csv json\" -- \"$word\")); return ;;\n"
             "        --level) COMPREPLY=($(compgen -W \"complex 100m buurt wijk\" -- \"$word\")); return ;;\n"
             "        --progress) COMPREPLY=($(compgen -W \"auto bar lines json none\" -- \"$word\")); return ;;\n"
             "        describe) COMPREPLY=($(compgen -W \"rules groups indicators processes keys law results\" -- \"$word\")); return ;;\n"
             "    esac\n"
             "    case $word in\n"
             "        -*) ;;\n"
             "        *) COMPREPLY=($(compgen -f -- \"$word\")); compopt -o filenames 2>/dev/null; return ;;\n"
             "    esac\n"
             "    case ${COMP_WORDS[1]} in\n");
    for (int i = 0; i < wks_commands_count; i++) {
        wks_text_addf(out, "        %s) COMPREPLY=($(compgen -W \"--help", wks_commands_table[i].name);
        add_options(&wks_commands_table[i], out);
        wks_text_add(out, "\" -- \"$word\")) ;;\n");
    }
    wks_text_add(out, "    esac\n}\ncomplete -F _wijksim wijksim\n");
}

/* ---- man ---- */

/* roff takes '\' and '-' for its own, and a '.' or ''' at the start of a line for a command. */
static void add_roff(wks_text *out, const char *text)
{
    bool starts = true;
    for (; *text != '\0'; text++) {
        if (starts && (*text == '.' || *text == '\'')) wks_text_add(out, "\\&");
        if (*text == '\\') {
            wks_text_add(out, "\\e");
        } else if (*text == '-') {
            wks_text_add(out, "\\-");
        } else {
            wks_text_add_char(out, *text);
        }
        starts = *text == '\n';
    }
}

static void add_head(wks_text *out, const char *name, const char *summary)
{
    wks_text_addf(out, ".TH \"%s\" 1 \"\" \"wijksim %s\" \"wijksim\"\n.SH NAME\n", name, WKS_VERSION);
    add_roff(out, name);
    wks_text_add(out, " \\- ");
    add_roff(out, summary);
    wks_text_add(out, "\n.SH SYNOPSIS\n");
}

static void add_page(const wks_command *command, wks_text *out)
{
    wks_options_info info;
    char name[64];

    (void)snprintf(name, sizeof name, "wijksim-%s", command->name);
    add_head(out, name, command->summary);
    wks_text_addf(out, ".B wijksim %s\n[OPTION...] ", command->name);
    add_roff(out, command->arguments);
    wks_text_add(out, "\n.SH DESCRIPTION\n");
    add_roff(out, command->help);
    wks_text_add(out, "\n.SH OPTIONS\n");
    for (int i = 0; i < wks_options_count; i++) {
        if (!wks_options_info_at(command, i, &info)) continue;
        wks_text_add(out, ".TP\n\\fB");
        if (info.letter != '\0') wks_text_addf(out, "\\-%c, ", info.letter);
        wks_text_add(out, "\\-\\-");
        add_roff(out, info.name);
        wks_text_addf(out, "\\fR%s", info.value[0] == '\0' ? "" : "=");
        add_roff(out, info.value);
        wks_text_add(out, "\n");
        add_roff(out, info.help);
        wks_text_add(out, "\n");
    }
    wks_text_add(out, ".SH EXAMPLES\n.nf\n");
    add_roff(out, command->examples);
    wks_text_add(out, ".fi\n.SH SEE ALSO\n.BR wijksim (1)\n");
}

static void add_main_page(wks_text *out)
{
    add_head(out, "wijksim", "simulates the allocation of social housing and what it does to neighbourhoods");
    wks_text_add(out, ".B wijksim\nCOMMAND [OPTION...] [ARGUMENT...]\n.SH COMMANDS\n");
    for (int i = 0; i < wks_commands_count; i++) {
        wks_text_addf(out, ".TP\n.BR wijksim\\-%s (1)\n", wks_commands_table[i].name);
        add_roff(out, wks_commands_table[i].summary);
        wks_text_add(out, "\n");
    }
    wks_text_add(out, ".SH EXIT STATUS\n0 done; 1 failed while running; 2 wrong usage; 3 bad input; 4 done but some replications failed; "
                      "5 stopped early, resumable; 6 precision asked not reached.\n");
}

static wks_status write_page(const char *folder, const char *name, const wks_text *text, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(folder, name);

    if (path == NULL || text->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", name);
    WKS_TRY(wks_file_write(path, text->data, text->length, err));
out:
    free(path);
    return rc;
}

static wks_status write_man(const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    char name[64];

    WKS_TRY(wks_file_make_folder(folder, err));
    add_main_page(&text);
    WKS_TRY(write_page(folder, "wijksim.1", &text, err));
    for (int i = 0; i < wks_commands_count; i++) {
        wks_text_clear(&text);
        add_page(&wks_commands_table[i], &text);
        (void)snprintf(name, sizeof name, "wijksim-%s.1", wks_commands_table[i].name);
        WKS_TRY(write_page(folder, name, &text, err));
    }
out:
    wks_text_free(&text);
    return rc;
}

/* ---- Markdown ---- */

static void add_cell(wks_text *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '|') wks_text_add_char(out, '\\');
        wks_text_add_char(out, *text);
    }
}

static void add_section(const wks_command *command, wks_text *out)
{
    wks_options_info info;
    bool any = false;

    wks_text_addf(out, "\n## %s\n\n`wijksim %s%s%s`\n\n%s\n", command->name, command->name, command->arguments[0] == '\0' ? "" : " ",
                  command->arguments, command->help);
    for (int i = 0; i < wks_options_count; i++) {
        if (!wks_options_info_at(command, i, &info)) continue;
        if (!any) wks_text_add(out, "\n| option | does |\n|---|---|\n");
        any = true;
        wks_text_add(out, "| `");
        if (info.letter != '\0') wks_text_addf(out, "-%c, ", info.letter);
        wks_text_addf(out, "--%s%s", info.name, info.value[0] == '\0' ? "" : " ");
        add_cell(out, info.value);
        wks_text_add(out, "` | ");
        add_cell(out, info.help);
        wks_text_add(out, " |\n");
    }
    if (command->examples[0] != '\0') wks_text_addf(out, "\n```\n%s```\n", command->examples);
}

static void add_markdown(wks_text *out)
{
    wks_text_add(
        out, "# Commands\n\n"
             "Written by `wijksim manual markdown` from the program's own tables; do not edit.\n\n"
             "`wijksim COMMAND [OPTION...] [ARGUMENT...]`. `wijksim --help` lists the commands, `wijksim COMMAND --help` tells one, "
             "`wijksim --version` what this program is.\n"
             "Results go to standard output; progress, warnings and errors to standard error.\n\n"
             "| exit code | means |\n|---|---|\n"
             "| 0 | done |\n"
             "| 1 | failed while running: the disk or the memory; the message names the file |\n"
             "| 2 | wrong usage: an unknown option, or an output folder that is not empty |\n"
             "| 3 | bad input: every problem is listed as `file:line:column: error: what; what was expected; nearest valid name` |\n"
             "| 4 | done, but some replications failed; manifest.json lists them |\n"
             "| 5 | stopped early (Ctrl-C, SIGTERM, SIGUSR1, `--max-time`); the month was finished and everything is kept: `--resume` goes "
             "on |\n"
             "| 6 | all was run, but the precision asked is not reached; precision.csv tells which |\n"
             "| 7 | `verify`, `explain`: the rerun, or a file, differs from what is in the folder |\n\n"
             "`--set path=value` sets one key after everything else: groups by name, list elements by name or by number from 0, as in\n"
             "`--set processes.market.enabled=false` or `--set rules.regio.spreiding.cap_share.max_share=0.12`. A text needs no quotes.\n");
    for (int i = 0; i < wks_commands_count; i++)
        add_section(&wks_commands_table[i], out);
}

wks_status wks_cmd_manual_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    const char *kind = options->argument[0];

    if (strcmp(kind, "man") == 0) {
        if (options->n_arguments < 2) WKS_FAIL(err, WKS_ERR_USAGE, "expected a folder for the man pages: wijksim manual man DIR");
        WKS_TRY(write_man(options->argument[1], err));
        goto out;
    }
    if (strcmp(kind, "bash") == 0) {
        add_bash(&text);
    } else if (strcmp(kind, "markdown") == 0) {
        add_markdown(&text);
    } else if (strcmp(kind, "rules") == 0) {
        wks_rules_page_add(&text);
    } else {
        WKS_FAIL(err, WKS_ERR_USAGE, "'%s' is none of bash, man, markdown, rules", kind);
    }
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manual");
    fputs(text.data, stdout);
out:
    wks_text_free(&text);
    return rc;
}
