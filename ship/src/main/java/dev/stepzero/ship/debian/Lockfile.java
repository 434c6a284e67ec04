package dev.stepzero.ship.debian;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Packages that were settled once and reviewed like source code: a text file with a section for each use and
 * architecture, every package on a line of its own, sorted. {@code parse(print())} gives an equal file.
 */
public record Lockfile(Map<String, Section> sections) {
    private static final long LARGEST = 4 << 20;
    private static final Pattern SECTION = Pattern.compile("\\[([^]]+)] (\\S+) (.+)");
    private static final String HEAD = """
            # The Debian packages inside the images, down to their bytes. Made by Stepzero; review it like code.
            # name version architecture sha256 size path
            """;

    /**
     * The packages of one use, such as the base of an application, on one architecture.
     *
     * @param settled when they became the answer
     * @param request what they answer
     * @param packages sorted by name
     */
    public record Section(Instant settled, String request, List<LockedPackage> packages) {
        public Section {
            packages = packages.stream()
                    .sorted(Comparator.comparing(LockedPackage::name))
                    .toList();
        }

        Section and(LockedPackage more) {
            return new Section(
                    settled,
                    request,
                    Stream.concat(packages.stream(), Stream.of(more)).toList());
        }
    }

    public Lockfile {
        sections = Map.copyOf(sections);
    }

    /** Reads a lock file; one that is not there has no sections. */
    public static Lockfile read(Path file) {
        try {
            if (!Files.exists(file)) {
                return new Lockfile(Map.of());
            }
            if (Files.size(file) > LARGEST) {
                throw UserError.unreadable("the lock file is larger than 4 MiB")
                        .at(file.toString())
                        .fix("delete it and lock again");
            }
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw UserError.unreadable("the lock file cannot be read")
                    .at(file.toString())
                    .because(e);
        }
    }

    /** Reads the text of a lock file; {@code place} names it in errors. */
    public static Lockfile parse(String text, String place) {
        var sections = new TreeMap<String, Section>();
        var name = "";
        var number = 0;
        for (var line : text.lines().toList()) {
            number++;
            try {
                var head = SECTION.matcher(line);
                if (head.matches()) {
                    name = head.group(1);
                    sections.put(name, new Section(Instant.parse(head.group(2)), head.group(3), List.of()));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    var section = Optional.ofNullable(sections.get(name))
                            .orElseThrow(() -> UserError.unreadable("a package stands before the first [section]"));
                    sections.put(name, section.and(LockedPackage.read(line)));
                }
            } catch (UserError e) {
                throw e.at(place + ":" + number).fix("delete the file and lock again");
            } catch (DateTimeParseException e) {
                throw UserError.unreadable("not a date")
                        .at(place + ":" + number)
                        .because(e);
            }
        }
        return new Lockfile(sections);
    }

    public String print() {
        var text = new StringBuilder(HEAD);
        new TreeMap<>(sections).forEach((name, section) -> {
            text.append("\n[%s] %s %s\n".formatted(name, section.settled(), section.request()));
            section.packages().forEach(locked -> text.append(locked.line()).append('\n'));
        });
        return text.toString();
    }

    /** What is locked for this use and exactly this request. */
    public Optional<Resolution> find(String use, String architecture, Request request) {
        return Optional.ofNullable(sections.get(use + " " + architecture))
                .filter(section -> section.request().equals(request.line()))
                .map(section -> new Resolution(section.packages(), section.settled(), List.of()));
    }

    /** The same file with a section added or replaced. */
    public Lockfile with(String use, String architecture, Request request, Resolution resolution) {
        var changed = new TreeMap<>(sections);
        changed.put(use + " " + architecture, new Section(resolution.settled(), request.line(), resolution.packages()));
        return new Lockfile(changed);
    }

    /** Puts the file in its place in one move. */
    public void write(Path file) {
        try {
            var directory = file.toAbsolutePath().getParent();
            Files.createDirectories(directory);
            var fresh = Files.createTempFile(directory, ".lock", null);
            Files.writeString(fresh, print());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
