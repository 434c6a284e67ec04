package dev.stepzero.ship.image;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How containers of an image are started, and what it says about itself.
 *
 * @param name under which the layout lists the image
 * @param labels also the manifest's annotations
 */
record ImageConfig(
        String name,
        List<String> entrypoint,
        List<String> command,
        SortedMap<String, String> environment,
        String directory,
        List<Integer> ports,
        SortedMap<String, String> labels,
        Instant created) {
    private static final String PREFIX = "org.opencontainers.image.";

    static SortedMap<String, String> labels(BuildFacts facts) {
        var labels = new TreeMap<String, String>();
        Map.of(
                        "title", facts.title(),
                        "version", facts.version(),
                        "revision", facts.revision(),
                        "source", facts.source(),
                        "created", time(facts.created()))
                .forEach((name, value) -> {
                    if (!value.isEmpty()) {
                        labels.put(PREFIX + name, value);
                    }
                });
        return labels;
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The image's configuration, as section 'OCI Image Configuration' of the image specification has it. */
    byte[] config(String architecture, List<BuiltLayer> layers) {
        var json = JsonMapper.shared().createObjectNode();
        json.put("created", time(created)).put("architecture", architecture).put("os", "linux");
        json.set("config", process());
        var differences = json.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        layers.forEach(layer -> differences.add(layer.content().toString()));
        var history = json.putArray("history");
        layers.forEach(
                layer -> history.addObject().put("created", time(created)).put("created_by", "stepzero"));
        return JsonMapper.shared().writeValueAsBytes(json);
    }

    private ObjectNode process() {
        var config = JsonMapper.shared().createObjectNode();
        config.put("User", RootSkeleton.USER_AND_GROUP).put("WorkingDir", directory);
        var variables = config.putArray("Env");
        environment.forEach((name, value) -> variables.add(name + "=" + value));
        entrypoint.forEach(config.putArray("Entrypoint")::add);
        if (!command.isEmpty()) {
            command.forEach(config.putArray("Cmd")::add);
        }
        if (!ports.isEmpty()) {
            var exposed = config.putObject("ExposedPorts");
            ports.stream().sorted().forEach(port -> exposed.putObject(port + "/tcp"));
        }
        labels.forEach(config.putObject("Labels")::put);
        return config;
    }

    byte[] manifest(ImageManifest.Blob config, List<ImageManifest.Blob> layers) {
        var json = JsonMapper.shared().createObjectNode();
        json.put("schemaVersion", 2).put("mediaType", ImageManifest.MEDIA_TYPE);
        json.set("config", descriptor(config));
        var all = json.putArray("layers");
        layers.forEach(layer -> all.add(descriptor(layer)));
        labels.forEach(json.putObject("annotations")::put);
        return JsonMapper.shared().writeValueAsBytes(json);
    }

    private static ObjectNode descriptor(ImageManifest.Blob blob) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("mediaType", blob.mediaType())
                .put("digest", blob.digest().toString())
                .put("size", blob.size());
    }
}
