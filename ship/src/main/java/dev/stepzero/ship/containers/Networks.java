package dev.stepzero.ship.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.Network.Ipam;
import dev.stepzero.core.UserError;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bridge networks that the engine keeps for Stepzero. */
public final class Networks {
    /** Says that the range was asked for: Docker gives fixed addresses only in such networks. */
    private static final String FIXED = "dev.stepzero.subnet";

    private static final int ATTEMPTS = 5;

    private final DockerClient client;
    private final Calls calls;

    Networks(DockerClient client, Calls calls) {
        this.client = client;
        this.calls = calls;
    }

    /**
     * Sees to it that the network is there, in a range that the engine found to be free.
     *
     * @param internal whether nothing leads from it to the outside
     * @throws UserError if the engine refuses, or a network of this name belongs to somebody else
     */
    public EngineNetwork ensure(String name, boolean internal, Labels labels) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            var there = inspect(name);
            if (there.isPresent() && usable(there.get(), internal, labels)) {
                return network(there.get());
            }
            try {
                if (there.isPresent()) {
                    remove(name);
                }
                create(name, internal, labels, Optional.empty());
                var free =
                        subnet(inspect(name).orElseThrow(() -> UserError.engine("the network " + name + " vanished")));
                remove(name);
                create(name, internal, labels.and(FIXED, free), Optional.of(free));
            } catch (UserError e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** The networks that carry all these labels. */
    public List<EngineNetwork> list(Labels labels) throws InterruptedException {
        var wanted = labels.values().entrySet();
        return calls.make("listing networks", client.listNetworksCmd()::exec).stream()
                .filter(network -> labels(network).entrySet().containsAll(wanted))
                .map(Networks::network)
                .toList();
    }

    /** Takes the network away; nothing happens when it is not there. */
    public void remove(String name) throws InterruptedException {
        calls.settle("removing the network " + name, client.removeNetworkCmd(name)::exec);
    }

    private Optional<Network> inspect(String name) throws InterruptedException {
        return calls.find(
                "looking at the network " + name, client.inspectNetworkCmd().withNetworkId(name)::exec);
    }

    private void create(String name, boolean internal, Labels labels, Optional<String> subnet)
            throws InterruptedException {
        var command = client.createNetworkCmd()
                .withName(name)
                .withDriver("bridge")
                .withInternal(internal)
                .withCheckDuplicate(true)
                .withLabels(labels.values());
        subnet.ifPresent(range -> command.withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(range))));
        calls.make("creating the network " + name, command::exec);
    }

    private static boolean usable(Network network, boolean internal, Labels labels) {
        var there = labels(network);
        if (!there.entrySet().containsAll(labels.values().entrySet())) {
            throw UserError.engine("a network named " + network.getName() + " is there that is not of this environment")
                    .fix("remove it with 'docker network rm' or give the environment another name");
        }
        return there.containsKey(FIXED) && Boolean.valueOf(internal).equals(network.getInternal());
    }

    private static EngineNetwork network(Network network) {
        return new EngineNetwork(network.getName(), subnet(network), labels(network));
    }

    private static Map<String, String> labels(Network network) {
        return Optional.ofNullable(network.getLabels()).orElse(Map.of());
    }

    private static String subnet(Network network) {
        return Optional.ofNullable(network.getIpam()).map(Ipam::getConfig).orElse(List.of()).stream()
                .map(Ipam.Config::getSubnet)
                .filter(range -> range != null && range.indexOf('.') > 0)
                .findFirst()
                .orElseThrow(() -> UserError.engine("the network " + network.getName() + " has no IPv4 range"));
    }
}
