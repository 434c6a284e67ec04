package dev.stepzero.scan.code.java.flow;

import dev.stepzero.scan.code.java.value.Check;
import dev.stepzero.scan.code.java.value.Check.Fact;
import dev.stepzero.scan.code.java.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Files and paths. Whatever form one is asked for, it is the same place: what a test tells about one form holds for all. A
 * test where a path begins tells something only once its dots are worked out.
 */
final class Paths implements Model {
    private static final Set<String> OWNERS = Set.of("java/io/File", "java/nio/file/Path");
    private static final Set<String> NORMAL = Set.of("getCanonicalPath", "getCanonicalFile", "normalize", "toRealPath");
    private static final Set<String> FORMS = Set.of(
            "getAbsolutePath", "getAbsoluteFile", "toPath", "toFile", "toAbsolutePath", "toString", "getPath", "toUri");
    static final String NORMALISED = "#normalised";

    /** Whether objects of a type never change, so that they are values rather than things. */
    static boolean isValue(String type) {
        return Set.of("java/io/File", "java/net/URL", "java/net/URI", "java/lang/String")
                .contains(type);
    }

    @Override
    public Optional<Value> answer(Call call, State state, MethodRun run) {
        var on = call.on();
        if (call.name().equals("startsWith") && on.tags().contains(NORMALISED) && on.id() != 0) {
            boolean known = state.heap().deep(call.argument(0)).isNone();
            return known
                    ? Optional.of(Value.UNKNOWN.checking(new Check(List.of(Fact.harmless(on.id())), List.of())))
                    : Optional.empty();
        }
        if (!OWNERS.contains(call.owner()) || call.receiver().isEmpty()) {
            return Optional.empty();
        }
        var same = Fields.typed(call.result())
                .with(state.heap().deep(on))
                .identified(on.id())
                .tagged(on.tags());
        if (NORMAL.contains(call.name())) {
            return Optional.of(same.tagged(Set.of(NORMALISED)));
        }
        return FORMS.contains(call.name()) ? Optional.of(same) : Optional.empty();
    }
}
