package dev.stepzero.rules;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The standards that rules may name, and their controls. */
public final class Frameworks {
    private final Map<String, Set<String>> controls;

    private Frameworks(Map<String, Set<String>> controls) {
        this.controls = Map.copyOf(controls);
    }

    /**
     * Reads every framework file of a directory.
     *
     * @throws UserError if one is no framework
     */
    static Frameworks read(Path directory) throws IOException {
        var found = new HashMap<String, Set<String>>();
        for (var file : Catalog.files(directory)) {
            var framework = RuleYaml.parse(file.toString(), Files.readString(file));
            framework.only(Set.of("id", "title", "controls"));
            var known = framework.map("controls").orElseThrow(() -> framework.wrong("'controls' is missing"));
            found.put(framework.text("id"), Set.copyOf(known.keys()));
        }
        return new Frameworks(found);
    }

    /** The controls of a rule that are not there. */
    List<String> unknown(Rule rule) {
        var unknown = new ArrayList<String>();
        for (var control : rule.controls()) {
            int colon = control.indexOf(':');
            var known = controls.get(colon < 0 ? control : control.substring(0, colon));
            if (known == null || !known.contains(control.substring(colon + 1))) {
                unknown.add(control + " (" + rule.id() + ")");
            }
        }
        return unknown;
    }
}
