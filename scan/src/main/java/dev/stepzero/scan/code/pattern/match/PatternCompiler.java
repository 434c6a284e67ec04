package dev.stepzero.scan.code.pattern.match;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.code.pattern.language.Language;
import dev.stepzero.scan.code.pattern.rule.Clause;
import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;
import dev.stepzero.scan.code.pattern.tree.Parser;
import java.util.ArrayList;
import java.util.List;

/** Makes patterns out of the texts of rule files. Not for use by several threads. */
public final class PatternCompiler {
    private final Parser parser;

    public PatternCompiler(Parser parser) {
        this.parser = parser;
    }

    /**
     * Compiles what a clause asks for beside its own patterns, which are compiled one by one.
     *
     * @param known the packages that names in it begin with, beside those of its own
     * @param where which rule it is of, for errors
     * @throws UserError if a text is not of the language
     */
    public CompiledClause clause(Clause clause, Language language, List<String> known, String where) {
        var imports = names(clause, known);
        return new CompiledClause(
                patterns(clause.unless(), language, imports, where),
                patterns(clause.inside(), language, imports, where),
                patterns(clause.outside(), language, imports, where),
                patterns(clause.contains(), language, imports, where),
                patterns(clause.lacks(), language, imports, where),
                patterns(clause.without(), language, imports, where),
                clause.imports(),
                clause.where());
    }

    /** The packages that names in a clause begin with. */
    public List<String> names(Clause clause, List<String> known) {
        var imports = new ArrayList<>(clause.imports());
        imports.addAll(known);
        return imports;
    }

    private List<Pattern> patterns(List<String> texts, Language language, List<String> imports, String where) {
        return texts.stream()
                .map(text -> pattern(text, language, imports, where))
                .toList();
    }

    /** One pattern. @throws UserError if the text is not of the language */
    public Pattern pattern(String text, Language language, List<String> imports, String where) {
        for (var readable : language.readable(text.strip())) {
            try {
                var tree = parser.parse(readable, language.patterns());
                if (!tree.hasErrors()) {
                    var root = language.neutral(tree);
                    var source = new SourceText(language, readable, root, imports);
                    var only = root.children().size() == 1 ? root.child(0) : root;
                    if (!root.children().isEmpty()) {
                        return new Pattern(text, source, unwrapped(only));
                    }
                }
            } catch (Parser.Unparsed e) {
                throw UserError.unreadable("a pattern cannot be read: " + e.getMessage())
                        .at(where);
            }
        }
        throw UserError.unreadable("'%s' is no %s with holes".formatted(text, language.name()))
                .at(where)
                .fix("docs/rules/patterns.md tells how patterns are written");
    }

    /** What was put around a pattern so that the grammar reads it is not meant. */
    private static Node unwrapped(Node node) {
        var at = node;
        while (true) {
            if (at.is(Kind.BLOCK) && at.children().size() == 1) {
                at = at.child(0);
            } else if (at.is(Kind.ASSIGN) && at.child(0).is(Kind.REST)) {
                at = at.child(1);
            } else if ((at.is(Kind.FUNCTION) || at.is(Kind.CLASS)) && at.value().equals(Language.REST)) {
                at = at.child(2);
            } else {
                return at;
            }
        }
    }
}
