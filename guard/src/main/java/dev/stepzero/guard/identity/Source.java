package dev.stepzero.guard.identity;

/**
 * Where a request comes from.
 *
 * @param address the client's IP address
 * @param agent what it calls itself, or empty
 */
public record Source(String address, String agent) {}
