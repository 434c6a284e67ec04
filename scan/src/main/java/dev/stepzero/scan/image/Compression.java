package dev.stepzero.scan.image;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** How a layer is compressed, told from its first bytes: media types are often wrong. */
enum Compression {
    NONE(""),
    GZIP("1f8b"),
    ZSTD("28b52ffd");

    private static final int BUFFER = 64 << 10;

    private final String magic;

    Compression(String magic) {
        this.magic = magic;
    }

    /** Looks at the first bytes and puts them back. */
    static Compression of(BufferedInputStream in) throws IOException {
        in.mark(4);
        var start = HexFormat.of().formatHex(in.readNBytes(4));
        in.reset();
        return Stream.of(GZIP, ZSTD)
                .filter(known -> start.startsWith(known.magic))
                .findFirst()
                .orElse(NONE);
    }

    InputStream decompress(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(in, BUFFER);
            case ZSTD -> new ZstdInputStream(in);
        };
    }
}
