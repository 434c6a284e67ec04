package dev.stepzero.ship.forge.client;

import dev.stepzero.core.UserError;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The one comment of ours on a pull request. Where several have its marker, the oldest is ours. */
abstract class Comments {
    private static final int MOST_PAGES = 30;

    private final byte[] key;

    Comments(byte[] key) {
        this.key = key.clone();
    }

    /** A comment as the forge lists it. */
    record Comment(long id, String text, JsonNode node) {}

    /** A page of comments; empty when there are no more. */
    interface Pages {
        Optional<Iterable<Comment>> page(int number) throws InterruptedException;
    }

    abstract Pages pages(Report report);

    abstract void add(Report report, String text) throws InterruptedException;

    abstract void change(Report report, Comment comment, String text) throws InterruptedException;

    /** The marker in the way in which the forge shows it to nobody. */
    String hidden(String marker) {
        return "<!-- " + marker + " -->";
    }

    final void put(Report report) throws InterruptedException {
        if (report.pullRequest().isEmpty() || !report.isOver()) {
            return;
        }
        var marker = Marker.of(key, report);
        var text = CommentText.of(report) + "\n" + hidden(marker) + "\n";
        var ours = find(report, marker);
        if (ours.isEmpty()) {
            add(report, text);
        } else if (!ours.get().text().strip().equals(text.strip())) {
            change(report, ours.get(), text);
        }
    }

    private Optional<Comment> find(Report report, String marker) throws InterruptedException {
        var pages = pages(report);
        Optional<Comment> oldest = Optional.empty();
        for (var number = 1; number <= MOST_PAGES; number++) {
            var page = pages.page(number);
            if (page.isEmpty()) {
                return oldest;
            }
            for (var comment : page.get()) {
                // Numbers count up at every forge.
                if (comment.text().contains(marker)
                        && (oldest.isEmpty() || comment.id() < oldest.get().id())) {
                    oldest = Optional.of(comment);
                }
            }
        }
        throw UserError.unreadable("the pull request has too many comments to find ours")
                .at(report.repository() + " " + report.pullRequest().orElseThrow())
                .fix("close it, and propose the change again");
    }
}
