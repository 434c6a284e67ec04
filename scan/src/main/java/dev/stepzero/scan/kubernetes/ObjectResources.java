package dev.stepzero.scan.kubernetes;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.scan.tree.Intake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Makes resources of objects: each object, and its workload beside it. */
final class ObjectResources {
    private static final Origin ORIGIN = Origin.of(Format.KUBERNETES);

    private ObjectResources() {}

    /** Overlays repeat an object for every environment: from the second on its address gets a number. */
    static List<Resource> of(List<ManifestObject> objects, Intake intake) {
        var resources = new ArrayList<Resource>(objects.size());
        var neighbourhood = new Neighbourhood(objects);
        var seen = new HashMap<String, Integer>();
        for (var object : objects) {
            var address = object.address();
            int times = seen.merge(address, 1, Integer::sum);
            var unique = times == 1 ? address : address + "#" + times;
            var resource = new Resource(object.kind(), unique, object.attributes(), object.position(), ORIGIN);
            resources.add(resource);
            var workload = Workload.of(object.attributes());
            workload.ifPresent(found -> resources.add(found.resource(resource, object.namespace(), neighbourhood)));
            if (workload.isEmpty() && Workload.MAKES_PODS.contains(object.kind())) {
                intake.problem("the " + object.kind() + " has no pod in its spec that can be read", object.position());
            }
        }
        return resources;
    }
}
