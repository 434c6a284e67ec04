package dev.stepzero.scan.vulnerabilities.vex;

import dev.stepzero.core.UserError;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.tree.TreeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the VEX documents of a scan: those that the user names, and those of the tree itself. */
public final class VexFiles {
    private final VexReader reader = new VexReader();
    private final List<Statement> statements = new ArrayList<>();
    private final Intake intake;

    public VexFiles(Intake intake) {
        this.intake = intake;
    }

    /** Reads the JSON files of directories called {@code .vex}, and whatever ends with {@code .openvex.json}. */
    public VexFiles inTree(TreeFiles files) {
        for (var file : files.all()) {
            boolean inDirectory =
                    (file.directory().equals(".vex") || file.directory().endsWith("/.vex"))
                            && file.name().endsWith(".json");
            if (inDirectory || file.name().endsWith(".openvex.json")) {
                try {
                    take(file.path(), file.bytes());
                    intake.parsed(file.path());
                } catch (TreeFile.UnreadableFile | MalformedVex e) {
                    intake.unreadable(file.path(), "it is no VEX document: " + e.getMessage());
                }
            }
        }
        return this;
    }

    /** Reads what the user names. @throws UserError if one is no VEX document */
    public VexFiles named(List<Path> files) {
        for (var file : files) {
            try {
                take(file.toString(), Files.readAllBytes(file));
            } catch (IOException | MalformedVex e) {
                throw UserError.unreadable("it is no VEX document: " + e.getMessage())
                        .at(file.toString())
                        .fix("name an OpenVEX or CycloneDX file in JSON")
                        .because(e);
            }
        }
        return this;
    }

    private void take(String name, byte[] content) throws MalformedVex {
        var document = reader.read(name, content);
        statements.addAll(document.statements());
        document.refused().forEach(why -> intake.unreadable(name, why));
    }

    public Statements statements() {
        return new Statements(statements);
    }
}
