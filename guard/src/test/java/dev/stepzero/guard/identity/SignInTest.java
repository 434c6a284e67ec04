package dev.stepzero.guard.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.TestDatabase;
import dev.stepzero.guard.identity.SignIn.Outcome;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestDatabase.class)
class SignInTest {
    private static final String PASSWORD = "nine fjords under one slate roof";
    private static final Source HOME = new Source("192.0.2.1", "browser");
    private static final Source STRANGER = new Source("198.51.100.7", "script");
    private static final AtomicInteger COUNTER = new AtomicInteger();

    @TempDir
    Path directory;

    private final SetClock clock = new SetClock();
    private final SecureRandom random = new SecureRandom();
    private final List<Audit.Entry> audited = new ArrayList<>();
    private Jdbi jdbi;
    private People people;
    private Credentials credentials;
    private Devices devices;
    private SignIn signIn;
    private Person person;

    @BeforeEach
    void somebody(Jdbi jdbi) {
        this.jdbi = jdbi;
        jdbi.useHandle(handle -> handle.execute("DELETE FROM throttle"));
        people = new People(jdbi, clock);
        var rules = new PasswordRules(CommonPasswords.builtIn(), new BreachedPasswords(directory.resolve("none")));
        var key = SealingKey.in(directory.resolve("key"), random);
        credentials = new Credentials(jdbi, clock, random, new PasswordHashing(64, 1), rules, key);
        devices = new Devices(jdbi, clock, random);
        signIn = new SignIn(people, credentials, devices, new Throttle(jdbi, clock), audited::add);
        person = people.add("jane" + COUNTER.incrementAndGet(), "Jane", "");
        credentials.setPassword(person.id(), PASSWORD);
    }

    @Test
    void theRightPasswordLetsInAndNothingElseDoes() {
        assertThat(attempt(PASSWORD, HOME)).isEqualTo(new Outcome.Accepted(person));
        assertThat(signIn.password(" " + person.name().toUpperCase() + " ", PASSWORD, HOME, Optional.empty()))
                .isEqualTo(new Outcome.Accepted(person));
        assertThat(attempt(PASSWORD + " ", HOME)).isEqualTo(new Outcome.Refused());
        assertThat(attempt("", HOME)).isEqualTo(new Outcome.Refused());
        assertThat(attempt("x".repeat(1_000_000), HOME)).isEqualTo(new Outcome.Refused());
    }

    @Test
    void passwordsAreKeptAsArgon2idWithTheLeastCostsThatOwaspGives() {
        var hash = new PasswordHashing().hash(PASSWORD);

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(new PasswordHashing(64, 1).matches(PASSWORD, Optional.of(hash)))
                .isTrue();
    }

    @Test
    void nobodyLearnsWhoExists() {
        var unknown = signIn.password("nobody", PASSWORD, HOME, Optional.empty());
        people.setActive(administrator().id(), true);
        people.setActive(person.id(), false);

        assertThat(unknown).isEqualTo(new Outcome.Refused());
        assertThat(attempt(PASSWORD, HOME)).isEqualTo(new Outcome.Refused());
        assertThat(audited).extracting(Audit.Entry::why).containsOnly("wrong name or password");
    }

    @Test
    void whoFailsOftenWaitsLongerEachTime() {
        fail(STRANGER, 5);

        assertThat(attempt(PASSWORD, STRANGER)).isInstanceOf(Outcome.Later.class);
        clock.pass(Duration.ofSeconds(2));
        assertThat(attempt("wrong", STRANGER)).isEqualTo(new Outcome.Refused());
        clock.pass(Duration.ofSeconds(1));
        assertThat(attempt(PASSWORD, STRANGER)).isInstanceOf(Outcome.Later.class);
        clock.pass(Duration.ofHours(2));
        assertThat(attempt(PASSWORD, STRANGER)).isEqualTo(new Outcome.Accepted(person));
    }

    @Test
    void strangersCannotLockSomebodyOut() {
        fail(STRANGER, 30);

        assertThat(attempt(PASSWORD, HOME)).isEqualTo(new Outcome.Accepted(person));
    }

