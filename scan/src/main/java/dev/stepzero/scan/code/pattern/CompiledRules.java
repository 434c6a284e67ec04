package dev.stepzero.scan.code.pattern;

import dev.stepzero.scan.code.pattern.flow.Mark;
import dev.stepzero.scan.code.pattern.language.Language;
import dev.stepzero.scan.code.pattern.match.PatternCompiler;
import dev.stepzero.scan.code.pattern.match.PatternIndex;
import dev.stepzero.scan.code.pattern.rule.Cleaner;
import dev.stepzero.scan.code.pattern.rule.PatternRules;
import dev.stepzero.scan.code.pattern.rule.Sink;
import dev.stepzero.scan.code.pattern.rule.Source;
import java.util.List;

/** The rules and frameworks of a language, ready to be tried on files. */
final class CompiledRules {
    private final PatternIndex<Mark> index = new PatternIndex<>();
    private final Language language;
    private final PatternCompiler compiler;

    CompiledRules(PatternRules rules, Language language, PatternCompiler compiler) {
        this.language = language;
        this.compiler = compiler;
        for (var rule : rules.rules()) {
            if (rule.language().equals(language.name())) {
                for (var clause : rule.patterns()) {
                    index.add(
                            new Mark.Misuse(rule.id(), clause.what(), clause.severity()),
                            compiler.clause(clause, language, rule.imports(), rule.id()));
                }
                flows(rule.id(), rule.imports(), rule.sources(), rule.sinks(), rule.cleaners());
            }
        }
        for (var framework : rules.frameworks()) {
            if (framework.language().equals(language.name())) {
                flows(
                        framework.name(),
                        framework.imports(),
                        framework.sources(),
                        framework.sinks(),
                        framework.cleaners());
            }
        }
    }

    private void flows(
            String where, List<String> imports, List<Source> sources, List<Sink> sinks, List<Cleaner> cleaners) {
        for (var source : sources) {
            index.add(
                    new Mark.From(source.hole(), source.kind(), source.what()),
                    compiler.clause(source.clause(), language, imports, where));
        }
        for (var sink : sinks) {
            index.add(
                    new Mark.To(
                            sink.rule(),
                            sink.holes(),
                            sink.through(),
                            sink.what(),
                            sink.clause().severity()),
                    compiler.clause(sink.clause(), language, imports, where));
        }
        for (var cleaner : cleaners) {
            index.add(
                    new Mark.Clean(cleaner.hole(), cleaner.holds(), cleaner.rules()),
                    compiler.clause(cleaner.clause(), language, imports, where));
        }
    }

    PatternIndex<Mark> index() {
        return index;
    }
}
