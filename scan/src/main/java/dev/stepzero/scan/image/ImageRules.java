package dev.stepzero.scan.image;

import static dev.stepzero.core.Stride.ELEVATION_OF_PRIVILEGE;
import static dev.stepzero.core.Stride.INFORMATION_DISCLOSURE;
import static dev.stepzero.core.Stride.SPOOFING;
import static dev.stepzero.core.Stride.TAMPERING;

import dev.stepzero.core.Severity;
import java.util.List;
import java.util.Set;

/**
 * The checks of the image scanner. Aliases are Dockle's and Trivy's names for the same check; controls are sections of
 * the CIS Docker Benchmark 1.6 and countermeasures of NIST SP 800-190.
 */
final class ImageRules {
    static final ImageRule USER_ROOT = new ImageRule(
            "image-user-root",
            Severity.HIGH,
            "The image runs as root",
            "set a user with a number above 0 in the image, such as USER 10001:10001, and give it only the files it needs",
            List.of("CIS-DI-0001", "AVD-DS-0002", "DS002"),
            List.of("cis-docker-1.6:4.1", "nist-800-190:4.1.2"),
            Set.of(ELEVATION_OF_PRIVILEGE));

    static final ImageRule NO_USER_ID = new ImageRule(
            "image-no-user-id",
            Severity.LOW,
            "The image's user is a name, not a number",
            "write the number, such as USER 10001:10001, so that an orchestrator can tell that it is not root",
            List.of(),
            List.of("nist-800-190:4.1.2"),
            Set.of(ELEVATION_OF_PRIVILEGE));

    static final ImageRule SETUID_FILE = new ImageRule(
            "image-setuid-file",
            Severity.HIGH,
            "A file runs with its owner's rights",
            "leave the file out, or take the bit away in the same layer that brings it: chmod u-s",
            List.of("CIS-DI-0008"),
            List.of("cis-docker-1.6:4.8", "nist-800-190:4.1.2"),
            Set.of(ELEVATION_OF_PRIVILEGE));

    static final ImageRule SETGID_FILE = new ImageRule(
            "image-setgid-file",
            Severity.MEDIUM,
            "A file runs with its group's rights",
            "leave the file out, or take the bit away in the same layer that brings it: chmod g-s",
            List.of("CIS-DI-0008"),
            List.of("cis-docker-1.6:4.8", "nist-800-190:4.1.2"),
            Set.of(ELEVATION_OF_PRIVILEGE));

    static final ImageRule FILE_CAPABILITIES = new ImageRule(
            "image-file-capabilities",
            Severity.MEDIUM,
            "A file gives its process capabilities",
            "remove them (setcap -r) and give the container what it needs when it is started",
            List.of(),
            List.of("cis-docker-1.6:4.8", "cis-docker-1.6:5.4"),
            Set.of(ELEVATION_OF_PRIVILEGE));

    static final ImageRule WORLD_WRITABLE = new ImageRule(
            "image-world-writable",
            Severity.MEDIUM,
            "Every user may change a file or directory",
            "take the right away (chmod o-w); a shared temporary directory needs the sticky bit (chmod 1777)",
            List.of(),
            List.of("nist-800-190:4.1.2"),
            Set.of(TAMPERING));

    static final ImageRule SHELL = new ImageRule(
            "image-shell",
            Severity.MEDIUM,
            "The image holds a shell",
            "build on a base without one and start the program directly; where it is needed, allow it in the policy",
            List.of(),
            List.of("cis-docker-1.6:4.3", "nist-800-190:4.1.2"),
            Set.of(ELEVATION_OF_PRIVILEGE, TAMPERING));

    static final ImageRule PACKAGE_MANAGER = new ImageRule(
            "image-package-manager",
            Severity.MEDIUM,
            "The image holds a package manager",
            "install in a build stage and copy only the result into the image that is shipped",
            List.of(),
            List.of("cis-docker-1.6:4.3", "nist-800-190:4.1.2"),
            Set.of(TAMPERING));

    static final ImageRule PRIVATE_KEY = new ImageRule(
            "image-private-key",
            Severity.CRITICAL,
            "The image holds a private key",
            "treat the key as known to everyone: replace it, keep it out of the build context, mount it when the container "
                    + "starts; deleting it in a later layer does not help",
            List.of("CIS-DI-0010"),
            List.of("cis-docker-1.6:4.10", "nist-800-190:4.1.4"),
            Set.of(INFORMATION_DISCLOSURE, SPOOFING));

