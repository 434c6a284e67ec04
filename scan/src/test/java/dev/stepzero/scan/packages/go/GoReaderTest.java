package dev.stepzero.scan.packages.go;

import static dev.stepzero.scan.packages.SourceTree.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.packages.SourceTree;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoReaderTest {
    @TempDir
    Path root;

    private SourceTree tree;

    @BeforeEach
    void begin() {
        tree = new SourceTree(root);
    }

    @Test
    void modulesAreNamedWithTheirLinesAndWhoAsksForThem() {
        tree.with("go.mod", """
                module example.com/shop // the shop

                go 1.22.0

                require github.com/Azure/azure-sdk-for-go v68.0.0+incompatible

                require (
                \t"golang.org/x/text" v0.14.0 // indirect
                \tgopkg.in/yaml.v3 v3.0.1 // kept for the tests
                )
                """);

        var found = tree.readBy(new GoReader());

        assertThat(written(found))
                .containsExactly(
                        "pkg:golang/stdlib@1.22.0 RUNTIME direct [go.mod:3]",
                        "pkg:golang/github.com/Azure/azure-sdk-for-go@v68.0.0%2Bincompatible RUNTIME direct [go.mod:5]",
                        "pkg:golang/golang.org/x/text@v0.14.0 RUNTIME [go.mod:8]",
                        "pkg:golang/gopkg.in/yaml.v3@v3.0.1 RUNTIME direct [go.mod:9]");
        assertThat(tree.problemPlaces()).isEmpty();
    }

    @Test
    void theToolchainIsWhatTheStandardLibraryComesFrom() {
        tree.with("go.mod", "module m\ngo 1.21\ntoolchain go1.22.5-custom\n");

        var found = tree.readBy(new GoReader());

        assertThat(written(found)).containsExactly("pkg:golang/stdlib@1.22.5 RUNTIME direct [go.mod:3]");
    }

    @Test
    void whatReplacesAModuleIsTakenForIt() {
        tree.with("go.mod", """
                module m
                require (
                    a.org/all v1.0.0
                    a.org/one v1.0.0
                    a.org/other v2.0.0
                    a.org/here v1.0.0
                )
                replace a.org/all => b.org/fork v9.0.0
                replace (
                    a.org/one v1.0.0 => a.org/one v1.0.1
                    a.org/other v1.0.0 => b.org/other v1.0.0
                    a.org/here => ../here
                )
                """).with("go.sum", "");

        var found = tree.readBy(new GoReader());

        assertThat(written(found))
                .containsExactly(
                        "pkg:golang/a.org/one@v1.0.1 RUNTIME direct [go.mod:4]",
                        "pkg:golang/a.org/other@v2.0.0 RUNTIME direct [go.mod:5]",
                        "pkg:golang/b.org/fork@v9.0.0 RUNTIME direct [go.mod:3]");
    }

    @Test
    void anExcludedVersionIsNotBuiltAndTheReportSaysSo() {
        tree.with("go.mod", "module m\ngo 1.20\nrequire a.org/b v1.0.0\nexclude a.org/b v1.0.0\n");

        var found = tree.readBy(new GoReader());

        assertThat(written(found)).hasSize(1);
        assertThat(tree.skipped()).singleElement().asString().contains("a.org/b is excluded");
    }

    @Test
    void beforeGo117TheSumTellsTheRestWithTheNewestVersionOfEach() {
        tree.with("m/go.mod", "module m\ngo 1.16\nrequire a.org/b v1.0.0\n").with("m/go.sum", """
                a.org/b v1.0.0 h1:1=
                a.org/b v1.0.0/go.mod h1:2=
                c.org/d v1.9.0 h1:3=
                c.org/d v1.10.0 h1:4=
                c.org/d v1.11.0/go.mod h1:5=
                e.org/f v1.0.0/go.mod h1:6=
                nonsense
                """);

        var found = tree.readBy(new GoReader());

        assertThat(written(found))
                .containsExactly(
                        "pkg:golang/stdlib@1.16 RUNTIME direct [m/go.mod:2]",
                        "pkg:golang/a.org/b@v1.0.0 RUNTIME direct [m/go.mod:3]",
                        "pkg:golang/c.org/d@v1.10.0 RUNTIME [m/go.sum:4]");
    }

    @Test
    void brokenLinesAreToldAndTheRestIsRead() {
        tree.with("go.mod", """
                go 1.22
                require a.org/b
                replace a.org/b v1 v2 v3
                require (
                    a b c d e f
                    "c.org/d v1.0.0
                    e.org/f v1.0.0
                """);

        var found = tree.readBy(new GoReader());

        assertThat(written(found))
                .contains("pkg:golang/e.org/f@v1.0.0 RUNTIME direct [go.mod:7]")
                .hasSize(2);
        assertThat(tree.problemPlaces()).containsExactly("go.mod:2", "go.mod:3", "go.mod:5", "go.mod:6");
    }

    @Test
    void manyThousandModulesAreReadInOneGo() {
        var text = new StringBuilder("module m\ngo 1.22\nrequire (\n");
        for (int i = 0; i < 30_000; i++) {
            text.append("\ta.org/m").append(i).append(" v1.0.0 // indirect\n");
        }
        tree.with("go.mod", text + ")\n");

        var found = tree.readBy(new GoReader());

        assertThat(found.components()).hasSize(30_001);
    }
}
