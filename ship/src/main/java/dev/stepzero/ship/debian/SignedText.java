package dev.stepzero.ship.debian;

import dev.stepzero.core.UserError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/** Opens a clear-signed text (RFC 9580, section 7): what comes out is what was signed, and nothing around it. */
final class SignedText {
    private static final Set<Integer> STRONG_HASHES = Set.of(
            HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512, HashAlgorithmTags.SHA224);

    private final List<PGPPublicKeyRingCollection> keyrings;
    private final Instant now;

    SignedText(List<Path> keyrings, Instant now) {
        this.keyrings = keyrings.stream().map(SignedText::readKeyring).toList();
        this.now = now;
    }

    private static PGPPublicKeyRingCollection readKeyring(Path file) {
        try (var in = PGPUtil.getDecoderStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            return new PGPPublicKeyRingCollection(in, new BcKeyFingerprintCalculator());
        } catch (IOException | PGPException e) {
            throw UserError.unreadable("the archive's keyring cannot be read")
                    .at(file.toString())
                    .fix("install the package debian-archive-keyring, or name another keyring")
                    .because(e);
        }
    }

    /**
     * The signed text, if a key of the keyrings signed it that has neither expired nor been revoked.
     *
     * @param place names the text in errors
     */
    String open(byte[] clearSigned, String place) {
        try (var armored = new ArmoredInputStream(new ByteArrayInputStream(clearSigned))) {
            if (!armored.isClearText()) {
                throw refused("it is not signed", place);
            }
            var lines = readLines(armored);
            var objects = new BcPGPObjectFactory(armored);
            if (objects.nextObject() instanceof PGPSignatureList signatures) {
                for (var signature : signatures) {
                    if (verifies(signature, lines)) {
                        return String.join("\n", lines) + "\n";
                    }
                }
            }
            throw refused("no signature on it was made by a key that is trusted for it", place);
        } catch (IOException | PGPException | RuntimeException e) {
            throw e instanceof UserError known
                    ? known
                    : refused("its signature is damaged", place).because(e);
        }
    }

    private static UserError refused(String why, String place) {
        return UserError.blocked("the Debian archive is refused: " + why)
                .at(place)
                .fix("check the mirror and the keyring; never build from an archive that does not verify");
    }

    /** The lines as they count for the signature: without the white space at their ends. */
    private static List<String> readLines(ArmoredInputStream armored) throws IOException {
        var text = new ByteArrayOutputStream();
        for (var c = armored.read(); c >= 0 && armored.isClearText(); c = armored.read()) {
            text.write(c);
        }
        var lines = new ArrayList<String>();
        for (var line : text.toString(StandardCharsets.UTF_8).split("\r?\n", -1)) {
            lines.add(line.replaceFirst("[ \t\r]+$", ""));
        }
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    private boolean verifies(PGPSignature signature, List<String> lines) throws PGPException {
        var key = find(signature.getKeyID());
        if (key.isEmpty()
                || signature.getSignatureType() != PGPSignature.CANONICAL_TEXT_DOCUMENT
                || !STRONG_HASHES.contains(signature.getHashAlgorithm())) {
            return false;
        }
        signature.init(new BcPGPContentVerifierBuilderProvider(), key.get());
        signature.update(String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8));
        return signature.verify();
    }

    private Optional<PGPPublicKey> find(long id) {
        for (var keyring : keyrings) {
            for (var ring : keyring) {
                var key = ring.getPublicKey(id);
                if (key != null && valid(key) && valid(ring.getPublicKey())) {
                    return Optional.of(key);
                }
            }
        }
        return Optional.empty();
    }

    private boolean valid(PGPPublicKey key) {
        var lifetime = key.getValidSeconds();
        var expires = key.getCreationTime().toInstant().plusSeconds(lifetime);
        return !key.hasRevocation() && (lifetime == 0 || now.isBefore(expires));
    }
}
