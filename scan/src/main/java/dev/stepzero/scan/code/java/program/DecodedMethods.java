package dev.stepzero.scan.code.java.program;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The methods that were decoded last. */
final class DecodedMethods extends LinkedHashMap<Method, Optional<Code>> {
    private static final long serialVersionUID = 1;
    private static final int MOST = 4_000;

    DecodedMethods() {
        super(256, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Method, Optional<Code>> eldest) {
        return size() > MOST;
    }
}
