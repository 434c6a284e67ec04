package dev.stepzero.server.overview;

import dev.stepzero.server.page.Page;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The first page. */
@Controller
class OverviewPage {
    @GetMapping("/")
    Page show() {
        return Page.of("overview/overview", "Overview");
    }
}
