package dev.stepzero.scan.image;

import dev.stepzero.scan.secrets.SecretLook;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks into every file of every layer while it streams by, also into those that a later layer hides. */
final class FileContents {
    /** A file that is judged as a whole is smaller; of a larger one, keys are sought in all of it. */
    private static final int HEAD = 1 << 20;

    private static final int MOST_DISCOVERIES = 10_000;
    private static final int MOST_ACCOUNT_FILES = 100;

    private final byte[] head = new byte[HEAD];
    private final SecretLook secrets = new SecretLook();
    private final List<Discovery> discoveries = new ArrayList<>();
    private final Set<Entry.Source> programs = new HashSet<>();
    private final Map<Entry.Source, String> accountFiles = new HashMap<>();

    private record Discovery(ImageRule rule, Entry entry, String what) {}

    /** Looks at a file, and lets another visitor see it too. */
    void look(Entry entry, InputStream content, EntryVisitor alongside) throws IOException, InterruptedException {
        var length = content.readNBytes(head, 0, HEAD);
        if (entry.path().endsWith("/passwd") && entry.size() <= HEAD && accountFiles.size() < MOST_ACCOUNT_FILES) {
            accountFiles.put(entry.source(), new String(head, 0, length, StandardCharsets.UTF_8));
        }
        if (startsLikeProgram(length)) {
            programs.add(entry.source());
        }
        var start = new ByteArrayInputStream(head, 0, length);
        if (isLibrary(entry.name(), length)) {
            alongside.visit(entry, new SequenceInputStream(start, content));
        } else if (length < HEAD) {
            small(entry, length);
            alongside.visit(entry, start);
        } else {
            var key = secrets.key(head, length);
            var rest = secrets.watch(entry.path(), head, length, content);
            alongside.visit(entry, new SequenceInputStream(start, rest));
            key = key.isPresent() ? key : rest.key();
            key.ifPresentOrElse(what -> note(ImageRules.PRIVATE_KEY, entry, what), () -> tokens(entry, rest.found()));
        }
    }

    private void small(Entry entry, int length) {
        var key = secrets.key(head, length).or(() -> KeyStoreFile.privateKey(entry.name(), head, length));
        var credential =
                key.isPresent() ? Optional.<String>empty() : secrets.credentialFile(entry.path(), head, length);
        key.ifPresent(what -> note(ImageRules.PRIVATE_KEY, entry, what));
        credential.ifPresent(what -> note(ImageRules.CREDENTIAL_FILE, entry, what));
        if (key.isEmpty() && credential.isEmpty() && SecretLook.isText(head, length)) {
            tokens(entry, secrets.in(entry.path(), head, length));
        }
    }

    /** Tokens that tell by their form what they are; what only sounds like a secret is in every manual. */
    private void tokens(Entry entry, List<SecretLook.Found> found) {
        found.stream()
                .filter(each -> each.token() && !each.doubtful())
                .map(each -> each.what() + " " + each.masked())
                .distinct()
                .forEach(what -> note(ImageRules.CREDENTIAL_FILE, entry, what));
    }

    private boolean startsLikeProgram(int length) {
        return startsWith("\u007fELF", length) || startsWith("#!", length);
    }

    /** Cryptographic libraries are linked with the published keys of their self-tests. */
    private boolean isLibrary(String name, int length) {
        return startsWith("!<arch>\n", length) || (startsWith("\u007fELF", length) && name.contains(".so"));
    }

    private boolean startsWith(String magic, int length) {
        return length >= magic.length()
                && new String(head, 0, magic.length(), StandardCharsets.ISO_8859_1).equals(magic);
    }

    private void note(ImageRule rule, Entry entry, String what) {
        if (discoveries.size() < MOST_DISCOVERIES) {
            discoveries.add(new Discovery(rule, entry, what));
        }
    }

    /** Whether the content is a machine's or an interpreter's program. */
    boolean isProgram(Entry entry) {
        return programs.contains(entry.source());
    }

    /** User numbers by name, from the /etc/passwd that a container sees. */
    Map<String, String> accounts(ImageFiles files) {
        var text = files.find("/etc/passwd")
                .map(file -> accountFiles.get(file.entry().source()))
                .orElse("");
        var accounts = new HashMap<String, String>();
        for (var line : text.lines().toList()) {
            var fields = line.split(":", -1);
            if (fields.length > 2) {
                accounts.putIfAbsent(fields[0], fields[2]);
            }
        }
        return accounts;
    }

    /** Reports what was found in the files, and which of them only seem to be gone. */
    void report(ImageFiles files, Report report) {
        var hiddenBy = new HashMap<Entry.Source, Integer>();
        files.hidden().forEach(hidden -> hiddenBy.put(hidden.file().entry().source(), hidden.by()));
        for (var discovery : discoveries) {
            var entry = discovery.entry();
            var gone = Optional.ofNullable(hiddenBy.get(entry.source()))
                    .map(layer -> "; hidden by " + report.origin(layer) + ", yet still in the image")
                    .orElse("");
            report.add(
                    discovery.rule(),
                    entry.path(),
                    discovery.what() + ", from " + report.origin(entry.layer()) + gone,
                    discovery.what());
        }
    }
}
