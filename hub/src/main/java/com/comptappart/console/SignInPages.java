package com.comptappart.console;

import com.comptappart.people.People;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** Coming in and being refused. */
@Controller
@Open
class SignInPages {

    static final String PATH = "/console/sign-in";
    private static final String REFUSED = "/console/sign-in/refused";
    private static final String PROBLEM = "com.comptappart.console.problem";

    private final People people;

    SignInPages(People people) {
        this.people = people;
    }

    /** Before anyone was invited only the operator's key opens. */
    @ModelAttribute("keyFirst")
    boolean keyFirst() {
        return !people.any();
    }

    @GetMapping("/")
    String root() {
        return "redirect:/console";
    }

    @GetMapping(PATH)
    String signIn(
            @RequestParam(name = "to", defaultValue = "") String to,
            @RequestParam(name = "signed-out", required = false) @Nullable String signedOut,
            Model model) {
        model.addAttribute("to", safe(to));
        model.addAttribute("signedOut", signedOut != null);
        return "console/sign-in";
    }

    /** Answers a refused sign-in, forwarded here by {@link #refuse}. */
    @PostMapping(REFUSED)
    String refused(
            @RequestAttribute(name = PROBLEM, required = false)
                    SignInRefused.@Nullable Problem problem,
            @RequestParam(name = "to", defaultValue = "") String to,
            Model model) {
        model.addAttribute("problem", problem == null ? null : problem.words());
        model.addAttribute("to", safe(to));
        return "console/sign-in";
    }

    static void askForKey(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        String query = request.getQueryString();
        String wanted = request.getRequestURI() + (query == null ? "" : "?" + query);
        boolean opensAPage = "GET".equals(request.getMethod()) && !"/console".equals(wanted);
        response.sendRedirect(
                opensAPage
                        ? PATH + "?to=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8)
                        : PATH);
    }

    static void refuse(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws ServletException, IOException {
        var problem =
                cause instanceof SignInRefused refused
                        ? refused.problem()
                        : SignInRefused.Problem.UNKNOWN_KEY;
        if (problem.passes()) {
            response.setHeader("Retry-After", Long.toString(FailedSignIns.WINDOW.toSeconds()));
        }
        request.setAttribute(PROBLEM, problem);
        response.setStatus(problem.status().value());
        request.getRequestDispatcher(REFUSED).forward(request, response);
    }

    /** A path of ours, or nothing: a link to the sign-in must not lead on to another site. */
    static String safe(String to) {
        return to.matches("/console/[A-Za-z0-9/_.~%=&?+@-]{0,500}") && !to.contains("//") ? to : "";
    }
}
