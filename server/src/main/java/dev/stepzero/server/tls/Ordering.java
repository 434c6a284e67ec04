package dev.stepzero.server.tls;

import dev.stepzero.core.UserError;
import dev.stepzero.server.files.PrivateFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.Security;
import java.time.Duration;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.util.KeyPairUtils;

/** Gets one certificate from an authority: account, order, proofs by HTTP-01, and the chain. */
final class Ordering {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PATIENCE_OF_A_REQUEST = Duration.ofSeconds(20);
    private static final String CURVE = "secp256r1";

    private final AcmeSettings settings;
    private final Path folder;

    Ordering(AcmeSettings settings, Path folder) {
        this.settings = settings;
        this.folder = folder;
        // acme4j asks for it by name; behind all others, it changes nothing for anybody else.
        Security.addProvider(new BouncyCastleProvider());
    }

    /**
     * Asks for a certificate and keeps it with a new key.
     *
     * @throws UserError if the authority refuses, does not answer, or finds no proof
     */
    void run() throws InterruptedException {
        var session = settings.root()
                .map(root -> new Session(settings.directory(), new Authority(root)))
                .orElseGet(() -> new Session(settings.directory()));
        session.networkSettings().setTimeout(PATIENCE_OF_A_REQUEST);
        try (var proofs = Proofs.listen(settings)) {
            var order = login(session).newOrder().domains(settings.domains()).create();
            for (var authorization : order.getAuthorizations()) {
                prove(authorization, proofs);
            }
            keep(finish(order));
        } catch (AcmeException e) {
            throw refused(String.valueOf(e.getMessage())).because(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Issued(Order order, KeyPair key) {}

    private Login login(Session session) throws AcmeException {
        var builder = new AccountBuilder().agreeToTermsOfService().useKeyPair(accountKey());
        settings.email().ifPresent(builder::addEmail);
        return builder.createLogin(session);
    }

    /** The account's key, which is made once and that nobody else may read. */
    private KeyPair accountKey() {
        var file = folder.resolve("account.pem");
        try {
            if (Files.notExists(file)) {
                var written = new StringWriter();
                KeyPairUtils.writeKeyPair(KeyPairUtils.createECKeyPair(CURVE), written);
                PrivateFile.write(file, written.toString().getBytes(StandardCharsets.US_ASCII));
            }
            return KeyPairUtils.readKeyPair(
                    new StringReader(new String(PrivateFile.read(file), StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw UserError.unreadable("the account's key cannot be read")
                    .at(file.toString())
                    .fix("bring it back from your backup, or delete it to begin with a new account")
                    .because(e);
        }
    }

    private void prove(Authorization authorization, Proofs proofs) throws AcmeException, InterruptedException {
        if (authorization.getStatus() == Status.VALID) {
            return;
        }
        var domain = authorization.getIdentifier().getDomain();
        Http01Challenge challenge = authorization
                .findChallenge(Http01Challenge.class)
                .orElseThrow(() -> refused("it offers no proof by HTTP for " + domain));
        proofs.serve(challenge.getToken(), challenge.getAuthorization());
        challenge.trigger();
        if (authorization.waitForCompletion(PATIENCE) != Status.VALID) {
            challenge.fetch();
            throw refused("it found no proof for %s: %s"
                    .formatted(domain, challenge.getError().map(String::valueOf).orElse("it gave no reason")));
        }
    }

    private Issued finish(Order order) throws AcmeException, InterruptedException {
        var key = KeyPairUtils.createECKeyPair(CURVE);
        order.waitUntilReady(PATIENCE);
        order.execute(key);
        if (order.waitForCompletion(PATIENCE) != Status.VALID) {
            throw refused("it issued nothing: "
                    + order.getError().map(String::valueOf).orElse("it gave no reason"));
        }
        return new Issued(order, key);
    }

    private void keep(Issued issued) throws IOException {
        var written = new StringWriter();
        KeyPairUtils.writeKeyPair(issued.key(), written);
        issued.order().getCertificate().writeCertificate(written);
        PrivateFile.write(folder.resolve("certificate.pem"), written.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private UserError refused(String why) {
        return UserError.engine("no certificate came: " + why)
                .at(settings.directory().toString())
                .fix("see that each domain leads here, and that its port 80 is passed on to %s:%d"
                        .formatted(settings.host(), settings.port()));
    }
}
