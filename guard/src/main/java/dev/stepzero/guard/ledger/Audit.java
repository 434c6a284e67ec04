package dev.stepzero.guard.ledger;

import dev.stepzero.guard.keys.TrustedKey;
import dev.stepzero.guard.ledger.SignedCheckpoint.Standing;
import dev.stepzero.guard.ledger.merkle.Hash;
import dev.stepzero.guard.ledger.merkle.Tile;
import dev.stepzero.guard.ledger.merkle.TileTree;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a ledger is what its checkpoints say, from nothing but the keys and the checkpoints that the auditor brings.
 * It computes the tree anew from the entries, compares it with every checkpoint and every hash that was kept, and stops at
 * the first fault; where only a checkpoint shows one, it reads on to the hashes that tell which entry it is. Memory does
 * not grow with the ledger.
 */
final class Audit {
    private final List<TrustedKey> keys;
    private final ArrayDeque<Checkpoint> known;

    private TileTree tree = new TileTree();
    private long from;

    /** The tiles that the last entry filled. */
    private final List<Tile> filled = new ArrayList<>();

    private @Nullable String origin;
    private Instant recorded = Instant.MIN;
    private long checkpoints;
    private long revoked;
    private @Nullable Checkpoint good;
    private @Nullable Checkpoint met;
    private @Nullable Fault fault;
    private boolean ended;

    /** Whether entries are still appended to the tree: not behind one that is missing. */
    private boolean counting = true;

    /**
     * An audit.
     *
     * @param keys the keys that are trusted
     * @param known checkpoints that somebody saw earlier, elsewhere; they are believed
     */
    Audit(List<TrustedKey> keys, List<Checkpoint> known) {
        this.keys = List.copyOf(keys);
        this.known = new ArrayDeque<>(known.stream()
                .sorted(Comparator.comparingLong(Checkpoint::size))
                .toList());
    }

    /** Takes the next piece; false: the rest is of no interest. */
    boolean accept(Item item) {
        switch (item) {
            case Item.Opening opening -> open(opening);
            case Item.Row row -> row(row);
            case Item.Kept kept -> compare(kept);
            case Item.Note note -> note(note);
            case Item.End end -> end(end.size());
        }
        return !ended;
    }

    /** Something that is no piece of a ledger stands where the next entry should be. */
    void unreadable(String what) {
        blame(Fault.at(tree.size(), what));
        ended = true;
    }

    Audited finish() {
        if (!ended) {
            end(-1);
        }
        return new Audited(
                origin == null ? "" : origin,
                from,
                tree.size(),
                checkpoints,
                revoked,
                Optional.ofNullable(good),
                Optional.ofNullable(fault));
    }

    private void open(Item.Opening opening) {
        if (origin != null) {
            goOn(opening);
            return;
        }
        try {
            tree = new TileTree(opening.from(), opening.edge());
        } catch (IllegalArgumentException e) {
            blame(Fault.at(opening.from(), "what should stand before it is broken: " + e.getMessage()));
            ended = true;
        }
        from = opening.from();
        origin = opening.origin();
        for (var each : known) {
            if (!each.origin().equals(origin)) {
                blame(Fault.at(
                        from,
                        "this is the ledger %s, and a known checkpoint is of %s".formatted(origin, each.origin())));
                ended = true;
            }
        }
        while (!known.isEmpty() && known.getFirst().size() < from) {
            known.removeFirst();
        }
    }

    /** Exports of ranges may stand one behind the other. */
    private void goOn(Item.Opening next) {
        if (!next.origin().equals(origin) || next.from() != tree.size()) {
            blame(Fault.at(
                    tree.size(), "entries of %s from %d on stand in its place".formatted(next.origin(), next.from())));
            ended = true;
        }
    }

    private void row(Item.Row row) {
        if (!counting) {
            return;
        }
        meetKnown();
        var number = tree.size();
        var hash = Leaf.hash(row.leaf());
        check(row, number, hash);
        if (counting) {
            filled.clear();
            tree.append(hash, filled::add);
        }
    }

    private void check(Item.Row row, long number, Hash hash) {
        Leaf leaf;
        try {
            leaf = Leaf.parse(row.leaf());
        } catch (IllegalArgumentException e) {
            blame(Fault.at(number, "it cannot be read: " + e.getMessage()));
            return;
        }
        if (leaf.number() != number) {
            blame(Fault.at(
                    number,
                    leaf.number() > number
                            ? "it is missing: number %d stands in its place".formatted(leaf.number())
                            : "number %d stands in its place: put in between, doubled or moved"
                                    .formatted(leaf.number())));
            counting = false;
        } else if (row.kept().isPresent() && !row.kept().get().equals(hash)) {
            blame(Fault.at(number, "it and the hash that was kept of it do not belong together"));
        } else if (row.complaint().isPresent()) {
            blame(Fault.at(number, row.complaint().get()));
        } else if (leaf.recorded().isBefore(recorded)) {
            blame(Fault.at(number, "it says that it was recorded before the entry in front of it"));
        }
        recorded = leaf.recorded();
    }

