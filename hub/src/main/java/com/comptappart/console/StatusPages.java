package com.comptappart.console;

import com.comptappart.health.Board;
import com.comptappart.health.Board.Level;
import com.comptappart.health.StatusBoard;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Whether the hub does its work, for everybody: no partner's data, no version, and nothing that
 * asks the database more than once in ten seconds.
 */
@Controller
@Open
class StatusPages {

    private static final CacheControl SHORTLY =
            CacheControl.maxAge(Duration.ofSeconds(10)).cachePublic();

    /** A service as it is shown. */
    record Shown(String name, Badge badge, String text, String since, String machineSince) {}

    /** A service as programs read it. */
    record Service(String name, String status, Instant since) {}

    /** The whole as programs read it. */
    record Document(String status, Instant checkedAt, List<Service> services) {}

    private final StatusBoard boards;
    private final MessageSource messages;
    private final Frames frames;

    StatusPages(StatusBoard boards, MessageSource messages, Frames frames) {
        this.boards = boards;
        this.messages = messages;
        this.frames = frames;
    }

    @GetMapping("/status")
    String page(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(required = false) @Nullable String langue,
            Model model) {
        var words = words(request, langue);
        var board = boards.now();
        response.setHeader(HttpHeaders.CACHE_CONTROL, SHORTLY.getHeaderValue());
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        model.addAttribute("language", words.locale().getLanguage());
        model.addAttribute("title", words.text("status.title"));
        model.addAttribute("overall", overall(words, board));
        model.addAttribute(
                "services", board.services().stream().map(each -> shown(words, each)).toList());
        model.addAttribute("trouble", board.databaseAnswers() ? "" : words.text("status.database"));
        model.addAttribute(
                "checked", words.text("status.checked", words.exactTime(board.checkedAt())));
        model.addAttribute("machineChecked", Words.machine(board.checkedAt()));
        return "console/status";
    }

    @GetMapping("/status.json")
    ResponseEntity<Document> json() {
        var board = boards.now();
        var document =
                new Document(
                        code(board.level()),
                        board.checkedAt(),
                        board.services().stream()
                                .map(each ->
                                        new Service(
                                                each.name().name().toLowerCase(Locale.ROOT),
                                                code(each.level()),
                                                each.since()))
                                .toList());
        // A browser that asks for pages is shown it all the same.
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(SHORTLY)
                .body(document);
    }

    private static String code(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private static Badge overall(Words words, Board board) {
        return badge(board.level(), words.text("status.overall." + board.level()));
    }

    private static Shown shown(Words words, Board.Service service) {
        String key = "status." + service.name() + "." + service.level();
        return new Shown(
                words.text("status." + service.name()),
                badge(service.level(), words.text("status.level." + service.level())),
                words.text(key),
                words.text("status.since", words.time(service.since())),
                Words.machine(service.since()));
    }

    static Badge badge(Level level, String word) {
        return switch (level) {
            case OK -> Badge.ok(word);
            case SLOW -> Badge.warning(word);
            case DOWN -> Badge.bad(word);
        };
    }

    /** The console's cookie is not sent here: the address says the language, or the browser. */
    private Words words(HttpServletRequest request, @Nullable String language) {
        return "fr".equals(language) || "en".equals(language)
                ? new Words(messages, Locale.of(language))
                : frames.words(request);
    }
}
