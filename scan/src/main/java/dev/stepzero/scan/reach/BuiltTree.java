package dev.stepzero.scan.reach;

import dev.stepzero.core.Reach;
import dev.stepzero.scan.classes.Modules;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.reach.Program.Question;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFiles;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The Java program that a source tree was built to, as far as it lies there: the classes that Maven and Gradle compiled,
 * and the archives of its packages that they fetched. Nothing is built or fetched for it.
 */
public final class BuiltTree {
    private static final Pattern LOCKS = Pattern.compile("(^|/)gradle(/dependency-locks)?(/[^/]*)?$");

    private final Inventory inventory;
    private final Jars jars;
    private final Modules modules;
    private final Set<String> unclear = new TreeSet<>();
    /** The packages whose archives are not at hand, by the files that ask for them. */
    private final Map<String, Set<String>> absent = new HashMap<>();

    /**
     * A tree.
     *
     * @param intake what was said while its manifests were read: where not all packages are known, less can be told
     */
    public BuiltTree(TreeFiles files, Inventory inventory, Jars jars, Intake intake) {
        this.inventory = inventory;
        this.jars = jars;
        modules = new Modules(files);
        for (var skipped : intake.coverage(0, 0).skipped()) {
            if (skipped.path().endsWith("pom.xml")) {
                unclear.add(skipped.path());
            }
        }
        intake.problems().forEach(problem -> unclear.add(problem.position().file()));
    }

    /**
     * Whether the program gets to vulnerable packages.
     *
     * @param vulnerable each with the methods that its advisory names
     * @return the answers for those that are Java's
     */
    public <T extends Asked> Map<T, Reach> answers(Collection<T> vulnerable) throws InterruptedException {
        var program = new Program(modules.outputs(), List.copyOf(libraries()), List.of());
        var answers = new LinkedHashMap<T, Reach>();
        var questions = new LinkedHashMap<T, Question>();
        for (var each : vulnerable) {
            if (isJava(each.component())) {
                var why = reason(each.component());
                var jar = why.isPresent()
                        ? Optional.<Path>empty()
                        : jars.of(each.component().purl());
                if (jar.isPresent()) {
                    questions.put(each, new Question(jar.get(), each.symbols(), gaps(each.component())));
                } else {
                    answers.put(each, Reach.unknown(why.orElse("its archive is not in the local repository")));
                }
            }
        }
        if (!questions.isEmpty()) {
            var found = new Reachability().answers(program, Set.copyOf(questions.values()));
            questions.forEach((each, question) ->
                    Optional.ofNullable(found.get(question)).ifPresent(reach -> answers.put(each, reach)));
        }
        return answers;
    }

    /** A vulnerable package. */
    public interface Asked {
        Component component();

        /** The methods or classes that the advisory names; empty where it names none. */
        List<String> symbols();
    }

    /** Whether it is a package of Java's. */
    public static boolean isJava(Component component) {
        return component.purl().type().equals("maven");
    }

    /** Why nothing can be said of a package at all. */
    private Optional<String> reason(Component component) {
        if (!modules.areCompiled()) {
            return Optional.of("the tree holds no compiled classes of the program");
        }
        if (component.scope() == Scope.DEVELOPMENT) {
            return Optional.of("builds and tests, which alone use it, are not followed");
        }
        return isArchive(component.purl()) ? Optional.empty() : Optional.of("it is no archive of classes");
    }

    private static boolean isArchive(PackageUrl purl) {
        return purl.qualifier("type").isEmpty() || purl.qualifier("type").equals("jar");
    }

    private static boolean isOnClassPath(Component component) {
        return isJava(component) && component.scope() != Scope.DEVELOPMENT && isArchive(component.purl());
    }

    /** What is missing of the projects that have the package. */
    private List<String> gaps(Component vulnerable) {
        var gaps = new LinkedHashSet<String>();
        for (var place : vulnerable.places()) {
            modules.gap(directory(place)).ifPresent(gaps::add);
            if (unclear.contains(place.path())) {
                gaps.add("not all packages of %s are known".formatted(place.path()));
            }
            if (!isExact(place)) {
                gaps.add("%s does not tell all that the build gets".formatted(place.path()));
            }
            absent.getOrDefault(place.path(), Set.of()).stream()
                    .findFirst()
                    .ifPresent(name -> gaps.add("the archive of %s is not in the local repository".formatted(name)));
        }
        return List.copyOf(gaps);
    }

    /** Finds the archives of all packages that the program may load. */
    private Set<Path> libraries() {
        var libraries = new LinkedHashSet<Path>();
        for (var component : inventory.components()) {
            if (isOnClassPath(component)) {
                jars.of(component.purl()).ifPresentOrElse(libraries::add, () -> absent(component));
            }
        }
        return libraries;
    }

    private void absent(Component component) {
        for (var place : component.places()) {
            absent.computeIfAbsent(place.path(), each -> new TreeSet<>())
                    .add(component.purl().displayName() + " " + component.purl().version());
        }
    }

    private static boolean isExact(Place place) {
        return place.path().endsWith("pom.xml") || place.path().endsWith(".lockfile");
    }

    /** The module whose manifest or lockfile it is. */
    private static String directory(Place place) {
        int slash = place.path().lastIndexOf('/');
        var directory = slash < 0 ? "" : place.path().substring(0, slash);
        return LOCKS.matcher(directory).replaceFirst("");
    }
}
