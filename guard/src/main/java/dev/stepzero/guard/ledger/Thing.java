package dev.stepzero.guard.ledger;

/**
 * What is acted on.
 *
 * @param type its kind: {@code release}, {@code environment}, {@code key}
 * @param id which one
 * @param project the application that it belongs to; empty if to none
 * @param environment the environment that it belongs to; empty if to none
 */
public record Thing(String type, String id, String project, String environment) {

    public Thing {
        type = Bounded.text(type, Bounded.NAME);
        id = Bounded.text(id, Bounded.OBJECT);
        project = Bounded.text(project, Bounded.NAME);
        environment = Bounded.text(environment, Bounded.NAME);
    }

    /** Something that belongs to the whole installation. */
    public static Thing of(String type, String id) {
        return new Thing(type, id, "", "");
    }
}
