package dev.stepzero.invoicer.http;

import dev.stepzero.invoicer.log.AppLog;
import java.time.Duration;
import java.util.LinkedHashMap;

/** One line for each request. It has the path without the query, which may carry a sign-in code. */
final class RequestLog {
    private final AppLog log;

    RequestLog(AppLog log) {
        this.log = log;
    }

    void add(Call call, Caller caller, int status, Duration duration) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("type", "request");
        fields.put("msg", call.method() + " " + call.path() + " " + status);
        fields.put("rid", call.id());
        fields.put("method", call.method());
        fields.put("path", call.path());
        fields.put("status", status);
        fields.put("duration-ms", duration.toMillis());
        fields.put("user", caller.label());
        fields.put("remote-address", call.source());
        fields.put("user-agent", call.header("user-agent").orElse(""));
        log.info(fields);
    }
}
