package dev.stepzero.server.tls;

import java.nio.file.Path;

/**
 * The certificate that the server shows.
 *
 * @param certificate the chain in PEM, the server's own first
 * @param key its private key in PEM
 */
public record TlsFiles(Path certificate, Path key) {}
