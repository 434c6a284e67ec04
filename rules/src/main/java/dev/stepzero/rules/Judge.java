package dev.stepzero.rules;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Undecided;
import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Resources;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.rules.condition.Answered;
import dev.stepzero.rules.condition.Neighbours;
import dev.stepzero.rules.condition.Rendering;
import dev.stepzero.rules.condition.Scope;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Judges resources by a rulebook. Safe for use by several threads. */
public final class Judge {
    /** Resources that one thread judges at a stretch. */
    private static final int SLICE = 256;

    private final Rulebook rulebook;
    private final Clock clock;
    private final Map<String, List<LinkedLook>> looks = new ConcurrentHashMap<>();

    public Judge(Rulebook rulebook) {
        this(rulebook, Clock.systemUTC());
    }

    /**
     * What is given.
     *
     * @param clock says what day it is, for rules about what expires
     */
    public Judge(Rulebook rulebook, Clock clock) {
        this.rulebook = rulebook;
        this.clock = clock;
    }

    /** What the rules say, in the order of the resources. */
    public record Judgement(List<Finding> findings, List<Undecided> undecided) {}

    /** Judges what is configured together, on all processors. */
    public Judgement judge(Resources resources) {
        var neighbours = new Neighbours(resources);
        var today = LocalDate.now(clock);
        var all = resources.all();
        var slices = IntStream.range(0, (all.size() + SLICE - 1) / SLICE)
                .parallel()
                .mapToObj(i -> all.subList(i * SLICE, Math.min(all.size(), (i + 1) * SLICE)))
                .map(slice -> judge(slice, neighbours, today))
                .toList();
        return slices.size() == 1 ? slices.getFirst() : together(slices);
    }

    private Judgement judge(List<Resource> resources, Neighbours neighbours, LocalDate today) {
        var findings = new ArrayList<Finding>();
        var undecided = new ArrayList<Undecided>();
        for (var resource : resources) {
            var answered = new Answered();
            var collector = new Collector(resource, findings, undecided);
            for (var look : looks(resource.kind())) {
                look.judge(resource, neighbours, answered, today, collector);
            }
        }
        return new Judgement(findings, undecided);
    }

    private static Judgement together(List<Judgement> slices) {
        var all = new Judgement(new ArrayList<>(), new ArrayList<>());
        for (var slice : slices) {
            all.findings().addAll(slice.findings());
            all.undecided().addAll(slice.undecided());
        }
        return all;
    }

    private List<LinkedLook> looks(String kind) {
        return looks.computeIfAbsent(kind, each -> {
            var linked = new ArrayList<LinkedLook>();
            for (var rule : rulebook.forKind(each)) {
                for (var look : rule.looks()) {
                    if (look.kinds().contains(each)) {
                        linked.add(new LinkedLook(rule, look));
                    }
                }
            }
            return List.copyOf(linked);
        });
    }

    private record Collector(Resource resource, List<Finding> findings, List<Undecided> undecided)
            implements LinkedLook.Sink {
        /** Where Terraform keeps modules that it has downloaded: nobody mends anything there. */
        private static final String DOWNLOADED = ".terraform/";

        @Override
        public void failed(LinkedLook look, Scope scope, Optional<Located> element) {
            var rule = look.rule();
            var place = look.place(resource, element);
            var adjustment = look.adjustment(scope);
            var message = look.message(scope)
                    + adjustment
                            .map(each -> " (%s rather than %s, as %s)"
                                    .formatted(
                                            each.severity().label(),
                                            rule.severity().label(),
                                            each.because()))
                            .orElse("");
            var places = places(place.position());
            findings.add(new Finding(
                    rule.id(),
                    rule.aliases(),
                    rule.title(),
                    adjustment.map(Rule.Adjustment::severity).orElse(rule.severity()),
                    places.getFirst(),
                    message,
                    rule.fix(),
                    rule.controls(),
                    rule.cwe(),
                    rule.stride(),
                    places.subList(1, places.size()),
                    Finding.fingerprint(
                            rule.id(),
                            resource.address() + " " + look.path() + name(element),
                            Rendering.of(place.value()))));
        }

        /** An element's own name tells it from its neighbours, wherever it stands among them. */
        private static String name(Optional<Located> element) {
            return element.map(Located::value)
                    .filter(Value.Mapping.class::isInstance)
                    .map(value -> ((Value.Mapping) value).get("name"))
                    .filter(Value.Text.class::isInstance)
                    .map(value -> " " + ((Value.Text) value).value())
                    .orElse("");
        }

        @Override
        public void undecided(LinkedLook look, Unknown because, Optional<Located> element) {
            var rule = look.rule();
            undecided.add(new Undecided(
                    rule.id(),
                    rule.title(),
                    rule.severity(),
                    places(look.place(resource, element).position()).getFirst(),
                    because.because()));
        }

        /** The place that somebody can mend first: a downloaded module's caller, else the line itself. */
        private List<Location> places(Position found) {
            var position = found.exists() ? found : resource.position();
            var own = location(position);
            var callers = resource.origin().calls().stream()
                    .map(Origin.Call::position)
                    .filter(Position::exists)
                    .map(this::location)
                    .toList();
            var places = new ArrayList<Location>();
            if (position.file().contains(DOWNLOADED) && !callers.isEmpty()) {
                places.add(callers.getFirst());
                places.add(own);
            } else {
                places.add(own);
                places.addAll(callers);
            }
            return places;
        }

        private Location location(Position position) {
            return new Location(
                    resource.address(),
                    position.file().isEmpty() ? null : position.file(),
                    position.line(),
                    position.endLine());
        }
    }
}
