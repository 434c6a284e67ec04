package dev.stepzero.scan.code.pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepzero.scan.code.pattern.language.Languages;
import dev.stepzero.scan.code.pattern.rule.PatternRules;
import dev.stepzero.scan.code.pattern.tree.Parser;
import java.util.List;

/** Code in Python, JavaScript, TypeScript or Go, judged by all rules: the first byte says in which. */
public final class ProgramFuzz {
    private static final PatternRules RULES = PatternRules.with(List.of());
    private static final Judge JUDGE = new Judge(RULES);
    private static final List<String> PATHS = List.of("a.py", "a.js", "a.tsx", "a.ts", "a.go");

    private ProgramFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws InterruptedException {
        if (input.length == 0) {
            return;
        }
        var path = PATHS.get(Math.floorMod(input[0], PATHS.size()));
        var text = new String(input, 1, input.length - 1, UTF_8);
        try {
            var judgement = JUDGE.judge(path, text, Languages.of(path).orElseThrow());
            new PatternFindings(RULES, path, judgement).all();
        } catch (Parser.Unparsed documented) {
            // The documented way to give a text up.
        }
    }
}
