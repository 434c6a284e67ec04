package dev.stepzero.ship.phoenix;

import dev.stepzero.ship.git.Commit;
import dev.stepzero.ship.git.SourceRepository;
import dev.stepzero.ship.project.Project;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who answers for a project: those whom its {@code stepzero.yaml} names, or those of the last rule in
 * {@code CODEOWNERS} that covers its directory, or else who wrote the commit that serves.
 */
public final class Owners {
    private static final List<String> FILES =
            List.of("CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS");
    private static final Pattern WORDS = Pattern.compile("\\s+");
    private static final int MOST = 20;

    private Owners() {}

    public static List<String> of(Project project, SourceRepository repository, Commit commit) {
        if (!project.owners().isEmpty()) {
            return project.owners();
        }
        return FILES.stream()
                .flatMap(file -> repository.fileOfRoot(commit, file).stream())
                .findFirst()
                .map(content -> of(new String(content, StandardCharsets.UTF_8), repository.prefix()))
                .filter(owners -> !owners.isEmpty())
                .orElse(List.of(commit.author()));
    }

    /** The owners of a directory; of the root where that is empty. */
    static List<String> of(String codeowners, String directory) {
        var owners = List.<String>of();
        for (var line : codeowners.lines().toList()) {
            var words = WORDS.split(line.replaceFirst("(^|\\s)#.*", "").strip());
            if (covers(words[0], directory)) {
                owners = Arrays.stream(words).skip(1).limit(MOST).toList();
            }
        }
        return owners;
    }

    /** Patterns for single files and further kinds of wildcards say nothing about a whole directory. */
    private static boolean covers(String pattern, String directory) {
        if (pattern.equals("*") || pattern.equals("**") || pattern.equals("/")) {
            return true;
        }
        var path = Optional.of(pattern)
                .map(text -> text.replaceFirst("/\\*{1,2}$", "/").replaceFirst("^/", ""))
                .filter(text -> text.endsWith("/"))
                .orElse(pattern.startsWith("/") ? pattern.substring(1) + "/" : "");
        return !path.isEmpty() && !path.contains("*") && (directory + "/").startsWith(path);
    }
}
