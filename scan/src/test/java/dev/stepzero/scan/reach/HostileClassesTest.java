package dev.stepzero.scan.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Reach.Answer;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others compiled, or made up, costs little and never passes for unreachable. */
class HostileClassesTest {
    private static final String CALLS = "package app; public class Main { Object o = new org.lib.Thing(); }";

    @TempDir
    private Path directory;

    private Built built;
    private Path target;

    @BeforeEach
    void makeTarget() {
        built = new Built(directory);
        target = built.library("target", "package org.target; public class Target { public void run() { } }");
    }

    @Test
    void aBrokenClassMakesItUnknown() throws InterruptedException {
        built.library("lib", "package org.lib; public class Thing { }");
        built.program(CALLS);
        built.jar("lib", Map.of("org/lib/Thing.class", new byte[] {1, 2, 3}));

        for (var symbols : new String[][] {{}, {"org.target.Target.run"}}) {
            var reach = built.reach(target, symbols);
            assertThat(reach.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(reach.because()).startsWith("org.lib.Thing in lib.jar cannot be read: ");
        }
    }

    @Test
    void aBrokenArchiveMakesItUnknown() throws InterruptedException, IOException {
        var broken = built.library("lib", "package org.lib; public class Thing { }");
        built.program(CALLS);
        Files.write(broken, new byte[] {'P', 'K', 3, 4});

        assertThat(built.reach(target).because()).startsWith("lib.jar cannot be read: ");
    }

    @Test
    void aClassThatNothingReachesMayBeBroken() throws InterruptedException {
        built.program("package app; public class Main { }");
        built.jar("lib", Map.of("org/lib/Thing.class", new byte[] {1, 2, 3}));

        assertThat(built.reach(target).answer()).isEqualTo(Answer.UNREACHABLE);
    }

    @Test
    void damageAnywhereInAClassEndsInAnAnswer() throws InterruptedException, IOException {
        built.library(
                "lib",
                "package org.lib; @Deprecated(since = \"1\") public class Thing implements Runnable {"
                        + " public void run() { Runnable r = () -> System.out.println(\"a\" + this); r.run();"
                        + " switch (hashCode()) { case 1 -> run(); case 2 -> r.run(); default -> { } } } }");
        built.program(CALLS);
        var sound = Files.readAllBytes(directory.resolve("lib/org/lib/Thing.class"));
        var random = new Random(4);

        for (int i = 0; i < 100; i++) {
            var damaged = sound.clone();
            for (int j = 0; j <= i % 4; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            built.jar("lib", Map.of("org/lib/Thing.class", damaged));
            assertThat(built.reach(target, "org.target.Target.run")).isNotNull();
        }
    }

    @Test
    void aHierarchyThatGoesInCirclesEnds() throws InterruptedException {
        built.library("lib", "package org.lib; public class Thing { public void run() { } }");
        built.program("package app; public class Main { { new org.lib.Thing().run(); } }");
        var classes = new HashMap<String, byte[]>();
        classes.put("org/lib/Thing.class", below("org.lib.Thing", "org.lib.Round"));
        classes.put("org/lib/Round.class", below("org.lib.Round", "org.lib.Thing"));
        built.jar("lib", classes);

        assertThat(built.reach(target, "org.target.Target.run").answer()).isEqualTo(Answer.UNREACHABLE);
    }

    private static byte[] below(String name, String parent) {
        return ClassFile.of().build(ClassDesc.of(name), each -> each.withSuperclass(ClassDesc.of(parent)));
    }

    @Test
    void aBombIsGivenUp() throws InterruptedException {
        built.library("lib", "package org.lib; public class Thing { }");
        built.program(CALLS);
        built.jar("lib", Map.of("org/lib/Thing.class", new byte[1 << 20]));

        built.within(new Limits(1000, 1 << 16, 1 << 20, 1000));
        assertThat(built.reach(target).because()).contains("larger than 0 MB");
        built.within(new Limits(1000, 1 << 21, 1 << 16, 1000));
        assertThat(built.reach(target).because()).contains("unpacks to more than");
    }

    @Test
    void moreClassesThanAreFollowedMakeItUnknown() throws InterruptedException {
        built.program("package app; public class Main { }");
        var classes = new HashMap<String, byte[]>();
        for (int i = 0; i < 50; i++) {
            classes.put("p/C" + i + ".class", new byte[0]);
        }
        built.jar("many", classes);

        built.within(new Limits(20, 1 << 20, 1 << 20, 1000));
        assertThat(built.reach(target).because()).contains("the class path has more than 20 classes");
    }

    @Test
    void moreCallsThanAreFollowedMakeItUnknown() throws InterruptedException {
        built.program("package app; public class Main { void a() { b(); a(); } void b() { a(); } }");

        built.within(new Limits(1000, 1 << 20, 1 << 24, 2));
        assertThat(built.reach(target, "org.target.Target.run").because()).contains("more than 2 calls");
    }

    @Test
    void aHundredThousandClassesTakeNoMoreThanTheirNames() throws InterruptedException {
        built.program("package app; public class Main { }");
        var classes = new HashMap<String, byte[]>();
        for (int i = 0; i < 100_000; i++) {
            classes.put("p/q" + i % 100 + "/C" + i + ".class", new byte[0]);
        }
        built.jar("many", classes);

        assertThat(built.reach(target).answer()).isEqualTo(Answer.UNREACHABLE);
    }
}
