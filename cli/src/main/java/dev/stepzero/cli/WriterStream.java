package dev.stepzero.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Bytes of whole pieces of UTF-8 on their way to a writer. */
final class WriterStream extends OutputStream {
    private final Writer writer;

    WriterStream(Writer writer) {
        this.writer = writer;
    }

    @Override
    public void write(int b) throws IOException {
        writer.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        writer.write(new String(bytes, from, length, StandardCharsets.UTF_8));
    }
}
