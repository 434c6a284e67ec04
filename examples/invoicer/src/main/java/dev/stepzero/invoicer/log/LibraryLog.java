package dev.stepzero.invoicer.log;

import dev.stepzero.invoicer.log.AppLog.Severity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/** Brings what the libraries say through java.util.logging into the same log. */
public final class LibraryLog extends Handler {
    private static final Formatter PLAIN = new SimpleFormatter();

    private final AppLog log;

    private LibraryLog(AppLog log) {
        this.log = log;
    }

    /** From here on every library writes to {@code log}: from warnings up. */
    public static void install(AppLog log) {
        LogManager.getLogManager().reset();
        var root = java.util.logging.Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new LibraryLog(log));
    }

    @Override
    public void publish(LogRecord line) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("type", "message");
        fields.put("msg", String.valueOf(PLAIN.formatMessage(line)));
        fields.put("logger", String.valueOf(line.getLoggerName()));
        if (line.getThrown() != null) {
            var trace = new StringWriter();
            line.getThrown().printStackTrace(new PrintWriter(trace));
            fields.put("error", trace.toString());
        }
        log.write(severity(line.getLevel()), fields);
    }

    private static Severity severity(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return Severity.ERROR;
        }
        return level.intValue() >= Level.WARNING.intValue() ? Severity.WARNING : Severity.INFO;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
