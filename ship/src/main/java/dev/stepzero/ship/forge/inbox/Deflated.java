package dev.stepzero.ship.forge.inbox;

import dev.stepzero.ship.forge.webhook.Webhook;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Bodies as they are stored. */
final class Deflated {
    private Deflated() {}

    static byte[] of(byte[] content) {
        var deflater = new Deflater(Deflater.BEST_SPEED);
        var out = new ByteArrayOutputStream(content.length / 4 + 64);
        try (var stream = new DeflaterOutputStream(out, deflater)) {
            stream.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    static byte[] content(byte[] deflated) {
        try (var stream = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            return stream.readNBytes(Webhook.MOST_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
