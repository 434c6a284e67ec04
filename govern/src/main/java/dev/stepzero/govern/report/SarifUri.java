package dev.stepzero.govern.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/** A path relative to the repository's root as the relative reference that SARIF wants (RFC 3986, section 4.2). */
final class SarifUri {
    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    private static final String HEX = "0123456789ABCDEF";

    private SarifUri() {}

    /** Never empty and never outside of the root: code-scanning pages refuse both. */
    static String of(String prefix, String path) {
        var parts = new ArrayDeque<String>();
        for (var part : (prefix + path).replace('\\', '/').split("/", -1)) {
            switch (part) {
                case "", "." -> {
                    // Names the directory that it stands in.
                }
                case ".." -> parts.pollLast();
                default -> parts.addLast(part);
            }
        }
        return parts.isEmpty() ? "./" : encoded(String.join("/", parts));
    }

    private static String encoded(String path) {
        var uri = new StringBuilder(path.length() + 8);
        for (var octet : path.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= 0 && UNRESERVED.indexOf(octet) >= 0) {
                uri.append((char) octet);
            } else {
                uri.append('%').append(HEX.charAt(octet >> 4 & 0xf)).append(HEX.charAt(octet & 0xf));
            }
        }
        return uri.toString();
    }
}
