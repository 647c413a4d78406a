package com.comptappart.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a call through whose key has what the call needs; before anything of it is read, and before
 * a repeat is answered as the first.
 */
final class AccessFilter extends OncePerRequestFilter {

    private final Doors doors;

    AccessFilter(Doors doors) {
        this.doors = doors;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var access = doors.to(request);
        if (access != null && !(access instanceof Access.Anybody)) {
            access.check(CallerToken.caller(SecurityContextHolder.getContext()));
        }
        chain.doFilter(request, response);
    }
}
