package dev.stepzero.scan.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Reach.Answer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an advisory names no methods: whether any class of a library is reached. */
class ReachedClassesTest {
    private static final String PARSER = """
            package org.lib.parser;
            public class Parser { public static String parse(String text) { return text; } }
            """;

    @TempDir
    private Path directory;

    private Built built;

    @BeforeEach
    void begin() {
        built = new Built(directory);
    }

    private static String main(String body) {
        return "package app; public class Main { public static void main(String[] a) throws Exception { %s } }"
                .formatted(body);
    }

    @Test
    void aLibraryThatTheProgramCallsIsReachable() throws InterruptedException {
        var library = built.library("lib", PARSER);
        built.program(main("org.lib.parser.Parser.parse(\"\");"));

        var reach = built.reach(library);

        assertThat(reach.answer()).isEqualTo(Answer.REACHABLE);
        assertThat(reach.path()).containsExactly("app.Main", "org.lib.parser.Parser");
    }

    @Test
    void aLibraryThatNothingNamesIsNot() throws InterruptedException {
        var library = built.library("lib", PARSER);
        built.program(main(""));

        var reach = built.reach(library);

        assertThat(reach.answer()).isEqualTo(Answer.UNREACHABLE);
        assertThat(reach.because()).isEqualTo("nothing that the program uses names a class of it");
        assertThat(reach.path()).isEmpty();
    }

    @Test
    void theWayLeadsThroughOtherLibraries() throws InterruptedException {
        var library = built.library("lib", PARSER);
        built.library(
                "facade",
                "package org.facade; public class Facade { Object o = org.lib.parser.Parser.parse(\"\"); }",
                "package org.facade; public class Unused { }");
        built.program(main("new org.facade.Facade();"));

        assertThat(built.reach(library).path())
                .containsExactly("app.Main", "org.facade.Facade", "org.lib.parser.Parser");
    }

    @Test
    void whatOnlyAnUnusedClassOfAUsedLibraryNamesIsNot() throws InterruptedException {
        var library = built.library("lib", PARSER);
        built.library(
                "facade",
                "package org.facade; public class Facade { }",
                "package org.facade; public class Unused { Object o = org.lib.parser.Parser.parse(\"\"); }");
        built.program(main("new org.facade.Facade();"));

        assertThat(built.reach(library).answer()).isEqualTo(Answer.UNREACHABLE);
    }

    @Test
    void aTypeInASignatureOrAnAnnotationIsEnough() throws InterruptedException {
        var signed = built.library("signed", "package org.signed; public class Thing { }");
        var noted = built.library(
                "noted",
                "package org.noted; import java.lang.annotation.*;"
                        + " @Retention(RetentionPolicy.RUNTIME) public @interface Note { }");
        built.program("package app; @org.noted.Note class Dto { java.util.List<org.signed.Thing> things; }");

        assertThat(built.reach(signed).answer()).isEqualTo(Answer.REACHABLE);
        assertThat(built.reach(noted).answer()).isEqualTo(Answer.REACHABLE);
    }

    @Test
    void aStringThatNamesAClassCountsAsAReference() throws InterruptedException {
        var library = built.library("lib", PARSER);
        built.program(main("Class.forName(\"org.lib.parser.Parser\");"));

        assertThat(built.reach(library).path()).containsExactly("app.Main", "org.lib.parser.Parser");
    }

    @Test
    void aNameThatIsPutTogetherCountsByItsPackage() throws InterruptedException {
        var library = built.library("lib", PARSER);
        built.library(
                "loader",
                "package org.loader; public class Loader { public static Object load(String name) throws Exception"
                        + " { return Class.forName(\"org.lib.parser.\" + name); } }");
        built.program(main("org.loader.Loader.load(a[0]);"));

        assertThat(built.reach(library).answer()).isEqualTo(Answer.REACHABLE);
    }

    @Test
    void aConfigurationFileOfTheProgramCounts() throws InterruptedException {
        var library = built.library("lib", PARSER);
        built.program(main("")).resource("beans.xml", "<bean class=\"org.lib.parser.Parser\"/>");

        assertThat(built.reach(library).path()).containsExactly("beans.xml", "org.lib.parser.Parser");
    }

    @Test
    void providersOfAServiceCountWhereItIsUsed() throws InterruptedException {
        built.library("api", "package org.api; public interface Codec { }");
        var library = built.library(
                "lib",
                Map.of("META-INF/services/org.api.Codec", "# ours\norg.lib.parser.Own # fast\n"),
                "package org.lib.parser; public class Own implements org.api.Codec { }");
        built.program(main("java.util.ServiceLoader.load(org.api.Codec.class);"));

        assertThat(built.reach(library).path())
                .containsExactly("app.Main", "lib.jar!/META-INF/services/org.api.Codec", "org.lib.parser.Own");
    }