    @Test
    void aKnownBrowserIsNotHeldUpByItsNeighbours() {
        var device = Optional.of(devices.remember(person.id()));
        fail(HOME, 30);

        assertThat(attempt(PASSWORD, HOME)).isInstanceOf(Outcome.Later.class);
        assertThat(signIn.password(person.name(), PASSWORD, HOME, device)).isEqualTo(new Outcome.Accepted(person));
    }

    @Test
    void aNetworkThatTriesManyNamesIsHeldUp() {
        IntStream.range(0, 41).forEach(i -> signIn.password("name" + i, "wrong", STRANGER, Optional.empty()));

        assertThat(signIn.password("another", "wrong", STRANGER, Optional.empty()))
                .isInstanceOf(Outcome.Later.class);
        assertThat(new Source("2001:db8:1:2:3::4", "").network())
                .isEqualTo(new Source("2001:db8:1:2:ffff::1", "").network());
    }

    @Test
    void aNetworkThatIsHeldUpHoldsUpNoOtherAndNobodysOwnBrowser() {
        var device = Optional.of(devices.remember(person.id()));
        IntStream.range(0, 60).forEach(i -> signIn.password("name" + i, "wrong", HOME, Optional.empty()));

        assertThat(attempt(PASSWORD, HOME)).as("a new browser of that network").isInstanceOf(Outcome.Later.class);
        assertThat(signIn.password(person.name(), PASSWORD, HOME, device)).isEqualTo(new Outcome.Accepted(person));
        assertThat(attempt(PASSWORD, STRANGER)).as("another network").isEqualTo(new Outcome.Accepted(person));
    }

    @Test
    void aBrowserThatIsKnownToOneIsAStrangerToAnother() {
        var another = people.add("joan" + COUNTER.incrementAndGet(), "", "");
        var device = Optional.of(devices.remember(another.id()));
        fail(STRANGER, 5);

        assertThat(signIn.password(person.name(), PASSWORD, STRANGER, device)).isInstanceOf(Outcome.Later.class);
    }

    @Test
    void whoHoldsThePasswordCannotLockTheOwnersBrowserOutOfCodes() {
        var totp = enrolled();
        var device = Optional.of(devices.remember(person.id()));
        IntStream.range(0, 30).forEach(i -> signIn.code(person, "000000", STRANGER, Optional.empty()));

        var code = totp.code(clock.instant().getEpochSecond() / Totp.SECONDS + 1);
        assertThat(signIn.code(person, code, HOME, device)).isEqualTo(new Outcome.Accepted(person));
    }

    @Test
    void waitingEndsAndNeverLastsLongerThanAQuarterOfAnHour() {
        for (int i = 0; i < 40; i++) {
            var outcome = attempt("wrong", STRANGER);
            if (outcome instanceof Outcome.Later(var delay)) {
                assertThat(delay).isLessThanOrEqualTo(Duration.ofMinutes(15));
                clock.pass(delay.plusSeconds(1));
            }
        }

        clock.pass(Duration.ofMinutes(16));
        assertThat(attempt(PASSWORD, STRANGER)).isEqualTo(new Outcome.Accepted(person));
    }

