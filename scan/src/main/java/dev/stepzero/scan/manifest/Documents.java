package dev.stepzero.scan.manifest;

import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFile;
import dev.stepzero.scan.yaml.Dialect;
import dev.stepzero.scan.yaml.Document;
import dev.stepzero.scan.yaml.LocatedYaml;
import dev.stepzero.scan.yaml.MalformedYaml;
import dev.stepzero.scan.yaml.TagReader;
import java.util.List;

/**
 * The documents of a file.
 *
 * @param all those that can be read
 * @param broken what is wrong with the rest; empty when there is nothing
 */
public record Documents(List<Document> all, List<Intake.Problem> broken) {
    /** More of them are one mistake made many times. */
    private static final int MOST_DUPLICATES = 10;

    public Documents {
        all = List.copyOf(all);
        broken = List.copyOf(broken);
    }

    public static Documents of(TreeFile file, String text, Dialect dialect) {
        try {
            return new Documents(LocatedYaml.read(file.path(), text, TagReader.NONE, dialect), List.of());
        } catch (MalformedYaml e) {
            var problem = new Intake.Problem(String.valueOf(e.getMessage()), e.position());
            return new Documents(e.documents(), List.of(problem));
        }
    }

    /** Says what is broken, and which keys stand twice where only the last of them counts. */
    public void report(Intake intake) {
        for (var problem : broken) {
            intake.problem(problem.message(), problem.position());
        }
        int reported = 0;
        for (var document : all) {
            for (var duplicate : document.duplicates()) {
                if (reported++ < MOST_DUPLICATES) {
                    intake.problem(
                            "the key " + duplicate.key() + " stands twice in one object, and only the last one counts",
                            duplicate.position());
                }
            }
        }
    }
}
