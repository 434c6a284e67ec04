package dev.stepzero.server.access;

import dev.stepzero.guard.identity.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may send which request, as the tables of {@code matrix.md} say. What has no row, nobody may. A row that cannot be
 * read ends the start.
 *
 * @param rows the narrowest path first
 */
public record AccessMatrix(List<AccessRow> rows) {
    static final String FILE = "matrix.md";

    /** The columns before those of the roles: request and scope. */
    private static final int LEADING = 2;

    public AccessMatrix {
        rows = rows.stream().sorted(Comparator.comparing(AccessRow::path)).toList();
        var seen = new HashSet<String>();
        rows.stream()
                .map(AccessRow::request)
                .filter(request -> !seen.add(request))
                .forEach(request -> {
                    throw new IllegalArgumentException(FILE + " has two rows for " + request);
                });
    }

    /** The matrix that this program was built with. */
    static AccessMatrix ofProgram() {
        try (var file = AccessMatrix.class.getResourceAsStream(FILE)) {
            return parse(new String(Objects.requireNonNull(file, FILE).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AccessMatrix parse(String text) {
        var rows = new ArrayList<AccessRow>();
        for (var line : text.lines().filter(one -> one.startsWith("| `")).toList()) {
            rows.add(row(
                    line,
                    Arrays.stream(line.substring(1).split("\\|"))
                            .map(String::strip)
                            .toList()));
        }
        return new AccessMatrix(rows);
    }

    private static AccessRow row(String line, List<String> cells) {
        var request = cells.getFirst().replace("`", "").split(" ", 2);
        var scope = Scope.of(cells.get(1)).orElseThrow(() -> unreadable(line, "no such scope"));
        var marks = cells.subList(LEADING, cells.size());
        if (request.length != 2 || marks.size() != Role.values().length) {
            throw unreadable(line, "needs `METHOD /path`, a scope, and a cell for each role");
        }
        var roles = EnumSet.noneOf(Role.class);
        var cell = marks.iterator();
        for (var role : Role.values()) {
            var mark = cell.next();
            if (!mark.equals("yes") && !mark.isEmpty()) {
                throw unreadable(line, "a cell says 'yes' or nothing");
            }
            if (mark.equals("yes")) {
                roles.add(role);
            }
        }
        if (roles.isEmpty() == scope.asksForRoles()) {
            throw unreadable(line, "roles are marked where the scope is any, server or project, and nowhere else");
        }
        var path = PathPatternParser.defaultInstance.parse(request[1]);
        if (scope == Scope.PROJECT && !request[1].contains("{project}")) {
            throw unreadable(line, "the path names no {project}");
        }
        return new AccessRow(HttpMethod.valueOf(request[0]), path, scope, roles);
    }

    private static IllegalArgumentException unreadable(String line, String why) {
        return new IllegalArgumentException("%s: %s: %s".formatted(FILE, why, line));
    }

    /** The row that decides on a request. */
    Optional<AccessRow> row(HttpMethod method, PathContainer path) {
        return rows.stream().filter(row -> row.matches(method, path)).findFirst();
    }
}
