package dev.stepzero.cli;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.evidence.PredicateType;
import dev.stepzero.ship.Shipping;
import dev.stepzero.ship.Verification;
import dev.stepzero.ship.Verified;
import dev.stepzero.ship.evidence.AdmissionPolicy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is proven about a release. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Checks the signature and the evidence of an image, and prints its passport: from which commit it"
                + " was made, what was found out about it, and who let it in. It asks nobody but the place where the"
                + " image lies.",
        footer = {
            "",
            "Exit codes: 0 it verifies, 1 it does not.",
            "",
            "Examples:",
            "  stepzero verify invoicer                                   the latest release of an application",
            "  stepzero verify 1acf1cc7                                   the release of a commit",
            "  stepzero verify registry.example/team/app@sha256:... --key production.pem",
            "  stepzero verify ./layout@invoicer:1.2 --format json"
        })
final class VerifyCommand implements Callable<Integer> {
    /** How the passport is printed. */
    enum Format {
        TEXT,
        JSON
    }

    private final Terminal terminal;
    private final Clock clock;

    @Parameters(
            paramLabel = "IMAGE|RELEASE",
            description = "HOST/NAME@sha256:..., HOST/NAME:TAG, an OCI layout's DIRECTORY[@NAME], an application, a"
                    + " commit, or a digest.")
    private String subject = "";

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "A public key to trust, in PEM; may be repeated. Default: the keys of this installation.")
    private List<Path> keys = List.of();

    @Option(
            names = "--max-age",
            paramLabel = "DAYS",
            description = "How old the gate's verdict may be; default: ${DEFAULT-VALUE}.",
            defaultValue = "90")
    private int maxAge;

    @Option(names = "--require-approval", description = "Demand the approval of another person than the author.")
    private boolean approval;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json; default: text.")
    private Format format = Format.TEXT;

    VerifyCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            var verified = verified();
            switch (format) {
                case TEXT -> new PassportText(terminal).print(verified);
                case JSON -> PassportJson.print(verified, terminal.out());
            }
            return ExitStatus.PASSED.code();
        } catch (UserError e) {
            if (format == Format.TEXT || e.status() != ExitStatus.BLOCKED) {
                throw e;
            }
            PassportJson.print(e, terminal.out());
            return e.status().code();
        }
    }

    private Verified verified() throws InterruptedException {
        if (maxAge < 0) {
            throw UserError.usage("--max-age is less than no day").fix("give a number of days");
        }
        var environment = terminal.environment();
        var policy =
                AdmissionPolicy.with(approval ? List.of(PredicateType.APPROVAL) : List.of(), Duration.ofDays(maxAge));
        var verification = Verification.with(environment, keys, policy, clock);
        var image = verification.verify(subject);
        if (image.isPresent()) {
            return image.get();
        }
        try (var shipping = Shipping.open(environment, clock)) {
            return shipping.verify(subject, verification);
        }
    }
}
