package dev.stepzero.server.oidc;

import dev.stepzero.guard.machines.MachineKind;

/**
 * A CI service whose jobs prove themselves.
 *
 * @param name what files and pages call it
 */
public record MachineService(String name, MachineKind kind, Issuer issuer) {}
