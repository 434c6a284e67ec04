package dev.stepzero.scan.packages.installed.archive;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A {@code MANIFEST.MF}, read leniently: of hand-made ones many break the JDK's reader. */
final class ManifestText {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?");
    private static final Pattern VERSION = Pattern.compile("\\d[A-Za-z0-9._+-]{0,100}");

    private ManifestText() {}

    /** The attributes of the whole archive, continued lines joined. */
    static Map<String, String> mainAttributes(String text) {
        var attributes = new HashMap<String, String>();
        var last = "";
        for (var line : (Iterable<String>) text.lines()::iterator) {
            int colon = line.indexOf(':');
            if (line.isEmpty()) {
                break;
            }
            if (line.charAt(0) == ' ') {
                attributes.computeIfPresent(last, (name, value) -> value + line.substring(1));
            } else if (colon > 0) {
                last = line.substring(0, colon);
                attributes.put(last, line.substring(colon + 1).strip());
            }
        }
        return attributes;
    }

    /** A bundle's name without the directives that follow it. */
    static String bare(String symbolicName) {
        int semicolon = symbolicName.indexOf(';');
        return (semicolon < 0 ? symbolicName : symbolicName.substring(0, semicolon)).strip();
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }
}
