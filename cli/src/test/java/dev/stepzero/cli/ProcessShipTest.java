package dev.stepzero.cli;

import java.io.IOException;
import java.nio.file.Path;

class ProcessShipTest extends ShipSpecification {
    @Override
    Session user(Path home) throws IOException {
        return Session.withoutEngine(home);
    }

    @Override
    String target() {
        return "process";
    }
}
