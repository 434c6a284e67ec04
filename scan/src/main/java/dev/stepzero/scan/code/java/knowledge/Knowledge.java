package dev.stepzero.scan.code.java.knowledge;

import dev.stepzero.rules.CodeRuleFiles;
import dev.stepzero.scan.code.java.program.Annotations;
import dev.stepzero.scan.code.java.program.Method;
import dev.stepzero.scan.code.java.program.Types;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that rule files say. Not for use by several threads. */
public final class Knowledge {
    private final RuleFiles files;
    private final Map<String, Facts> known = new HashMap<>();
    private final Map<Method, List<Returned>> returned = new HashMap<>();
    private final Map<Method, Map<String, List<Integer>>> templates = new HashMap<>();

    private Knowledge(RuleFiles files) {
        this.files = files;
    }

    /** What comes with Stepzero, and what the user's own directories add; of two rules of one id the later counts. */
    public static Knowledge with(List<Path> directories) {
        var files = new RuleFiles();
        CodeRuleFiles.builtIn(CodeRuleFiles.JAVA).values().forEach(files::read);
        for (var directory : directories) {
            CodeRuleFiles.in(directory, Set.of(CodeRuleFiles.JAVA)).values().forEach(files::read);
        }
        files.check();
        return new Knowledge(files);
    }

    public Collection<CodeRule> rules() {
        return files.rules.values();
    }

    public Optional<CodeRule> rule(String id) {
        return Optional.ofNullable(files.rules.get(id));
    }

    /** Sources of as much of libraries as examples of rules need. */
    public List<String> stubs() {
        return files.stubs;
    }

    /** What else a type is, where its class may not be at hand. */
    public Map<String, List<String>> types() {
        return files.types;
    }

    /** What a parameter with such annotations is given from outside. */
    public Optional<String> parameter(Set<String> annotations) {
        return first(annotations, files.parameters);
    }

    /** What the parameters of a method with such annotations are given from outside. */
    public Optional<String> endpoint(Set<String> annotations) {
        return first(annotations, files.endpoints);
    }

    /** The arguments of a method without a body that a framework puts into a text of an annotation, by rule. */
    public Map<String, List<Integer>> templates(Method method) {
        return templates.computeIfAbsent(method, key -> {
            Map<String, List<Integer>> all = new TreeMap<>();
            files.templates.forEach(each -> all.merge(each.rule(), each.holes(method), Knowledge::joined));
            return all;
        });
    }

    private static List<Integer> joined(List<Integer> one, List<Integer> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    /** What is done with what a method gives back. */
    public List<Returned> returned(Method method) {
        return returned.computeIfAbsent(method, this::lookReturned);
    }

    private List<Returned> lookReturned(Method method) {
        var own = known(Annotations.of(method.model()));
        var all = new TreeSet<>(known(method.owner().annotations()));
        all.addAll(own);
        var said = new TreeMap<>(Annotations.elements(method.model()));
        if (said.values().stream().allMatch(List::isEmpty)) {
            said.putAll(method.owner().elements());
        }
        return files.returns.stream()
                .filter(each -> each.isAbout(own, all, method.resultType(), said))
                .toList();
    }

    private static Set<String> known(Set<String> annotations) {
        return annotations.stream().map(Types::known).collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<String> first(Set<String> annotations, Map<String, String> among) {
        return annotations.stream()
                .map(Types::known)
                .filter(among::containsKey)
                .findFirst()
                .map(among::get);
    }

    /**
     * What is said about a call.
     *
     * @param types the types of the program that calls
     */
    public Facts of(String owner, String name, MethodTypeDesc type, Types types) {
        var key = owner + "." + name + type.descriptorString();
        return known.computeIfAbsent(key, each -> look(owner, name, type, types));
    }

    private Facts look(String owner, String name, MethodTypeDesc type, Types types) {
        var owners = types.withAbove(owner);
        return new Facts(
                fitting(files.sources, Facts.Source::call, owners, name, type),
                fitting(files.sinks, Facts.Sink::call, owners, name, type),
                fitting(files.cleaners, Facts.Cleaner::call, owners, name, type),
                fitting(files.passes, Facts.Pass::call, owners, name, type),
                fitting(files.tags, Facts.Tag::call, owners, name, type),
                fitting(files.values, Facts.ValueCheck::call, owners, name, type),
                fitting(files.settings, Facts.Setting::call, owners, name, type));
    }

    private static <T> List<T> fitting(
            List<T> all, Function<T, CallPattern> call, Set<String> owners, String name, MethodTypeDesc type) {
        return all.stream()
                .filter(each -> owners.contains(call.apply(each).owner())
                        && (!name.equals("<init>")
                                || owners.iterator()
                                        .next()
                                        .equals(call.apply(each).owner()))
                        && call.apply(each).fits(name, type))
                .toList();
    }
}
