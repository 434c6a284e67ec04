package dev.stepzero.ship.review;

import java.util.Set;

/**
 * Approvals that somebody's ownership asks for.
 *
 * @param section the part of the file that asks for it; empty where it has none
 * @param owners accounts and teams such as {@code @ann} and {@code @shop/web}, and e-mail addresses
 * @param approvals how many of the owners must approve
 */
public record Demand(String section, Set<String> owners, int approvals) {
    public Demand {
        owners = Set.copyOf(owners);
    }
}
