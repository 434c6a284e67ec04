package dev.stepzero.rules;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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

    /** Refuses a rule that names a framework or a control that is not there. */
    void check(Rule rule) {
        for (var control : rule.controls()) {
            int colon = control.indexOf(':');
            var known = controls.get(colon < 0 ? control : control.substring(0, colon));
            if (known == null || !known.contains(control.substring(colon + 1))) {
                throw UserError.unreadable("'%s' is no control of a known framework".formatted(control))
                        .at(rule.id())
                        .fix("see rules/frameworks, or add the control there");
            }
        }
    }
}
