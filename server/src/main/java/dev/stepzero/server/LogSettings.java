package dev.stepzero.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;

/** How the server writes its log: for a person who watches in words, else one JSON object a line. */
final class LogSettings {
    private static final String WORDS = "%d{HH:mm:ss.SSS} %-5level %msg %kvp%n%ex";

    private LogSettings() {}

    /** Lets only warnings through until the settings are read, for the database is opened before. */
    static void quieten() {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.WARN);
        }
        // Tomcat speaks to the JDK's logger.
        var jdk = LogManager.getLogManager().getLogger("");
        if (jdk != null) {
            jdk.setLevel(java.util.logging.Level.WARNING);
        }
    }

    static Map<String, Object> of(ServerSettings settings) {
        var properties = new HashMap<String, Object>();
        properties.put("logging.level.root", "WARN");
        properties.put("logging.level.dev.stepzero", "INFO");
        if (settings.environment().getOrDefault("STEPZERO_OUT_COLUMNS", "").isEmpty()) {
            properties.put("logging.structured.format.console", "logstash");
        } else {
            properties.put("logging.pattern.console", WORDS);
        }
        return properties;
    }
}
