package dev.stepzero.ship.forge.own;

import dev.stepzero.ship.forge.ForgeProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PostReceiveHook;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;

/**
 * What may be pushed where. The protected branch moves by review only; {@code refs/for/BRANCH}, a name as Gerrit has it,
 * opens one, for any client can push to a name, and push options need a server that offers them and a newer git.
 */
final class PushPolicy {
    private static final String FOR = "refs/for/";
    private static final String HEADS = "refs/heads/";
    private static final String TAGS = "refs/tags/";
    private static final int LONGEST_TITLE = 200;

    private final PushLedger ledger;
    private final ReviewRequests reviews;
    private final PushLimits limits;
    private final Clock clock;

    PushPolicy(PushLedger ledger, ReviewRequests reviews, PushLimits limits, Clock clock) {
        this.ledger = ledger;
        this.reviews = reviews;
        this.limits = limits;
        this.clock = clock;
    }

    /** The policy for one push. */
    Push of(ForgeProject project, Pusher pusher) {
        return new Push(project, pusher);
    }

    /** One push on its way. */
    final class Push implements PreReceiveHook, PostReceiveHook {
        private final ForgeProject project;
        private final Pusher pusher;
        private final List<Runnable> announced = new ArrayList<>();

        private Push(ForgeProject project, Pusher pusher) {
            this.project = project;
            this.pusher = pusher;
        }

        @Override
        public void onPreReceive(ReceivePack receive, Collection<ReceiveCommand> commands) {
            var waiting = List.copyOf(commands);
            try {
                for (var command : waiting) {
                    judge(receive.getRepository(), command, waiting.size());
                }
                ledger.decided(project.name(), pusher, waiting);
                var changes = waiting.stream()
                        .filter(command -> command.getResult() == Result.NOT_ATTEMPTED)
                        .filter(command -> !isReview(command))
                        .toList();
                if (!changes.isEmpty()) {
                    announced.add(ledger.announcePush(project.name(), pusher, changes));
                }
                for (var command : waiting) {
                    if (isReview(command) && command.getResult() == Result.NOT_ATTEMPTED) {
                        review(receive, command);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onPostReceive(ReceivePack receive, Collection<ReceiveCommand> commands) {
            announced.forEach(Runnable::run);
        }

        private boolean isReview(ReceiveCommand command) {
            return command.getRefName().equals(FOR + project.mainBranch());
        }

        private void judge(Repository repository, ReceiveCommand command, int count) throws IOException {
            var ref = command.getRefName();
            if (count > limits.refs()) {
                refuse(command, "a push changes at most %d refs".formatted(limits.refs()));
            } else if (ref.equals(project.mainRef())) {
                judgeMain(repository, command);
            } else if (isReview(command)) {
                if (repository.exactRef(project.mainRef()) == null) {
                    refuse(command, "there is no %s yet that it could be merged into".formatted(project.mainBranch()));
                } else if (!isCommit(repository, command.getNewId())) {
                    refuse(command, "a commit can be reviewed, and nothing else");
                }
            } else if (ref.startsWith(TAGS)) {
                if (command.getType() != ReceiveCommand.Type.CREATE) {
                    refuse(command, "tags stay what they are: choose another name");
                }
            } else if (!ref.startsWith(HEADS)) {
                refuse(
                        command,
                        "push to a branch, a tag, or, for a review, to %s%s".formatted(FOR, project.mainBranch()));
            } else if (command.getType() != ReceiveCommand.Type.DELETE && !isCommit(repository, command.getNewId())) {
                refuse(command, "a branch is made of commits");
            }
        }

        private void judgeMain(Repository repository, ReceiveCommand command) throws IOException {
            var first =
                    command.getType() == ReceiveCommand.Type.CREATE && repository.exactRef(project.mainRef()) == null;
            if (!first) {
                refuse(
                        command,
                        "%s is protected; open a review: git push origin HEAD:%s%s"
                                .formatted(project.mainBranch(), FOR, project.mainBranch()));
            } else if (!pusher.begins()) {
                refuse(command, "the first push to %s is an administrator's".formatted(project.mainBranch()));
            } else if (!isCommit(repository, command.getNewId())) {
                refuse(command, "a branch is made of commits");
            }
        }

        private void review(ReceivePack receive, ReceiveCommand command) throws IOException {
            var repository = receive.getRepository();
            var head = command.getNewId();
            var proposed = reviews.propose(
                    project.name(),
                    project.mainBranch(),
                    head.name(),
                    title(repository, head),
                    pusher.account(),
                    commit -> contains(repository, head, commit));
            announced.add(ledger.announceReview(project.name(), pusher, proposed, project.mainBranch(), head.name()));
            var ref = "refs/reviews/%d/head".formatted(proposed.number());
            var update = repository.updateRef(ref);
            update.setNewObjectId(head);
            update.setForceUpdate(true);
            update.setRefLogIdent(new PersonIdent(pusher.actor().principal(), "", clock.instant(), ZoneOffset.UTC));
            var result = update.update();
            if (result == RefUpdate.Result.LOCK_FAILURE || result == RefUpdate.Result.IO_FAILURE) {
                refuse(command, "the review request cannot be written now; push again");
                return;
            }
            command.setResult(Result.OK);
            receive.sendMessage("Review request %d %s: %s"
                    .formatted(proposed.number(), proposed.opened() ? "opened" : "has the new commits", ref));
        }
    }

    private static void refuse(ReceiveCommand command, String why) {
        command.setResult(Result.REJECTED_OTHER_REASON, why);
    }

    private static boolean isCommit(Repository repository, ObjectId id) throws IOException {
        try (var reader = repository.newObjectReader()) {
            return reader.has(id) && reader.open(id).getType() == Constants.OBJ_COMMIT;
        }
    }

    private static String title(Repository repository, ObjectId head) throws IOException {
        try (var walk = new RevWalk(repository)) {
            var message = walk.parseCommit(head).getShortMessage().replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
            return message.substring(0, Math.min(message.length(), LONGEST_TITLE));
        }
    }

    private static boolean contains(Repository repository, ObjectId tip, String commit) {
        try (var walk = new RevWalk(repository)) {
            return walk.isMergedInto(walk.parseCommit(ObjectId.fromString(commit)), walk.parseCommit(tip));
        } catch (IOException e) {
            // What cannot be read is in no history; then another request is opened.
            return false;
        }
    }
}
