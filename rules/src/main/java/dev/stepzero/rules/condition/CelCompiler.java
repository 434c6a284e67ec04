package dev.stepzero.rules.condition;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Compiles CEL to {@link Term}s. The text is checked with CEL's standard macros, then parsed once more without them, so
 * that {@code exists} stays what its author wrote and is not a fold.
 */
public final class CelCompiler {
    private static final CelOptions LIMITS = CelOptions.newBuilder()
            .maxExpressionCodePointSize(10_000)
            .maxParseRecursionDepth(50)
            .build();
    private static final List<CelStandardMacro> MACROS = List.of(
            CelStandardMacro.HAS,
            CelStandardMacro.ALL,
            CelStandardMacro.EXISTS,
            CelStandardMacro.EXISTS_ONE,
            CelStandardMacro.MAP,
            CelStandardMacro.FILTER);

    private final CelParser withoutMacros =
            CelParserFactory.standardCelParserBuilder().setOptions(LIMITS).build();
    private final List<CelFunctionDecl> functions =
            Functions.signatures().stream().map(CelCompiler::declaration).toList();

    /**
     * Compiles one expression.
     *
     * @param variables the names that it may use
     * @throws MalformedCondition if it is no CEL, uses an unknown name or function, or one wrongly
     */
    public Term compile(String text, Collection<String> variables) throws MalformedCondition {
        var compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(LIMITS)
                .setStandardMacros(MACROS)
                .addFunctionDeclarations(functions);
        variables.forEach(name -> compiler.addVar(name, SimpleType.DYN));
        try {
            tree(compiler.build().compile(text));
            return Translation.of(tree(withoutMacros.parse(text)));
        } catch (CelValidationException e) {
            throw new MalformedCondition(String.valueOf(e.getMessage()));
        }
    }

    private static CelExpr tree(CelValidationResult result) throws CelValidationException {
        return result.getAst().getExpr();
    }

    private static CelFunctionDecl declaration(Functions.Signature signature) {
        var overloads = new ArrayList<CelOverloadDecl>();
        for (int count = signature.least(); count <= signature.most(); count++) {
            var id = "stepzero_" + signature.name() + count;
            List<CelType> types = Collections.nCopies(count, SimpleType.DYN);
            overloads.add(
                    signature.method()
                            ? CelOverloadDecl.newMemberOverload(id, SimpleType.DYN, types)
                            : CelOverloadDecl.newGlobalOverload(id, SimpleType.DYN, types));
        }
        return CelFunctionDecl.newFunctionDeclaration(signature.name(), overloads);
    }
}
