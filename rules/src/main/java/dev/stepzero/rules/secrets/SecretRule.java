package dev.stepzero.rules.secrets;

import dev.stepzero.core.Severity;
import java.util.List;
import java.util.Optional;

/**
 * A kind of credential.
 *
 * @param id such as {@code secret-github-pat}
 * @param title what was found, as a short sentence
 * @param severity how bad one is that is believed
 * @param aliases the same kind in other tools
 * @param keywords what every text with one holds, in any case of letters
 * @param form how it stands in a text
 * @param expression what it looks like; of a group called {@code secret}, that part is the credential
 * @param back what may stand between the beginning of the expression and the keyword
 * @param path the end of the paths that it is sought in; empty for all
 * @param entropy bits a byte that it needs at least; 0 for what its length and alphabet promise
 * @param checksum how its issuer lets it be checked
 * @param companion the rule of what it needs beside it to be of use, such as a secret beside its id
 * @param why what it opens
 * @param fix where to revoke it
 * @param probe how its issuer can be asked whether it is live
 */
public record SecretRule(
        String id,
        String title,
        Severity severity,
        List<String> aliases,
        List<String> keywords,
        Form form,
        String expression,
        Optional<String> back,
        Optional<String> path,
        double entropy,
        Optional<Checksum> checksum,
        Optional<String> companion,
        String why,
        String fix,
        Optional<Probe> probe) {

    public SecretRule {
        aliases = List.copyOf(aliases);
        keywords = List.copyOf(keywords);
    }

    /** How a credential stands in a text. */
    public enum Form {
        /** The keyword is a part of it: {@code ghp_...}. */
        TOKEN,
        /** It is given to a name with the keyword in it: {@code ADAFRUIT_KEY=...}. */
        VALUE,
        /** It is given to a name that sounds like a secret, whatever it looks like. */
        GENERIC
    }

    /**
     * A question to the issuer, of which {@code {secret}} is the credential.
     *
     * @param method GET or POST
     * @param header one line; empty for none
     * @param body what is sent; empty for nothing
     * @param live the status of an answer about a live key
     * @param says what the answer to a live key has in it; empty where the status tells
     * @param dead the statuses of an answer about another
     * @param denies what such an answer says where its status is that of a live one, any of them
     */
    public record Probe(
            String method,
            String url,
            String header,
            String body,
            int live,
            String says,
            List<Integer> dead,
            List<String> denies) {
        public Probe {
            dead = List.copyOf(dead);
            denies = List.copyOf(denies);
        }
    }

    /** The standards' controls that a credential in the open breaks, whatever its kind. */
    public static List<String> controls() {
        return List.of("nist-800-53-r5:IA-5", "pci-dss-4.0:8.6.2", "iso-27001-2022:A.5.17", "soc2:CC6.1");
    }
}