    static final ImageRule CREDENTIAL_FILE = new ImageRule(
            "image-credential-file",
            Severity.HIGH,
            "The image holds a file with credentials",
            "revoke what is in it, list it in .dockerignore, and mount it as a build secret or when the container starts; "
                    + "deleting it in a later layer does not help",
            List.of("CIS-DI-0010"),
            List.of("cis-docker-1.6:4.10", "nist-800-190:4.1.4"),
            Set.of(INFORMATION_DISCLOSURE, SPOOFING));

    static final ImageRule SECRET_IN_CONFIG = new ImageRule(
            "image-secret-in-config",
            Severity.HIGH,
            "A secret is written into the image's configuration",
            "revoke it; pass secrets as build secrets (RUN --mount=type=secret) or when the container starts, never as "
                    + "ENV, ARG or LABEL",
            List.of("CIS-DI-0010", "AVD-DS-0031", "DS031"),
            List.of("cis-docker-1.6:4.10", "nist-800-190:4.1.4"),
            Set.of(INFORMATION_DISCLOSURE));

    static final ImageRule TOO_LARGE = new ImageRule(
            "image-too-large",
            Severity.MEDIUM,
            "The image is larger than its budget",
            "look at the largest layer: leave out build tools, caches and documentation, or raise the budget knowingly",
            List.of(),
            List.of("cis-docker-1.6:4.3"),
            Set.of());

    static final ImageRule TOO_OLD = new ImageRule(
            "image-too-old",
            Severity.MEDIUM,
            "The image was made too long ago",
            "build it again on a fresh base, so that it takes up the security updates since then",
            List.of(),
            List.of("cis-docker-1.6:4.4", "nist-800-190:4.1.1"),
            Set.of(ELEVATION_OF_PRIVILEGE));

    static final ImageRule AGE_UNKNOWN = new ImageRule(
            "image-too-old",
            Severity.LOW,
            "The image does not tell its age",
            "write the time of the build into the label org.opencontainers.image.created",
            List.of(),
            List.of("cis-docker-1.6:4.4", "nist-800-190:4.1.1"),
            Set.of());

    static final ImageRule NO_HEALTHCHECK = new ImageRule(
            "image-no-healthcheck",
            Severity.LOW,
            "The image does not say how its health is checked",
            "add HEALTHCHECK to the Dockerfile, unless what runs the container checks by itself, as Kubernetes does",
            List.of("CIS-DI-0006", "AVD-DS-0026", "DS026"),
            List.of("cis-docker-1.6:4.6"),
            Set.of());

    static final ImageRule UPDATE_ALONE = new ImageRule(
            "image-update-alone",
            Severity.LOW,
            "Package lists are updated in an instruction of their own",
            "update and install in one RUN: alone, the update is cached, and later builds install from old lists",
            List.of("CIS-DI-0007", "AVD-DS-0017", "DS017"),
            List.of("cis-docker-1.6:4.7"),
            Set.of());

    static final ImageRule ADD = new ImageRule(
            "image-add-instruction",
            Severity.LOW,
            "A file was put in with ADD",
            "use COPY; ADD also fetches from anywhere and unpacks archives, which nobody sees in review",
            List.of("CIS-DI-0009", "AVD-DS-0005", "DS005"),
            List.of("cis-docker-1.6:4.9"),
            Set.of(TAMPERING));

    static final ImageRule UNVERIFIED_PACKAGE = new ImageRule(
            "image-unverified-package",
            Severity.HIGH,
            "Something was installed without a check of where it came from",
            "leave the option out, and give the package manager the key or the certificate that it lacks",
            List.of(),
            List.of("cis-docker-1.6:4.11", "nist-800-190:4.1.5"),
            Set.of(TAMPERING, SPOOFING));

    static final ImageRule FALSE_BASE = new ImageRule(
            "image-base-differs",
            Severity.MEDIUM,
            "The image is not made of the base that it names",
            "build it again, or correct the label org.opencontainers.image.base.digest",
            List.of(),
            List.of("cis-docker-1.6:4.2", "nist-800-190:4.1.5"),
            Set.of(SPOOFING));

    private ImageRules() {}
}
