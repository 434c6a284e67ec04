package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.knowledge.CodeRule;
import dev.stepzero.scan.code.java.value.Check;
import dev.stepzero.scan.code.java.value.Check.Fact;
import dev.stepzero.scan.code.java.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Addresses. A test of the host tells about the whole address, for those who ask where it leads: that it is one of a list,
 * or ends with a domain.
 */
final class Hosts implements Model {
    private static final Set<String> OWNERS = Set.of("java/net/URI", "java/net/URL");
    private static final Set<String> HOSTS = Set.of("getHost", "getAuthority", "getRawAuthority");
    private static final Set<String> FORMS =
            Set.of("toURL", "toURI", "toString", "toASCIIString", "normalize", "toExternalForm");
    private static final Set<String> OF_HOSTS = Set.of("equals", "equalsIgnoreCase", "endsWith");
    private static final Set<String> WITH_HOSTS = Set.of("contains", "containsKey");
    private static final String HOST = "#host";

    @Override
    public Optional<Value> answer(Call call, State state, MethodRun run) {
        if (call.result().equals("Z")) {
            return test(call, state, run.analysis().knowledge().clearedBy(CodeRule.HOST));
        }
        var on = call.on();
        if (on.tags().contains(HOST) && Set.of("toLowerCase", "strip", "trim").contains(call.name())) {
            return Optional.of(on);
        }
        if (!OWNERS.contains(call.owner()) || call.receiver().isEmpty() || on.id() == 0) {
            return Optional.empty();
        }
        var same = Fields.typed(call.result()).with(state.heap().deep(on)).identified(on.id());
        if (HOSTS.contains(call.name())) {
            return Optional.of(same.tagged(Set.of(HOST)));
        }
        return FORMS.contains(call.name()) ? Optional.of(same) : Optional.empty();
    }

    private static boolean isEqual(String name) {
        return name.startsWith("equals");
    }

    private static Optional<Value> test(Call call, State state, Set<String> rules) {
        boolean argument = call.argument(0).tags().contains(HOST);
        var host = argument ? call.argument(0) : call.on();
        var other = argument ? call.on() : call.argument(0);
        boolean tests = argument
                ? isEqual(call.name())
                        || (WITH_HOSTS.contains(call.name()) && !call.owner().equals(Texts.STRING))
                : OF_HOSTS.contains(call.name());
        if (!tests
                || !host.tags().contains(HOST)
                || host.id() == 0
                || !state.heap().deep(other).isNone()) {
            return Optional.empty();
        }
        boolean domain = !call.name().equals("endsWith")
                || other.only().filter(each -> each.toString().startsWith(".")).isPresent();
        return domain
                ? Optional.of(Value.UNKNOWN.checking(new Check(List.of(Fact.harmlessFor(host.id(), rules)), List.of())))
                : Optional.empty();
    }
}
