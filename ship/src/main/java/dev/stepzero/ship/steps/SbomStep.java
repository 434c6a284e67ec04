package dev.stepzero.ship.steps;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.ship.engine.Slot;
import dev.stepzero.ship.engine.Stage;
import dev.stepzero.ship.engine.Step;
import dev.stepzero.ship.engine.StepContext;
import dev.stepzero.ship.image.OciLayout;
import java.nio.file.Path;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Attests what the image consists of: the CycloneDX document that another step left in {@link Handover#SBOM}. */
public final class SbomStep implements Step {
    static final long LARGEST = 24L << 20;

    private final String application;
    private final Path registry;

    public SbomStep(String application, Path registry) {
        this.application = application;
        this.registry = registry;
    }

    @Override
    public String name() {
        return "sbom";
    }

    @Override
    public Stage stage() {
        return Stage.ANALYSE;
    }

    @Override
    public Set<Slot<?>> needs() {
        return Set.of(Handover.IMAGE, Handover.SBOM);
    }

    @Override
    public Set<Slot<?>> gives() {
        return Set.of(Handover.SBOM_ATTESTED);
    }

    @Override
    public void run(StepContext context) {
        var digest = Digest.parse(context.get(Handover.SBOM).blob());
        var document = document(OciLayout.at(registry).content(digest, LARGEST));
        context.attest(context.get(Handover.IMAGE).digest(), application, PredicateType.SBOM, document);
        var components = document.path("components").size();
        context.give(Handover.SBOM_ATTESTED, new Handover.SbomAttested(components));
        context.summary(Plural.of(components, "component"));
    }

    private static JsonNode document(byte[] json) {
        try {
            var document = JsonMapper.shared().readTree(json);
            if (document.path("bomFormat").asString("").equals("CycloneDX")) {
                return document;
            }
            throw UserError.unreadable("the bill of materials is no CycloneDX document");
        } catch (JacksonException e) {
            throw UserError.unreadable("the bill of materials is not JSON").because(e);
        }
    }
}
