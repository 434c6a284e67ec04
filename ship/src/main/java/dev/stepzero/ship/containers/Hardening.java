package dev.stepzero.ship.containers;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Binds;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.api.model.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The profile that every container of Stepzero gets, on top of what its specification asks for. */
final class Hardening {
    private static final ContainerMount.Memory SCRATCH = new ContainerMount.Memory("/tmp", 64, false);
    private static final long MEGABYTE = 1024L * 1024;
    /** Podman 4.3 swaps soft and hard where it fills in its defaults, so both limits are given and both are equal. */
    private static final Ulimit[] ULIMITS = {new Ulimit("nofile", 8192L, 8192L), new Ulimit("nproc", 8192L, 8192L)};

    private static final double NANOS_OF_A_PROCESSOR = 1e9;

    private Hardening() {}

    static HostConfig profile(ContainerSpec spec, boolean init) {
        long memory = spec.limits().memoryMegabytes() * MEGABYTE;
        var config = HostConfig.newHostConfig()
                .withReadonlyRootfs(true)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withPrivileged(false)
                .withPidsLimit((long) spec.limits().processes())
                .withMemory(memory)
                .withMemorySwap(memory)
                .withNanoCPUs((long) (spec.limits().cpus() * NANOS_OF_A_PROCESSOR))
                .withUlimits(ULIMITS)
                .withInit(init)
                .withTmpFs(memoryMounts(spec))
                .withBinds(binds(spec))
                .withPortBindings(ports(spec))
                .withNetworkMode(
                        spec.networks().isEmpty()
                                ? "none"
                                : spec.networks().getFirst().network())
                .withRestartPolicy(spec.restart() ? RestartPolicy.onFailureRestart(10) : RestartPolicy.noRestart())
                .withExtraHosts(spec.hosts().entrySet().stream()
                        .map(host -> host.getKey() + ":" + host.getValue())
                        .toArray(String[]::new));
        return spec.keepUser() ? config.withUsernsMode("keep-id") : config;
    }

    private static Map<String, String> memoryMounts(ContainerSpec spec) {
        var mounts = new LinkedHashMap<String, String>();
        mounts.put(SCRATCH.path(), options(SCRATCH));
        for (var mount : spec.mounts()) {
            if (mount instanceof ContainerMount.Memory memory) {
                mounts.put(memory.path(), options(memory));
            }
        }
        return mounts;
    }

    private static String options(ContainerMount.Memory memory) {
        return "rw,nosuid,nodev,%s,size=%dm,mode=1777"
                .formatted(memory.executable() ? "exec" : "noexec", memory.megabytes());
    }

    private static Binds binds(ContainerSpec spec) {
        var binds = new ArrayList<Bind>();
        for (var mount : spec.mounts()) {
            switch (mount) {
                case ContainerMount.Bind bind ->
                    binds.add(new Bind(
                            bind.source().toAbsolutePath().toString(),
                            new Volume(bind.path()),
                            bind.readOnly() ? AccessMode.ro : AccessMode.rw));
                case ContainerMount.Volume volume -> binds.add(new Bind(volume.name(), new Volume(volume.path())));
                case ContainerMount.Memory _ -> {}
            }
        }
        return new Binds(binds.toArray(Bind[]::new));
    }

    private static Ports ports(ContainerSpec spec) {
        var ports = new Ports();
        for (var port : spec.ports()) {
            ports.bind(ExposedPort.tcp(port.port()), Ports.Binding.bindIpAndPort(port.address(), port.hostPort()));
        }
        return ports;
    }
}
