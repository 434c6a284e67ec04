package dev.stepzero.ship.deploy.containers;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.containers.Labels;
import dev.stepzero.ship.deploy.Colour;
import dev.stepzero.ship.deploy.EnvironmentSpec;
import java.util.regex.Pattern;

/** How the parts of an environment are called and labelled in the engine. */
record Names(String project, String environment) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    Names {
        for (var name : new String[] {project, environment}) {
            if (!NAME.matcher(name).matches()) {
                throw UserError.unreadable("not a name for a project or an environment: " + name)
                        .fix("use lower-case letters, digits and hyphens, at most 40 of them");
            }
        }
    }

    static Names of(EnvironmentSpec spec) {
        return new Names(spec.project(), spec.name());
    }

    /** The name of a network, a volume or a single container. */
    String part(String part) {
        return "stepzero-%s-%s-%s".formatted(project, environment, part);
    }

    /** The name of a replica, counted from 1. */
    String replica(Colour colour, int number) {
        return part(colour.label() + "-" + number);
    }

    Labels labels() {
        return Labels.of(Labels.PROJECT, project).and(Labels.ENVIRONMENT, environment);
    }

    Labels labels(Tier tier) {
        return labels().and(Labels.TIER, tier.label());
    }

    Labels labels(Colour colour) {
        return labels(Tier.APPLICATION).and(Labels.COLOUR, colour.label());
    }
}
