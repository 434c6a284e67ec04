package dev.stepzero.scan.code.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes that lie cost little, and the rest is judged all the same. */
class HostileProgramsTest {
    private static final String RULE = "java-sql-injection";
    private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);

    @TempDir
    private Path directory;

    private JavaProgram program;

    @BeforeEach
    void makeProgram() {
        program = new JavaProgram(directory.resolve("app"))
                .source(JavaProgram.handling("sql.execute(request.getParameter(\"a\"));"))
                .compiled();
    }

    @Test
    void whatIsNoClassIsSaidAndTheRestIsJudged() throws InterruptedException {
        program.write("target/classes/app/Broken.class", new byte[] {1, 2, 3});

        var report = program.scan();

        assertThat(report.findings()).extracting(each -> each.rule()).containsExactly(RULE);
        assertThat(report.coverage().skipped()).extracting(each -> each.path()).contains("app/Broken.class");
    }

    @Test
    void damageAnywhereEndsInAReport() throws InterruptedException, IOException {
        var sound = Files.readAllBytes(program.classes().resolve("app/Example.class"));
        var random = new Random(7);

        for (int i = 0; i < 150; i++) {
            var damaged = sound.clone();
            for (int j = 0; j <= i % 4; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            program.write("target/classes/app/Example.class", damaged);
            assertThat(program.scan()).isNotNull();
        }
        for (int length = 0; length < sound.length; length += 11) {
            program.write("target/classes/app/Example.class", java.util.Arrays.copyOf(sound, length));
            assertThat(program.scan()).isNotNull();
        }
    }

    @Test
    void classesThatAreAboveThemselvesComeToAnEnd() throws InterruptedException {
        var one = ClassDesc.of("app.One");
        var other = ClassDesc.of("app.Other");
        program.write(
                "target/classes/app/One.class",
                ClassFile.of()
                        .build(
                                one,
                                type -> type.withSuperclass(other)
                                        .withMethodBody(
                                                "a",
                                                NOTHING,
                                                ClassFile.ACC_PUBLIC,
                                                code -> code.aload(0)
                                                        .invokevirtual(one, "b", NOTHING)
                                                        .return_())));
        program.write("target/classes/app/Other.class", ClassFile.of().build(other, type -> type.withSuperclass(one)));

        assertThat(program.rules()).containsExactly(RULE);
    }

    @Test
    void aStackThatDoesNotFitIsSaid() throws InterruptedException {
        var type = ClassDesc.of("app.Unfit");
        var bytes = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
                .build(
                        type,
                        each -> each.withMethodBody(
                                "a",
                                NOTHING,
                                ClassFile.ACC_STATIC,
                                code -> code.pop().pop2().return_()));
        program.write("target/classes/app/Unfit.class", bytes);

        var report = program.scan();

        assertThat(report.findings()).extracting(each -> each.rule()).containsExactly(RULE);
        assertThat(report.coverage().skipped()).extracting(each -> each.path()).contains("app/Unfit.a()V");
    }

    @ParameterizedTest
    @ValueSource(strings = {"this is none", "()Lno/end<", "<T:>()V"})
    void aSignatureThatLiesHidesNothing(String signature) throws InterruptedException, IOException {
        page(signature);

        var report = program.scan();

        assertThat(report.findings()).extracting(each -> each.rule()).containsExactlyInAnyOrder(RULE, "java-xss");
        assertThat(report.coverage().skipped()).isEmpty();
    }

    @Test
    void aSignatureWithoutAnEndHidesNothing() throws InterruptedException, IOException {
        page("()" + "[".repeat(60_000) + "I");

        assertThat(program.rules()).containsExactlyInAnyOrder(RULE, "java-xss");
    }

    /** Adds a method of a controller of which the class file says that it has such a signature. */
    private void page(String signature) throws IOException {
        program.source("package org.springframework.web.bind.annotation; public @interface GetMapping {}")
                .source("package org.springframework.web.bind.annotation; public @interface RestController {}")
                .source("""
                        package app;
                        import org.springframework.web.bind.annotation.*;
                        @RestController class Pages { @GetMapping String page(String a) { return "<p>" + a; } }
                        """)
                .compiled();
        var file = program.classes().resolve("app/Pages.class");
        var lie = SignatureAttribute.of(ConstantPoolBuilder.of().utf8Entry(signature));
        var lying = ClassFile.of()
                .transformClass(
                        ClassFile.of().parse(file),
                        ClassTransform.transformingMethods(
                                method -> method.methodName().equalsString("page"),
                                MethodTransform.endHandler(method -> method.with(lie))));
        program.write("target/classes/app/Pages.class", lying);
    }

    @Test
    void aTypeOfAMethodThatIsNoneEndsInAReport() throws InterruptedException, IOException {
        program.source("""
                        package app;
                        class Trusting implements javax.net.ssl.X509TrustManager {
                            public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {}
                            public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {}
                            public java.security.cert.X509Certificate[] getAcceptedIssuers() { return null; }
                        }
                        """).compiled();
        var text = Files.readString(program.classes().resolve("app/Trusting.class"), StandardCharsets.ISO_8859_1);
        var lying = text.replace("([Ljava/security/cert/X509Certificate;Ljava/lang/String;)V", "x".repeat(58));
        program.write("target/classes/app/Trusting.class", lying.getBytes(StandardCharsets.ISO_8859_1));

        var report = program.scan();

        assertThat(report.findings()).extracting(each -> each.rule()).contains(RULE, "java-trust-all-certificates");
        assertThat(report.coverage().skipped())
                .extracting(each -> each.path())
                .contains("app/Trusting.checkServerTrusted" + "x".repeat(58));
    }

    @Test
    void aMethodOfTheLargestSizeIsBounded() throws InterruptedException {
        var type = ClassDesc.of("app.Huge");
        var bytes = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
                .build(
                        type,
                        each -> each.withMethodBody("a", NOTHING, ClassFile.ACC_STATIC, code -> {
                            var start = code.newBoundLabel();
                            for (int i = 0; i < 5_000; i++) {
                                var on = code.newLabel();
                                code.iload(0).ifeq(on).iinc(i % 200, 1).labelBinding(on);
                            }
                            code.goto_w(start);
                        }));
        program.write("target/classes/app/Huge.class", bytes);

        assertThat(program.rules()).containsExactly(RULE);
    }

    @Test
    void anArchiveThatUnpacksWithoutEndIsLeftOut() throws InterruptedException, IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < 4; i++) {
                zip.putNextEntry(new ZipEntry("app/Bomb%d.class".formatted(i)));
                zip.write(new byte[20 << 20]);
            }
        }
        var alone = directory.resolve("bomb.jar");
        Files.write(alone, bytes.toByteArray());

        var report = new JavaCodeScanner().scan(new dev.stepzero.core.Subject.SourceTree("bomb", alone));

        assertThat(report.findings()).isEmpty();
        assertThat(report.coverage().skipped())
                .hasSize(4)
                .allSatisfy(each -> assertThat(each.reason()).isEqualTo("it is larger than 4 MB"));
    }
}
