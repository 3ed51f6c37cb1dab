#include "base/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

enum { LOG_MESSAGE_SIZE = 1024 };

/* The only state of the program that is not passed along: where messages go. Set once by cli. */
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static wks_log_sink *log_sink = NULL;
static void *log_context = NULL;

void wks_log_install(wks_log_sink *sink, void *context)
{
    (void)pthread_mutex_lock(&log_lock);
    log_sink = sink;
    log_context = context;
    (void)pthread_mutex_unlock(&log_lock);
}

void wks_log_say(wks_log_level level, const char *format, ...)
{
    char message[LOG_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    (void)pthread_mutex_lock(&log_lock);
    if (log_sink != NULL) log_sink(level, message, log_context);
    (void)pthread_mutex_unlock(&log_lock);
}
