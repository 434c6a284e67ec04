package dev.stepzero.scan.secrets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Searches the content of files of any size and kind: text in windows that overlap, UTF-16 as text, archives entry by
 * entry, and of what is no text the private keys. Keeps its buffers; for one thread.
 */
final class ContentSearch {
    private static final int WINDOW = 4 << 20;
    private static final int OVERLAP = 16 << 10;
    private static final int HEAD = 8 << 10;

    /** Pictures, sound, programs: most of a tree's bytes, and nobody's keys are in them as text. */
    private static final Set<String> NEVER = WordList.set("""
            png jpg jpeg gif webp ico bmp tif tiff mp3 mp4 mov avi mkv webm ogg wav flac woff woff2 ttf otf
            eot
            """);

    private final SecretSearch search;
    private final SecretSearch keysOnly;
    private final Report report;
    private final Archives archives;
    private final byte[] window = new byte[WINDOW + OVERLAP];

    /** Takes what is found and what is not searched. */
    interface Report {
        void hit(Hit hit, Place place);

        void skipped(String path, String reason);

        /** A file that is no text. */
        void binary();
    }

    ContentSearch(SecretKinds kinds, SecretKinds keys, Report report) {
        this.search = new SecretSearch(kinds, System::nanoTime);
        this.keysOnly = new SecretSearch(keys, System::nanoTime);
        this.report = report;
        this.archives = new Archives(this, report);
    }

    /** Searches what a stream gives until its end. */
    void look(String path, String origin, InputStream content) throws IOException, InterruptedException {
        look(path, origin, content, 0);
    }

    void look(String path, String origin, InputStream content, int depth) throws IOException, InterruptedException {
        int length = content.readNBytes(window, 0, WINDOW);
        if (length == 0 || NEVER.contains(ending(path))) {
            return;
        }
        int head = Math.min(length, HEAD);
        var archive = Archives.kind(window, head, path);
        if (archive.isPresent()) {
            var start = Arrays.copyOf(window, length);
            archives.look(
                    path,
                    origin,
                    new SequenceInputStream(new ByteArrayInputStream(start), content),
                    archive.get(),
                    depth);
            return;
        }
        var wide = Wide.charset(window, head);
        if (wide.isPresent()) {
            wide(path, origin, wide.get(), length);
            return;
        }
        boolean binary = isBinary(head);
        if (binary) {
            report.binary();
        }
        text(path, origin, content, length, binary ? keysOnly : search);
    }

    private void text(String path, String origin, InputStream content, int read, SecretSearch by)
            throws IOException, InterruptedException {
        var setting = Setting.of(path, window, read);
        int length = read;
        int lines = 0;
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            var result = by.search(window, length, setting);
            tell(path, origin, result.hits(), window, lines);
            if (!result.whole()) {
                report.skipped(path, "it takes longer than its size allows: a part of it was not searched");
                return;
            }
            if (length < WINDOW) {
                return;
            }
            lines += lines(window, 0, length - OVERLAP);
            System.arraycopy(window, length - OVERLAP, window, 0, OVERLAP);
            int more = content.readNBytes(window, OVERLAP, WINDOW - OVERLAP);
            if (more == 0) {
                return;
            }
            length = OVERLAP + more;
        }
    }

    private void tell(String path, String origin, List<Hit> hits, byte[] bytes, int linesBefore) {
        int at = 0;
        int line = linesBefore + 1;
        for (var hit : hits.stream().sorted(Comparator.comparingInt(Hit::start)).toList()) {
            line += lines(bytes, at, hit.start());
            at = hit.start();
            report.hit(hit, new Place(path, line, origin));
        }
    }

    private static int lines(byte[] bytes, int from, int to) {
        int lines = 0;
        for (int i = from; i < to; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    private void wide(String path, String origin, Charset charset, int length) {
        var bytes = new String(window, 0, length, charset).getBytes(StandardCharsets.UTF_8);
        var result = search.search(bytes, bytes.length, Setting.of(path, bytes, bytes.length));
        tell(path, origin, result.hits(), bytes, 0);
        if (length == WINDOW) {
            report.skipped(path, "it is UTF-16 of more than 4 MB: the rest was not searched");
        }
    }

    private boolean isBinary(int head) {
        for (int i = 0; i < head; i++) {
            if (window[i] == 0) {
                return true;
            }
        }
        return false;
    }

    static String ending(String path) {
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
