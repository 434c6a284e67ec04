package dev.stepzero.server.signin;

import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.BreachedPasswords;
import dev.stepzero.guard.identity.Challenges;
import dev.stepzero.guard.identity.CommonPasswords;
import dev.stepzero.guard.identity.Credentials;
import dev.stepzero.guard.identity.Devices;
import dev.stepzero.guard.identity.ForgeAccounts;
import dev.stepzero.guard.identity.Invitations;
import dev.stepzero.guard.identity.Passkeys;
import dev.stepzero.guard.identity.PasswordHashing;
import dev.stepzero.guard.identity.PasswordRules;
import dev.stepzero.guard.identity.People;
import dev.stepzero.guard.identity.SealingKey;
import dev.stepzero.guard.identity.SecondFactors;
import dev.stepzero.guard.identity.Sessions;
import dev.stepzero.guard.identity.SignIn;
import dev.stepzero.guard.identity.Throttle;
import dev.stepzero.server.ServerSettings;
import java.security.SecureRandom;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of {@code guard/identity}. */
@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {
    @Bean
    People people(Jdbi jdbi, Clock clock) {
        return new People(jdbi, clock);
    }

    @Bean
    Sessions sessions(Jdbi jdbi, Clock clock, SecureRandom random) {
        return new Sessions(jdbi, clock, random);
    }

    @Bean
    ApiTokens apiTokens(Jdbi jdbi, Clock clock, SecureRandom random) {
        return new ApiTokens(jdbi, clock, random);
    }

    @Bean
    ForgeAccounts forgeAccounts(Jdbi jdbi, Clock clock) {
        return new ForgeAccounts(jdbi, clock);
    }

    @Bean
    Invitations invitations(Jdbi jdbi, Clock clock, SecureRandom random) {
        return new Invitations(jdbi, clock, random);
    }

    @Bean
    Devices devices(Jdbi jdbi, Clock clock, SecureRandom random) {
        return new Devices(jdbi, clock, random);
    }

    @Bean
    Throttle throttle(Jdbi jdbi, Clock clock) {
        return new Throttle(jdbi, clock);
    }

    @Bean
    Passkeys passkeys(Jdbi jdbi, Clock clock) {
        return new Passkeys(jdbi, clock);
    }

    @Bean
    SecondFactors secondFactors(Jdbi jdbi, Passkeys passkeys) {
        return new SecondFactors(jdbi, passkeys);
    }

    @Bean
    Challenges challenges(Jdbi jdbi, Clock clock, SealingKey key) {
        return new Challenges(jdbi, clock, key);
    }

    @Bean
    SealingKey sealingKey(ServerSettings settings, SecureRandom random) {
        return SealingKey.in(settings.home().root().resolve("server").resolve("sealing.key"), random);
    }

    /** Its codes are those of people's devices, which know the true time: a code counts once even if that is set back. */
    @Bean
    Credentials credentials(Jdbi jdbi, SecureRandom random, SealingKey key, ServerSettings settings) {
        var breached =
                new BreachedPasswords(settings.home().root().resolve("server").resolve("breached-passwords.txt"));
        var rules = new PasswordRules(CommonPasswords.builtIn(), breached);
        return new Credentials(jdbi, Clock.systemUTC(), random, new PasswordHashing(), rules, key);
    }

    @Bean
    SignIn signIn(People people, Credentials credentials, Devices devices, Throttle throttle, Audit audit) {
        return new SignIn(people, credentials, devices, throttle, audit);
    }
}
