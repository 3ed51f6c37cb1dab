/* wijksim new: seven answers become a commented scenario. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/new_text.h"

/* ---- asking ---- */

/* One line of standard input without its end; WKS_ERR_USAGE at the end of the input: nothing is written then. */
static wks_status read_line(char **buffer, size_t *capacity, wks_err *err)
{
    const ssize_t n = getline(buffer, capacity, stdin);

    if (n < 0) return wks_err_set(err, WKS_ERR_USAGE, "the answers ended before the last question: no file was written");
    (*buffer)[strcspn(*buffer, "\r\n")] = '\0';
    return WKS_OK;
}

/* Asks until the answer is one that can be used. What an option gave already is checked, not asked. */
static wks_status answer(wks_new *self, wks_new_question question, const char *given, bool asks, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *buffer = NULL;
    size_t capacity = 0;
    wks_text text = WKS_TEXT_INIT, wrong = WKS_TEXT_INIT;
    bool is_good = false;

    if (given != NULL || !asks) {
        is_good = wks_new_text_take(self, question, given == NULL ? "" : given, &wrong);
        if (!is_good) WKS_FAIL(err, WKS_ERR_USAGE, "%s (see wijksim new --help)", wrong.data == NULL ? "no memory" : wrong.data);
    }
    while (!is_good) {
        wks_text_clear(&text);
        wks_new_text_ask(self, question, &text);
        fputs(text.data == NULL ? "" : text.data, stdout);
        (void)fflush(stdout);
        WKS_TRY(read_line(&buffer, &capacity, err));
        wks_text_clear(&wrong);
        is_good = wks_new_text_take(self, question, wks_text_trim(buffer), &wrong);
        if (!is_good) printf("  %s\n", wrong.data == NULL ? "" : wrong.data);
    }
out:
    wks_text_free(&text);
    wks_text_free(&wrong);
    free(buffer);
    return rc;
}

/* ---- writing ---- */

/* What was written has to be a scenario without problems; else it is taken away again. */
static wks_status check_file(const char *path, const wks_options *options, wks_err *err)
{
    wks_load load = {0};
    wks_options own = *options;

    own.ticks = own.first_replication = own.n_replications = -1;
    const wks_status rc = wks_load_scenario(path, &own, &load, err);
    if (rc != WKS_OK) (void)remove(path);
    wks_load_free(&load);
    return rc;
}

static wks_status write_scenario(const wks_new *self, const wks_options *options, const char *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    char *folder = wks_file_folder(path);

    if (folder == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the scenario");
    WKS_TRY(wks_file_make_folder(folder, err)); /* first: how the file names a city of the user depends on where it lies */
    wks_new_text_write(self, path, &text);
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the scenario");
    WKS_TRY(wks_file_write(path, text.data, text.length, err));
    WKS_TRY(check_file(path, options, err));
    printf("%s\n", path);
out:
    wks_text_free(&text);
    free(folder);
    return rc;
}

wks_status wks_cmd_new_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    const char *path = options->argument[0];
    const bool asks = options->ask || (isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0);
    char months[16] = "", replications[16] = "";
    wks_new self = {.is_dutch = strcmp(options->lang, "nl") == 0};
    const char *given[WKS_NEW_QUESTIONS] = {options->city, options->rules, options->try_out, NULL, NULL, options->measure.groups, NULL};

    if (wks_file_exists(path) && !options->force)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s exists; choose another name, or --force to replace it", path);
    if (options->ticks > 0) (void)snprintf(months, sizeof months, "%d", options->ticks);
    if (options->n_replications > 0) (void)snprintf(replications, sizeof replications, "%d", options->n_replications);
    if (months[0] != '\0') given[WKS_NEW_MONTHS] = months;
    if (replications[0] != '\0') given[WKS_NEW_REPLICATIONS] = replications;
    WKS_TRY(wks_new_text_begin(&self, err));
    for (int i = 0; i < WKS_NEW_QUESTIONS; i++)
        WKS_TRY(answer(&self, (wks_new_question)i, given[i], asks, err));
    WKS_TRY(write_scenario(&self, options, path, err));
out:
    wks_new_text_free(&self);
    return rc;
}
