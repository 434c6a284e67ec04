package dev.stepzero.ship.forge.inbox;

import dev.stepzero.ship.forge.Forge;
import java.util.Optional;

/**
 * A delivery that is believed and not yet read.
 *
 * @param project whose endpoint it came to
 * @param event what the forge calls it
 * @param delivery the forge's id of it
 * @param json what was sent
 * @param source the address that it came from
 */
@SuppressWarnings("ArrayRecordComponent") // read once and compared by nobody
public record Incoming(
        String project, Forge forge, String event, Optional<String> delivery, byte[] json, String source) {}
