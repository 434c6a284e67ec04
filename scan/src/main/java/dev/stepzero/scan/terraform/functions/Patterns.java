package dev.stepzero.scan.terraform.functions;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Functions of regular expressions, in the dialect of RE2: matching takes linear time whatever the pattern is. */
final class Patterns {
    private static final int LONGEST = 4096;

    private Patterns() {}

    static Value call(Arguments arguments) {
        return switch (arguments.function()) {
            case "regex" -> first(arguments);
            case "regexall" -> all(arguments);
            case "replace" -> Value.of(replaced(arguments));
            default -> throw Subject.missing(arguments);
        };
    }

    private static Value first(Arguments arguments) {
        var pattern = compiled(arguments.text(0));
        var text = arguments.text(1);
        PatternCost.check(PatternCost.of(pattern.pattern()) * text.length());
        var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new FunctionError("pattern did not match any part of the given string");
        }
        return matched(pattern, matcher);
    }

    private static Value all(Arguments arguments) {
        var pattern = compiled(arguments.text(0));
        var text = arguments.text(1);
        long cost = PatternCost.of(pattern.pattern());
        long work = cost * text.length();
        PatternCost.check(work);
        var matcher = pattern.matcher(text);
        var matches = new ArrayList<Value>();
        int from = -1;
        while (matcher.find()) {
            // Each search may look at all that is left.
            work += cost * (text.length() - matcher.start());
            PatternCost.check(work);
            if (matcher.start() == matcher.end() && matcher.start() == from) {
                continue;
            }
            from = matcher.end();
            matches.add(matched(pattern, matcher));
            Limits.items(matches.size());
        }
        return Value.listOf(matches);
    }

    private static Pattern compiled(String pattern) {
        var compiled = anyCompiled(pattern);
        int named = compiled.namedGroups().size();
        if (named > 0 && named != compiled.groupCount()) {
            throw new FunctionError("the pattern mixes named and unnamed capture groups");
        }
        return compiled;
    }

    private static Pattern anyCompiled(String pattern) {
        if (pattern.length() > LONGEST) {
            throw new FunctionError("the pattern is longer than %d characters".formatted(LONGEST));
        }
        PatternCost.of(pattern);
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new FunctionError("invalid regexp pattern: " + e.getDescription());
        }
    }

    /** The whole match, or its groups as a list, or by their names. */
    private static Value matched(Pattern pattern, Matcher matcher) {
        if (matcher.groupCount() == 0) {
            return Value.of(matcher.group());
        }
        if (pattern.namedGroups().isEmpty()) {
            List<Value> groups = new ArrayList<>();
            for (int i = 1; i <= matcher.groupCount(); i++) {
                groups.add(group(matcher, i));
            }
            return Value.listOf(groups);
        }
        Map<String, Located> groups = new TreeMap<>();
        pattern.namedGroups().forEach((name, index) -> groups.put(name, Located.nowhere(group(matcher, index))));
        return new Value.Mapping(groups);
    }

    private static Value group(Matcher matcher, int index) {
        var text = matcher.group(index);
        return text == null ? Value.ABSENT : Value.of(text);
    }

    private static String replaced(Arguments arguments) {
        var text = arguments.text(0);
        var wanted = arguments.text(1);
        var by = arguments.text(2);
        if (wanted.length() > 1 && wanted.startsWith("/") && wanted.endsWith("/")) {
            return replacedPattern(text, wanted.substring(1, wanted.length() - 1), by);
        }
        if (by.length() > wanted.length()) {
            Limits.characters(text.length() + count(text, wanted) * (by.length() - wanted.length()));
        }
        return text.replace(wanted, by);
    }

    private static long count(String text, String wanted) {
        if (wanted.isEmpty()) {
            return text.length() + 1L;
        }
        long count = 0;
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length())) {
            count++;
        }
        return count;
    }

    private static String replacedPattern(String text, String source, String by) {
        var pattern = anyCompiled(source);
        long cost = PatternCost.of(source);
        long work = cost * text.length();
        PatternCost.check(work);
        var matcher = pattern.matcher(text);
        var result = new StringBuilder();
        int from = 0;
        int last = -1;
        while (matcher.find()) {
            work += cost * (text.length() - matcher.start());
            PatternCost.check(work);
            // An empty match right behind another one does not count.
            if (matcher.start() == matcher.end() && matcher.start() == last) {
                continue;
            }
            last = matcher.end();
            result.append(text, from, matcher.start());
            Expansion.append(result, by, pattern, matcher);
            Limits.characters(result.length());
            from = matcher.end();
        }
        return result.append(text, from, text.length()).toString();
    }
}
