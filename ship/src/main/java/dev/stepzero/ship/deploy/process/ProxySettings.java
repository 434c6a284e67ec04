package dev.stepzero.ship.deploy.process;

/**
 * What the load balancer's process is started with.
 *
 * @param address the address of the host that users reach it on
 * @param port the port there
 * @param previewPort the port of the loopback address that leads to the colour that is shown
 * @param controlPort the port of the loopback address on which it takes new routes
 * @param healthPath what replicas are asked for their health
 */
record ProxySettings(String address, int port, int previewPort, int controlPort, String healthPath) {

    boolean servesLike(ProxySettings other) {
        return address.equals(other.address) && port == other.port && healthPath.equals(other.healthPath);
    }
}
