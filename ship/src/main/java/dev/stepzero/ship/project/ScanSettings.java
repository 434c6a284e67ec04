package dev.stepzero.ship.project;

import dev.stepzero.core.UserError;
import dev.stepzero.govern.gate.WrittenWaiver;
import dev.stepzero.ship.yaml.YamlFile;
import dev.stepzero.ship.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a repository says about how a scan of it is judged.
 *
 * @param gate what blocks
 * @param project the waivers of {@code stepzero.yaml}, which may be about images too
 * @param waivers those of {@code stepzero-waivers.yaml}
 */
public record ScanSettings(Project.Gate gate, List<WrittenWaiver> project, List<WrittenWaiver> waivers) {
    /** The file with nothing but waivers. */
    public static final String WAIVERS = "stepzero-waivers.yaml";

    private static final YamlValue.Mapping NOTHING = new YamlValue.Mapping(Map.of(), ProjectReader.FILE);
    private static final long MOST_BYTES = 4L << 20;

    public ScanSettings {
        project = List.copyOf(project);
        waivers = List.copyOf(waivers);
    }

    /**
     * Reads the nearest file of either name.
     *
     * @param directories where to look, nearest first
     * @param scanned what files are called relative to
     * @throws UserError with file, line and what to write instead
     */
    public static ScanSettings of(List<Path> directories, Path scanned) {
        var file = nearest(directories, ProjectReader.FILE)
                .flatMap(path -> YamlFile.read(name(path, scanned), content(path), ProjectShape.shape()))
                .orElse(NOTHING);
        var waivers = nearest(directories, WAIVERS)
                .map(path -> WaiverList.read(name(path, scanned), content(path)))
                .orElse(List.of());
        return new ScanSettings(ProjectReader.gate(file.mapping("gate").orElse(NOTHING)), WaiverList.of(file), waivers);
    }

    private static Optional<Path> nearest(List<Path> directories, String name) {
        for (var directory : directories) {
            var file = directory.resolve(name);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static String name(Path file, Path scanned) {
        return scanned.toAbsolutePath()
                .normalize()
                .relativize(file.toAbsolutePath().normalize())
                .toString()
                .replace('\\', '/');
    }

    private static String content(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw UserError.unreadable("the file is larger than 4 MB").at(file.toString());
            }
            return SettingsFile.decoded(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw UserError.unreadable("the file cannot be read: " + e.getMessage())
                    .at(file.toString())
                    .because(e);
        }
    }
}
