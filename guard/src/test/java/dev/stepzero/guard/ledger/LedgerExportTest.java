package dev.stepzero.guard.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.keys.KeyRing;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.guard.ledger.LedgerDatabase.Fresh;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LedgerDatabase.class)
class LedgerExportTest {
    private final Fresh database;
    private PostgresLedger ledger;
    private List<TrustedKey> keys = List.of();

    @TempDir
    Path directory;

    LedgerExportTest(Fresh database) {
        this.database = database;
    }

    @BeforeEach
    void openLedger() throws Exception {
        var ring = KeyRing.in(directory.resolve("keys"), Clock.systemUTC());
        ledger = new PostgresLedger(database.database().dataSource(), ring, Clock.systemUTC());
        ledger.append(Entries.first(300));
        ledger.checkpoint();
        keys = ring.keys();
    }

    @Test
    void anEntrysLineIsTheBytesThatAreHashed() throws Exception {
        var lines = lines(export(0));

        assertThat(lines.stream().filter(line -> line.startsWith("{\"entry\"")))
                .hasSize(300)
                .first()
                .isEqualTo(ledger.reader().find(0).orElseThrow().json());
        assertThat(lines.getFirst())
                .startsWith("{\"ledger\":")
                .contains(keys.getFirst().key().id());
        assertThat(lines.getLast()).isEqualTo("{\"end\":{\"size\":300}}");
    }

    @Test
    void anExportThatWasCutAnywhereIsFoundIncompleteAndGoesOnToTheSameBytes() throws Exception {
        var whole = export(0);
        var file = directory.resolve("export.jsonl");
        for (var cut : List.of(whole.length - 1, whole.length - 30, whole.length / 2, whole.length / 3, 3000)) {
            Files.write(file, Arrays.copyOf(whole, cut));
            assertThat(audit(Files.readAllBytes(file)).fault())
                    .as("cut at %d", cut)
                    .isPresent();

            new LedgerExport(database.server(), keys).write(file);

            assertThat(Files.readAllBytes(file)).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    @Test
    void anOldExportIsBroughtUpToDate() throws Exception {
        var file = directory.resolve("export.jsonl");
        new LedgerExport(database.server(), keys).write(file);
        ledger.append(Entries.first(250));
        ledger.checkpoint();

        var from = new LedgerExport(database.server(), keys).write(file);

        assertThat(from).isEqualTo(299);
        assertThat(Files.readAllBytes(file)).isEqualTo(export(0));
    }

    @Test
    void aRangeIsAuditedByItselfAndBehindTheOneBeforeIt() throws Exception {
        var first = export(0);
        ledger.append(Entries.first(400));
        var checkpoint = ledger.checkpoint();
        var second = export(300);

        var alone = audit(second);
        assertThat(alone.fault()).isEmpty();
        assertThat(alone.from()).isEqualTo(300);
        assertThat(alone.good()).contains(checkpoint.checkpoint());
        var both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        assertThat(audit(both.toByteArray()).fault()).isEmpty();
        assertThat(audit(both.toByteArray()).size()).isEqualTo(700);
    }

    @Test
    void aRangeWhoseBeginningIsForgedDoesNotLeadToTheSignedRoot() throws Exception {
        ledger.append(Entries.first(400));
        ledger.checkpoint();
        var lines = lines(export(290));
        var edge = lines.getFirst();
        lines.set(0, edge.replaceFirst("\"edge\":\\[\"....", "\"edge\":[\"AAAA"));

        assertThat(audit(bytes(lines)).fault()).isPresent();
    }

    @Test
    void aFileThatIsNoExportIsLeftAloneAndSaidSo() throws Exception {
        for (var content :
                List.of("", "hello\n", "{}\n", "{\"end\":{\"size\":0}}\n", "{\"ledger\":{\"v\":2}}\n", "\0\n")) {
            var file = Files.writeString(directory.resolve("other"), content);

            assertThatThrownBy(() -> new LedgerExport(database.server(), keys).write(file))
                    .as(content)
                    .isInstanceOf(UserError.class);
            assertThatThrownBy(() -> audit(content.getBytes(StandardCharsets.UTF_8)))
                    .as(content)
                    .isInstanceOf(UserError.class);
            assertThat(file).hasContent(content);
        }
    }

    @Test
    void whatStandsInAnExportAndIsNoPieceOfItIsFound() throws Exception {
        var lines = lines(export(0));
        for (var stranger : List.of(
                "{\"entry\":{}}",
                "{}",
                "x",
                "{\"checkpoint\":\"\"}",
                "{\"tile\":{\"level\":0,\"index\":0,\"hashes\":\"AAAA\"}}",
                "{\"tile\":{\"level\":0,\"index\":9,\"hashes\":\"\"}}".repeat(2),
                "{\"end\":{\"size\":7}}",
                "{\"ledger\":{\"edge\":[],\"from\":0,\"origin\":\"other\",\"v\":1}}",
                "{\"entry\":" + "[".repeat(100_000),
                "{\"entry\":\"" + "x".repeat(1 << 19) + "\"}")) {
            var changed = new ArrayList<>(lines);
            changed.add(8, stranger);

            var fault = audit(bytes(changed)).fault();

            assertThat(fault)
                    .as(stranger.substring(0, Math.min(40, stranger.length())))
                    .hasValueSatisfying(each -> {
                        assertThat(each.first()).isLessThanOrEqualTo(7);
                        assertThat(each.last()).isBetween(6L, 7L);
                    });
        }
    }

    @Test
    void keysThatTheExportBringsAreNotBelieved() throws Exception {
        var other = SigningKey.in(directory.resolve("other")).verification();

        var audited = new LedgerAudit(List.of(TrustedKey.of(other)), List.of()).of(new ByteArrayInputStream(export(0)));

        assertThat(audited.fault().orElseThrow().what()).contains("no signature of a key that is trusted");
    }

    @Test
    void anEmptyLedgerIsWell() throws Exception {
        var bytes =
                "{\"ledger\":{\"edge\":[\"\"],\"from\":0,\"keys\":[],\"origin\":\"o\",\"v\":1}}\n{\"end\":{\"size\":0}}\n";

        assertThat(audit(bytes.getBytes(StandardCharsets.UTF_8)).fault()).isEmpty();
    }

    private byte[] export(long from) throws IOException {
        var out = new ByteArrayOutputStream();
        new LedgerExport(database.server(), keys).write(from, out);
        return out.toByteArray();
    }

    private Audited audit(byte[] export) throws IOException {
        return new LedgerAudit(keys, List.of()).of(new ByteArrayInputStream(export));
    }

    private static List<String> lines(byte[] export) {
        return new ArrayList<>(
                new String(export, StandardCharsets.UTF_8).lines().toList());
    }

    private static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
