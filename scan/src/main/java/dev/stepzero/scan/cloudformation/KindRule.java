package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Value;
import java.util.List;

/**
 * A resource that a type becomes; some types become several.
 *
 * @param suffix behind the logical id in the address; empty for the first
 * @param link the attribute that refers to the first; empty for none
 * @param onlyWith the property without which it does not come to be; empty for none
 * @param notWith the properties with any of which it does not come to be
 * @param listedOnly whether properties without a rule are left out
 * @param referred the property whose value {@code Ref} gives; empty if that is not known before the stack is made
 */
record KindRule(
        String kind,
        String suffix,
        String link,
        String onlyWith,
        List<String> notWith,
        boolean listedOnly,
        String referred,
        PropertyRules properties) {
    boolean appliesTo(Value.Mapping given) {
        return (onlyWith.isEmpty() || given.entries().containsKey(onlyWith))
                && notWith.stream().noneMatch(given.entries()::containsKey);
    }
}
