package dev.stepzero.scan.image;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the image says about itself; nothing of it is trusted.
 *
 * @param architecture such as {@code amd64}; empty when it says none
 * @param operatingSystem such as {@code linux}; empty when it says none
 * @param user the user as written, such as {@code app:app} or {@code 10001}; empty when unset, which means root
 * @param environment {@code NAME=value} each
 * @param entrypoint the command's fixed part
 * @param command the command's default arguments
 * @param workingDirectory where the command starts; empty when unset, which means the root
 * @param labels by name
 * @param healthcheck whether it says how its health is checked
 * @param created when it says it was made
 * @param history how it came about, oldest first
 */
public record ImageConfig(
        String architecture,
        String operatingSystem,
        String user,
        List<String> environment,
        List<String> entrypoint,
        List<String> command,
        String workingDirectory,
        Map<String, String> labels,
        boolean healthcheck,
        Optional<Instant> created,
        List<Event> history) {

    /**
     * One line of the history.
     *
     * @param createdBy the instruction; empty when unknown
     * @param comment free text; empty when there is none
     * @param emptyLayer true when it made no layer
     */
    public record Event(String createdBy, String comment, boolean emptyLayer) {}

    public ImageConfig {
        environment = List.copyOf(environment);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        labels = Map.copyOf(labels);
        history = List.copyOf(history);
    }
}
