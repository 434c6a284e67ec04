package dev.stepzero.scan.packages;

import dev.stepzero.core.UserError;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A package URL, which names a package the same way in every ecosystem. See
 * <a href="https://github.com/package-url/purl-spec">its specification</a>; names are in the form that the type
 * prescribes, such as lower case for {@code pypi}. Only Go's module paths keep their case, against the specification:
 * Go's proxy and its advisories tell {@code Azure} from {@code azure}.
 *
 * @param type such as {@code maven}, {@code npm} or {@code deb}, in lower case
 * @param namespace such as a group id, {@code @scope} or {@code debian}; empty where there is none
 * @param version empty where it is not known
 * @param qualifiers such as {@code arch=amd64}, by name
 * @param subpath a path within the package; empty for the whole
 */
public record PackageUrl(
        String type,
        String namespace,
        String name,
        String version,
        SortedMap<String, String> qualifiers,
        String subpath)
        implements Comparable<PackageUrl> {
    private static final int LONGEST = 4096;
    private static final Comparator<PackageUrl> ORDER = Comparator.comparing(PackageUrl::type)
            .thenComparing(PackageUrl::namespace)
            .thenComparing(PackageUrl::name)
            .thenComparing(PackageUrl::version)
            .thenComparing(purl -> purl.qualifiers().toString())
            .thenComparing(PackageUrl::subpath);

    public PackageUrl {
        type = type.toLowerCase(Locale.ROOT);
        namespace = normalNamespace(type, namespace);
        name = normalName(type, name);
        qualifiers = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(qualifiers));
        if (type.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a package URL needs a type and a name");
        }
    }

    /** A package without qualifiers; the namespace and the version may be empty. */
    public static PackageUrl of(String type, String namespace, String name, String version) {
        return new PackageUrl(type, namespace, name, version, new TreeMap<>(), "");
    }

    /** Reads {@code pkg:type/namespace/name@version?qualifiers#subpath}. @throws UserError if it is none */
    public static PackageUrl parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> UserError.unreadable("this is no package URL: " + shortened(text))
                        .fix("write it as pkg:type/namespace/name@version, such as pkg:npm/left-pad@1.3.0"));
    }

    /** The same, empty where the text is no package URL. */
    public static Optional<PackageUrl> tryParse(String text) {
        if (text.length() > LONGEST || !text.regionMatches(true, 0, "pkg:", 0, 4)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parsed(text.substring(4)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static PackageUrl parsed(String text) {
        var rest = text;
        var subpath = "";
        int hash = rest.indexOf('#');
        if (hash >= 0) {
            subpath = decodedPath(rest.substring(hash + 1));
            rest = rest.substring(0, hash);
        }
        var qualifiers = new TreeMap<String, String>();
        int question = rest.indexOf('?');
        if (question >= 0) {
            qualifiers = qualifiers(rest.substring(question + 1));
            rest = rest.substring(0, question);
        }
        rest = stripped(rest);
        int slash = rest.indexOf('/');
        if (slash <= 0) {
            throw new IllegalArgumentException("no type");
        }
        var type = rest.substring(0, slash);
        if (!type.matches("[A-Za-z.+-][A-Za-z0-9.+-]*")) {
            throw new IllegalArgumentException("no type");
        }
        rest = stripped(rest.substring(slash + 1));
        var version = "";
        int at = rest.lastIndexOf('@');
        if (at > rest.lastIndexOf('/') && at > 0) {
            version = decoded(rest.substring(at + 1));
            rest = rest.substring(0, at);
        }
        int last = rest.lastIndexOf('/');
        var namespace = last < 0 ? "" : decodedPath(rest.substring(0, last));
        return new PackageUrl(type, namespace, decoded(rest.substring(last + 1)), version, qualifiers, subpath);
    }

    private static TreeMap<String, String> qualifiers(String text) {
        var qualifiers = new TreeMap<String, String>();
        for (var pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && equals < pair.length() - 1) {
                qualifiers.put(pair.substring(0, equals).toLowerCase(Locale.ROOT), decoded(pair.substring(equals + 1)));
            }
        }
        return qualifiers;
    }

    private static String stripped(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && text.charAt(begin) == '/') {
            begin++;
        }
        while (end > begin && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(begin, end);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String decodedPath(String text) {
        return Arrays.stream(stripped(text).split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(PackageUrl::decoded)
                .collect(Collectors.joining("/"));
    }

    private static String normalNamespace(String type, String namespace) {
        return switch (type) {
            case "deb", "apk", "rpm", "github", "bitbucket", "composer" -> namespace.toLowerCase(Locale.ROOT);
            default -> namespace;
        };
    }

    private static String normalName(String type, String name) {
        return switch (type) {
            case "deb", "apk", "github", "bitbucket", "composer" -> name.toLowerCase(Locale.ROOT);
            case "pypi" -> name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
            default -> name;
        };
    }

    /** The same package, of any version and make. */
    public PackageUrl withoutVersion() {
        return of(type, namespace, name, "");
    }

    /** The same with one more qualifier; one with an empty value is left out. */
    public PackageUrl with(String qualifier, String value) {
        if (value.isEmpty()) {
            return this;
        }
        var more = new TreeMap<>(qualifiers);
        more.put(qualifier, value);
        return new PackageUrl(type, namespace, name, version, more, subpath);
    }

    /** The value of a qualifier; empty where there is none. */
    public String qualifier(String name) {
        return qualifiers.getOrDefault(name, "");
    }

    /** What people of the ecosystem call it, such as {@code org.slf4j:slf4j-api} or {@code @types/node}. */
    public String displayName() {
        if (namespace.isEmpty() || type.equals("deb") || type.equals("apk") || type.equals("rpm")) {
            return name;
        }
        return namespace + (type.equals("maven") ? ":" : "/") + name;
    }

    /** The canonical form. */
    @Override
    public String toString() {
        var text = new StringBuilder("pkg:").append(type).append('/');
        if (!namespace.isEmpty()) {
            text.append(encodedPath(namespace)).append('/');
        }
        text.append(encoded(name));
        if (!version.isEmpty()) {
            text.append('@').append(encoded(version));
        }
        if (!qualifiers.isEmpty()) {
            text.append('?')
                    .append(qualifiers.entrySet().stream()
                            .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                            .collect(Collectors.joining("&")));
        }
        if (!subpath.isEmpty()) {
            text.append('#').append(encodedPath(subpath));
        }
        return text.toString();
    }

    private static String encodedPath(String path) {
        return Arrays.stream(path.split("/", -1)).map(PackageUrl::encoded).collect(Collectors.joining("/"));
    }

    /** Percent-encodes everything but what the specification leaves alone. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~")
                .replace("%3A", ":");
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }

    @Override
    public int compareTo(PackageUrl other) {
        return ORDER.compare(this, other);
    }
}
