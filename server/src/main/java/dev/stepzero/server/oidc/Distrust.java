package dev.stepzero.server.oidc;

/** A token, or an answer of a service, that is not believed, and why. The reason holds nothing of the token itself. */
public final class Distrust extends Exception {
    private static final long serialVersionUID = 1L;

    public Distrust(String why) {
        super(why);
    }

    public String why() {
        return String.valueOf(getMessage());
    }
}
