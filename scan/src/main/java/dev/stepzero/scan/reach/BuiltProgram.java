package dev.stepzero.scan.reach;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Reach;
import dev.stepzero.core.Subject;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.reach.BuiltTree.Asked;
import dev.stepzero.scan.reach.Program.Question;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Java program that a build left, beside the bill of materials that tells what is in it. Packages are known by the
 * digests of their archives, so that nothing is guessed from names of files.
 */
public final class BuiltProgram {
    private final Program program;
    private final Map<Digest, Path> libraries;

    private BuiltProgram(Program program, Map<Digest, Path> libraries) {
        this.program = program;
        this.libraries = libraries;
    }

    /**
     * Opens what a build left. An archive that no package of others accounts for counts as the program's own.
     *
     * @throws IOException if an archive cannot be read
     */
    public static BuiltProgram of(Subject.Built built, Inventory inventory) throws IOException {
        var libraries = new LinkedHashMap<Digest, Path>();
        for (var library : built.libraries()) {
            libraries.put(digest(library), library);
        }
        var components = inventory.components().stream()
                .filter(each -> BuiltTree.isJava(each) && each.digest().isPresent())
                .collect(Collectors.toMap(each -> each.digest().orElseThrow(), each -> each, (one, _) -> one));
        var own = group(components.get(digest(built.artifact())));
        var mine = new ArrayList<Path>(List.of(built.artifact()));
        var others = new ArrayList<Path>();
        libraries.forEach((digest, path) -> {
            var component = Optional.ofNullable(components.get(digest));
            var isOthers = component.isPresent()
                    && (own.isEmpty() || !group(component.get()).equals(own));
            (isOthers ? others : mine).add(path);
        });
        return new BuiltProgram(new Program(mine, others, List.of()), libraries);
    }

    /**
     * Whether the program gets to vulnerable packages.
     *
     * @param vulnerable each with the methods that its advisory names
     * @return the answers for those that are Java's
     */
    public <T extends Asked> Map<T, Reach> answers(Collection<T> vulnerable) throws InterruptedException {
        var answers = new HashMap<T, Reach>();
        var questions = new LinkedHashMap<T, Question>();
        for (var each : vulnerable) {
            if (BuiltTree.isJava(each.component())) {
                library(each.component())
                        .ifPresentOrElse(
                                path -> questions.put(each, new Question(path, each.symbols(), List.of())),
                                () -> answers.put(
                                        each, Reach.unknown("its archive is not among the libraries of the build")));
            }
        }
        if (!questions.isEmpty()) {
            var found = new Reachability().answers(program, Set.copyOf(questions.values()));
            questions.forEach((each, question) ->
                    Optional.ofNullable(found.get(question)).ifPresent(reach -> answers.put(each, reach)));
        }
        return answers;
    }

    private Optional<Path> library(Component component) {
        return component.digest().map(libraries::get);
    }

    /** The archives of the program itself. */
    public List<Path> own() {
        return program.own();
    }

    private static Optional<String> group(@Nullable Component component) {
        return Optional.ofNullable(component).map(each -> each.purl().namespace());
    }

    private static Digest digest(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Digest.of(new byte[0]);
        }
        var sha256 = Digest.sha256();
        try (InputStream in = Files.newInputStream(file);
                var out = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
            in.transferTo(out);
        }
        return new Digest(HexFormat.of().formatHex(sha256.digest()));
    }
}
