package dev.stepzero.scan.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Reach;
import dev.stepzero.core.Reach.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an advisory names methods: whether the program's calls lead there. */
class CalledMethodsTest {
    private static final String[] LIBRARY = {
        """
        package org.lib; public interface Codec { String decode(String text); default String both(String t) { return decode(t); } }
        """,
        """
        package org.lib; public class Bad implements Codec {
            static int loaded = Danger.initialised();
            public String decode(String text) { return Danger.decode(text); }
            public static class Inner { public void run() { Danger.inner(); } }
        }
        """,
        "package org.lib; public class Worse extends Bad { public String decode(String t) { return Danger.worse(t); } }",
        "package org.lib; public class Good implements Codec { public String decode(String text) { return text; } }",
        """
        package org.lib; public class Task implements Runnable { public void run() { Danger.task(); } }
        """,
        """
        package org.lib; public class Danger {
            public Danger() {}
            public static String decode(String text) { return text; }
            public static String worse(String text) { return text; }
            public static int initialised() { return 1; }
            public static void inner() {}
            public static void task() {}
            public static void never() {}
        }
        """,
        "package org.lib; public class Other { public static Codec good() { return new Good(); } }",
    };

    @TempDir
    private Path directory;

    private Built built;
    private Path library;

    @BeforeEach
    void makeLibrary() {
        built = new Built(directory);
        library = built.library("lib", LIBRARY);
    }

    private Reach after(String body, String... symbols) throws InterruptedException {
        built.program("package app; import org.lib.*; public class Main {"
                + " public static void main(String[] a) throws Exception { %s } }".formatted(body));
        return built.reach(library, symbols);
    }

    @Test
    void aDirectCallIsFollowed() throws InterruptedException {
        var reach = after("Danger.decode(\"\");", "org.lib.Danger.decode");

        assertThat(reach.answer()).isEqualTo(Answer.REACHABLE);
        assertThat(reach.path()).containsExactly("app.Main.main", "org.lib.Danger.decode");
    }

    @Test
    void anotherMethodOfAUsedClassIsNotReachable() throws InterruptedException {
        var reach = after("Danger.decode(\"\");", "org.lib.Danger.never");

        assertThat(reach.answer()).isEqualTo(Answer.UNREACHABLE);
        assertThat(reach.because()).isEqualTo("nothing that the program calls leads to org.lib.Danger.never");
    }

    @Test
    void anUnusedClassOfAUsedLibraryIsNotReachable() throws InterruptedException {
        assertThat(after("new Good().decode(\"\");", "org.lib.Task.run").answer())
                .isEqualTo(Answer.UNREACHABLE);
    }

    @Test
    void aCallThroughAnInterfaceMayEndInWhateverImplementsIt() throws InterruptedException {
        var reach = after("Codec c = a.length == 0 ? new Bad() : new Good(); c.decode(\"\");", "org.lib.Danger.decode");

        assertThat(reach.path()).containsExactly("app.Main.main", "org.lib.Bad.decode", "org.lib.Danger.decode");
    }

    @Test
    void aDefaultMethodLeadsToWhatOverridesTheOthers() throws InterruptedException {
        var reach = after("Codec c = new Bad(); c.both(\"\");", "org.lib.Danger.decode");

        assertThat(reach.path())
                .containsExactly("app.Main.main", "org.lib.Codec.both", "org.lib.Bad.decode", "org.lib.Danger.decode");
    }

    @Test
    void aCallOfAClassMayEndInASubclass() throws InterruptedException {
        assertThat(after("Bad b = new Worse(); b.decode(\"\");", "org.lib.Danger.worse")
                        .answer())
                .isEqualTo(Answer.REACHABLE);
    }

    @Test
    void anOverrideOfTheProgramThatCallsItsSuperMethodIsFollowed() throws InterruptedException {
        built.program("package app; public class Mine extends org.lib.Bad {"
                + " @Override public String decode(String t) { return super.decode(t); } }");

        assertThat(built.reach(library, "org.lib.Danger.decode").path())
                .containsExactly("app.Mine.decode", "org.lib.Bad.decode", "org.lib.Danger.decode");
    }

    @Test
    void aLambdaCountsWhereItIsMade() throws InterruptedException {
        var reach = after("Runnable r = () -> Danger.decode(\"\"); r.run();", "org.lib.Danger.decode");

        assertThat(reach.answer()).isEqualTo(Answer.REACHABLE);
    }

