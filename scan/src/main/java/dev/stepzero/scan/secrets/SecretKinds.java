package dev.stepzero.scan.secrets;

import dev.stepzero.rules.secrets.Expression;
import dev.stepzero.rules.secrets.SecretRule;
import dev.stepzero.rules.secrets.SecretRulebook;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of credentials, ready to be sought. For use by several threads; an expression is compiled when it is needed. */
final class SecretKinds {
    private final Keywords keywords;
    private final int[] lengths;
    private final Kind[][] kinds;
    private final int count;

    /** A rule with what is read out of its expressions at its first use. */
    static final class Kind {
        private final SecretRule rule;
        private final int number;
        private volatile @Nullable Parts parts;

        /**
         * The parts of a rule.
         *
         * @param backLeast how far the beginning lies before the keyword at least
         * @param backMost how far at most
         */
        record Parts(
                Pattern pattern,
                int longest,
                @Nullable BitSet back,
                int backLeast,
                int backMost,
                @Nullable Pattern path) {}

        private Kind(SecretRule rule, int number) {
            this.rule = rule;
            this.number = number;
        }

        SecretRule rule() {
            return rule;
        }

        int number() {
            return number;
        }

        Parts parts() {
            var known = parts;
            if (known == null) {
                var expression = Expression.parse(rule.expression());
                var back = rule.back().map(Expression::parse);
                known = new Parts(
                        expression.pattern(),
                        expression.longest(),
                        back.flatMap(Expression::repeatedSet).orElse(null),
                        back.map(Expression::shortest).orElse(0),
                        back.map(Expression::longest).orElse(0),
                        rule.path()
                                .map(path -> Pattern.compile("(?:.*/)?" + path))
                                .orElse(null));
                parts = known;
            }
            return known;
        }
    }

    SecretKinds(SecretRulebook book) {
        var byWord = new LinkedHashMap<String, List<Kind>>();
        int number = 0;
        for (var rule : book.rules()) {
            var kind = new Kind(rule, number++);
            for (var word : rule.keywords()) {
                byWord.computeIfAbsent(word, each -> new ArrayList<>()).add(kind);
            }
        }
        var words = List.copyOf(byWord.keySet());
        keywords = new Keywords(words);
        lengths = words.stream().mapToInt(String::length).toArray();
        kinds = byWord.values().stream().map(each -> each.toArray(Kind[]::new)).toArray(Kind[][]::new);
        count = number;
    }

    Keywords keywords() {
        return keywords;
    }

    int length(int word) {
        return lengths[word];
    }

    Kind[] ofWord(int word) {
        return kinds[word];
    }

    /** How many kinds there are; their numbers are below it. */
    int count() {
        return count;
    }
}
