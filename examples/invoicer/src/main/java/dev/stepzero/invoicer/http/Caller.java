package dev.stepzero.invoicer.http;

/** Who calls. */
public sealed interface Caller {
    /** Nobody we know; enough for the open routes only. */
    record Stranger() implements Caller {}

    /** A program, or a person at a terminal, that sent the admin's password along. */
    record Admin(String name) implements Caller {}

    /**
     * A person signed in with a browser.
     *
     * @param session the secret half of the session, as it stands in the cookie
     * @param csrfToken what a changing request of this session has to bring along
     */
    record Person(String name, String session, String csrfToken) implements Caller {}

    /** The name for the log. */
    default String label() {
        return switch (this) {
            case Stranger _ -> "-";
            case Admin admin -> admin.name();
            case Person person -> person.name();
        };
    }
}
