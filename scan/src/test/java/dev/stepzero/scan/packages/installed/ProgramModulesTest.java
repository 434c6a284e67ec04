package dev.stepzero.scan.packages.installed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.installed.binary.ProgramModules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramModulesTest {
    private static final String MODULES = """
            path\texample.com/cmd/server
            mod\texample.com/cmd\t(devel)\t
            dep\tgithub.com/spf13/cobra\tv1.8.1\th1:e5/vxKd/rZsfSJMUX1agtjeTDf+qv1/JdBF8gg5k9ZM=
            dep\tgolang.org/x/net\tv0.20.0
            =>\tgolang.org/x/net\tv0.33.0\th1:74SYHlV8BIgHIFC/LrYkOGIwL19eTYXQ5wc6TBuO36I=
            dep\texample.com/local\tv0.1.0
            =>\t./local\t(devel)\t
            build\t-compiler=gc
            """;

    private static List<String> read(byte[] program) throws IOException {
        return ProgramModules.read(new ByteArrayInputStream(program)).stream()
                .map(each -> each.purl() + (each.scope() == Scope.RUNTIME ? "" : " " + each.scope()))
                .toList();
    }

    private static byte[] marked(String modules) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex("3077af0c9274080241e1c107e6d618e6"));
        out.writeBytes(modules.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(HexFormat.of().parseHex("f932433186182072008242104116d8f2"));
        return out.toByteArray();
    }

    private static byte[] goInfo(String version, byte[] modules) {
        var out = new ByteArrayOutputStream();
        out.writeBytes("\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1));
        out.write(8);
        out.write(2);
        out.writeBytes(new byte[16]);
        length(out, version.length());
        out.writeBytes(version.getBytes(StandardCharsets.UTF_8));
        length(out, modules.length);
        out.writeBytes(modules);
        return out.toByteArray();
    }

    private static void length(ByteArrayOutputStream out, int length) {
        int left = length;
        for (; left >= 0x80; left >>= 7) {
            out.write(left & 0x7f | 0x80);
        }
        out.write(left);
    }

    private static byte[] program(int before, byte[] section) {
        var noise = new byte[before];
        new Random(7).nextBytes(noise);
        var out = new ByteArrayOutputStream();
        out.writeBytes(noise);
        out.writeBytes(section);
        out.writeBytes(new byte[5000]);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 262_080, 262_144 - 16, 1 << 20})
    void goTellsItsVersionAndModulesWhereverTheyLie(int before) throws Exception {
        var program = program(before, goInfo("go1.23.4 X:boringcrypto", marked(MODULES)));

        assertThat(read(program))
                .containsExactly(
                        "pkg:golang/stdlib@1.23.4",
                        "pkg:golang/example.com/cmd",
                        "pkg:golang/github.com/spf13/cobra@v1.8.1",
                        "pkg:golang/golang.org/x/net@v0.33.0",
                        "pkg:golang/example.com/local@v0.1.0");
    }

    @Test
    void ofOldGoTheModulesAreFoundByTheMarksAroundThem() throws Exception {
        assertThat(read(program(300_001, marked(MODULES)))).hasSize(4).contains("pkg:golang/golang.org/x/net@v0.33.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 262_143, 262_200, 600_000})
    void rustTellsWhatCargoAuditableWrote(int before) throws Exception {
        var section = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(section)) {
            out.write("""
                    {"packages":[{"name":"cc","version":"1.0.1","source":"crates.io","kind":"build"},\
                    {"name":"app","version":"0.1.0","source":"local","dependencies":[0],"root":true}]}""".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(read(program(before, section.toByteArray())))
                .containsExactly("pkg:cargo/cc@1.0.1 DEVELOPMENT", "pkg:cargo/app@0.1.0");
    }

    @Test
    void whatOnlyLooksLikeItIsNothing() throws Exception {
        assertThat(read(program(1 << 20, new byte[0]))).isEmpty();
        assertThat(read(program(16, goInfo("go1.23", new byte[0]))).stream().toList())
                .containsExactly("pkg:golang/stdlib@1.23");
        assertThat(read("\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1)))
                .isEmpty();
        assertThat(read(new byte[0])).isEmpty();
    }
}
