package dev.stepzero.ship.containers;

/**
 * A TCP port of a container that the host offers.
 *
 * @param address the host's address to listen on
 * @param hostPort the port on the host
 * @param port the port in the container
 */
public record PublishedPort(String address, int hostPort, int port) {}
