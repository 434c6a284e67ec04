package dev.stepzero.core.resource;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a resource came to be.
 *
 * @param calls the module calls through which it came, outermost first; empty for what stands in the root
 * @param version the provider's version that the configuration demands at least, such as {@code 4.9.0}, where it says so
 */
public record Origin(
        Format format, List<Call> calls, @Nullable String version) {
    /** A module call: its address, such as {@code module.net["a"]}, and its block. */
    public record Call(String address, Position position) {}

    public Origin {
        calls = List.copyOf(calls);
    }

    public static Origin of(Format format) {
        return new Origin(format, List.of(), null);
    }

    public Optional<String> providerVersion() {
        return Optional.ofNullable(version);
    }
}
