package com.comptappart.webhook;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Why no answer came. */
final class FailureCauses {

    private static final String HTTP = "HTTP/";

    private FailureCauses() {}

    /** Of a call that its deadline ended while it was doing that. */
    static Diagnosis ofDeadline(Stopwatch.Phase phase) {
        return switch (phase) {
            case RESOLVE -> Diagnosis.NAME_UNKNOWN;
            case CONNECT -> Diagnosis.CONNECTION_TIMEOUT;
            case TLS -> Diagnosis.TLS_TIMEOUT;
            case ANSWER -> Diagnosis.NO_ANSWER_IN_TIME;
            case BODY -> Diagnosis.ANSWER_TOO_SLOW;
        };
    }

    static Diagnosis of(Exception failure, Stopwatch watch) {
        return switch (failure) {
            case AddressRefused _ -> Diagnosis.ADDRESS_REFUSED;
            case UnknownHostException _ -> Diagnosis.NAME_UNKNOWN;
            case SSLException e -> ofTls(e);
            case NoRouteToHostException _, PortUnreachableException _ -> Diagnosis.NO_ROUTE;
            case ConnectException e -> ofConnect(e);
            default -> ofAnswer(failure, watch);
        };
    }

    private static Diagnosis ofAnswer(Exception failure, Stopwatch watch) {
        return switch (watch.phase()) {
            case TLS -> Diagnosis.TLS_FAILED;
            case BODY -> isHttp(watch.firstBytes()) ? Diagnosis.ANSWER_BROKEN : Diagnosis.NOT_HTTP;
            case RESOLVE, CONNECT, ANSWER ->
                    failure instanceof NoHttpResponseException
                                    || failure instanceof ConnectionClosedException
                                    || failure instanceof SocketException
                            ? Diagnosis.CONNECTION_CLOSED
                            : Diagnosis.CALL_FAILED;
        };
    }

    private static boolean isHttp(String firstBytes) {
        return firstBytes.startsWith(HTTP) || HTTP.startsWith(firstBytes);
    }

    private static Diagnosis ofConnect(ConnectException failure) {
        if (isCausedBy(failure, NoRouteToHostException.class)) {
            return Diagnosis.NO_ROUTE;
        }
        String message = lower(failure);
        if (message.contains("unreachable")) {
            return Diagnosis.NO_ROUTE;
        }
        return message.contains("timed out")
                ? Diagnosis.CONNECTION_TIMEOUT
                : Diagnosis.CONNECTION_REFUSED;
    }

    private static Diagnosis ofTls(SSLException failure) {
        if (isCausedBy(failure, CertificateExpiredException.class)) {
            return Diagnosis.TLS_EXPIRED;
        }
        if (isCausedBy(failure, CertificateNotYetValidException.class)) {
            return Diagnosis.TLS_NOT_YET_VALID;
        }
        if (isCausedBy(failure, CertPathBuilderException.class)) {
            return Diagnosis.TLS_CHAIN;
        }
        String message = lower(failure);
        if (failure instanceof SSLPeerUnverifiedException
                || message.contains("subject alternative")
                || message.contains("no name matching")) {
            return Diagnosis.TLS_NAME;
        }
        if (message.contains("unsupported or unrecognized ssl message")
                || message.contains("plaintext")) {
            return Diagnosis.TLS_PLAIN;
        }
        return message.contains("handshake_failure") || message.contains("protocol")
                ? Diagnosis.TLS_PROTOCOL
                : Diagnosis.TLS_FAILED;
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        var cause = failure;
        for (int i = 0; cause != null && i < 10; i++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String lower(Throwable failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    }
}
