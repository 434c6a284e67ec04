package dev.stepzero.rules;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.rules.condition.Answered;
import dev.stepzero.rules.condition.Answers;
import dev.stepzero.rules.condition.Condition;
import dev.stepzero.rules.condition.Linker;
import dev.stepzero.rules.condition.Neighbours;
import dev.stepzero.rules.condition.Reading;
import dev.stepzero.rules.condition.Rendering;
import dev.stepzero.rules.condition.Scope;
import java.util.List;
import java.util.Optional;

/** A rule's look at one kind of resource, ready to be taken. */
final class LinkedLook {
    private static final int RESOURCE = 0;
    private static final int ELEMENT = 1;

    private final Rule rule;
    private final String at;
    private final List<String> names;
    private final Optional<Condition> applies;
    private final Optional<Condition> list;
    private final Condition fails;
    private final List<Condition> message;
    private final List<Condition> adjustments;
    private final int slots;

    LinkedLook(Rule rule, Rule.Look look) {
        this.rule = rule;
        this.at = look.at();
        this.names = look.variables();
        var linker = new Linker(names);
        this.applies = look.applies().map(linker::link);
        this.list = look.each().map(each -> linker.link(each.list()));
        this.fails = linker.link(look.fails());
        this.message = look.message().stream().map(linker::link).toList();
        this.adjustments = rule.adjustments().stream()
                .map(each -> linker.link(each.condition()))
                .toList();
        this.slots = linker.slots();
    }

    Rule rule() {
        return rule;
    }

    /** Asks the condition, of each element where it is about elements, and tells the sink what it says. */
    void judge(Resource resource, Neighbours neighbours, Answered answered, Sink sink) {
        var scope = new Scope(resource, neighbours, answered, slots);
        scope.set(RESOURCE, resource.attributes());
        Value doubt = Value.TRUE;
        if (applies.isPresent()) {
            doubt = Answers.truth(applies.get().ask(scope));
            if (Answers.isFalse(doubt)) {
                return;
            }
        }
        if (list.isEmpty()) {
            decide(Answers.truth(fails.ask(scope)), doubt, Optional.empty(), scope, sink);
            return;
        }
        var elements = list.get().ask(scope);
        if (elements instanceof Unknown unknown) {
            sink.undecided(this, unknown, Optional.empty());
            return;
        }
        for (var element : Reading.elements(elements)) {
            scope.set(ELEMENT, element.value());
            decide(Answers.truth(fails.ask(scope)), doubt, Optional.of(element), scope, sink);
        }
    }

    private void decide(Value answer, Value applies, Optional<Located> element, Scope scope, Sink sink) {
        if (Answers.isFalse(answer)) {
            return;
        }
        if (answer instanceof Unknown unknown) {
            sink.undecided(this, unknown, element);
        } else if (applies instanceof Unknown unknown) {
            sink.undecided(this, unknown, element);
        } else {
            sink.failed(this, scope, element);
        }
    }

    String message(Scope scope) {
        var text = new StringBuilder();
        message.forEach(part -> text.append(Rendering.of(part.ask(scope))));
        return text.toString();
    }

    Optional<Rule.Adjustment> adjustment(Scope scope) {
        for (int i = 0; i < adjustments.size(); i++) {
            if (Answers.isTrue(Answers.truth(adjustments.get(i).ask(scope)))) {
                return Optional.of(rule.adjustments().get(i));
            }
        }
        return Optional.empty();
    }

    Place place(Resource resource, Optional<Located> element) {
        if (element.isPresent() && !names.isEmpty() && (at + ".").startsWith(names.getFirst() + ".")) {
            var rest = at.length() > names.getFirst().length()
                    ? at.substring(names.getFirst().length() + 1)
                    : "";
            return Place.find(element.get(), rest, resource.position());
        }
        if (element.isPresent() && element.get().position().exists()) {
            return new Place(element.get().position(), element.get().value());
        }
        var path = at.startsWith("resource.") ? at.substring("resource.".length()) : at;
        return Place.find(new Located(resource.attributes(), resource.position()), path, resource.position());
    }

    String path() {
        return at;
    }

    /** Takes what a look finds. */
    interface Sink {
        void failed(LinkedLook look, Scope scope, Optional<Located> element);

        void undecided(LinkedLook look, Unknown because, Optional<Located> element);
    }
}
