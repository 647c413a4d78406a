package com.comptappart.console;

import com.comptappart.buyer.Declaration;
import com.comptappart.buyer.Declaration.State;
import com.comptappart.buyer.Declarations;
import com.comptappart.console.AttentionPage.Item;
import com.comptappart.kernel.OrderId;
import com.comptappart.people.Act;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What buyers declared, as the console shows it. */
@Component
class DeclarationItems {

    private static final int FIRST = 50;

    private final Declarations declarations;
    private final Places places;

    DeclarationItems(Declarations declarations, Places places) {
        this.declarations = declarations;
        this.places = places;
    }

    /** Those that wait for the seller. */
    List<Item> open(Place place, Words words) {
        return declarations.open(place.partner(), place.environment(), FIRST).stream()
                .map(each ->
                        new Item(
                                title(each, words),
                                url(each),
                                words.time(each.madeAt()),
                                Words.machine(each.madeAt()),
                                why(words, each.reason()),
                                ""))
                .toList();
    }

    /** Those about an order, as steps of its story. */
    List<Step> steps(Words words, OrderId order) {
        return declarations.ofOrder(order).stream().map(each -> step(words, each)).toList();
    }

    private Step step(Words words, Declaration declaration) {
        var facts = new ArrayList<Step.Fact>();
        facts.add(Step.Fact.code(words.text("buyers.number"), declaration.id()));
        var end = declaration.endsAt();
        if (end != null) {
            facts.add(Step.Fact.of(words.text("declaration.ends"), words.time(end)));
        }
        var act =
                declaration.state() == State.OPEN
                        ? new Step.Act(
                                url(declaration) + "/traitee",
                                words.text("declaration.handle"),
                                Act.MOVE_MONEY.name())
                        : null;
        return new Step(
                words.text("declaration.title." + declaration.kind().code()),
                badge(words, declaration.state()),
                words.exactTime(declaration.madeAt()),
                Words.machine(declaration.madeAt()),
                facts,
                why(words, declaration.reason()),
                List.of(),
                act,
                "");
    }

    static String title(Declaration declaration, Words words) {
        return words.text("declaration." + declaration.kind().code(), declaration.said().email());
    }

    String url(Declaration declaration) {
        return Place.path(
                places.word(declaration.partner()),
                declaration.environment(),
                "/a-traiter/declarations/" + declaration.id());
    }

    static String why(Words words, String reason) {
        return reason.isEmpty()
                ? ""
                : words.textOr("declaration.why." + reason, words.reason(reason));
    }

    static Badge badge(Words words, State state) {
        String word = words.text("declaration.state." + state.code());
        return switch (state) {
            case OPEN -> new Badge("warn", word);
            case ENDING, RESUMING -> Badge.waiting(word);
            case ENDED, RESUMED, HANDLED -> Badge.ok(word);
        };
    }
}
