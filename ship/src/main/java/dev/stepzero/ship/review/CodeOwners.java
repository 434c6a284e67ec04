package dev.stepzero.ship.review;

import dev.stepzero.core.UserError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file {@code CODEOWNERS}, in the way in which GitHub or GitLab reads it. In each of its sections, of which GitHub has
 * one only, the last line that matches a path says whose it is. It is read from the branch that a change goes to, never
 * from the change.
 */
public final class CodeOwners {
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int MOST_RULES = 3000;
    private static final int MOST_PATHS = 3000;
    private static final Pattern SECTION =
            Pattern.compile("(\\^)?\\[([^\\[\\]]{1,200})\\](?:\\[([0-9]{1,3})\\])?(\\s.*)?");
    private static final Pattern OWNER = Pattern.compile("@@?[\\w.-]+(?:/[\\w.-]+)*|[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+");
    private static final Pattern BLANKS = Pattern.compile("(?<!\\\\)\\s+");

    private final Syntax syntax;
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private int rules;

    /** Whose reading of the file counts. */
    public enum Syntax {
        GITHUB,
        GITLAB;

        /** Where the file is looked for; the first there counts. */
        public List<String> places() {
            return switch (this) {
                case GITHUB -> List.of(".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS");
                case GITLAB -> List.of("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS");
            };
        }
    }

    private record Rule(PathPattern pattern, Set<String> owners, boolean excludes) {}

    private static final class Section {
        private final String name;
        private final int approvals;
        private final boolean optional;
        private final List<Rule> rules = new ArrayList<>();
        private Set<String> owners;

        Section(String name, int approvals, boolean optional, Set<String> owners) {
            this.name = name;
            this.approvals = approvals;
            this.optional = optional;
            this.owners = owners;
        }
    }

    private CodeOwners(Syntax syntax) {
        this.syntax = syntax;
    }

    /** A file that is not there: nobody owns anything. */
    public static CodeOwners none() {
        return new CodeOwners(Syntax.GITHUB);
    }

    /**
     * Reads a file. Lines that the forge would pass over are passed over.
     *
     * @param place its path, for errors
     * @throws UserError if it is larger than a megabyte or has more than three thousand rules
     */
    public static CodeOwners parse(String text, Syntax syntax, String place) {
        if (text.length() > MOST_CHARACTERS) {
            throw tooLarge(place);
        }
        var owners = new CodeOwners(syntax);
        var section = owners.section("", 1, false, Set.of());
        for (var line : text.lines().toList()) {
            var content = content(line);
            if (content.isEmpty()) {
                continue;
            }
            var header = SECTION.matcher(content);
            if (syntax == Syntax.GITLAB && header.matches()) {
                var approvals = header.group(3) == null ? 1 : Math.max(1, Integer.parseInt(header.group(3)));
                var named = header.group(4) == null ? "" : header.group(4);
                section = owners.section(header.group(2).strip(), approvals, header.group(1) != null, owners(named));
            } else {
                owners.rule(section, content);
                if (owners.rules > MOST_RULES) {
                    throw tooLarge(place);
                }
            }
        }
        return owners;
    }

    private static UserError tooLarge(String place) {
        return UserError.unreadable(
                        "the file is larger than a megabyte or has more than %d rules".formatted(MOST_RULES))
                .at(place)
                .fix("use patterns of directories instead of single files");
    }

    /** The line without its comment: a hash at the beginning or after a blank starts one. */
    private static String content(String line) {
        var stripped = line.strip();
        for (var at = 0; at < stripped.length(); at++) {
            if (stripped.charAt(at) == '#' && (at == 0 || Character.isWhitespace(stripped.charAt(at - 1)))) {
                return stripped.substring(0, at).strip();
            }
        }
        return stripped;
    }

    /** Two sections of one name are one. */
    private Section section(String name, int approvals, boolean optional, Set<String> owners) {
        var key = name.toLowerCase(Locale.ROOT);
        var known = sections.get(key);
        if (known != null) {
            known.owners = owners;
            return known;
        }
        var section = new Section(name, approvals, optional, owners);
        sections.put(key, section);
        return section;
    }

    private void rule(Section section, String content) {
        var words = BLANKS.split(content, 2);
        var excludes = words[0].startsWith("!");
        if (excludes && syntax == Syntax.GITHUB) {
            // GitHub has no exclusions: it passes over the line.
            return;
        }
        var text = excludes ? words[0].substring(1) : words[0];
        var named = words.length > 1 ? owners(words[1]) : Set.<String>of();
        var pattern = syntax == Syntax.GITHUB ? PathPattern.gitHub(text) : PathPattern.gitLab(text);
        section.rules.add(new Rule(pattern, named.isEmpty() ? section.owners : named, excludes));
        rules++;
    }

    private static Set<String> owners(String text) {
        var owners = new LinkedHashSet<String>();
        BLANKS.splitAsStream(text.strip())
                .filter(word -> OWNER.matcher(word).matches())
                .forEach(owners::add);
        return owners;
    }

    /** Whose a path is: the owners by section, of those sections that ask for an approval. */
    public Set<Demand> demands(String path) {
        var demands = new LinkedHashSet<Demand>();
        for (var section : sections.values()) {
            owning(section, path)
                    .filter(owners -> !owners.isEmpty() && !section.optional)
                    .ifPresent(owners -> demands.add(new Demand(section.name, owners, section.approvals)));
        }
        return demands;
    }

    private static Optional<Set<String>> owning(Section section, String path) {
        Optional<Set<String>> last = Optional.empty();
        for (var rule : section.rules) {
            if (rule.pattern().matches(path)) {
                if (rule.excludes()) {
                    // What is excluded cannot be taken in again.
                    return Optional.empty();
                }
                last = Optional.of(rule.owners());
            }
        }
        return last;
    }

    /**
     * The approvals that a change to these paths needs.
     *
     * @throws UserError if there are more than three thousand paths and anybody owns anything
     */
    public Set<Demand> demands(Collection<String> paths) {
        if (paths.size() > MOST_PATHS && rules > 0) {
            throw UserError.blocked(
                            "the change touches more than %d files, too many to ask their owners".formatted(MOST_PATHS))
                    .fix("split it");
        }
        var demands = new LinkedHashSet<Demand>();
        paths.forEach(path -> demands.addAll(demands(path)));
        return demands;
    }
}
