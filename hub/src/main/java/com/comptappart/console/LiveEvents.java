package com.comptappart.console;

import com.comptappart.webhook.NotificationPulse;
import com.comptappart.webhook.Recovery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What one open page is told of each snapshot: only what differs from what it was told before. */
final class LiveEvents {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Words words;
    private final Place place;
    private final DeliverySearch asked;
    private final Map<String, NotificationPulse.Beat> told = new HashMap<>();
    private String progress = "";
    private final boolean wantsFresh;
    private long seen;
    private long fresh;

    /**
     * @param asked of which new ones are counted
     * @param seen the newest that the page may show, null where new ones are not counted
     */
    LiveEvents(Words words, Place place, DeliverySearch asked, @Nullable Long seen) {
        this.words = words;
        this.place = place;
        this.asked = asked;
        this.wantsFresh = seen != null;
        this.seen = seen == null ? 0 : seen;
    }

    /** As server-sent events, empty where nothing changed. */
    String of(LiveSnapshot snapshot, LiveViewer viewer) {
        var text = new StringBuilder();
        for (String id : viewer.notifications()) {
            var beat = snapshot.notifications().get(id);
            if (beat != null && !beat.equals(told.put(id, beat))) {
                text.append(event("state", row(beat)));
            }
        }
        String recovery = viewer.recovery();
        var found = recovery == null ? null : snapshot.recoveries().get(recovery);
        if (found != null) {
            text.append(progress(found));
        }
        text.append(fresh(snapshot.fresh()));
        return text.toString();
    }

    private Map<String, Object> row(NotificationPulse.Beat beat) {
        var badge = States.stage(words, beat.stage());
        return Map.of(
                "id", beat.id(),
                "tone", badge.tone(),
                "word", badge.word(),
                "next", DeliveryRow.next(words, beat.stage(), beat.dueAt()),
                "answer", DeliveryRow.answer(words, beat.attempts(), beat.lastStatus()),
                "tries", words.text("deliveries.tries", beat.attempts()));
    }

    private String progress(Recovery recovery) {
        var view = RecoveryView.of(words, recovery, place.word(), "");
        var badge = view.state();
        String data =
                event(
                        "progress",
                        Map.of(
                                "tone", badge.tone(),
                                "word", badge.word(),
                                "done", view.done(),
                                "wanted", Math.max(1, view.wanted()),
                                "text", view.progress(),
                                "remaining", view.remaining(),
                                "reason", view.reason(),
                                "ended", !view.running()));
        if (data.equals(progress)) {
            return "";
        }
        progress = data;
        return data;
    }

    /** Each is counted once, however often it is told. */
    String fresh(List<NotificationPulse.Fresh> found) {
        long more =
                found.stream()
                        .filter(each -> wantsFresh && each.position() > seen)
                        .filter(each -> place.ofAll() || each.partner().equals(place.partner()))
                        .filter(each -> each.environment() == place.environment())
                        .filter(each -> asks(asked.point(), each.endpointId()))
                        .filter(each -> asks(asked.type(), each.eventType()))
                        .count();
        seen = Math.max(seen, found.stream().mapToLong(each -> each.position()).max().orElse(0));
        if (more == 0) {
            return "";
        }
        fresh += more;
        return event("fresh", Map.of("text", words.text("deliveries.fresh", fresh)));
    }

    private static boolean asks(@Nullable String wanted, String value) {
        return wanted == null || wanted.equals(value);
    }

    private static String event(String name, Map<String, ?> data) {
        return "event: " + name + "\ndata: " + JSON.writeValueAsString(data) + "\n\n";
    }
}
