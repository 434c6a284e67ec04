package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.tree.Intake;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The evaluation of one root module with all that it calls: by need, every node (a variable, a local value, a resource, an
 * output of a module instance) once. For one thread.
 */
final class RootEvaluation {
    /** Module instances and resources beyond this are no configuration but an explosion. */
    private static final int MOST_INSTANCES = 200_000;

    private final Limits limits;
    private final Expressions expressions;
    private final Blocks blocks;
    private final Workspace workspace;
    private final String directory;
    private final Map<String, String> installed;
    private final ProviderVersions versions;
    private final Deque<String> underway = new ArrayDeque<>();
    private final IdentityHashMap<Value.Mapping, String> whole = new IdentityHashMap<>();
    private final List<Resource> resources = new ArrayList<>();
    private final Set<Skipped> skipped = new LinkedHashSet<>();
    private int instances;

    /** What is left out on purpose. */
    record Skipped(String path, String reason) {}

    /** What came out of it. */
    record Outcome(List<Resource> resources, Collection<Intake.Problem> problems, Collection<Skipped> skipped) {}

    private RootEvaluation(Workspace workspace, Module root) {
        this.limits = new Limits(workspace.allowance(), workspace.characters(root.directory()));
        this.expressions = new Expressions(limits);
        this.blocks = new Blocks(expressions, limits);
        this.workspace = workspace;
        this.directory = root.directory();
        this.installed = workspace.installed(root.directory());
        this.versions = workspace.versions(root);
    }

    static Outcome of(Workspace workspace, Module root) {
        var evaluation = new RootEvaluation(workspace, root);
        var values = workspace.values(root, evaluation.expressions);
        ModuleInstance.root(evaluation, root, values).collect();
        return new Outcome(evaluation.resources, evaluation.limits.problems(), evaluation.skipped);
    }

    Limits limits() {
        return limits;
    }

    Expressions expressions() {
        return expressions;
    }

    Blocks blocks() {
        return blocks;
    }

    Workspace workspace() {
        return workspace;
    }

    String directory() {
        return directory;
    }

    /** Directories of downloaded modules by the dotted path of their call. */
    Map<String, String> installed() {
        return installed;
    }

    ProviderVersions versions() {
        return versions;
    }

    /** Room for one more; false when there are too many, once with a problem. */
    boolean another(Position position) {
        instances++;
        if (instances == MOST_INSTANCES) {
            limits.problem(
                    "more than %,d instances: what is left is not looked at".formatted(MOST_INSTANCES), position);
        }
        return instances < MOST_INSTANCES && !Thread.currentThread().isInterrupted() && limits.hold(10, position);
    }

    void add(Resource resource) {
        resources.add(resource);
    }

    void skip(String path, String reason) {
        skipped.add(new Skipped(path, reason));
    }

    /** Remembers which resource an object of attributes is, so that what it does not set can be told from a mistake. */
    void remember(Value.Mapping attributes, String address) {
        whole.put(attributes, address);
    }

    /** The address of the resource whose attributes these are; empty if they are no resource's. */
    String address(Value.Mapping attributes) {
        return whole.getOrDefault(attributes, "");
    }

    /** A value that is evaluated when it is first asked for. */
    static final class Node {
        private enum State {
            ASKED,
            DONE
        }

        private State state = State.ASKED;
        private Value value = Value.ABSENT;
    }

    Value once(
            Map<String, Node> nodes, String name, String prefix, String kind, Position asked, Supplier<Value> compute) {
        var node = nodes.get(name);
        if (node == null) {
            node = new Node();
            nodes.put(name, node);
            underway.addLast(prefix + kind + name);
            try {
                node.value = compute.get();
            } finally {
                underway.removeLast();
                node.state = Node.State.DONE;
            }
            return node.value;
        }
        if (node.state == Node.State.ASKED) {
            return circle(prefix + kind + name, asked);
        }
        return node.value;
    }

    /** Whether it is being evaluated right now. */
    static boolean isUnderway(Map<String, Node> nodes, String name) {
        var node = nodes.get(name);
        return node != null && node.state == Node.State.ASKED;
    }

    void begin(String address) {
        underway.addLast(address);
    }

    void end() {
        underway.removeLast();
    }

    /** What refers to itself, through others: a problem that names them all. */
    Unknown circle(String address, Position asked) {
        var members = new ArrayList<String>();
        boolean inside = false;
        for (var each : underway) {
            inside |= each.equals(address);
            if (inside) {
                members.add(each);
            }
        }
        members.add(address);
        if (members.size() > 12) {
            int left = members.size() - 12;
            members.subList(8, members.size() - 4).clear();
            members.add(8, "(%d more)".formatted(left));
        }
        limits.problem("these refer to each other in a circle: " + String.join(" -> ", members), asked);
        return Unknown.because(address + " refers to itself");
    }

    /** A resource without place among the others, such as a variable. */
    void add(String kind, String address, Value.Mapping attributes, Position position, Origin origin) {
        resources.add(new Resource(kind, address, attributes, position, origin));
    }
}
