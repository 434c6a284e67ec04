package dev.stepzero.server.signin;

import java.util.regex.Pattern;

/** Where somebody wanted to go before they had to sign in: a path of ours, and never another site. */
public final class NextPage {
    private static final Pattern OURS =
            Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@%-][A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?");

    private NextPage() {}

    public static String of(String wanted) {
        return OURS.matcher(wanted).matches() ? wanted : "/";
    }
}
