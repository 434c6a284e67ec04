package dev.stepzero.govern.report;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Waiver;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A finding and what became of it.
 *
 * @param waiver by which it is accepted; null where it is not, and where that is said beside the code or by the tool
 */
public record Judged(
        Finding finding, Status status, @Nullable Waiver waiver) {

    public static Judged open(Finding finding) {
        return new Judged(finding, Status.OPEN, null);
    }

    public static Judged known(Finding finding) {
        return new Judged(finding, Status.BASELINE, null);
    }

    public static Judged waived(Finding finding, Waiver waiver) {
        return new Judged(finding, Status.WAIVED, waiver);
    }

    /** Accepted beside the code, or by the tool that found it. */
    public static Judged suppressed(Finding finding) {
        return new Judged(finding, Status.WAIVED, null);
    }

    public boolean isOpen() {
        return status == Status.OPEN;
    }

    /** The waiver by which it is accepted. */
    public Optional<Waiver> accepted() {
        return Optional.ofNullable(waiver);
    }
}