    /** Compares hashes that were kept with our own; of leaves, each that differs is an entry that is not the one it was. */
    private void compare(Item.Kept item) {
        var kept = item.tile();
        var own = own(kept);
        if (counting && kept.hashes().size() != own.size()) {
            blame(range(
                    kept,
                    Math.min(kept.hashes().size(), own.size()),
                    "the hash that should be kept of it is not there"));
        }
        for (var i = 0; i < Math.min(kept.hashes().size(), own.size()); i++) {
            if (!kept.hashes().get(i).equals(own.get(i))) {
                blame(range(kept, i, "it and the hash that was kept of it in the tree do not belong together"));
                break;
            }
        }
        if (fault == null && item.root().isPresent() && !item.root().get().equals(kept.root())) {
            var all = new Fault(
                    range(kept, 0, "").first(), range(kept, Tile.WIDTH - 1, "").last(), "");
            var first = Math.max(all.first(), good == null ? 0 : good.size());
            blame(new Fault(
                    first, all.last(), "their hashes and the root that was kept of them do not belong together"));
        }
        ended = fault != null;
    }

    private List<Hash> own(Tile kept) {
        return Stream.concat(filled.stream(), tree.partial(kept.level()).stream())
                .filter(each -> each.level() == kept.level() && each.index() == kept.index())
                .findFirst()
                .map(Tile::hashes)
                .orElse(List.of());
    }

    private static Fault range(Tile tile, int position, String what) {
        var shift = tile.level() * Tile.HEIGHT;
        var place = tile.index() * Tile.WIDTH + position;
        return new Fault(place << shift, ((place + 1) << shift) - 1, what);
    }

    private void note(Item.Note note) {
        if (fault != null) {
            return;
        }
        try {
            var signed = SignedCheckpoint.parse(note.text());
            var checkpoint = signed.checkpoint();
            if (!checkpoint.origin().equals(origin)) {
                blame(since("a checkpoint is of another ledger: " + checkpoint.origin()));
                return;
            }
            switch (signed.standing(keys)) {
                case Standing.Refused(var why) ->
                    blame(since(
                            "the checkpoint of size %d is not to be believed: %s".formatted(checkpoint.size(), why)));
                case Standing.Revoked _ -> {
                    if (isRight(checkpoint)) {
                        revoked++;
                    }
                }
                case Standing.Good _ -> believe(checkpoint);
            }
        } catch (IllegalArgumentException e) {
            blame(since("a checkpoint cannot be read: " + e.getMessage()));
        }
    }

    private void believe(Checkpoint checkpoint) {
        var seen = known.isEmpty() || known.getFirst().size() != checkpoint.size()
                ? Optional.<Checkpoint>empty()
                : Optional.of(known.removeFirst());
        if (seen.isPresent() && !seen.get().root().equals(checkpoint.root())) {
            refuseFork(checkpoint.size());
        } else if (isRight(checkpoint)) {
            checkpoints++;
            good = checkpoint;
            met = seen.orElse(met);
        }
    }

    /** Checkpoints of this size that were seen elsewhere and that the ledger itself does not have. */
    private void meetKnown() {
        while (fault == null && !known.isEmpty() && known.getFirst().size() == tree.size()) {
            var seen = known.removeFirst();
            if (seen.root().equals(tree.root())) {
                good = seen;
                met = seen;
            } else {
                refuseFork(seen.size());
            }
        }
    }

    /** Where a checkpoint that was seen elsewhere does not fit, no other signature of the same key counts. */
    private void refuseFork(long size) {
        good = met;
        blame(since("the checkpoint of size %d that was seen earlier has another root: there are two histories"
                .formatted(size)));
    }

    private boolean isRight(Checkpoint checkpoint) {
        if (checkpoint.size() > tree.size()) {
            blame(new Fault(
                    tree.size(),
                    checkpoint.size() - 1,
                    "missing: a checkpoint of size %d was signed".formatted(checkpoint.size())));
            return false;
        }
        if (checkpoint.size() < tree.size()) {
            blame(since("the checkpoint of size %d stands in a wrong place".formatted(checkpoint.size())));
            return false;
        }
        if (!checkpoint.root().equals(tree.root())) {
            blame(since("the checkpoint of size %d has another root: something was altered together with its hashes"
                    .formatted(checkpoint.size())));
            return false;
        }
        return true;
    }

    /** Something between the last checkpoint that was right and here. */
    private Fault since(String what) {
        var first = good == null ? from : good.size();
        return new Fault(first, Math.max(first, tree.size() - 1), what);
    }

    private void blame(Fault found) {
        if (fault == null || found.isCloserThan(fault)) {
            fault = found;
        }
    }

    private void end(long size) {
        ended = true;
        if (fault != null) {
            return;
        }
        if (size < 0) {
            blame(Fault.at(tree.size(), "the ledger breaks off before it"));
            return;
        }
        if (size > tree.size()) {
            blame(new Fault(tree.size(), size - 1, "missing: there should be %d in all".formatted(size)));
            return;
        }
        meetKnown();
        if (fault == null && !known.isEmpty()) {
            var seen = known.getLast().size();
            blame(new Fault(
                    tree.size(), seen - 1, "missing: a checkpoint of size %d was seen earlier".formatted(seen)));
        } else if (fault == null && good == null && tree.size() > from) {
            blame(since("nothing is signed by a key that is trusted"));
        }
    }
}
