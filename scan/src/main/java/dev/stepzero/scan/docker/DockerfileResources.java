package dev.stepzero.scan.docker;

import dev.stepzero.core.resource.Format;
import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Origin;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.tree.Intake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goes through a file's instructions in order and gives its resources. */
final class DockerfileResources {
    private static final Origin ORIGIN = Origin.of(Format.DOCKERFILE);
    private static final int MOST_STAGES = 1_000;
    private static final int MOST_PROBLEMS = 20;
    private static final Set<String> KNOWN = Set.of(
            "FROM",
            "RUN",
            "CMD",
            "LABEL",
            "MAINTAINER",
            "EXPOSE",
            "ENV",
            "ADD",
            "COPY",
            "ENTRYPOINT",
            "VOLUME",
            "USER",
            "WORKDIR",
            "ARG",
            "ONBUILD",
            "STOPSIGNAL",
            "HEALTHCHECK",
            "SHELL");

    private final String path;
    private final char escape;
    private final Intake intake;
    private final InstructionReader reader;
    private final Variables global = Variables.global();
    private final List<Stage> stages = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private final List<Located> instructions = new ArrayList<>();
    private final List<Located> args = new ArrayList<>();
    private final Map<String, Integer> outside = new LinkedHashMap<>();
    private int problems;

    DockerfileResources(String path, char escape, Intake intake) {
        this.path = path;
        this.escape = escape;
        this.intake = intake;
        this.reader = new InstructionReader(path, escape, intake);
    }

    List<Resource> of(List<Statement> statements, Directives directives, int lines) {
        int count = Math.toIntExact(
                statements.stream().filter(each -> each.name().equals("FROM")).count());
        for (var statement : statements) {
            if (!KNOWN.contains(statement.name())) {
                problem("there is no instruction " + shortened(statement.name()), statement);
            } else if (statement.name().equals("FROM")) {
                if (stages.size() == MOST_STAGES) {
                    problem("there are more than " + MOST_STAGES + " stages; the rest is not looked at", statement);
                    break;
                }
                from(statement, stages.size() + 1 == count);
            } else if (stages.isEmpty()) {
                beforeStages(statement);
            } else {
                inStage(statement, stages.getLast());
            }
        }
        if (count == 0 && !statements.isEmpty()) {
            problem("there is no FROM, so nothing can be built from it", statements.getFirst());
        }
        finish(directives, lines);
        return resources;
    }

    private void from(Statement statement, boolean last) {
        var base = BaseImage.of(statement, escape, global, stages);
        var position = reader.position(statement);
        base.from().ifPresent(stage -> stage.used = true);
        var described = base.attributes(position);
        var stage = new Stage(
                global,
                stages.size(),
                last,
                base.alias().orElse(null),
                position,
                described,
                base.from().orElse(null));
        var attributes = reader.begin(statement, global)
                .put("stage", stage.label())
                .put("stage_index", stage.index)
                .put("final", last)
                .put(
                        "alias_taken",
                        base.alias().isPresent()
                                && BaseImage.named(base.alias().get(), stages).isPresent());
        described.entries().forEach((name, value) -> {
            if (!name.equals("text")) {
                attributes.put(name, value);
            }
        });
        attributes.put("base", described);
        stages.add(stage);
        add(stage, statement, attributes);
    }

    private void beforeStages(Statement statement) {
        var attributes = reader.begin(statement, global);
        if (statement.name().equals("ARG")) {
            reader.globalArg(statement, global, attributes);
            args.add(attributes.located());
        }
        var subject = path + "#" + statement.name() + "[" + Subject.of(statement, escape) + "]";
        int same = outside.merge(subject, 1, Integer::sum) - 1;
        add(same == 0 ? subject : subject + "~" + same, statement, attributes);
    }

    private void inStage(Statement statement, Stage stage) {
        var attributes = reader.begin(statement, stage.variables);
        reader.read(statement, stage, global, stages.subList(0, stage.index), false, attributes);
        add(stage, statement, attributes);
        if (statement.name().equals("ONBUILD")) {
            trigger(statement.trigger(escape), stage);
        }
    }

    /** What is kept for later is read on a copy of the stage, which it does not change now. */
    private void trigger(Statement statement, Stage stage) {
        if (!KNOWN.contains(statement.name())) {
            problem("there is no instruction " + shortened(statement.name()), statement);
            return;
        }
        var later = new Stage(global, stage.index, stage.last, stage.alias, stage.position, stage.base, stage);
        var attributes = reader.begin(statement, later.variables);
        reader.read(statement, later, global, stages.subList(0, stage.index), true, attributes);
        add(stage, statement, attributes);
    }

    private void add(Stage stage, Statement statement, Attributes attributes) {
        attributes.put("earlier", stage.count(statement.name())).put("previous", stage.previous);
        stage.previous = statement.name();
        var subject = statement.name() + "[" + Subject.of(statement, escape) + "]";
        int same = stage.count(subject);
        var address = address(stage) + "." + subject + (same == 0 ? "" : "~" + same);
        stage.instructions.add(add(address, statement, attributes));
    }

    private Located add(String address, Statement statement, Attributes attributes) {
        var located = attributes.put("index", instructions.size()).located();
        instructions.add(located);
        resources.add(new Resource(
                "dockerfile_instruction",
                address,
                (Value.Mapping) located.value(),
                reader.position(statement),
                ORIGIN));
        return located;
    }

    /** A name that is given twice does not tell the stages apart. */
    private String address(Stage stage) {
        boolean first = stage.alias == null
                || BaseImage.named(stage.alias, stages.subList(0, stage.index)).isEmpty();
        return path + "#" + (first ? stage.label() : stage.label() + "~" + stage.index);
    }

    private void finish(Directives directives, int lines) {
        var described = new ArrayList<Located>(stages.size());
        for (var stage : stages) {
            var attributes = stage.attributes();
            described.add(new Located(attributes, stage.position));
            resources.add(new Resource("dockerfile_stage", address(stage), attributes, stage.position, ORIGIN));
        }
        var whole = new Position(path, 1, 1, Math.max(1, lines));
        var attributes = new Attributes(whole)
                .put("path", path)
                .list("stages", described)
                .list("instructions", instructions)
                .list("args", args);
        directives.all().forEach((name, value) -> attributes.put(name, value));
        if (!described.isEmpty()) {
            attributes.put("final_stage", described.getLast());
        }
        resources.add(new Resource("dockerfile", path, attributes.build(), whole, ORIGIN));
    }

    private void problem(String message, Statement statement) {
        if (++problems <= MOST_PROBLEMS) {
            intake.problem(message, reader.position(statement));
        }
    }

    private static String shortened(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "..." : name;
    }
}
