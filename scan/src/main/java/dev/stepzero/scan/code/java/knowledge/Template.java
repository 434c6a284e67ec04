package dev.stepzero.scan.code.java.knowledge;

import dev.stepzero.scan.code.java.program.Annotations;
import dev.stepzero.scan.code.java.program.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A text in an annotation into which a framework puts some of what the annotated method is given, as it is.
 *
 * @param annotations those with the text
 * @param hole what stands where an argument goes; its first group is the argument's name
 * @param names the annotations that name arguments; one that has none has its own name
 */
public record Template(String rule, Set<String> annotations, Pattern hole, Set<String> names) {
    /** The numbers of the arguments that are put in. */
    List<Integer> holes(Method method) {
        var named = new HashSet<String>();
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
            if (annotated.isEmpty() ? count == 1 || named.contains(name) : isNamed(annotated, name, named)) {
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
