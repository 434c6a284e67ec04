package dev.stepzero.cli;

import java.time.Clock;
import picocli.CommandLine;

/** Makes the commands, each with the terminal and the clock that it was given. */
final class Commands implements CommandLine.IFactory {
    private final Terminal terminal;
    private final Clock clock;

    Commands(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (var constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 2) {
                return type.cast(constructor.newInstance(terminal, clock));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
