package dev.stepzero.scan.reach;

import dev.stepzero.scan.reach.ClassFacts.Members;
import dev.stepzero.scan.reach.ClassFacts.Method;
import java.lang.classfile.ClassFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which class is whose, of the classes that were reached. Cycles, which no JVM would load, end where they come back. */
final class Hierarchy {
    private static final Set<String> HARMLESS = Set.of(
            "java/lang/Object", "java/io/Serializable", "java/lang/Cloneable", "java/lang/annotation/Annotation");

    private final Map<String, List<ClassFacts>> facts;
    private final Map<String, Set<String>> below = new HashMap<>();
    private final Map<String, Map<String, Method>> methods = new HashMap<>();
    private final Map<String, Set<String>> above = new HashMap<>();
    private final Map<String, Set<String>> lines = new HashMap<>();

    Hierarchy(Map<String, List<ClassFacts>> facts) {
        this.facts = facts;
        facts.forEach((name, all) -> {
            var own = new LinkedHashMap<String, Method>();
            for (var each : all) {
                above(each)
                        .forEach(type -> below.computeIfAbsent(type, type1 -> new LinkedHashSet<>())
                                .add(name));
                each.members()
                        .orElseThrow()
                        .methods()
                        .forEach(method -> own.merge(method.member(), method, Hierarchy::both));
            }
            methods.put(name, own);
        });
    }

    /** Of two classes of one name either may be loaded: what one of them does counts. */
    private static Method both(Method one, Method other) {
        var edges = new LinkedHashSet<>(one.edges());
        edges.addAll(other.edges());
        return new Method(one.member(), one.flags() & other.flags(), List.copyOf(edges));
    }

    private static List<String> above(ClassFacts facts) {
        var members = facts.members().orElseThrow();
        var all = new ArrayList<String>();
        members.parent().ifPresent(all::add);
        all.addAll(members.interfaces());
        return all;
    }

    Iterable<String> names() {
        return facts.keySet();
    }

    List<ClassFacts> facts(String name) {
        return facts.getOrDefault(name, List.of());
    }

    List<Members> members(String name) {
        return facts(name).stream().flatMap(each -> each.members().stream()).toList();
    }

    /** The methods that stand in a class; of several classes of the name what either does. */
    Collection<Method> methods(String name) {
        return methods.getOrDefault(name, Map.of()).values();
    }

    /** The class and all types above it that are on the class path, itself first. */
    Set<String> withAbove(String name) {
        return above.computeIfAbsent(
                name,
                from -> closure(
                        from,
                        each -> facts(each).stream()
                                .flatMap(one -> above(one).stream())
                                .filter(facts::containsKey)
                                .toList()));
    }

    private Set<String> withBelow(String name) {
        return closure(name, each -> below.getOrDefault(each, Set.of()));
    }

    /** The class and those that it extends, itself first. */
    private Set<String> line(String name) {
        return lines.computeIfAbsent(
                name,
                from -> closure(
                        from,
                        each -> members(each).stream()
                                .flatMap(one -> one.parent().stream())
                                .filter(facts::containsKey)
                                .toList()));
    }

    private static Set<String> closure(
            String name, java.util.function.Function<String, ? extends Iterable<String>> further) {
        var all = new LinkedHashSet<String>();
        var queue = new ArrayDeque<String>();
        all.add(name);
        queue.add(name);
        while (!queue.isEmpty()) {
            for (var each : further.apply(queue.remove())) {
                if (all.add(each)) {
                    queue.add(each);
                }
            }
        }
        return all;
    }

    /** Whether a type above it is none of the class path, but for those that have nothing to call. */
    boolean hasForeignType(String name) {
        return withAbove(name).stream()
                .flatMap(each -> facts(each).stream())
                .flatMap(each -> above(each).stream())
                .anyMatch(each -> !facts.containsKey(each) && !HARMLESS.contains(each));
    }

    /** Where the method stands that a class has or inherits: what a class has goes before what an interface has. */
    Map<String, Method> inherited(String owner, String member) {
        var found = new LinkedHashMap<String, Method>();
        for (var each : line(owner)) {
            var method = methods.getOrDefault(each, Map.of()).get(member);
            if (method != null) {
                found.put(each, method);
                if ((method.flags() & ClassFile.ACC_ABSTRACT) == 0) {
                    return found;
                }
            }
        }
        for (var each : withAbove(owner)) {
            var method = methods.getOrDefault(each, Map.of()).get(member);
            if (method != null) {
                found.put(each, method);
            }
        }
        return found;
    }

    /** Where the methods stand that a call of one may end in. */
    Map<String, Method> overriding(String owner, String member) {
        var found = new LinkedHashMap<String, Method>();
        for (var each : withBelow(owner)) {
            found.putAll(inherited(each, member));
        }
        return found;
    }
}
