package dev.stepzero.guard.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody is to a project, or to all of them. A person may have several roles; each stands for itself. */
public enum Role {
    /** Sees projects, runs, findings and releases. */
    VIEWER(false),
    /** Starts runs, opens reviews and asks for waivers. */
    DEVELOPER(false),
    /** Approves changes of others and their way to production. */
    APPROVER(true),
    /** Deploys, rolls back and keeps secrets. */
    OPERATOR(true),
    /** Decides on waivers and on policy. */
    SECURITY(true),
    /** Sees everything that was decided, and changes nothing. */
    AUDITOR(false),
    /** Gives roles and settings. */
    ADMINISTRATOR(true);

    private final boolean changesProduction;

    Role(boolean changesProduction) {
        this.changesProduction = changesProduction;
    }

    /** Whether this role can change what runs in production, which takes a second factor. */
    public boolean changesProduction() {
        return changesProduction;
    }

    /** As it is written in tables, files and pages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
