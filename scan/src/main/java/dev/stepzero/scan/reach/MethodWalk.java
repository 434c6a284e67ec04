package dev.stepzero.scan.reach;

import dev.stepzero.scan.classes.Archive;
import dev.stepzero.scan.reach.ClassFacts.Method;
import java.lang.classfile.ClassFile;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Follows calls, in breadth, from all methods of the program's own classes on, by class hierarchy analysis: a call of a
 * method may end in whatever overrides it. What reflection, frameworks and the JDK call without saying so counts as
 * called as soon as the class is made, named by a string, an annotation or a file, or taken hold of.
 */
final class MethodWalk {
    private final ClassPath classPath;
    private final Hierarchy hierarchy;
    private final Map<Target, Link> reached = new LinkedHashMap<>();
    private final Queue<Pending> queue = new ArrayDeque<>();
    private final Set<Edge> followed = new HashSet<>();
    private final Set<String> entered = new HashSet<>();
    private final Set<String> made = new HashSet<>();
    private final Set<String> opened = new HashSet<>();
    private final Set<Archive> used = new HashSet<>();
    private final Set<String> words = new HashSet<>();
    private boolean reflective;

    /** A method of a class, where it stands. */
    private record Target(String owner, String member) {
        String name() {
            return member.substring(0, member.indexOf('('));
        }

        /** As people write it. */
        @Override
        public String toString() {
            return Names.readable(owner) + "." + name();
        }
    }

    /** A method whose edges are to be followed. */
    private record Pending(Method method, Link link) {}

    MethodWalk(ClassPath classPath, Map<String, List<ClassFacts>> facts) {
        this.classPath = classPath;
        hierarchy = new Hierarchy(facts);
    }

    void run() throws InterruptedException {
        for (var name : hierarchy.names()) {
            var definition = classPath.definition(name);
            if (definition != null && definition.archive().own()) {
                begin(name);
            }
        }
        for (var resource : classPath.always()) {
            var from = Link.root(resource.label());
            classPath.namedIn(resource).forEach(name -> open(name, from));
        }
        for (var service : classPath.servicesOfOthers()) {
            provide(service, Optional.empty());
        }
        var beans = classPath.beans();
        for (var name : beans.isEmpty() ? List.<String>of() : classPath.names()) {
            var definition = classPath.definition(name);
            if (definition != null && beans.contains(definition.archive())) {
                open(name, Link.root(definition.archive() + "!/META-INF/beans.xml"));
            }
        }
        for (var next = queue.poll(); next != null; next = queue.poll()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            for (var edge : next.method.edges()) {
                follow(edge, next.link);
            }
        }
    }

    private void begin(String name) {
        var link = Link.root(Names.readable(name));
        for (var members : hierarchy.members(name)) {
            words.addAll(members.words());
            reflective |= members.reflective();
            members.bound().forEach(each -> open(each, link));
        }
        hierarchy.methods(name).forEach(method -> reach(name, method, Optional.empty()));
        made(name, link);
    }

    private void reach(String owner, Method method, Optional<Link> from) {
        var target = new Target(owner, method.member());
        var link = from.map(each -> each.to(target)).orElseGet(() -> Link.root(target));
        if (reached.putIfAbsent(target, link) == null) {
            queue.add(new Pending(method, link));
            enter(owner, link);
        }
    }

    private void follow(Edge edge, Link link) {
        if (!followed.add(edge)) {
            return;
        }
        switch (edge.kind()) {
            case CALL -> {
                touch(edge.owner(), link);
                hierarchy
                        .inherited(edge.owner(), edge.member())
                        .forEach((owner, method) -> reach(owner, method, Optional.of(link)));
            }
            case DISPATCH ->
                hierarchy
                        .overriding(edge.owner(), edge.member())
                        .forEach((owner, method) -> reach(owner, method, Optional.of(link)));
            case NEW -> made(edge.owner(), link);
            case TOUCH -> touch(edge.owner(), link);
            case OPEN -> open(edge.owner(), link);
        }
    }

