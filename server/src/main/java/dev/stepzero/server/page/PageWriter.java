package dev.stepzero.server.page;

import dev.stepzero.server.access.Access;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Makes HTML of a {@link Page} by its template, which was compiled with the program. */
@Component
public class PageWriter implements HandlerMethodReturnValueHandler {
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final Assets assets;
    private final Access access;

    PageWriter(Assets assets, Access access) {
        this.assets = assets;
        this.access = access;
    }

    @Override
    public boolean supportsReturnType(MethodParameter type) {
        return type.getParameterType() == Page.class;
    }

    @Override
    public void handleReturnValue(
            @Nullable Object value, MethodParameter type, ModelAndViewContainer container, NativeWebRequest request)
            throws IOException {
        container.setRequestHandled(true);
        write(
                (Page) Objects.requireNonNull(value, "a page"),
                Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)),
                Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class)));
    }

    /** Writes a page; nothing is sent when the template fails. */
    public void write(Page page, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var model = new HashMap<>(page.model());
        model.put("frame", frame(page, request));
        var html = new Utf8ByteOutput();
        templates.render(page.template() + ".jte", model, html);
        response.setStatus(page.status());
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(html.getContentLength());
        html.writeTo(response.getOutputStream());
    }

    private Frame frame(Page page, HttpServletRequest request) {
        var principal = access.principal();
        Navigation.Doors doors = (method, path) ->
                principal.filter(one -> access.allows(one, method, path)).isPresent();
        return new Frame(
                page.title(),
                request.getRequestURI(),
                principal.orElse(null),
                request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token ? token.getToken() : "",
                assets,
                Navigation.sections(doors),
                Navigation.account(doors));
    }
}
