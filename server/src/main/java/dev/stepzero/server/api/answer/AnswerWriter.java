package dev.stepzero.server.api.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stepzero.core.Digest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what handlers of the API answer. What is read has an entity tag, and is not sent again to whoever has it; the
 * next part of a list is linked to.
 */
@Component
class AnswerWriter implements HandlerMethodReturnValueHandler {
    private static final Pattern COMMA = Pattern.compile(",");
    private static final int TAG_LENGTH = 32;
    private static final int NOT_MODIFIED = 304;

    private final JsonMapper json = JsonMapper.builder()
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(usual -> usual.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    @Override
    public boolean supportsReturnType(MethodParameter type) {
        return type.getParameterType() == Answer.class;
    }

    @Override
    public void handleReturnValue(
            @Nullable Object value, MethodParameter type, ModelAndViewContainer container, NativeWebRequest request)
            throws IOException {
        container.setRequestHandled(true);
        write(
                (Answer<?>) Objects.requireNonNull(value, "an answer"),
                Objects.requireNonNull(type.getMethodAnnotation(Operation.class), "an operation")
                        .media(),
                Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)),
                Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class)));
    }

    private void write(Answer<?> answer, String media, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        answer.headers().forEach(response::setHeader);
        answer.next().ifPresent(after -> response.setHeader(HttpHeaders.LINK, link(request, after)));
        response.setStatus(answer.status());
        if (answer.body().isEmpty()) {
            return;
        }
        var bytes = answer.body().get() instanceof byte[] raw
                ? raw
                : json.writeValueAsBytes(answer.body().get());
        if (request.getMethod().equals("GET")) {
            var tag = "\"" + Digest.of(bytes).hex().substring(0, TAG_LENGTH) + "\"";
            response.setHeader(HttpHeaders.ETAG, tag);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
            if (has(request, tag)) {
                response.setStatus(NOT_MODIFIED);
                return;
            }
        }
        response.setContentType(media);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static boolean has(HttpServletRequest request, String tag) {
        var known = Objects.requireNonNullElse(request.getHeader(HttpHeaders.IF_NONE_MATCH), "");
        return COMMA.splitAsStream(known)
                .map(each -> each.strip().replaceFirst("^W/", ""))
                .anyMatch(tag::equals);
    }

    private static String link(HttpServletRequest request, String after) {
        var link = new StringBuilder("<").append(request.getRequestURI()).append('?');
        request.getParameterMap().forEach((name, values) -> {
            if (!name.equals("after")) {
                link.append(encoded(name))
                        .append('=')
                        .append(encoded(values[0]))
                        .append('&');
            }
        });
        return link.append("after=")
                .append(encoded(after))
                .append(">; rel=\"next\"")
                .toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
