package io.dynamocart.store.membership;

import io.dynamocart.store.codec.ByteReader;
import io.dynamocart.store.codec.ByteWriter;
import io.dynamocart.store.codec.MalformedBytesException;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;

/**
 * The written form of a history: the version of the format, then each founding with what came of it. The older format
 * is what releases before this one read, and has all that there is almost always.
 */
final class HistoryCodec {

    private static final int FORMAT = 2;
    private static final int FORMAT_WITH_CARETAKERS = 3;

    private HistoryCodec() {}

    static void write(NavigableMap<Founding, Lineage> lineages, ByteWriter out) {
        boolean withCaretakers = lineages.values().stream()
                .anyMatch(lineage -> !lineage.settled().caretakers().isEmpty());
        out.writeByte(withCaretakers ? FORMAT_WITH_CARETAKERS : FORMAT).writeVarint(lineages.size());
        lineages.forEach((founding, lineage) -> {
            founding.writeTo(out);
            writeSettled(lineage.settled(), withCaretakers, out);
            writeRound(lineage.round(), out);
            writeRemovals(lineage.removals(), out);
        });
    }

    static NavigableMap<Founding, Lineage> read(ByteReader in) {
        int format = in.readByte();
        if (format != FORMAT && format != FORMAT_WITH_CARETAKERS) {
            throw new MalformedBytesException("format %d of a membership history is not known here".formatted(format));
        }
        NavigableMap<Founding, Lineage> lineages = new TreeMap<>();
        try {
            for (int left = in.readCount(); left > 0; left--) {
                Founding founding = Founding.readFrom(in);
                lineages.put(founding, readLineage(in, founding, format == FORMAT_WITH_CARETAKERS));
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new MalformedBytesException("not a membership history", e);
        }
        return lineages;
    }

    private static void writeSettled(Settled settled, boolean withCaretakers, ByteWriter out) {
        settled.writeTo(out);
        if (withCaretakers && settled.last() != null) {
            settled.caretakers().writeTo(out);
        }
    }

    private static Lineage readLineage(ByteReader in, Founding founding, boolean withCaretakers) {
        Settled settled = Settled.readFrom(in, founding, withCaretakers);
        Round round = readRound(in, settled);
        return Lineage.of(settled, round, readRemovals(in));
    }

    private static void writeRound(Round round, ByteWriter out) {
        out.writeVarint(round.proposals().size());
        round.proposals().values().forEach(proposal -> proposal.writeTo(out));
        out.writeVarint(round.votes().size());
        round.votes().forEach((member, vote) -> {
            member.writeTo(out);
            vote.writeTo(out);
        });
        round.releases().writeTo(out);
        round.takeovers().writeTo(out);
    }

    /** Every proposal must be one that can be carried out, since any of them may turn out to be the plan. */
    private static Round readRound(ByteReader in, Settled settled) {
        Round round = Round.EMPTY;
        for (int left = in.readCount(); left > 0; left--) {
            Proposal proposal = Proposal.readFrom(in);
            if (proposal.id().number() != settled.number() + 1) {
                throw new MalformedBytesException("plan %s does not come next".formatted(proposal.id()));
            }
            Roster.changed(settled, proposal.changes());
            round = round.withProposal(proposal);
        }
        NavigableMap<Incarnation, Vote> votes = new TreeMap<>();
        for (int left = in.readCount(); left > 0; left--) {
            votes.put(Incarnation.readFrom(in), Vote.readFrom(in));
        }
        return new Round(round.proposals(), votes, Handovers.readFrom(in), Handovers.readFrom(in));
    }

    private static void writeRemovals(Removals removals, ByteWriter out) {
        out.writeVarint(removals.storedBy().size());
        removals.storedBy().forEach((removed, by) -> {
            removed.writeTo(out);
            Incarnation.writeAll(by, out);
        });
    }

    private static Removals readRemovals(ByteReader in) {
        NavigableMap<Incarnation, NavigableSet<Incarnation>> storedBy = new TreeMap<>();
        for (int left = in.readCount(); left > 0; left--) {
            storedBy.put(Incarnation.readFrom(in), Incarnation.readAll(in));
        }
        return new Removals(storedBy);
    }
}
