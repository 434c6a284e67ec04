package dev.stepzero.scan.code.java.knowledge;

import dev.stepzero.scan.code.java.program.Annotations;
import dev.stepzero.scan.code.java.program.Mappers.Statement;
import dev.stepzero.scan.code.java.program.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A text in an annotation, or in a document, into which a framework puts some of what a method is given, as it is.
 *
 * @param annotations those with the text
 * @param mappers whether MyBatis's mapper documents hold such texts, too
 * @param hole what stands where an argument goes; its first group is the argument's name
 * @param names the annotations that name arguments; one that has none has its own name
 */
public record Template(String rule, Set<String> annotations, boolean mappers, Pattern hole, Set<String> names) {
    /**
     * The numbers of the arguments that are put in.
     *
     * @param statement what a document holds for the method
     */
    List<Integer> holes(Method method, Optional<Statement> statement) {
        var named = new HashSet<String>();
        statement
                .filter(each -> mappers)
                .ifPresent(each -> hole.matcher(each.text())
                        .results()
                        .map(found -> found.group(1))
                        .forEach(name -> named.addAll(each.names().getOrDefault(name, Set.of(name)))));
        Annotations.elements(method.model()).forEach((element, texts) -> {
            if (annotations.contains(element.substring(0, element.lastIndexOf('/')))) {
                var matcher = hole.matcher(String.join(" ", texts));
                while (matcher.find()) {
                    named.add(matcher.group(1));
                }
            }
        });
        var parameters = Annotations.elementsOfParameters(method.model());
        var own = Annotations.parameterNames(method.model());
        int count = method.type().parameterCount();
        var found = new ArrayList<Integer>();
        for (int i = 0; i < count && !named.isEmpty(); i++) {
            var annotated = i < parameters.size() ? parameters.get(i) : Map.<String, List<String>>of();
            var name = i < own.size() ? own.get(i) : "";
            boolean numbered = named.contains("param" + (i + 1)) || named.contains("arg" + i);
            if (annotated.isEmpty()
                    ? count == 1 || numbered || named.contains(name)
                    : named.contains("param" + (i + 1)) || isNamed(annotated, name, named)) {
                found.add(i);
            }
        }
        return found;
    }

    private boolean isNamed(Map<String, List<String>> annotated, String name, Set<String> named) {
        return annotated.entrySet().stream()
                .filter(each -> names.contains(each.getKey()))
                .anyMatch(each -> named.contains(
                        each.getValue().isEmpty() ? name : each.getValue().getFirst()));
    }
}
