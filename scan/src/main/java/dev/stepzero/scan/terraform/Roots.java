package dev.stepzero.scan.terraform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which modules of a tree are run by themselves: those that no other calls. */
final class Roots {
    private final Map<String, Set<String>> calls = new HashMap<>();

    private Roots(Map<String, Module> modules) {
        modules.forEach((directory, module) -> calls.put(directory, called(module, modules)));
    }

    /**
     * One of them.
     *
     * @param called whether others call it all the same, in a circle
     */
    record Root(String directory, boolean called) {}

    /** In the order of the modules. Of modules that call each other in a circle, one is taken. */
    static List<Root> of(Map<String, Module> modules) {
        var roots = new Roots(modules);
        var called = new HashSet<String>();
        roots.calls.forEach((caller, targets) -> targets.forEach(each -> {
            if (!each.equals(caller)) {
                called.add(each);
            }
        }));
        var reached = new HashSet<String>();
        var found = new ArrayList<Root>();
        for (var directory : modules.keySet()) {
            if (!called.contains(directory) && !SourceTree.isDownloaded(directory + "/")) {
                found.add(new Root(directory, false));
                roots.reach(directory, reached);
            }
        }
        for (var directory : modules.keySet()) {
            if (!reached.contains(directory) && !SourceTree.isDownloaded(directory + "/")) {
                found.add(new Root(directory, true));
                roots.reach(directory, reached);
            }
        }
        return found;
    }

    private void reach(String start, Set<String> reached) {
        var left = new ArrayDeque<String>(List.of(start));
        while (!left.isEmpty()) {
            var directory = left.removeFirst();
            if (reached.add(directory)) {
                left.addAll(calls.getOrDefault(directory, Set.of()));
            }
        }
    }

    private static Set<String> called(Module module, Map<String, Module> modules) {
        var called = new HashSet<String>();
        for (var block : module.calls().values()) {
            Syntax.literal(block.body(), "source")
                    .filter(ModuleSources::isLocal)
                    .flatMap(source -> TreePaths.resolve(module.directory(), source))
                    .filter(modules::containsKey)
                    .ifPresent(called::add);
        }
        return called;
    }
}
