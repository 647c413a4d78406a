package com.comptappart.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers what the server refuses before any of our code is reached, such as an address with {@code
 * %00} in it, as everything else is answered: with a problem, not with a page of the server's.
 */
public class RefusedRequestValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedRequestValve.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var problem =
                status < 500
                        ? Problem.of(
                                HttpStatusCode.valueOf(status),
                                "request_malformed",
                                "the request line or a header can't be read: send paths without NUL, encoded slashes and"
                                        + " broken percent-encoding")
                        : Problem.of(
                                HttpStatusCode.valueOf(status),
                                "internal_error",
                                "our fault; the hub's log says why");
        byte[] body = JSON.writeValueAsString(problem).getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException e) {
            LOG.debug("nobody reads the answer any more", e);
        }
    }
}
