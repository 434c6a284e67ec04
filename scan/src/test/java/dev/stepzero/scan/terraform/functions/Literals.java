package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.terraform.hcl.Expression;
import dev.stepzero.scan.terraform.hcl.HclParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Evaluates calls of functions with literals as arguments; the name {@code unknown} stands for an unknown value. */
final class Literals {
    static final Path TREE = Path.of("src/test/resources/dev/stepzero/scan/terraform/functions");

    private static final FunctionScope SCOPE = new FunctionScope() {
        @Override
        public Optional<byte[]> read(String path) {
            try {
                var file = TREE.resolve(path);
                return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
            } catch (InvalidPathException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public List<String> list(String directory) {
            if (directory.indexOf('\uD800') >= 0) {
                return List.of();
            }
            var root = TREE.resolve(directory);
            try (var files = Files.walk(root)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> root.relativize(file).toString())
                        .toList();
            } catch (IOException e) {
                return List.of();
            }
        }

        @Override
        public Value template(String name, String text, Value variables) {
            return Value.of(name + ": " + text + " with " + JsonText.of(variables));
        }
    };

    private Literals() {}

    static Value evaluate(String expression) {
        return value(HclParser.expression("test", expression));
    }

    static Value call(String name, Value... arguments) {
        return Functions.call(name, List.of(arguments), SCOPE);
    }

    private static Value value(Expression expression) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Call call ->
                Functions.call(
                        call.name(),
                        call.arguments().stream().map(Literals::value).toList(),
                        SCOPE);
            case Expression.Tuple tuple ->
                Value.listOf(tuple.items().stream().map(Literals::value).toList());
            case Expression.ObjectOf object -> {
                var entries = new LinkedHashMap<String, Located>();
                for (var entry : object.entries()) {
                    entries.put(Conversion.text(value(entry.key())), Located.nowhere(value(entry.value())));
                }
                yield new Value.Mapping(entries);
            }
            case Expression.Unary minus -> {
                var number = (Value.Numeric) value(minus.operand());
                yield new Value.Numeric(BigDecimal.ZERO.subtract(number.value()));
            }
            case Expression.Template template -> {
                var parts = new ArrayList<Value>();
                template.parts().forEach(part -> parts.add(value(part)));
                yield Unknown.text(parts);
            }
            case Expression.Variable variable -> Unknown.because(variable.name());
            default -> throw new IllegalArgumentException("no literal: " + expression);
        };
    }
}
