package dev.stepzero.ship.engine;

/** Signs what steps attest. */
@FunctionalInterface
public interface Notary {

    /**
     * Signs a statement.
     *
     * @param subject {@code sha256:...} of an image or {@code gitCommit:...}
     * @param name what people call the subject
     * @param predicateType the in-toto predicate type
     * @param predicate a record that Jackson can write
     */
    SignedEvidence sign(String subject, String name, String predicateType, Object predicate);
}
