package dev.stepzero.scan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ReadAheadTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 128 << 10, (128 << 10) + 1, 3_000_001})
    void whatComesOutIsWhatWentIn(int length) throws IOException {
        var bytes = new byte[length];
        new Random(1).nextBytes(bytes);

        try (var ahead = new ReadAhead(new ByteArrayInputStream(bytes))) {
            assertThat(ahead.readAllBytes()).isEqualTo(bytes);
            assertThat(ahead.read()).isEqualTo(-1);
        }
    }

    @Test
    void aFailureComesAfterWhatWasReadBefore() throws IOException {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the cable is cut");
            }
        };
        var bytes = new byte[128 << 10];

        try (var ahead = new ReadAhead(new SequenceInputStream(new ByteArrayInputStream(bytes), broken))) {
            assertThat(ahead.readNBytes(bytes.length)).isEqualTo(bytes);
            assertThatThrownBy(ahead::read).isInstanceOf(IOException.class).hasMessage("the cable is cut");
        }
    }

    @Test
    void closingEndsAReaderThatHasNoRoomLeft() throws IOException {
        var endless = new InputStream() {
            @Override
            public int read() {
                return 1;
            }
        };

        var ahead = new ReadAhead(endless);
        assertThat(ahead.read()).isEqualTo(1);
        ahead.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("layer-reader"));
    }
}
