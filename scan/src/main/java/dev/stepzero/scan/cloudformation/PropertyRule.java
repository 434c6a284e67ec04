package dev.stepzero.scan.cloudformation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a property goes.
 *
 * @param target the attribute, a dotted path; {@code .} puts what is in the property in the property's place, and
 *     {@code -} leaves it out
 * @param conversions what is done with the value, in their order
 * @param own the resource of its own that the property becomes; null if it stays an attribute
 * @param within what the properties in it become
 */
record PropertyRule(
        String target, List<Conversion> conversions, PropertyRule.@Nullable OwnResource own, PropertyRules within) {
    /**
     * A resource that the Terraform provider has where CloudFormation has a property.
     *
     * @param link the attribute that refers to the resource that has the property
     * @param beside which of the resources that the type becomes is meant: a suffix of its address, mostly empty
     * @param value the attribute that takes the property's value; empty if the value is itself an object of attributes
     */
    record OwnResource(String kind, String link, String beside, String value) {}

    boolean verbatim() {
        for (var conversion : conversions) {
            if (conversion.verbatim()) {
                return true;
            }
        }
        return false;
    }
}
