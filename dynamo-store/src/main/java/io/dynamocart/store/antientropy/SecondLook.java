package io.dynamocart.store.antientropy;

import io.dynamocart.store.merkle.Answer;
import io.dynamocart.store.merkle.Digest;
import io.dynamocart.store.merkle.Question;
import io.dynamocart.store.version.Key;
import java.util.ArrayList;
import java.util.List;

/** The second look at keys that differed at the first. */
record SecondLook(List<Comparison> suspects) {

    Question question() {
        return new Question.Keys(suspects.stream().map(Comparison::key).toList());
    }

    /** The keys that both sides still say the same of as before. */
    List<Key> confirmed(Answer own, Answer theirs) {
        List<Digest> mine = ((Answer.Digests) own).digests();
        List<Digest> others = ((Answer.Digests) theirs).digests();
        List<Key> confirmed = new ArrayList<>();
        for (int i = 0; i < suspects.size(); i++) {
            Comparison before = suspects.get(i);
            if (before.equals(new Comparison(before.key(), mine.get(i), others.get(i)))) {
                confirmed.add(before.key());
            }
        }
        return confirmed;
    }
}