    @Test
    void manyAttemptsAtOnceAreNoMoreThanOneAfterTheOther() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> attempt("wrong", STRANGER)))
                    .toList();
            var judged = 0;
            for (var outcome : outcomes) {
                judged += outcome.get() instanceof Outcome.Refused ? 1 : 0;
            }
            assertThat(judged).isEqualTo(5);
        }
    }

    @Test
    void aCodeCountsOnceAndGuessesAreHeldUp() {
        var totp = enrolled();

        var code = totp.code(clock.instant().getEpochSecond() / Totp.SECONDS + 1);
        assertThat(code(code)).isEqualTo(new Outcome.Accepted(person));
        assertThat(code(code)).isEqualTo(new Outcome.Refused());
        IntStream.range(0, 5).forEach(i -> code("000000"));
        assertThat(code("000000")).isInstanceOf(Outcome.Later.class);
    }

    @Test
    void aRecoveryCodeStandsInOnceHoweverItIsTyped() {
        enrolled();
        var codes = credentials.newRecoveryCodes(person.id());

        assertThat(codes).hasSize(10).doesNotHaveDuplicates();
        assertThat(code(codes.getFirst().toLowerCase().replace("-", " "))).isEqualTo(new Outcome.Accepted(person));
        assertThat(code(codes.getFirst())).isEqualTo(new Outcome.Refused());
        assertThat(code(codes.get(1))).isEqualTo(new Outcome.Accepted(person));
    }

    @Test
    void anEnrolledAuthenticatorIsNotReplacedWithoutBeingRemoved() {
        enrolled();

        assertThatThrownBy(() -> credentials.beginTotp(person.id())).isInstanceOf(UserError.class);
        assertThat(credentials.begunTotp(person.id())).isEmpty();
    }

    @Test
    void theSecretInTheDatabaseOpensWithTheKeyOnly() {
        credentials.beginTotp(person.id());
        var rules = new PasswordRules(CommonPasswords.builtIn(), new BreachedPasswords(directory.resolve("none")));
        var another = SealingKey.in(directory.resolve("another"), random);
        var thief = new Credentials(jdbi, clock, random, new PasswordHashing(64, 1), rules, another);

        assertThatThrownBy(() -> thief.begunTotp(person.id()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("does not open");
    }

    @Test
    void aSessionEndsByItselfFromAnywhereAndInAnotherBrowser() {
        var sessions = new Sessions(jdbi, clock, random);
        var secret = sessions.begin(person.id(), Set.of(Factor.PASSWORD), HOME);

        assertThat(sessions.find(secret, HOME)).isPresent();
        assertThat(sessions.find(secret, new Source(HOME.address(), "another browser")))
                .isEmpty();
        clock.pass(Duration.ofMinutes(59));
        assertThat(sessions.find(secret, HOME)).isPresent();
        clock.pass(Duration.ofMinutes(61));
        assertThat(sessions.find(secret, HOME)).isEmpty();

        var busy = sessions.begin(person.id(), Set.of(Factor.PASSWORD), HOME);
        for (int i = 0; i < 24; i++) {
            assertThat(sessions.find(busy, HOME)).as("after %d half hours", i).isPresent();
            clock.pass(Duration.ofMinutes(30));
        }
        assertThat(sessions.find(busy, HOME)).isEmpty();

        var ended = sessions.begin(person.id(), Set.of(Factor.PASSWORD), HOME);
        var id = sessions.find(ended, HOME).orElseThrow().id();
        assertThat(sessions.end(administrator().id(), id)).isFalse();
        assertThat(sessions.end(person.id(), id)).isTrue();
        assertThat(sessions.find(ended, HOME)).isEmpty();
    }

    @Test
    void aTokenIsForWhatItsPersonHasAndEnds() {
        var tokens = new ApiTokens(jdbi, clock, random);
        var roles = Roles.NONE.with(Grant.in("alpha", Role.DEVELOPER));

        assertThatThrownBy(() ->
                        tokens.create(person, roles, "x", Grant.everywhere(Role.DEVELOPER), true, Duration.ofDays(1)))
                .isInstanceOf(UserError.class);
        var secret = tokens.create(person, roles, "ci", Grant.in("alpha", Role.DEVELOPER), false, Duration.ofDays(1));

        assertThat(secret.text()).startsWith("stepzero_");
        assertThat(tokens.find(secret, HOME)).hasValueSatisfying(token -> {
            assertThat(token.writes()).isFalse();
            assertThat(token.grant()).isEqualTo(Grant.in("alpha", Role.DEVELOPER));
        });
        assertThat(tokens.of(person.id()).getFirst().usedFrom()).isEqualTo(HOME.address());
        clock.pass(Duration.ofDays(1));
        assertThat(tokens.find(secret, HOME)).isEmpty();
    }

    @Test
    void aLinkIsGoodOnceAndForADay() {
        var invitations = new Invitations(jdbi, clock, random);
        var former = invitations.invite(person.id());
        var link = invitations.invite(person.id());

        assertThat(invitations.find(former)).isEmpty();
        assertThat(invitations.find(link))
                .hasValueSatisfying(one -> assertThat(one.person()).contains(person.id()));
        assertThat(invitations.use(link)).isTrue();
        assertThat(invitations.use(link)).isFalse();
        var late = invitations.invite(person.id());
        clock.pass(Duration.ofHours(24));
        assertThat(invitations.use(late)).isFalse();
        assertThat(invitations.first()).as("there is somebody").isEmpty();
    }

    @Test
    void theFirstAdministratorsLinkIsGoodOnceForAnHourAndInPlaceOfFormerOnes() {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM person"));
        var invitations = new Invitations(jdbi, clock, random);
        var former = invitations.first().orElseThrow();
        var link = invitations.first().orElseThrow();

        assertThat(invitations.find(former)).as("a start prints a new one").isEmpty();
        assertThat(invitations.find(new Secret("guessed"))).isEmpty();
        clock.pass(Duration.ofMinutes(59));
        assertThat(invitations.find(link))
                .hasValueSatisfying(one -> assertThat(one.person()).isEmpty());
        clock.pass(Duration.ofMinutes(1));
        assertThat(invitations.use(link)).as("after an hour").isFalse();

        var again = invitations.first().orElseThrow();
        assertThat(invitations.use(again)).isTrue();
        assertThat(invitations.use(again)).isFalse();
        people.add("first" + COUNTER.incrementAndGet(), "", "");
        assertThat(invitations.first()).isEmpty();
    }

    @Test
    void aFirstLinkEndsWhenThereIsSomebody() {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM person"));
        var invitations = new Invitations(jdbi, clock, random);
        var link = invitations.first().orElseThrow();

        people.add("first" + COUNTER.incrementAndGet(), "", "");

        assertThat(invitations.find(link)).isEmpty();
        assertThat(invitations.use(link)).isFalse();
    }

    @Test
    void somebodyIsLeftWhoCanGiveRoles() {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM role_grant"));
        var last = administrator();

        assertThatThrownBy(() -> people.withdraw(last.id(), Grant.everywhere(Role.ADMINISTRATOR)))
                .isInstanceOf(UserError.class);
        assertThatThrownBy(() -> people.setActive(last.id(), false)).isInstanceOf(UserError.class);
        assertThat(people.roles(last.id()).everywhere()).contains(Role.ADMINISTRATOR);
        administrator();
        people.withdraw(last.id(), Grant.everywhere(Role.ADMINISTRATOR));
        assertThat(people.roles(last.id())).isEqualTo(Roles.NONE);
    }

    private Person administrator() {
        var one = people.add("admin" + COUNTER.incrementAndGet(), "", "");
        people.grant(one.id(), Grant.everywhere(Role.ADMINISTRATOR));
        return one;
    }

    /** An authenticator whose code of this half minute is used. */
    private Totp enrolled() {
        var secret = credentials.beginTotp(person.id());
        var totp = new Totp(bytes(secret));
        assertThat(credentials.useTotp(person.id(), totp.code(clock.instant().getEpochSecond() / Totp.SECONDS)))
                .isTrue();
        return totp;
    }

    private static byte[] bytes(String base32) {
        var bits = new StringBuilder();
        base32.chars()
                .forEach(c -> bits.append(
                        String.format("%5s", Integer.toBinaryString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c)))
                                .replace(' ', '0')));
        var bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        return bytes;
    }

    private void fail(Source source, int times) {
        IntStream.range(0, times).forEach(i -> attempt("wrong", source));
    }

    private Outcome attempt(String password, Source source) {
        return signIn.password(person.name(), password, source, Optional.empty());
    }

    private Outcome code(String code) {
        return signIn.code(person, code, HOME, Optional.empty());
    }
}
