package dev.stepzero.scan.packages.document;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.toml.LocatedToml;
import dev.stepzero.scan.toml.MalformedToml;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.yaml.Dialect;
import dev.stepzero.scan.yaml.LocatedYaml;
import dev.stepzero.scan.yaml.MalformedYaml;
import dev.stepzero.scan.yaml.TagReader;
import java.util.List;
import java.util.Optional;

/** Reads a file in the format that it has. A file that is not in it goes to the intake, and nothing is given. */
public final class ManifestText {
    private static final Node EMPTY = new Node(Value.Mapping.EMPTY, 1);

    private final TreeFile file;
    private final Intake intake;

    public ManifestText(TreeFile file, Intake intake) {
        this.file = file;
        this.intake = intake;
    }

    /** The first document of YAML, or JSON, which may have commas at the ends; an empty object where there is none. */
    public Optional<Node> yaml() {
        return documents().stream().findFirst();
    }

    /** All documents of YAML, an empty object where there is none; nothing if it is broken. */
    public List<Node> documents() {
        return text().map(this::documents).orElse(List.of());
    }

    private List<Node> documents(String text) {
        try {
            var documents = LocatedYaml.read(file.path(), text, TagReader.NONE, Dialect.YAML_1_2).stream()
                    .map(each -> Node.of(each.root()))
                    .toList();
            intake.parsed(file.path());
            return documents.isEmpty() ? List.of(EMPTY) : documents;
        } catch (MalformedYaml e) {
            intake.problem(String.valueOf(e.getMessage()), e.position());
            return List.of();
        }
    }

    public Optional<Node> toml() {
        return text().flatMap(this::toml);
    }

    private Optional<Node> toml(String text) {
        try {
            var root = LocatedToml.read(file.path(), text);
            intake.parsed(file.path());
            return Optional.of(Node.of(root));
        } catch (MalformedToml e) {
            intake.problem(String.valueOf(e.getMessage()), e.position());
            return Optional.empty();
        }
    }

    /** The root element. */
    public Optional<Element> xml() {
        try {
            var root = XmlText.read(file.bytes());
            intake.parsed(file.path());
            return Optional.of(root);
        } catch (MalformedXml e) {
            intake.problem(String.valueOf(e.getMessage()), new Position(file.path(), e.line(), 1, e.line()));
        } catch (TreeFile.UnreadableFile e) {
            intake.unreadable(file.path(), String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /** Its lines, without their ends. */
    public Optional<List<String>> lines() {
        var lines = text().map(text -> text.lines().toList());
        lines.ifPresent(all -> intake.parsed(file.path()));
        return lines;
    }

    /** All of it. */
    public Optional<String> text() {
        try {
            return Optional.of(file.text());
        } catch (TreeFile.UnreadableFile e) {
            intake.unreadable(file.path(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
