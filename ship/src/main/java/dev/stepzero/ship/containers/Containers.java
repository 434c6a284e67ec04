package dev.stepzero.ship.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Frame;
import dev.stepzero.core.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The containers of an engine. */
public final class Containers {
    private static final Duration ATTACH = Duration.ofSeconds(30);
    private static final Duration REMOVAL = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);

    private final DockerClient client;
    private final Calls calls;
    private final boolean init;
    private final boolean podman;

    Containers(DockerClient client, Calls calls, boolean init, boolean podman) {
        this.client = client;
        this.calls = calls;
        this.init = init;
        this.podman = podman;
    }

    /** Creates the container without starting it. */
    public void create(ContainerSpec spec) throws InterruptedException {
        var command = client.createContainerCmd(spec.image().value())
                .withName(spec.name())
                .withLabels(spec.labels().values())
                .withUser(spec.user())
                .withEnv(spec.environment().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList())
                .withExposedPorts(spec.ports().stream()
                        .map(port -> ExposedPort.tcp(port.port()))
                        .toList())
                .withHostConfig(Hardening.profile(spec, init));
        if (!spec.entrypoint().isEmpty()) {
            command.withEntrypoint(spec.entrypoint());
        }
        if (!spec.command().isEmpty()) {
            command.withCmd(spec.command());
        }
        spec.workingDirectory().ifPresent(command::withWorkingDir);
        spec.networks().stream().findFirst().flatMap(Attachment::address).ifPresent(command::withIpv4Address);
        calls.make("creating the container " + spec.name(), command::exec);
        if (podman && !spec.networks().isEmpty()) {
            leave(spec.name(), spec.networks().getFirst());
        }
        for (var network : spec.networks().stream().skip(podman ? 0 : 1).toList()) {
            attach(spec.name(), network);
        }
    }

    public void start(String name) throws InterruptedException {
        calls.settle("starting the container " + name, client.startContainerCmd(name)::exec);
    }

    /** Asks the container to end and kills it when it has not within the time. */
    public void stop(String name, Duration grace) throws InterruptedException {
        var command = client.stopContainerCmd(name).withTimeout(Math.toIntExact(grace.toSeconds()));
        calls.settle("stopping the container " + name, command::exec);
    }

    /** Sends a signal, such as {@code KILL} or {@code USR2}, to the container's first process. */
    public void signal(String name, String signal) throws InterruptedException {
        var command = client.killContainerCmd(name).withSignal(signal);
        calls.make("sending " + signal + " to the container " + name, command::exec);
    }

    /** Kills the container and takes it away; nothing happens when it is not there. Named volumes stay. */
    public void remove(String name) throws InterruptedException {
        var command = client.removeContainerCmd(name).withForce(true).withRemoveVolumes(true);
        calls.settle("removing the container " + name, () -> {
            try {
                command.exec();
            } catch (ConflictException e) {
                // Docker says so when the removal has been asked for before; what follows waits for it.
            }
        });
        long deadline = System.nanoTime() + REMOVAL.toNanos();
        while (inspect(name).isPresent()) {
            if (System.nanoTime() > deadline) {
                throw UserError.engine("the engine has not removed the container " + name + " for "
                                + REMOVAL.toSeconds() + " seconds")
                        .fix("remove it with 'docker rm --force " + name + "'");
            }
            Thread.sleep(POLL);
        }
    }

    public Optional<ContainerState> inspect(String name) throws InterruptedException {
        return inspect(name, "looking at the container " + name);
    }

    private Optional<ContainerState> inspect(String name, String work) throws InterruptedException {
        return calls.find(work, client.inspectContainerCmd(name)::exec).map(Containers::state);
    }

    /** The containers that carry all these labels, running or not, in the order of their names. */
    public List<ContainerState> list(Labels labels) throws InterruptedException {
        var command = client.listContainersCmd().withShowAll(true).withLabelFilter(labels.values());
        var states = new TreeMap<String, ContainerState>();
        for (Container each : calls.make("listing containers", command::exec)) {
            inspect(each.getId()).ifPresent(state -> states.put(state.name(), state));
        }
        return List.copyOf(states.values());
    }

    /**
     * Waits for the container's end; empty when it still runs after the time. It looks now and then, because Podman
     * answers the engine API's own wait by looking without pause, which costs a third of a processor.
     */
    public Optional<ContainerState> await(String name, Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        while (true) {
            var state = inspect(name, "waiting for the container " + name)
                    .orElseThrow(() -> UserError.engine("the container " + name + " vanished"));
            if (!state.running()) {
                return Optional.of(state);
            }
            if (System.nanoTime() > deadline) {
                return Optional.empty();
            }
            Thread.sleep(POLL);
        }
    }

    /**
     * Listens to what a created container will write; begin before starting it so that nothing is lost.
     *
     * @param sink takes both its outputs, each in its own order; while it holds up, so does the container
     */
    public AttachedOutput attach(String name, OutputSink sink) throws InterruptedException {
        var work = "listening to the container " + name;
        var output = new AttachedOutput(work, calls, sink);
        try {
            client.attachContainerCmd(name)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withFollowStream(true)
                    .exec(output.callback());
            if (!output.callback().awaitStarted(ATTACH.toMillis(), TimeUnit.MILLISECONDS)) {
                throw UserError.engine("the container engine does not answer while " + work)
                        .fix(
                                "look at the engine's log; for a container with a network, see that iptables is installed");
            }
            return output;
        } catch (RuntimeException e) {
            throw calls.failure(work, e);
        }
    }

    /** The last lines that the container wrote, oldest first. */
    public List<String> output(String name, int lines) throws InterruptedException {
        var work = "reading the output of the container " + name;
        var bytes = new ByteArrayOutputStream();
        var command =
                client.logContainerCmd(name).withStdOut(true).withStdErr(true).withTail(lines);
        try (var read = command.exec(new ResultCallback.Adapter<Frame>() {
            @Override
            public void onNext(Frame frame) {
                bytes.writeBytes(frame.getPayload());
            }
        })) {
            read.awaitCompletion();
        } catch (IOException | RuntimeException e) {
            throw calls.failure(work, e);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Podman heeds a hardware address only where a container joins, so it leaves the network that it was created in. */
    private void leave(String name, Attachment from) throws InterruptedException {
        var command = client.disconnectFromNetworkCmd()
                .withContainerId(name)
                .withNetworkId(from.network())
                .withForce(true);
        calls.make("taking the container " + name + " out of the network " + from.network(), command::exec);
    }

    private void attach(String name, Attachment to) throws InterruptedException {
        var endpoint = new ContainerNetwork();
        to.address()
                .ifPresent(address -> endpoint.withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(address))
                        .withMacAddress(Attachment.hardwareAddress(address)));
        var command = client.connectToNetworkCmd()
                .withContainerId(name)
                .withNetworkId(to.network())
                .withContainerNetwork(endpoint);
        calls.make("connecting the container " + name + " to the network " + to.network(), command::exec);
    }

    private static ContainerState state(InspectContainerResponse response) {
        var state = response.getState();
        var addresses = new HashMap<String, String>();
        response.getNetworkSettings().getNetworks().forEach((network, endpoint) -> {
            var address = endpoint.getIpAddress();
            if (address != null && !address.isEmpty()) {
                addresses.put(network, address);
            }
        });
        var name = response.getName();
        return new ContainerState(
                response.getId(),
                name.startsWith("/") ? name.substring(1) : name,
                new ImageId(Objects.requireNonNullElse(response.getImageId(), "")),
                Objects.requireNonNullElse(response.getConfig().getLabels(), Map.of()),
                Boolean.TRUE.equals(state.getRunning()),
                Optional.ofNullable(state.getExitCodeLong())
                        .map(Math::toIntExact)
                        .orElse(0),
                Boolean.TRUE.equals(state.getOOMKilled()),
                addresses);
    }
}
