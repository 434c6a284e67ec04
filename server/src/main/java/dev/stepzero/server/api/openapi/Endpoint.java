package dev.stepzero.server.api.openapi;

import dev.stepzero.server.access.AccessMatrix;
import dev.stepzero.server.access.AccessRow;
import dev.stepzero.server.api.answer.Operation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * One request that the API takes.
 *
 * @param row who may send it; empty for nobody
 */
public record Endpoint(
        String path, RequestMethod method, Operation operation, Method handler, Optional<AccessRow> row) {
    /** The paths of the API begin with this. */
    public static final String ROOT = "/api/v1/";

    /** All of them, by path. @throws IllegalStateException if a handler does not say what it does */
    public static List<Endpoint> all(RequestMappingHandlerMapping mapping, AccessMatrix matrix) {
        var all = new ArrayList<Endpoint>();
        mapping.getHandlerMethods().forEach((info, handler) -> {
            for (var path : info.getPatternValues()) {
                if (path.startsWith(ROOT)) {
                    var operation = Optional.ofNullable(handler.getMethodAnnotation(Operation.class))
                            .orElseThrow(() -> new IllegalStateException(handler + " does not say what it does"));
                    info.getMethodsCondition()
                            .getMethods()
                            .forEach(method -> all.add(new Endpoint(
                                    path, method, operation, handler.getMethod(), row(matrix, method, path))));
                }
            }
        });
        all.sort(Comparator.comparing(Endpoint::path).thenComparing(Endpoint::method));
        return List.copyOf(all);
    }

    private static Optional<AccessRow> row(AccessMatrix matrix, RequestMethod method, String path) {
        return matrix.rows().stream()
                .filter(row -> row.request().equals(method + " " + path))
                .findFirst();
    }

    /** Such as {@code runs.list}. */
    public String id() {
        var name = handler.getDeclaringClass().getSimpleName().replaceFirst("Api$", "");
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1) + "." + handler.getName();
    }

    /** What it is about: the class that has it. */
    public String tag() {
        return id().substring(0, id().indexOf('.'));
    }

    public boolean answersJson() {
        return operation.media().equals("application/json");
    }
}
