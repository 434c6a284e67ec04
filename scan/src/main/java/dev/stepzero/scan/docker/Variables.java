package dev.stepzero.scan.docker;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What ARG and ENV have set at some point of a file. */
final class Variables {
    /** More than this are not kept. */
    private static final int MOST = 1_000;

    /** How many characters the variables of one file may fill in, all in all. */
    static final int MOST_FILLED_IN = 4 << 20;

    private static final Set<String> GIVEN_BY_BUILDER = Set.of(
            "TARGETPLATFORM",
            "TARGETOS",
            "TARGETARCH",
            "TARGETVARIANT",
            "BUILDPLATFORM",
            "BUILDOS",
            "BUILDARCH",
            "BUILDVARIANT",
            "HTTP_PROXY",
            "http_proxy",
            "HTTPS_PROXY",
            "https_proxy",
            "FTP_PROXY",
            "ftp_proxy",
            "NO_PROXY",
            "no_proxy",
            "ALL_PROXY",
            "all_proxy");

    private final Map<String, Value> args;
    private final Map<String, Value> env;
    private final boolean fromBase;
    /** What all stages of the file have filled in so far. */
    private final AtomicLong filledIn;

    private Variables(Map<String, Value> args, Map<String, Value> env, boolean fromBase, AtomicLong filledIn) {
        this.args = args;
        this.env = env;
        this.fromBase = fromBase;
        this.filledIn = filledIn;
    }

    /** Before the first stage. */
    static Variables global() {
        return new Variables(new LinkedHashMap<>(), new LinkedHashMap<>(), false, new AtomicLong());
    }

    /** The same file's variables at the beginning of a stage whose base image stands in no file that is known. */
    Variables ofStage() {
        return new Variables(new LinkedHashMap<>(), new LinkedHashMap<>(), true, filledIn);
    }

    /** At the beginning of a stage that goes on from here. */
    Variables inherited() {
        return new Variables(new LinkedHashMap<>(args), new LinkedHashMap<>(env), fromBase, filledIn);
    }

    /** Notes that so many characters are filled in; false where that would be too much for one file. */
    boolean fillIn(int characters) {
        return filledIn.addAndGet(characters) <= MOST_FILLED_IN;
    }

    void setArg(String name, Value value) {
        if (args.size() < MOST) {
            args.put(name, value);
        }
    }

    void setEnv(String name, Value value) {
        if (env.size() < MOST) {
            env.put(name, value);
        }
    }

    Map<String, Value> env() {
        return env;
    }

    boolean hasArg(String name) {
        return args.containsKey(name);
    }

    /** Whether only the base image knows it; otherwise what has no value here has none unless the builder is told one. */
    boolean mayComeFromBase(String name) {
        return fromBase && !args.containsKey(name) && !env.containsKey(name);
    }

    Value get(String name) {
        var value = env.get(name);
        if (value == null) {
            value = args.get(name);
        }
        if (value != null) {
            return value;
        }
        if (GIVEN_BY_BUILDER.contains(name)) {
            return Unknown.because(name + " is given by the builder");
        }
        return Unknown.because(
                fromBase ? name + " is not set here; the base image may" : "ARG " + name + " is not declared");
    }
}
