package dev.stepzero.scan.image;

import dev.stepzero.core.UserError;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What an image runs on.
 *
 * @param operatingSystem such as {@code linux}
 * @param architecture such as {@code amd64}
 * @param variant such as {@code v8}; empty for any
 */
public record Platform(String operatingSystem, String architecture, String variant) {
    public static final Platform LINUX_AMD64 = new Platform("linux", "amd64", "");

    private static final Pattern TEXT = Pattern.compile("([a-z0-9]+)/([a-z0-9_]+)(?:/([a-z0-9.]+))?");

    /** Reads {@code linux/arm64/v8}. @throws UserError if it is no platform */
    public static Platform parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw UserError.usage("'" + text + "' is no platform").fix("write it as linux/amd64 or linux/arm64/v8");
        }
        var variant = matcher.group(3);
        return new Platform(matcher.group(1), matcher.group(2), variant == null ? "" : variant);
    }

    /** Whether an index's manifest is for this. */
    boolean fits(JsonNode platform) {
        return platform.path("os").asString("").equals(operatingSystem)
                && platform.path("architecture").asString("").equals(architecture)
                && (variant.isEmpty() || platform.path("variant").asString("").equals(variant));
    }

    @Override
    public String toString() {
        return operatingSystem + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
