package dev.stepzero.scan.code.java.program;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which type is above which: by the program's classes, by what rule files say of libraries, and by this Java's own
 * classes. Jakarta's packages count as the {@code javax} ones that they were.
 */
public final class Types {
    private static final int MOST_TARGETS = 6;

    private final Program program;
    private final Map<String, List<String>> told;
    private final Map<String, Set<String>> above = new HashMap<>();
    private final Map<String, Set<String>> below = new HashMap<>();
    private final Map<String, List<String>> platform = new HashMap<>();
    private final Map<Member, Optional<Method>> inherited = new HashMap<>();
    private final Map<Member, List<Method>> overriding = new HashMap<>();

    private record Member(String owner, String name) {}

    /**
     * The types of a program.
     *
     * @param told what else a type is, where its class may not be at hand
     */
    public Types(Program program, Map<String, List<String>> told) {
        this.program = program;
        this.told = Map.copyOf(told);
        for (var type : program.classes()) {
            for (var parent : type.above()) {
                below.computeIfAbsent(parent, each -> new LinkedHashSet<>()).add(type.name());
            }
        }
    }

    /** The name under which rule files know a type. */
    public static String known(String name) {
        return name.startsWith("jakarta/") ? "javax/" + name.substring("jakarta/".length()) : name;
    }

    /** The type and all that are known to be above it, under the names that rule files use. */
    public Set<String> withAbove(String name) {
        var found = above.get(name);
        if (found == null) {
            found = new LinkedHashSet<>();
            var queue = new ArrayDeque<String>(List.of(name));
            while (!queue.isEmpty()) {
                var each = queue.remove();
                if (found.add(known(each))) {
                    queue.addAll(parents(each));
                }
            }
            above.put(name, found);
        }
        return found;
    }

    public boolean is(String name, String other) {
        return withAbove(name).contains(other);
    }

    private List<String> parents(String name) {
        var own = program.type(name).map(OwnClass::above).orElse(List.of());
        var all = new ArrayList<>(own);
        all.addAll(told.getOrDefault(known(name), List.of()));
        if (own.isEmpty() && name.startsWith("java")) {
            all.addAll(platform.computeIfAbsent(name, Types::ofPlatform));
        }
        return all;
    }

    private static List<String> ofPlatform(String name) {
        try (var in = ClassLoader.getPlatformClassLoader().getResourceAsStream(name + ".class")) {
            if (in == null) {
                return List.of();
            }
            var model = ClassFile.of().parse(in.readAllBytes());
            var all = new ArrayList<String>();
            model.superclass().ifPresent(each -> all.add(each.asInternalName()));
            model.interfaces().stream().map(ClassEntry::asInternalName).forEach(all::add);
            return all;
        } catch (IOException | IllegalArgumentException e) {
            return List.of();
        }
    }

    /** The method that a class has or inherits from its own kind. */
    public Optional<Method> inherited(String owner, String member) {
        var key = new Member(owner, member);
        var known = inherited.get(key);
        if (known == null) {
            known = findInherited(owner, member);
            inherited.put(key, known);
        }
        return known;
    }

    private Optional<Method> findInherited(String owner, String member) {
        var seen = new LinkedHashSet<String>();
        for (var each = program.type(owner);
                each.isPresent() && seen.add(each.get().name()); ) {
            var method = each.get().method(member);
            if (method.isPresent()) {
                return method;
            }
            each = program.type(each.get().parent());
        }
        for (var each : withAbove(owner)) {
            var method = program.type(each).flatMap(type -> type.method(member));
            if (method.isPresent() && !method.get().isAbstract()) {
                return method;
            }
        }
        return Optional.empty();
    }

    /** The methods that a call may end in; empty where that is none of the program's, or too many. */
    public List<Method> overriding(String owner, String member) {
        return overriding.computeIfAbsent(new Member(owner, member), key -> findOverriding(key.owner(), key.name()));
    }

    private List<Method> findOverriding(String owner, String member) {
        var found = new LinkedHashSet<Method>();
        var seen = new LinkedHashSet<String>();
        var queue = new ArrayDeque<String>(List.of(owner));
        while (!queue.isEmpty()) {
            var each = queue.remove();
            if (seen.add(each)) {
                inherited(each, member).filter(method -> !method.isAbstract()).ifPresent(found::add);
                queue.addAll(below.getOrDefault(each, Set.of()));
            }
            if (found.size() > MOST_TARGETS) {
                return List.of();
            }
        }
        return List.copyOf(found);
    }
}
