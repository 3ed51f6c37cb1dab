/* Runs a program and keeps what it wrote. */
#ifndef WKS_TESTS_SUPPORT_RUN_H
#define WKS_TESTS_SUPPORT_RUN_H

#include <stddef.h>

typedef struct wks_run {
    int exit_code; /* -1 if a signal ended it */
    int signal;    /* which, 0 if none */
    char *out;     /* standard output, terminated */
    char *err;     /* standard error, terminated */
} wks_run;

/** Runs `arguments` (argv, NULL at the end; [0] with a '/' is a path, else looked up in PATH) in `folder` (NULL: here), waits, and keeps
 *  the output. Standard input is empty. Fails the test if the program cannot be started. */
wks_run wks_run_program(const char *const *arguments, const char *folder);
/** The same, but sends `signal_number` after `after_ms` milliseconds if it still runs then. */
wks_run wks_run_program_signalled(const char *const *arguments, const char *folder, int signal_number, int after_ms);
void wks_run_free(wks_run *run);

#endif
