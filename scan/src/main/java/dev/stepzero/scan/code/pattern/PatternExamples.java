package dev.stepzero.scan.code.pattern;

import dev.stepzero.scan.code.pattern.language.Languages;
import dev.stepzero.scan.code.pattern.rule.PatternRule;
import dev.stepzero.scan.code.pattern.rule.PatternRules;
import dev.stepzero.scan.code.pattern.tree.Parser;
import java.util.ArrayList;
import java.util.List;

/** Tries rules on their own examples: each bad one must be found, no good one may be. Not for use by several threads. */
public final class PatternExamples {
    private final Judge judge;

    public PatternExamples(PatternRules rules) {
        this.judge = new Judge(rules);
    }

    /** What is wrong with a rule's examples; empty where all come out as they should. */
    public List<String> failures(PatternRule rule) throws InterruptedException {
        var wrong = new ArrayList<String>();
        if (rule.bad().isEmpty() || rule.good().isEmpty()) {
            wrong.add("it needs a bad and a good example");
        }
        for (int i = 0; i < rule.bad().size(); i++) {
            check(rule, rule.bad().get(i), true, "bad example " + (i + 1), wrong);
        }
        for (int i = 0; i < rule.good().size(); i++) {
            check(rule, rule.good().get(i), false, "good example " + (i + 1), wrong);
        }
        return wrong;
    }

    private void check(PatternRule rule, String text, boolean bad, String label, List<String> wrong)
            throws InterruptedException {
        try {
            var judgement = judge.judge(label, text, Languages.named(rule.language()));
            judgement.left().forEach(why -> wrong.add("%s: %s".formatted(label, why)));
            boolean isFound =
                    judgement.hits().stream().anyMatch(hit -> hit.rule().equals(rule.id()));
            if (isFound != bad) {
                wrong.add("%s is %s".formatted(label, isFound ? "found" : "not found"));
            }
        } catch (Parser.Unparsed e) {
            wrong.add("%s: %s".formatted(label, e.getMessage()));
        }
    }
}
