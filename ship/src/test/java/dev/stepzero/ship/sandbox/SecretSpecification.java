package dev.stepzero.ship.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.guard.secrets.IssuedSecret;
import dev.stepzero.guard.secrets.SecretValue;
import dev.stepzero.ship.sandbox.SandboxCommand.Secret;
import dev.stepzero.ship.sandbox.SandboxResult.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every sandbox does with a command's secrets. */
abstract class SecretSpecification extends SurvivalSpecification {
    private static final String VALUE = "correct horse 'battery' \"$staple\"";

    @AfterEach
    void noSecretIsLeft() throws Exception {
        assertThat(handovers()).isEmpty();
    }

    @Test
    void aSecretIsAFileThatOnlyTheCommandCanRead() throws Exception {
        runWith(
                List.of(file("TOKEN", VALUE)),
                "stat -c '%a %F' $TOKEN_FILE; wc -c <$TOKEN_FILE; id -u; stat -c %u $TOKEN_FILE");

        assertThat(lines).hasSize(4);
        assertThat(lines.subList(0, 2)).containsExactly("400 regular file", Integer.toString(VALUE.length()));
        assertThat(lines.get(2)).isEqualTo(lines.get(3));
    }

    @Test
    void aSecretLiesInMemory() throws Exception {
        runWith(List.of(file("TOKEN", VALUE)), "df $TOKEN_FILE | tail -n 1");

        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst()).matches("(tmpfs|shm) .*");
    }

    @Test
    void aSecretThatTheCommandWritesIsHidden() throws Exception {
        runWith(List.of(file("TOKEN", VALUE)), "cat $TOKEN_FILE; echo; base64 $TOKEN_FILE; echo end >&2");

        assertThat(lines).containsExactlyInAnyOrder("***", "***", "end");
    }

    @Test
    void aSecretMayBeAVariableToo() throws Exception {
        var value = VALUE + "\n\n";

        runWith(
                List.of(variable("TOKEN", value), file("OTHER", "something else")),
                "printf %s \"$TOKEN\" | cmp - $TOKEN_FILE && echo same; echo \"${OTHER-unset}\"");

        assertThat(lines).containsExactly("same", "unset");
    }

    @Test
    void aVersionThatIsStillValidIsThereToo() throws Exception {
        var both = new IssuedSecret("TOKEN", 2, value("the new one"), Optional.of(value("the old one")), false);

        runWith(
                List.of(new Secret(both, false)),
                "[ \"$(cat $TOKEN_FILE)\" = \"the new one\" ] && [ \"$(cat $TOKEN_PREVIOUS_FILE)\" = \"the old one\" ]"
                        + " && echo both; cat $TOKEN_PREVIOUS_FILE");

        assertThat(lines).containsExactly("both", "***");
    }

    @Test
    void theNextCommandKnowsNothingOfIt() throws Exception {
        runWith(List.of(variable("TOKEN", VALUE)), "true");

        run("env; ls -A /run/secrets 2>/dev/null; echo end");

        assertThat(lines).endsWith("end").noneMatch(line -> line.contains("TOKEN"));
    }

    @Test
    void noCommandLineAndNoOtherEnvironmentHoldsIt() throws Exception {
        var arguments = new AtomicReference<>("");
        var value = "needle-" + System.nanoTime();

        var seen = workspace.resolve("seen");
        sandbox()
                .run(
                        command("echo started; while [ ! -e seen ]; do sleep 0.1; done; echo done")
                                .secrets(List.of(variable("TOKEN", value)))
                                .build(),
                        line -> {
                            if (line.equals("started")) {
                                arguments.set(commandLines());
                                create(seen);
                            }
                        });

        assertThat(arguments.get()).contains("started").doesNotContain(value);
    }

    @Test
    void itIsGoneFromTheWayInBeforeTheCommandStarts() throws Exception {
        var left = new AtomicReference<>("not looked");

        sandbox()
                .run(
                        command("echo started; sleep 1")
                                .secrets(List.of(file("TOKEN", VALUE)))
                                .build(),
                        line -> left.set(handoverFiles()));

        assertThat(left.get()).isEqualTo("");
    }

    @Test
    void aCanaryThatShowsUpEndsTheCommand() throws Exception {
        var canary = new IssuedSecret("BIRD", 1, value("sing a song"), Optional.empty(), true);

        var result = runWith(List.of(new Secret(canary, false)), "cat $BIRD_FILE; echo; sleep 1000");

        assertThat(result.ending()).isEqualTo(Ending.CANARY);
        assertThat(lines).containsExactly("***");
    }

    @Test
    void aCanaryInTheLastWordsIsSeenToo() throws Exception {
        var canary = new IssuedSecret("BIRD", 1, value("sing a song"), Optional.empty(), true);

        var result = runWith(List.of(new Secret(canary, false)), "base64 $BIRD_FILE");

        assertThat(result.ending()).isEqualTo(Ending.CANARY);
    }

    @Test
    void secretsAreNotLeftWhereTheCommandIsCut() throws Exception {
        var runner = Thread.currentThread();

        assertThatThrownBy(() -> sandbox()
                        .run(
                                command("echo started; sleep 1000")
                                        .secrets(List.of(file("TOKEN", VALUE)))
                                        .build(),
                                line -> runner.interrupt()))
                .isInstanceOf(InterruptedException.class);

        assertThat(handovers()).isEmpty();
    }

    SandboxResult runWith(List<Secret> secrets, String script) throws InterruptedException {
        return sandbox().run(command(script).secrets(secrets).build(), lines::add);
    }

    static Secret file(String name, String text) {
        return new Secret(new IssuedSecret(name, 1, value(text), Optional.empty(), false), false);
    }

    private static Secret variable(String name, String text) {
        return new Secret(new IssuedSecret(name, 1, value(text), Optional.empty(), false), true);
    }

    private static SecretValue value(String text) {
        return SecretValue.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<Path> handovers() throws IOException {
        var mine = "stepzero-secrets-" + Invoker.identity(ProcessHandle.current()) + "-*";
        try (var all = Files.newDirectoryStream(SecretHandover.MEMORY, mine)) {
            var paths = new ArrayList<Path>();
            all.forEach(paths::add);
            return paths;
        }
    }

    /** The files that still wait to be taken in. */
    private static String handoverFiles() {
        var names = new StringBuilder();
        try {
            for (var handover : handovers()) {
                try (var files = Files.list(handover.resolve("in"))) {
                    files.forEach(names::append);
                }
            }
        } catch (IOException e) {
            names.append(e);
        }
        return names.toString();
    }

    private static void create(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String commandLines() {
        var all = new StringBuilder();
        ProcessHandle.allProcesses().forEach(process -> {
            try {
                all.append(Files.readString(
                        Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // It has ended meanwhile.
            }
        });
        return all.toString();
    }
}
