package dev.stepzero.scan.secrets;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A file that tools keep credentials in: known by its path, proven by its content.
 *
 * @param what in the words of a message
 * @param path matches the end of the absolute path
 * @param proof tells whether the text holds a credential
 */
record CredentialFile(String what, Pattern path, Predicate<String> proof) {

    private static final List<CredentialFile> KNOWN = List.of(
            file("logins for hosts (netrc)", "/[._]netrc", "(?m)\\bpassword\\s+\\S"),
            file("an npm token", "/\\.npmrc", "(?m)^[^#;\\n]{0,300}(_authToken|_auth|_password)\\s*=\\s*[^\\s$]"),
            file(
                    "a Python index login",
                    "/(\\.pypirc|pip\\.conf)",
                    "(?m)^[ \\t]*+password\\s*[:=]\\s*\\S|://[^\\s:@/]+:[^\\s:@/$]+@"),
            file(
                    "a registry login",
                    "/(\\.docker/config\\.json|\\.dockercfg|containers/auth\\.json)",
                    "\"(auth|identitytoken|registrytoken)\"\\s*:\\s*\"[^\"]"),
            file(
                    "an AWS secret key",
                    "/\\.aws/(credentials|config)",
                    "(?mi)^[ \\t]*+aws_secret_access_key\\s*=\\s*\\S"),
            file("a Git login", "/\\.git-credentials", "://[^\\s:@/]*:[^\\s@/]+@"),
            file("a Git login", "/\\.git/config", "://[^\\s:@/]*:[^\\s@/$]+@"),
            file(
                    "a Kubernetes login",
                    "/(\\.kube/config|kubeconfig|[^/]+\\.kubeconfig)",
                    "(?m)^[ \\t]*+-?[ \\t]*+(client-key-data|token|password):\\s*\\S"),
            file(
                    "a Terraform state, which holds secrets in the clear",
                    "/[^/]*\\.tfstate(\\.backup)?",
                    "\"terraform_version\"\\s*:"),
            file("a PostgreSQL password", "/\\.pgpass", "(?m)^[^#:\\n]+:[^:\\n]*:[^:\\n]*:[^:\\n]*:[^\\s]"),
            file("a MySQL password", "/\\.my\\.cnf", "(?m)^[ \\t]*+password\\s*=\\s*\\S"),
            file("a Vault token", "/\\.vault-token", "\\S{10}"),
            file(
                    "a Google login",
                    "/application_default_credentials\\.json",
                    "\"(refresh_token|private_key)\"\\s*:\\s*\"[^\"]"),
            file("a Maven repository login", "/\\.m2/settings\\.xml", "<password>[^<${]"),
            new CredentialFile(
                    "a secret in environment settings",
                    Pattern.compile(".*/\\.env(\\.[A-Za-z0-9_-]{1,30})?"),
                    CredentialFile::settingsHoldSecret));

    private static CredentialFile file(String what, String path, String proof) {
        return new CredentialFile(
                what, Pattern.compile(".*" + path), Pattern.compile(proof).asPredicate());
    }

    /** Names of such files, sought before the patterns: most files of an image are others. */
    private static final Pattern NAME =
            Pattern.compile("[._]netrc|\\.npmrc|\\.pypirc|pip\\.conf|config(?:\\.json)?|\\.dockercfg"
                    + "|auth\\.json|credentials|\\.git-credentials|.*kubeconfig|.*\\.tfstate(?:\\.backup)?|\\.pgpass|\\.my\\.cnf"
                    + "|\\.vault-token|application_default_credentials\\.json|settings\\.xml|\\.env.*");

    /** Says what credential a small file holds. */
    static Optional<String> find(String path, byte[] content, int length) {
        if (!NAME.matcher(path.substring(path.lastIndexOf('/') + 1)).matches()) {
            return Optional.empty();
        }
        return KNOWN.stream()
                .filter(known -> known.path.matcher(path).matches())
                .filter(known -> known.proof.test(new String(content, 0, length, StandardCharsets.UTF_8)))
                .map(CredentialFile::what)
                .findFirst();
    }

    /** Templates such as {@code .env.example} hold names and placeholders only, so they need no exception. */
    private static boolean settingsHoldSecret(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("#"))
                .anyMatch(line -> SettingLook.inAssignment(line).isPresent());
    }
}
