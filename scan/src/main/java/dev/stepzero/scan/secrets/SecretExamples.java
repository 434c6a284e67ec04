package dev.stepzero.scan.secrets;

import dev.stepzero.rules.secrets.Expression;
import dev.stepzero.rules.secrets.SecretRule;
import dev.stepzero.rules.secrets.SecretRuleFile;
import dev.stepzero.rules.secrets.SecretRulebook;
import dev.stepzero.rules.secrets.Specimen;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Tries a kind of credential on its own examples: each bad one must be found, no good one may be. */
public final class SecretExamples {
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
    private static final long SEED = 20_261_121;
    /** One specimen of thousands happens to hold a word; another then speaks for the rule. */
    private static final int TRIES = 3;

    private SecretExamples() {}

    /** What is wrong with a rule's examples; empty when all come out as they should. */
    public static List<String> failures(SecretRuleFile.Source source) {
        var rule = source.rule();
        var search = new SecretSearch(new SecretKinds(SecretRulebook.of(List.of(rule))), System::nanoTime);
        var random = new SplittableRandom(SEED);
        var failures = new ArrayList<String>();
        if (source.bad().isEmpty() || source.good().isEmpty()) {
            failures.add("it needs a bad and a good example");
        }
        for (int i = 0; i < source.bad().size(); i++) {
            boolean found = false;
            for (int tries = 0; tries < TRIES && !found; tries++) {
                found = finds(search, rule, filled(source.bad().get(i), rule, random));
            }
            if (!found) {
                failures.add("bad example %d is not found".formatted(i + 1));
            }
        }
        for (int i = 0; i < source.good().size(); i++) {
            if (finds(search, rule, filled(source.good().get(i), rule, random))) {
                failures.add("good example %d is found".formatted(i + 1));
            }
        }
        return failures;
    }

    /** An example with made-up credentials in the places of those that it leaves out. */
    static String filled(String example, SecretRule rule, RandomGenerator random) {
        var text = example;
        if (text.contains("{secret}")) {
            text = text.replace("{secret}", Specimen.of(rule, random));
        }
        if (text.contains("{random}")) {
            var made = new StringBuilder();
            random.ints(32, 0, ALPHABET.length()).forEach(i -> made.append(ALPHABET.charAt(i)));
            text = text.replace("{random}", made);
        }
        return text;
    }

    private static boolean finds(SecretSearch search, SecretRule rule, String text) {
        var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        var path = rule.path()
                .map(each -> Expression.parse(each).specimen(new SplittableRandom(1)))
                .orElse("");
        return search.search(bytes, bytes.length, Setting.of(path, bytes, bytes.length)).hits().stream()
                .anyMatch(hit -> hit.rule().id().equals(rule.id()));
    }
}
