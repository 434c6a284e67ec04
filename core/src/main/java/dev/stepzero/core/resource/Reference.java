package dev.stepzero.core.resource;

/**
 * What a value was taken from.
 *
 * @param address the resource's address, such as {@code module.net.aws_subnet.a[0]}
 * @param attribute the path of the attribute in it, such as {@code arn}; empty for the resource itself
 */
public record Reference(String address, String attribute) {}
