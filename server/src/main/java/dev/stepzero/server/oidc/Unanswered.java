package dev.stepzero.server.oidc;

/** A service does not answer, or not as it should: nobody is to blame who wants to sign in. */
public final class Unanswered extends Exception {
    private static final long serialVersionUID = 1L;

    public Unanswered(String why, Throwable cause) {
        super(why, cause);
    }

    public Unanswered(String why) {
        super(why);
    }

    public String why() {
        return String.valueOf(getMessage());
    }
}
