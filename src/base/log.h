/* Progress and warnings from below cli: handed to a function that cli installs. Without one nothing is printed. */
#ifndef WKS_BASE_LOG_H
#define WKS_BASE_LOG_H

typedef enum wks_log_level { WKS_LOG_WARNING, WKS_LOG_INFO, WKS_LOG_DETAIL } wks_log_level;
typedef void wks_log_sink(wks_log_level level, const char *message, void *context);

/** Installs the function that gets the messages (NULL: none). It may be called from any thread, one message at a time. */
void wks_log_install(wks_log_sink *sink, void *context);
/** Hands over one printf-formatted message, without a newline at its end; cut at 1023 bytes. The sink must not call this itself. */
void wks_log_say(wks_log_level level, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;

#endif
