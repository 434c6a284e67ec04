package dev.stepzero.scan.code.java.knowledge;

import dev.stepzero.scan.code.java.program.Annotations;
import dev.stepzero.scan.code.java.program.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An annotation that names a method of the program, which makes a text of what the annotated method is given.
 *
 * @param annotations those that do so
 * @param type the elements that name the class
 * @param method the element that names the method
 * @param otherwise the method's name where nothing says it; one of the annotated method's own name counts, too
 * @param names the annotations that name arguments
 */
public record Provider(
        String rule, Set<String> annotations, Set<String> type, String method, String otherwise, Set<String> names) {
    /**
     * What makes the text.
     *
     * @param type the class, as the JVM writes it
     * @param methods the names that its method may have
     */
    public record Maker(String rule, String type, List<String> methods, Set<String> names) {}

    /** What makes the text for a method; empty where nothing does. */
    Optional<Maker> maker(Method of) {
        var said = Annotations.elements(of.model());
        for (var annotation : annotations) {
            var types = type.stream()
                    .flatMap(each -> said.getOrDefault(annotation + "/" + each, List.of()).stream())
                    .toList();
            if (!types.isEmpty()) {
                var named = said.getOrDefault(annotation + "/" + method, List.of());
                var methods = named.isEmpty() ? List.of(of.name(), otherwise) : named;
                return Optional.of(new Maker(rule, types.getFirst(), methods, names));
            }
        }
        return Optional.empty();
    }

    /** The names of a method's arguments that annotations among some give them; empty where none does. */
    public static List<Optional<String>> names(Method method, Set<String> annotations) {
        return Annotations.elementsOfParameters(method.model()).stream()
                .map(said -> name(said, annotations))
                .toList();
    }

    private static Optional<String> name(Map<String, List<String>> said, Set<String> annotations) {
        return said.entrySet().stream()
                .filter(each -> annotations.contains(each.getKey()))
                .flatMap(each -> each.getValue().stream())
                .findFirst();
    }
}
