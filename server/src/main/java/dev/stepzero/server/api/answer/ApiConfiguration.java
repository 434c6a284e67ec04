package dev.stepzero.server.api.answer;

import dev.stepzero.server.access.Access;
import dev.stepzero.server.errors.ProblemWriter;
import dev.stepzero.server.request.Pace;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What stands before the API's handlers, behind the filters that know who asks and what they may. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration implements WebMvcConfigurer {
    private static final String PATHS = "/api/v1/*";
    private static final int AT_ONCE = 400;
    private static final int A_SECOND = 40;

    private final RecordArguments arguments = new RecordArguments();

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(arguments);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(arguments);
    }

    @Bean
    FilterRegistrationBean<PaceFilter> pace(Access access, ProblemWriter problems) {
        var pace = new Pace(AT_ONCE, A_SECOND, System::nanoTime);
        var registration = new FilterRegistrationBean<>(new PaceFilter(pace, access, problems));
        registration.addUrlPatterns(PATHS);
        registration.setOrder(10);
        return registration;
    }

    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotency(
            AnsweredRequests answered, Access access, ProblemWriter problems) {
        var registration = new FilterRegistrationBean<>(new IdempotencyFilter(answered, access, problems));
        registration.addUrlPatterns(PATHS);
        registration.setOrder(20);
        return registration;
    }
}
