package com.comptappart.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A reason as it was stored, taken apart again.
 *
 * @param values in the order of the English text's places; each may be a stored reason itself
 */
public record Said(Reason reason, List<String> values) {

    /** What stands between two reasons in one text. */
    public static final String AND = "; ";

    private record Form(Reason reason, Pattern simple, Pattern any) {}

    /** The most words of its own first: it is the one that was meant. */
    private static final List<Form> FORMS =
            Arrays.stream(Reason.values())
                    .sorted(Comparator.comparingInt(Said::ownLetters).reversed())
                    .map(reason -> new Form(reason, pattern(reason, true), pattern(reason, false)))
                    .toList();

    public Said {
        values = List.copyOf(values);
    }

    /**
     * A stored text in other words; one that is none of ours, such as what a bank says, as it is.
     *
     * @param words gives the text of a reason's code with values in its places
     */
    public static String translated(String stored, BiFunction<String, Object[], String> words) {
        var all = all(stored);
        return all.isEmpty()
                ? stored
                : all.stream()
                        .map(each ->
                                words.apply(
                                        each.reason().code(),
                                        each.values().stream()
                                                .map(value -> translated(value, words))
                                                .toArray()))
                        .collect(Collectors.joining(" ; "));
    }

    /**
     * The reasons that a stored text tells of, in their order; empty where one of them is none of
     * ours.
     */
    public static List<Said> all(String text) {
        var one = of(text, true);
        if (one.isPresent()) {
            return List.of(one.get());
        }
        for (int end = text.lastIndexOf(AND); end > 0; end = text.lastIndexOf(AND, end - 1)) {
            var head = of(text.substring(0, end), true);
            if (head.isPresent()) {
                var tail = all(text.substring(end + AND.length()));
                if (!tail.isEmpty()) {
                    var all = new ArrayList<Said>(tail.size() + 1);
                    all.add(head.get());
                    all.addAll(tail);
                    return all;
                }
            }
        }
        return of(text, false).map(List::of).orElse(List.of());
    }

    /**
     * @param simple no value holds what stands between two reasons
     */
    private static Optional<Said> of(String text, boolean simple) {
        for (Form form : FORMS) {
            Matcher found = (simple ? form.simple() : form.any()).matcher(text);
            if (found.matches()) {
                var values = new ArrayList<String>(found.groupCount());
                for (int i = 1; i <= found.groupCount(); i++) {
                    values.add(found.group(i));
                }
                return Optional.of(new Said(form.reason(), values));
            }
        }
        return Optional.empty();
    }

    private static Pattern pattern(Reason reason, boolean simple) {
        String value = simple ? "((?:(?!" + Pattern.quote(AND) + ").)*?)" : "(.*?)";
        var pattern = new StringBuilder();
        String rest = reason.english();
        for (int at = rest.indexOf(Reason.PLACE); at >= 0; at = rest.indexOf(Reason.PLACE)) {
            pattern.append(Pattern.quote(rest.substring(0, at))).append(value);
            rest = rest.substring(at + Reason.PLACE.length());
        }
        return Pattern.compile(pattern.append(Pattern.quote(rest)).toString(), Pattern.DOTALL);
    }

    private static int ownLetters(Reason reason) {
        return reason.english().replace(Reason.PLACE, "").length();
    }
}
