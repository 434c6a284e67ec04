package dev.stepzero.scan.vulnerabilities.database;

import dev.stepzero.core.Digest;
import dev.stepzero.scan.vulnerabilities.osv.Advisory;
import dev.stepzero.scan.vulnerabilities.osv.Affected;
import dev.stepzero.scan.vulnerabilities.osv.MalformedRecord;
import dev.stepzero.scan.vulnerabilities.osv.RecordReader;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Makes a segment of JSON texts; of those that the former segment was made from too, it takes over what that holds. */
final class SegmentWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final FileChannel channel;
    private final DataOutputStream out;
    private final Optional<Segment> former;
    private final RecordReader reader = new RecordReader();
    private final Encoder encoder = new Encoder();
    private final MessageDigest sha256 = Digest.sha256();
    private final Pairs digests = new Pairs();
    private final Pairs packages = new Pairs();
    private final Pairs ids = new Pairs();
    private final Contents contents = new Contents();
    private long at = Segment.HEADER;

    SegmentWriter(Path file, Optional<Segment> former) throws IOException {
        this.former = former.filter(Segment::isCurrent);
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
        out.write(new byte[Segment.HEADER]);
    }

    /** Adds a record. @throws MalformedRecord if it is none; the segment stays as it was */
    void add(byte[] json) throws MalformedRecord, IOException {
        var digest = ByteBuffer.wrap(sha256.digest(json));
        long first = digest.getLong();
        long rest = digest.getLong();
        var known = former.flatMap(segment -> segment.made(first, rest));
        if (known.isPresent()) {
            var memory = MemorySegment.ofArray(known.get());
            write(known.get(), new Decoder(memory, 0).head(), new Decoder(memory, 0).withdrawn(), first, rest);
            contents.reused++;
            return;
        }
        var advisory = reader.read(json);
        write(encoder.encoded(advisory), advisory.head(), advisory.withdrawn(), first, rest);
    }

    private void write(byte[] record, Advisory.Head head, boolean withdrawn, long digest, long rest)
            throws IOException {
        out.writeLong(rest);
        at += Long.BYTES;
        digests.add(digest, at);
        contents.records++;
        if (withdrawn) {
            contents.withdrawn++;
        } else {
            index(record, head);
        }
        out.write(record);
        at += record.length;
    }

    private void index(byte[] record, Advisory.Head head) {
        var memory = MemorySegment.ofArray(record);
        Set<Long> keys = new HashSet<>();
        Set<String> ecosystems = new HashSet<>();
        for (long place : new Decoder(memory, 0).affectedPlaces()) {
            Affected affected = new Decoder(memory, place).affected();
            packages.add(Keys.ofPackage(affected.ecosystem(), affected.name()), at + place);
            ecosystems.add(Keys.base(affected.ecosystem()));
        }
        ecosystems.forEach(ecosystem -> contents.count(ecosystem, head.modified()));
        keys.add(Keys.ofId(head.id()));
        head.aliases().forEach(alias -> keys.add(Keys.ofId(alias)));
        keys.forEach(key -> ids.add(key, at));
    }

    /** Writes the tables and forces everything to the disk. Without it the file is no segment. */
    Contents finish() throws IOException {
        long digestsAt = at;
        digests.write(out);
        long packagesAt = digestsAt + (long) digests.size() * Pairs.BYTES;
        packages.write(out);
        long idsAt = packagesAt + (long) packages.size() * Pairs.BYTES;
        ids.write(out);
        long end = idsAt + (long) ids.size() * Pairs.BYTES;
        out.flush();
        var header = ByteBuffer.allocate(Segment.HEADER)
                .putLong(Segment.MAGIC)
                .putLong(end)
                .putLong(digestsAt)
                .putLong(packagesAt)
                .putLong(idsAt)
                .putLong(Segment.REVISION)
                .flip();
        header.limit(Segment.HEADER);
        channel.write(header, 0);
        channel.force(true);
        return contents;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
