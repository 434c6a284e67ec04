package dev.stepzero.ship.containers;

import java.util.Map;

/**
 * A container as the engine describes it.
 *
 * @param id the engine's name for it
 * @param name the name that it was created under
 * @param image the engine's id of the image that it runs
 * @param labels all its labels
 * @param running whether its first process lives
 * @param exitCode how that process ended; 0 while it runs
 * @param outOfMemory whether the engine noticed that the kernel killed in it for want of memory; Podman under
 *     cgroups 1 does not notice
 * @param addresses its IPv4 address in each network, while it runs
 */
public record ContainerState(
        String id,
        String name,
        ImageId image,
        Map<String, String> labels,
        boolean running,
        int exitCode,
        boolean outOfMemory,
        Map<String, String> addresses) {
    public ContainerState {
        labels = Map.copyOf(labels);
        addresses = Map.copyOf(addresses);
    }
}
