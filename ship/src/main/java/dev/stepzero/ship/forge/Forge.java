package dev.stepzero.ship.forge;

import dev.stepzero.core.UserError;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of forges. Which one speaks is set by whoever configures a project, and never guessed from a delivery. */
public enum Forge {
    GITHUB,
    GITLAB,
    GITEA,
    FORGEJO,
    /** Bitbucket Cloud. */
    BITBUCKET,
    BITBUCKET_DATA_CENTER,
    /** Stepzero's own git endpoint, which needs no webhook. */
    STEPZERO;

    /** The name in addresses, tables and configuration, such as {@code bitbucket-data-center}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The forge of a label.
     *
     * @throws UserError if there is none
     */
    public static Forge parse(String label) {
        return of(label)
                .orElseThrow(() -> UserError.usage("there is no forge of that name")
                        .fix("write one of "
                                + Arrays.stream(values()).map(Forge::label).collect(Collectors.joining(", "))));
    }

    /** The forge of a label; empty if there is none, as for a repository that is only ever fetched. */
    public static Optional<Forge> of(String label) {
        return Arrays.stream(values())
                .filter(forge -> forge.label().equals(label))
                .findFirst();
    }

    /** The ref under which the forge's own repository keeps a pull request's commits; Bitbucket Cloud has none. */
    public Optional<String> pullRequestRef(long number) {
        return switch (this) {
            case GITHUB, GITEA, FORGEJO -> Optional.of("refs/pull/%d/head".formatted(number));
            case GITLAB -> Optional.of("refs/merge-requests/%d/head".formatted(number));
            case BITBUCKET_DATA_CENTER -> Optional.of("refs/pull-requests/%d/from".formatted(number));
            case STEPZERO -> Optional.of("refs/reviews/%d/head".formatted(number));
            case BITBUCKET -> Optional.empty();
        };
    }
}
