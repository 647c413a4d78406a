package com.comptappart.webhook;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Why a partner's server answered something other than 2xx, as its status, headers and body tell.
 */
final class AnswerCauses {

    private static final Pattern LOGIN =
            Pattern.compile("log[-_]?in|sign[-_]?in|connexion|/auth\\b|/sso\\b|oauth");
    private static final Pattern FIREWALLS =
            Pattern.compile("cloudflare|akamai|imperva|incapsula|sucuri|awselb|bunny|fastly");
    private static final Pattern FIREWALL_WORDS =
            Pattern.compile(
                    "attention required|request blocked|access denied|web application firewall|mod_security|you have been blocked|captcha");

    private AnswerCauses() {}

    /** Null for a 2xx. */
    static @Nullable Diagnosis of(URI called, HttpResponse response, String body) {
        int status = response.getCode();
        if (status >= 200 && status < 300) {
            return null;
        }
        if (status >= 300 && status < 400) {
            return redirect(called, response);
        }
        return switch (status) {
            case 400 -> csrf(body) ? Diagnosis.CSRF : Diagnosis.BAD_REQUEST;
            case 401, 407 -> Diagnosis.UNAUTHORIZED;
            case 403 -> forbidden(response, body);
            case 404 -> Diagnosis.NOT_FOUND;
            case 405, 501 -> Diagnosis.METHOD;
            case 406, 415 -> Diagnosis.CONTENT_TYPE;
            case 408, 409, 425 -> Diagnosis.CONFLICT;
            case 410 -> Diagnosis.GONE;
            case 413 -> Diagnosis.TOO_LARGE;
            case 419 -> Diagnosis.CSRF;
            case 422 -> csrf(body) ? Diagnosis.CSRF : Diagnosis.UNPROCESSABLE;
            case 429 -> Diagnosis.RATE_LIMITED;
            case 502, 504, 520, 521, 522, 523, 524, 530 -> Diagnosis.PROXY;
            case 503 -> Diagnosis.MAINTENANCE;
            case 525 -> Diagnosis.TLS_PROTOCOL;
            case 526 -> Diagnosis.TLS_CHAIN;
            default -> ofClass(status);
        };
    }

    private static Diagnosis ofClass(int status) {
        if (status >= 400 && status < 500) {
            return Diagnosis.CLIENT_ERROR;
        }
        return status >= 500 && status < 600 ? Diagnosis.SERVER_ERROR : Diagnosis.UNUSUAL_ANSWER;
    }

    private static Diagnosis forbidden(HttpResponse response, String body) {
        if (csrf(body)) {
            return Diagnosis.CSRF;
        }
        String text = lower(body);
        boolean ofFirewall =
                response.getFirstHeader("cf-mitigated") != null
                        || FIREWALL_WORDS.matcher(text).find()
                        || FIREWALLS.matcher(lower(value(response, "Server"))).find();
        return ofFirewall ? Diagnosis.FIREWALL : Diagnosis.FORBIDDEN;
    }

    private static boolean csrf(String body) {
        String text = lower(body);
        return text.contains("csrf") || text.contains("authenticity token");
    }

    private static Diagnosis redirect(URI called, HttpResponse response) {
        URI target;
        try {
            target = called.resolve(value(response, "Location").strip());
        } catch (IllegalArgumentException e) {
            return Diagnosis.REDIRECT;
        }
        if (LOGIN.matcher(lower(String.valueOf(target.getRawPath()))).find()) {
            return Diagnosis.REDIRECT_LOGIN;
        }
        if (!String.valueOf(called.getHost()).equalsIgnoreCase(target.getHost())) {
            return Diagnosis.REDIRECT_HOST;
        }
        String from = String.valueOf(called.getRawPath());
        String to = String.valueOf(target.getRawPath());
        return to.equals(from + "/") || from.equals(to + "/")
                ? Diagnosis.REDIRECT_SLASH
                : Diagnosis.REDIRECT;
    }

    private static String value(HttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null ? "" : header.getValue();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
