package dev.stepzero.scan.code.pattern;

import dev.stepzero.scan.code.pattern.flow.Mark;
import dev.stepzero.scan.code.pattern.language.Language;
import dev.stepzero.scan.code.pattern.match.CompiledClause;
import dev.stepzero.scan.code.pattern.match.PatternCompiler;
import dev.stepzero.scan.code.pattern.match.PatternIndex;
import dev.stepzero.scan.code.pattern.rule.Clause;
import dev.stepzero.scan.code.pattern.rule.Cleaner;
import dev.stepzero.scan.code.pattern.rule.PatternRules;
import dev.stepzero.scan.code.pattern.rule.Sink;
import dev.stepzero.scan.code.pattern.rule.Source;
import java.util.ArrayList;
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
                    add(
                            new Mark.Misuse(rule.id(), clause.what(), clause.severity()),
                            clause,
                            rule.imports(),
                            rule.id());
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
                for (var end : framework.ends()) {
                    add(new Mark.End(), end, framework.imports(), framework.name());
                }
            }
        }
    }

    private void flows(
            String where, List<String> imports, List<Source> sources, List<Sink> sinks, List<Cleaner> cleaners) {
        for (var source : sources) {
            add(new Mark.From(source.hole(), source.kind(), source.what()), source.clause(), imports, where);
        }
        for (var sink : sinks) {
            add(
                    new Mark.To(
                            sink.rule(),
                            sink.holes(),
                            sink.through(),
                            sink.what(),
                            sink.clause().severity()),
                    sink.clause(),
                    imports,
                    where);
        }
        for (var cleaner : cleaners) {
            add(new Mark.Clean(cleaner.hole(), cleaner.holds(), cleaner.rules()), cleaner.clause(), imports, where);
        }
    }

    private void add(Mark mark, Clause clause, List<String> imports, String where) {
        var known = new ArrayList<CompiledClause>();
        index.add(
                mark,
                clause.match(),
                () -> {
                    if (known.isEmpty()) {
                        known.add(compiler.clause(clause, language, imports, where));
                    }
                    return known.getFirst();
                },
                text -> compiler.pattern(text, language, compiler.names(clause, imports), where));
    }

    PatternIndex<Mark> index() {
        return index;
    }
}
