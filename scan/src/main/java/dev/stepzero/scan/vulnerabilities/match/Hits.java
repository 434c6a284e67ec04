package dev.stepzero.scan.vulnerabilities.match;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.vulnerabilities.database.Database;
import dev.stepzero.scan.vulnerabilities.database.Keys;
import dev.stepzero.scan.vulnerabilities.match.Lookups.Lookup;
import dev.stepzero.scan.vulnerabilities.osv.Advisory.Head;
import dev.stepzero.scan.vulnerabilities.osv.Affected;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The records about one package, gathered and then told apart by vulnerability. */
final class Hits {
    /** As many fixes are tried; honest records have a few. */
    private static final int MOST_FIXES = 100;

    private static final Comparator<Hit> NAMING =
            Comparator.comparingInt((Hit each) -> rank(each.head.id())).thenComparing(each -> each.head.id());

    private final Component component;
    private final Database database;
    private final Schemes schemes;
    private final Map<String, Hit> records = new LinkedHashMap<>();

    /** A record with its packages that are this one, whether they hold its version or not. */
    private static final class Hit {
        private final Head head;
        private final Lookup question;
        private final List<Affected> affected = new ArrayList<>();
        private final List<Affected> holding = new ArrayList<>();
        private boolean undecided;

        Hit(Head head, Lookup question) {
            this.head = head;
            this.question = question;
        }
    }

    Hits(Component component, Database database, Schemes schemes) {
        this.component = component;
        this.database = database;
        this.schemes = schemes;
    }

    /** Takes a record's package in; a record that several feeds have counts once, as it was changed last. */
    void add(Lookup question, Database.Entry entry) {
        var answer = evaluation(question).answer(entry.affected(), question.version());
        var head = entry.head().get();
        var record = records.get(head.id());
        if (record == null || head.modified().compareTo(record.head.modified()) > 0) {
            record = new Hit(head, question);
            records.put(head.id(), record);
        } else if (head.modified().compareTo(record.head.modified()) < 0) {
            return;
        }
        if (record.affected.contains(entry.affected())) {
            return;
        }
        record.affected.add(entry.affected());
        switch (answer) {
            case AFFECTED -> record.holding.add(entry.affected());
            case UNDECIDED -> record.undecided = true;
            case UNAFFECTED -> {}
        }
    }

    private Evaluation evaluation(Lookup question) {
        return new Evaluation(schemes, Keys.base(question.ecosystem()));
    }

    /** The ids of the records that may affect the package. */
    List<String> undecided() {
        return records.values().stream()
                .filter(record -> record.undecided && record.holding.isEmpty())
                .map(record -> record.head.id())
                .sorted()
                .toList();
    }

    List<Vulnerable> vulnerable() {
        var hit = records.values().stream()
                .filter(record -> !record.holding.isEmpty())
                .toList();
        return new ArrayList<>(Aliases.groups(hit, record -> Aliases.of(record.head)).stream()
                .map(this::vulnerable)
                .toList());
    }

    private Vulnerable vulnerable(List<Hit> group) {
        var first = group.stream().min(NAMING).orElseThrow();
        var names = new TreeSet<String>();
        var cves = new TreeSet<String>();
        var cwe = new TreeSet<Integer>();
        for (var record : group) {
            names.addAll(Aliases.of(record.head));
            cves.addAll(Aliases.cves(record.head));
            cwe.addAll(record.head.cwe());
        }
        names.remove(first.head.id());
        var exploitation = database.exploitation(cves);
        return new Vulnerable(
                component,
                first.head.id(),
                List.copyOf(names),
                group.stream()
                        .sorted(NAMING)
                        .map(record -> record.head.summary())
                        .filter(summary -> !summary.isEmpty())
                        .findFirst()
                        .orElse(""),
                rating(group).raised(exploitation),
                exploitation,
                RangeText.of(first.holding.getFirst()),
                fixed(group),
                List.copyOf(cwe),
                group.stream()
                        .flatMap(record -> record.holding.stream())
                        .flatMap(affected -> affected.symbols().stream())
                        .distinct()
                        .toList());
    }

    private static Rating rating(List<Hit> group) {
        if (group.stream().anyMatch(record -> record.head.id().startsWith("MAL-"))) {
            return Rating.malicious();
        }
        var particular = group.stream()
                .flatMap(record -> record.holding.stream())
                .flatMap(affected -> affected.ratings().stream())
                .toList();
        var general =
                group.stream().flatMap(record -> record.head.ratings().stream()).toList();
        // What is said of the package itself goes first, if it is a vector or nobody has one.
        var all = new ArrayList<>(particular);
        all.addAll(general);
        return Rating.of(all);
    }

    /** The smallest version above the installed one that mends it, if no record of the group affects it. */
    private Optional<String> fixed(Collection<Hit> group) {
        var question = group.iterator().next().question;
        var evaluation = evaluation(question);
        var affected =
                group.stream().flatMap(record -> record.affected.stream()).toList();
        return evaluation.fixesAbove(affected, question.version()).stream()
                .limit(MOST_FIXES)
                .filter(fix ->
                        affected.stream().noneMatch(one -> evaluation.answer(one, fix) == Evaluation.Answer.AFFECTED))
                .findFirst();
    }

    private static int rank(String id) {
        if (id.startsWith("GHSA-")) {
            return 0;
        }
        return id.startsWith("CVE-") ? 1 : 2;
    }
}
