package dev.stepzero.scan.terraform;

import dev.stepzero.scan.tree.Intake;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Evaluates independent roots at the same time. */
final class RootEvaluations {
    /** Configuration may refer from value to value thousands of times; the stack is only used where it does. */
    private static final long STACK_BYTES = 256L << 20;

    private RootEvaluations() {}

    static List<RootEvaluation.Outcome> of(Workspace workspace, List<Roots.Root> roots) throws InterruptedException {
        int threads = Math.min(roots.size(), Runtime.getRuntime().availableProcessors());
        var factory = Thread.ofPlatform()
                .name("terraform-", 0)
                .daemon(true)
                .stackSize(STACK_BYTES)
                .factory();
        try (var pool = Executors.newFixedThreadPool(Math.max(1, threads), factory)) {
            var tasks = new ArrayList<Callable<RootEvaluation.Outcome>>(roots.size());
            for (var root : roots) {
                tasks.add(() -> evaluate(workspace, root));
            }
            var outcomes = new ArrayList<RootEvaluation.Outcome>(roots.size());
            for (var future : pool.invokeAll(tasks)) {
                outcomes.add(future.get());
            }
            return outcomes;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the evaluation of a Terraform module failed", e.getCause());
        }
    }

    private static RootEvaluation.Outcome evaluate(Workspace workspace, Roots.Root root) {
        var module = workspace.module(root.directory());
        if (module.isEmpty()) {
            return new RootEvaluation.Outcome(List.of(), List.of(), List.of());
        }
        try {
            return RootEvaluation.of(workspace, module.get());
        } catch (StackOverflowError e) {
            var problem = new Intake.Problem(
                    "the module is nested too deeply to be evaluated", Workspace.somewhereIn(root.directory()));
            return new RootEvaluation.Outcome(List.of(), List.of(problem), List.of());
        } finally {
            if (!root.called()) {
                workspace.forget(root.directory());
            }
        }
    }
}
