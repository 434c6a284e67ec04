package dev.stepzero.server;

import dev.stepzero.server.connections.Http;
import dev.stepzero.server.connections.SlowClients;
import dev.stepzero.server.proxy.ClientAddress;
import dev.stepzero.server.tls.Tls;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The HTTP server and the dispatch of requests to handlers. */
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
class WebConfiguration implements WebMvcConfigurer {
    private static final int LARGEST_FORM = 1 << 20;
    private static final String ASSETS = "classpath:/dev/stepzero/server/assets/";

    private final List<HandlerMethodReturnValueHandler> writers;

    WebConfiguration(List<HandlerMethodReturnValueHandler> writers) {
        this.writers = writers;
    }

    @Bean
    TomcatServletWebServerFactory webServer(ServerSettings settings, Tls tls, SlowClients slow) {
        var factory = new TomcatServletWebServerFactory(settings.listen().port());
        factory.setProtocol(Http.class.getName());
        factory.setAddress(settings.listen().address());
        factory.setShutdown(Shutdown.GRACEFUL);
        factory.setRegisterDefaultServlet(false);
        factory.addErrorPages(new ErrorPage("/error"));
        if (!settings.proxies().ranges().isEmpty()) {
            factory.addEngineValves(new ClientAddress(settings.proxies()));
        }
        factory.addConnectorCustomizers(tls::protect);
        factory.addConnectorCustomizers(connector -> {
            connector.setMaxPostSize(LARGEST_FORM);
            connector.setXpoweredBy(false);
            if (connector.getProtocolHandler() instanceof Http http) {
                slow.watch(http);
            }
        });
        return factory;
    }

    @Bean
    DispatcherServlet dispatcher() {
        return new DispatcherServlet();
    }

    @Bean
    ServletRegistrationBean<DispatcherServlet> dispatcherRegistration(DispatcherServlet dispatcher) {
        var registration = new ServletRegistrationBean<>(dispatcher, "/");
        registration.setName("dispatcher");
        registration.setLoadOnStartup(1);
        registration.setAsyncSupported(true);
        return registration;
    }

    @Override
    public void addReturnValueHandlers(List<HandlerMethodReturnValueHandler> handlers) {
        handlers.addAll(writers);
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.registerDefaults();
    }

    /** Every address of a file holds the digest of its content, so that browsers may keep it for ever. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(ASSETS)
                .setCacheControl(org.springframework.http.CacheControl.maxAge(Duration.ofDays(365))
                        .cachePublic()
                        .immutable());
    }
}
