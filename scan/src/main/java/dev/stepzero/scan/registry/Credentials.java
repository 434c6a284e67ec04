package dev.stepzero.scan.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Who pushes or pulls. The password is not printed. */
public record Credentials(String user, String password) {

    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user + ", password=***]";
    }
}
