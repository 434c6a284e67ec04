package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Value;

/** What functions are about; the code of a subject is loaded when the first of its functions is called. */
enum Subject {
    NUMBERS,
    TEXTS,
    PATTERNS,
    FORMATS,
    LISTS,
    CHOICES,
    MAPS,
    SETS,
    ENCODINGS,
    DOCUMENTS,
    DIGESTS,
    DATES,
    NETWORKS,
    FILES,
    TYPES;

    Value call(Arguments arguments) {
        return switch (this) {
            case NUMBERS -> Numbers.call(arguments);
            case TEXTS -> Texts.call(arguments);
            case PATTERNS -> Patterns.call(arguments);
            case FORMATS -> Formats.call(arguments);
            case LISTS -> Lists.call(arguments);
            case CHOICES -> Choices.call(arguments);
            case MAPS -> Maps.call(arguments);
            case SETS -> Sets.call(arguments);
            case ENCODINGS -> Encodings.call(arguments);
            case DOCUMENTS -> Documents.call(arguments);
            case DIGESTS -> Digests.call(arguments);
            case DATES -> Dates.call(arguments);
            case NETWORKS -> Networks.call(arguments);
            case FILES -> TreeFunctions.call(arguments);
            case TYPES -> Types.call(arguments);
        };
    }

    /** The table and the code disagree: a mistake of ours, not of the caller. */
    static IllegalStateException missing(Arguments arguments) {
        return new IllegalStateException(arguments.function() + " is in the table, but nothing computes it");
    }
}
