package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Position;
import dev.stepzero.scan.terraform.hcl.ParsedFile.SyntaxProblem;
import java.util.ArrayList;
import java.util.List;

/** What was wrong in a file, up to a number at which it is no longer worth reading on. */
final class Problems {
    static final int MOST = 100;

    private final List<SyntaxProblem> found = new ArrayList<>();

    void add(String message, Position position) {
        if (found.size() < MOST - 1) {
            found.add(new SyntaxProblem(message, position));
        } else if (!enough()) {
            found.add(new SyntaxProblem(message + "; after " + MOST + " mistakes the rest is not read", position));
        }
    }

    boolean enough() {
        return found.size() >= MOST;
    }

    List<SyntaxProblem> found() {
        return found;
    }
}
