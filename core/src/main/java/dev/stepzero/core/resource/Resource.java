package dev.stepzero.core.resource;

/**
 * One configured thing.
 *
 * @param kind in the words of the Terraform provider ({@code aws_security_group}), of Kubernetes ({@code Deployment}), or
 *     of the format that knows it ({@code dockerfile}); a data source has {@code data.} in front
 * @param address unique in what was scanned together: {@code module.net.aws_subnet.a[0]}
 * @param attributes what is set, and where
 * @param position its block
 */
public record Resource(String kind, String address, Value.Mapping attributes, Position position, Origin origin) {}
