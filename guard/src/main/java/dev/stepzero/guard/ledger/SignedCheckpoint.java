package dev.stepzero.guard.ledger;

import dev.stepzero.core.Digest;
import dev.stepzero.guard.keys.SigningKey;
import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.guard.keys.VerificationKey;
import dev.stepzero.guard.ledger.merkle.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A checkpoint in a signed note (<a href="https://c2sp.org/signed-note">c2sp.org/signed-note</a>), with ECDSA signatures,
 * type 0x02. Others may have added their own signatures.
 *
 * @param note the note's text with all its signatures
 */
public record SignedCheckpoint(Checkpoint checkpoint, String note) {
    private static final String SIGNATURE = "\u2014 ";
    private static final int LONGEST = 1 << 16;
    private static final int MOST_SIGNATURES = 64;
    private static final int KEY_ID = Integer.BYTES;
    private static final Pattern TEXT = Pattern.compile("([^\\s+]+)\n(0|[1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\n");

    /** A signature: whose it says it is, the first four bytes of the key's digest, and the rest as a text. */
    private record Signature(String name, int key, String base64) {
        byte[] bytes() {
            return Base64.getDecoder().decode(base64);
        }

        boolean isBy(String origin, int id) {
            return name.equals(origin) && key == id;
        }
    }

    static SignedCheckpoint sign(Checkpoint checkpoint, SigningKey key) {
        var text = checkpoint.text();
        var signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        var bytes = ByteBuffer.allocate(KEY_ID + signature.length)
                .putInt(id(key.verification()))
                .put(signature);
        var line = SIGNATURE + checkpoint.origin() + " " + Base64.getEncoder().encodeToString(bytes.array()) + "\n";
        return new SignedCheckpoint(checkpoint, text + "\n" + line);
    }

    /**
     * Reads a note; whether its signatures are worth anything says {@link #standing}.
     *
     * @throws IllegalArgumentException with the reason, if it is no checkpoint
     */
    public static SignedCheckpoint parse(String note) {
        if (note.length() > LONGEST) {
            throw new IllegalArgumentException("it is too long to be a checkpoint");
        }
        var end = note.lastIndexOf("\n\n");
        var text = TEXT.matcher(end < 0 ? "" : note.substring(0, end + 1));
        if (!text.matches()) {
            throw new IllegalArgumentException("it is no checkpoint: three lines, a blank one, and signatures");
        }
        var checkpoint = new Checkpoint(text.group(1), Long.parseLong(text.group(2)), Hash.parse(text.group(3)));
        var signed = new SignedCheckpoint(checkpoint, note);
        signed.signatures();
        return signed;
    }

    private List<Signature> signatures() {
        var signatures = new ArrayList<Signature>();
        var lines = note.substring(note.lastIndexOf("\n\n") + 2);
        if (!lines.endsWith("\n")) {
            throw new IllegalArgumentException("its last line has no end");
        }
        for (var line : lines.lines().toList()) {
            var words = line.split(" ", -1);
            if (words.length != 3 || !line.startsWith(SIGNATURE) || words[1].isEmpty()) {
                throw new IllegalArgumentException("it has a line that is no signature");
            }
            var bytes = Base64.getDecoder().decode(words[2]);
            if (bytes.length <= KEY_ID || signatures.size() == MOST_SIGNATURES) {
                throw new IllegalArgumentException("it has a broken signature, or too many");
            }
            var rest = Arrays.copyOfRange(bytes, KEY_ID, bytes.length);
            var key = ByteBuffer.wrap(bytes).getInt();
            signatures.add(new Signature(words[1], key, Base64.getEncoder().encodeToString(rest)));
        }
        return signatures;
    }

    /** What its signatures are worth. */
    sealed interface Standing {
        /** A key that is trusted signed it. */
        record Good(VerificationKey key) implements Standing {}

        /** A key signed it that was taken back since. */
        record Revoked(String why) implements Standing {}

        /** No key that is trusted signed it. */
        record Refused(String why) implements Standing {}
    }

    /** A key that only ended still counts, for a note has no time of its own; one that was revoked does not. */
    Standing standing(List<TrustedKey> keys) {
        Standing standing = new Standing.Refused("it bears no signature of a key that is trusted");
        var text = checkpoint.text().getBytes(StandardCharsets.UTF_8);
        for (var signature : signatures()) {
            for (var trusted : keys) {
                if (!signature.isBy(checkpoint.origin(), id(trusted.key()))) {
                    continue;
                }
                if (!trusted.key().verifies(text, signature.bytes())) {
                    return new Standing.Refused("the signature of the key %s is broken"
                            .formatted(trusted.key().id()));
                }
                if (trusted.revoked() == null) {
                    return new Standing.Good(trusted.key());
                }
                standing = new Standing.Revoked("the key %s was revoked on %s: %s"
                        .formatted(trusted.key().id(), trusted.revoked(), trusted.reason()));
            }
        }
        return standing;
    }

    /** The first four bytes of the SHA-256 of the key's DER, as the notes of ECDSA keys name it. */
    private static int id(VerificationKey key) {
        return ByteBuffer.wrap(Digest.sha256().digest(key.der())).getInt();
    }
}
