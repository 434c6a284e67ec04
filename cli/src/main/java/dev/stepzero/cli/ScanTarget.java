package dev.stepzero.cli;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.image.ImageSource;
import dev.stepzero.scan.sbom.SbomReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a scan is pointed at, told from the words of the command. */
sealed interface ScanTarget {

    /** A directory or a file of sources. */
    record Sources(Path path) implements ScanTarget {}

    /** An SBOM, whose packages are judged as if they lay here. */
    record Document(Path file) implements ScanTarget {}

    /** An image, wherever it is. */
    record Image(String name, ImageSource source) implements ScanTarget {}

    /** The root of a file system. */
    record Root(Path directory) implements ScanTarget {}

    /** A name that no registry has, so that a path was meant. */
    Pattern PATH_ONLY = Pattern.compile("[./~].*|.*[/\\\\]|.*\\\\.*|[^/:@]*[A-Z].*|.*\\.(?:tf|ya?ml|json|tfplan)");

    String ROOT = "rootfs:";

    /**
     * An existing path wins: an OCI layout or a tar of an image is an image, anything else sources. What does not exist
     * is a reference to an image, unless it can only be a path.
     */
    static ScanTarget of(String text) {
        if (text.startsWith(ROOT)) {
            return new Root(Path.of(text.substring(ROOT.length())));
        }
        if (ImageSource.isMarked(text)) {
            return new Image(text, ImageSource.parse(text));
        }
        var path = Path.of(text);
        if (ImageSource.isImage(path)) {
            return new Image(text, ImageSource.parse(text));
        }
        if (Files.isRegularFile(path) && SbomReader.seemsToBe(path)) {
            return new Document(path);
        }
        if (Files.exists(path) || PATH_ONLY.matcher(text).matches()) {
            return new Sources(path);
        }
        try {
            return new Image(text, ImageSource.parse(text));
        } catch (UserError e) {
            throw UserError.unreadable("there is no such file or directory, and no image can be called so")
                    .at(text)
                    .fix("name a directory or a file, or an image as registry.example.com/name:tag");
        }
    }
}
