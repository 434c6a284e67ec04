package dev.stepzero.scan.reach;

import dev.stepzero.scan.classes.Archive;
import dev.stepzero.scan.reach.ClassPath.Definition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Follows what classes name, in breadth, from the program's own on. Each class is read once, and only if something names
 * it; so what nothing leads to costs no more than its name.
 */
final class ClassWalk {
    /** So many classes are in memory as they were read, at a time. */
    private static final int AT_ONCE = 2048;

    private final ClassPath classPath;
    private final ClassReader reader;
    private final Map<String, Link> reached = new HashMap<>();
    private final Map<Archive, Link> first = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final Map<String, List<ClassFacts>> facts = new TreeMap<>();
    private List<String> next = new ArrayList<>();
    private String blind = "";

    ClassWalk(ClassPath classPath, ClassReader reader) {
        this.classPath = classPath;
        this.reader = reader;
    }

    /** Walks as far as there is a way. */
    void run() throws InterruptedException {
        beginnings().forEach((name, link) -> reach(name, link));
        while (!next.isEmpty()) {
            var now = next;
            next = new ArrayList<>();
            for (int from = 0; from < now.size(); from += AT_ONCE) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                var some = now.subList(from, Math.min(now.size(), from + AT_ONCE));
                some.parallelStream().map(this::read).toList().forEach(all -> all.forEach(this::take));
            }
        }
    }

    /** What is used without the program's asking: its own classes, and what frameworks look for. */
    private Map<String, Link> beginnings() {
        var links = new LinkedHashMap<String, Link>();
        for (var name : classPath.names()) {
            for (var each = classPath.definition(name); each != null; each = each.other()) {
                if (each.archive().own()) {
                    links.putIfAbsent(name, Link.root(Names.readable(name)));
                }
            }
        }
        for (var resource : classPath.always()) {
            var from = Link.root(resource.label());
            for (var name : classPath.namedIn(resource)) {
                links.putIfAbsent(name, from.to(Names.readable(name)));
            }
        }
        for (var service : classPath.servicesOfOthers()) {
            for (var provider : classPath.providers(service)) {
                links.putIfAbsent(
                        provider.name(), Link.root(provider.declared()).to(Names.readable(provider.name())));
            }
        }
        var beans = Set.copyOf(classPath.beans());
        if (!beans.isEmpty()) {
            for (var name : classPath.names()) {
                var definition = classPath.definition(name);
                if (definition != null && beans.contains(definition.archive())) {
                    links.putIfAbsent(
                            name,
                            Link.root(definition.archive() + "!/META-INF/beans.xml")
                                    .to(Names.readable(name)));
                }
            }
        }
        return links;
    }

    private void reach(String name, Link link) {
        var definition = classPath.definition(name);
        if (definition == null || reached.putIfAbsent(name, link) != null) {
            return;
        }
        next.add(name);
        for (Definition each = definition; each != null; each = each.other()) {
            if (first.putIfAbsent(each.archive(), link) == null) {
                for (var resource : classPath.resources(each.archive())) {
                    var from = link.to(resource.label());
                    classPath.namedIn(resource).forEach(other -> reach(other, from.to(Names.readable(other))));
                }
            }
        }
    }

    private List<ClassFacts> read(String name) {
        var all = new ArrayList<ClassFacts>();
        for (var each = classPath.definition(name); each != null; each = each.other()) {
            try {
                all.add(reader.read(name, each));
            } catch (IOException e) {
                classPath.gap(
                        "%s in %s cannot be read: %s".formatted(Names.readable(name), each.archive(), e.getMessage()));
            }
        }
        return all;
    }

    private void take(ClassFacts one) {
        var link = reached.get(one.name());
        if (link == null) {
            return;
        }
        one.references().forEach(name -> reach(name, link.to(Names.readable(name))));
        for (var service : one.services()) {
            if (asked.add(service)) {
                for (var provider : classPath.providers(service)) {
                    reach(provider.name(), link.to(provider.declared()).to(Names.readable(provider.name())));
                }
            }
        }
        if (blind.isEmpty()) {
            blind = one.blind();
        }
        if (one.members().isPresent()) {
            facts.computeIfAbsent(one.name(), each -> new ArrayList<>(1)).add(one);
        }
    }

    /** The way to the first class of an archive that was reached. */
    Optional<Link> to(Archive archive) {
        return Optional.ofNullable(first.get(archive));
    }

    boolean isReached(String name) {
        return reached.containsKey(name);
    }

    /** Why some of the program's own classes may get further than can be followed; empty where none does. */
    String blind() {
        return blind;
    }

    /** The classes that were reached, by name, with their members; a name may have several. */
    Map<String, List<ClassFacts>> facts() {
        return facts;
    }
}
