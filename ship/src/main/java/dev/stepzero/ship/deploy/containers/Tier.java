package dev.stepzero.ship.deploy.containers;

/** The tiers, in the order in which a request goes through them. */
enum Tier {
    LOAD_BALANCER("load-balancer"),
    APPLICATION("application"),
    DATABASE("database");

    private final String label;

    Tier(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
