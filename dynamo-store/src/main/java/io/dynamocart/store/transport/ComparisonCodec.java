package io.dynamocart.store.transport;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import io.dynamocart.store.merkle.Answer;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.KeyDigest;
import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.merkle.TreeNode;
import io.dynamocart.store.ring.Token;
import io.dynamocart.store.ring.TokenRange;
import io.dynamocart.store.version.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The wire form of what nodes ask and answer about partitions: a byte that names the kind, then the components. */
final class ComparisonCodec {

    private ComparisonCodec() {}

    static void encode(TokenRange partition, Question question, ByteWriter out) {
        encode(partition, out);
        switch (question) {
            case Question.Nodes(List<TreeNode> nodes) -> {
                out.writeByte(1).writeVarint(nodes.size());
                nodes.forEach(node -> out.writeVarint(node.number()));
            }
            case Question.Page(TreeNode leaf, Key after) -> {
                encode(after, out.writeByte(2).writeVarint(leaf.number()));
            }
            case Question.Keys(List<Key> keys) -> {
                out.writeByte(3).writeVarint(keys.size());
                keys.forEach(key -> out.writeBlock(key.toByteArray()));
            }
        }
    }

    static void encode(Answer answer, ByteWriter out) {
        switch (answer) {
            case Answer.Digests(List<Digest> digests) -> {
                out.writeByte(1).writeVarint(digests.size());
                digests.forEach(digest -> encode(digest, out));
            }
            case Answer.Page(List<KeyDigest> entries, boolean last) -> {
                encode(entries, out.writeByte(2).writeBoolean(last));
            }
        }
    }

    static void encode(TokenRange range, @Nullable Key after, ByteWriter out) {
        encode(range, out);
        encode(after, out);
    }

    static ByteWriter encode(List<KeyDigest> entries, ByteWriter out) {
        out.writeVarint(entries.size());
        entries.forEach(entry -> encode(entry, out));
        return out;
    }

    static TokenRange range(ByteReader in) {
        return new TokenRange(token(in), token(in));
    }

    static Question question(ByteReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case 1 -> new Question.Nodes(list(in, TreeNode.COUNT, () -> node(in)));
            case 2 -> {
                TreeNode leaf = node(in);
                yield new Question.Page(leaf, keyOrNone(in));
            }
            case 3 -> new Question.Keys(list(in, Question.Keys.MAX_KEYS, () -> key(in)));
            default -> throw new MalformedBytesException("question kind %d is not known here".formatted(kind));
        };
    }

    static Answer answer(ByteReader in) {
        int kind = in.readByte();
        return switch (kind) {
            case 1 -> new Answer.Digests(list(in, TreeNode.COUNT, () -> digest(in)));
            case 2 -> {
                boolean last = in.readBoolean();
                yield new Answer.Page(entries(in, Answer.Page.MAX_ENTRIES), last);
            }
            default -> throw new MalformedBytesException("answer kind %d is not known here".formatted(kind));
        };
    }

    static List<KeyDigest> entries(ByteReader in, int most) {
        return list(in, most, () -> keyDigest(in));
    }

    static @Nullable Key keyOrNone(ByteReader in) {
        return in.readBoolean() ? key(in) : null;
    }

    static <T> List<T> list(ByteReader in, int most, Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int left = in.readInt(most); left > 0; left--) {
            list.add(element.get());
        }
        return list;
    }

    private static TreeNode node(ByteReader in) {
        return new TreeNode(in.readInt(TreeNode.COUNT - 1));
    }

    private static void encode(@Nullable Key key, ByteWriter out) {
        out.writeBoolean(key != null);
        if (key != null) {
            out.writeBlock(key.toByteArray());
        }
    }

    private static void encode(TokenRange range, ByteWriter out) {
        encode(range.start(), out);
        encode(range.end(), out);
    }

    static Key key(ByteReader in) {
        return Key.of(in.readBlock());
    }

    static KeyDigest keyDigest(ByteReader in) {
        return new KeyDigest(key(in), digest(in));
    }

    static void encode(KeyDigest entry, ByteWriter out) {
        encode(entry.digest(), out.writeBlock(entry.key().toByteArray()));
    }

    private static Token token(ByteReader in) {
        return new Token(in.readLong(), in.readLong());
    }

    private static void encode(Token token, ByteWriter out) {
        out.writeLong(token.high()).writeLong(token.low());
    }

    static Digest digest(ByteReader in) {
        return new Digest(in.readLong(), in.readLong());
    }

    static void encode(Digest digest, ByteWriter out) {
        out.writeLong(digest.high()).writeLong(digest.low());
    }
}
