package dev.stepzero.server.settings;

import dev.stepzero.guard.keys.KeyRings;
import dev.stepzero.guard.ledger.InstalledLedger;
import dev.stepzero.guard.secrets.KeyEncryption;
import dev.stepzero.server.Server;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.server.page.Page;
import dev.stepzero.ship.queue.Servers;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** What the server runs with. Nothing here can be switched: it is decided where the server is started. */
@Controller
class SettingsPage {
    private final ServerSettings settings;
    private final Jdbi jdbi;
    private final InstalledLedger ledger;
    private final Servers servers;
    private final Clock clock;

    SettingsPage(ServerSettings settings, Jdbi jdbi, InstalledLedger ledger, Servers servers, Clock clock) {
        this.settings = settings;
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.servers = servers;
        this.clock = clock;
    }

    @GetMapping("/settings")
    Page show() throws InterruptedException {
        var home = settings.home().root();
        var variables = settings.environment();
        return Page.of("settings/settings", "Settings")
                .with("now", clock.instant())
                .with("version", version())
                .with(
                        "listen",
                        settings.listen().host() + ":" + settings.listen().port())
                .with("publicUrl", settings.publicUrl().map(URI::toString))
                .with("tls", settings.tls().map(files -> files.certificate().toString()))
                .with("certificate", settings.tls().flatMap(files -> Certificate.in(files.certificate())))
                .with("home", home.toString())
                .with(
                        "database",
                        StoredState.of(jdbi, variables.getOrDefault("STEPZERO_DATABASE_URL", ""), home.toString()))
                .with("secretsKey", variables.getOrDefault(KeyEncryption.KEY, "file:" + home.resolve("secrets/key")))
                .with("keys", keys())
                .with("kept", kept())
                .with("servers", servers.all())
                .with("waiting", servers.waiting())
                .with("entries", ledger.ledger().reader().size())
                .with("pending", ledger.ledger().reader().pending())
                .with("checkpoint", ledger.ledger().reader().checkpoint());
    }

    /** The program's, or that it was not released. */
    static String version() {
        return Objects.requireNonNullElse(Server.class.getPackage().getImplementationVersion(), "not released");
    }

    private List<SigningKeyRow> keys() throws InterruptedException {
        var rows = new ArrayList<SigningKeyRow>();
        if (!ledger.keys().isEmpty()) {
            ledger.keys().keys().forEach(key -> rows.add(new SigningKeyRow("the ledger", key)));
        }
        for (var ring : new KeyRings(settings.home().keys(), clock).all().entrySet()) {
            ring.getValue().keys().forEach(key -> rows.add(new SigningKeyRow(ring.getKey(), key)));
        }
        return rows;
    }

    private List<KeptFile> kept() {
        var home = settings.home();
        var server = home.root().resolve("server");
        return List.of(
                KeptFile.at(server.resolve("sealing.key"), "nobody can use their authenticator application any more"),
                KeptFile.at(home.root().resolve("secrets/key"), "no secret can be read any more"),
                KeptFile.at(home.keys(), "new keys sign, and whoever trusts the present ones must be told"),
                KeptFile.at(home.ledger(), "the ledger's checkpoints are signed by a new key"),
                KeptFile.at(home.registry(), "images and their evidence are gone"));
    }
}
