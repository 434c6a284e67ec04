package dev.stepzero.scan.iac;

import dev.stepzero.core.resource.Resources;

/**
 * What is configured together and may refer to each other: a root module with all modules that it calls, a template, the
 * manifests of a tree.
 *
 * @param name what people call it: the directory or file, relative to the tree
 * @param given the values that it is given by files in which comments may stand
 */
public record Configuration(String name, Resources resources, GivenValues given) {
    public Configuration(String name, Resources resources) {
        this(name, resources, GivenValues.NONE);
    }
}
