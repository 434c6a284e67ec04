package dev.stepzero.server.signin;

import dev.stepzero.server.ServerSettings;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.access.Scope;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** The filters that stand before every request: headers, who it is, forged requests, and the matrix. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityConfiguration {
    private static final String CONTENT = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");
    private static final String PERMISSIONS = "accelerometer=(), autoplay=(), camera=(), display-capture=(),"
            + " geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(),"
            + " publickey-credentials-create=(self), publickey-credentials-get=(self)";
    private static final Duration TWO_YEARS = Duration.ofDays(730);

    @Bean
    SecurityFilterChain security(
            HttpSecurity http, ServerSettings settings, Access access, Callers callers, SessionCookie cookie) {
        return http.headers(headers -> headers(headers, settings))
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .sessionManagement(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens(settings, cookie))
                        .ignoringRequestMatchers(request -> carriesItsOwnProof(request, access)))
                .addFilterAfter(new CallerFilter(callers), SecurityContextHolderFilter.class)
                .exceptionHandling(refused ->
                        refused.authenticationEntryPoint(new Refusal(access)).accessDeniedHandler(new Refusal(access)))
                .authorizeHttpRequests(requests -> requests.anyRequest().access(access))
                .build();
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers, ServerSettings settings) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(policy -> policy.policy(PERMISSIONS))
                .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny);
        if (settings.secure()) {
            headers.httpStrictTransportSecurity(strict -> strict.requestMatcher(request -> true)
                    .includeSubDomains(false)
                    .maxAgeInSeconds(TWO_YEARS.toSeconds()));
        } else {
            headers.httpStrictTransportSecurity(HeadersConfigurer.HstsConfig::disable);
        }
    }

    private static CsrfTokenRepository csrfTokens(ServerSettings settings, SessionCookie cookie) {
        var tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName(cookie.name("csrf"));
        tokens.setHeaderName("X-CSRF-TOKEN");
        tokens.setCookiePath("/");
        tokens.setCookieCustomizer(
                made -> made.secure(settings.secure()).sameSite("Strict").httpOnly(true));
        return tokens;
    }

    /** A request with a token is sent on purpose, for no browser adds one by itself; a machine's proves itself. */
    private static boolean carriesItsOwnProof(HttpServletRequest request, Access access) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null
                || access.scope(request).filter(Scope.MACHINE::equals).isPresent();
    }

    @Bean
    FilterRegistrationBean<Filter> securityRegistration(Filter springSecurityFilterChain) {
        var registration = new FilterRegistrationBean<>(springSecurityFilterChain);
        registration.setOrder(0);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        return registration;
    }
}
