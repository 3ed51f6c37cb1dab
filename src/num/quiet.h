/* GSL reports an error by stopping the program, unless its handler is off; the handler is one of the whole process. */
#ifndef WKS_NUM_QUIET_H
#define WKS_NUM_QUIET_H

/** From now on GSL's functions return their status, which callers test. Once a process and for good: no thread ever sees the handler back in between. */
void wks_quiet_gsl(void);

#endif
