package dev.stepzero.ship.review;

import java.util.List;

/** Whether a commit is reviewed. */
public sealed interface ReviewOutcome {

    /** It is, by these people. */
    record Reviewed(List<Person> approvers) implements ReviewOutcome {
        public Reviewed {
            approvers = List.copyOf(approvers);
        }
    }

    /** It is not, but somebody took it upon themselves in an emergency. */
    record Bypassed(Bypass bypass) implements ReviewOutcome {}

    /** It is not, and this is missing. */
    record Missing(List<String> reasons) implements ReviewOutcome {
        public Missing {
            reasons = List.copyOf(reasons);
        }
    }
}
