package dev.stepzero.scan.packages.bundler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The groups in a {@code Gemfile}. It is a Ruby program, which is not run but looked through line by line for {@code gem},
 * {@code group ... do} and the ends of blocks: what is written in another way counts as being in no group.
 */
final class Gemfile {
    private static final Set<String> FOR_DEVELOPMENT = Set.of("development", "test", "ci", "doc", "docs", "lint");
    private static final Pattern GEM = Pattern.compile("gem[ (]\\s*['\"]([^'\"]+)['\"](.*)");
    private static final Pattern GROUP = Pattern.compile("group[ (](.*)\\bdo(?: *\\|.*)?");
    private static final Pattern OPTION = Pattern.compile("(?::groups?\\s*=>|\\bgroups?:)\\s*(\\[[^]]*+]|:\\w++)");
    private static final Pattern SYMBOL = Pattern.compile("[:'\"](\\w++)");
    private static final Pattern BLOCK = Pattern.compile("(?:if|unless|case|while|begin|def)\\b.*|.*\\bdo(?: *\\|.*)?");

    private static final Pattern END = Pattern.compile("end(?:\\W.*)?");

    private final Map<String, Boolean> development = new HashMap<>();
    private final Deque<Set<String>> blocks = new ArrayDeque<>();

    static Gemfile of(List<String> lines) {
        var gemfile = new Gemfile();
        lines.stream().map(String::strip).filter(line -> line.length() < 1000).forEach(gemfile::take);
        return gemfile;
    }

    private void take(String line) {
        if (line.startsWith("#")) {
            return;
        }
        var gem = GEM.matcher(line);
        var group = GROUP.matcher(line);
        if (gem.matches()) {
            var groups = new HashSet<String>();
            blocks.forEach(groups::addAll);
            var option = OPTION.matcher(gem.group(2));
            if (option.find()) {
                groups.addAll(symbols(option.group(1)));
            }
            boolean only = !groups.isEmpty() && FOR_DEVELOPMENT.containsAll(groups);
            development.merge(gem.group(1), only, Boolean::logicalAnd);
        } else if (group.matches()) {
            blocks.push(symbols(group.group(1)));
        } else if (BLOCK.matcher(line).matches()) {
            blocks.push(Set.of());
        } else if (END.matcher(line).matches() && !blocks.isEmpty()) {
            blocks.pop();
        }
    }

    private static Set<String> symbols(String text) {
        var symbols = new HashSet<String>();
        var matcher = SYMBOL.matcher(text);
        while (matcher.find()) {
            symbols.add(matcher.group(1));
        }
        return symbols;
    }

    /** Whether a gem is named in groups for developing and testing only. */
    boolean onlyForDevelopment(String gem) {
        return development.getOrDefault(gem, false);
    }
}
