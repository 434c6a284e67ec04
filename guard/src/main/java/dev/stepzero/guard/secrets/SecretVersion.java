package dev.stepzero.guard.secrets;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One version of a secret: what everything encrypted for it is bound to, so that no row can stand in for another.
 *
 * @param id which secret
 * @param number counts from 1
 */
public record SecretVersion(SecretId id, int number) {
    private static final String FORMAT = "stepzero secret 1";

    /**
     * The associated data of its encryption: each part behind its length, so that no two versions share it.
     *
     * @param purpose what the encrypted thing is
     */
    byte[] bytes(String purpose) {
        var scope = id.scope();
        var parts = new String[] {FORMAT, purpose, scope.project(), scope.environment(), scope.step(), id.name()};
        var bytes = new ByteArrayOutputStream();
        for (var part : parts) {
            var text = part.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            bytes.writeBytes(text);
        }
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
        return bytes.toByteArray();
    }

    /** The same for a key service that takes words, and shows them in its own log. */
    Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        words.put("stepzero:project", id.scope().project());
        words.put("stepzero:environment", id.scope().environment());
        words.put("stepzero:step", id.scope().step());
        words.put("stepzero:secret", id.name());
        words.put("stepzero:version", Integer.toString(number));
        return words;
    }

    @Override
    public String toString() {
        return "version " + number + " of " + id;
    }
}
