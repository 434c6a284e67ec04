package dev.stepzero.scan.image;

import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import dev.stepzero.core.UserError;
import java.time.Clock;

/** Judges a built image: who it runs as, what it should not hold, what it gives away. Reads every layer once. */
public final class ImageScanner implements Scanner {
    private final ImagePolicy policy;
    private final Clock clock;

    /** A scanner with {@link ImagePolicy#defaults()}, as {@link java.util.ServiceLoader} makes it. */
    public ImageScanner() {
        this(ImagePolicy.defaults(), Clock.systemUTC());
    }

    public ImageScanner(ImagePolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "image";
    }

    @Override
    public boolean looksAt(Subject subject) {
        return switch (subject) {
            case Subject.Image image -> true;
            case Subject.SourceTree tree -> false;
            case Subject.BillOfMaterials bill -> false;
        };
    }

    @Override
    public ScanReport scan(Subject subject) throws InterruptedException {
        return switch (subject) {
            case Subject.Image image ->
                scan(OciImage.open(image.layout(), image.digest()), (entry, content) -> {})
                        .report();
            case Subject.SourceTree _, Subject.BillOfMaterials _ ->
                throw UserError.usage("the image scanner looks at images only").at(subject.name());
        };
    }

    /**
     * Scans an image in one pass over its layers, on which another visitor sees every entry too.
     *
     * @throws UserError if the image cannot be read or is hostile
     */
    public ImageScan scan(OciImage image, EntryVisitor alongside) throws InterruptedException {
        var report = new Report(image.layers());
        var contents = new FileContents();
        var files = image.files((entry, content) -> {
            if (entry.kind() == Entry.Kind.FILE) {
                contents.look(entry, content, alongside);
            } else {
                alongside.visit(entry, content);
            }
        });
        new ConfigChecks(image, policy, clock, report).look(contents.accounts(files));
        new HistoryChecks(image, report).look();
        var base = BaseImage.of(image, report);
        new PermissionChecks(report).look(files);
        new ProgramChecks(contents, policy, report).look(files);
        contents.report(files, report);
        return new ImageScan(ScanReport.of(report.findings()), files, base);
    }
}
