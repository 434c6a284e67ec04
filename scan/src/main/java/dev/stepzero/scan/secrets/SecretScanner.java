package dev.stepzero.scan.secrets;

import dev.stepzero.core.Coverage;
import dev.stepzero.core.Home;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import dev.stepzero.rules.secrets.SecretRuleFile;
import dev.stepzero.rules.secrets.SecretRulebook;
import dev.stepzero.scan.tree.Listing;
import dev.stepzero.scan.tree.Repositories;
import dev.stepzero.scan.tree.TreeScanner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks for credentials in a tree, in what is staged, or in the whole history of a repository. */
public final class SecretScanner implements TreeScanner {
    /** With what the resource of every finding on a credential begins: what follows names it, and tells nothing of it. */
    public static final String RESOURCE = "secret:";

    private final Supplier<SecretRulebook> rules;
    private final Home home;
    private final SecretOptions options;
    private final boolean ignored;
    private @Nullable Ready ready;

    private record Ready(SecretRulebook book, SecretKinds kinds, SecretKinds keys) {}

    /** A scanner with the kinds that come with Stepzero, as {@link java.util.ServiceLoader} makes it. */
    public SecretScanner() {
        this(SecretRulebook::builtIn, Home.of(System.getenv()), SecretOptions.NONE);
    }

    public SecretScanner(Supplier<SecretRulebook> rules, Home home, SecretOptions options) {
        this(rules, home, options, false);
    }

    private SecretScanner(Supplier<SecretRulebook> rules, Home home, SecretOptions options, boolean ignored) {
        this.rules = rules;
        this.home = home;
        this.options = options;
        this.ignored = ignored;
    }

    /** The user's kinds join the built-in ones, and take their place where they have the same id. */
    @Override
    public SecretScanner with(ScanOptions given) {
        Supplier<SecretRulebook> all = () -> given.rules().stream()
                .map(directory -> SecretRulebook.of(SecretRulebook.read(directory).stream()
                        .map(SecretRuleFile.Source::rule)
                        .toList()))
                .reduce(rules.get(), SecretRulebook::with);
        return new SecretScanner(all, given.home().orElse(home), options, given.ignored());
    }

    /** The same scanner with what is asked of it alone. */
    public SecretScanner with(SecretOptions asked) {
        return new SecretScanner(rules, home, asked, ignored);
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
            case Subject.SourceTree tree
            when options.extent() == SecretOptions.Extent.TREE -> scan(Listing.of(tree.directory(), ignored));
            case Subject.SourceTree tree -> changes(tree.directory());
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

    @Override
    public ScanReport scan(Listing listing) throws InterruptedException {
        var look = new Look(listing.root());
        var files = listing.unignored();
        look.journal.know(files.intake());
        new TreeLook(ready().kinds(), ready().keys(), look.journal).look(files.all());
        return look.report(files.all().size());
    }

    /** Searches what was or is to be committed. */
    private ScanReport changes(Path directory) throws InterruptedException {
        if (!Files.exists(directory)) {
            throw UserError.unreadable("there is no such directory")
                    .at(directory.toString())
                    .fix("name a directory of a repository");
        }
        var ready = ready();
        var look = new Look(directory);
        int files = options.extent() == SecretOptions.Extent.STAGED
                ? new StagedChange(ready.kinds(), ready.keys(), look.sightings, look.journal)
                        .look(directory, options.index())
                : new History(ready.kinds(), ready.keys(), look.journal, new KnownBlobs(home, directory, ready.book()))
                        .look(directory, options.range());
        return look.report(files);
    }

    /** What one scan sees. */
    private final class Look {
        private final SecretHash hash;
        private final Sightings sightings;
        private final Journal journal;

        Look(Path directory) {
            hash = SecretHash.of(upwards(directory), home);
            sightings = new Sightings(hash);
            journal = new Journal(sightings);
        }

        ScanReport report(int files) throws InterruptedException {
            if (options.verify()) {
                new Verification(Issuer.overTheNetwork(), new SecureRandom()).ask(sightings.all(), journal);
            }
            return new ScanReport(sightings.findings(), List.of(), List.of(), coverage(files, journal, hash));
        }
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
