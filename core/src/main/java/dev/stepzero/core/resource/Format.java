package dev.stepzero.core.resource;

/** What a resource was read from. */
public enum Format {
    TERRAFORM("terraform"),
    TERRAFORM_PLAN("terraform plan"),
    TERRAFORM_STATE("terraform state"),
    CLOUDFORMATION("cloudformation"),
    KUBERNETES("kubernetes"),
    COMPOSE("compose"),
    DOCKERFILE("dockerfile"),
    GITHUB_ACTIONS("github-actions");

    private final String label;

    Format(String label) {
        this.label = label;
    }

    /** The name in reports and in rule files. */
    public String label() {
        return label;
    }
}
