package dev.stepzero.ship;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.yaml.Nearest;
import java.util.List;
import java.util.Optional;

/**
 * What a run stands on: the container engine where one answers, and the kind of target that follows.
 *
 * @param engine the engine, which commands and containers run in
 * @param target {@code containers} or {@code process}
 * @param reason why there is no engine, or empty
 */
public record Site(Optional<ContainerEngine> engine, String target, String reason) {

    private static final List<String> TARGETS = List.of("containers", "process");

    static Site of(Optional<ContainerEngine> engine, String reason, Optional<String> asked) {
        asked.ifPresent(Site::refuseUnknown);
        var target = asked.orElse(engine.isPresent() ? "containers" : "process");
        if (target.equals("containers") && engine.isEmpty()) {
            throw UserError.engine("no container engine answers: " + reason)
                    .fix("start Docker or Podman, or ship with --target process");
        }
        return new Site(engine, target, reason);
    }

    private static void refuseUnknown(String target) {
        if (!TARGETS.contains(target)) {
            throw UserError.usage("there is no target '%s'".formatted(target))
                    .fix(Nearest.to(target, TARGETS)
                            .map("did you mean '%s'?"::formatted)
                            .orElse("use one of " + String.join(", ", TARGETS)));
        }
    }

    /** The kind of target and what it runs on, for people. */
    public String describe() {
        return target.equals("containers")
                ? "containers, " + engine.map(ContainerEngine::name).orElseThrow()
                : "plain processes";
    }
}
