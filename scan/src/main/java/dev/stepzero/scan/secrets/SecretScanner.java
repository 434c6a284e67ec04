package dev.stepzero.scan.secrets;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Home;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.rules.secrets.SecretRuleFile;
import dev.stepzero.rules.secrets.SecretRulebook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks for credentials in a tree, in what is staged, or in the whole history of a repository. */
public final class SecretScanner implements Scanner {
    /** With what the resource of every finding on a credential begins: what follows names it, and tells nothing of it. */
    public static final String RESOURCE = "secret:";

    private final Supplier<SecretRulebook> rules;
    private final Home home;
    private final SecretOptions options;
    private @Nullable Ready ready;

    private record Ready(SecretRulebook book, SecretKinds kinds, SecretKinds keys) {}

    /** A scanner with the kinds that come with Stepzero, as {@link java.util.ServiceLoader} makes it. */
    public SecretScanner() {
        this(SecretRulebook::builtIn, Home.of(System.getenv()), SecretOptions.NONE);
    }

    public SecretScanner(Supplier<SecretRulebook> rules, Home home, SecretOptions options) {
        this.rules = rules;
        this.home = home;
        this.options = options;
    }

    /** The user's kinds join the built-in ones, and take their place where they have the same id. */
    @Override
    public SecretScanner with(ScanOptions given) {
        Supplier<SecretRulebook> all = () -> given.rules().stream()
                .map(directory -> SecretRulebook.of(SecretRulebook.read(directory).stream()
                        .map(SecretRuleFile.Source::rule)
                        .toList()))
                .reduce(rules.get(), SecretRulebook::with);
        return new SecretScanner(all, given.home().orElse(home), options);
    }

    /** The same scanner with what is asked of it alone. */
    public SecretScanner with(SecretOptions asked) {
        return new SecretScanner(rules, home, asked);
    }

    @Override
    public String name() {
        return "secrets";
    }

    @Override
    public boolean looksAt(Subject subject) {
        return switch (subject) {
            case Subject.SourceTree _ -> true;
            case Subject.Image _, Subject.BillOfMaterials _ -> false;
        };
    }

    @Override
    public ScanReport scan(Subject subject) throws InterruptedException {
        return switch (subject) {
            case Subject.SourceTree tree -> scan(tree.directory());
            case Subject.Image _, Subject.BillOfMaterials _ ->
                throw UserError.usage("the scanner of secrets looks at source trees only")
                        .at(subject.name());
        };
    }

    /** The kinds to seek in text, and those to seek in what is none, made once for the same rules. */
    private synchronized Ready ready() {
        var book = rules.get();
        var known = ready;
        if (known == null || !known.book().equals(book)) {
            var keys = book.rules().stream()
                    .filter(rule ->
                            rule.id().equals("secret-private-key") || rule.id().equals("secret-putty-key"))
                    .toList();
            known = new Ready(book, new SecretKinds(book), new SecretKinds(SecretRulebook.of(keys)));
            ready = known;
        }
        return known;
    }

    private ScanReport scan(Path directory) throws InterruptedException {
        if (!Files.exists(directory)) {
            throw UserError.unreadable("there is no such file or directory")
                    .at(directory.toString())
                    .fix("name a directory or a file");
        }
        var ready = ready();
        var kinds = ready.kinds();
        var keys = ready.keys();
        var hash = SecretHash.of(upwards(directory), home);
        var sightings = new Sightings(hash);
        var journal = new Journal(sightings);
        int files = switch (options.extent()) {
            case TREE -> new TreeLook(kinds, keys, journal).look(directory, options.ignored());
            case STAGED -> new StagedChange(kinds, keys, sightings, journal).look(directory, options.index());
            case HISTORY ->
                new History(kinds, keys, journal, new KnownBlobs(home, directory, ready.book()))
                        .look(directory, options.range());
        };
        if (options.verify()) {
            new Verification(Issuer.overTheNetwork(), new java.security.SecureRandom()).ask(sightings.all(), journal);
        }
        return new ScanReport(sightings.findings(), List.of(), List.of(), coverage(files, journal, hash));
    }

    private static Coverage coverage(int files, Journal journal, SecretHash hash) {
        var notes = new ArrayList<>(journal.notes());
        if (!hash.isShared() && journal.found() > 0) {
            notes.add(
                    "the names of secrets hold for this machine; to share a baseline or waivers, run: stepzero hook install");
        }
        return new Coverage(files, files - journal.binaries(), 0, journal.skipped(), notes);
    }

    private static List<Path> upwards(Path directory) {
        var absolute = directory.toAbsolutePath().normalize();
        var root = Repositories.root(absolute).orElse(absolute);
        var all = new ArrayList<Path>();
        for (var each = absolute; each != null && each.startsWith(root); each = each.getParent()) {
            all.add(each);
        }
        return all;
    }

    /**
     * Makes the key by which a team's machines name secrets alike.
     *
     * @return whether it was made now
     */
    public static boolean shareNames(Path repository) throws java.io.IOException {
        return SecretHash.share(repository);
    }

    /** The file of that key, in the repository's root. */
    public static String namesFile() {
        return SecretHash.SHARED;
    }
}
