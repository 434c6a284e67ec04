package dev.stepzero.server.api.answer;

import dev.stepzero.server.api.shape.RecordReader;
import dev.stepzero.server.errors.Rejected;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/** Gives handlers of the API their {@link Filters} and their {@link Body}, and refuses parameters that they have not. */
final class RecordArguments implements HandlerMethodArgumentResolver, HandlerInterceptor {
    /** Bytes of the largest body. */
    static final int LARGEST = 64 << 10;

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(Filters.class) || parameter.hasParameterAnnotation(Body.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders)
            throws IOException {
        var sent = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        return parameter.hasParameterAnnotation(Body.class)
                ? RecordReader.body(parameter.getParameterType(), body(sent))
                : RecordReader.parameters(parameter.getParameterType(), sent.getParameterMap());
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        var type = Objects.requireNonNullElse(request.getContentType(), "");
        if (!type.matches("(?i)application/json\\s*(;.*)?")) {
            throw Rejected.request(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Send the body as JSON: Content-Type: application/json.");
        }
        return bounded(request);
    }

    static byte[] bounded(HttpServletRequest request) throws IOException {
        var bytes = request.getInputStream().readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw Rejected.request(HttpStatus.CONTENT_TOO_LARGE, "A body has at most %,d bytes.".formatted(LARGEST));
        }
        return bytes;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && method.hasMethodAnnotation(Operation.class)) {
            var known = known(method);
            request.getParameterMap().keySet().stream()
                    .filter(name -> !known.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw unknown(name, known);
                    });
        }
        return true;
    }

    private static List<String> known(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(Filters.class))
                .flatMap(parameter -> RecordReader.names(parameter.getParameterType()).stream())
                .toList();
    }

    private static Rejected unknown(String name, List<String> known) {
        var shown = name.replaceAll("\\p{Cntrl}", "?");
        return Rejected.field(
                HttpStatus.BAD_REQUEST,
                shown.substring(0, Math.min(100, shown.length())),
                "There is no parameter '%.100s' here; %s."
                        .formatted(
                                shown, known.isEmpty() ? "there are none" : "there are: " + String.join(", ", known)));
    }
}
