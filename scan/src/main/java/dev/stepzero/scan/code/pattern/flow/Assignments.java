package dev.stepzero.scan.code.pattern.flow;

import dev.stepzero.scan.code.pattern.tree.Kind;
import dev.stepzero.scan.code.pattern.tree.Node;

/** What variables and their parts hold after an assignment. */
final class Assignments {
    private final Run run;
    private final Flows flows;
    private final Expressions expressions;

    Assignments(Run run, Expressions expressions) {
        this.run = run;
        this.flows = run.flows;
        this.expressions = expressions;
    }

    Taint assignment(Node node) {
        var target = node.child(0);
        var value = node.child(1);
        var taint = run.value(value);
        if (!node.value().equals("=")) {
            taint = taint.and(run.value(target));
        }
        if (value.is(Kind.MAP) && target.is(Kind.NAME)) {
            entries(target.value(), value);
        } else if (target.is(Kind.LIST)
                && value.is(Kind.LIST)
                && target.children().size() == value.children().size()) {
            for (int i = 0; i < target.children().size(); i++) {
                assign(target.child(i), expressions.seen(value.child(i)), target.child(i));
            }
        } else if (target.is(Kind.MAP) && taint.isNone()) {
            // The parts themselves may be marked as what comes in.
            target.children().forEach(this::forget);
        } else {
            assign(target, taint, target);
        }
        return taint;
    }

    private void forget(Node target) {
        switch (target.kind()) {
            case NAME -> run.state().forget(target.value());
            case PAIR -> forget(target.child(1));
            default -> assign(target, Taint.NONE, target);
        }
    }

    /** A map's entries are known by their keys. */
    private void entries(String place, Node map) {
        run.state().put(place, Taint.NONE);
        for (var each : map.children()) {
            if (each.is(Kind.PAIR)) {
                var taint = expressions.seen(each.child(1));
                flows.constants
                        .text(each.child(0))
                        .ifPresentOrElse(
                                key -> run.state().put(place + "." + key, taint),
                                () -> run.state()
                                        .put(place, taint.and(run.state().all(place))));
            } else {
                run.state().put(place, run.value(each).and(run.state().all(place)));
            }
        }
    }

    /** Puts a value into a variable, or what a variable is taken apart into. */
    void assign(Node target, Taint taint, Node at) {
        switch (target.kind()) {
            case LIST, MAP -> target.children().forEach(each -> assign(each, taint, at));
            case SPREAD, ASSIGN -> assign(target.child(0), taint, at);
            case PAIR -> assign(target.child(1), taint, at);
            case NAME, PARAMETER -> run.state().put(target.value(), taint.then("goes into " + target.value(), target));
            case MEMBER, INDEX -> {
                run.value(target.child(0));
                var place = State.place(target, flows.constants);
                if (place.isPresent()) {
                    run.state().put(place.get(), taint);
                } else {
                    State.place(target.child(0), flows.constants)
                            .ifPresent(object -> run.state().add(object, taint));
                }
            }
            default -> {}
        }
    }
}
