package dev.stepzero.scan.terraform.plan;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Resources;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.kubernetes.ProviderObjects;
import dev.stepzero.scan.manifest.Look;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What will be there once a plan is applied. */
final class PlanResources {
    private final Value.Mapping plan;
    private final Value.Mapping providers;
    private final References references;
    private final boolean configured;
    private final Map<String, Map<String, Value.Mapping>> modules = new HashMap<>();

    PlanResources(Value.Mapping plan) {
        this.plan = plan;
        var configuration = Look.mapping(plan, "configuration");
        this.configured = configuration.entry("root_module").isPresent();
        this.providers = Look.mapping(configuration, "provider_config");
        this.references = new References(Look.mapping(configuration, "root_module"));
    }

    Resources configured() {
        return new Resources(ProviderObjects.adapted(all()), references.known());
    }

    private List<Resource> all() {
        var found = new ArrayList<Resource>();
        if (plan.entry("resource_changes").isPresent()) {
            Look.items(plan.get("resource_changes")).forEach(change -> add(change, found));
        } else {
            ShownState.listed(Look.mapping(plan, "planned_values"))
                    .forEach(each -> ShownState.resource(each, Format.TERRAFORM_PLAN, found));
        }
        addDataRead(found);
        Providers.add(providers, references, found);
        return found;
    }

    private void add(Located item, List<Resource> found) {
        var resource = Look.mapping(item.value());
        var change = Look.mapping(resource, "change");
        var type = Look.text(resource, "type").orElse("");
        var address = Look.text(resource, "address").orElse("");
        if (type.isEmpty() || address.isEmpty() || resource.entry("deposed").isPresent() || leaves(change)) {
            return;
        }
        var kind = Look.text(resource, "mode").orElse("").equals("data") ? "data." + type : type;
        var source = source(address, kind, Look.text(resource, "name").orElse(""));
        found.add(new Resource(
                kind,
                address,
                Shape.ofChange(
                        address,
                        Look.mapping(change, "after"),
                        change.get("after_unknown"),
                        source == null ? null : Look.mapping(source, "expressions"),
                        references),
                item.position(),
                Addresses.origin(Format.TERRAFORM_PLAN, address, version(source))));
    }

    private static boolean leaves(Value.Mapping change) {
        var actions = Look.items(change.get("actions"));
        if (actions.size() != 1) {
            return false;
        }
        var action = Look.text(actions.getFirst().value()).orElse("");
        return action.equals("delete") || action.equals("forget");
    }

    /** The resource's block; null where the plan does not have the configuration with it. */
    private Value.@Nullable Mapping source(String address, String kind, String name) {
        return configured
                ? modules.computeIfAbsent(Addresses.module(address), this::blocks)
                        .get(kind + "." + name)
                : null;
    }

    private Map<String, Value.Mapping> blocks(String module) {
        var blocks = new HashMap<String, Value.Mapping>();
        for (var item : Look.items(references.configuration(module).get("resources"))) {
            var block = Look.mapping(item.value());
            Look.text(block, "address").ifPresent(address -> blocks.put(address, block));
        }
        return blocks;
    }

    private @Nullable String version(Value.@Nullable Mapping source) {
        return source == null
                ? null
                : Look.text(source, "provider_config_key")
                        .flatMap(key -> Providers.version(Look.mapping(providers, key)))
                        .orElse(null);
    }

    /** Data sources that were read while planning stand in the state before, and nowhere else. */
    private void addDataRead(List<Resource> found) {
        var there = new HashSet<String>();
        found.forEach(resource -> there.add(resource.address()));
        for (var item : ShownState.listed(Look.mapping(Look.mapping(plan, "prior_state"), "values"))) {
            var resource = Look.mapping(item.value());
            if (Look.text(resource, "mode").orElse("").equals("data")
                    && !there.contains(Look.text(resource, "address").orElse(""))) {
                ShownState.resource(item, Format.TERRAFORM_PLAN, found);
            }
        }
    }
}
