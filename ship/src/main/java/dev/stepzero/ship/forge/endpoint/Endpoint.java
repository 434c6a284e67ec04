package dev.stepzero.ship.forge.endpoint;

import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.webhook.Authentication;
import java.util.Optional;

/**
 * Where a forge tells of a project.
 *
 * @param authentication tells its deliveries from others; empty where no secret is set, and none is believed
 */
public record Endpoint(ForgeProject project, Optional<Authentication> authentication) {}
