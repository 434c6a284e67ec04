package dev.stepzero.scan.code.pattern.language;

import dev.stepzero.scan.code.pattern.tree.Grammar;
import dev.stepzero.scan.code.pattern.tree.Node;
import dev.stepzero.scan.code.pattern.tree.SyntaxTree;
import java.util.List;
import java.util.Optional;

/** A language that rules are written for. */
public interface Language {
    /** What a hole's name begins with in a text that a grammar can read: {@code $SQL} becomes {@code __sz_SQL}. */
    String HOLE = "__sz_";

    /** What {@code ...} becomes in a text that a grammar can read. */
    String REST = "__sz_rest";

    /** The type of nodes that are left out because they lie too deep. */
    String TOO_DEEP = "too deep";

    /** The type of blocks that only stand for several statements. */
    String SEVERAL = "several";

    /** The type of imports that make known only the first part of the package's name. */
    String PACKAGE = "package";

    /** The type of imports of a part of a package, whose name is their child. */
    String PART = "part";

    /** As rule files name it. */
    String name();

    /** The grammar for a file of this path; empty where the file is none of this language. */
    Optional<Grammar> grammar(String path);

    /** Whether a file without an ending that begins with this line is a program of this language. */
    boolean isBegunBy(String firstLine);

    /** The grammar that reads patterns. */
    Grammar patterns();

    /** Ways to write a pattern so that the grammar reads it, with holes as names; the first without errors counts. */
    List<String> readable(String pattern);

    /** The neutral tree: a {@link dev.stepzero.scan.code.pattern.tree.Kind#BLOCK} of what stands in the file. */
    Node neutral(SyntaxTree tree);

    /** The canonical name of a package, as imports and rule files' {@code imports} write it. */
    String canonical(String imported);

    /** The name by which a package is known where its import says no other. */
    String localName(String imported);

    /** Whether the types of parameters are written always, so that patterns may ask for them. */
    default boolean hasTypes() {
        return false;
    }

    /** Whether an assignment makes a new variable in the scope that it stands in. */
    boolean isDeclaration(Node assignment);

    /** The canonical name of the package that a call loads, such as {@code require("fs")}. */
    Optional<String> loaded(Node call);
}
