package dev.stepzero.cli.remote;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tokens that {@code stepzero login} keeps, in a file that only its owner may read; others are not read. */
public final class Logins {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final int LARGEST = 1 << 20;
    private static final TypeReference<TreeMap<String, String>> TOKENS = new TypeReference<>() {};

    private final Path file;
    private final JsonMapper json = new JsonMapper();

    /** Those of a home directory. */
    public Logins(Home home) {
        this.file = home.root().resolve("logins.json");
    }

    /** The token for a server. @throws UserError if others could have read the file */
    public Optional<String> token(ServerAddress server) {
        return Optional.ofNullable(read().get(server.toString()));
    }

    /** Keeps a token in the place of an earlier one. */
    public void keep(ServerAddress server, String token) {
        var tokens = read();
        tokens.put(server.toString(), token);
        write(tokens);
    }

    /** Forgets a token; false if there is none. */
    public boolean forget(ServerAddress server) {
        var tokens = read();
        var was = tokens.remove(server.toString()) != null;
        if (was) {
            write(tokens);
        }
        return was;
    }

    private Map<String, String> read() {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return new TreeMap<>();
            }
            requireStrict();
            try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                return json.readValue(in.readNBytes(LARGEST), TOKENS);
            }
        } catch (JacksonException e) {
            throw UserError.unreadable("the file of tokens is broken")
                    .at(file.toString())
                    .fix("remove it, and sign in again: stepzero login URL")
                    .because(e);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void requireStrict() throws IOException {
        var permissions = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                : Set.of(PosixFilePermission.OTHERS_READ);
        var us = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!OWNER.containsAll(permissions)
                || !us.equals(Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
            throw UserError.unreadable("others have access to the tokens in this file, or it is a link")
                    .at(file.toString())
                    .fix("revoke the tokens on the server, remove the file, and sign in again: stepzero login URL");
        }
    }

    private void write(Map<String, String> tokens) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            var draft = file.resolveSibling(".logins-" + UUID.randomUUID());
            try {
                var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                try (var channel = Files.newByteChannel(draft, options, PosixFilePermissions.asFileAttribute(OWNER))) {
                    channel.write(java.nio.ByteBuffer.wrap(json.writeValueAsBytes(tokens)));
                }
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UserError failed(IOException e) {
        return UserError.engine("the file of tokens cannot be read or written: " + e.getMessage())
                .at(file.toString())
                .because(e);
    }
}
