package dev.stepzero.ship.project;

import java.util.List;
import java.util.Map;

/**
 * The commands that follow from a build file. Dependencies are fetched first, with network, so that tests and build
 * need none.
 */
final class BuildPlans {
    private BuildPlans() {}

    static BuildPlan of(BuildSystem system, SourceFiles files) {
        return switch (system) {
            case MAVEN -> maven(files);
            case GRADLE -> gradle(files);
            case NODE -> node();
            case GO -> go();
            case PYTHON -> python(files);
        };
    }

    private static BuildPlan maven(SourceFiles files) {
        var mvn = files.has("mvnw") ? "sh ./mvnw" : "mvn";
        var common = mvn + " -B -ntp -Dmaven.repo.local={cache}/m2/repository -Dstyle.color=never";
        // A tag that no test has makes Surefire fetch its provider, which it otherwise does only when tests run.
        return new BuildPlan(
                BuildSystem.MAVEN.label(),
                BuildPlan.Kind.JAVA,
                List.of(),
                common + " -Dgroups=stepzero-fetches-only -DfailIfNoTests=false verify",
                List.of("pom.xml", "maven-wrapper.properties", "extensions.xml", "maven.config"),
                common + " -o verify",
                common + " -o -DskipTests -Dproject.build.outputTimestamp=$STEPZERO_COMMIT_TIME package",
                // Maven itself lives for seconds: the quick compiler alone and no collector threads take a third off
                // that.
                Map.of(
                        "MAVEN_USER_HOME", "{cache}/m2",
                        "MAVEN_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"),
                List.of("target/surefire-reports", "target/failsafe-reports"),
                "target/*.jar",
                "target/lib");
    }

    private static BuildPlan gradle(SourceFiles files) {
        var gradle = files.has("gradlew") ? "sh ./gradlew" : "gradle";
        var common = gradle + " --no-daemon --console=plain";
        return new BuildPlan(
                BuildSystem.GRADLE.label(),
                BuildPlan.Kind.JAVA,
                List.of(),
                common + " assemble testClasses",
                List.of(
                        "build.gradle",
                        "build.gradle.kts",
                        "settings.gradle",
                        "settings.gradle.kts",
                        "gradle.lockfile",
                        "libs.versions.toml",
                        "gradle-wrapper.properties"),
                common + " --offline check",
                common + " --offline assemble",
                Map.of("GRADLE_USER_HOME", "{cache}/gradle"),
                List.of("build/test-results"),
                "build/libs/*.jar",
                "build/lib");
    }

    private static BuildPlan node() {
        var install = "npm ci --cache {cache}/npm --no-audit --no-fund --ignore-scripts";
        return new BuildPlan(
                BuildSystem.NODE.label(),
                BuildPlan.Kind.NODE,
                List.of("nodejs", "npm"),
                install,
                List.of("package-lock.json", "npm-shrinkwrap.json", "package.json"),
                install + " --offline && npm test --if-present",
                install + " --offline --omit=dev && npm run build --if-present",
                Map.of("NO_UPDATE_NOTIFIER", "1"),
                List.of("reports", "test-results", "junit"),
                ".",
                "");
    }

    private static BuildPlan go() {
        return new BuildPlan(
                BuildSystem.GO.label(),
                BuildPlan.Kind.BINARY,
                List.of("golang-go"),
                "go mod download",
                List.of("go.mod", "go.sum"),
                "go vet ./... && go test ./...",
                "mkdir -p .stepzero && go build -trimpath -buildvcs=false -ldflags=-buildid= -o .stepzero/app .",
                Map.of(
                        "CGO_ENABLED", "0",
                        "GOFLAGS", "-mod=mod",
                        "GOMODCACHE", "{cache}/go",
                        "GOCACHE", "/tmp/go-build",
                        "GOPATH", "/tmp/go"),
                List.of("reports"),
                ".stepzero/app",
                "");
    }

    private static BuildPlan python(SourceFiles files) {
        var requirements = files.has("requirements.txt");
        var pip = "python3 -m pip --disable-pip-version-check --no-input";
        var what = requirements ? "-r requirements.txt" : ".";
        return new BuildPlan(
                BuildSystem.PYTHON.label(),
                BuildPlan.Kind.PYTHON,
                List.of("python3", "python3-pip", "python3-pytest", "python3-setuptools", "python3-wheel"),
                pip + " download --dest {cache}/pip " + what,
                List.of("requirements.txt", "pyproject.toml", "setup.py", "setup.cfg"),
                pip + " install --no-index --find-links {cache}/pip --target /tmp/site " + what
                        + " && PYTHONPATH=/tmp/site:. python3 -m pytest -q --junitxml=reports/junit.xml",
                pip + " install --no-index --find-links {cache}/pip --no-compile --target .stepzero/site " + what,
                Map.of("PYTHONDONTWRITEBYTECODE", "1", "PIP_BREAK_SYSTEM_PACKAGES", "1"),
                List.of("reports"),
                ".",
                "");
    }
}
