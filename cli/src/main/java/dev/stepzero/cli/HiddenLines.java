package dev.stepzero.cli;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.govern.report.SourceLines;
import dev.stepzero.scan.secrets.SecretScanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lines of sources for a report, without those in which a secret was found, whichever finding is being shown. */
final class HiddenLines implements SourceLines {
    private static final String HIDDEN = "(a secret stands here: not shown)";

    private final SourceLines lines;
    private final Map<String, Set<Integer>> hidden = new HashMap<>();

    private HiddenLines(SourceLines lines) {
        this.lines = lines;
    }

    static SourceLines of(List<Finding> findings, SourceLines lines) {
        var all = new HiddenLines(lines);
        for (var finding : findings) {
            if (finding.location().resource().startsWith(SecretScanner.RESOURCE)) {
                all.hide(finding.location());
                finding.related().forEach(all::hide);
            }
        }
        return all.hidden.isEmpty() ? lines : all;
    }

    private void hide(Location location) {
        location.file()
                .ifPresent(file ->
                        hidden.computeIfAbsent(file, each -> new HashSet<>()).add(location.startLine()));
    }

    @Override
    public List<String> lines(String path, int from, int to) {
        var numbers = hidden.get(path);
        var shown = lines.lines(path, from, to);
        if (numbers == null) {
            return shown;
        }
        var safe = new ArrayList<String>();
        for (int i = 0; i < shown.size(); i++) {
            safe.add(isNear(numbers, from + i) ? HIDDEN : shown.get(i));
        }
        return safe;
    }

    /** A key goes on over many lines below its first; what follows is not shown either. */
    private static boolean isNear(Set<Integer> numbers, int line) {
        return numbers.stream().anyMatch(each -> line >= each && line < each + 8);
    }
}
