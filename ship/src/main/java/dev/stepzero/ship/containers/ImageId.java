package dev.stepzero.ship.containers;

/**
 * What an engine calls an image that was checked against its digest. Containers are created from it and never from a
 * tag, which somebody could have moved.
 *
 * @param value {@code sha256:...}: the digest of the configuration, or of the manifest in engines that keep manifests
 */
public record ImageId(String value) {}
