package dev.stepzero.cli;

import dev.stepzero.core.Digest;
import dev.stepzero.ship.debian.AptSources;
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
import java.util.Map;
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
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** A small Debian archive with a key of its own, to be used beside those of the machine. */
final class Mirror {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Path directory;
    private final PGPKeyPair key;
    private final List<String> stanzas = new ArrayList<>();

    Mirror(Path directory) throws IOException, PGPException {
        this.directory = Files.createDirectories(directory);
        var generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        key = new BcPGPKeyPair(
                4,
                PublicKeyAlgorithmTags.EDDSA_LEGACY,
                generator.generateKeyPair(),
                Date.from(Instant.parse("2026-01-01T00:00:00Z")));
        var ring = new PGPKeyRingGenerator(
                PGPSignature.POSITIVE_CERTIFICATION,
                key,
                "a mirror of tests",
                new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
                null,
                null,
                signer(),
                null);
        Files.write(keyring(), ring.generatePublicKeyRing().getEncoded());
    }

    private Path keyring() {
        return directory.resolve("keyring.gpg");
    }

    /** This archive beside those of the machine, as {@code STEPZERO_DEBIAN_ARCHIVE} has it. */
    String besideTheMachines() {
        var all = new ArrayList<String>();
        for (var source : AptSources.read(Path.of("/etc/apt"), Map.of()).sources()) {
            source.keyrings()
                    .forEach(keyring -> all.add("%s %s %s %s"
                            .formatted(
                                    source.archive(), source.suite(), String.join(",", source.components()), keyring)));
        }
        all.add("%s stable main %s".formatted(directory.toUri(), keyring()));
        return String.join(";", all);
    }

    /** Adds a version of a package with a single file, and publishes it. */
    void publish(String name, String version) throws IOException, PGPException {
        var control =
                "Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: Ada <ada@example.org>\nDescription: tests\n"
                        .formatted(name, version);
        var deb = deb(control, tar("./usr/share/%s/version".formatted(name), version));
        var path = "pool/%s_%s_all.deb".formatted(name, version);
        write(path, deb);
        stanzas.add(control
                + "Filename: %s\nSize: %d\nSHA256: %s\n"
                        .formatted(path, deb.length, Digest.of(deb).hex()));
        var lists = new StringBuilder();
        var packages = gzip(String.join("\n", stanzas).getBytes(StandardCharsets.UTF_8));
        for (var architecture : List.of("amd64", "arm64")) {
            var list = "main/binary-%s/Packages.gz".formatted(architecture);
            write("dists/stable/" + list, packages);
            lists.append(" %s %d %s\n".formatted(Digest.of(packages).hex(), packages.length, list));
        }
        var now = Instant.now();
        var release = "Suite: stable\nDate: %s\nValid-Until: %s\nSHA256:\n%s"
                .formatted(DATE.format(now), DATE.format(now.plusSeconds(86_400)), lists);
        write("dists/stable/InRelease", signed(release));
    }

    private void write(String path, byte[] content) throws IOException {
        var file = directory.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, content);
    }

    private byte[] signed(String text) throws IOException, PGPException {
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
        return out.toByteArray();
    }

    private static BcPGPContentSignerBuilder signer() {
        return new BcPGPContentSignerBuilder(PublicKeyAlgorithmTags.EDDSA_LEGACY, HashAlgorithmTags.SHA256);
    }

    private static byte[] deb(String control, byte[] data) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var ar = new ArArchiveOutputStream(out)) {
            member(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.UTF_8));
            member(ar, "control.tar.gz", gzip(tar("./control", control)));
            member(ar, "data.tar.gz", gzip(data));
        }
        return out.toByteArray();
    }

    private static void member(ArArchiveOutputStream ar, String name, byte[] content) throws IOException {
        ar.putArchiveEntry(new ArArchiveEntry(name, content.length, 0, 0, 0100644, 0));
        ar.write(content);
        ar.closeArchiveEntry();
    }

    private static byte[] tar(String path, String text) throws IOException {
        var content = text.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(out)) {
            var entry = new TarArchiveEntry(path, true);
            // Equal packages have equal bytes, so that the layers of an earlier run of the tests serve again.
            entry.setModTime(0);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }
}
