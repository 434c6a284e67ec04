package dev.stepzero.ship.debian;

import dev.stepzero.core.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** A small Debian archive in a directory, with a key of its own. */
public final class TestArchive {
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant KEY_MADE = Instant.parse("2026-01-01T00:00:00Z");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    final Path directory;
    final Path keyring;
    Instant validUntil = NOW.plusSeconds(86_400);
    private final PGPKeyPair key;
    private final List<String> stanzas = new ArrayList<>();

    TestArchive(Path directory, long keyLifetimeSeconds) throws IOException, PGPException {
        this.directory = directory;
        this.keyring = directory.resolve("keyring.gpg");
        var generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        this.key = new BcPGPKeyPair(
                4, PublicKeyAlgorithmTags.EDDSA_LEGACY, generator.generateKeyPair(), Date.from(KEY_MADE));
        var about = new PGPSignatureSubpacketGenerator();
        about.setKeyExpirationTime(true, keyLifetimeSeconds);
        var ring = new PGPKeyRingGenerator(
                PGPSignature.POSITIVE_CERTIFICATION,
                key,
                "test archive",
                new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
                about.generate(),
                null,
                signer(),
                null);
        Files.createDirectories(directory);
        Files.write(keyring, ring.generatePublicKeyRing().getEncoded());
    }

    public TestArchive(Path directory) throws IOException, PGPException {
        this(directory, 0);
    }

    public Source source() {
        return new Source(directory.toUri(), "stable", List.of("main"), List.of(keyring), true);
    }

    /** Adds a package whose only file is named like it; {@code fields} are further control fields. */
    public LockedPackage add(String name, String version, String... fields) throws IOException {
        var control = "Package: %s\nVersion: %s\nArchitecture: amd64\n".formatted(name, version)
                + String.join("\n", fields)
                + (fields.length == 0 ? "" : "\n");
        var deb = deb(control, tar(file("./usr/share/" + name, "content of " + name)));
        var path = "pool/" + name + "_" + version.replace(':', '_') + "_amd64.deb";
        Files.createDirectories(directory.resolve("pool"));
        Files.write(directory.resolve(path), deb);
        stanzas.add(control + "Filename: " + path + "\nSize: " + deb.length + "\nSHA256: "
                + Digest.of(deb).hex() + "\n");
        return new LockedPackage(name, version, "amd64", Digest.of(deb), deb.length, path);
    }

    public void remove(LockedPackage locked) throws IOException {
        Files.delete(directory.resolve(locked.path()));
        stanzas.removeIf(stanza -> stanza.contains(locked.sha256().hex()));
    }

    /** Writes the package list and signs the table of contents. */
    public void publish() throws IOException, PGPException {
        var packages = gzip(String.join("\n", stanzas).getBytes(StandardCharsets.UTF_8));
        var index = directory.resolve("dists/stable/main/binary-amd64/Packages.gz");
        Files.createDirectories(index.getParent());
        Files.write(index, packages);
        var release = "Suite: stable\nDate: " + DATE.format(NOW) + "\nValid-Until: " + DATE.format(validUntil)
                + "\nSHA256:\n " + Digest.of(packages).hex() + " " + packages.length
                + " main/binary-amd64/Packages.gz\n";
        Files.writeString(inRelease(), sign(release));
    }

    Path inRelease() {
        return directory.resolve("dists/stable/InRelease");
    }

    private String sign(String text) throws IOException, PGPException {
        var signature = new PGPSignatureGenerator(signer(), key.getPublicKey());
        signature.init(PGPSignature.CANONICAL_TEXT_DOCUMENT, key.getPrivateKey());
        signature.update(text.stripTrailing().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        var out = new ByteArrayOutputStream();
        try (var armored = new ArmoredOutputStream(out)) {
            armored.beginClearText(HashAlgorithmTags.SHA256);
            armored.write(text.getBytes(StandardCharsets.UTF_8));
            armored.endClearText();
            signature.generate().encode(armored);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private BcPGPContentSignerBuilder signer() {
        return new BcPGPContentSignerBuilder(PublicKeyAlgorithmTags.EDDSA_LEGACY, HashAlgorithmTags.SHA256);
    }

    record Entry(TarArchiveEntry header, String content) {}

    static Entry file(String path, String content) {
        var header = new TarArchiveEntry(path, true);
        return new Entry(header, content);
    }

    static Entry special(String path, byte type, String target) {
        var header = new TarArchiveEntry(path, type);
        header.setLinkName(target);
        return new Entry(header, "");
    }

    static byte[] tar(Entry... entries) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(out)) {
            for (var entry : entries) {
                var content = entry.content().getBytes(StandardCharsets.UTF_8);
                entry.header().setSize(content.length);
                tar.putArchiveEntry(entry.header());
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }

    static byte[] deb(String control, byte[] dataTar) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var ar = new ArArchiveOutputStream(out)) {
            member(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.UTF_8));
            member(ar, "control.tar.gz", gzip(tar(file("./control", control))));
            member(ar, "data.tar.gz", gzip(dataTar));
        }
        return out.toByteArray();
    }

    private static void member(ArArchiveOutputStream ar, String name, byte[] content) throws IOException {
        ar.putArchiveEntry(new ArArchiveEntry(name, content.length));
        ar.write(content);
        ar.closeArchiveEntry();
    }

    static byte[] gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }
}
