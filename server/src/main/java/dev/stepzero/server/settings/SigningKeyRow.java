package dev.stepzero.server.settings;

import dev.stepzero.guard.keys.TrustedKey;

/**
 * A key of the server.
 *
 * @param signs what its signatures are on: the ledger, or an environment's evidence
 */
public record SigningKeyRow(String signs, TrustedKey key) {}
