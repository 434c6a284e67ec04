package dev.stepzero.cli;

import dev.stepzero.govern.report.Ink;
import dev.stepzero.ship.engine.Pipeline;
import dev.stepzero.ship.engine.Run;
import dev.stepzero.ship.engine.RunListener;
import dev.stepzero.ship.engine.RunStatus;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the story of a run: a line for each step as it ends, and on a terminal below them what is under way with its
 * latest output. When a step fails, its last lines are shown.
 */
final class RunView implements RunListener {
    private static final int NAME_WIDTH = 12;
    private static final int STAGE_WIDTH = 9;
    private static final int FAILURE_LINES = 30;

    private final Terminal terminal;
    private final Ink paint;
    private final LiveLines live;
    private final Clock clock;
    private final boolean verbose;
    private final Map<Step, UnderWay> underWay = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private @Nullable Stage lastStage;

    RunView(Terminal terminal, Clock clock, boolean verbose) {
        this.terminal = terminal;
        this.paint = terminal.paint();
        this.clock = clock;
        this.verbose = verbose;
        this.live = new LiveLines(terminal);
    }

    /** What the user should know though nothing failed, without repetition, in the order in which it was said. */
    List<String> warnings() {
        return warnings.stream().distinct().toList();
    }

    @Override
    public synchronized void runStarted(Run run, Pipeline pipeline) {
        if (run.resumed()) {
            print("  " + paint.caution("run %d goes on where it was".formatted(run.id())));
        }
    }

    @Override
    public synchronized void stepKept(Step step, StepRecord earlier) {
        warnings.addAll(earlier.warnings());
        print(line(step.stage(), step.name(), paint.good("✔"), paint.faint("done before"), earlier.summary()));
    }

    @Override
    public synchronized void stepStarted(Step step) {
        underWay.put(step, new UnderWay(clock.instant()));
        if (verbose) {
            print("    " + paint.faint(step.name() + " │ begins"));
        } else {
            redraw();
        }
    }

    @Override
    public synchronized void stepOutput(Step step, String text) {
        var current = underWay.get(step);
        if (current != null) {
            current.line(text);
        }
        if (verbose) {
            print("    " + paint.faint(step.name() + " │ ") + text);
        } else {
            redraw();
        }
    }

    @Override
    public synchronized void stepEnded(Step step, StepRecord outcome) {
        var ended = underWay.remove(step);
        warnings.addAll(outcome.warnings());
        var took = outcome.duration().map(RunView::seconds).orElse("");
        print(line(step.stage(), step.name(), mark(outcome.status()), took, what(outcome)));
        if (ended != null && outcome.status() != RunStatus.SUCCEEDED && outcome.status() != RunStatus.INTERRUPTED) {
            ended.last().forEach(text -> print("      " + paint.faint("│ ") + text));
        }
        redraw();
    }

    @Override
    public synchronized void runEnded(Run run, RunStatus status) {
        live.clear();
    }

    /** Draws what is under way again, so that the seconds move. */
    synchronized void tick() {
        redraw();
    }

    private void redraw() {
        var lines = new ArrayList<String>();
        underWay.forEach((step, current) -> {
            var took = seconds(Duration.between(current.since, clock.instant()));
            lines.add(line(step.stage(), step.name(), paint.caution("•"), took, paint.faint(current.latest())));
        });
        live.show(lines);
    }

    private void print(String text) {
        live.clear();
        terminal.err().println(text);
        terminal.err().flush();
        if (terminal.interactive() && !underWay.isEmpty()) {
            redraw();
        }
    }

    private String line(Stage stage, String name, String mark, String took, @Nullable String what) {
        var stageLabel = stage == lastStage ? "" : stage.label();
        if (!mark.contains("•")) {
            lastStage = stage;
        }
        return "  %s %s %s %s  %s"
                .formatted(
                        paint.faint(pad(stageLabel, STAGE_WIDTH)),
                        pad(name, NAME_WIDTH),
                        mark,
                        paint.faint("%7s".formatted(took)),
                        what == null ? "" : what)
                .stripTrailing();
    }

    private @Nullable String what(StepRecord outcome) {
        return outcome.status() == RunStatus.SUCCEEDED
                ? outcome.summary()
                : paint.bad(String.valueOf(outcome.reason()));
    }

    private String mark(RunStatus status) {
        return switch (status) {
            case SUCCEEDED -> paint.good("✔");
            case INTERRUPTED -> paint.caution("–");
            default -> paint.bad("✘");
        };
    }

    static String seconds(Duration duration) {
        return duration.toMinutes() > 0
                ? "%d m %02d s".formatted(duration.toMinutes(), duration.toSecondsPart())
                : "%.1f s".formatted(duration.toMillis() / 1000.0);
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    /** A step that runs, with its last lines. */
    private static final class UnderWay {
        private final Instant since;
        private final Deque<String> lines = new ArrayDeque<>();

        UnderWay(Instant since) {
            this.since = since;
        }

        void line(String text) {
            lines.add(text);
            if (lines.size() > FAILURE_LINES) {
                lines.remove();
            }
        }

        String latest() {
            return lines.isEmpty() ? "" : lines.getLast().strip();
        }

        List<String> last() {
            return List.copyOf(lines);
        }
    }
}
