package dev.stepzero.ship.debian;

import dev.stepzero.core.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what is below {@code /etc/apt}: both forms of sources, and whether the age of package lists counts. */
final class AptConfiguration {
    private static final Pattern ONE_LINE =
            Pattern.compile("deb\\s+(?:\\[([^]]*)]\\s+)?(\\S+)\\s+(\\S+)((?:\\s+\\S+)*)");
    private static final Pattern NEVER_EXPIRES =
            Pattern.compile("(?m)^\\s*Acquire::Check-Valid-Until\\s+\"?(?:false|no|0)\"?", Pattern.CASE_INSENSITIVE);

    private final Path etcApt;
    private final List<Source> sources = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean expires = true;

    AptConfiguration(Path etcApt) {
        this.etcApt = etcApt;
    }

    AptSources read() {
        try {
            for (var file : files("apt.conf.d", "")) {
                if (NEVER_EXPIRES.matcher(Files.readString(file)).find()) {
                    expires = false;
                    notes.add("apt is told not to check how old package lists are, by " + file);
                }
            }
            if (Files.isReadable(etcApt.resolve("sources.list"))) {
                readLines(etcApt.resolve("sources.list"));
            }
            for (var file : files("sources.list.d", ".list")) {
                readLines(file);
            }
            for (var file : files("sources.list.d", ".sources")) {
                readStanzas(file);
            }
        } catch (IOException e) {
            throw UserError.unreadable("apt's configuration cannot be read")
                    .at(etcApt.toString())
                    .because(e);
        }
        return new AptSources(sources, notes);
    }

    private List<Path> files(String directory, String suffix) throws IOException {
        var path = etcApt.resolve(directory);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (var files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(suffix) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    private void readLines(Path file) throws IOException {
        for (var line : Files.readAllLines(file)) {
            var matcher = ONE_LINE.matcher(line.replaceFirst("#.*", "").strip());
            if (matcher.matches()) {
                var options = matcher.group(1) == null ? "" : matcher.group(1).toLowerCase(Locale.ROOT);
                add(
                        file,
                        matcher.group(2),
                        matcher.group(3),
                        words(matcher.group(4)),
                        option(options, "signed-by"),
                        option(options, "check-valid-until"));
            }
        }
    }

    private static String option(String options, String name) {
        return words(options).stream()
                .filter(option -> option.startsWith(name + "="))
                .map(option -> option.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    private void readStanzas(Path file) throws IOException {
        var stanzas = new Stanzas(new BufferedReader(new StringReader(Files.readString(file))), Set.of());
        for (var next = stanzas.next(); next.isPresent(); next = stanzas.next()) {
            var stanza = next.get();
            var enabled = !stanza.getOrDefault("enabled", "yes").equalsIgnoreCase("no");
            if (!enabled || !words(stanza.getOrDefault("types", "")).contains("deb")) {
                continue;
            }
            for (var uri : words(stanza.getOrDefault("uris", ""))) {
                for (var suite : words(stanza.getOrDefault("suites", ""))) {
                    add(
                            file,
                            uri,
                            suite,
                            words(stanza.getOrDefault("components", "")),
                            stanza.getOrDefault("signed-by", ""),
                            stanza.getOrDefault("check-valid-until", ""));
                }
            }
        }
    }

    private void add(
            Path file, String uri, String suite, List<String> components, String signedBy, String checkValidUntil) {
        var keyrings = signedBy.isBlank()
                ? List.of(AptSources.DEBIAN_KEYRING)
                : Arrays.stream(signedBy.split("[,\\s]+", -1)).map(Path::of).toList();
        var debians = keyrings.stream()
                .allMatch(key -> String.valueOf(key.getFileName()).startsWith("debian-archive-"));
        if (!debians || components.isEmpty()) {
            notes.add("packages of " + uri + " are not used: not signed with Debian's own keys (" + file + ")");
            return;
        }
        try {
            sources.add(new Source(
                    AptSources.address(uri),
                    suite,
                    components,
                    keyrings,
                    expires && !checkValidUntil.equalsIgnoreCase("no")));
        } catch (UserError e) {
            notes.add("packages of " + uri + " are not used: " + e.what() + " (" + file + ")");
        }
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
