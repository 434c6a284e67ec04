package dev.stepzero.server.oidc;

import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.machines.MachineKind;
import dev.stepzero.ship.yaml.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The shape of a file in {@code server/oidc}: one service a file. */
final class ServiceShape {
    static final String PEOPLE = "people";
    private static final Shape TEXTS = new Shape.Many(Shape.text());

    private ServiceShape() {}

    static Shape.Keys shape() {
        var keys = new LinkedHashMap<String, Shape.Key>();
        add(keys, "for", new Shape.Choice(purposes()), "Who proves themselves there. Default: people.");
        add(keys, "label", Shape.text("[^\\p{Cntrl}]{1,60}", "Example login"), "What people call it.");
        add(keys, "issuer", Shape.text("https?://[\\x21-\\x7e]{1,400}", "https://login.example.org"), "Its own name.");
        add(keys, "clientId", Shape.text("[\\x20-\\x7e]{1,200}", "stepzero"), "What it calls this server.");
        add(keys, "clientSecretFile", Shape.text(), "Where the client's secret is; relative to this file.");
        add(keys, "scopes", TEXTS, "What is asked for. Default: openid, profile, email.");
        add(keys, "nameClaim", Shape.text(), "Whose text names who is new. Default: preferred_username.");
        add(keys, "groupsClaim", Shape.text(), "Whose texts are the groups. Default: groups.");
        add(keys, "roles", new Shape.Many(role()), "What groups give.");
        add(keys, "rolesLast", Shape.duration(), "For how long after a sign-in. Default: 72h, at most 720h.");
        add(keys, "secondFactor", secondFactor(), "How its tokens say that several factors were shown.");
        add(keys, "algorithms", new Shape.Many(new Shape.Choice(Issuer.ALGORITHMS)), "How it signs. Default: any.");
        add(keys, "clockSkew", Shape.duration(), "How far its clock may be off. Default: 1m, at most 5m.");
        add(keys, "openAddresses", TEXTS, "Private addresses that it is reached at, such as 10.1.2.3.");
        return new Shape.Keys(keys, Set.of("issuer"));
    }

    private static List<String> purposes() {
        return Stream.concat(
                        Stream.of(PEOPLE), Arrays.stream(MachineKind.values()).map(MachineKind::word))
                .toList();
    }

    private static Shape role() {
        var keys = new LinkedHashMap<String, Shape.Key>();
        add(keys, "group", Shape.text(), "A group, letter by letter.");
        add(
                keys,
                "role",
                new Shape.Choice(Arrays.stream(Role.values()).map(Role::word).toList()),
                "What its members are.");
        add(keys, "project", Shape.text(), "Where. Default: everywhere.");
        return new Shape.Keys(keys, Set.of("group", "role"));
    }

    private static Shape secondFactor() {
        var keys = new LinkedHashMap<String, Shape.Key>();
        add(keys, "amr", TEXTS, "Methods, of which one must be among the token's.");
        add(keys, "acr", TEXTS, "Classes, of which one must be the token's; they are asked for, too.");
        return new Shape.Keys(keys, Set.of());
    }

    private static void add(Map<String, Shape.Key> keys, String name, Shape shape, String meaning) {
        keys.put(name, new Shape.Key(shape, meaning));
    }
}
