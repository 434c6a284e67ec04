package dev.stepzero.scan.compose;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.manifest.ImageName;
import dev.stepzero.scan.manifest.Look;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one file, and the one under it, set up.
 *
 * @param base the file that this one is put on top of, where there is one
 * @param whole whether everything of the base is part of it; otherwise only the services that this file leaves incomplete
 */
record Project(ComposeFile file, Optional<ComposeFile> base, boolean whole) {
    private static final Origin ORIGIN = Origin.of(Format.COMPOSE);

    List<Resource> resources(Extension extension) {
        var resources = new ArrayList<Resource>();
        services().forEach((name, service) -> resources.add(service(name, service, extension)));
        parts("networks", "compose_network", resources);
        parts("volumes", "compose_volume", resources);
        parts("secrets", "compose_secret", resources);
        parts("configs", "compose_config", resources);
        return resources;
    }

    private Map<String, Located> services() {
        var services = new LinkedHashMap<String, Located>();
        var under = base.map(ComposeFile::services).orElse(Value.Mapping.EMPTY);
        if (whole) {
            services.putAll(under.entries());
        }
        file.services().entries().forEach((name, service) -> {
            var merged = under.entry(name)
                    .filter(below -> whole || isPartial(service))
                    .map(below -> Overlay.of(Service.normal(below), Service.normal(service)));
            services.put(name, merged.orElse(service));
        });
        return services;
    }

    private static boolean isPartial(Located service) {
        var entries = Look.mapping(service.value()).entries();
        return !entries.containsKey("image") && !entries.containsKey("build") && !entries.containsKey("extends");
    }

    private Resource service(String name, Located written, Extension extension) {
        var service = Service.normal(extension.resolve(written, file, 0));
        var attributes = new LinkedHashMap<>(Look.mapping(service.value()).entries());
        attributes.put("name", new Located(Value.of(name), written.position()));
        ImageName.spread(attributes.get("image"), attributes);
        return new Resource(
                "compose_service", "services." + name, new Value.Mapping(attributes), written.position(), ORIGIN);
    }

    private void parts(String section, String kind, List<Resource> into) {
        var parts = new LinkedHashMap<String, Located>();
        if (whole) {
            base.ifPresent(
                    under -> parts.putAll(Look.mapping(under.root(), section).entries()));
        }
        parts.putAll(Look.mapping(file.root(), section).entries());
        parts.forEach((name, part) -> {
            var attributes = Look.mapping(part.value());
            into.add(new Resource(
                    kind,
                    section + "." + name,
                    attributes.with("key", new Located(Value.of(name), part.position())),
                    part.position(),
                    ORIGIN));
        });
    }
}
