package dev.stepzero.server.api;

import dev.stepzero.server.access.Access;
import dev.stepzero.server.api.answer.Answer;
import dev.stepzero.server.api.answer.Operation;
import dev.stepzero.server.api.openapi.OpenApi;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The document of this API. */
@Controller
class DocumentApi {
    private final Access access;
    private final ObjectProvider<RequestMappingHandlerMapping> handlers;

    /** The mapping knows this handler too, so that it is asked for when somebody reads. */
    DocumentApi(Access access, ObjectProvider<RequestMappingHandlerMapping> handlers) {
        this.access = access;
        this.handlers = handlers;
    }

    @GetMapping("/api/v1/openapi.json")
    @Operation(value = "This document: OpenAPI 3.1.", media = "application/vnd.oai.openapi+json;version=3.1")
    Answer<byte[]> document() {
        return Answer.of(OpenApi.of(handlers.getObject(), access.matrix()).json());
    }
}