    /** The class is initialised, and those above it. */
    private void touch(String name, Link link) {
        for (var each : hierarchy.withAbove(name)) {
            enter(each, link);
        }
    }

    /** The class is in use: its initialiser runs, its strings and annotations have their effect. */
    private void enter(String name, Link link) {
        if (!entered.add(name)) {
            return;
        }
        hierarchy.methods(name).stream()
                .filter(method -> method.member().startsWith("<clinit>"))
                .forEach(method -> reach(name, method, Optional.of(link)));
        for (var facts : hierarchy.facts(name)) {
            var members = facts.members().orElseThrow();
            members.named().forEach(each -> open(each, link));
            facts.services().forEach(service -> provide(service, Optional.of(link)));
        }
        for (var each = classPath.definition(name); each != null; each = each.other()) {
            if (used.add(each.archive())) {
                for (var resource : classPath.resources(each.archive())) {
                    var from = link.to(resource.label());
                    classPath.namedIn(resource).forEach(other -> open(other, from));
                }
            }
        }
    }

    private void provide(String service, Optional<Link> link) {
        for (var provider : classPath.providers(service)) {
            open(
                    provider.name(),
                    link.map(each -> each.to(provider.declared())).orElseGet(() -> Link.root(provider.declared())));
        }
    }

    /** An object was made: the JDK, which knows it by its own types, may call whatever could be theirs. */
    private void made(String name, Link link) {
        touch(name, link);
        if (!made.add(name)) {
            return;
        }
        boolean foreign = hierarchy.hasForeignType(name);
        for (var each : hierarchy.withAbove(name)) {
            for (var method : hierarchy.methods(each)) {
                if (isInstance(method) && (foreign || isOfEveryObject(method))) {
                    reach(each, method, Optional.of(link));
                }
            }
        }
    }

    private static boolean isInstance(Method method) {
        boolean fixed = (method.flags() & ClassFile.ACC_STATIC) != 0;
        return !fixed && !method.member().startsWith("<");
    }

    private static boolean isOfEveryObject(Method method) {
        return switch (method.member()) {
            case "toString()Ljava/lang/String;",
                    "hashCode()I",
                    "equals(Ljava/lang/Object;)Z",
                    "finalize()V",
                    "clone()Ljava/lang/Object;" -> true;
            default -> false;
        };
    }

    /** Somebody may do anything with the class: all of its methods, and of what its fields are made of. */
    private void open(String name, Link link) {
        if (!classPath.has(name) || !opened.add(name)) {
            return;
        }
        made(name, link);
        for (var each : hierarchy.withAbove(name)) {
            hierarchy.methods(each).forEach(method -> reach(each, method, Optional.of(link)));
        }
        hierarchy.members(name).forEach(members -> members.bound().forEach(each -> open(each, link)));
    }

    /** The way to the first of the methods that was reached. */
    Optional<Link> to(Collection<Symbol> symbols) {
        var wanted = new LinkedHashSet<>(symbols);
        for (var each : reached.entrySet()) {
            var owner = each.getKey().owner;
            if (wanted.contains(new Symbol(owner, ""))
                    || wanted.contains(new Symbol(owner, each.getKey().name()))) {
                return Optional.of(each.getValue());
            }
        }
        return Optional.empty();
    }

    /** Whether a class that was reached has such a method; those of the class itself only. */
    boolean declares(Symbol symbol) {
        return hierarchy.members(symbol.type()).stream()
                .anyMatch(members -> symbol.method().isEmpty()
                        || members.methods().stream()
                                .anyMatch(method -> method.member().startsWith(symbol.method() + "(")));
    }

    /** Why reflection may call the method after all; empty where nothing speaks for it. */
    String mayBeReflected(Symbol symbol) {
        if (reflective) {
            return "the program calls methods by reflection";
        }
        return words.contains(symbol.method())
                ? "the program has a string '%s', by which reflection could call it".formatted(symbol.method())
                : "";
    }
}
