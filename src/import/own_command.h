/* Arguments and help of `wijksim-import own`. */
#ifndef WKS_IMPORT_OWN_COMMAND_H
#define WKS_IMPORT_OWN_COMMAND_H

/** Runs the command; argv[0] is "own". The exit code. */
int wks_own_command_run(int argc, char **argv);

#endif
