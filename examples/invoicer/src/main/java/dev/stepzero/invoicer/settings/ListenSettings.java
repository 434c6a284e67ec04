package dev.stepzero.invoicer.settings;

/**
 * Where to listen.
 *
 * @param port 0 lets the system choose
 * @param behindProxy whether the forwarding headers come from a proxy of ours and may be believed
 */
public record ListenSettings(String address, int port, boolean behindProxy) {
    public static ListenSettings from(Environment environment) {
        return new ListenSettings(
                environment.text("INVOICER_ADDRESS").orElse("0.0.0.0"),
                environment.port("INVOICER_PORT", 8080),
                environment.flag("INVOICER_BEHIND_PROXY"));
    }
}
