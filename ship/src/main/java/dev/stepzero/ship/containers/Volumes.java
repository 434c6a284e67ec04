package dev.stepzero.ship.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;

/** The volumes that the engine keeps for Stepzero. */
public final class Volumes {
    private final DockerClient client;
    private final Calls calls;

    Volumes(DockerClient client, Calls calls) {
        this.client = client;
        this.calls = calls;
    }

    public boolean exists(String name) throws InterruptedException {
        return calls.find("looking at the volume " + name, client.inspectVolumeCmd(name)::exec)
                .isPresent();
    }

    /** Whether the volume is there and carries all these labels. */
    public boolean exists(String name, Labels labels) throws InterruptedException {
        var wanted = labels.values().entrySet();
        return calls.find("looking at the volume " + name, client.inspectVolumeCmd(name)::exec)
                .map(InspectVolumeResponse::getLabels)
                .filter(there -> there.entrySet().containsAll(wanted))
                .isPresent();
    }

    /** Sees to it that the volume is there. */
    public void ensure(String name, Labels labels) throws InterruptedException {
        if (!exists(name)) {
            var command = client.createVolumeCmd().withName(name).withLabels(labels.values());
            calls.make("creating the volume " + name, command::exec);
        }
    }

    /** Takes the volume away with all that is in it; nothing happens when it is not there. */
    public void remove(String name) throws InterruptedException {
        calls.settle("removing the volume " + name, client.removeVolumeCmd(name)::exec);
    }
}
