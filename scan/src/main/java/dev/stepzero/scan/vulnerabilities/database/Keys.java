package dev.stepzero.scan.vulnerabilities.database;

import dev.stepzero.core.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What packages and vulnerabilities are looked up by. Names are compared as the ecosystem compares them, and keys are 64
 * bits of a hash, so that whoever finds a record by one looks whether it is the right one.
 */
public final class Keys {
    private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

    private Keys() {}

    /** The form of a name that all its spellings have in common. */
    public static String normalName(String ecosystem, String name) {
        return switch (base(ecosystem)) {
            case "PyPI" -> SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
            case "NuGet", "Packagist", "GitHub Actions" -> name.toLowerCase(Locale.ROOT);
            case "SwiftURL" -> repository(name.toLowerCase(Locale.ROOT));
            default -> name;
        };
    }

    private static String repository(String url) {
        var name = url.startsWith("https://") ? url.substring(8) : url;
        return name.endsWith(".git") ? name.substring(0, name.length() - 4) : name;
    }

    /** An ecosystem without what tells only which repository of a release is meant. */
    public static String normalEcosystem(String ecosystem) {
        int repository = ecosystem.indexOf("::");
        return repository < 0 ? ecosystem : ecosystem.substring(0, repository);
    }

    /** An ecosystem without its release. */
    public static String base(String ecosystem) {
        int colon = ecosystem.indexOf(':');
        return colon < 0 ? ecosystem : ecosystem.substring(0, colon);
    }

    static long ofPackage(String ecosystem, String name) {
        return hash(normalEcosystem(ecosystem) + '\0' + normalName(ecosystem, name));
    }

    static long ofId(String id) {
        return hash(id.toUpperCase(Locale.ROOT));
    }

    private static long hash(String text) {
        var digest = Digest.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest).getLong();
    }
}