    @Test
    void providersOfAServiceThatNobodyAsksForDoNot() throws InterruptedException {
        built.library("api", "package org.api; public interface Codec { }");
        var library = built.library(
                "lib",
                Map.of("META-INF/services/org.api.Codec", "org.lib.parser.Own"),
                "package org.lib.parser; public class Own implements org.api.Codec { }");
        built.program(main(""));

        assertThat(built.reach(library).answer()).isEqualTo(Answer.UNREACHABLE);
    }

    @Test
    void servicesOfTheJdkAreAskedForByTheJdk() throws InterruptedException {
        var library =
                built.library("lib", Map.of("META-INF/services/java.sql.Driver", "org.lib.parser.Parser"), PARSER);
        built.program(main(""));

        assertThat(built.reach(library).answer()).isEqualTo(Answer.REACHABLE);
    }

    @Test
    void whatSpringConfiguresByItselfCounts() throws InterruptedException {
        var name = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";
        var library = built.library("lib", Map.of(name, "org.lib.parser.Parser\n"), PARSER);
        built.program(main(""));

        assertThat(built.reach(library).path()).containsExactly("lib.jar!/" + name, "org.lib.parser.Parser");
    }

    @Test
    void classesThatTheProgramLoadsByNamesThatItWorksOutMakeItUnknown() throws InterruptedException {
        var library = built.library("lib", PARSER);
        built.program(main("Class.forName(System.getenv(\"PLUGIN\"));"));

        var reach = built.reach(library);

        assertThat(reach.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(reach.because()).isEqualTo("app.Main loads classes by names that it works out");
    }

    @Test
    void soDoesAClassLoaderOfItsOwn() throws InterruptedException {
        var library = built.library("lib", PARSER);
        built.program(main("new java.net.URLClassLoader(new java.net.URL[0]);"));

        assertThat(built.reach(library).because()).isEqualTo("app.Main makes a class loader of its own");
    }

    @Test
    void whatTheProgramLoadsByAFixedNameIsFollowed() throws InterruptedException {
        var library = built.library("lib", PARSER);
        built.program(main("Class.forName(\"app.Main\", true, app.Main.class.getClassLoader());"));

        assertThat(built.reach(library).answer()).isEqualTo(Answer.UNREACHABLE);
    }

    @Test
    void whatIsReachableStaysSoWhateverElseIsUnknown() throws InterruptedException {
        var library = built.library("lib", PARSER);
        built.program(main("Class.forName(a[0]); org.lib.parser.Parser.parse(\"\");"))
                .gap("something is missing");

        assertThat(built.reach(library).answer()).isEqualTo(Answer.REACHABLE);
    }

    @Test
    void whatIsMissingMakesItUnknown() throws InterruptedException {
        var library = built.library("lib", PARSER);
        built.program(main("")).gap("the archive of g:a 1.0 is not in the local repository");

        assertThat(built.reach(library).because()).isEqualTo("the archive of g:a 1.0 is not in the local repository");
    }

    @Test
    void anArchiveWithoutClassesIsUsedInWaysThatCannotBeFollowed() throws InterruptedException {
        var binaries = built.jar("binaries", Map.of("postgres.txz", new byte[10]));
        built.program(main(""));

        assertThat(built.reach(binaries).because()).isEqualTo("it holds no classes that could be followed");
    }

    @Test
    void filesThatAWebServerHandsOutNeedNoClass() throws InterruptedException {
        var library = built.library("lib", Map.of("META-INF/resources/webjars/x.js", "x()"), PARSER);
        built.program(main(""));

        assertThat(built.reach(library).because()).isEqualTo("it holds files that a web server hands out by itself");
    }

    @Test
    void aProgramWithoutClassesTellsNothing() throws InterruptedException {
        var library = built.library("lib", PARSER);

        assertThat(built.reach(library).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aClassForALaterJavaIsReadToo() throws InterruptedException {
        var library = built.library("lib", PARSER);
        built.library("facade", "package org.facade; public class Facade { }");
        built.program(main("new org.facade.Facade();"));
        var source = new Built(directory.resolve("later"));
        source.library("lib", PARSER);
        source.library(
                "later", "package org.facade; public class Facade { Object o = org.lib.parser.Parser.parse(\"\"); }");
        built.jar(
                "facade",
                Map.of(
                        "org/facade/Facade.class", bytes("facade/org/facade/Facade.class"),
                        "META-INF/versions/21/org/facade/Facade.class", bytes("later/later/org/facade/Facade.class")));

        assertThat(built.reach(library).answer()).isEqualTo(Answer.REACHABLE);
    }

    private byte[] bytes(String file) {
        try {
            return java.nio.file.Files.readAllBytes(directory.resolve(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
