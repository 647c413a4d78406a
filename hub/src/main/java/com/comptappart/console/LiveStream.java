package com.comptappart.console;

import com.comptappart.kernel.Refused;
import com.comptappart.people.Act;
import com.comptappart.webhook.NotificationPulse;
import com.comptappart.webhook.Recoveries;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Tells an open page what changes on it, as server-sent events; the request's own virtual thread
 * waits, so that a slow reader holds up nobody. Ends with the tab, the session or the hub.
 */
@Controller
@May(Act.READ)
class LiveStream {

    /** Rows of one page. */
    private static final int MOST = 25;

    /** Then the browser connects anew, through the door. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Only by writing is it noticed that a tab was closed. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final LiveDeliveries live;
    private final NotificationPulse pulse;
    private final Recoveries recoveries;

    LiveStream(LiveDeliveries live, NotificationPulse pulse, Recoveries recoveries) {
        this.live = live;
        this.pulse = pulse;
        this.recoveries = recoveries;
    }

    /**
     * @param id the notifications on the page
     * @param reprise the recovery on the page
     * @param apres the newest notification when the page was made, to be told of newer ones of the
     *     endpoint and type asked for; null for none
     */
    @GetMapping("/console/{partner}/{environment:test|live}/livraisons/flux")
    void stream(
            Place place,
            Words words,
            DeliverySearch asked,
            @RequestParam(defaultValue = "") List<String> id,
            @RequestParam(required = false) @Nullable String reprise,
            @RequestParam(required = false) @Nullable Long apres,
            Principal signedIn,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        if (id.size() > MOST) {
            throw Refused.invalid("too_many_ids", "id: at most " + MOST + " of them");
        }
        var found = pulse.of(place.partner(), place.environment(), id);
        if (reprise != null
                && recoveries.find(place.partner(), place.environment(), reprise).isEmpty()) {
            throw Refused.notFound("recovery_not_found", "there is no recovery " + reprise);
        }
        if (found.isEmpty() && reprise == null && apres == null) {
            noMore(response);
            return;
        }
        var events = new LiveEvents(words, place, asked, apres);
        long settled = pulse.settled();
        String missed = apres == null ? "" : events.fresh(pulse.between(apres, settled));
        var viewer =
                new LiveViewer(
                        new LiveViewer.Seat(
                                signedIn.getName(), request.getSession().getId(), place),
                        found.stream().map(NotificationPulse.Beat::id).toList(),
                        reprise,
                        settled);
        if (!live.add(viewer)) {
            noMore(response);
            return;
        }
        try {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding("UTF-8");
            // A proxy that gathers answers would hand over nothing.
            response.setHeader("X-Accel-Buffering", "no");
            response.setHeader("Cache-Control", "no-store");
            run(viewer, events, missed, response);
        } finally {
            live.remove(viewer);
        }
    }

    /** With this status a browser does not ask again: the page stays as it is. */
    private static void noMore(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private static void run(
            LiveViewer viewer, LiveEvents events, String missed, HttpServletResponse response)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        long written = began;
        write(response, ": ComptAppart\n\n" + missed);
        while (!viewer.ended() && System.nanoTime() - began < LONGEST.toNanos()) {
            var snapshot = viewer.next(LOOK);
            String text = snapshot == null ? "" : events.of(snapshot, viewer);
            if (text.isEmpty() && System.nanoTime() - written > SILENCE.toNanos()) {
                text = ":\n\n";
            }
            if (!text.isEmpty()) {
                write(response, text);
                written = System.nanoTime();
            }
        }
    }

    private static void write(HttpServletResponse response, String text) throws IOException {
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }
}
