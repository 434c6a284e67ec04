package dev.stepzero.scan.terraform.hcl;

import java.util.List;

/** A file's tree, and what of it could not be read. */
public record ParsedFile(Body body, List<SyntaxProblem> problems) {
    public ParsedFile {
        problems = List.copyOf(problems);
    }

    /** Something that is no HCL. */
    public record SyntaxProblem(String message, dev.stepzero.core.resource.Position position) {}
}
