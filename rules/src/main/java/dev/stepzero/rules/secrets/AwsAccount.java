package dev.stepzero.rules.secrets;

import java.util.Optional;

/** The account that a key's id belongs to: AWS writes it into the ids of keys made since 2019. */
final class AwsAccount {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final long MOST = 999_999_999_999L;

    private AwsAccount() {}

    /** Whether it was made before ids told the account: such begin with I or J behind the prefix. */
    static boolean isOlder(String id) {
        return id.length() == 20 && (id.charAt(4) == 'I' || id.charAt(4) == 'J');
    }

    static Optional<String> of(String id) {
        // The first ten digits after the prefix hold 50 bits: one of another use, 40 of the account, nine more.
        long bits = 0;
        for (int i = 4; i < 14 && i < id.length(); i++) {
            int digit = BASE32.indexOf(id.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            bits = (bits << 5) | digit;
        }
        long account = (bits >> 9) & 0xff_ffff_ffffL;
        boolean tells = id.length() == 20 && id.charAt(4) >= 'Q' && account <= MOST;
        return tells ? Optional.of("%012d".formatted(account)) : Optional.empty();
    }
}
