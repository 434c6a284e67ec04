package dev.stepzero.scan.vulnerabilities.match;

import dev.stepzero.scan.vulnerabilities.osv.Advisory.Head;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Which records are about the same vulnerability. */
final class Aliases {
    private Aliases() {}

    /** All names of a record's vulnerability. A distribution's record of a single CVE is that CVE's. */
    static Set<String> of(Head head) {
        var names = new TreeSet<String>();
        names.add(head.id());
        names.addAll(head.aliases());
        if (head.upstream().size() == 1) {
            names.addAll(head.upstream());
        }
        return names;
    }

    /** The CVEs that a record is about: named ones, else those that it calls related, as older distributions' do. */
    static Set<String> cves(Head head) {
        var all = new TreeSet<>(of(head));
        all.addAll(head.upstream());
        all.removeIf(name -> !name.startsWith("CVE-"));
        if (all.isEmpty()) {
            all.addAll(head.related());
        }
        return all;
    }

    /** Items that have a name in common, directly or through others, together. */
    static <T> List<List<T>> groups(List<T> items, Function<T, Set<String>> names) {
        Map<String, List<T>> byName = new HashMap<>();
        var groups = new ArrayList<List<T>>();
        for (var item : items) {
            var joined = new ArrayList<T>(List.of(item));
            for (var name : names.apply(item)) {
                var group = byName.get(name);
                if (group != null && groups.remove(group)) {
                    joined.addAll(0, group);
                }
            }
            groups.add(joined);
            for (var member : joined) {
                names.apply(member).forEach(name -> byName.put(name, joined));
            }
        }
        return groups;
    }
}
