package dev.stepzero.guard.ledger.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    /** The eight leaves by which implementations of Certificate Transparency compare themselves. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    @Test
    void theRootsOfTheKnownLeavesAreTheKnownRoots() {
        var roots = List.of(
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
        var tree = new TileTree();

        for (var i = 0; i < LEAVES.size(); i++) {
            tree.append(Hash.ofLeaf(HexFormat.of().parseHex(LEAVES.get(i))), tile -> {});

            assertThat(hex(tree.root())).as("%d leaves", i + 1).isEqualTo(roots.get(i));
        }
    }

    @Test
    void theTreeWithoutLeavesHasTheHashOfNothing() {
        assertThat(hex(new TileTree().root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Property(tries = 60)
    void theRootIsThatOfTheDefinition(@ForAll @IntRange(max = 1400) int size) {
        assertThat(Grown.to(size).tree().root()).isEqualTo(naive(leaves(size)));
    }

    @Property(tries = 60)
    void aTreeGoesOnFromItsEdge(@ForAll @IntRange(max = 700) int first, @ForAll @IntRange(max = 700) int more) {
        var begun = Grown.to(first).tree();
        var gone = new TileTree(first, begun.edge());
        leaves(first + more).subList(first, first + more).forEach(leaf -> gone.append(leaf, tile -> {}));

        assertThat(gone.root()).isEqualTo(naive(leaves(first + more)));
    }

    @Property(tries = 100)
    void everyLeafIsProvenAndNothingElseIs(
            @ForAll @IntRange(min = 1, max = 1000) int size, @ForAll @IntRange(max = 999) int wanted) {
        var index = wanted % size;
        var grown = Grown.to(size);
        var proof = grown.proofs().inclusion(index, size);
        var leaf = leaves(size).get(index);
        var root = grown.tree().root();

        assertThat(proof).isEqualTo(naiveInclusion(index, leaves(size)));
        assertThat(ProofCheck.includes(leaf, index, size, proof, root)).isTrue();
        assertThat(ProofCheck.includes(Hash.ofLeaf(new byte[] {1}), index, size, proof, root))
                .isFalse();
        assertThat(ProofCheck.includes(leaf, index, size, proof, Hash.ofNothing()))
                .isFalse();
        assertThat(ProofCheck.includes(leaf, size, size, proof, root)).isFalse();
        assertThat(ProofCheck.includes(leaf, -1, size, proof, root)).isFalse();
        assertThat(ProofCheck.includes(leaf, index, size, longer(proof), root)).isFalse();
        for (var i = 0; i < proof.size(); i++) {
            assertThat(ProofCheck.includes(leaf, index, size, altered(proof, i), root))
                    .isFalse();
            assertThat(ProofCheck.includes(leaf, index, size, without(proof, i), root))
                    .isFalse();
        }
    }

    @Property(tries = 150)
    void everyEarlierTreeIsProvenAndNothingElseIs(
            @ForAll @IntRange(min = 1, max = 1000) int size, @ForAll @IntRange(max = 999) int wanted) {
        var earlier = wanted % size + 1;
        var grown = Grown.to(size);
        var proof = grown.proofs().consistency(earlier, size);
        var first = naive(leaves(size).subList(0, earlier));
        var second = grown.tree().root();

        assertThat(proof).isEqualTo(naiveConsistency(earlier, leaves(size), true));
        assertThat(ProofCheck.grewOutOf(earlier, first, size, second, proof)).isTrue();
        assertThat(ProofCheck.grewOutOf(earlier, Hash.ofNothing(), size, second, proof))
                .isFalse();
        assertThat(ProofCheck.grewOutOf(earlier, first, size, Hash.ofNothing(), proof))
                .isFalse();
        assertThat(ProofCheck.grewOutOf(size + 1, first, size, second, proof)).isFalse();
        assertThat(ProofCheck.grewOutOf(earlier, first, size, second, longer(proof)))
                .isFalse();
        for (var i = 0; i < proof.size(); i++) {
            assertThat(ProofCheck.grewOutOf(earlier, first, size, second, altered(proof, i)))
                    .isFalse();
            assertThat(ProofCheck.grewOutOf(earlier, first, size, second, without(proof, i)))
                    .isFalse();
        }
    }

    @Test
    void everythingGrewOutOfNothing() {
        var root = Grown.to(5).tree().root();

        assertThat(ProofCheck.grewOutOf(0, Hash.ofNothing(), 5, root, List.of()))
                .isTrue();
        assertThat(ProofCheck.grewOutOf(0, root, 5, root, List.of())).isFalse();
        assertThat(ProofCheck.grewOutOf(-1, root, 5, root, List.of())).isFalse();
    }

    @Test
    void anEdgeThatDoesNotBelongToTheSizeIsRefused() {
        assertThatThrownBy(() -> new TileTree(3, List.of(leaves(2)))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TileTree(300, List.of(leaves(44)))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TileTree(0, List.of(List.of(), leaves(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTileIsReadAsItWasWritten() {
        var tile = new Tile(1, 7, leaves(200));

        assertThat(Tile.of(1, 7, tile.bytes())).isEqualTo(tile);
        assertThatThrownBy(() -> Tile.of(0, 0, new byte[33])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tile.of(0, 0, new byte[257 * 32])).isInstanceOf(IllegalArgumentException.class);
    }

    /** A tree with the tiles that it filled. */
    private record Grown(TileTree tree, Map<String, Tile> tiles) {
        static Grown to(int size) {
            var tiles = new HashMap<String, Tile>();
            var tree = new TileTree();
            leaves(size).forEach(leaf -> tree.append(leaf, tile -> tiles.put(tile.level() + "/" + tile.index(), tile)));
            return new Grown(tree, tiles);
        }

        Proofs proofs() {
            return new Proofs((level, index) -> {
                var within = level % Tile.HEIGHT;
                var first = index << within;
                var place = level / Tile.HEIGHT + "/" + first / Tile.WIDTH;
                var tile = tiles.containsKey(place)
                        ? tiles.get(place)
                        : tree.partial(level / Tile.HEIGHT).orElseThrow();
                return tile.complete((int) (first % Tile.WIDTH), 1 << within);
            });
        }
    }

    /** RFC 9162, section 2.1.1, word for word. */
    private static Hash naive(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return Hash.ofNothing();
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        var k = split(leaves.size());
        return Hash.ofNode(naive(leaves.subList(0, k)), naive(leaves.subList(k, leaves.size())));
    }

    /** Section 2.1.3.1. */
    private static List<Hash> naiveInclusion(int index, List<Hash> leaves) {
        if (leaves.size() == 1) {
            return List.of();
        }
        var k = split(leaves.size());
        var left = leaves.subList(0, k);
        var right = leaves.subList(k, leaves.size());
        return index < k
                ? with(naiveInclusion(index, left), naive(right))
                : with(naiveInclusion(index - k, right), naive(left));
    }

    /** Section 2.1.4.1. */
    private static List<Hash> naiveConsistency(int earlier, List<Hash> leaves, boolean known) {
        if (earlier == leaves.size()) {
            return known ? List.of() : List.of(naive(leaves));
        }
        var k = split(leaves.size());
        var left = leaves.subList(0, k);
        var right = leaves.subList(k, leaves.size());
        return earlier <= k
                ? with(naiveConsistency(earlier, left, known), naive(right))
                : with(naiveConsistency(earlier - k, right, false), naive(left));
    }

    private static int split(int size) {
        var k = 1;
        while (k * 2 < size) {
            k *= 2;
        }
        return k;
    }

    private static List<Hash> with(List<Hash> proof, Hash next) {
        var all = new ArrayList<>(proof);
        all.add(next);
        return all;
    }

    private static List<Hash> longer(List<Hash> proof) {
        return with(proof, Hash.ofNothing());
    }

    private static List<Hash> altered(List<Hash> proof, int index) {
        var altered = new ArrayList<>(proof);
        altered.set(index, Hash.ofNode(proof.get(index), proof.get(index)));
        return altered;
    }

    private static List<Hash> without(List<Hash> proof, int index) {
        var shorter = new ArrayList<>(proof);
        shorter.remove(index);
        return shorter;
    }

    private static List<Hash> leaves(int size) {
        var leaves = new ArrayList<Hash>();
        for (var i = 0; i < size; i++) {
            leaves.add(Hash.ofLeaf(ByteBuffer.allocate(4).putInt(i).array()));
        }
        return leaves;
    }

    private static String hex(Hash hash) {
        return HexFormat.of().formatHex(hash.bytes());
    }
}
