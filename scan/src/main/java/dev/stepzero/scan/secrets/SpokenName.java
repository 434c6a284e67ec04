package dev.stepzero.scan.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a name says about what it holds, by its words: {@code dbPassword} and {@code DB_PASSWORD} are two, {@code password_file}
 * holds no password.
 *
 * @param password whether it speaks of what a person chose, which may be short and full of words
 */
record SpokenName(boolean secret, boolean password) {
    static final SpokenName NOTHING = new SpokenName(false, false);

    private static final Set<String> PASSWORDS = WordList.set("""
            password passwords passwd passwort passphrase pwd pswd pass pw
            """);
    /** Words that end like the short word for a password and are none. */
    private static final Set<String> PASSES =
            WordList.set("bypass compass trespass overpass underpass surpass encompass subpass pgpass");

    private static final Set<String> SECRETS = WordList.set("""
            secret secrets token tokens credential credentials creds cred apikey authkey secretkey accesskey
            privatekey apisecret apitoken auth pat
            """);
    private static final List<String> ENDINGS = WordList.list("""
            password passwd passphrase secret token apikey secretkey accesskey privatekey
            """);
    private static final Set<String> KEY_KINDS = WordList.set("""
            api access private secret encryption encrypt signing sign auth authentication master service
            account admin app application client license licence hmac aes crypto session shared storage ssh
            jwt webhook deploy integration subscription function host server consumer write read ingest
            ingestion project root user cookie hex cipher fernet
            """);
    private static final Set<String> AFTER = WordList.set("""
            id ids name names file files filename path paths url urls uri endpoint type types length len
            size count expiry expires expiration ttl alias arn ref field fields label header headers hint
            policy version prefix suffix format regex regexp pattern param parameter column index ring store
            pair class provider manager rule kind selector env var variable hash sha sha256 checksum digest
            fingerprint thumbprint algorithm alg usage template location dir folder mount source schema
            vault host hostname port domain scope method mode status state at date time event code map
            address limit list text message placeholder title description config engine handler validator encoder
            service resolver tokenizer enabled required strength encryption data salt down up press board
            word frame stone mesh bits contract symbol stdin prompt
            """);
    private static final Set<String> BEFORE = WordList.set("""
            public pub csrf xsrf foreign primary sort partition cache bucket idx hot row natural schema
            sequence next page pagination continuation sync cancellation cancel author issuer key design
            syntax lexer bearer no is has without max min num number forgot reset invalid missing wrong
            hashed encrypted encoded old random site publishable contract erc20 nft special stop eos bos unk
            pad sep cls mask authenticity antiforgery by render sub first second single multi boarding fail
            """);

    static SpokenName of(String name) {
        var words = words(name);
        boolean password = false;
        boolean secret = false;
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            boolean isPassword = (PASSWORDS.contains(word) && !(isVerb(word) && followed(words, i)))
                    || word.endsWith("password")
                    || word.endsWith("passwd")
                    || (word.endsWith("pass") && !isVerb(word) && !PASSES.contains(word));
            boolean isSecret = SECRETS.contains(word)
                    || ENDINGS.stream().anyMatch(ending -> word.endsWith(ending) && word.length() > ending.length())
                    || ((word.equals("key") || word.equals("keys")) && i > 0 && KEY_KINDS.contains(words.get(i - 1)));
            if (isPassword || isSecret) {
                boolean isLast = i + 1 == words.size();
                boolean denied = (i > 0 && BEFORE.contains(words.get(i - 1)))
                        || (!isLast && (AFTER.contains(words.get(i + 1)) || AFTER.contains(words.getLast())));
                password |= isPassword && !denied;
                secret |= !denied;
                if (denied) {
                    return NOTHING;
                }
            }
        }
        return new SpokenName(secret, password);
    }

    /** Whether it is a word of ordinary sentences too: what is passed is no password. */
    static boolean isVerb(String name) {
        return name.equalsIgnoreCase("pass");
    }

    private static boolean followed(List<String> words, int at) {
        return words.subList(at + 1, words.size()).stream().anyMatch(word -> !Character.isDigit(word.charAt(0)));
    }

    /** Whether a name of a service's setting says that a secret is in it, and not, say, an id. */
    static boolean speaks(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("key")
                || lower.contains("token")
                || lower.contains("secret")
                || lower.contains("pass")
                || lower.contains("pwd")
                || lower.contains("cred")
                || lower.contains("auth")
                || lower.contains("pat")
                || lower.contains("login")
                || lower.contains("api")
                || lower.contains("sid");
    }

    /** The words of a name, in small letters. */
    static List<String> words(String name) {
        var words = new ArrayList<String>();
        int from = 0;
        for (int i = 0; i <= name.length(); i++) {
            boolean end = i == name.length() || !Character.isLetterOrDigit(name.charAt(i));
            boolean hump = !end
                    && i > from
                    && Character.isUpperCase(name.charAt(i))
                    && (Character.isLowerCase(name.charAt(i - 1))
                            || (i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1))));
            if (end || hump) {
                if (i > from) {
                    words.add(name.substring(from, i).toLowerCase(Locale.ROOT));
                }
                from = end ? i + 1 : i;
            }
        }
        return words;
    }
}
