package dev.stepzero.scan.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Digest;
import dev.stepzero.core.Reach;
import dev.stepzero.core.Subject;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Component.Place;
import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.Inventory;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.reach.BuiltTree.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a release, what its build left is followed; its packages are known by their digests. */
class BuiltProgramTest {
    private static final String PARSER =
            "package org.lib; public class Parser { public static String parse(String text) { return text; } }";

    @TempDir
    private Path directory;

    private final Inventory.Collector packages = new Inventory.Collector();
    private Built built;

    private record Package(Component component, List<String> symbols) implements Asked {}

    @BeforeEach
    void begin() {
        built = new Built(directory);
    }

    private Package known(Path archive, String purl) throws IOException {
        var component = new Component(
                PackageUrl.parse(purl),
                Scope.RUNTIME,
                false,
                List.of(Place.of("/app/lib/" + archive.getFileName(), 0)),
                Optional.empty(),
                Optional.of(Digest.of(Files.readAllBytes(archive))),
                List.of());
        packages.add(component);
        return new Package(component, List.of());
    }

    private Reach.Answer answer(Package asked, Path... libraries) throws Exception {
        var program = BuiltProgram.of(
                new Subject.Built(directory.resolve("classes"), List.of(libraries)),
                packages.inventory(Optional.empty()));
        return program.answers(List.of(asked)).get(asked).answer();
    }

    @Test
    void aLibraryIsFoundByItsDigestWhateverItsFileIsCalled() throws Exception {
        var library = built.library("renamed", PARSER);
        var asked = known(library, "pkg:maven/org.lib/parser@1");
        built.program("package app; public class Main { String s = org.lib.Parser.parse(\"\"); }");

        assertThat(answer(asked, library)).isEqualTo(Reach.Answer.REACHABLE);
    }

    @Test
    void whatNothingNamesIsNotReached() throws Exception {
        var library = built.library("parser", PARSER);
        var asked = known(library, "pkg:maven/org.lib/parser@1");
        built.program("package app; public class Main { }");

        assertThat(answer(asked, library)).isEqualTo(Reach.Answer.UNREACHABLE);
    }

    @Test
    void anArchiveThatNoPackageAccountsForIsThePrograms() throws Exception {
        var library = built.library("parser", PARSER);
        var asked = known(library, "pkg:maven/org.lib/parser@1");
        var module = built.library(
                "module", "package app.part; public class Part { String s = org.lib.Parser.parse(\"\"); }");
        built.program("package app; public class Main { }");

        assertThat(answer(asked, library, module)).isEqualTo(Reach.Answer.REACHABLE);
    }

    @Test
    void ofAPackageWithoutItsArchiveNothingIsKnown() throws Exception {
        var library = built.library("parser", PARSER);
        var asked = known(library, "pkg:maven/org.lib/parser@1");
        built.program("package app; public class Main { }");

        assertThat(answer(asked)).isEqualTo(Reach.Answer.UNKNOWN);
    }
}
