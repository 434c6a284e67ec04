package dev.stepzero.guard.secrets;

import java.util.Optional;

/**
 * A secret in the hands of the step that named it. Closing it overwrites its values.
 *
 * @param name under which the step knows it
 * @param version of the value
 * @param value the current one
 * @param previous the one before, while it is still valid
 * @param canary whether its appearance in the output ends the run
 */
public record IssuedSecret(String name, int version, SecretValue value, Optional<SecretValue> previous, boolean canary)
        implements AutoCloseable {
    @Override
    public void close() {
        value.close();
        previous.ifPresent(SecretValue::close);
    }
}