    @Test
    void soDoesAReferenceToAMethod() throws InterruptedException {
        var reach = after(
                "java.util.function.UnaryOperator<String> f = new Bad()::decode; f.apply(\"\");",
                "org.lib.Danger.decode");

        assertThat(reach.path()).containsExactly("app.Main.main", "org.lib.Bad.decode", "org.lib.Danger.decode");
    }

    @Test
    void whatTheJdkCallsBackIsCalledOnceTheObjectIsMade() throws InterruptedException {
        assertThat(after("new Thread(new Task()).start();", "org.lib.Danger.task")
                        .path())
                .containsExactly("app.Main.main", "org.lib.Task.run", "org.lib.Danger.task");
    }

    @Test
    void initialisersRunWithTheirClass() throws InterruptedException {
        assertThat(after("new Bad();", "org.lib.Danger.initialised").path())
                .containsExactly("app.Main.main", "org.lib.Bad.<clinit>", "org.lib.Danger.initialised");
    }

    @Test
    void aClassThatAStringNamesIsOpenToReflection() throws InterruptedException {
        var reach =
                after("Class.forName(\"org.lib.Task\").getDeclaredConstructor().newInstance();", "org.lib.Danger.task");

        assertThat(reach.answer()).isEqualTo(Answer.REACHABLE);
    }

    @Test
    void aClassThatFrameworksMayBindIsOpenToo() throws InterruptedException {
        built.program("package app; public class Dto { public java.util.List<org.lib.Task> tasks; }");

        assertThat(built.reach(library, "org.lib.Danger.task").answer()).isEqualTo(Answer.REACHABLE);
    }

    @Test
    void aProviderOfAServiceIsOpenWhereItIsUsed() throws InterruptedException {
        var declared = "org.lib.Worse".getBytes(StandardCharsets.UTF_8);
        built.jar("declared", Map.of("META-INF/services/org.lib.Codec", declared));

        var reach = after(
                "java.util.ServiceLoader.load(Codec.class).iterator().next().decode(\"\");", "org.lib.Danger.worse");

        assertThat(reach.answer()).isEqualTo(Answer.REACHABLE);
    }

    @Test
    void reflectionInTheProgramLeavesItOpen() throws InterruptedException {
        var reach =
                after("Danger.decode(\"\"); Danger.class.getMethods()[a.length].invoke(null);", "org.lib.Other.good");
        assertThat(reach.answer()).isEqualTo(Answer.UNREACHABLE);

        var used =
                after("Other o = null; for (var m : o.getClass().getMethods()) { m.invoke(o); }", "org.lib.Other.good");
        assertThat(used.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(used.because()).isEqualTo("the program calls methods by reflection");
    }

    @Test
    void aStringThatIsTheNameOfTheMethodLeavesItOpen() throws InterruptedException {
        var reach = after("Danger.decode(\"never\");", "org.lib.Danger.never");

        assertThat(reach.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(reach.because()).isEqualTo("the program has a string 'never', by which reflection could call it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.lib.Bad.Inner.run",
                "org.lib.Bad$Inner.run",
                "org.lib.Bad$Inner#run",
                "org/lib/Bad$Inner.run()V",
                "org.lib.Bad.Inner::run",
                "org.lib.Bad.Inner.run(java.lang.String)",
                "org.lib.Bad.Inner",
            })
    void methodsAreUnderstoodHoweverAnAdvisoryWritesThem(String symbol) throws InterruptedException {
        assertThat(after("new Bad.Inner().run();", symbol).path()).contains("app.Main.main");
        assertThat(after("Danger.decode(\"\");", symbol).answer()).isEqualTo(Answer.UNREACHABLE);
    }

    @Test
    void aConstructorIsWrittenAsItsClass() throws InterruptedException {
        assertThat(after("new Danger();", "org.lib.Danger.Danger").path())
                .containsExactly("app.Main.main", "org.lib.Danger.<init>");
    }

    @Test
    void aMethodThatThisVersionDoesNotHaveLeavesItToTheClasses() throws InterruptedException {
        var reach = after("Danger.decode(\"\");", "org.lib.Danger.gone", "org.lib.Danger.never");
        var elsewhere = built.reach(library, "org.lib.Missing.method");

        assertThat(reach.path()).containsExactly("app.Main", "org.lib.Danger");
        assertThat(elsewhere.path()).containsExactly("app.Main", "org.lib.Danger");
    }
}
