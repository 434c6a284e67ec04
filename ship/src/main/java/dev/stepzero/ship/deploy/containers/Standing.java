package dev.stepzero.ship.deploy.containers;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.containers.ContainerEngine;
import dev.stepzero.ship.containers.ContainerSpec;
import dev.stepzero.ship.containers.ContainerState;
import dev.stepzero.ship.containers.Labels;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Keeps a single container as it is asked for; a label tells what it was asked for last. */
final class Standing {
    private static final String SHAPE = "dev.stepzero.shape";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final ContainerEngine engine;
    private final Labels labels;

    /** @param labels those that every container of the environment carries */
    Standing(ContainerEngine engine, Labels labels) {
        this.engine = engine;
        this.labels = labels;
    }

    /** Adds to a specification the label by which {@link #holds} knows it again. */
    static ContainerSpec shaped(Labels labels, Function<Labels, ContainerSpec> asked) {
        var shape = Digest.of(JSON.writeValueAsBytes(asked.apply(labels)));
        return asked.apply(labels.and(SHAPE, shape.toString()));
    }

    /** Whether just this container runs. */
    boolean holds(ContainerSpec shaped) throws InterruptedException {
        return find(shaped.name())
                .filter(ContainerState::running)
                .filter(there -> shape(shaped.labels().values()).equals(shape(there.labels())))
                .isPresent();
    }

    private static String shape(Map<String, String> labels) {
        return labels.getOrDefault(SHAPE, "");
    }

    /** Starts the container in the place of whatever has its name. */
    void replace(ContainerSpec spec) throws InterruptedException {
        if (find(spec.name()).isPresent()) {
            engine.containers().remove(spec.name());
        }
        engine.containers().create(spec);
        engine.containers().start(spec.name());
    }

    /**
     * The environment's container of this name.
     *
     * @throws UserError if the name is another environment's or somebody else's
     */
    Optional<ContainerState> find(String name) throws InterruptedException {
        var there = engine.containers().inspect(name);
        there.filter(state ->
                        !state.labels().entrySet().containsAll(labels.values().entrySet()))
                .ifPresent(state -> {
                    throw UserError.engine("a container named " + name + " is there that is not of this environment")
                            .fix("remove it with '%s rm' or give the environment another name"
                                    .formatted(engine.podman() ? "podman" : "docker"));
                });
        return there;
    }
}
